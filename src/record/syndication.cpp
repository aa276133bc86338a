// SAX over libxml2 in recovering mode: no tree, no network, no DTD entities (so nothing can expand), and a depth that is
// counted, not recursed over.
#include "liaison/record/syndication.hpp"

#include "liaison/base/utf8.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <unordered_set>

namespace liaison::record {
namespace {

constexpr std::size_t kChunk = 64 * 1024;
constexpr std::size_t kMaxSummary = 2'000;
constexpr std::size_t kMaxLink = 2'048;
constexpr std::size_t kMaxIssues = 100;

constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";
constexpr std::string_view kDublinCore = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view kNewsSitemap = "http://www.google.com/schemas/sitemap-news/0.9";
constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

std::string_view view(const xmlChar* text) { return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text); }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

void append_code_point(std::string& out, unsigned code) {
    std::array<xmlChar, 8> bytes{};
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
        code = 0xFFFD;
    }
    const int length = xmlCopyCharMultiByte(bytes.data(), static_cast<int>(code));
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

/// The character an HTML entity at `text` (behind the "&") stands for; `length` with the ";". Nothing when it is none.
bool decode_entity(std::string_view text, std::string& out, std::size_t& length) {
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == std::string_view::npos || end == 0) {
        return false;
    }
    const std::string name(text.substr(0, end));
    length = end + 1;
    if (name[0] == '#') {
        const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        const char* digits = name.c_str() + (hex ? 2 : 1);
        char* stop = nullptr;
        const unsigned long code = std::strtoul(digits, &stop, hex ? 16 : 10);
        if (stop == digits || *stop != '\0') {
            return false;
        }
        append_code_point(out, code > 0x10FFFF ? 0U : static_cast<unsigned>(code));
        return true;
    }
    const htmlEntityDesc* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
    if (entity == nullptr) {
        return false;
    }
    append_code_point(out, entity->value);
    return true;
}

/// Publishers put HTML into titles, escaped once or twice: entities are decoded once more, then tags dropped.
std::string plain_text(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 0;
        if (text[i] == '&' && decode_entity(text.substr(i + 1), decoded, length)) {
            i += 1 + length;
        } else {
            decoded += text[i++];
        }
    }
    std::string out;
    for (std::size_t i = 0; i < decoded.size();) {
        const char next = i + 1 < decoded.size() ? decoded[i + 1] : ' ';
        if (decoded[i] == '<' && (std::isalpha(static_cast<unsigned char>(next)) != 0 || next == '/' || next == '!')) {
            const std::size_t end = decoded.find('>', i);
            i = end == std::string::npos ? decoded.size() : end + 1;
        } else {
            out += decoded[i++];
        }
    }
    return base::collapse_space(out);
}

/// Silences libxml2, which prints by default.
void on_error(void*, xmlError*) {}

class FeedReader {
public:
    FeedReader(Syndication& result, const SyndicationLimits& limits) : m_result(result), m_limits(limits) {}

    void read(std::string_view text) {
        xmlSAXHandler sax{};
        sax.initialized = XML_SAX2_MAGIC;
        sax.startElementNs = start;
        sax.endElementNs = end;
        sax.characters = characters;
        sax.cdataBlock = characters;
        sax.getEntity = entity;
        sax.serror = on_error;
        xmlParserCtxt* context = xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr);
        xmlCtxtUseOptions(context, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
        m_context = context;
        while (!text.empty() && !m_stopped) {
            const std::string_view chunk = text.substr(0, kChunk);
            xmlParseChunk(context, chunk.data(), static_cast<int>(chunk.size()), 0);
            text.remove_prefix(chunk.size());
        }
        if (!m_stopped) {
            xmlParseChunk(context, nullptr, 0, 1);
        }
        m_result.repaired = m_result.repaired || (context->wellFormed == 0 && !m_stopped);
        xmlFreeDoc(context->myDoc);  // libxml2 makes one for entity declarations even when no handler takes them
        xmlFreeParserCtxt(context);
        m_context = nullptr;
        if (m_in_item) {  // cut off in the middle: what is there of the last item may be half an address
            issue("truncated-item", "the feed ends within an item", m_item.link);
        }
    }

private:
    enum class Field { none, title, link, guid, summary, date, update };

    static FeedReader& self(void* user) { return *static_cast<FeedReader*>(user); }

