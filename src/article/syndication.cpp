#include "liaison/article/syndication.hpp"

#include "article/builder.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>
#include <libxml/xmlreader.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <memory>
#include <unordered_set>

namespace liaison::article {
namespace {

constexpr std::size_t url_limit = 2048;
constexpr std::size_t feed_limit = std::size_t{20} << 20U;

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

/// Markup out, character references of HTML decoded once: titles are often escaped twice.
std::string plain(std::string_view text) {
    std::string out;
    bool tag = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<' && i + 1 < text.size() && (std::isalpha(static_cast<unsigned char>(text[i + 1])) != 0 || text[i + 1] == '/' || text[i + 1] == '!')) {
            tag = true;
        } else if (tag) {
            tag = text[i] != '>';
        } else {
            out += text[i];
        }
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> names = {
        {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}}};
    for (const auto& [from, to] : names) {
        for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) {
            out.replace(at, from.size(), to);
        }
    }
    return base::collapse_space(out);
}

/// A link completed by the feed's address: "//host/x", "/x", "x".
std::string absolute(std::string_view link, std::string_view base_address) {
    if (link.find("://") != std::string_view::npos || base_address.find("://") == std::string_view::npos || link.empty()) {
        return std::string(link);
    }
    const std::size_t scheme = base_address.find("://");
    const std::size_t path = base_address.find('/', scheme + 3);
    const std::string host(base_address.substr(0, path));
    if (link.substr(0, 2) == "//") {
        return std::string(base_address.substr(0, scheme + 1)) + std::string(link);
    }
    if (link.front() == '/') {
        return host + std::string(link);
    }
    const std::size_t folder = base_address.rfind('/');
    return (path == std::string_view::npos || folder < path ? host + "/" : std::string(base_address.substr(0, folder + 1))) + std::string(link);
}

class Collector {
public:
    Collector(Feed& feed, const FeedOptions& options) : m_feed(feed), m_options(options) {}

    void add(FeedItem item, std::string_view date) {
        item.link = absolute(base::collapse_space(item.link), m_options.address);
        item.title = plain(item.title);
        if (item.link.size() > url_limit) {
            m_feed.issues.push_back({"link-too-long", fmt::format("a link of {} characters is left out", item.link.size()), {}, item.id, {}});
            return;
        }
        if (item.link.find("://") == std::string::npos) {
            if (item.link.empty()) {
                m_feed.issues.push_back({"item-without-link", "an item has no link", {}, item.id, std::string(base::truncate_utf8(item.title, 200))});
                return;
            }
        }
        if (!date.empty()) {
            item.published = feed_date(date, item.zone_unknown);
            if (item.published.empty()) {
                m_feed.issues.push_back({"unreadable-date", "the date of an item cannot be read; it stays unknown", {}, item.link, std::string(base::truncate_utf8(date, 200))});
            }
        }
        if (!m_links.insert(item.link).second) {
            return;
        }
        if (m_feed.items.size() >= m_options.item_limit) {
            ++m_left_out;
            return;
        }
        m_feed.items.push_back(std::move(item));
    }

    void finish() {
        if (m_left_out > 0) {
            m_feed.issues.push_back({"too-many-items", fmt::format("{} items over the limit of {} are left out", m_left_out, m_options.item_limit), {}, {}, {}});
        }
    }

private:
    Feed& m_feed;
    const FeedOptions& m_options;
    std::unordered_set<std::string> m_links;
    std::size_t m_left_out = 0;
};

void parse_json(std::string_view text, Feed& feed, Collector& collector) {
    int depth = 0;
    int deepest = 0;
    for (const char c : text) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        deepest = std::max(deepest, depth);
    }
    const nlohmann::json data = deepest > 100 ? nlohmann::json() : nlohmann::json::parse(text, nullptr, false);
    if (!data.is_object() || !data.contains("items") || !data["items"].is_array()) {
        feed.issues.push_back({"no-feed", "the file is no feed", {}, {}, {}});
        return;
    }
    feed.kind = "json";
    const auto value = [](const nlohmann::json& object, const char* key) {
        const auto found = object.is_object() ? object.find(key) : object.end();
        if (!object.is_object() || found == object.end()) {
            return std::string{};
        }
        return found->is_string() ? found->get<std::string>() : found->is_number() ? found->dump() : std::string{};
    };
    feed.title = plain(value(data, "title"));
    for (const auto& entry : data["items"]) {
        FeedItem item;
        item.link = value(entry, "url").empty() ? value(entry, "external_url") : value(entry, "url");
        item.id = value(entry, "id");
        item.title = value(entry, "title");
        const std::string date = value(entry, "date_published");
        if (item.link.empty() && item.id.find("://") != std::string::npos) {
            item.link = item.id;
        }
        collector.add(std::move(item), date.empty() ? value(entry, "date_modified") : date);
    }
}

