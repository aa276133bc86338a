#pragma once
// Dates of HTTP headers (RFC 9110, 5.6.7).

#include "liaison/base/clock.hpp"

#include <optional>
#include <string_view>

namespace liaison::feed {

/// "Tue, 04 Nov 2025 05:06:07 GMT" and the two obsolete forms.
[[nodiscard]] std::optional<base::Instant> parse_http_date(std::string_view text);

/// Seconds or a date; never negative, at most ten years.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, base::Instant now);

}  // namespace liaison::feed