    static xmlEntity* entity(void* user, const xmlChar* name) {
        FeedReader& reader = self(user);
        const htmlEntityDesc* known = htmlEntityLookup(name);
        if (known == nullptr) {
            return nullptr;
        }
        reader.m_entity_text.clear();
        append_code_point(reader.m_entity_text, known->value);
        reader.m_entity = xmlEntity{};
        reader.m_entity.type = XML_ENTITY_DECL;
        reader.m_entity.etype = XML_INTERNAL_PREDEFINED_ENTITY;
        reader.m_entity.name = name;
        reader.m_entity.content = reinterpret_cast<xmlChar*>(reader.m_entity_text.data());
        reader.m_entity.length = static_cast<int>(reader.m_entity_text.size());
        return &reader.m_entity;
    }

    static void start(void* user, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int, const xmlChar**, int count,
                      int, const xmlChar** attributes) {
        self(user).on_start(view(name), view(prefix), view(uri), count, attributes);
    }
    static void end(void* user, const xmlChar* name, const xmlChar*, const xmlChar*) { self(user).on_end(view(name)); }
    static void characters(void* user, const xmlChar* text, int length) {
        self(user).on_text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    }

    static std::string attribute(std::string_view wanted, std::string_view uri, int count, const xmlChar** attributes) {
        for (int i = 0; i < count; ++i) {  // name, prefix, URI, begin, end
            const xmlChar** a = attributes + i * 5;
            if (view(a[0]) == wanted && (uri.empty() || view(a[2]) == uri || view(a[1]) == "xml")) {
                return {reinterpret_cast<const char*>(a[3]), static_cast<std::size_t>(a[4] - a[3])};
            }
        }
        return {};
    }

    void stop(std::string_view reason, const std::string& message) {
        issue(reason, message, "");
        m_stopped = true;
        m_in_item = false;
        xmlStopParser(m_context);
    }

    void issue(std::string_view reason, const std::string& message, std::string_view excerpt) {
        if (m_result.issues.size() < kMaxIssues) {
            base::Issue issue;
            issue.reason = reason;
            issue.message = message;
            issue.excerpt = base::truncate_utf8(excerpt, 200);
            m_result.issues.push_back(std::move(issue));
        }
    }

    void on_start(std::string_view name, std::string_view prefix, std::string_view uri, int count, const xmlChar** attributes) {
        if (++m_depth > m_limits.max_depth) {
            return stop("nested-too-deep", fmt::format("elements are nested more than {} deep", m_limits.max_depth));
        }
        if (m_depth == 1) {
            begin_document(name);
        }
        const std::string own_base = attribute("base", kXmlNamespace, count, attributes);
        if (!own_base.empty() && !m_in_item) {
            m_base = own_base;
        }
        if (is_item(name)) {
            if (m_in_item) {  // illegally nested: the outer one ends here
                finish_item();
            }
            m_in_item = true;
            m_item_depth = m_depth;
            m_item = {};
            m_item.base = own_base.empty() ? m_base : own_base;
            m_date.clear();
            m_update.clear();
            m_guid_is_link = false;
            m_field = Field::none;
            return;
        }
        if (m_field != Field::none) {
            return;  // markup within a field: its text counts
        }
        const Field field = field_of(name, prefix, uri);
        if (field == Field::link && uri == kAtom) {
            const std::string relation = attribute("rel", "", count, attributes);
            if (m_in_item && (relation.empty() || relation == "alternate") && m_item.link.empty()) {
                m_item.link = base::collapse_space(plain_text(attribute("href", "", count, attributes)));
                m_item.base = own_base.empty() ? m_item.base : own_base;
            }
            return;
        }
        if (field == Field::guid && lower(attribute("isPermaLink", "", count, attributes)) == "false") {
            m_guid_is_link = false;
        } else if (field == Field::guid) {
            m_guid_is_link = m_result.kind == SyndicationKind::rss;
        }
        if (field != Field::none) {
            m_field = field;
            m_field_depth = m_depth;
            m_text.clear();
        }
    }

    void on_text(std::string_view text) {
        if (m_field != Field::none) {
            m_text += text.substr(0, m_limits.max_field_bytes - std::min(m_text.size(), m_limits.max_field_bytes));
        }
    }

    void on_end(std::string_view name) {
        if (m_field != Field::none && m_depth <= m_field_depth) {
            store_field();
            m_field = Field::none;
        }
        if (m_in_item && m_depth <= m_item_depth && is_item(name)) {
            finish_item();
        }
        m_depth -= m_depth > 0 ? 1 : 0;
    }

    void begin_document(std::string_view name) {
        const std::string root = lower(name);
        m_result.kind = root == "rss" || root == "rdf" ? SyndicationKind::rss
                        : root == "feed"               ? SyndicationKind::atom
                        : root == "urlset"             ? SyndicationKind::plain_sitemap  // until a news tag is met
                        : root == "sitemapindex"       ? SyndicationKind::sitemap_index
                        : root == "html"               ? SyndicationKind::html
                                                       : SyndicationKind::unknown;
        if (m_result.kind == SyndicationKind::html) {
            stop("html-instead-of-feed", "an HTML page came in the place of a feed");
        }
    }

