#include "liaison/model/date.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

namespace liaison::model {

namespace {

constexpr int max_year = 9999;
constexpr std::size_t max_text = 200;  // longer texts are prose, not dates

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

int last_day_of(int year, int month) {
    using namespace std::chrono;
    const year_month_day_last last{std::chrono::year(year), month_day_last{std::chrono::month(static_cast<unsigned>(month))}};
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

PartialDate first_day(const PartialDate& date) {
    return {date.year, std::max<std::uint8_t>(date.month, 1), std::max<std::uint8_t>(date.day, 1)};
}

PartialDate last_day(const PartialDate& date) {
    const std::uint8_t month = date.month == 0 ? 12 : date.month;
    const auto day = date.day == 0 ? static_cast<std::uint8_t>(last_day_of(date.year, month)) : date.day;
    return {date.year, month, day};
}

std::int32_t serial(const PartialDate& day) {
    using namespace std::chrono;
    const sys_days days = year_month_day{std::chrono::year(day.year), std::chrono::month(day.month), std::chrono::day(day.day)};
    return static_cast<std::int32_t>(days.time_since_epoch().count());
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

/// Value of 1 to 4 digits, or nullopt.
std::optional<int> number(std::string_view digits) {
    if (digits.empty() || digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), is_digit)) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

/// "1962", "1962-05", "1962-05-04"; strict.
std::optional<PartialDate> parse_iso(std::string_view text) {
    const auto digits_at = [&](std::size_t at, std::size_t count) { return number(text.substr(at, count)); };
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) {
        return std::nullopt;
    }
    if ((text.size() > 4 && text[4] != '-') || (text.size() > 7 && text[7] != '-')) {
        return std::nullopt;
    }
    const auto year = digits_at(0, 4);
    const auto month = text.size() > 4 ? digits_at(5, 2) : 0;
    const auto day = text.size() > 7 ? digits_at(8, 2) : 0;
    if (!year || !month || !day || (text.size() > 4 && *month == 0) || (text.size() > 7 && *day == 0)) {
        return std::nullopt;
    }
    return make_partial(*year, *month, *day);
}

/// Cuts "T00:00:00Z", " 00:00:00" or "-04:00" (a zone) off an ISO day.
std::string_view without_time(std::string_view text) {
    if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ') && text.size() >= 13 && is_digit(text[11]) && is_digit(text[12])) {
        return text.substr(0, 10);
    }
    const bool zone = text.size() == 16 && (text[10] == '-' || text[10] == '+') && text[13] == ':';
    const bool zulu = text.size() == 11 && text[10] == 'Z';
    return zone || zulu ? text.substr(0, 10) : text;
}

struct MonthName {
    std::string_view name;
    int month;
};
// English names and their abbreviations, French names; lower case.
constexpr auto month_names = std::to_array<MonthName>({
    {"jan", 1},      {"january", 1},   {"janvier", 1},  {"feb", 2},       {"february", 2}, {"février", 2},
    {"fevrier", 2},  {"mar", 3},       {"march", 3},    {"mars", 3},      {"apr", 4},      {"april", 4},
    {"avril", 4},    {"may", 5},       {"mai", 5},      {"jun", 6},       {"june", 6},     {"juin", 6},
    {"jul", 7},      {"july", 7},      {"juillet", 7},  {"aug", 8},       {"august", 8},   {"août", 8},
    {"aout", 8},     {"sep", 9},       {"sept", 9},     {"september", 9}, {"septembre", 9}, {"oct", 10},
    {"october", 10}, {"octobre", 10},  {"nov", 11},     {"november", 11}, {"novembre", 11}, {"dec", 12},
    {"december", 12}, {"décembre", 12}, {"decembre", 12},
});

std::optional<int> month_of(std::string_view word) {
    const auto found = std::find_if(month_names.begin(), month_names.end(), [&](const MonthName& m) { return m.name == word; });
    return found == month_names.end() ? std::nullopt : std::optional(found->month);
}

/// Lower case (ASCII and É, Û), punctuation that says nothing dropped, white space single.
std::string normalised(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
        const auto rest = text.substr(i);
        if (rest.starts_with("\xC3\x89") || rest.starts_with("\xC3\x9B")) {  // É Û
            out += "\xC3";
            out += static_cast<char>(static_cast<unsigned char>(text[++i]) + 0x20);
        } else if (rest.starts_with("\xE2\x80\x93") || rest.starts_with("\xE2\x80\x94")) {  // en and em dash
            out += '-';
            i += 2;
        } else if (rest.starts_with("\xC2\xA0")) {  // no-break space
            out += ' ';
            i += 1;
        } else if (c == ',' || c == '\t' || c == '\n' || c == '\r') {
            out += ' ';
        } else {
            out += c;
        }
    }
    std::string single;
    for (const char c : out) {
        if (c != ' ' || (!single.empty() && single.back() != ' ')) {
            single += c;
        }
    }
    return std::string(trim(single));
}

