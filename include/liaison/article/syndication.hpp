#pragma once
// News feeds and sitemaps: RSS 0.91, 1.0 and 2.0, Atom, JSON Feed, news sitemaps; well formed or not.

#include "liaison/base/issue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace liaison::article {

struct FeedItem {
    std::string link;       ///< absolute where the feed says its address or a base
    std::string title;      ///< without markup
    std::string id;         ///< guid or id as published, "" when absent
    std::string published;  ///< "2024-01-18T11:38:21Z", a day where no time is given, "" when absent or unreadable
    bool zone_unknown = false;  ///< the date had no zone; UTC was taken
};

struct Feed {
    std::string kind;   ///< rss, rdf, atom, json, news-sitemap, sitemap-index
    std::string title;
    std::vector<FeedItem> items;          ///< in order, without repeated links
    std::vector<std::string> sitemaps;    ///< of a sitemap index
    bool repaired = false;                ///< was not well formed
    std::vector<base::Issue> issues;
};

struct FeedOptions {
    std::string address;            ///< of the feed, to complete relative links
    std::string content_type;       ///< of the transport, for the charset
    std::size_t item_limit = 2000;  ///< more are left out, with an issue (Media Cloud's bound)
};

/// Never throws on content; no network, no external entities.
[[nodiscard]] Feed parse_feed(std::string_view bytes, const FeedOptions& options = {});

/// A date as feeds write them: RFC 822 in its many wrong forms, RFC 3339, W3C dates. "" when it is none.
[[nodiscard]] std::string feed_date(std::string_view text, bool& zone_unknown);

}  // namespace liaison::article
