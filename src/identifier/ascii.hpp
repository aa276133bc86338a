#pragma once
// Character classes and trimming of ASCII, free of the locale. Identifiers are ASCII; what is not stays as it is.

#include <algorithm>
#include <string>
#include <string_view>

namespace liaison::identifier::ascii {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
[[nodiscard]] constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }
[[nodiscard]] constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
[[nodiscard]] constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] constexpr char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
    return result;
}
[[nodiscard]] inline std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return upper(c); });
    return result;
}
template <typename Predicate>
[[nodiscard]] bool all(std::string_view text, Predicate predicate) {
    return std::all_of(text.begin(), text.end(), predicate);
}
template <typename Predicate>
[[nodiscard]] bool any(std::string_view text, Predicate predicate) {
    return std::any_of(text.begin(), text.end(), predicate);
}
[[nodiscard]] inline bool all_digits(std::string_view text) { return !text.empty() && all(text, is_digit); }
[[nodiscard]] inline bool all_hex(std::string_view text) { return !text.empty() && all(text, is_hex); }

/// Without ASCII space, no-break space, zero-width characters, bidi marks and byte order marks at either end.
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace liaison::identifier::ascii
