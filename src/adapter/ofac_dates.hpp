#pragma once
// Dates as the OFAC formats give them, to DateValue. Private to adapter.

#include "adapter/ofac_party.hpp"

#include <optional>
#include <string_view>

namespace liaison::adapter::ofac {

/// English text ("circa 1954", "01 Jan 1960 to 31 Dec 1961"); nullopt when it is no possible date.
[[nodiscard]] std::optional<DateValue> read_date_text(std::string_view text);
/// The days from `first` to `last`, each ISO ("1962-01-01"); nullopt when one is impossible.
[[nodiscard]] std::optional<DateValue> read_date_span(std::string_view first, std::string_view last, bool approximate);

}  // namespace liaison::adapter::ofac
