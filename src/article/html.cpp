// The article inside an HTML page, with offsets into the file.
//
// Problem: claims quote the file by code points, so every character of the text must know where it came from; tree
// builders (libxml2, gumbo) keep no usable source positions of text or need recursion that hostile nesting breaks.
// Choice: one pass over tags and text that keeps a bounded stack of open elements, never a tree: linear in bytes, no
// recursion. Blocks of text (paragraphs, headings, list items) are collected with their container and the share of linked
// text; the container whose paragraphs are longest and least linked is the article (the idea of Readability and jusText,
// arXiv and thesis in reference lists), its near relatives join when they hold paragraphs as good. Known failure: pages
// whose text is only in scripts, and forums.

#include "article/builder.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace liaison::article {
namespace {

constexpr std::size_t max_depth = 512;         ///< deeper elements are read as part of the deepest one kept
constexpr std::size_t max_blocks = 200'000;
constexpr std::size_t max_json_ld = 1U << 20U;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char low(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), low);
    return result;
}

enum class Tag : std::uint8_t {
    other, skip, paragraph, heading, list_item, list, container, article, inline_mark, link, line_break, title, raw, head, body, time, quote
};

Tag tag_of(std::string_view name) {
    static const std::unordered_map<std::string_view, Tag> tags = {
        {"script", Tag::raw}, {"style", Tag::raw}, {"noscript", Tag::skip}, {"template", Tag::skip}, {"iframe", Tag::raw},
        {"svg", Tag::skip}, {"math", Tag::skip}, {"nav", Tag::skip}, {"footer", Tag::skip}, {"aside", Tag::skip},
        {"form", Tag::skip}, {"button", Tag::skip}, {"select", Tag::skip}, {"textarea", Tag::raw}, {"figcaption", Tag::skip},
        {"figure", Tag::skip}, {"video", Tag::skip}, {"audio", Tag::skip}, {"object", Tag::skip}, {"dialog", Tag::skip}, {"menu", Tag::skip},
        {"p", Tag::paragraph}, {"pre", Tag::paragraph}, {"blockquote", Tag::quote}, {"dd", Tag::paragraph}, {"dt", Tag::paragraph},
        {"td", Tag::paragraph}, {"th", Tag::paragraph}, {"address", Tag::paragraph}, {"h1", Tag::heading}, {"h2", Tag::heading}, {"h3", Tag::heading},
        {"h4", Tag::heading}, {"h5", Tag::heading}, {"h6", Tag::heading}, {"li", Tag::list_item}, {"ul", Tag::list}, {"ol", Tag::list},
        {"div", Tag::container}, {"section", Tag::container}, {"main", Tag::article}, {"article", Tag::article},
        {"header", Tag::container}, {"table", Tag::container}, {"tbody", Tag::container}, {"tr", Tag::container}, {"center", Tag::container},
        {"a", Tag::link}, {"br", Tag::line_break}, {"title", Tag::title}, {"head", Tag::head}, {"body", Tag::body}, {"time", Tag::time}};
    const auto found = tags.find(name);
    return found == tags.end() ? Tag::other : found->second;
}

bool is_void(std::string_view name) {
    static constexpr std::array<std::string_view, 14> names = {"br", "img", "hr", "meta", "link", "input", "source", "track", "wbr", "area", "base", "col", "embed", "param"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Words in class and id that mark what is no part of an article.
bool is_furniture(std::string_view marks) {
    static constexpr std::array<std::string_view, 44> words = {
        "related", "recommend", "newsletter", "sidebar", "comment", "share", "social", "promo", "advert", "banner", "cookie",
        "consent", "breadcrumb", "footer", "menu", "navbar", "nav-", "teaser", "most-read", "mostread", "trending", "live-blog", "liveblog",
        "subscribe", "paywall", "signup", "sign-up", "popup", "modal", "byline", "author-bio", "caption", "toolbar", "pagination",
        "read-more", "readmore", "lire-aussi", "widget", "sponsor", "outbrain", "taboola", "tags", "disclaimer", "visually-hidden"};
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        const std::size_t at = marks.find(word);
        // At the start of a word of the attribute: "unrelated" and "has-sidebar-content" say other things.
        return at != std::string_view::npos && (at == 0 || !(marks[at - 1] >= 'a' && marks[at - 1] <= 'z'));
    });
}

