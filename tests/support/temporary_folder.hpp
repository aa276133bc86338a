#pragma once
// A folder of its own for a test, removed with it.

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace liaison::test {

class TemporaryFolder {
public:
    TemporaryFolder()
        : m_path(std::filesystem::temp_directory_path() /
                 ("liaison-test-" + std::to_string(::getpid()) + "-" + std::to_string(s_next++))) {
        std::filesystem::create_directories(m_path);
    }
    ~TemporaryFolder() {
        std::error_code error;
        std::filesystem::remove_all(m_path, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Writes a file, folders included, and returns its path.
    std::filesystem::path write(std::string_view name, std::string_view bytes) const {
        const auto target = m_path / name;
        std::filesystem::create_directories(target.parent_path());
        std::ofstream(target, std::ios::binary) << bytes;
        return target;
    }

private:
    static inline int s_next = 0;
    std::filesystem::path m_path;
};

}  // namespace liaison::test
