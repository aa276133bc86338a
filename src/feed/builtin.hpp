#pragma once
// The manifests of feeds/, embedded. Defined in a file that src/feed/module.cmake generates.

#include <string_view>
#include <vector>

namespace liaison::feed {

struct BuiltinManifest {
    std::string_view path;  ///< "feeds/un_sc.json", for messages
    std::string_view text;
};

[[nodiscard]] std::vector<BuiltinManifest> builtin_manifests();

}  // namespace liaison::feed