void parse_xml(const std::string& text, Feed& feed, Collector& collector) {
    // A tree with repairs, then a walk over it: the streaming reader stops at the first fault.
    xmlResetLastError();
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> tree(
        xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                      XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC),
        &xmlFreeDoc);
    const xmlError* error = xmlGetLastError();
    feed.repaired = error != nullptr && error->level >= XML_ERR_ERROR;
    const std::unique_ptr<xmlTextReader, decltype(&xmlFreeTextReader)> reader(tree ? xmlReaderWalker(tree.get()) : nullptr, &xmlFreeTextReader);
    if (!reader) {
        feed.issues.push_back({"no-feed", "the file is no feed", {}, {}, {}});
        return;
    }
    const auto to_view = [](const xmlChar* chars) { return chars == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(chars)); };
    bool in_item = false;
    bool news = false;
    int item_depth = 0;
    std::string field;
    std::string content;
    FeedItem item;
    std::string date;
    bool guid_is_link = true;
    const auto attribute = [&](const char* name) {
        xmlChar* raw = xmlTextReaderGetAttribute(reader.get(), reinterpret_cast<const xmlChar*>(name));
        std::string result(to_view(raw));
        xmlFree(raw);
        return result;
    };
    const auto close_item = [&] {
        if (item.link.empty() && guid_is_link && item.id.find("://") != std::string::npos) {
            item.link = item.id;
        }
        if (feed.kind == "sitemap-index") {
            feed.sitemaps.push_back(item.link);
        } else if (feed.kind != "news-sitemap" || news) {
            collector.add(std::move(item), date);
        }
        item = {};
        date.clear();
        news = false;
        in_item = false;
        guid_is_link = true;
    };
    while (xmlTextReaderRead(reader.get()) == 1) {
        const int type = xmlTextReaderNodeType(reader.get());
        if (type == XML_READER_TYPE_ELEMENT) {
            const std::string name = lower(to_view(xmlTextReaderConstLocalName(reader.get())));
            const std::string prefix = lower(to_view(xmlTextReaderConstPrefix(reader.get())));
            if (feed.kind.empty()) {
                feed.kind = name == "rss" ? "rss" : name == "rdf" ? "rdf" : name == "feed" ? "atom" : name == "urlset" ? "news-sitemap" : name == "sitemapindex" ? "sitemap-index" : "";
                if (feed.kind.empty()) {
                    feed.issues.push_back({"no-feed", fmt::format("the file is no feed: it begins with <{}>", name), {}, {}, {}});
                    return;
                }
            }
            const bool starts = name == "item" || name == "entry" || (name == "url" && feed.kind == "news-sitemap") || (name == "sitemap" && feed.kind == "sitemap-index");
            if (starts) {
                if (in_item) {
                    close_item();  // never closed: the next one begins
                }
                in_item = true;
                item_depth = xmlTextReaderDepth(reader.get());
                if (feed.kind == "rdf") {
                    item.link = attribute("rdf:about");
                }
            } else if (in_item && name == "link" && feed.kind == "atom") {
                const std::string relation = attribute("rel");
                if ((relation.empty() || relation == "alternate") && item.link.empty()) {
                    item.link = attribute("href");
                }
            } else if (in_item && name == "guid") {
                guid_is_link = lower(attribute("isPermaLink")) != "false";
            }
            news = news || prefix == "news" || name == "news";
            field = prefix.empty() || prefix == "dc" || prefix == "news" || prefix == "atom" ? (prefix == "atom" && name == "link" ? "" : name) : "";
            content.clear();
            if (xmlTextReaderIsEmptyElement(reader.get()) != 0) {
                field.clear();
            }
        } else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_ENTITY_REFERENCE) {
            if (!field.empty() && content.size() < 100'000) {
                content += to_view(xmlTextReaderConstValue(reader.get()));
            }
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            if (!field.empty()) {
                const bool date_field = field == "pubdate" || field == "published" || field == "date" || field == "publication_date" || field == "issued";
                if (in_item) {
                    if (field == "title" && item.title.empty()) {
                        item.title = content;
                    } else if ((field == "link" || field == "loc") && !base::collapse_space(content).empty()) {
                        item.link = content;
                    } else if (field == "guid" || field == "id") {
                        item.id = base::collapse_space(content);
                    } else if (date_field || ((field == "updated" || field == "modified" || field == "lastmod") && date.empty())) {
                        date = content;
                    }
                } else if (field == "title" && feed.title.empty()) {
                    feed.title = plain(content);
                }
                field.clear();
            }
            if (in_item && xmlTextReaderDepth(reader.get()) <= item_depth) {
                close_item();
            }
        }
    }
    if (in_item) {
        close_item();
    }


    if (feed.repaired) {
        feed.issues.push_back({"not-well-formed", "the feed is not well-formed XML; what could be read was read", {}, {}, {}});
    }
}

}  // namespace

