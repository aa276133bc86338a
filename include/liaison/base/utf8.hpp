#pragma once
// UTF-8 validation and repair: everything from outside passes here once. Conversion and folding are `name`'s.

#include <cstddef>
#include <string>
#include <string_view>

namespace liaison::base {

/// Offset of the first byte that is not valid UTF-8 (overlong forms, surrogates and values over U+10FFFF included), or
/// npos.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// Each maximal invalid sequence becomes U+FFFD.
[[nodiscard]] std::string repair_utf8(std::string_view text);

/// The longest prefix of at most `bytes` bytes that does not cut a character.
[[nodiscard]] std::string_view truncate_utf8(std::string_view text, std::size_t bytes) noexcept;

/// White space trimmed at both ends and inner runs of it (line breaks, tabs, no-break spaces) made one space.
[[nodiscard]] std::string collapse_space(std::string_view text);

}  // namespace liaison::base