/// The character reference at `at` ("&amp;", "&#8217;") and its length in the source, or "" when it is none.
std::string reference_at(std::string_view text, std::size_t at, std::size_t end, std::size_t& length) {
    static const std::unordered_map<std::string_view, std::string_view> names = {
        {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}, {"rsquo", "\u2019"}, {"lsquo", "\u2018"},
        {"ldquo", "\u201C"}, {"rdquo", "\u201D"}, {"laquo", "\u00AB"}, {"raquo", "\u00BB"}, {"ndash", "\u2013"}, {"mdash", "\u2014"},
        {"hellip", "\u2026"}, {"eacute", "\u00E9"}, {"egrave", "\u00E8"}, {"ecirc", "\u00EA"}, {"agrave", "\u00E0"}, {"acirc", "\u00E2"},
        {"ccedil", "\u00E7"}, {"ocirc", "\u00F4"}, {"ucirc", "\u00FB"}, {"ugrave", "\u00F9"}, {"icirc", "\u00EE"}, {"iuml", "\u00EF"},
        {"euml", "\u00EB"}, {"oelig", "\u0153"}, {"Eacute", "\u00C9"}, {"Agrave", "\u00C0"}, {"euro", "\u20AC"}, {"pound", "\u00A3"},
        {"copy", "\u00A9"}, {"reg", "\u00AE"}, {"deg", "\u00B0"}, {"auml", "\u00E4"}, {"ouml", "\u00F6"}, {"uuml", "\u00FC"},
        {"ntilde", "\u00F1"}, {"aacute", "\u00E1"}, {"iacute", "\u00ED"}, {"oacute", "\u00F3"}, {"uacute", "\u00FA"}, {"szlig", "\u00DF"},
        {"middot", "\u00B7"}, {"bull", "\u2022"}, {"thinsp", " "}, {"shy", ""}, {"zwnj", ""}, {"times", "\u00D7"}, {"Ccedil", "\u00C7"}};
    std::size_t i = at + 1;
    while (i < end && i < at + 12 && ((low(text[i]) >= 'a' && low(text[i]) <= 'z') || (text[i] >= '0' && text[i] <= '9') || text[i] == '#')) {
        ++i;
    }
    const std::string_view name = text.substr(at + 1, i - at - 1);
    length = i - at + (i < end && text[i] == ';' ? 1 : 0);
    if (name.size() > 1 && name[0] == '#') {
        const bool hex = low(name[1]) == 'x';
        std::uint32_t value = 0;
        for (const char c : name.substr(hex ? 2 : 1)) {
            const int digit = c >= '0' && c <= '9' ? c - '0' : hex && low(c) >= 'a' && low(c) <= 'f' ? low(c) - 'a' + 10 : -1;
            if (digit < 0 || value > 0x10FFFF) {
                return {};
            }
            value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
        }
        if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
            return {};
        }
        std::string out;
        if (value < 0x80) {
            out += static_cast<char>(value);
        } else if (value < 0x800) {
            out += static_cast<char>(0xC0 | (value >> 6U));
            out += static_cast<char>(0x80 | (value & 0x3FU));
        } else if (value < 0x10000) {
            out += static_cast<char>(0xE0 | (value >> 12U));
            out += static_cast<char>(0x80 | ((value >> 6U) & 0x3FU));
            out += static_cast<char>(0x80 | (value & 0x3FU));
        } else {
            out += static_cast<char>(0xF0 | (value >> 18U));
            out += static_cast<char>(0x80 | ((value >> 12U) & 0x3FU));
            out += static_cast<char>(0x80 | ((value >> 6U) & 0x3FU));
            out += static_cast<char>(0x80 | (value & 0x3FU));
        }
        return out;
    }
    const auto found = names.find(name);
    return found == names.end() ? std::string{} : std::string(found->second);
}

/// A stretch of source that goes into the text as it is, or a reference that is replaced.
struct Run {
    std::size_t start;
    std::size_t end;
    std::string put;  ///< "" = copy
};

struct HtmlBlock {
    BlockKind kind = BlockKind::paragraph;
    std::vector<Run> runs;
    std::size_t length = 0;
    std::size_t linked = 0;
    std::size_t commas = 0;
    std::int32_t container = -1;
    bool skipped = false;
    std::int32_t region = -1;     ///< innermost region that its class calls furniture
    bool from_paragraph = false;  ///< of a p element, not loose text of a container
};

