#pragma once
// Lists of documents that publishers offer: RSS 0.91 to 2.0, RSS 1.0, Atom, JSON Feed, news sitemaps, and the links of an
// HTML page. Real feeds are seldom correct: this reader repairs what can be repaired, says that it did, and never trusts
// a size or a date. Dates are UTC; what cannot be read stays "" and is never taken for now.

#include "liaison/base/issue.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::record {

enum class SyndicationKind { unknown, rss, atom, json_feed, news_sitemap, sitemap_index, plain_sitemap, html };

struct SyndicationItem {
    std::string link;       ///< as written, possibly relative
    std::string base;       ///< xml:base in force, as written, or ""
    std::string guid;
    std::string title;      ///< plain text
    std::string summary;    ///< plain text, at most 2,000 bytes
    std::string published;  ///< "2025-11-04T05:06:07Z", or "" when missing or unreadable
    bool zone_assumed = false;  ///< the zone was missing or unknown: UTC was taken
};

struct Syndication {
    SyndicationKind kind = SyndicationKind::unknown;
    std::string title;
    std::vector<SyndicationItem> items;  ///< in the order of the feed; of a sitemap index: the sitemaps
    bool repaired = false;               ///< not well-formed, or not in the stated encoding
    std::vector<base::Issue> issues;
};

struct SyndicationLimits {
    std::size_t max_items = 2'000;
    std::size_t max_field_bytes = 64 * 1024;
    std::size_t max_depth = 256;
};

/// `content_type` as sent by the server, or "". Never throws for what the bytes hold.
[[nodiscard]] Syndication read_syndication(std::string_view bytes, std::string_view content_type = {},
                                           const SyndicationLimits& limits = {});

/// Addresses of the links of a page, in order, each once, as written. `base` gets the page's <base href>, or "".
[[nodiscard]] std::vector<std::string> html_links(std::string_view bytes, std::size_t max_links, std::string& base);

/// "Tue, 4 Nov 2025 05:06:07 EST", "2025-11-04T05:06:07.123+01:00", "4 November 2025 17:06", ... as UTC
/// "2025-11-04T10:06:07Z"; "" when it cannot be read. A date without a time is midnight.
[[nodiscard]] std::string read_feed_date(std::string_view text, bool& zone_assumed);

/// The text as UTF-8: byte order mark, then the charset of `content_type`, then the XML declaration; where the bytes
/// contradict that, UTF-8 when they are valid UTF-8, else windows-1252 with `repaired` set.
[[nodiscard]] std::string decode_text(std::string_view bytes, std::string_view content_type, bool& repaired);

}  // namespace liaison::record