/// Takes "circa", "c.", "~" and the like off either end; true when there was one.
bool strip_approximation(std::string_view& text) {
    static constexpr auto before = std::to_array<std::string_view>(
        {"approximately", "approx.", "approx", "circa", "around", "about", "ca.", "ca ", "c.", "c ", "estimated", "est.", "environ", "vers", "~"});
    static constexpr auto after = std::to_array<std::string_view>(
        {"(approximately)", "(approximate)", "(approx.)", "(approx)", "(circa)", "(estimated)", "approximately", "approx.", "approx", "~"});
    bool found = false;
    for (bool again = true; again;) {
        again = false;
        text = trim(text);
        for (const auto word : before) {
            const auto rest = text.starts_with(word) ? text.substr(word.size()) : std::string_view();
            if (!rest.empty() && (rest.front() == ' ' || is_digit(rest.front()) || !is_letter(word.back()))) {
                text = trim(rest);
                found = again = true;
            }
        }
        for (const auto word : after) {
            if (text.size() > word.size() && text.ends_with(word)) {
                text = trim(text.substr(0, text.size() - word.size()));
                found = again = true;
            }
        }
    }
    return found;
}

struct Token {
    std::string_view text;
    char before = 0;  ///< the separator in front of it: ' ', '-', '/', '.', 0 at the start
};

/// Numbers and words with the separators between them; nullopt on anything else.
std::optional<std::vector<Token>> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    char before = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (is_digit(text[i]) || is_letter(text[i])) {
            const auto kind = is_digit(text[i]) ? is_digit : is_letter;
            const std::size_t start = i;
            while (i < text.size() && kind(text[i])) {
                ++i;
            }
            tokens.push_back({text.substr(start, i - start), before});
            before = ' ';
            if (tokens.size() > 5) {
                return std::nullopt;
            }
        } else if (text[i] == ' ' || text[i] == '-' || text[i] == '/' || text[i] == '.') {
            if (text[i] != ' ' && before != ' ' && before != 0) {
                return std::nullopt;  // two separators in a row
            }
            if (before == 0 && tokens.empty()) {
                return std::nullopt;
            }
            before = text[i] == ' ' ? before : text[i];
            ++i;
        } else {
            return std::nullopt;
        }
    }
    // "4th", "1er": an ordinal ending directly after a day says nothing.
    std::erase_if(tokens, [](const Token& t) { return t.text == "st" || t.text == "nd" || t.text == "rd" || t.text == "th" || t.text == "er" || t.text == "of"; });
    return tokens;
}

std::optional<int> year_of(std::string_view word) { return word.size() == 4 ? number(word) : std::nullopt; }
std::optional<int> small_of(std::string_view word) {
    const auto value = word.size() <= 2 ? number(word) : std::nullopt;
    return value && *value > 0 ? value : std::nullopt;
}

