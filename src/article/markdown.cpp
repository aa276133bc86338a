// Markdown as news archives keep it: YAML front matter (flat keys), headings, lists, quotes, emphasis, links, images,
// rules and tables. The marks are dropped from the clean text; what they enclose keeps its offsets.

#include "article/builder.hpp"
#include "liaison/model/date.hpp"

#include <algorithm>
#include <cctype>

namespace liaison::article {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && (is_space(text.front()) || text.front() == '\n')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (is_space(text.back()) || text.back() == '\n')) {
        text.remove_suffix(1);
    }
    return text;
}

std::string_view unquote(std::string_view text) {
    text = trim(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front()) {
        text = text.substr(1, text.size() - 2);
    }
    return text;
}

/// Reads "key: value" lines between two lines of three dashes; returns the offset behind them, 0 when there are none.
std::size_t read_front_matter(Document& document) {
    const std::string_view source = document.source;
    std::size_t at = source.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
    if (source.substr(at, 3) != "---" || source.find('\n', at) == std::string_view::npos) {
        return at;
    }
    const std::size_t close = source.find("\n---", at + 3);
    if (close == std::string_view::npos || close > 65536) {
        return at;
    }
    std::size_t line = source.find('\n', at) + 1;
    while (line <= close) {
        const std::size_t end = source.find('\n', line);
        const std::string_view text = source.substr(line, end - line);
        const std::size_t colon = text.find(':');
        if (colon != std::string_view::npos && !text.empty() && !is_space(text.front())) {
            const std::string_view key = text.substr(0, colon);
            const std::string_view value = unquote(text.substr(colon + 1));
            if (key == "title") {
                document.title = value;
            } else if (key == "author" || key == "authors" || key == "byline") {
                document.author = value;
            } else if (key == "publish_date" || key == "published" || key == "date" || key == "pubdate" ||
                       key == "date_published") {
                if (const auto date = model::parse_edtf(value); date && (document.published.empty() || key != "date")) {
                    document.published = model::to_string(*date);
                }
            } else if (key == "url" || key == "final_url" || key == "canonical_url" || key == "link") {
                document.url = value;
            } else if (key == "language" || key == "lang") {
                document.language = value.substr(0, 2) == "fr"   ? Language::french
                                    : value.substr(0, 2) == "en" ? Language::english
                                                                 : Language::unknown;
            }
        }
        line = end + 1;
    }
    const std::size_t after = source.find('\n', close + 1);
    return after == std::string_view::npos ? source.size() : after + 1;
}

/// The text of a line without inline marks, copied into the builder.
class Inline {
public:
    Inline(const std::string& source, TextBuilder& builder) : m_source(source), m_builder(builder) {}

