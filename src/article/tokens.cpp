#include "article/tokens.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

namespace liaison::article {
namespace {

struct Character {
    char32_t value = 0;
    std::uint32_t length = 1;
};

Character decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        return {lead, 1};
    }
    const std::uint32_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (at + length > text.size()) {
        return {0xFFFD, 1};
    }
    char32_t value = lead & (0xFFU >> (length + 1));
    for (std::uint32_t i = 1; i < length; ++i) {
        value = (value << 6U) | (byte(at + i) & 0x3FU);
    }
    return {value, length};
}

/// Folded forms of the characters below U+0600 (Latin, Greek, Cyrillic), made once from ICU's tables.
class FoldTable {
public:
    static constexpr char32_t size = 0x600;
    FoldTable() {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
        for (char32_t c = 0; c < size; ++c) {
            icu::UnicodeString text(static_cast<UChar32>(c));
            text.foldCase();
            const icu::UnicodeString parts = nfkd->normalize(text, status);
            std::string folded;
            for (std::int32_t i = 0; i < parts.length();) {
                const UChar32 part = parts.char32At(i);
                i += U16_LENGTH(part);
                if (u_charType(part) != U_NON_SPACING_MARK) {
                    icu::UnicodeString(part).toUTF8String(folded);
                }
            }
            m_table[c] = folded;
        }
        m_table[0x153] = m_table[0x152] = "oe";
        m_table[0xE6] = m_table[0xC6] = "ae";
        m_table[0x131] = "i";
        m_table[0x142] = m_table[0x141] = "l";
        m_table[0xF8] = m_table[0xD8] = "o";
        m_table[0x111] = m_table[0x110] = "d";
        m_table[0xA0] = " ";
    }
    [[nodiscard]] const std::string& at(char32_t c) const { return m_table[c]; }

private:
    std::array<std::string, size> m_table;
};

const FoldTable& fold_table() {
    static const FoldTable table;
    return table;
}

void fold_into(std::string& out, std::string_view text) {
    out.clear();
    std::size_t i = 0;
    while (i < text.size()) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : text[i];
            ++i;
            continue;
        }
        const Character c = decode(text, i);
        if (c.value < FoldTable::size) {
            out += fold_table().at(c.value);
        } else if (c.value == 0x2019 || c.value == 0x2018 || c.value == 0x2BC) {
            out += '\'';
        } else if (c.value >= 0x2010 && c.value <= 0x2015) {
            out += '-';
        } else {
            out.append(text, i, c.length);
        }
        i += c.length;
    }
}

enum class CharClass : std::uint8_t { other, letter, digit, space, apostrophe, dash, open_quote, close_quote, double_quote };

CharClass class_of(char32_t c) {
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
            return CharClass::letter;
        }
        if (c >= '0' && c <= '9') {
            return CharClass::digit;
        }
        if (c == ' ' || (c >= 9 && c <= 13)) {
            return CharClass::space;
        }
        return c == '\'' ? CharClass::apostrophe : c == '-' ? CharClass::dash : c == '"' ? CharClass::double_quote : CharClass::other;
    }
    switch (c) {
        case 0xA0: case 0x202F: case 0x2009: case 0x2007: return CharClass::space;
        case 0x2019: return CharClass::apostrophe;
        case 0x2010: case 0x2011: return CharClass::dash;
        case 0xAB: case 0x201C: case 0x2018: case 0x201E: case 0x2039: return CharClass::open_quote;
        case 0xBB: case 0x201D: case 0x203A: return CharClass::close_quote;
        default: break;
    }
    return u_isalpha(static_cast<UChar32>(c)) != 0 || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK ||
                   u_charType(static_cast<UChar32>(c)) == U_COMBINING_SPACING_MARK
               ? CharClass::letter
           : u_isdigit(static_cast<UChar32>(c)) != 0  ? CharClass::digit
           : u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 ? CharClass::space
                                                            : CharClass::other;
}

bool is_upper(char32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper(static_cast<UChar32>(c)) != 0; }
bool is_lower(char32_t c) { return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower(static_cast<UChar32>(c)) != 0; }

/// French words that lose their vowel before another and are written to it with an apostrophe.
bool is_elided(std::string_view folded) {
    static const std::array<std::string_view, 14> forms = {"l", "d", "j", "m", "n", "s", "t", "c", "qu",
                                                           "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"};
    return std::find(forms.begin(), forms.end(), folded) != forms.end();
}

