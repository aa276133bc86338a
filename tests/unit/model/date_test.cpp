#include "liaison/model/date.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace liaison::model;

namespace {

std::string edtf(std::string_view text, DayOrder order = DayOrder::unknown) {
    const auto date = parse_date(text, order);
    return date ? to_string(*date) : "none";
}

}  // namespace

TEST_CASE("dates are read in the forms that lists use") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"1962-05-04", "1962-05-04"},
        {"1962-05", "1962-05"},
        {"1962", "1962"},
        {"1962~", "1962~"},
        {"1960/1965", "1960/1965"},
        {"1960~/1965", "1960~/1965~"},
        {"1960-03/1965-02-01", "1960-03/1965-02-01"},
        {"2014-04-21T00:00:00-04:00", "2014-04-21"},
        {"2014-04-21 00:00:00", "2014-04-21"},
        {"2014-04-21-04:00", "2014-04-21"},
        {"2014-04-21Z", "2014-04-21"},
        {"1987-7-3", "1987-07-03"},
        {"03 Jul 1987", "1987-07-03"},
        {"3 July 1987", "1987-07-03"},
        {"Jul 1987", "1987-07"},
        {"Sept. 1987", "1987-09"},
        {"July 4, 1987", "1987-07-04"},
        {"4th of July 1987", "1987-07-04"},
        {"03-Jul-1987", "1987-07-03"},
        {"10.Dec.1948", "1948-12-10"},
        {"1er février 1987", "1987-02-01"},
        {"4 août 1970", "1970-08-04"},
        {"4 AOÛT 1970", "1970-08-04"},
        {"circa 1987", "1987~"},
        {"c. 1960", "1960~"},
        {"Approximately 1980", "1980~"},
        {"approx. Mar 1980", "1980-03~"},
        {"1980 (approximate)", "1980~"},
        {"1987 to 1989", "1987/1989"},
        {"circa 1979 to 1982", "1979~/1982~"},
        {"1979-1982", "1979/1982"},
        {"1979 \xE2\x80\x93 1982", "1979/1982"},
        {"between 1960 and 1965", "1960/1965"},
        {"01 Jan 1960 to 31 Dec 1961", "1960/1961"},
        {"01 Jan 1960 to 31 Dec 1960", "1960"},
        {"15 Mar 1960 to 20 Mar 1960", "1960-03-15/1960-03-20"},
        {"Mar 1960 to May 1961", "1960-03/1961-05"},
        {"Between Aug. and Sep. 1976", "1976-08/1976-09"},
        {"1960s", "1960/1969"},
        {"  1962  ", "1962"},
    };
    for (const auto& [text, wanted] : cases) {
        CAPTURE(text);
        CHECK(edtf(text) == wanted);
    }
}

TEST_CASE("impossible dates and texts that are no dates are refused") {
    for (const char* text : {"", "31 Feb 1980", "1980-13", "1980-00-01", "1980-02-30", "0000", "1965/1960", "1962/05", "19",
                             "19620504", "Jul", "4 Jul", "Jul 87", "03/04/1980", "03.04.1980", "unknown", "1980 1981", "a 1980",
                             "1960 or 1961", "--1980", "1980--01", "circa", "1980-1975", "2014-04-21x", "99999", "c1980x"}) {
        CAPTURE(text);
        CHECK(edtf(text) == "none");
    }
    CHECK(edtf(std::string(10000, '1')) == "none");
}

TEST_CASE("figures in day-month-year order are read only when the order is told") {
    CHECK(edtf("03/04/1980", DayOrder::day_first) == "1980-04-03");
    CHECK(edtf("03/04/1980", DayOrder::month_first) == "1980-03-04");
    CHECK(edtf("3.4.1980", DayOrder::day_first) == "1980-04-03");
    CHECK(edtf("31/12/1980", DayOrder::unknown) == "none");
    CHECK(edtf("31/12/1980", DayOrder::month_first) == "none");
    CHECK(edtf("1980/12/31", DayOrder::month_first) == "1980-12-31");
}

TEST_CASE("days of a date are those it can mean") {
    const auto days = [](std::string_view text) {
        const auto interval = parse_date(text)->days();
        return std::pair{to_string(from_days(interval.first)), to_string(from_days(interval.last))};
    };
    CHECK(days("1962") == std::pair<std::string, std::string>{"1962-01-01", "1962-12-31"});
    CHECK(days("1960-02") == std::pair<std::string, std::string>{"1960-02-01", "1960-02-29"});
    CHECK(days("1960/1965-03") == std::pair<std::string, std::string>{"1960-01-01", "1965-03-31"});
    CHECK(days_since_epoch({1970, 1, 1}) == 0);
    CHECK(days_since_epoch({1970, 0, 0}) == 0);
    CHECK(days_since_epoch({1969, 12, 31}) == -1);
    CHECK(days_since_epoch({}) == std::nullopt);
    CHECK(days_since_epoch({1970, 2, 30}) == std::nullopt);
}

TEST_CASE("every day survives the way through text and through the serial number") {
    for (std::int32_t day = *days_since_epoch({1, 1, 1}); day <= *days_since_epoch({9999, 12, 31}); day += 97) {
        const PartialDate date = from_days(day);
        REQUIRE(days_since_epoch(date) == day);
        const auto read = parse_edtf(to_string(date));
        REQUIRE(read.has_value());
        REQUIRE(read->from == date);
        REQUIRE_FALSE(read->is_range());
    }
}