    void write(std::size_t start, std::size_t end) {
        std::size_t plain = start;
        std::size_t i = start;
        const auto flush = [&](std::size_t to, std::size_t next) {
            if (to > plain) {
                m_builder.copy(plain, to);
            }
            plain = next;
            i = next;
        };
        while (i < end) {
            const char c = m_source[i];
            if (c == '\\' && i + 1 < end && std::ispunct(static_cast<unsigned char>(m_source[i + 1])) != 0) {
                flush(i, i + 1);
                ++i;
            } else if (c == '*' || c == '`' || (c == '_' && at_word_edge(i, start, end)) ||
                       (c == '~' && i + 1 < end && m_source[i + 1] == '~')) {
                // An asterisk inside a word is no mark: names are masked with it.
                if (c == '*' && inside_word(i, start, end)) {
                    ++i;
                } else {
                    flush(i, i + 1);
                }
            } else if (c == '!' && i + 1 < end && m_source[i + 1] == '[') {
                if (const std::size_t close = link_end(i + 1, end); close != 0) {
                    flush(i, close);
                } else {
                    ++i;
                }
            } else if (c == '[') {
                const std::size_t text_end = bracket_end(i, end);
                const std::size_t close = link_end(i, end);
                if (close != 0 && text_end != 0 && ++m_depth < 8) {
                    flush(i, i + 1);
                    write(i, text_end);
                    plain = close;
                    i = close;
                    --m_depth;
                } else if (text_end != 0 && is_reference(i + 1, text_end)) {
                    flush(i, text_end + 1);
                } else {
                    ++i;
                }
            } else if (c == '{' && i + 1 < end && m_source[i + 1] == ':') {
                const std::size_t close = m_source.find('}', i);
                flush(i, close == std::string::npos || close >= end ? end : close + 1);
            } else if (c == '<' && i + 1 < end && (std::isalpha(static_cast<unsigned char>(m_source[i + 1])) != 0 || m_source[i + 1] == '/')) {
                const std::size_t close = m_source.find('>', i);
                if (close != std::string::npos && close < end) {
                    flush(i, close + 1);
                } else {
                    ++i;
                }
            } else {
                ++i;
            }
        }
        flush(end, end);
    }

private:
    [[nodiscard]] bool is_word(std::size_t i) const {
        return std::isalnum(static_cast<unsigned char>(m_source[i])) != 0 || (m_source[i] & 0x80) != 0;
    }
    [[nodiscard]] bool inside_word(std::size_t i, std::size_t start, std::size_t end) const {
        return i > start && i + 1 < end && is_word(i - 1) && is_word(i + 1) &&
               std::islower(static_cast<unsigned char>(m_source[i + 1])) != 0;
    }
    [[nodiscard]] bool at_word_edge(std::size_t i, std::size_t start, std::size_t end) const {
        return i == start || i + 1 >= end || !is_word(i - 1) || !is_word(i + 1);
    }
    /// A footnote mark: [1], [ 10 ], [a].
    [[nodiscard]] bool is_reference(std::size_t start, std::size_t end) const {
        const std::string_view inner = trim(std::string_view(m_source).substr(start, end - start));
        return !inner.empty() && inner.size() <= 3 &&
               std::all_of(inner.begin(), inner.end(), [](char c) { return c >= '0' && c <= '9'; });
    }
    /// Offset of the bracket that closes the one at `open`, 0 when there is none on the line.
    [[nodiscard]] std::size_t bracket_end(std::size_t open, std::size_t end) const {
        int depth = 0;
        for (std::size_t i = open; i < end && i < open + 4096; ++i) {
            depth += m_source[i] == '[' ? 1 : m_source[i] == ']' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return 0;
    }
    /// Offset behind "[text](address)", 0 when it is no link.
    [[nodiscard]] std::size_t link_end(std::size_t open, std::size_t end) const {
        const std::size_t text_end = bracket_end(open, end);
        if (text_end == 0 || text_end + 1 >= end || m_source[text_end + 1] != '(') {
            return 0;
        }
        int depth = 0;
        for (std::size_t i = text_end + 1; i < end; ++i) {
            depth += m_source[i] == '(' ? 1 : m_source[i] == ')' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    const std::string& m_source;
    TextBuilder& m_builder;
    int m_depth = 0;
};

/// Length of a list mark ("- ", "* ", "1. ") at the start of a line, 0 when there is none.
std::size_t list_mark(std::string_view line) {
    if (line.size() > 1 && (line[0] == '-' || line[0] == '*' || line[0] == '+') && is_space(line[1])) {
        return 2;
    }
    if (line.substr(0, 4) == "\xE2\x80\xA2 ") {  // bullet
        return 4;
    }
    std::size_t digits = 0;
    while (digits < line.size() && digits < 3 && line[digits] >= '0' && line[digits] <= '9') {
        ++digits;
    }
    if (digits > 0 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') && is_space(line[digits + 1])) {
        return digits + 2;
    }
    return 0;
}

bool is_rule(std::string_view line) {
    return line.size() >= 3 && std::all_of(line.begin(), line.end(), [&](char c) { return c == line[0] || is_space(c); }) &&
           (line[0] == '-' || line[0] == '*' || line[0] == '_' || line[0] == '=');
}

}  // namespace

void read_markdown(Document& document, TextBuilder& builder) {
    std::size_t at = read_front_matter(document);
    const std::string& source = document.source;
    Inline inline_text(source, builder);
    bool in_code = false;
    while (at < source.size() && !builder.full()) {
        std::size_t end = source.find('\n', at);
        end = end == std::string::npos ? source.size() : end;
        std::size_t start = at;
        while (start < end && (is_space(source[start]) || source[start] == '>')) {
            ++start;
        }
        std::size_t stop = end;
        while (stop > start && is_space(source[stop - 1])) {
            --stop;
        }
        const std::string_view line = std::string_view(source).substr(start, stop - start);
        if (line.substr(0, 3) == "```") {
            in_code = !in_code;
            builder.end_block();
        } else if (in_code) {
            builder.end_block();
        } else if (line.empty() || is_rule(line)) {
            builder.end_block();
        } else if (line[0] == '#' && line.find_first_not_of('#') != std::string_view::npos && line.find_first_not_of('#') <= 6 &&
                   is_space(line[line.find_first_not_of('#')])) {
            builder.begin_block(BlockKind::heading);
            inline_text.write(start + line.find_first_not_of('#'), stop);
            builder.end_block();
        } else if (const std::size_t mark = list_mark(line); mark != 0) {
            builder.begin_block(BlockKind::list_item);
            inline_text.write(start + mark, stop);
        } else if (line[0] == '|') {
            builder.begin_block(BlockKind::list_item);
            inline_text.write(start, stop);
            builder.end_block();
        } else {
            if (!builder.in_block()) {
                builder.begin_block(BlockKind::paragraph);
            } else {
                builder.space(at > 0 ? at - 1 : 0);
            }
            inline_text.write(start, stop);
            // Two spaces at the end of a line are a line break.
            if (end - stop >= 2) {
                builder.end_block();
            }
        }
        at = end + 1;
    }
    builder.end_block();
    for (const Block& block : document.blocks) {
        if (!document.title.empty()) {
            break;
        }
        if (block.kind == BlockKind::heading) {
            document.title = document.text.substr(block.start, block.end - block.start);
        }
    }
}

}  // namespace liaison::article
