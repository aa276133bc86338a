#pragma once
// The bytes of a file of the shared data, unpacked by the xz program where its name ends in ".xz".

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

namespace liaison::test {

inline std::string unpacked(const std::filesystem::path& path) {
    if (path.extension() != ".xz") {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        return bytes.str();
    }
    const std::string command = "xz -dc '" + path.string() + "'";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    if (!pipe) {
        throw std::runtime_error("cannot run xz");
    }
    std::string bytes;
    std::array<char, 65536> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
        bytes.append(buffer.data(), got);
    }
    return bytes;
}

}  // namespace liaison::test