std::optional<PartialDate> make_if(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
    return year && month && day ? make_partial(*year, *month, *day) : std::nullopt;
}

/// One day, month or year in words or figures.
std::optional<PartialDate> parse_single(std::string_view text, DayOrder order) {
    const auto found = tokens_of(text);
    if (!found || found->empty()) {
        return std::nullopt;
    }
    const auto& t = *found;
    if (t.size() == 1) {
        const auto year = year_of(t[0].text);
        return year ? make_partial(*year) : std::nullopt;
    }
    if (t.size() == 2) {
        if (const auto month = month_of(t[0].text)) {
            return make_if(year_of(t[1].text), month, 0);
        }
        if (const auto month = month_of(t[1].text); month && year_of(t[0].text)) {
            return make_if(year_of(t[0].text), month, 0);
        }
        return t[1].before == '-' ? make_if(year_of(t[0].text), small_of(t[1].text), 0) : std::nullopt;
    }
    if (t.size() != 3) {
        return std::nullopt;
    }
    if (const auto month = month_of(t[1].text)) {  // 03 Jul 1987, 1987 Jul 03
        const auto day_first = make_if(year_of(t[2].text), month, small_of(t[0].text));
        return day_first ? day_first : make_if(year_of(t[0].text), month, small_of(t[2].text));
    }
    if (const auto month = month_of(t[0].text)) {  // July 4, 1987
        return make_if(year_of(t[2].text), month, small_of(t[1].text));
    }
    if (t[1].before == ' ' || t[1].before != t[2].before) {
        return std::nullopt;
    }
    if (year_of(t[0].text)) {  // 1987-7-3, 1987/07/03
        return make_if(year_of(t[0].text), small_of(t[1].text), small_of(t[2].text));
    }
    switch (order) {
        case DayOrder::unknown: return std::nullopt;
        case DayOrder::day_first: return make_if(year_of(t[2].text), small_of(t[1].text), small_of(t[0].text));
        case DayOrder::month_first: return make_if(year_of(t[2].text), small_of(t[0].text), small_of(t[1].text));
    }
    return std::nullopt;
}

/// "1960s": ten years.
std::optional<Date> parse_decade(std::string_view text) {
    if (text.size() == 5 && text.back() == 's' && text[3] == '0') {
        if (const auto year = year_of(text.substr(0, 4)); year && *year > 0) {
            return Date{*make_partial(*year), *make_partial(*year + 9), false};
        }
    }
    return std::nullopt;
}

std::optional<Date> range_of(std::string_view from_text, std::string_view to_text, DayOrder order) {
    const bool from_circa = strip_approximation(from_text);
    const bool to_circa = strip_approximation(to_text);
    auto from = parse_single(from_text, order);
    const auto to = parse_single(to_text, order);
    if (const auto month = tokens_of(from_text); !from && to && month && month->size() == 1) {
        from = make_if(to->year, month_of(month->front().text), 0);  // "between Aug. and Sep. 1976"
    }
    if (!from || !to || serial(first_day(*from)) > serial(last_day(*to))) {
        return std::nullopt;
    }
    Date date = from_interval(*from, *to);
    date.approximate = from_circa || to_circa;
    return date;
}

/// "between A and B", "from A to B", "A to B", "A - B", "1960-1965".
std::optional<Date> parse_range(std::string_view text, DayOrder order) {
    std::string_view rest = text;
    const bool between = rest.starts_with("between ");
    if (between) {
        rest.remove_prefix(8);
    } else if (rest.starts_with("from ")) {
        rest.remove_prefix(5);
    }
    static constexpr auto joints = std::to_array<std::string_view>({" to ", " until ", " and ", " - ", "-"});
    for (const auto joint : joints) {
        const std::size_t at = rest.find(joint);
        if (at == std::string_view::npos || (joint == " and " && !between)) {
            continue;
        }
        const auto left = rest.substr(0, at);
        const auto right = rest.substr(at + joint.size());
        if (joint == "-" && !(year_of(trim(left)) && year_of(trim(right)))) {
            continue;  // a hyphen without spaces joins years only
        }
        if (auto range = range_of(left, right, order)) {
            return range;
        }
    }
    return std::nullopt;
}

}  // namespace