/// What English compounds with a name on the left are made of: "Cambodia-based", "OFAC-designated".
bool is_compound_tail(std::string_view folded) {
    static const std::array<std::string_view, 26> forms = {
        "based", "designated", "sanctioned", "affiliated", "controlled", "owned", "linked", "backed", "run", "registered",
        "led", "headquartered", "born", "aligned", "sponsored", "operated", "listed", "related", "associated", "blacklisted",
        "nexus", "speaking", "flagged", "incorporated", "trained", "connected"};
    return std::find(forms.begin(), forms.end(), folded) != forms.end();
}

/// Cuts one block into tokens.
class Scanner {
public:
    Scanner(std::string_view text, const Vocabulary* vocabulary) : m_text(text), m_vocabulary(vocabulary) {}

    void scan(std::uint32_t start, std::uint32_t end, std::vector<Token>& out) {
        std::uint32_t i = start;
        bool space = true;
        while (i < end) {
            const Character c = decode(m_text, i);
            const CharClass kind = class_of(c.value);
            if (kind == CharClass::space) {
                space = true;
                i += c.length;
                continue;
            }
            Token token;
            token.start = i;
            token.space_before = space;
            if (kind == CharClass::digit) {
                scan_number(i, end, token);
            } else if (kind == CharClass::letter || (c.value == '#' && i + 1 < end && m_text[i + 1] >= '0' && m_text[i + 1] <= '9')) {
                scan_word(i, end, token);
            } else {
                token.end = i + c.length;
                token.kind = TokenKind::punctuation;
                if (kind == CharClass::open_quote) {
                    token.kind = TokenKind::quote_open;
                } else if (kind == CharClass::close_quote) {
                    token.kind = TokenKind::quote_close;
                } else if (kind == CharClass::double_quote || kind == CharClass::apostrophe) {
                    token.kind = opens(i, c.length, start, end, space) ? TokenKind::quote_open : TokenKind::quote_close;
                }
                // "'s" and a bare plural possessive.
                if (kind == CharClass::apostrophe && i + c.length < end && (m_text[i + c.length] | 32) == 's' &&
                    (i + c.length + 1 >= end || class_of(decode(m_text, i + c.length + 1).value) != CharClass::letter)) {
                    token.end = i + c.length + 1;
                    token.kind = TokenKind::word;
                }
            }
            finish(token);
            out.push_back(token);
            i = token.end;
            space = false;
        }
    }

private:
    [[nodiscard]] bool opens(std::uint32_t i, std::uint32_t length, std::uint32_t start, std::uint32_t end, bool space) const {
        if (i == start || space || m_text[i - 1] == '(' || m_text[i - 1] == '[') {
            return i + length < end && class_of(decode(m_text, i + length).value) != CharClass::space;
        }
        return false;
    }

    [[nodiscard]] bool letter_at(std::uint32_t i, std::uint32_t end) const {
        if (i >= end) {
            return false;
        }
        const CharClass kind = class_of(decode(m_text, i).value);
        return kind == CharClass::letter || kind == CharClass::digit;
    }

    void scan_number(std::uint32_t i, std::uint32_t end, Token& token) const {
        token.kind = TokenKind::number;
        std::uint32_t at = i;
        while (at < end) {
            const Character c = decode(m_text, at);
            const CharClass kind = class_of(c.value);
            if (kind == CharClass::digit) {
                at += c.length;
                continue;
            }
            const bool separator = c.value == '.' || c.value == ',' || (kind == CharClass::space && c.value != '\n');
            if (separator && at + c.length < end) {
                // A group of three digits after a space; any digits after a point or comma.
                std::uint32_t digits = 0;
                while (at + c.length + digits < end && m_text[at + c.length + digits] >= '0' && m_text[at + c.length + digits] <= '9') {
                    ++digits;
                }
                const bool grouped = digits == 3 && at - i <= 3;
                const bool regrouped = digits == 3 && at - i > 3 && at >= 4 && m_text[at - 4] < '0';
                if (kind == CharClass::space ? (grouped || regrouped) : digits > 0) {
                    at += c.length + digits;
                    continue;
                }
            }
            if (kind == CharClass::letter) {
                // "2FA", "16e", "300k": a word that begins with digits.
                while (letter_at(at, end)) {
                    at += decode(m_text, at).length;
                }
                token.kind = TokenKind::word;
                token.mixed = true;
            }
            break;
        }
        token.end = at;
    }