    [[nodiscard]] bool is_item(std::string_view name) const {
        switch (m_result.kind) {
        case SyndicationKind::rss: return name == "item";
        case SyndicationKind::atom: return name == "entry";
        case SyndicationKind::plain_sitemap:
        case SyndicationKind::news_sitemap: return name == "url";
        case SyndicationKind::sitemap_index: return name == "sitemap";
        case SyndicationKind::json_feed:
        case SyndicationKind::html:
        case SyndicationKind::unknown: return false;
        }
        return false;
    }

    /// What an element holds, by its name and whose it is: media:title is not the title.
    Field field_of(std::string_view name, std::string_view prefix, std::string_view uri) {
        const std::string key = lower(name);
        if (uri == kNewsSitemap || prefix == "news") {
            if (m_result.kind == SyndicationKind::plain_sitemap) {
                m_result.kind = SyndicationKind::news_sitemap;
            }
            return key == "publication_date" ? Field::date : key == "title" ? Field::title : Field::none;
        }
        if (uri == kDublinCore || prefix == "dc") {
            return key == "date" ? Field::update : Field::none;
        }
        const bool own = prefix.empty() || uri == kAtom || uri.substr(0, 20) == "http://purl.org/rss/" ||
                         uri.find("sitemap") != std::string_view::npos;
        if (!own) {
            return Field::none;
        }
        if (!m_in_item) {
            return key == "title" && m_depth <= 3 ? Field::title : Field::none;
        }
        if (key == "title") {
            return Field::title;
        }
        if (key == "link" || key == "loc") {
            return Field::link;
        }
        if (key == "guid" || (key == "id" && m_result.kind == SyndicationKind::atom)) {
            return Field::guid;
        }
        if (key == "description" || key == "summary") {
            return Field::summary;
        }
        if (key == "pubdate" || key == "published" || key == "issued") {
            return Field::date;
        }
        return key == "updated" || key == "lastmod" || key == "modified" ? Field::update : Field::none;
    }

    void store_field() {
        const auto keep_first = [](std::string& target, std::string value) {
            if (target.empty()) {
                target = std::move(value);
            }
        };
        switch (m_field) {
        case Field::title: keep_first(m_in_item ? m_item.title : m_result.title, plain_text(m_text)); break;
        case Field::link: keep_first(m_item.link, without_space(m_text)); break;
        case Field::guid: keep_first(m_item.guid, base::collapse_space(m_text)); break;
        case Field::summary:
            keep_first(m_item.summary, std::string(base::truncate_utf8(plain_text(m_text), kMaxSummary)));
            break;
        case Field::date: keep_first(m_date, m_text); break;
        case Field::update: keep_first(m_update, m_text); break;
        case Field::none: break;
        }
    }

    /// A line break within an address is the publisher's, not part of it.
    static std::string without_space(std::string_view text) {
        std::string out;
        std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return static_cast<unsigned char>(c) > ' '; });
        return out;
    }

    void finish_item() {
        m_in_item = false;
        const std::string date = m_date.empty() ? m_update : m_date;
        m_date.clear();
        m_update.clear();
        if (!date.empty()) {
            m_item.published = read_feed_date(date, m_item.zone_assumed);
            if (m_item.published.empty()) {
                issue("unreadable-date", fmt::format("the date '{}' cannot be read", base::truncate_utf8(date, 100)), date);
            }
        }
        if (m_item.link.empty() && m_guid_is_link && m_item.guid.rfind("http", 0) == 0) {
            m_item.link = m_item.guid;
        }
        if (m_item.link.empty()) {
            return issue("item-without-link", "an item has no address", m_item.title);
        }
        if (m_item.link.size() > kMaxLink) {
            return issue("link-too-long", fmt::format("an address is longer than {} bytes", kMaxLink), m_item.link);
        }
        m_result.items.push_back(std::move(m_item));
        if (m_result.items.size() >= m_limits.max_items) {
            stop("too-many-items", fmt::format("only the first {} items are taken", m_limits.max_items));
        }
    }

    Syndication& m_result;
    const SyndicationLimits& m_limits;
    xmlParserCtxt* m_context = nullptr;
    bool m_stopped = false;
    std::size_t m_depth = 0;
    std::string m_base;
    bool m_in_item = false;
    std::size_t m_item_depth = 0;
    SyndicationItem m_item;
    std::string m_date;
    std::string m_update;
    bool m_guid_is_link = false;
    Field m_field = Field::none;
    std::size_t m_field_depth = 0;
    std::string m_text;
    xmlEntity m_entity{};
    std::string m_entity_text;
};

