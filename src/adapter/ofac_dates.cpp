#include "adapter/ofac_dates.hpp"

#include "liaison/model/date.hpp"

namespace liaison::adapter::ofac {

std::optional<DateValue> read_date_text(std::string_view text) {
    const auto date = model::parse_date(text);
    if (!date) {
        return std::nullopt;
    }
    return DateValue{model::to_string(*date), std::string(text)};
}

std::optional<DateValue> read_date_span(std::string_view first, std::string_view last, bool approximate) {
    const auto from = model::parse_edtf(first);
    const auto to = model::parse_edtf(last);
    if (!from || !to || from->from > to->to) {
        return std::nullopt;
    }
    model::Date date = model::from_interval(from->from, to->to);
    date.approximate = approximate;
    return DateValue{model::to_string(date), {}};
}

}  // namespace liaison::adapter::ofac
