#include "adapter/list_text.hpp"

#include "liaison/base/utf8.hpp"
#include "liaison/model/country.hpp"

#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace liaison::adapter {

namespace {

constexpr std::size_t max_phrase = 300;  // bytes; no field of this kind is longer, and prose is not read

std::string_view trim(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::string_view language_of(UScriptCode script) {
    switch (static_cast<int>(script)) {
        case USCRIPT_ARABIC: return "ara";
        case USCRIPT_CYRILLIC: return "rus";
        case USCRIPT_HAN: return "zho";
        case USCRIPT_HANGUL: return "kor";
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA: return "jpn";
        case USCRIPT_HEBREW: return "heb";
        case USCRIPT_GEORGIAN: return "kat";
        case USCRIPT_ARMENIAN: return "hye";
        case USCRIPT_GREEK: return "ell";
        case USCRIPT_THAI: return "tha";
        case USCRIPT_DEVANAGARI: return "hin";
        case USCRIPT_BENGALI: return "ben";
        case USCRIPT_TAMIL: return "tam";
        case USCRIPT_ETHIOPIC: return "amh";
        case USCRIPT_MYANMAR: return "mya";
        default: return {};
    }
}

NameText named(std::string_view text) {
    const std::string clean = base::collapse_space(text);
    return {clean, std::string(text_language(clean))};
}

/// Cuts at `separator` outside of brackets.
std::vector<std::string_view> split_outside(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : 0;
        depth -= text[i] == ')' && depth > 0 ? 1 : 0;
        if (text[i] == separator && depth == 0) {
            parts.push_back(text.substr(start, i - start));
            start = i + 1;
        }
    }
    parts.push_back(text.substr(start));
    return parts;
}

/// Cuts "M. Sabet b) M. Javad" at enumeration marks.
std::vector<std::string_view> split_marks(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const bool at_start = i == 0 || text[i - 1] == ' ';
        if (at_start && text[i] >= 'a' && text[i] <= 'z' && text[i + 1] == ')' && text[i + 2] == ' ') {
            parts.push_back(text.substr(start, i - start));
            start = i + 3;
        }
    }
    parts.push_back(text.substr(start));
    return parts;
}

/// "original script: Абу" without its label.
std::string_view without_label(std::string_view text) {
    static constexpr std::array<std::string_view, 3> labels{"original script:", "in Arabic:", "in Arabic script:"};
    for (const auto label : labels) {
        if (text.starts_with(label)) {
            return trim(text.substr(label.size()));
        }
    }
    static constexpr std::string_view suffix = "(original script)";
    return text.ends_with(suffix) ? trim(text.substr(0, text.size() - suffix.size())) : text;
}

/// One name, or a name and its variants in brackets at the end.
void add_name(std::vector<NameText>& names, std::string_view text) {
    text = without_label(trim(text));
    if (text.empty()) {
        return;
    }
    // The bracket that closes at the very end, if it opens after a name.
    std::size_t open = std::string_view::npos;
    if (text.ends_with(')')) {
        int depth = 0;
        for (std::size_t i = text.size(); i-- > 0;) {
            depth += text[i] == ')' ? 1 : 0;
            depth -= text[i] == '(' ? 1 : 0;
            if (depth == 0) {
                open = i;
                break;
            }
        }
    }
    if (open != std::string_view::npos && open > 0) {
        const auto head = trim(text.substr(0, open));
        const auto inner = trim(text.substr(open + 1, text.size() - open - 2));
        const bool list = inner.find(';') != std::string_view::npos;
        const bool other_script = !inner.empty() && text_language(head) != text_language(without_label(inner));
        if (!head.empty() && (list || other_script)) {
            names.push_back(named(head));
            for (const auto part : split_outside(inner, ';')) {
                if (const auto name = without_label(trim(part)); !name.empty()) {
                    names.push_back(named(name));
                }
            }
            return;
        }
    }
    names.push_back(named(text));
}

/// Words of letters, digits and inner hyphens and apostrophes; where each begins.
std::vector<std::pair<std::size_t, std::string_view>> words_of(std::string_view text) {
    std::vector<std::pair<std::size_t, std::string_view>> words;
    constexpr std::string_view gaps = " \t\r\n()[]/,;:.";
    for (std::size_t at = text.find_first_not_of(gaps); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(gaps, at), text.size());
        words.emplace_back(at, text.substr(at, end - at));
        at = text.find_first_not_of(gaps, end);
    }
    return words;
}

void add_once(std::vector<std::string>& codes, const std::string& code) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        codes.push_back(code);
    }
}

/// Looks like a document's number: a digit in it and nothing but letters, digits, and - / .
bool is_number_word(std::string_view word) {
    const auto digits = std::count_if(word.begin(), word.end(), is_digit);
    const bool clean = std::all_of(word.begin(), word.end(), [](char c) {
        return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '/' || c == '.';
    });
    return clean && digits >= 3;
}

}  // namespace

std::string_view text_language(std::string_view text) {
    std::map<std::string_view, std::size_t> letters;
    std::size_t latin = 0;
    for (std::size_t i = 0; i < text.size();) {
        UChar32 c = 0;
        U8_NEXT(text.data(), i, text.size(), c);
        if (c < 0) {
            continue;
        }
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(c, &status);
        if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED) {
            continue;
        }
        if (script == USCRIPT_LATIN) {
            ++latin;
        } else {
            ++letters[language_of(script)];
        }
    }
    if (letters.contains("jpn") && letters.contains("zho")) {  // kana among the characters: Japanese
        letters["jpn"] += letters["zho"];
    }
    std::string_view best;
    std::size_t most = latin;
    for (const auto& [lang, count] : letters) {
        if (count > most) {
            best = lang;
            most = count;
        }
    }
    return best;
}

