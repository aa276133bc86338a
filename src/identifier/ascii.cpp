#include "identifier/ascii.hpp"

#include <array>

namespace liaison::identifier::ascii {
namespace {

// UTF-8 of what copying from a page or a chat leaves around a value.
constexpr std::array<std::string_view, 10> invisible{
    "\xc2\xa0",      // no-break space
    "\xe2\x80\x8b",  // zero-width space
    "\xe2\x80\x8c",  // zero-width non-joiner
    "\xe2\x80\x8d",  // zero-width joiner
    "\xe2\x80\x8e",  // left-to-right mark
    "\xe2\x80\x8f",  // right-to-left mark
    "\xe2\x80\xaa",  // left-to-right embedding
    "\xe2\x80\xac",  // pop directional formatting
    "\xe2\x80\xaf",  // narrow no-break space
    "\xef\xbb\xbf",  // byte order mark
};

}  // namespace

std::string_view trim(std::string_view text) {
    bool again = true;
    while (again && !text.empty()) {
        again = false;
        if (is_space(text.front())) {
            text.remove_prefix(1);
            again = true;
        } else if (is_space(text.back())) {
            text.remove_suffix(1);
            again = true;
        }
        for (const std::string_view mark : invisible) {
            if (text.starts_with(mark)) {
                text.remove_prefix(mark.size());
                again = true;
            } else if (text.ends_with(mark)) {
                text.remove_suffix(mark.size());
                again = true;
            }
        }
    }
    return text;
}

}  // namespace liaison::identifier::ascii
