#include "adapter/ofac_actions_page.hpp"

#include "adapter/list_text.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/date.hpp"

#include <libxml/HTMLparser.h>

#include <array>
#include <memory>
#include <utility>

namespace liaison::adapter::ofac {

namespace {

constexpr std::size_t max_page = std::size_t{32} << 20;

std::string_view text_of(const xmlChar* text) { return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text); }

struct DocumentDeleter {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, DocumentDeleter>;

std::string all_bytes(const record::SourceFile& file, bool& too_long) {
    const auto source = file.open();
    std::string bytes;
    std::array<char, 65536> buffer{};
    while (bytes.size() <= max_page) {
        const std::size_t got = source->read(buffer);
        if (got == 0) {
            break;
        }
        bytes.append(buffer.data(), got);
    }
    too_long = bytes.size() > max_page;
    return bytes;
}

bool is_element(const xmlNode* node, std::string_view name) { return node->type == XML_ELEMENT_NODE && text_of(node->name) == name; }

bool has_class(xmlNode* node, std::string_view wanted) {
    const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlGetProp(node, reinterpret_cast<const xmlChar*>("class")), xmlFree);
    return text_of(value.get()).find(wanted) != std::string_view::npos;
}

std::string attribute(xmlNode* node, const char* name) {
    const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlGetProp(node, reinterpret_cast<const xmlChar*>(name)), xmlFree);
    return std::string(text_of(value.get()));
}

/// The node after `node` in document order inside `root`; children first unless told otherwise. Null at the end.
xmlNode* next_node(xmlNode* node, const xmlNode* root, bool into = true) {
    if (into && node->children != nullptr) {
        return node->children;
    }
    while (node != root && node->next == nullptr) {
        node = node->parent;
    }
    return node == root ? nullptr : node->next;
}

xmlNode* find_class(xmlNode* root, std::string_view wanted) {
    for (xmlNode* node = root; node != nullptr; node = next_node(node, root)) {
        if (node->type == XML_ELEMENT_NODE && has_class(node, wanted)) {
            return node;
        }
    }
    return nullptr;
}

std::string content(xmlNode* node) {
    const std::unique_ptr<xmlChar, decltype(xmlFree)> text(xmlNodeGetContent(node), xmlFree);
    return base::collapse_space(base::repair_utf8(text_of(text.get())));
}

/// A line of the body: text between line breaks and block ends.
struct Line {
    std::string text;
    std::uint64_t number = 0;
    bool heading = false;
};

bool is_block(const xmlNode* node) {
    for (const auto name : {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "td", "hr", "article", "section"}) {
        if (is_element(node, name)) {
            return true;
        }
    }
    return false;
}

bool is_heading(const xmlNode* node) {
    for (const auto name : {"h1", "h2", "h3", "h4", "h5", "h6"}) {
        if (is_element(node, name)) {
            return true;
        }
    }
    return false;
}

std::vector<Line> lines_of(xmlNode* root) {
    std::vector<Line> lines;
    Line line;
    const auto flush = [&] {
        line.text = base::collapse_space(base::repair_utf8(line.text));
        if (!line.text.empty()) {
            lines.push_back(std::move(line));
        }
        line = Line();
    };
    // Entering and leaving blocks both end a line; leaving is seen when the next node lies outside the block.
    std::vector<const xmlNode*> open;
    for (xmlNode* node = root; node != nullptr;) {
        const bool skip = is_element(node, "script") || is_element(node, "style");
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            if (line.number == 0) {
                line.number = static_cast<std::uint64_t>(std::max<long>(xmlGetLineNo(node), 0));
            }
            line.text += text_of(node->content);
        } else if (is_element(node, "br")) {
            flush();
        } else if (is_block(node)) {
            flush();
            line.heading = is_heading(node);
            if (node->children != nullptr) {
                open.push_back(node);
            }
        }
        xmlNode* next = next_node(node, root, !skip);
        while (!open.empty() && (next == nullptr || [&] {
                   for (const xmlNode* up = next->parent; up != nullptr; up = up->parent) {
                       if (up == open.back()) {
                           return false;
                       }
                   }
                   return true;
               }())) {
            flush();
            open.pop_back();
        }
        node = next;
    }
    flush();
    return lines;
}

struct Section {
    Action action = Action::added;
    std::string list;
};

/// "The following individuals have been added to OFAC's SDN List:"; nullopt when the line opens no section of entries.
std::optional<Section> section_of(std::string_view line) {
    const std::string lower = ascii_lower(line);
    const auto says = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
    Section section;
    if (says("change")) {
        section.action = Action::changed;
    } else if (says("added") || says("addition")) {
        section.action = Action::added;
    } else if (says("removed") || says("deletion") || says("deleted") || says("removal")) {
        section.action = Action::removed;
    } else {
        return std::nullopt;
    }
    const std::size_t end = line.rfind(" List");
    const std::size_t start = line.rfind("OFAC's ", end == std::string_view::npos ? 0 : end);
    section.list = start != std::string_view::npos && end != std::string_view::npos && start < end
                       ? std::string(line.substr(start + 7, end + 5 - start - 7))
                       : "SDN List";
    return section;
}

