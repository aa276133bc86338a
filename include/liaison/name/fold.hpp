#pragma once
// The plainest common form of a text: Latin letters without diacritics, lower case. For search and sorting; the
// matcher's own forms, which keep what tells names apart, are in the other files of this module.

#include <string>
#include <string_view>

namespace liaison::name {

/// Any-Latin transliteration (ICU), compatibility decomposition, marks removed, lower case; ASCII passes without ICU.
/// fold(fold(x)) == fold(x). Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string fold(std::string_view text);

}  // namespace liaison::name
