#include "liaison/record/syndication.hpp"

#include "liaison/base/utf8.hpp"

#include <libxml/encoding.h>
#include <libxml/tree.h>

#include <array>
#include <cstdint>

namespace liaison::record {
namespace {

// windows-1252, bytes 0x80 to 0x9F (WHATWG encoding index; the five without a character are C1 controls there).
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

std::string from_windows1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const std::uint32_t code = byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte;
        if (code < 0x80) {
            out += c;
        } else if (code < 0x800) {
            out += static_cast<char>(0xC0 | (code >> 6));
            out += static_cast<char>(0x80 | (code & 0x3F));
        } else {
            out += static_cast<char>(0xE0 | (code >> 12));
            out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
            out += static_cast<char>(0x80 | (code & 0x3F));
        }
    }
    return out;
}

/// The value of NAME= in `text`, quotes taken off.
std::string value_after(std::string_view text, std::string_view name) {
    const std::string lowered = lower(text);
    std::size_t at = lowered.find(name);
    if (at == std::string::npos) {
        return {};
    }
    at = lowered.find_first_not_of(" =\"'\t", at + name.size());
    if (at == std::string::npos) {
        return {};
    }
    return lowered.substr(at, lowered.find_first_of(" \"';?>\t\r\n", at) - at);
}

bool convert(std::string_view bytes, const std::string& encoding, std::string& out) {
    xmlCharEncodingHandler* handler = xmlFindCharEncodingHandler(encoding.c_str());
    if (handler == nullptr) {
        return false;
    }
    xmlBuffer* in = xmlBufferCreateSize(bytes.size() + 1);
    xmlBuffer* result = xmlBufferCreateSize(bytes.size() * 2 + 16);
    xmlBufferAdd(in, reinterpret_cast<const xmlChar*>(bytes.data()), static_cast<int>(bytes.size()));
    int code = 0;
    while (xmlBufferLength(in) > 0 && (code = xmlCharEncInFunc(handler, result, in)) > 0) {
    }
    const bool complete = xmlBufferLength(in) == 0 && code >= 0;
    out.assign(reinterpret_cast<const char*>(xmlBufferContent(result)), static_cast<std::size_t>(xmlBufferLength(result)));
    xmlBufferFree(in);
    xmlBufferFree(result);
    xmlCharEncCloseFunc(handler);
    return complete && base::find_invalid_utf8(out) == std::string_view::npos;
}

bool is_utf8(const std::string& encoding) { return encoding.empty() || encoding == "utf-8" || encoding == "utf8" || encoding == "us-ascii"; }

bool is_western(const std::string& encoding) {
    return encoding == "iso-8859-1" || encoding == "latin1" || encoding == "windows-1252" || encoding == "cp1252" ||
           encoding == "iso8859-1";
}

}  // namespace

std::string decode_text(std::string_view bytes, std::string_view content_type, bool& repaired) {
    if (bytes.substr(0, 3) == "\xef\xbb\xbf") {
        bytes.remove_prefix(3);
    } else if (bytes.substr(0, 2) == "\xff\xfe" || bytes.substr(0, 2) == "\xfe\xff") {
        std::string out;
        if (convert(bytes.substr(2), bytes[0] == '\xff' ? "UTF-16LE" : "UTF-16BE", out)) {
            return out;
        }
        repaired = true;
        return base::repair_utf8(out);
    }
    const std::string stated = value_after(content_type, "charset");
    const std::string declared = value_after(bytes.substr(0, std::min<std::size_t>(bytes.find("?>"), 200)), "encoding");
    const bool valid = base::find_invalid_utf8(bytes) == std::string_view::npos;
    if (valid) {
        // A label other than UTF-8 on bytes that are valid UTF-8 beyond ASCII is a wrong label: by chance such bytes
        // hardly occur. UTF-16 without a mark is full of NULs and ends below.
        const std::string label = stated.empty() ? declared : stated;
        repaired = repaired || (!is_utf8(label) && bytes.find_first_of("\xc3\xe2") != std::string_view::npos);
        if (is_utf8(label) || is_western(label) || bytes.find('\0') == std::string_view::npos) {
            return std::string(bytes);
        }
    }
    for (const std::string& label : {stated, declared}) {
        if (is_western(label)) {
            return from_windows1252(bytes);
        }
        std::string out;
        if (!is_utf8(label) && convert(bytes, label, out)) {
            return out;
        }
    }
    repaired = true;
    return from_windows1252(bytes);
}

}  // namespace liaison::record