bool opens_section(const Line& line) {
    const bool sentence = line.text.starts_with("The following ") && line.text.find(':') != std::string::npos && line.text.size() < 250;
    return line.heading || sentence;
}

/// An entry is whole when it ends behind a programme tag, with or without a bracket after it.
bool is_whole(std::string_view text) {
    while (text.ends_with('.') || text.ends_with(' ') || text.ends_with(';')) {
        text.remove_suffix(1);
    }
    return (text.ends_with(']') || text.ends_with(')')) && text.find('[') != std::string_view::npos;
}

/// Where "-to-" parts the old entry from the new one, as typed over the years; npos and 0 when it does not.
std::pair<std::size_t, std::size_t> find_joint(std::string_view text) {
    static constexpr std::array<std::string_view, 5> joints{"-to-", "- to-", "-to -", "- to -", "\xE2\x80\x93 to \xE2\x80\x93"};
    for (const auto joint : joints) {
        if (const std::size_t at = text.find(joint); at != std::string_view::npos) {
            return {at, joint.size()};
        }
    }
    return {std::string_view::npos, 0};
}

void add_announcement(ActionPage& page, const Section& section, std::string text, const base::Position& position) {
    Announcement announcement;
    announcement.action = section.action;
    announcement.list = section.list;
    announcement.position = position;
    if (const auto [at, length] = find_joint(text); section.action == Action::changed && at != std::string::npos) {
        announcement.old_text = base::collapse_space(std::string_view(text).substr(0, at));
        announcement.text = base::collapse_space(std::string_view(text).substr(at + length));
    } else {
        announcement.text = base::collapse_space(text);
    }
    page.announcements.push_back(std::move(announcement));
}

void read_body(ActionPage& page, xmlNode* body, const std::string& file, model::StatementSink& sink) {
    std::optional<Section> section;
    std::string pending;
    base::Position position;
    const auto give = [&] {
        if (!pending.empty() && section) {
            add_announcement(page, *section, std::move(pending), position);
        }
        pending.clear();
    };
    for (const Line& line : lines_of(body)) {
        if (opens_section(line)) {
            give();
            section = section_of(line.text);
            continue;
        }
        if (!section || ascii_lower(line.text) == "none" || ascii_lower(line.text) == "none.") {
            continue;
        }
        if (pending.empty()) {
            position = {file, line.number, 0};
        } else if (is_whole(pending) && find_joint(line.text).first != 0) {
            give();
            position = {file, line.number, 0};
        }
        join(pending, line.text, " ");
        constexpr std::size_t longest = std::size_t{1} << 20;
        if (pending.size() > longest) {
            sink.issue({"entry-too-long", "an entry of over 1 MB is not read", position, {}, std::string(base::truncate_utf8(pending, 200))});
            pending.clear();
        }
    }
    give();
}

}  // namespace

std::string_view to_string(Action action) {
    switch (action) {
        case Action::added: return "added";
        case Action::changed: return "changed";
        case Action::removed: return "removed";
    }
    return "added";
}

bool is_action_page(std::string_view bytes) {
    return bytes.find("ofac-recent-action") != std::string_view::npos && bytes.find('<') != std::string_view::npos;
}

std::optional<ActionPage> read_action_page(const record::SourceFile& file, model::StatementSink& sink) {
    bool too_long = false;
    const std::string bytes = all_bytes(file, too_long);
    const base::Position start{file.name, 1, 0};
    if (too_long || !is_action_page(bytes)) {
        sink.issue({"not-an-action-page", too_long ? "a page of over 32 MB is not read" : "the file is no page of OFAC's recent actions", start, {},
                    base::repair_utf8(base::truncate_utf8(base::repair_utf8(std::string_view(bytes).substr(0, 400)), 200))});
        return std::nullopt;
    }
    const Document document(htmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, "UTF-8",
                                           HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
    xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr) {
        sink.issue({"not-an-action-page", "the file holds no HTML that can be read", start, {}, {}});
        return std::nullopt;
    }
    ActionPage page;
    for (xmlNode* node = root; node != nullptr && page.title.empty(); node = next_node(node, root)) {
        if (is_element(node, "h1")) {
            page.title = content(node);
        }
    }
    if (xmlNode* released = find_class(root, "field--name-field-release-date"); released != nullptr) {
        xmlNode* item = find_class(released, "field__item");
        const auto date = model::parse_date(content(item == nullptr ? released : item), model::DayOrder::month_first);
        page.date = date ? model::to_string(date->from) : std::string();
    }
    if (page.date.empty()) {
        sink.issue({"page-without-date", "the page has no release date that can be read", start, {}, {}});
    }
    if (xmlNode* link = find_class(root, "field--name-field-press-release-link"); link != nullptr) {
        for (xmlNode* node = link; node != nullptr && page.press_release.empty(); node = next_node(node, link)) {
            if (is_element(node, "a")) {
                page.press_release = base::repair_utf8(attribute(node, "href"));
            }
        }
    }
    xmlNode* body = find_class(root, "field--name-field-body");
    read_body(page, body == nullptr ? root : body, file.name, sink);
    return page;
}

}  // namespace liaison::adapter::ofac