struct Container {
    std::int32_t parent;
    bool is_article;
    double score = 0.0;
};

/// What class or id call furniture. A region that holds most of the page's text is a wrapper with an unlucky name.
struct FurnitureRegion {
    std::int32_t parent;
    std::size_t length = 0;
};

struct Open {
    std::string name;
    Tag tag;
    bool skip;
    std::int32_t container;
    std::int32_t region;
};

class Reader {
public:
    explicit Reader(Document& document) : m_document(document), m_source(document.source) {}

    void read() {
        m_containers.push_back({-1, false, 0.0});
        std::size_t i = 0;
        std::size_t text = 0;
        while (i < m_source.size() && m_blocks.size() < max_blocks) {
            if (m_source[i] != '<') {
                const std::size_t next = m_source.find('<', i);
                i = next == std::string::npos ? m_source.size() : next;
                continue;
            }
            const char next = i + 1 < m_source.size() ? m_source[i + 1] : '\0';
            const bool is_tag = (low(next) >= 'a' && low(next) <= 'z') || next == '/' || next == '!' || next == '?';
            if (!is_tag) {
                ++i;
                continue;
            }
            add_text(text, i);
            i = markup(i);
            text = i;
        }
        add_text(text, std::min(i, m_source.size()));
        close_block();
    }

    void choose(TextBuilder& builder) {
        score();
        const std::int32_t best = best_container();
        std::size_t words_out = 0;
        for (const HtmlBlock& block : m_blocks) {
            if (block.skipped || block.length == 0 || !inside(block, best) || is_noise(block)) {
                continue;
            }
            builder.begin_block(block.kind);
            for (const Run& run : block.runs) {
                if (run.put.empty()) {
                    builder.copy(run.start, run.end);
                } else if (run.put == " ") {
                    builder.space(run.start);
                } else {
                    builder.replace(run.put, run.start, run.end);
                }
            }
            builder.end_block();
            words_out += block.length;
        }
        finish_metadata();
    }

private:
    [[nodiscard]] bool skipping() const { return m_skip_depth > 0; }

    void add_text(std::size_t start, std::size_t end) {
        if (start >= end) {
            return;
        }
        if (m_in_title) {
            m_title.append(m_source, start, end - start);
            return;
        }
        if (m_in_head) {
            return;
        }
        bool blank = true;
        for (std::size_t i = start; i < end && blank; ++i) {
            blank = is_space(m_source[i]);
        }
        if (!m_open_block) {
            if (blank) {
                return;
            }
            open_block(BlockKind::paragraph, false);
        }
        HtmlBlock& block = m_blocks.back();
        std::size_t plain = start;
        for (std::size_t i = start; i < end; ++i) {
            if (m_source[i] == '&') {
                std::size_t length = 0;
                std::string put = reference_at(m_source, i, end, length);
                if (!put.empty()) {
                    if (i > plain) {
                        block.runs.push_back({plain, i, {}});
                    }
                    block.runs.push_back({i, i + length, std::move(put)});
                    plain = i + length;
                    i += length - 1;
                }
            } else if (m_source[i] == ',') {
                ++block.commas;
            }
        }
        if (end > plain) {
            block.runs.push_back({plain, end, {}});
        }
        if (!blank) {
            block.length += end - start;
            block.linked += m_link_depth > 0 ? end - start : 0;
        }
    }

    void open_block(BlockKind kind, bool paragraph) {
        close_block();
        HtmlBlock block;
        block.kind = kind;
        block.container = m_stack.empty() ? 0 : m_stack.back().container;
        block.skipped = skipping();
        block.region = m_stack.empty() ? -1 : m_stack.back().region;
        block.from_paragraph = paragraph;
        m_blocks.push_back(std::move(block));
        m_open_block = true;
    }

    void close_block() {
        m_open_block = false;
        if (!m_blocks.empty() && m_blocks.back().length == 0) {
            m_blocks.pop_back();
        }
    }

