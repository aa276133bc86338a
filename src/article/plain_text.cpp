// Plain text. A line is a paragraph, unless the text is hard-wrapped: then blank lines part the paragraphs.

#include "article/builder.hpp"

#include <algorithm>

namespace liaison::article {
namespace {

/// Lines of even length that end inside a sentence, with blank lines between groups of them.
bool is_wrapped(std::string_view text) {
    std::size_t lines = 0;
    std::size_t open = 0;
    std::size_t longest = 0;
    bool blank = false;
    std::size_t at = 0;
    while (at < text.size() && lines < 200) {
        std::size_t end = text.find('\n', at);
        end = end == std::string_view::npos ? text.size() : end;
        std::string_view line = text.substr(at, end - at);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            blank = true;
        } else {
            ++lines;
            longest = std::max(longest, line.size());
            const char last = line.back();
            open += (last >= 'a' && last <= 'z') || last == ',' ? 1 : 0;
        }
        at = end + 1;
    }
    return blank && lines >= 4 && longest <= 120 && open * 2 > lines;
}

}  // namespace

void read_plain_text(Document& document, TextBuilder& builder) {
    const std::string& source = document.source;
    std::size_t at = source.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
    const bool wrapped = is_wrapped(std::string_view(source).substr(at));
    while (at < source.size() && !builder.full()) {
        std::size_t end = source.find('\n', at);
        end = end == std::string::npos ? source.size() : end;
        const std::size_t first = source.find_first_not_of(" \t\r", at);
        if (first == std::string::npos || first >= end) {
            builder.end_block();
        } else if (wrapped && builder.in_block()) {
            builder.space(at - 1);
            builder.copy(at, end);
        } else {
            builder.begin_block(BlockKind::paragraph);
            builder.copy(at, end);
            if (!wrapped) {
                builder.end_block();
            }
        }
        at = end + 1;
    }
    builder.end_block();
    // A short line without a full stop between longer ones is a heading.
    for (Block& block : document.blocks) {
        const char last = document.text[block.end - 1];
        if (block.end - block.start < 90 && last != '.' && last != '!' && last != '?' && last != ':' && last != '"' &&
            (last & 0x80) == 0) {
            block.kind = BlockKind::heading;
        }
    }
}

}  // namespace liaison::article
