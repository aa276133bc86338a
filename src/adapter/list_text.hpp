#pragma once
// Small readings of free text that several list formats share: names packed into one field, countries inside a phrase,
// the number inside "Afghan passport number OA296623", the day after "expires on". Each keeps to what stands there and
// says when it cannot read. Private to adapter.

#include "liaison/model/date.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter {

/// ISO 639-3 of the language that the script of most letters stands for ("ara", "rus", "zho", ...), "" for Latin and for
/// scripts without a usual language. A script is no proof of a language: Persian and Pashto names come out as "ara".
[[nodiscard]] std::string_view text_language(std::string_view text);

struct NameText {
    std::string text;
    std::string lang;  ///< see text_language
    friend bool operator==(const NameText&, const NameText&) = default;
};

/// Names of one field: "A; B", "A b) B", "حسن غول (Hassan Ghul; Hasan Gul)", "Jin Tiesan (金铁三)". Brackets are opened only
/// when they hold a list or the same name in another script; "Front (GSPC)" stays whole.
[[nodiscard]] std::vector<NameText> split_names(std::string_view field);

struct CountryText {
    std::vector<std::string> codes;  ///< in order, without repeats
    bool said_nothing = false;       ///< "na", "unknown", "-": no country was meant
};
/// All countries named in a short text: "Sudan/South Sudan", "Iran / unknown", "Possibly Ethiopian", "Belarus / Bélarus".
/// No codes and not `said_nothing` means that the text was not understood.
[[nodiscard]] CountryText countries_in(std::string_view text);

struct NumberText {
    std::string number;       ///< "OA296623"; "" when none could be told
    std::string country;      ///< code of a country named beside it, or ""
    std::string rest;         ///< what stood around the number, or ""
};
/// The number in a document field: "Afghan passport number OA296623", "403062567 (US)", "R00012098, South Sudan",
/// "563210184 (Expires 18 Jun. 2018)". A plain number comes back as it is.
[[nodiscard]] NumberText document_number(std::string_view text);

/// The first date after one of the words, within a few words: date_after("expired on 8 Sep. 2003", {"expir"}).
[[nodiscard]] std::optional<model::Date> date_after(std::string_view text, std::initializer_list<std::string_view> words);

/// Lower case of ASCII letters only.
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// Appends `part` after `separator` when neither is empty.
void join(std::string& text, std::string_view part, std::string_view separator);

}  // namespace liaison::adapter
