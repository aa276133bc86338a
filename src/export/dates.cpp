#include "export/dates.hpp"

#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace liaison::exports {

namespace {

constexpr std::array<std::string_view, 6> scale = {"", "day", "month", "year", "approximate", "range"};

std::size_t rank(std::string_view precision) {
    return static_cast<std::size_t>(std::find(scale.begin(), scale.end(), precision) - scale.begin());
}

std::string_view precision_of(const model::Date& date) {
    if (date.is_range()) return "range";
    if (date.approximate) return "approximate";
    if (date.from.month == 0) return "year";
    return date.from.day == 0 ? "month" : "day";
}

}  // namespace

std::string_view coarser(std::string_view one, std::string_view other) { return rank(one) < rank(other) ? other : one; }

Widened widen(std::string_view start, std::string_view end) {
    Widened result;
    const auto take = [&result](std::string_view text, bool first) -> std::optional<std::int32_t> {
        if (text.empty()) return std::nullopt;
        const auto date = model::parse_edtf(text);
        if (!date) {
            result.unusable = true;
            return std::nullopt;
        }
        const std::string_view precision = precision_of(*date);
        result.widened = result.widened || precision != "day";
        result.precision = coarser(result.precision, precision);
        const model::DayInterval days = date->days();
        return first ? days.first : days.last;
    };
    result.span.first = take(start, true);
    result.span.last = take(end, false);
    if (result.span.first && result.span.last && *result.span.first > *result.span.last) result.unusable = true;
    if (result.unusable) result.span = {};
    return result;
}

void join_spans(std::vector<Span>& spans) {
    constexpr auto lowest = std::numeric_limits<std::int32_t>::min();
    constexpr auto highest = std::numeric_limits<std::int32_t>::max();
    std::sort(spans.begin(), spans.end(), [lowest, highest](const Span& a, const Span& b) {
        return std::pair(a.first.value_or(lowest), a.last.value_or(highest)) <
               std::pair(b.first.value_or(lowest), b.last.value_or(highest));
    });
    std::vector<Span> joined;
    for (const Span& span : spans) {
        if (!joined.empty()) {
            std::optional<std::int32_t>& last = joined.back().last;
            if (!last) break;  // open to the right: it swallows all that start later
            // The day after the last one touches: nothing lies between them.
            if (span.first.value_or(lowest) <= *last + 1) {
                if (!span.last || *span.last > *last) last = span.last;
                continue;
            }
        }
        joined.push_back(span);
    }
    spans = std::move(joined);
}

void append_day(std::string& out, std::int32_t days) {
    const model::PartialDate date = model::from_days(days);
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace liaison::exports
