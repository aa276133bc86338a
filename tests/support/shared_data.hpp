#pragma once
// Where the real files are: LIAISON_SHARED, else ../shared beside the checkout. Tests that need them pass with a plain
// "SKIPPED" where they are absent.

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace liaison::test {

/// The path of `relative` in the shared data, or nullopt after having said so.
inline std::optional<std::filesystem::path> shared_file(const std::string& relative) {
    const char* set = std::getenv("LIAISON_SHARED");
    const auto root = set != nullptr ? std::filesystem::path(set)
                                     : std::filesystem::path(LIAISON_SOURCE_DIR) / ".." / "shared";
    if (std::filesystem::exists(root / relative)) {
        return root / relative;
    }
    std::cerr << "SKIPPED: no shared data file " << relative << '\n';
    return std::nullopt;
}

}  // namespace liaison::test