    void scan_word(std::uint32_t i, std::uint32_t end, Token& token) {
        token.kind = TokenKind::word;
        std::uint32_t at = i;
        std::uint32_t letters = 0;
        std::uint32_t upper = 0;
        std::uint32_t lower = 0;
        bool digit = m_text[i] == '#';
        if (digit) {
            ++at;
        }
        while (at < end) {
            const Character c = decode(m_text, at);
            const CharClass kind = class_of(c.value);
            if (kind == CharClass::letter || kind == CharClass::digit) {
                if (is_upper(c.value)) {
                    token.capital = token.capital || at == i;
                    token.mixed = token.mixed || lower > 0;
                    ++upper;
                } else if (is_lower(c.value)) {
                    ++lower;
                }
                digit = digit || kind == CharClass::digit;
                ++letters;
                at += c.length;
                continue;
            }
            const std::uint32_t next = at + c.length;
            if (m_vocabulary == nullptr && kind == CharClass::apostrophe && next == end) {
                at = next;  // "l'" at the end of a phrase of a list
                break;
            }
            if (!letter_at(next, end)) {
                // A full stop belongs to "U.S." and to an initial.
                if (c.value == '.' && (m_text.substr(i, at - i).find('.') != std::string_view::npos || (at - i == 1 && upper == 1))) {
                    at = next;
                }
                break;
            }
            if (kind == CharClass::apostrophe) {
                fold_into(m_buffer, m_text.substr(i, at - i));
                if (is_elided(m_buffer) && m_buffer != "o") {
                    at = next;
                    break;
                }
                const std::uint32_t after = next + decode(m_text, next).length;
                if ((m_text[next] | 32) == 's' && !letter_at(after, end)) {
                    break;
                }
                at = next;
                continue;
            }
            if (kind == CharClass::dash) {
                std::uint32_t tail = next;
                while (letter_at(tail, end)) {
                    tail += decode(m_text, tail).length;
                }
                fold_into(m_buffer, m_text.substr(next, tail - next));
                if (is_compound_tail(m_buffer)) {
                    break;
                }
                at = next;
                continue;
            }
            if (c.value == '.' && at - i <= 4 && (at - i == 1 || m_text.substr(i, at - i).find('.') != std::string_view::npos)) {
                at = next;  // "U.S", "a.k.a"
                continue;
            }
            if (c.value == '*' || (c.value == '&' && at - i <= 2) || (c.value == '@') || (c.value == '.' && lower + upper > 1 && is_lower(decode(m_text, next).value))) {
                at = next;  // masked names, "R&D", addresses and host names
                continue;
            }
            break;
        }
        token.end = at;
        token.all_caps = upper >= 2 && lower == 0;
        token.mixed = token.mixed || (digit && letters > 0 && upper + lower > 0);
    }

    void finish(Token& token) {
        if (m_vocabulary == nullptr) {
            return;
        }
        fold_into(m_buffer, m_text.substr(token.start, token.end - token.start));
        token.word = m_vocabulary->find(m_buffer);
        if (token.word == 0 && m_buffer.size() > 2 && m_buffer.back() == '.') {
            m_buffer.pop_back();
            token.word = m_vocabulary->find(m_buffer);
        }
    }

    std::string_view m_text;
    const Vocabulary* m_vocabulary;
    std::string m_buffer;
};

/// "-based" behind a name: the dash is a token of its own kind; it is joined to its tail here.
void join_compound_tails(std::string_view text, std::vector<Token>& tokens, const Vocabulary* vocabulary, std::size_t from) {
    std::size_t out = from;
    for (std::size_t i = from; i < tokens.size(); ++i) {
        Token token = tokens[i];
        const bool dash = token.end - token.start <= 3 && !token.space_before && token.kind == TokenKind::punctuation &&
                          class_of(decode(text, token.start).value) == CharClass::dash;
        if (dash && i + 1 < tokens.size() && !tokens[i + 1].space_before && tokens[i + 1].kind == TokenKind::word) {
            const std::string tail = fold(text.substr(tokens[i + 1].start, tokens[i + 1].end - tokens[i + 1].start));
            if (is_compound_tail(tail)) {
                token.end = tokens[i + 1].end;
                token.kind = TokenKind::word;
                token.word = vocabulary == nullptr ? 0 : vocabulary->find("-" + tail);
                ++i;
            }
        }
        tokens[out++] = token;
    }
    tokens.resize(out);
}

}  // namespace

