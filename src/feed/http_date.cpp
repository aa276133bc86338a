#include "feed/http_date.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace liaison::feed {

std::optional<base::Instant> parse_http_date(std::string_view text) {
    if (text.empty() || text.size() > 64) {
        return std::nullopt;
    }
    const time_t seconds = curl_getdate(std::string(text).c_str(), nullptr);
    if (seconds == -1) {
        return std::nullopt;
    }
    return base::Instant(std::chrono::seconds(seconds));
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, base::Instant now) {
    constexpr std::chrono::seconds kMost = std::chrono::hours(24 * 3650);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && !text.empty()) {
        return std::clamp(std::chrono::seconds(number), std::chrono::seconds(0), kMost);
    }
    if (const auto date = parse_http_date(text)) {
        return std::clamp(std::chrono::seconds(*date - now), std::chrono::seconds(0), kMost);
    }
    return std::nullopt;
}

}  // namespace liaison::feed