std::string feed_date(std::string_view raw, bool& zone_unknown) {
    const std::string text = base::collapse_space(raw);
    zone_unknown = false;
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = -1;
    int minute = 0;
    int second = 0;
    int offset = 0;
    bool zone = false;
    const auto number = [](std::string_view digits) {
        int value = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
    };
    std::string_view rest;
    if (text.size() >= 10 && text[4] == '-' && text[7] == '-') {
        year = number(std::string_view(text).substr(0, 4));
        month = number(std::string_view(text).substr(5, 2));
        day = number(std::string_view(text).substr(8, 2));
        rest = std::string_view(text).substr(10);
    } else {
        // "Thu, 18 Jan 2024 12:38:21 +0100", "January 18, 2024 11:00 AM", "18 Jan 24 10:00 EST"
        static constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
        std::size_t at = 0;
        while (at < text.size() && (year == 0 || day == 0 || month == 0)) {
            while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) == 0) {
                ++at;
            }
            const std::size_t start = at;
            while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0) {
                ++at;
            }
            const std::string word = lower(std::string_view(text).substr(start, at - start));
            if (word.empty()) {
                break;
            }
            if (const int value = number(word); value >= 0) {
                if (day == 0 && value >= 1 && value <= 31 && word.size() <= 2) {
                    day = value;
                } else if (year == 0 && (word.size() == 4 || word.size() == 2)) {
                    year = word.size() == 2 ? value + (value < 70 ? 2000 : 1900) : value;
                } else {
                    return {};
                }
            } else {
                for (std::size_t m = 0; m < months.size(); ++m) {
                    if (word.substr(0, 3) == months[m]) {
                        month = static_cast<int>(m) + 1;
                    }
                }
            }
        }
        rest = std::string_view(text).substr(at);
    }
    if (!model::make_partial(year, month, day) || month == 0 || day == 0) {
        return {};
    }
    // "T12:38:21.000+01:00", " 12:38:21 GMT", " 11:00 AM"
    const std::size_t colon = rest.find(':');
    if (colon != std::string_view::npos && colon >= 1) {
        std::size_t first = colon;
        while (first > 0 && std::isdigit(static_cast<unsigned char>(rest[first - 1])) != 0) {
            --first;
        }
        hour = number(rest.substr(first, colon - first));
        minute = number(rest.substr(colon + 1, 2));
        std::size_t after = colon + 3;
        if (after < rest.size() && rest[after] == ':') {
            second = number(rest.substr(after + 1, 2));
            after += 3;
        }
        if (after < rest.size() && rest[after] == '.') {
            ++after;
            while (after < rest.size() && std::isdigit(static_cast<unsigned char>(rest[after])) != 0) {
                ++after;
            }
        }
        if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return {};
        }
        std::string tail = lower(base::collapse_space(after < rest.size() ? rest.substr(after) : std::string_view{}));
        if (tail.substr(0, 2) == "pm" || tail.substr(0, 2) == "am") {
            hour = hour % 12 + (tail[0] == 'p' ? 12 : 0);
            tail = base::collapse_space(tail.substr(2));
        }
        struct Zone {
            std::string_view name;
            int minutes;
        };
        static constexpr std::array<Zone, 14> zones = {{{"gmt", 0}, {"utc", 0}, {"ut", 0}, {"z", 0}, {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300},
                                                         {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"cet", 60}, {"cest", 120}}};
        if (!tail.empty() && (tail[0] == '+' || tail[0] == '-')) {
            std::string digits;
            for (const char c : tail) {
                if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
                    digits += c;
                }
            }
            if (digits.size() == 4) {
                offset = (number(digits.substr(0, 2)) * 60 + number(digits.substr(2))) * (tail[0] == '-' ? -1 : 1);
                zone = true;
            }
        }
        for (const Zone& known : zones) {
            if (tail == known.name) {
                offset = known.minutes;
                zone = true;
            }
        }
        zone_unknown = !zone;
    } else {
        return fmt::format("{:04}-{:02}-{:02}", year, month, day);
    }
    int minutes = hour * 60 + minute - offset;
    int shift = 0;
    while (minutes < 0) {
        minutes += 1440;
        --shift;
    }
    while (minutes >= 1440) {
        minutes -= 1440;
        ++shift;
    }
    const model::PartialDate then = model::from_days(*model::days_since_epoch(*model::make_partial(year, month, day)) + shift);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", then.year, then.month, then.day, minutes / 60, minutes % 60, std::min(second, 59));
}

Feed parse_feed(std::string_view bytes, const FeedOptions& options) {
    Feed feed;
    if (bytes.size() > feed_limit) {
        feed.issues.push_back({"document-too-large", fmt::format("the feed has {} bytes; only the first {} are read", bytes.size(), feed_limit), {}, {}, {}});
        bytes = bytes.substr(0, feed_limit);
    }
    // The declaration of XML says its encoding where HTML says charset.
    std::string type(options.content_type);
    const std::size_t declaration = bytes.substr(0, 200).find("encoding=");
    if (declaration != std::string_view::npos && lower(type).find("charset=") == std::string::npos) {
        type = "charset=" + std::string(bytes.substr(declaration + 9, 40));
    }
    std::string text = decode_text(bytes, type, false, feed.issues);
    const std::size_t start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    text.erase(0, start == std::string::npos ? text.size() : start);
    Collector collector(feed, options);
    if (!text.empty() && text[0] == '{') {
        parse_json(text, feed, collector);
    } else {
        parse_xml(text, feed, collector);
    }
    collector.finish();
    return feed;
}

}  // namespace liaison::article
