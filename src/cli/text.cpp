#include "cli/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cwchar>

namespace liaison::cli {
namespace {

/// Decodes one character of valid UTF-8; a bad byte is returned as itself.
char32_t next_character(std::string_view text, std::size_t& i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0x7F >> length);
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
        character = (character << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    }
    i += std::min(length, text.size() - i);
    return character;
}

bool zero_width(char32_t c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5BD) ||
           (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670 || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F);
}

bool wide(char32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t c = next_character(text, i);
        width += zero_width(c) ? 0 : wide(c) ? 2 : 1;
    }
    return width;
}

}  // namespace

Table::Table(std::vector<std::string> heading) { m_rows.push_back(std::move(heading)); }

void Table::add(std::vector<std::string> row) {
    for (std::string& cell : row) {
        cell = printable(cell);
    }
    m_rows.push_back(std::move(row));
}

std::string Table::text() const {
    std::vector<std::size_t> widths(m_rows.front().size(), 0);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    std::string text;
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size()) {
                text.append(widths[i] - display_width(row[i]) + 2, ' ');
            }
        }
        text += '\n';
    }
    return text;
}

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = i;
        const char32_t c = next_character(text, i);
        const bool control = c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0);
        const bool bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if (control || bidi) {
            out += fmt::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(c));
        } else {
            out += text.substr(start, i - start);
        }
    }
    return out;
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string cell = cells[i];
        if (!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos) {
            cell.insert(0, 1, '\'');
        }
        if (cell.find_first_of(",\"\r\n") != std::string::npos) {
            std::string quoted = "\"";
            for (const char c : cell) {
                quoted += c;
                if (c == '"') {
                    quoted += '"';
                }
            }
            cell = quoted + '"';
        }
        line += (i == 0 ? "" : ",") + cell;
    }
    return line + "\r\n";
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    return fmt::format("{}", fmt::join(parts, separator));
}

std::string context_lines(const query::Context& context) {
    std::string versions;
    std::string warnings;
    for (const query::DatasetVersion& version : context.datasets) {
        versions += fmt::format("{}{} of {} ({} {} old)", versions.empty() ? "" : ", ", version.dataset,
                                version.publication_date, version.age_days, version.age_days == 1 ? "day" : "days");
        if (version.sample) {
            warnings += fmt::format("SAMPLE: {} is a small sample set, not the list; no match here means nothing\n", version.dataset);
        }
        if (version.stale) {
            warnings += fmt::format("STALE: {}: {}\n", version.dataset, printable(version.note));
        }
    }
    return fmt::format("lists: {}{}\n{}", versions.empty() ? "none" : versions,
                       context.as_of.empty() ? "" : " as of " + context.as_of, warnings);
}

}  // namespace liaison::cli
