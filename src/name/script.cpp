#include "name/script.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison_name_data.hpp"
#include "name/table.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>
#include <memory>
#include <unordered_map>

namespace liaison::name {

namespace {

constexpr char32_t table_end = 0x1800;  // letters.txt holds nothing above Khmer

const icu::Normalizer2& nfkc() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status) != 0 || instance == nullptr) throw base::InternalError("ICU has no NFKC data");
    return *instance;
}

const icu::Normalizer2& nfkd() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status) != 0 || instance == nullptr) throw base::InternalError("ICU has no NFKD data");
    return *instance;
}

struct Letters {
    std::array<std::string, table_end> single;
    std::array<bool, table_end> known{};
    std::unordered_map<std::uint64_t, std::string> pairs;  // first << 32 | second
    std::array<std::string, 0x250> latin;                  // U+00C0..U+024F
    std::array<std::string, 0x100> latin_additional;       // U+1E00..U+1EFF

    Letters() {
        for (const auto& fields : read_fields(data::letters_txt())) {
            const icu::UnicodeString letter = icu::UnicodeString::fromUTF8(fields.at(0));
            const std::string latin_text = fields.size() > 1 ? fields[1] : std::string();
            const char32_t first = static_cast<char32_t>(letter.char32At(0));
            if (first >= table_end) throw base::InternalError("schemas/names/letters.txt: a letter beyond U+17FF");
            if (letter.countChar32() == 1) {
                single[first] = latin_text;
                known[first] = true;
            } else {
                const char32_t second = static_cast<char32_t>(letter.char32At(letter.moveIndex32(0, 1)));
                pairs.emplace(std::uint64_t{first} << 32 | second, latin_text);
            }
        }
        for (char32_t c = 0xC0; c < 0x250; ++c) latin[c] = decompose(c);
        for (char32_t c = 0x1E00; c < 0x1F00; ++c) latin_additional[c - 0x1E00] = decompose(c);
    }

    static std::string decompose(char32_t c) {
        switch (c) {  // letters that Unicode does not decompose
            case U'ß': return "ss";
            case U'æ': return "ae";
            case U'œ': return "oe";
            case U'ø': return "o";
            case U'ð': return "d";
            case U'þ': return "th";
            case U'ł': return "l";
            case U'đ': return "d";
            case U'ı': return "i";
            case U'İ': return "i";
            case U'ħ': return "h";
            case U'ŋ': return "ng";
            case U'ə': return "a";
            case U'ŧ': return "t";
            case U'ƒ': return "f";
            default: break;
        }
        icu::UnicodeString parts;
        if (!nfkd().getDecomposition(static_cast<UChar32>(c), parts)) return {};
        std::string out;
        for (int32_t i = 0; i < parts.length(); ++i) {
            const UChar32 part = u_foldCase(parts[i], U_FOLD_CASE_DEFAULT);
            if (part >= 'a' && part <= 'z') out += static_cast<char>(part);
        }
        return out;
    }
};

const Letters& letters() {
    static const Letters instance;
    return instance;
}