    /// Reads a tag, comment or declaration at `i`; returns the offset behind it.
    std::size_t markup(std::size_t i) {
        if (m_source.compare(i, 4, "<!--") == 0) {
            const std::size_t end = m_source.find("-->", i + 4);
            return end == std::string::npos ? m_source.size() : end + 3;
        }
        if (m_source[i + 1] == '!' || m_source[i + 1] == '?') {
            const std::size_t end = m_source.find('>', i);
            return end == std::string::npos ? m_source.size() : end + 1;
        }
        const bool closing = m_source[i + 1] == '/';
        std::size_t at = i + (closing ? 2 : 1);
        const std::size_t name_start = at;
        while (at < m_source.size() && !is_space(m_source[at]) && m_source[at] != '>' && m_source[at] != '/' && at - name_start < 40) {
            ++at;
        }
        const std::string name = lower(std::string_view(m_source).substr(name_start, at - name_start));
        std::string marks;
        std::unordered_map<std::string, std::string> attributes;
        const std::size_t end = read_attributes(at, name, attributes);
        if (closing) {
            close_element(name);
            return end;
        }
        const Tag tag = tag_of(name);
        if (tag == Tag::raw) {
            return raw_text(name, attributes, end);
        }
        open_element(name, tag, attributes);
        return end;
    }

    std::size_t read_attributes(std::size_t at, const std::string& name, std::unordered_map<std::string, std::string>& out) const {
        (void)name;
        while (at < m_source.size() && m_source[at] != '>') {
            while (at < m_source.size() && (is_space(m_source[at]) || m_source[at] == '/')) {
                ++at;
            }
            if (at >= m_source.size() || m_source[at] == '>') {
                break;
            }
            const std::size_t key_start = at;
            while (at < m_source.size() && !is_space(m_source[at]) && m_source[at] != '=' && m_source[at] != '>' && m_source[at] != '/') {
                ++at;
            }
            const std::string_view key = std::string_view(m_source).substr(key_start, std::min<std::size_t>(at - key_start, 40));
            while (at < m_source.size() && is_space(m_source[at])) {
                ++at;
            }
            std::string_view value;
            if (at < m_source.size() && m_source[at] == '=') {
                ++at;
                while (at < m_source.size() && is_space(m_source[at])) {
                    ++at;
                }
                if (at < m_source.size() && (m_source[at] == '"' || m_source[at] == '\'')) {
                    const std::size_t close = m_source.find(m_source[at], at + 1);
                    if (close == std::string::npos) {
                        return m_source.size();
                    }
                    value = std::string_view(m_source).substr(at + 1, close - at - 1);
                    at = close + 1;
                } else {
                    const std::size_t start = at;
                    while (at < m_source.size() && !is_space(m_source[at]) && m_source[at] != '>') {
                        ++at;
                    }
                    value = std::string_view(m_source).substr(start, at - start);
                }
            } else if (at == key_start) {
                ++at;
                continue;
            }
            if (key.size() <= 12 && out.size() < 16 && value.size() <= 4096) {
                out.try_emplace(lower(key), value);
            }
        }
        return at < m_source.size() ? at + 1 : at;
    }

    std::size_t raw_text(const std::string& name, const std::unordered_map<std::string, std::string>& attributes, std::size_t at) {
        std::size_t end = at;
        while (true) {
            end = m_source.find("</", end);
            if (end == std::string::npos) {
                return m_source.size();
            }
            if (lower(std::string_view(m_source).substr(end + 2, name.size())) == name) {
                break;
            }
            end += 2;
        }
        const auto type = attributes.find("type");
        if (name == "script" && type != attributes.end() && type->second.find("ld+json") != std::string::npos && end - at <= max_json_ld) {
            read_json_ld(std::string_view(m_source).substr(at, end - at));
        }
        const std::size_t close = m_source.find('>', end);
        return close == std::string::npos ? m_source.size() : close + 1;
    }

