// Feeds, sitemaps, JSON Feed and pages of links from anyone.
#include "liaison/base/utf8.hpp"
#include "liaison/record/syndication.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto feed = liaison::record::read_syndication(bytes);
    for (const auto& item : feed.items) {
        if (item.link.empty() || liaison::base::find_invalid_utf8(item.title) != std::string_view::npos) {
            std::abort();
        }
    }
    std::string base;
    (void)liaison::record::html_links(bytes, 1'000, base);
    bool assumed = false;
    (void)liaison::record::read_feed_date(bytes, assumed);
    return 0;
}
