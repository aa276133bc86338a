#pragma once
// Whether a new snapshot may replace the last good one. A publisher's mistake must not look like a mass delisting.

#include "liaison/feed/manifest.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace liaison::feed {

/// What was counted while reading one snapshot.
struct Facts {
    std::string publication_date;                   ///< ISO date inside the file, or ""
    std::map<std::string, std::uint64_t> records;   ///< publisher's kind -> count
    std::map<std::string, std::uint64_t> entities;  ///< schema -> count
    std::uint64_t listed = 0;                       ///< listed entities (documents for news)
    std::uint64_t stated_count = 0;                 ///< the file's own count, 0 when it states none
    std::uint64_t issues = 0;                       ///< records that could not be used
    std::string format;                             ///< record kinds are compared within one format only
};

struct Refusal {
    std::string reason;   ///< stable: "no-records", "below-minimum", "type-vanished", "shrunk", "grown", "date-went-back",
                          ///< "count-differs", "mostly-issues"
    std::string message;  ///< "holds 4200 listed entities, 40 % fewer than the last good one (7000)"
    std::string hint;
};

/// The first reason to refuse, or none. `last` is the last good snapshot's facts, null on the first load.
[[nodiscard]] std::optional<Refusal> judge(const Facts& facts, const Facts* last, const Manifest& manifest);

/// What the first bytes alone give away, before any parser: "empty", "html-instead-of-data" (an error or login page
/// with status 200) for a feed whose formats are not HTML, "compressed" (gzip or zip where text was promised). `file`
/// is named in the message.
[[nodiscard]] std::optional<Refusal> judge_bytes(std::string_view head, std::uint64_t size, std::string_view file,
                                                 const Manifest& manifest);

}  // namespace liaison::feed