// ICU's Any-Latin for what has no table. A transliterator is not thread-safe, so each thread has its own, and a small
// cache because 75-110 us a word would be most of the time of a screening.
class IcuLatin {
public:
    std::string operator()(std::u32string_view word) {
        const std::u32string key(word);
        if (const auto found = m_cache.find(key); found != m_cache.end()) return found->second;
        if (m_cache.size() > 20'000) m_cache.clear();
        std::string out;
        if (!m_transliterator) {
            UErrorCode status = U_ZERO_ERROR;
            m_transliterator.reset(icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
            if (U_FAILURE(status) != 0 || !m_transliterator) throw base::InternalError("ICU has no Any-Latin transliterator");
        }
        icu::UnicodeString text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(key.data()),
                                                                static_cast<int32_t>(key.size()));
        m_transliterator->transliterate(text);
        for (int32_t i = 0; i < text.length(); ++i)
            if (text[i] >= 'a' && text[i] <= 'z') out += static_cast<char>(text[i]);
        m_cache.emplace(key, out);
        return out;
    }

private:
    std::unique_ptr<icu::Transliterator> m_transliterator;
    std::unordered_map<std::u32string, std::string> m_cache;
};

std::string icu_latin(std::u32string_view word) {
    static thread_local IcuLatin instance;
    return instance(word);
}

// Hangul syllables are arithmetic (Unicode 3.12): 19 initials x 21 vowels x 28 finals. Revised Romanization, plain form.
std::string romanise_hangul(std::u32string_view word) {
    static constexpr std::array<const char*, 19> initials = {"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s",
                                                             "ss", "", "j", "jj", "ch", "k", "t", "p", "h"};
    static constexpr std::array<const char*, 21> vowels = {"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae",
                                                           "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"};
    static constexpr std::array<const char*, 28> finals = {"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l",
                                                           "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};
    std::string out;
    for (const char32_t c : word) {
        if (c < 0xAC00 || c > 0xD7A3) continue;
        const std::size_t offset = c - 0xAC00;
        out += initials[offset / 588];
        out += vowels[offset % 588 / 28];
        out += finals[offset % 28];
    }
    return out;
}

// Amharic syllables: blocks of eight, one a consonant; the order of the vowel is the offset in the block.
std::string romanise_ethiopic(std::u32string_view word) {
    static constexpr std::array<const char*, 8> vowels = {"e", "u", "i", "a", "e", "", "o", "wa"};
    static constexpr std::array<const char*, 44> consonants = {
        "h", "l", "h", "m", "s", "r", "s", "sh", "q", "q", "qh", "q", "b", "v", "t", "ch", "h", "h", "n", "ny", "a", "k",
        "k", "kh", "kh", "w", "a", "z", "zh", "y", "d", "d", "j", "g", "g", "g", "t", "ch", "p", "ts", "ts", "f", "p", ""};
    std::string out;
    for (const char32_t c : word) {
        if (c < 0x1200 || c >= 0x1360) continue;
        const std::size_t row = (c - 0x1200) / 8;
        const std::string_view consonant = consonants.at(row);
        const std::size_t vowel = (c - 0x1200) % 8;
        if (consonant == "a") {
            out += vowel == 0 ? "a" : vowels.at(vowel);
        } else {
            out += consonant;
            out += vowels.at(vowel);
        }
    }
    return out;
}

bool khmer_consonant(char32_t c) { return c >= 0x1780 && c <= 0x17A2; }

}  // namespace

Role role_of(char32_t c) {
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Role::letter;
        if (c >= '0' && c <= '9') return Role::digit;
        if (c == '\'' || c == '`') return Role::dropped;
        if (c == '.') return Role::dot;
        if (c == '&') return Role::ampersand;
        return Role::separator;
    }
    switch (c) {
        case U'’': case U'‘': case U'ʼ': case U'ʿ': case U'ʾ': case U'ˈ': case U'′': case U'´': case U'ʻ': case U'ʹ': case U'ʺ':
        case U'‛': case U'׳': case U'״': case U'՚': case U'ˊ': case U'ˋ': case U'ʽ': case U'ˮ': case U'＇': return Role::dropped;
        case U'،': case U'·': case U'・': return Role::separator;
        case U'．': return Role::dot;
        default: break;
    }
    switch (u_charType(static_cast<UChar32>(c))) {
        case U_UPPERCASE_LETTER: case U_LOWERCASE_LETTER: case U_TITLECASE_LETTER: case U_OTHER_LETTER: return Role::letter;
        case U_MODIFIER_LETTER: return c == 0x30FC || c == 0x0E46 || c == 0x3005 ? Role::letter : Role::dropped;
        case U_DECIMAL_DIGIT_NUMBER: return Role::digit;
        case U_NON_SPACING_MARK: case U_COMBINING_SPACING_MARK: case U_ENCLOSING_MARK: return Role::mark;
        case U_FORMAT_CHAR: return Role::dropped;
        default: return Role::separator;
    }
}

Script script_of(char32_t c) {
    if (c < 0x250) return c >= '0' && c <= '9' ? Script::digit : Script::latin;
    if (c >= 0x370 && c < 0x400) return Script::greek;
    if (c >= 0x400 && c < 0x530) return Script::cyrillic;
    if (c >= 0x530 && c < 0x590) return Script::armenian;
    if (c >= 0x590 && c < 0x600) return Script::hebrew;
    if ((c >= 0x600 && c < 0x780) || (c >= 0x8A0 && c < 0x900)) return Script::arabic;
    if (c >= 0x900 && c < 0x980) return Script::devanagari;
    if (c >= 0xE00 && c < 0xE80) return Script::thai;
    if (c >= 0x10A0 && c < 0x1100) return Script::georgian;
    if (c >= 0x1E00 && c < 0x1F00) return Script::latin;
    if (c >= 0x1F00 && c < 0x2000) return Script::greek;
    if (c >= 0x3040 && c < 0x3100) return Script::kana;
    if ((c >= 0x3400 && c < 0xA000) || (c >= 0x20000 && c < 0x32000) || c == 0x3005) return Script::han;
    if ((c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1100 && c < 0x1200)) return Script::hangul;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
        case USCRIPT_LATIN: return Script::latin;
        case USCRIPT_CYRILLIC: return Script::cyrillic;
        case USCRIPT_ARABIC: return Script::arabic;
        case USCRIPT_HAN: return Script::han;
        case USCRIPT_GEORGIAN: return Script::georgian;
        default: return Script::other;
    }
}

