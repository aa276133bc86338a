#include "liaison/model/country.hpp"

#include "liaison/base/error.hpp"
#include "liaison_model_data.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <unordered_map>
#include <vector>

namespace liaison::model {

namespace {

constexpr std::size_t max_name = 200;  // bytes; longer texts are prose

/// Case, accents and punctuation folded away, words separated by one space, without a leading "the".
std::string folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkd = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    unicode = nfkd->normalize(unicode.foldCase(), status);
    if (U_FAILURE(status)) {
        throw base::InternalError("ICU cannot normalise a country name");
    }
    icu::UnicodeString words;
    bool gap = false;
    for (std::int32_t i = 0; i < unicode.length();) {
        const UChar32 c = unicode.char32At(i);
        i += U16_LENGTH(c);
        if (u_charType(c) == U_NON_SPACING_MARK) {
            continue;
        }
        if (!u_isalnum(c)) {
            gap = true;
            continue;
        }
        if (gap && !words.isEmpty()) {
            words.append(static_cast<UChar>(' '));
        }
        gap = false;
        words.append(c);
    }
    std::string utf8;
    words.toUTF8String(utf8);
    return utf8.starts_with("the ") ? utf8.substr(4) : utf8;
}

/// Fields of one line of CSV with quoted fields; the table has no quotes inside fields and no line breaks.
std::vector<std::string> fields_of(std::string_view line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    return fields;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, at));
        text.remove_prefix(std::min(at + 1, text.size()));
    }
    return parts;
}

class Countries {
public:
    Countries() {
        bool header = true;
        for (const std::string_view line : split(data::countries_csv(), '\n')) {
            if (line.empty() || line.starts_with('#')) {
                continue;
            }
            const auto fields = fields_of(line);
            if (header) {
                header = false;
                continue;
            }
            if (fields.size() != 4 || fields[0].empty() || fields[2].empty()) {
                throw base::InternalError("schemas/countries.csv: bad line: " + std::string(line));
            }
            const std::string& code = fields[0];
            const auto names = split(fields[2], '|');
            m_names.emplace(code, names.front());
            know(code, code);
            know(fields[1], code);
            for (const auto name : names) {
                know(name, code);
            }
            for (const auto name : split(fields[3], '|')) {
                know(name, code);
            }
        }
    }

    [[nodiscard]] const std::string* code_of(const std::string& key) const {
        const auto found = m_codes.find(key);
        return found == m_codes.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::string name_of(std::string_view code) const {
        const auto found = m_names.find(std::string(code));
        return found == m_names.end() ? std::string(code) : found->second;
    }

private:
    void know(std::string_view name, const std::string& code) {
        if (name.empty()) {
            return;
        }
        const auto [entry, added] = m_codes.emplace(folded(name), code);
        if (!added && entry->second != code) {
            throw base::InternalError("schemas/countries.csv: '" + std::string(name) + "' is both " + entry->second + " and " + code);
        }
    }

    std::unordered_map<std::string, std::string> m_codes;
    std::unordered_map<std::string, std::string> m_names;
};

const Countries& countries() {
    static const Countries instance;
    return instance;
}

/// "USSR (until 1991)" without its bracket; empty when the text does not end in a bracket that holds a year: a bracket
/// without one may say which country is meant ("Congo (Kinshasa)").
std::string_view without_years(std::string_view text) {
    const std::size_t open = text.rfind('(');
    if (!text.ends_with(')') || open == std::string_view::npos ||
        text.substr(open).find_first_of("0123456789") == std::string_view::npos) {
        return {};
    }
    return text.substr(0, open);
}

}  // namespace

std::optional<std::string> country_code(std::string_view name) {
    if (name.empty() || name.size() > max_name) {
        return std::nullopt;
    }
    std::string key = folded(name);
    if (key.starts_with("region ")) {  // OFAC's "Region: Gaza"
        key.erase(0, 7);
    }
    if (const auto* code = countries().code_of(key)) {
        return *code;
    }
    if (const auto rest = without_years(name); !rest.empty()) {
        if (const auto* code = countries().code_of(folded(rest))) {
            return *code;
        }
    }
    return std::nullopt;
}

std::string country_name(std::string_view code) { return countries().name_of(code); }

}  // namespace liaison::model
