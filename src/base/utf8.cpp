#include "liaison/base/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace liaison::base {
namespace {

/// Length of the valid sequence at `text`, 0 when there is none.
std::size_t sequence_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
    const unsigned char lead = byte(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return tail(1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (!tail(1) || !tail(2)) {
            return 0;
        }
        if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)) {
            return 0;
        }
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (!tail(1) || !tail(2) || !tail(3)) {
            return 0;
        }
        if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) {
            return 0;
        }
        return 4;
    }
    return 0;
}

/// Length of the white-space character at `text`, 0 when it is none.
std::size_t space_length(std::string_view text) noexcept {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
        return 1;
    }
    if (byte == 0xC2 && text.size() > 1 && static_cast<unsigned char>(text[1]) == 0xA0) {
        return 2;  // no-break space
    }
    if (byte >= 0xE2 && byte <= 0xE3 && text.size() > 2) {
        const std::string_view three = text.substr(0, 3);
        // U+2000..U+200A, U+2028, U+2029, U+202F, U+3000
        if ((three >= "\xE2\x80\x80" && three <= "\xE2\x80\x8A") || three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9" ||
            three == "\xE2\x80\xAF" || three == "\xE3\x80\x80") {
            return 3;
        }
    }
    return 0;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    std::size_t i = 0;
    while (i < text.size()) {
        while (i + 8 <= text.size()) {  // eight ASCII bytes at a time
            std::uint64_t word;
            std::memcpy(&word, text.data() + i, 8);
            if ((word & 0x8080808080808080ULL) != 0) {
                break;
            }
            i += 8;
        }
        if (i >= text.size()) {
            break;
        }
        const std::size_t length = sequence_length(text.substr(i));
        if (length == 0) {
            return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

std::string repair_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool in_error = false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequence_length(text.substr(i));
        if (length == 0) {
            if (!in_error) {
                out += "\xEF\xBF\xBD";
            }
            in_error = true;
            ++i;
        } else {
            in_error = false;
            out.append(text.substr(i, length));
            i += length;
        }
    }
    return out;
}

std::string_view truncate_utf8(std::string_view text, std::size_t bytes) noexcept {
    if (text.size() <= bytes) {
        return text;
    }
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) {
        --bytes;
    }
    return text.substr(0, bytes);
}

std::string collapse_space(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool pending = false;
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t length = space_length(text.substr(i)); length > 0) {
            pending = !out.empty();
            i += length;
            continue;
        }
        if (pending) {
            out += ' ';
            pending = false;
        }
        out += text[i++];
    }
    return out;
}

}  // namespace liaison::base