DayInterval Date::days() const { return {serial(first_day(from)), serial(last_day(to))}; }

std::optional<PartialDate> make_partial(int year, int month, int day) {
    if (year < 1 || year > max_year || month < 0 || month > 12 || day < 0 || (month == 0 && day != 0)) {
        return std::nullopt;
    }
    if (day > 0 && day > last_day_of(year, month)) {
        return std::nullopt;
    }
    return PartialDate{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
}

std::optional<std::int32_t> days_since_epoch(const PartialDate& date) {
    return make_partial(date.year, date.month, date.day) ? std::optional(serial(first_day(date))) : std::nullopt;
}

PartialDate from_days(std::int32_t days) {
    using namespace std::chrono;
    const year_month_day ymd{sys_days{std::chrono::days{days}}};
    return {static_cast<std::int16_t>(static_cast<int>(ymd.year())),
            static_cast<std::uint8_t>(static_cast<unsigned>(ymd.month())),
            static_cast<std::uint8_t>(static_cast<unsigned>(ymd.day()))};
}

Date from_interval(const PartialDate& first, const PartialDate& last) {
    const PartialDate from = first_day(first);
    const PartialDate to = last_day(last);
    if (from == to) {
        return {from, to, false};
    }
    // Both ends are cut alike: to years when the interval is made of whole years, to months when of whole months.
    const bool whole_months = from.day == 1 && to.day == last_day_of(to.year, to.month);
    const bool whole_years = whole_months && from.month == 1 && to.month == 12;
    if (whole_years) {
        return {{from.year, 0, 0}, {to.year, 0, 0}, false};
    }
    if (whole_months) {
        return {{from.year, from.month, 0}, {to.year, to.month, 0}, false};
    }
    return {from, to, false};
}

std::optional<Date> parse_edtf(std::string_view text) {
    text = trim(text);
    bool approximate = false;
    const auto end_of_range = [&](std::string_view part) {
        if (part.ends_with('~')) {
            approximate = true;
            part.remove_suffix(1);
        }
        return parse_iso(part);
    };
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        const auto from = end_of_range(text.substr(0, slash));
        const auto to = end_of_range(text.substr(slash + 1));
        if (!from || !to || serial(first_day(*from)) > serial(last_day(*to))) {
            return std::nullopt;
        }
        return Date{*from, *to, approximate};
    }
    const auto date = end_of_range(without_time(text));
    return date ? std::optional(Date{*date, *date, approximate}) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text, DayOrder order) {
    if (text.size() > max_text) {
        return std::nullopt;
    }
    if (auto date = parse_edtf(text)) {
        return date;
    }
    const std::string plain = normalised(text);
    std::string_view rest = plain;
    if (rest.ends_with('.')) {
        rest.remove_suffix(1);
    }
    const bool approximate = strip_approximation(rest);
    std::optional<Date> date;
    if (const auto single = parse_single(rest, order)) {
        date = Date{*single, *single, false};
    }
    if (!date) {
        date = parse_decade(rest);
    }
    if (!date) {
        date = parse_range(rest, order);
    }
    if (date && approximate) {
        date->approximate = true;
    }
    return date;
}

std::string to_string(const PartialDate& date) {
    if (date.month == 0) {
        return fmt::format("{:04}", date.year);
    }
    return date.day == 0 ? fmt::format("{:04}-{:02}", date.year, date.month)
                         : fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string to_string(const Date& date) {
    const std::string_view mark = date.approximate ? "~" : "";
    return date.is_range() ? fmt::format("{}{}/{}{}", to_string(date.from), mark, to_string(date.to), mark)
                           : fmt::format("{}{}", to_string(date.from), mark);
}

}  // namespace liaison::model