std::string fold(std::string_view text) {
    std::string result;
    fold_into(result, text);
    return result;
}

std::uint32_t Vocabulary::add(std::string_view folded) {
    return m_words.try_emplace(std::string(folded), static_cast<std::uint32_t>(m_words.size() + 1)).first->second;
}

std::uint32_t Vocabulary::find(std::string_view folded) const {
    const auto found = m_words.find(folded);
    return found == m_words.end() ? 0 : found->second;
}

std::vector<std::string> phrase_words(std::string_view phrase) {
    std::vector<Token> tokens;
    Scanner scanner(phrase, nullptr);
    scanner.scan(0, static_cast<std::uint32_t>(phrase.size()), tokens);
    join_compound_tails(phrase, tokens, nullptr, 0);
    std::vector<std::string> words;
    for (const Token& token : tokens) {
        words.push_back(fold(phrase.substr(token.start, token.end - token.start)));
    }
    return words;
}

TokenText tokenize(const Document& document, const Vocabulary& vocabulary, const std::vector<bool>& abbreviations) {
    TokenText result;
    const std::string_view text = document.text;
    Scanner scanner(text, &vocabulary);
    const std::uint32_t the_word = vocabulary.find("the");
    for (std::uint32_t b = 0; b < document.blocks.size(); ++b) {
        const Block& block = document.blocks[b];
        const auto first = static_cast<std::uint32_t>(result.tokens.size());
        scanner.scan(block.start, block.end, result.tokens);
        join_compound_tails(text, result.tokens, &vocabulary, first);
        auto& tokens = result.tokens;
        std::uint32_t sentence_first = first;
        const auto close = [&](std::uint32_t last) {
            if (last > sentence_first) {
                result.sentences.push_back({sentence_first, last, b, block.language});
                sentence_first = last;
            }
        };
        for (std::uint32_t i = first; i < tokens.size(); ++i) {
            const Token& token = tokens[i];
            const char last = text[token.end - 1];
            const bool stop = last == '.' || last == '!' || last == '?' ||
                              text.substr(token.start, token.end - token.start) == "\xE2\x80\xA6";
            if (!stop) {
                continue;
            }
            // A full stop inside the word: "U.S.", "a.k.a.", an initial. It ends a sentence only where a function word
            // with a capital follows.
            const bool inside = token.kind == TokenKind::word;
            std::uint32_t next = i + 1;
            while (next < tokens.size() && (tokens[next].kind == TokenKind::quote_close ||
                                            (tokens[next].end - tokens[next].start == 1 && text[tokens[next].start] == ')'))) {
                ++next;
            }
            if (next >= tokens.size()) {
                break;
            }
            const Token& after = tokens[next];
            if (!after.space_before && after.kind != TokenKind::quote_open) {
                continue;
            }
            if (inside && !(after.capital && after.word == the_word && the_word != 0)) {
                continue;
            }
            if (!inside && i > first && last == '.') {
                const Token& before = tokens[i - 1];
                const bool joined = !token.space_before;
                if (joined && before.word < abbreviations.size() && before.word != 0 && abbreviations[before.word]) {
                    continue;
                }
                if (joined && before.kind == TokenKind::number && i - 1 == sentence_first) {
                    continue;  // "1. "
                }
            }
            const bool begins = after.capital || after.kind == TokenKind::number || after.kind == TokenKind::quote_open ||
                                after.kind == TokenKind::punctuation || after.mixed;
            if (begins) {
                close(next);
            }
        }
        close(static_cast<std::uint32_t>(tokens.size()));
    }
    for (std::uint32_t s = 0; s < result.sentences.size(); ++s) {
        for (std::uint32_t i = result.sentences[s].first; i < result.sentences[s].last; ++i) {
            result.tokens[i].sentence = s;
        }
    }
    return result;
}

}  // namespace liaison::article