/// JSON Feed 1.1: `id` should be a string but numbers are met.
void read_json_feed(std::string_view text, const SyndicationLimits& limits, Syndication& result) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const auto refuse = [&](const char* reason, const char* message) { result.issues.push_back({reason, message, {}, "", ""}); };
    if (!json.is_object() || !json.contains("items") || !json["items"].is_array()) {
        return refuse("not-a-feed", "the JSON text holds no items");
    }
    result.kind = SyndicationKind::json_feed;
    const auto text_of = [](const nlohmann::json& object, const char* key) {
        const auto found = object.find(key);
        return found == object.end() ? std::string() : found->is_string() ? found->get<std::string>() : found->is_number() ? found->dump() : "";
    };
    result.title = plain_text(text_of(json, "title"));
    for (const auto& entry : json["items"]) {
        if (result.items.size() >= limits.max_items) {
            return refuse("too-many-items", "only the first items are taken");
        }
        SyndicationItem item;
        if (entry.is_object()) {
            item.link = text_of(entry, "url");
            item.guid = text_of(entry, "id");
            item.title = plain_text(text_of(entry, "title"));
            item.summary = std::string(base::truncate_utf8(plain_text(text_of(entry, "summary")), kMaxSummary));
            item.published = read_feed_date(text_of(entry, "date_published"), item.zone_assumed);
            item.link = item.link.empty() && item.guid.rfind("http", 0) == 0 ? item.guid : item.link;
        }
        if (item.link.empty() || item.link.size() > kMaxLink) {
            refuse("item-without-link", "an item has no usable address");
        } else {
            result.items.push_back(std::move(item));
        }
    }
}

struct LinkCollector {
    std::vector<std::string> links;
    std::unordered_set<std::string> seen;
    std::size_t limit = 0;
    std::string base;

    static void start(void* user, const xmlChar* name, const xmlChar** attributes) {
        auto& self = *static_cast<LinkCollector*>(user);
        const bool is_base = view(name) == "base";
        if ((!is_base && view(name) != "a") || attributes == nullptr) {
            return;
        }
        for (; attributes[0] != nullptr; attributes += 2) {
            if (view(attributes[0]) != "href" || attributes[1] == nullptr) {
                continue;
            }
            std::string link = base::collapse_space(view(attributes[1]));
            if (is_base) {
                self.base = self.base.empty() ? link : self.base;
            } else if (!link.empty() && link.size() <= kMaxLink && self.links.size() < self.limit && self.seen.insert(link).second) {
                self.links.push_back(std::move(link));
            }
        }
    }
};

}  // namespace

Syndication read_syndication(std::string_view bytes, std::string_view content_type, const SyndicationLimits& limits) {
    Syndication result;
    const std::string text = decode_text(bytes, content_type, result.repaired);
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string::npos) {
        result.issues.push_back({"empty", "the feed is empty", {}, "", ""});
        return result;
    }
    if (text[start] == '{') {
        read_json_feed(text, limits, result);
        return result;
    }
    result.repaired = result.repaired || start > 0;
    FeedReader(result, limits).read(std::string_view(text).substr(start));
    if (result.kind == SyndicationKind::plain_sitemap) {
        result.items.clear();
        result.issues.push_back({"sitemap-without-news", "a sitemap without news tags lists a whole site, not its news", {}, "", ""});
    } else if (result.kind == SyndicationKind::unknown) {
        result.issues.push_back({"not-a-feed", "neither RSS nor Atom nor JSON Feed nor a news sitemap", {}, "",
                                 std::string(base::truncate_utf8(base::repair_utf8(std::string_view(text).substr(start, 200)), 200))});
    }
    return result;
}

std::vector<std::string> html_links(std::string_view bytes, std::size_t max_links, std::string& base) {
    LinkCollector collector;
    collector.limit = max_links;
    htmlSAXHandler sax{};
    sax.startElement = LinkCollector::start;
    htmlParserCtxt* context = htmlCreatePushParserCtxt(&sax, &collector, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8);
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    while (!bytes.empty() && collector.links.size() < max_links) {
        const std::string_view chunk = bytes.substr(0, kChunk);
        htmlParseChunk(context, chunk.data(), static_cast<int>(chunk.size()), 0);
        bytes.remove_prefix(chunk.size());
    }
    htmlParseChunk(context, nullptr, 0, 1);
    xmlFreeDoc(context->myDoc);
    htmlFreeParserCtxt(context);
    base = collector.base;
    return std::move(collector.links);
}

}  // namespace liaison::record
