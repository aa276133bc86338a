#include "name/table.hpp"

#include "liaison/base/error.hpp"

#include <fmt/core.h>

namespace liaison::name {

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

template <typename Handle>
void each_line(std::string_view bytes, Handle handle) {
    std::size_t number = 0;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view line = trim(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        ++number;
        if (!line.empty() && line.front() != '#') handle(line, number);
    }
}

}  // namespace

std::vector<TableLine> read_table(std::string_view file, std::string_view bytes) {
    std::vector<TableLine> lines;
    each_line(bytes, [&](std::string_view line, std::size_t number) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || trim(line.substr(0, colon)).empty())
            throw base::InternalError(fmt::format("schemas/names/{} line {}: not \"head: form, ...\"", file, number));
        TableLine entry;
        entry.head = trim(line.substr(0, colon));
        std::string_view rest = line.substr(colon + 1);
        while (true) {
            const std::size_t comma = rest.find(',');
            const std::string_view form = trim(rest.substr(0, comma));
            if (form.empty())
                throw base::InternalError(fmt::format("schemas/names/{} line {}: an empty form", file, number));
            entry.forms.emplace_back(form);
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
        lines.push_back(std::move(entry));
    });
    return lines;
}

std::vector<std::vector<std::string>> read_fields(std::string_view bytes) {
    std::vector<std::vector<std::string>> lines;
    each_line(bytes, [&](std::string_view line, std::size_t) {
        std::vector<std::string> fields;
        while (!line.empty()) {
            const std::size_t blank = line.find(' ');
            if (blank != 0) fields.emplace_back(line.substr(0, blank));
            if (blank == std::string_view::npos) break;
            line.remove_prefix(blank + 1);
        }
        lines.push_back(std::move(fields));
    });
    return lines;
}

}  // namespace liaison::name