bool is_upper(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    return u_isUUppercase(static_cast<UChar32>(c)) != 0;
}

char32_t fold_case(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == U'İ') return U'i';
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

std::u32string decode_nfkc(std::string_view text, std::size_t limit) {
    bool ascii = true;
    for (const char c : text.substr(0, limit * 4))
        if (static_cast<unsigned char>(c) >= 0x80) {
            ascii = false;
            break;
        }
    std::u32string out;
    if (ascii) {
        text = text.substr(0, limit);
        out.assign(text.begin(), text.end());
        return out;
    }
    const std::string_view head = base::truncate_utf8(text, limit * 4);
    const std::string valid = base::repair_utf8(head);
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString normal = nfkc().normalize(icu::UnicodeString::fromUTF8(valid), status);
    if (U_FAILURE(status) != 0) return out;
    out.reserve(static_cast<std::size_t>(normal.length()));
    for (int32_t i = 0; i < normal.length() && out.size() < limit; i = normal.moveIndex32(i, 1))
        out += static_cast<char32_t>(normal.char32At(i));
    return out;
}

std::string encode(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char32_t c : text) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += static_cast<char>(0xC0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            out += static_cast<char>(0xE0 | c >> 12);
            out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            out += static_cast<char>(0x80 | (c & 0x3F));
        } else {
            out += static_cast<char>(0xF0 | c >> 18);
            out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
            out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
            out += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return out;
}

std::string_view plain_latin(char32_t c) {
    if (c >= 0xC0 && c < 0x250) return letters().latin[c];
    if (c >= 0x1E00 && c < 0x1F00) return letters().latin_additional[c - 0x1E00];
    return {};
}

std::string romanise(std::u32string_view word, Script script) {
    std::string out;
    switch (script) {
        case Script::hangul: return romanise_hangul(word);
        case Script::han:
            for (const char32_t c : word) out += icu_latin({&c, 1});
            return out;
        case Script::thai: case Script::devanagari: case Script::kana: return icu_latin(word);
        case Script::latin: case Script::digit: case Script::cyrillic: case Script::greek: case Script::armenian:
        case Script::georgian: case Script::arabic: case Script::hebrew: case Script::other: break;
    }
    if (script == Script::other && !word.empty() && word.front() >= 0x1200 && word.front() < 0x1380) return romanise_ethiopic(word);
    const Letters& table = letters();
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char32_t c = word[i];
        if (c < 0x80) {
            out += static_cast<char>(c);
            continue;
        }
        if (i + 1 < word.size())
            if (const auto pair = table.pairs.find(std::uint64_t{c} << 32 | word[i + 1]); pair != table.pairs.end()) {
                out += pair->second;
                ++i;
                continue;
            }
        if (const std::string_view plain = plain_latin(c); !plain.empty()) {
            out += plain;
        } else if (c < table_end && table.known[c]) {
            out += table.single[c];
            // A Khmer consonant before another keeps its own vowel.
            if (khmer_consonant(c) && i + 1 < word.size() && khmer_consonant(word[i + 1])) out += 'o';
        } else if (u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK) {
            continue;
        } else if (script == Script::greek || script == Script::cyrillic) {
            icu::UnicodeString parts;  // accented: the base letter counts
            if (nfkd().getDecomposition(static_cast<UChar32>(c), parts)) {
                const char32_t base_letter = fold_case(static_cast<char32_t>(parts.char32At(0)));
                if (base_letter < table_end) out += table.single[base_letter];
            }
        } else {
            return icu_latin(word);
        }
    }
    return out;
}

char32_t look_alike(char32_t c, Script target) {
    static constexpr std::u32string_view cyrillic = U"аеорсухікмтвнзѕјһԁԛԝ";
    static constexpr std::u32string_view latin = U"aeopcyxikmtbh3sjhdqw";
    static constexpr std::u32string_view greek = U"αορντυικχε";
    static constexpr std::u32string_view greek_latin = U"aopvtuikxe";
    static constexpr std::u32string_view latin_in = U"aeopcyxikmtbhsj";
    static constexpr std::u32string_view cyrillic_out = U"аеорсухікмтвнѕј";
    if (target == Script::latin) {
        if (const std::size_t at = cyrillic.find(c); at != std::u32string_view::npos) return latin[at];
        if (const std::size_t at = greek.find(c); at != std::u32string_view::npos) return greek_latin[at];
    }
    if (target == Script::cyrillic)
        if (const std::size_t at = latin_in.find(c); at != std::u32string_view::npos) return cyrillic_out[at];
    return c;
}

}  // namespace liaison::name
