find_package(CURL 7.85 REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_package(ZLIB REQUIRED)
target_link_libraries(liaison_feed PRIVATE CURL::libcurl PkgConfig::ZSTD ZLIB::ZLIB)

# Every manifest is embedded; the list of them is generated so that adding a feed is adding a file.
file(GLOB feed_manifests CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" "${CMAKE_SOURCE_DIR}/feeds/*.json")
liaison_embed(liaison_feed liaison::feed::data ${feed_manifests} schemas/feed_manifest.schema.json)
set(entries "")
foreach(manifest IN LISTS feed_manifests)
  get_filename_component(name "${manifest}" NAME)
  string(REGEX REPLACE "[^A-Za-z0-9]" "_" symbol "${name}")
  string(APPEND entries "        {\"${manifest}\", data::${symbol}()},\n")
endforeach()
file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/embedded/builtin_manifests.cpp" CONTENT
"#include \"feed/builtin.hpp\"
#include \"liaison_feed_data.hpp\"
namespace liaison::feed {
std::vector<BuiltinManifest> builtin_manifests() {
    return {
${entries}    };
}
}
" @ONLY)
target_sources(liaison_feed PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/embedded/builtin_manifests.cpp")
