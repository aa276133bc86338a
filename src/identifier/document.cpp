#include "liaison/identifier/document.hpp"

#include "identifier/ascii.hpp"
#include "identifier/label.hpp"
#include "liaison/base/utf8.hpp"

#include <array>
#include <utility>

namespace liaison::identifier {
namespace {

constexpr std::size_t max_number = 128;

// Capitals that look like a Latin one, both cases of each (Unicode confusables, the letters that passport series use).
constexpr std::array<std::pair<char32_t, char>, 41> lookalikes{{
    {U'А', 'A'}, {U'а', 'A'}, {U'В', 'B'}, {U'в', 'B'}, {U'Е', 'E'}, {U'е', 'E'}, {U'І', 'I'}, {U'і', 'I'}, {U'К', 'K'},
    {U'к', 'K'}, {U'М', 'M'}, {U'м', 'M'}, {U'Н', 'H'}, {U'н', 'H'}, {U'О', 'O'}, {U'о', 'O'}, {U'Р', 'P'}, {U'р', 'P'},
    {U'С', 'C'}, {U'с', 'C'}, {U'Т', 'T'}, {U'т', 'T'}, {U'У', 'Y'}, {U'у', 'Y'}, {U'Х', 'X'}, {U'х', 'X'}, {U'Ѕ', 'S'},
    {U'Ј', 'J'}, {U'Α', 'A'}, {U'Β', 'B'}, {U'Ε', 'E'}, {U'Ζ', 'Z'}, {U'Η', 'H'}, {U'Ι', 'I'}, {U'Κ', 'K'}, {U'Μ', 'M'},
    {U'Ν', 'N'}, {U'Ο', 'O'}, {U'Ρ', 'P'}, {U'Τ', 'T'}, {U'Χ', 'X'},
}};

/// The code point at `at` of valid UTF-8 and its length.
std::pair<char32_t, std::size_t> code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i])); };
    const char32_t lead = byte(0);
    if (lead < 0x80) {
        return {lead, 1};
    }
    if (lead < 0xe0) {
        return {((lead & 0x1fU) << 6U) | (byte(1) & 0x3fU), 2};
    }
    if (lead < 0xf0) {
        return {((lead & 0xfU) << 12U) | ((byte(1) & 0x3fU) << 6U) | (byte(2) & 0x3fU), 3};
    }
    return {((lead & 7U) << 18U) | ((byte(1) & 0x3fU) << 12U) | ((byte(2) & 0x3fU) << 6U) | (byte(3) & 0x3fU), 4};
}

/// The ASCII letter or digit that a code point stands for in a number, or 0.
char as_ascii(char32_t c) {
    if (c < 0x80) {
        return ascii::upper(static_cast<char>(c));
    }
    if (c >= 0x660 && c <= 0x669) {  // Arabic-Indic digits
        return static_cast<char>('0' + (c - 0x660));
    }
    if (c >= 0x6f0 && c <= 0x6f9) {  // Extended Arabic-Indic (Persian) digits
        return static_cast<char>('0' + (c - 0x6f0));
    }
    if (c >= 0xff01 && c <= 0xff5e) {  // full-width forms
        return ascii::upper(static_cast<char>(c - 0xfee0));
    }
    for (const auto& [letter, latin] : lookalikes) {
        if (letter == c) {
            return latin;
        }
    }
    return 0;
}

/// General punctuation, spaces, marks of direction and the numero sign: never part of a number.
bool is_ignorable(char32_t c) {
    return (c >= 0x80 && c <= 0xbf) || (c >= 0x2000 && c <= 0x206f) || c == 0x2116 || (c >= 0x3000 && c <= 0x303f) ||
           c == 0xfeff;
}

/// True for "Tower 22" and "hello world 2024": a word of four letters or more stands apart.
bool has_plain_word(std::string_view text) {
    std::size_t letters = 0;
    bool digits = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || ascii::is_space(text[i])) {
            if (letters >= 4 && !digits) {
                return true;
            }
            letters = 0;
            digits = false;
        } else {
            letters += ascii::is_letter(text[i]) || static_cast<unsigned char>(text[i]) >= 0xc0 ? 1 : 0;
            digits = digits || ascii::is_digit(text[i]);
        }
    }
    return false;
}

}  // namespace

std::string normal_number(std::string_view text) {
    const std::string valid = base::repair_utf8(text.substr(0, 4 * max_number));
    std::string_view rest = without_issuer(ascii::trim(valid));
    for (const std::string_view word : {"No.", "No ", "Nr.", "no.", "NO.", "no ", "Number ", "number "}) {
        if (rest.starts_with(word) && rest.size() > word.size()) {
            rest.remove_prefix(word.size());
        }
    }
    std::string number;
    for (std::size_t at = 0; at < rest.size() && number.size() < max_number;) {
        const auto [c, length] = code_point(rest, at);
        const char latin = as_ascii(c);
        if (latin != 0) {
            if (ascii::is_alnum(latin)) {
                number += latin;
            }
        } else if (!is_ignorable(c)) {
            number += rest.substr(at, length);
        }
        at += length;
    }
    return number;
}

std::string document_key(std::string_view number, std::string_view issuer) {
    return "document:" + ascii::lower(issuer) + ":" + normal_number(number);
}

std::optional<Reading> read_document(std::string_view text) {
    const Labelled labelled = split_label(text);
    const std::string number = normal_number(labelled.rest);
    if (labelled_as_other(labelled, Kind::document) || number.size() < 3 || !ascii::any(number, ascii::is_digit)) {
        return std::nullopt;
    }
    if (!labelled.kind && has_plain_word(labelled.rest)) {
        return std::nullopt;
    }
    return Reading{Kind::document, Validity::well_formed, {}, number, "document:" + number,
                   "numbers of documents have no common check", {}};
}

}  // namespace liaison::identifier