std::vector<NameText> split_names(std::string_view field) {
    std::vector<NameText> names;
    for (const auto part : split_outside(field, ';')) {
        for (const auto piece : split_marks(trim(part))) {
            add_name(names, piece);
        }
    }
    return names;
}

CountryText countries_in(std::string_view text) {
    CountryText result;
    text = trim(text);
    const std::string lower = ascii_lower(text);
    if (text.empty() || lower == "na" || lower == "n/a" || lower == "unknown" || lower == "-" || lower == "undetermined" || lower == "-0-") {
        result.said_nothing = true;
        return result;
    }
    if (const auto code = model::country_code(text)) {
        result.codes.push_back(*code);
        return result;
    }
    if (text.size() > max_phrase) {
        return result;
    }
    // The longest run of words that is a country, from left to right. Short codes ("in", "no") count only alone.
    const auto words = words_of(text);
    constexpr std::size_t longest = 9;
    for (std::size_t i = 0; i < words.size();) {
        std::size_t taken = 1;
        for (std::size_t n = std::min(longest, words.size() - i); n > 0; --n) {
            const std::size_t end = words[i + n - 1].first + words[i + n - 1].second.size();
            const auto span = text.substr(words[i].first, end - words[i].first);
            const bool capital = is_upper(span.front()) || static_cast<unsigned char>(span.front()) >= 0x80;
            const bool abbreviation = span.size() <= 3 && std::all_of(span.begin(), span.end(), is_upper);
            if (!capital || (span.size() <= 3 && !abbreviation)) {
                continue;
            }
            if (const auto code = model::country_code(span)) {
                add_once(result.codes, *code);
                taken = n;
                break;
            }
        }
        i += taken;
    }
    return result;
}

NumberText document_number(std::string_view text) {
    text = trim(text);
    NumberText result;
    // "D 000933", "TR-P 614 166": short groups without lower-case words are one number as it stands.
    const auto words = words_of(text);
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) { return c == '(' || c == ',' || c == ';' || c == ':'; }) &&
                       std::none_of(words.begin(), words.end(), [](const auto& word) {
                           const auto lower = std::count_if(word.second.begin(), word.second.end(), [](char c) { return c >= 'a' && c <= 'z'; });
                           return lower >= 2;
                       });
    if (plain || text.empty()) {
        result.number = base::collapse_space(text);
        return result;
    }
    // After "number" or "no." else the first word that looks like one.
    std::size_t chosen = words.size();
    for (std::size_t i = 0; i + 1 < words.size() && chosen == words.size(); ++i) {
        const std::string lower = ascii_lower(words[i].second);
        if ((lower == "number" || lower == "no" || lower == "nr" || lower == "n\xC2\xB0") && is_number_word(words[i + 1].second)) {
            chosen = i + 1;
        }
    }
    for (std::size_t i = 0; i < words.size() && chosen == words.size(); ++i) {
        if (is_number_word(words[i].second)) {
            chosen = i;
        }
    }
    result.rest = base::collapse_space(text);
    if (chosen == words.size()) {
        return result;
    }
    // A letter group right before the digits belongs to the number: "SE 012820".
    std::size_t start = words[chosen].first;
    if (chosen > 0 && words[chosen - 1].second.size() <= 3 && std::all_of(words[chosen - 1].second.begin(), words[chosen - 1].second.end(), is_upper) &&
        words[chosen - 1].first + words[chosen - 1].second.size() + 1 == start && text[start - 1] == ' ') {
        start = words[chosen - 1].first;
    }
    result.number = std::string(text.substr(start, words[chosen].first + words[chosen].second.size() - start));
    while (!result.number.empty() && (result.number.back() == '.' || result.number.back() == '-')) {
        result.number.pop_back();
    }
    const std::string around = std::string(text.substr(0, start)) + " " + std::string(text.substr(words[chosen].first + words[chosen].second.size()));
    if (const auto countries = countries_in(around); countries.codes.size() == 1) {
        result.country = countries.codes.front();
    }
    return result;
}

std::optional<model::Date> date_after(std::string_view text, std::initializer_list<std::string_view> words) {
    const std::string lower = ascii_lower(text);
    for (const auto word : words) {
        for (std::size_t at = lower.find(word); at != std::string::npos; at = lower.find(word, at + 1)) {
            const auto following = words_of(text.substr(at));
            constexpr std::size_t reach = 5;  // "Date of expiration: 24 Nov 2026", "expires on October 19, 2020"
            for (std::size_t i = 1; i < following.size() && i <= reach; ++i) {
                for (std::size_t n = std::min<std::size_t>(3, following.size() - i); n > 0; --n) {
                    const auto& last = following[i + n - 1];
                    const auto span = text.substr(at + following[i].first, last.first + last.second.size() - following[i].first);
                    if (const auto date = model::parse_date(span)) {
                        return date;
                    }
                }
            }
        }
    }
    return std::nullopt;
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

void join(std::string& text, std::string_view part, std::string_view separator) {
    if (!part.empty()) {
        text += text.empty() ? std::string_view() : separator;
        text += part;
    }
}

}  // namespace liaison::adapter
