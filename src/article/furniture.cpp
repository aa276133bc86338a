// Menus, cookie texts and link lists that a page left in its text: runs of short lines that are no sentences.

#include "article/builder.hpp"

#include <algorithm>

namespace liaison::article {
namespace {

constexpr std::size_t run_length = 6;

/// A short line without a full stop that is not introduced by a colon.
bool is_menu_line(std::string_view line) {
    if (line.size() > 64) {
        return false;
    }
    const char last = line.back();
    const std::size_t words = static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) + 1;
    return last != '.' && last != ':' && last != '!' && last != ';' && words <= 8;
}

}  // namespace

void mark_furniture(Document& document) {
    std::size_t i = 0;
    while (i < document.blocks.size()) {
        std::size_t j = i;
        while (j < document.blocks.size() && document.blocks[j].kind == BlockKind::paragraph &&
               is_menu_line(std::string_view(document.text).substr(document.blocks[j].start, document.blocks[j].end - document.blocks[j].start))) {
            ++j;
        }
        if (j - i >= run_length) {
            for (std::size_t k = i; k < j; ++k) {
                document.blocks[k].region = Region::furniture;
            }
        }
        i = j + 1;
    }
}

}  // namespace liaison::article
