#pragma once
// Dates as sanctions lists know them: often partial, approximate or a range. The text form is ISO 8601-2 (EDTF)
// level 1: "1962-05-04", "1962-05", "1962", "1962~" (approximate), "1960/1965" (a range: some day in it),
// "1960~/1965". Nothing is hardened: a range never becomes two dates, an approximate year never an exact one.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liaison::model {

/// A calendar day, month or year of the proleptic Gregorian calendar; month and day are 0 when unknown.
struct PartialDate {
    std::int16_t year = 0;
    std::uint8_t month = 0;
    std::uint8_t day = 0;

    friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

/// First and last day it can mean, as days since 1970-01-01.
struct DayInterval {
    std::int32_t first = 0;
    std::int32_t last = 0;
};

struct Date {
    PartialDate from;
    PartialDate to;            ///< equal to `from` unless a range
    bool approximate = false;  ///< "circa"

    [[nodiscard]] bool is_range() const { return from != to; }
    /// The days it can mean; approximate dates are not widened here.
    [[nodiscard]] DayInterval days() const;
    friend bool operator==(const Date&, const Date&) = default;
};

/// Nullopt for impossible dates (31 February, month 13) and years outside 1..9999.
[[nodiscard]] std::optional<PartialDate> make_partial(int year, int month = 0, int day = 0);
[[nodiscard]] std::optional<std::int32_t> days_since_epoch(const PartialDate& date);  ///< first day of a partial one
[[nodiscard]] PartialDate from_days(std::int32_t days);

/// The range of days [first, last] put the shortest way: a whole month or year becomes "1962-05" or "1962".
[[nodiscard]] Date from_interval(const PartialDate& first, const PartialDate& last);

/// Reads the EDTF forms above and ISO date-times (the time is dropped). Nullopt when it is none of them or impossible.
[[nodiscard]] std::optional<Date> parse_edtf(std::string_view text);

/// Reads what people and lists write in English: "03 Jul 1987", "Jul 1987", "1987", "circa 1987", "c. 1960",
/// "1987 to 1989", "01 Jan 1960 to 31 Dec 1961", "between 1960 and 1965", "4 July 1987", "July 4, 1987", "approximately
/// 1980", and ISO with or without leading zeros (1987-7-3), besides the EDTF forms. Day-month-year with dots or
/// slashes is read only when `day_first` says which comes first.
enum class DayOrder { unknown, day_first, month_first };
[[nodiscard]] std::optional<Date> parse_date(std::string_view text, DayOrder order = DayOrder::unknown);

[[nodiscard]] std::string to_string(const PartialDate& date);
[[nodiscard]] std::string to_string(const Date& date);  ///< EDTF

}  // namespace liaison::model