    void open_element(const std::string& name, Tag tag, const std::unordered_map<std::string, std::string>& attributes) {
        const auto value = [&](const char* key) {
            const auto found = attributes.find(key);
            return found == attributes.end() ? std::string{} : found->second;
        };
        switch (tag) {
            case Tag::head: m_in_head = true; break;
            case Tag::body: m_in_head = false; break;
            case Tag::title: m_in_title = m_title.empty() && m_skip_depth == 0; return;
            case Tag::line_break:
                if (m_open_block) {
                    // Two in a row part paragraphs.
                    if (m_after_break) {
                        const BlockKind kind = m_blocks.back().kind;
                        open_block(kind, m_blocks.back().from_paragraph);
                    }
                    m_after_break = !m_after_break;
                    if (m_open_block) {
                        m_blocks.back().runs.push_back({0, 0, " "});
                    }
                }
                return;
            default: break;
        }
        m_after_break = false;
        if (name == "meta") {
            meta(value("property") + value("name"), value("content"));
        }
        if (name == "html" && m_document.language == Language::unknown) {
            const std::string lang = lower(value("lang")).substr(0, 2);
            m_document.language = lang == "fr" ? Language::french : lang == "en" ? Language::english : Language::unknown;
        }
        if (name == "link" && lower(value("rel")) == "canonical" && m_document.url.empty()) {
            m_document.url = value("href");
        }
        if (tag == Tag::time && m_date.empty()) {
            m_time = m_time.empty() ? value("datetime") : m_time;
        }
        // Inline and unknown elements leave no trace: their end tags close nothing.
        if (tag == Tag::other || is_void(name) || (m_in_head && tag != Tag::head)) {
            return;
        }
        if (m_stack.size() >= max_depth) {
            m_too_deep = true;
            if (tag == Tag::paragraph || tag == Tag::heading) {
                open_block(tag == Tag::heading ? BlockKind::heading : BlockKind::paragraph, true);
            }
            return;
        }
        const std::string marks = lower(value("class") + " " + value("id") + " " + value("role"));
        const bool block_level = tag != Tag::other && tag != Tag::link && tag != Tag::inline_mark && tag != Tag::time;
        const bool hidden = value("aria-hidden") == "true" || value("style").find("display:none") != std::string::npos || attributes.contains("hidden");
        Open open{name, tag, false, m_stack.empty() ? 0 : m_stack.back().container, m_stack.empty() ? -1 : m_stack.back().region};
        open.skip = tag == Tag::skip || (hidden && block_level);
        if (block_level && tag != Tag::body && name != "html" && m_regions.size() < max_blocks && is_furniture(marks)) {
            m_regions.push_back({open.region, 0});
            open.region = static_cast<std::int32_t>(m_regions.size() - 1);
        }
        if (block_level) {
            close_block();
            if (tag == Tag::container || tag == Tag::article || tag == Tag::list || tag == Tag::quote || tag == Tag::body) {
                if (m_containers.size() < max_blocks) {
                    const bool article = tag == Tag::article || value("itemprop").find("articleBody") != std::string::npos ||
                                         marks.find("article-body") != std::string::npos || marks.find("article__content") != std::string::npos ||
                                         marks.find("c-article-content") != std::string::npos;
                    m_containers.push_back({open.container, article, 0.0});
                    open.container = static_cast<std::int32_t>(m_containers.size() - 1);
                }
            }
        }
        if (open.skip) {
            ++m_skip_depth;
        }
        if (tag == Tag::link) {
            ++m_link_depth;
        }
        m_stack.push_back(std::move(open));
        if (tag == Tag::paragraph || tag == Tag::heading || tag == Tag::list_item) {
            open_block(tag == Tag::heading ? BlockKind::heading : tag == Tag::list_item ? BlockKind::list_item : BlockKind::paragraph, tag == Tag::paragraph);
        }
    }

    void close_element(const std::string& name) {
        if (name == "head") {
            m_in_head = false;
        }
        if (name == "title") {
            m_in_title = false;
            return;
        }
        // The nearest open element of that name, if it is near: an end tag without a start closes nothing.
        const std::size_t reach = std::min<std::size_t>(m_stack.size(), 64);
        for (std::size_t back = 1; back <= reach; ++back) {
            if (m_stack[m_stack.size() - back].name == name) {
                for (std::size_t n = 0; n < back; ++n) {
                    pop();
                }
                return;
            }
        }
    }

    void pop() {
        const Open& open = m_stack.back();
        const bool inline_element = open.tag == Tag::other || open.tag == Tag::link || open.tag == Tag::time;
        if (!inline_element) {
            close_block();
        }
        if (open.skip) {
            --m_skip_depth;
        }
        if (open.tag == Tag::link) {
            --m_link_depth;
        }
        m_stack.pop_back();
    }

    void meta(const std::string& key, const std::string& content) {
        const std::string name = lower(key);
        if (name == "og:title" || name == "twitter:title") {
            m_og_title = m_og_title.empty() ? content : m_og_title;
        } else if (name == "article:published_time" || name == "date" || name == "dc.date" || name == "pubdate" || name == "parsely-pub-date" ||
                   name == "og:article:published_time" || name == "date.modified" || name == "datepublished") {
            m_date = m_date.empty() ? content : m_date;
        } else if (name == "author" || name == "article:author" || name == "dc.creator" || name == "parsely-author") {
            m_author = m_author.empty() ? content : m_author;
        } else if (name == "og:url" && m_document.url.empty()) {
            m_document.url = content;
        }
    }

