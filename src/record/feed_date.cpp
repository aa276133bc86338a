#include "liaison/record/syndication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace liaison::record {
namespace {

struct Token {
    std::string_view text;
    bool number;
};

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
    for (std::size_t i = 0; i < text.size() && tokens.size() < 32;) {
        const std::size_t start = i;
        if (digit(text[i])) {
            while (i < text.size() && digit(text[i])) {
                ++i;
            }
            tokens.push_back({text.substr(start, i - start), true});
        } else if (letter(text[i])) {
            while (i < text.size() && letter(text[i])) {
                ++i;
            }
            tokens.push_back({text.substr(start, i - start), false});
        } else if (static_cast<unsigned char>(text[i]) <= ' ') {
            ++i;
        } else {
            tokens.push_back({text.substr(i++, 1), false});
        }
    }
    return tokens;
}

int number_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits.substr(0, 8)) {
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

/// 1 to 12 from an English or French name or its beginning, 0 when it is none.
int month_of(std::string_view word) {
    static constexpr std::array<std::array<std::string_view, 3>, 12> kNames = {{
        {"january", "janvier", ""}, {"february", "fevrier", "f\xc3\xa9vrier"}, {"march", "mars", ""}, {"april", "avril", ""},
        {"may", "mai", ""}, {"june", "juin", ""}, {"july", "juillet", ""}, {"august", "aout", "ao\xc3\xbbt"},
        {"september", "septembre", ""}, {"october", "octobre", ""}, {"november", "novembre", ""},
        {"december", "decembre", "d\xc3\xa9" "cembre"}}};
    const std::string text = lower(word);
    if (text.size() < 3) {
        return 0;
    }
    for (std::size_t month = 0; month < kNames.size(); ++month) {
        for (const std::string_view name : kNames[month]) {
            if (!name.empty() && (name.substr(0, text.size()) == text || (name.size() >= 3 && text == name.substr(0, 3)))) {
                return static_cast<int>(month) + 1;
            }
        }
    }
    return text == "sept" ? 9 : 0;
}

/// Minutes east of UTC of a zone's letters (RFC 822 and those met in feeds); nothing when unknown.
std::optional<int> zone_of(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, int>, 19> kZones = {{
        {"z", 0}, {"ut", 0}, {"utc", 0}, {"gmt", 0}, {"wet", 0}, {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},
        {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"bst", 60}, {"cet", 60}, {"cest", 120}, {"eet", 120},
        {"eest", 180}, {"msk", 180}}};
    const std::string text = lower(word);
    for (const auto& [name, minutes] : kZones) {
        if (name == text) {
            return minutes;
        }
    }
    return std::nullopt;
}

struct Reading {
    int year = -1;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    bool afternoon = false;
    bool morning = false;
    std::optional<int> zone;
};

/// hh:mm[:ss[.fff]] at token i; leaves i behind it.
bool read_time(const std::vector<Token>& tokens, std::size_t& i, Reading& reading) {
    if (i + 2 >= tokens.size() || tokens[i + 1].text != ":" || !tokens[i + 2].number) {
        return false;
    }
    reading.hour = number_of(tokens[i].text);
    reading.minute = number_of(tokens[i + 2].text);
    i += 3;
    if (i + 1 < tokens.size() && tokens[i].text == ":" && tokens[i + 1].number) {
        reading.second = number_of(tokens[i + 1].text);
        i += 2;
        if (i + 1 < tokens.size() && (tokens[i].text == "." || tokens[i].text == ",") && tokens[i + 1].number) {
            i += 2;
        }
    }
    return true;
}

/// +hh:mm, +hhmm or +hh at token i, which is the sign.
bool read_offset(const std::vector<Token>& tokens, std::size_t& i, Reading& reading) {
    if (i + 1 >= tokens.size() || !tokens[i + 1].number) {
        return false;
    }
    const std::string_view digits = tokens[i + 1].text;
    int minutes = digits.size() == 4 ? number_of(digits.substr(0, 2)) * 60 + number_of(digits.substr(2)) : number_of(digits) * 60;
    const int sign = tokens[i].text == "-" ? -1 : 1;
    i += 2;
    if (digits.size() <= 2 && i + 1 < tokens.size() && tokens[i].text == ":" && tokens[i + 1].number) {
        minutes += number_of(tokens[i + 1].text);
        i += 2;
    }
    reading.zone = sign * minutes;
    return minutes <= 15 * 60;
}

void take_number(std::string_view digits, Reading& reading) {
    const int value = number_of(digits);
    if (digits.size() == 4) {
        reading.year = reading.year < 0 ? value : reading.year;
    } else if (reading.day == 0 && value >= 1 && value <= 31) {
        reading.day = value;
    } else if (reading.year < 0 && digits.size() == 2) {
        reading.year = value < 70 ? 2000 + value : 1900 + value;  // RFC 2822, 4.3
    }
}

}  // namespace

std::string read_feed_date(std::string_view text, bool& zone_assumed) {
    const std::vector<Token> tokens = tokens_of(text.substr(0, 120));
    Reading reading;
    bool timed = false;
    for (std::size_t i = 0; i < tokens.size();) {
        const Token& token = tokens[i];
        const bool dashed = i + 4 < tokens.size() && tokens[i + 1].text == tokens[i + 3].text && tokens[i + 2].number &&
                            tokens[i + 4].number && (tokens[i + 1].text == "-" || tokens[i + 1].text == "/");
        if (token.number && token.text.size() == 4 && dashed && reading.year < 0) {
            reading.year = number_of(token.text);
            reading.month = number_of(tokens[i + 2].text);
            reading.day = number_of(tokens[i + 4].text);
            i += 5;
        } else if (token.number && !timed && read_time(tokens, i, reading)) {
            timed = true;
            if (i < tokens.size() && (tokens[i].text == "+" || tokens[i].text == "-") && !read_offset(tokens, i, reading)) {
                return {};
            }
        } else if (token.number) {
            take_number(token.text, reading);
            ++i;
        } else if (timed && (token.text == "+" || token.text == "-")) {
            if (!read_offset(tokens, i, reading)) {
                ++i;
            }
        } else {
            const std::string word = lower(token.text);
            if (reading.month == 0 && month_of(word) > 0) {
                reading.month = month_of(word);
            } else if (timed && (word == "pm" || word == "am")) {
                reading.afternoon = word == "pm";
                reading.morning = word == "am";
            } else if (timed && zone_of(word)) {
                reading.zone = reading.zone.value_or(*zone_of(word));
            }
            ++i;
        }
    }
    if ((reading.afternoon || reading.morning) && (reading.hour < 1 || reading.hour > 12)) {
        return {};
    }
    reading.hour = reading.afternoon && reading.hour < 12 ? reading.hour + 12 : reading.morning && reading.hour == 12 ? 0 : reading.hour;
    using namespace std::chrono;
    const year_month_day date{year(reading.year), month(static_cast<unsigned>(reading.month)), day(static_cast<unsigned>(reading.day))};
    if (reading.year < 1900 || reading.year > 2200 || !date.ok() || reading.hour > 24 || reading.minute > 59 || reading.second > 60) {
        return {};
    }
    zone_assumed = !reading.zone.has_value();
    const sys_seconds instant = sys_days(date) + hours(reading.hour) + minutes(reading.minute) + seconds(std::min(reading.second, 59)) -
                                minutes(reading.zone.value_or(0));
    const auto midnight = floor<days>(instant);
    const year_month_day utc{midnight};
    const hh_mm_ss time{instant - midnight};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(utc.year()), static_cast<unsigned>(utc.month()),
                       static_cast<unsigned>(utc.day()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace liaison::record
