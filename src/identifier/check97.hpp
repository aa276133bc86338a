#pragma once
// ISO 7064 mod 97-10 over letters and digits (A = 10 ... Z = 35): LEI and IBAN.

#include "identifier/ascii.hpp"

#include <string>
#include <string_view>

namespace liaison::identifier {

/// Remainder of the upper-case letters and digits of `text`, read as one number.
[[nodiscard]] inline unsigned mod97(std::string_view text) {
    unsigned remainder = 0;
    for (const char c : text) {
        const unsigned value = ascii::is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(c - 'A') + 10;
        remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
    }
    return remainder;
}

/// Upper case without spaces, dashes and dots.
[[nodiscard]] inline std::string compact_upper(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (!ascii::is_space(c) && c != '-' && c != '.') {
            result += ascii::upper(c);
        }
    }
    return result;
}

}  // namespace liaison::identifier