    void read_json_ld(std::string_view text) {
        // Depth is bounded by the parser callback: values below depth 12 are discarded.
        const auto keep = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) { return depth < 12; };
        int nesting = 0;
        int deepest = 0;
        for (const char c : text) {
            nesting += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            deepest = std::max(deepest, nesting);
        }
        if (deepest > 64) {
            return;
        }
        const nlohmann::json data = nlohmann::json::parse(text, keep, false);
        std::vector<const nlohmann::json*> open = {&data};
        for (std::size_t n = 0; n < open.size() && n < 2000; ++n) {
            const nlohmann::json& value = *open[n];
            if (value.is_array()) {
                for (const auto& item : value) {
                    open.push_back(&item);
                }
            } else if (value.is_object()) {
                const auto type = value.find("@type");
                const std::string kind = type == value.end() ? "" : type->is_string() ? type->get<std::string>() : type->dump();
                if (kind.find("Article") != std::string::npos || kind.find("Posting") != std::string::npos) {
                    const auto text_of = [&](const char* key) {
                        const auto found = value.find(key);
                        return found != value.end() && found->is_string() ? found->get<std::string>() : std::string{};
                    };
                    m_ld_title = m_ld_title.empty() ? text_of("headline") : m_ld_title;
                    m_ld_date = m_ld_date.empty() ? text_of("datePublished") : m_ld_date;
                    if (const auto author = value.find("author"); author != value.end() && m_ld_author.empty()) {
                        std::vector<const nlohmann::json*> people = {&*author};
                        for (std::size_t p = 0; p < people.size() && p < 20; ++p) {
                            if (people[p]->is_array()) {
                                for (const auto& one : *people[p]) {
                                    people.push_back(&one);
                                }
                            } else if (people[p]->is_object() && people[p]->contains("name") && (*people[p])["name"].is_string()) {
                                m_ld_author += (m_ld_author.empty() ? "" : ", ") + (*people[p])["name"].get<std::string>();
                            } else if (people[p]->is_string()) {
                                m_ld_author += (m_ld_author.empty() ? "" : ", ") + people[p]->get<std::string>();
                            }
                        }
                    }
                }
                for (const auto& [key, item] : value.items()) {
                    if (item.is_structured()) {
                        open.push_back(&item);
                    }
                }
            }
        }
    }

    [[nodiscard]] static double density(const HtmlBlock& block) {
        return block.length == 0 ? 1.0 : static_cast<double>(block.linked) / static_cast<double>(block.length);
    }

    void drop_furniture() {
        std::size_t total = 0;
        for (HtmlBlock& block : m_blocks) {
            // A lead set as a heading is a paragraph by its length.
            if (block.kind == BlockKind::heading && block.length > 140) {
                block.kind = BlockKind::paragraph;
                block.from_paragraph = true;
            }
            if (block.skipped || block.kind != BlockKind::paragraph) {
                continue;
            }
            total += block.length - block.linked;
            for (std::int32_t at = block.region, up = 0; at >= 0 && up < 40; at = m_regions[static_cast<std::size_t>(at)].parent, ++up) {
                m_regions[static_cast<std::size_t>(at)].length += block.length - block.linked;
            }
        }
        for (HtmlBlock& block : m_blocks) {
            for (std::int32_t at = block.region, up = 0; at >= 0 && up < 40; at = m_regions[static_cast<std::size_t>(at)].parent, ++up) {
                block.skipped = block.skipped || m_regions[static_cast<std::size_t>(at)].length * 5 < total * 2;
            }
        }
    }

    void score() {
        drop_furniture();
        for (const HtmlBlock& block : m_blocks) {
            if (block.skipped || block.kind != BlockKind::paragraph || block.length < 25 || density(block) > 0.5) {
                continue;
            }
            const double value = (1.0 + static_cast<double>(std::min<std::size_t>(block.commas, 6)) +
                                  std::min(static_cast<double>(block.length) / 100.0, 4.0)) * (1.0 - density(block)) * (block.from_paragraph ? 1.0 : 0.5);
            double share = 1.0;
            std::int32_t at = block.container;
            for (int up = 0; up < 5 && at >= 0; ++up) {
                m_containers[static_cast<std::size_t>(at)].score += value * share;
                share *= up == 0 ? 0.9 : 0.8;
                at = m_containers[static_cast<std::size_t>(at)].parent;
            }
        }
    }

    [[nodiscard]] std::int32_t best_container() const {
        std::int32_t best = 0;
        double most = 0.0;
        for (std::size_t c = 0; c < m_containers.size(); ++c) {
            const double value = m_containers[c].score * (m_containers[c].is_article ? 1.25 : 1.0);
            if (value > most) {
                most = value;
                best = static_cast<std::int32_t>(c);
            }
        }
        return best;
    }

    [[nodiscard]] bool inside(const HtmlBlock& block, std::int32_t best) const {
        // The container itself, what it holds, and paragraphs of its close relatives that score well.
        std::int32_t at = block.container;
        for (int up = 0; up < 40 && at >= 0; ++up) {
            if (at == best) {
                return true;
            }
            at = m_containers[static_cast<std::size_t>(at)].parent;
        }
        if (best == 0) {
            return true;
        }
        const std::int32_t parent = m_containers[static_cast<std::size_t>(best)].parent;
        const std::int32_t grand = parent >= 0 ? m_containers[static_cast<std::size_t>(parent)].parent : -1;
        at = block.container;
        for (int up = 0; up < 4 && at >= 0; ++up) {
            if ((at == parent || (grand > 0 && at == grand)) && block.kind == BlockKind::paragraph && block.from_paragraph && block.length >= 80 && density(block) < 0.2 && block.commas > 0) {
                return true;
            }
            at = m_containers[static_cast<std::size_t>(at)].parent;
        }
        return false;
    }

    [[nodiscard]] static bool is_noise(const HtmlBlock& block) {
        if (density(block) > (block.kind == BlockKind::paragraph && block.length > 120 ? 0.6 : 0.4)) {
            return true;
        }
        return block.kind == BlockKind::paragraph && !block.from_paragraph && block.length < 40;
    }

    void finish_metadata() {
        const auto clean = [](const std::string& text) {
            std::string out;
            for (std::size_t i = 0; i < text.size(); ++i) {
                if (text[i] == '&') {
                    std::size_t length = 0;
                    const std::string put = reference_at(text, i, text.size(), length);
                    if (!put.empty()) {
                        out += put;
                        i += length - 1;
                        continue;
                    }
                }
                if (is_space(text[i])) {
                    if (!out.empty() && out.back() != ' ') {
                        out += ' ';
                    }
                } else {
                    out += text[i];
                }
            }
            while (!out.empty() && out.back() == ' ') {
                out.pop_back();
            }
            return out;
        };
        m_document.title = clean(!m_ld_title.empty() ? m_ld_title : !m_og_title.empty() ? m_og_title : m_title);
        m_document.author = clean(!m_ld_author.empty() ? m_ld_author : m_author);
        for (const std::string* date : {&m_ld_date, &m_date, &m_time}) {
            if (date->size() >= 10) {
                if (const auto read = model::parse_edtf(*date)) {
                    m_document.published = model::to_string(*read);
                    break;
                }
                if (const auto day = model::parse_edtf(date->substr(0, 10))) {
                    m_document.published = model::to_string(*day);
                    break;
                }
            }
        }
        if (m_too_deep) {
            m_document.issues.push_back({"too-deep", fmt::format("elements nest deeper than {}; the structure below is ignored", max_depth), {}, {}, {}});
        }
        if (m_blocks.size() >= max_blocks) {
            m_document.issues.push_back({"too-many-blocks", fmt::format("the page has more than {} blocks; the rest is not read", max_blocks), {}, {}, {}});
        }
    }

    Document& m_document;
    const std::string& m_source;
    std::vector<Open> m_stack;
    std::vector<HtmlBlock> m_blocks;
    std::vector<Container> m_containers;
    std::vector<FurnitureRegion> m_regions;
    std::string m_title, m_og_title, m_ld_title, m_date, m_ld_date, m_time, m_author, m_ld_author;
    int m_skip_depth = 0;
    int m_link_depth = 0;
    bool m_open_block = false;
    bool m_in_title = false;
    bool m_in_head = false;
    bool m_after_break = false;
    bool m_too_deep = false;
};

}  // namespace

void read_html(Document& document, TextBuilder& builder) {
    Reader reader(document);
    reader.read();
    reader.choose(builder);
}

}  // namespace liaison::article
