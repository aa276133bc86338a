// robots.txt of any host, and a path against it.
#include "feed/robots.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t cut = bytes.find('\0');
    const liaison::feed::RobotsRules rules(bytes.substr(0, cut), "liaison");
    const std::string path = "/" + std::string(cut == std::string_view::npos ? "" : bytes.substr(cut + 1, 2'000));
    (void)rules.allows(path);
    return 0;
}
