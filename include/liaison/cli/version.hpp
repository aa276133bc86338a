#pragma once
// The version of the program, from CMake's project().

#include <string_view>

namespace liaison::cli {

inline constexpr std::string_view kVersion = LIAISON_VERSION;

}  // namespace liaison::cli
