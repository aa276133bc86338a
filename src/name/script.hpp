#pragma once
// Code points: which script, what they are in Latin, what they are in a name. One table lookup a letter for everything
// but Han (a cached look at ICU's pinyin, 70 us uncached) and the scripts without own table (ICU, cached by word).

#include "liaison/name/name.hpp"

#include <string>
#include <string_view>

namespace liaison::name {

enum class Role : std::uint8_t {
    letter,
    digit,
    mark,       ///< combining
    dropped,    ///< zero-width, bidi, apostrophes: no trace
    dot,
    ampersand,
    separator
};

[[nodiscard]] Role role_of(char32_t c);
[[nodiscard]] Script script_of(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] char32_t fold_case(char32_t c);

/// NFKC of any bytes, as code points; invalid UTF-8 repaired. At most `limit` code points are read.
[[nodiscard]] std::u32string decode_nfkc(std::string_view text, std::size_t limit);
[[nodiscard]] std::string encode(std::u32string_view text);

/// Case-folded Latin letter without its diacritics: "é" -> "e", "ß" -> "ss"; "" when c is no Latin letter.
[[nodiscard]] std::string_view plain_latin(char32_t c);

/// A case-folded word of one script in Latin letters; "" when it cannot be read.
[[nodiscard]] std::string romanise(std::u32string_view word, Script script);

/// Maps letters that look like those of `target` to them ("Сбер" written with Latin C); others stay.
[[nodiscard]] char32_t look_alike(char32_t c, Script target);

}  // namespace liaison::name
