#include "export/text.hpp"

#include "liaison/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace liaison::exports {

namespace {

constexpr std::string_view word_joiner = "\xE2\x81\xA0";

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_null_word(std::string_view text) {
    return text.size() == 4 && ascii_lower(text[0]) == 'n' && ascii_lower(text[1]) == 'u' && ascii_lower(text[2]) == 'l' &&
           ascii_lower(text[3]) == 'l';
}

}  // namespace

std::string clean(std::string_view text, std::size_t& stripped) {
    // Nearly all values are plain ASCII, and there are millions of them.
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c != 0x7F; })) return std::string(text);
    std::string repaired;
    if (base::find_invalid_utf8(text) != std::string_view::npos) {
        repaired = base::repair_utf8(text);
        text = repaired;
    }
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') {
            ++stripped;
            continue;
        }
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        if (byte == 0xEF && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xBF &&
            static_cast<unsigned char>(text[i + 2]) >= 0xBE) {
            ++stripped;
            i += 2;
            continue;
        }
        out += text[i];
    }
    return out;
}

void append_xml(std::string& out, std::string_view text) {
    std::size_t copied = 0;
    const auto replace = [&](std::size_t at, std::string_view with) {
        out.append(text.substr(copied, at - copied));
        out.append(with);
        copied = at + 1;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
            case '&': replace(i, "&amp;"); break;
            case '<': replace(i, "&lt;"); break;
            case '>': replace(i, "&gt;"); break;
            case '"': replace(i, "&quot;"); break;
            case '\n': replace(i, "&#10;"); break;
            case '\r': replace(i, "&#13;"); break;
            case '\t': replace(i, "&#9;"); break;
            default: break;
        }
    }
    out.append(text.substr(copied));
}

bool append_guarded(std::string& out, std::string_view text) {
    if (is_null_word(text)) {
        append_xml(out, text);
        out += word_joiner;
        return true;
    }
    bool guarded = false;
    std::size_t from = 0;
    for (std::size_t at = text.find("INF"); at != std::string_view::npos; at = text.find("INF", from)) {
        append_xml(out, text.substr(from, at + 1 - from));
        out += word_joiner;
        from = at + 1;
        guarded = true;
    }
    append_xml(out, text.substr(from));
    return guarded;
}

void append_json(std::string& out, std::string_view text, bool html_safe) {
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20 || byte == 0x7F || (html_safe && (c == '<' || c == '>' || c == '&'))) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else if (html_safe && byte == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80 &&
                   (static_cast<unsigned char>(text[i + 2]) & 0xFEU) == 0xA8) {
            out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += c;
        }
    }
    out += '"';
}

void append_csv(std::string& out, std::string_view text, bool spreadsheet) {
    const bool formula = spreadsheet && !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
    if (!formula && text.find_first_of(",\"\r\n;") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    if (formula) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

std::string cut(std::string text, std::size_t limit, std::size_t& cuts) {
    constexpr std::string_view mark = "\xE2\x80\xA6 [cut]";
    if (text.size() <= limit) return text;
    ++cuts;
    text.resize(base::truncate_utf8(text, limit - mark.size()).size());
    text += mark;
    return text;
}

void append_number(std::string& out, double value) {
    if (!std::isfinite(value)) value = 0;
    const double magnitude = std::fabs(value);
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e15)) {
        // fmt would choose an exponent here, which some readers of GEXF columns do not take.
        fmt::format_to(std::back_inserter(out), "{:.12f}", value);
        return;
    }
    fmt::format_to(std::back_inserter(out), "{}", value);
}

void append_rounded(std::string& out, double value) {
    const double rounded = std::round(value * 1000) / 1000;
    fmt::format_to(std::back_inserter(out), "{}", std::isfinite(rounded) && rounded != 0 ? rounded : 0.0);
}

}  // namespace liaison::exports
