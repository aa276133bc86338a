#include "adapter/ofac_csv_set.hpp"

#include "adapter/content_ids.hpp"
#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liaison::adapter::ofac {
namespace {

constexpr std::array<std::string_view, 12> primary_columns{"ent_num", "SDN_Name", "SDN_Type", "Program", "Title",
                                                           "Call_Sign", "Vess_type", "Tonnage", "GRT", "Vess_flag",
                                                           "Vess_owner", "Remarks"};
constexpr std::array<std::string_view, 6> address_columns{
    "Ent_num", "Add_num", "Address", "City/State/Province/Postal Code", "Country", "Add_remarks"};
constexpr std::array<std::string_view, 5> alias_columns{"ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"};
constexpr std::array<std::string_view, 2> comment_columns{"ent_num", "Remarks"};

constexpr std::array all_parts{CsvPart::primary, CsvPart::addresses, CsvPart::aliases, CsvPart::comments};

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_number(std::string_view text) {
    text = trim(text);
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

record::CsvOptions csv_options() {
    record::CsvOptions options;
    options.encoding = record::CsvEncoding::utf8_or_windows_1252;
    options.row_bytes = std::size_t{64} << 10;  // published rows have some 2,000 bytes
    return options;
}

/// For each column of the part, its place in the header; nullopt when this is no header of the part.
std::optional<std::vector<std::size_t>> header_places(std::span<const std::string_view> header, CsvPart part) {
    std::vector<std::size_t> places;
    std::size_t found = 0;
    for (const std::string_view column : columns_of(part)) {
        const auto at = std::find_if(header.begin(), header.end(),
                                     [&](std::string_view name) { return content_key(name) == content_key(column); });
        places.push_back(static_cast<std::size_t>(at - header.begin()));
        found += at == header.end() ? 0 : 1;
    }
    return 2 * found > places.size() ? std::optional(places) : std::nullopt;
}

bool looks_like_row(std::span<const std::string_view> fields, CsvPart part) {
    if (fields.size() != columns_of(part).size() || !is_number(fields[0])) {
        return false;
    }
    switch (part) {
        case CsvPart::primary: return !trim(fields[1]).empty();
        case CsvPart::addresses: return is_number(fields[1]);
        case CsvPart::aliases: return is_number(fields[1]) && !is_number(fields[2]);
        case CsvPart::comments: return !is_number(fields[1]);
    }
    return false;
}

}  // namespace

std::span<const std::string_view> columns_of(CsvPart part) {
    switch (part) {
        case CsvPart::primary: return primary_columns;
        case CsvPart::addresses: return address_columns;
        case CsvPart::aliases: return alias_columns;
        case CsvPart::comments: return comment_columns;
    }
    return {};
}

std::string_view file_name_of(CsvPart part) {
    switch (part) {
        case CsvPart::primary: return "sdn.csv (or cons_prim.csv)";
        case CsvPart::addresses: return "add.csv (or cons_add.csv)";
        case CsvPart::aliases: return "alt.csv (or cons_alt.csv)";
        case CsvPart::comments: return "sdn_comments.csv (or cons_comments.csv)";
    }
    return {};
}

std::optional<CsvPart> recognise_part(const record::SourceFile& file) {
    const std::string head = record::peek(file, std::size_t{16} << 10);
    record::CsvReader reader(record::source_from_memory(file.name, head), csv_options());
    record::CsvRow row;
    if (!reader.next(row) || row.problem != record::CsvProblem::none) {
        return std::nullopt;
    }
    for (const CsvPart part : all_parts) {
        if (header_places(row.fields, part) && content_key(row.fields[0]) == "entnum") {
            // Two columns of two are also in the primary file's header: the widest part that fits comes first.
            return part;
        }
        if (looks_like_row(row.fields, part)) {
            return part;
        }
    }
    return std::nullopt;
}

std::uint64_t read_part(const record::SourceFile& file, CsvPart part, model::StatementSink& sink,
                        base::Progress* progress, const std::function<void(const CsvSetRow&)>& row) {
    const auto columns = columns_of(part);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        places.push_back(i);
    }
    std::size_t width = columns.size();
    record::CsvReader reader(file, csv_options(), progress);
    record::CsvRow raw;
    CsvSetRow given;
    std::uint64_t count = 0;
    bool first = true;
    while (reader.next(raw)) {
        if (std::exchange(first, false) && raw.problem == record::CsvProblem::none && !is_number(raw.field(0))) {
            if (const auto header = header_places(raw.fields, part)) {
                places = *header;
                width = raw.fields.size();
                for (std::size_t i = 0; i < columns.size(); ++i) {
                    if (places[i] == raw.fields.size()) {
                        throw base::InputError(fmt::format("{}:{}: column {} is missing from the header", file.name,
                                                           raw.position.line, columns[i]),
                                               fmt::format("check that this is OFAC's {}", file_name_of(part)));
                    }
                }
                for (std::size_t i = 0; i < raw.fields.size(); ++i) {
                    if (std::find(places.begin(), places.end(), i) == places.end()) {
                        sink.issue({"unknown-column", fmt::format("column \"{}\" is not known and was not read", raw.fields[i]),
                                    raw.position, {}, std::string(raw.fields[i])});
                    }
                }
                continue;
            }
        }
        if (raw.problem == record::CsvProblem::malformed_quote || raw.problem == record::CsvProblem::too_long) {
            sink.issue({std::string(record::to_string(raw.problem)), "the row cannot be parted into fields and was not read",
                        raw.position, {}, std::string(raw.raw)});
            continue;
        }
        if (raw.problem != record::CsvProblem::none) {
            sink.issue({std::string(record::to_string(raw.problem)), "the row holds bytes that are no text; it was read as it stands",
                        raw.position, std::string(trim(raw.field(0))), std::string(raw.raw)});
        }
        if (raw.fields.size() != width) {
            sink.issue({"wrong-column-count", fmt::format("the row has {} fields, not {}, and was not read", raw.fields.size(), width),
                        raw.position, std::string(trim(raw.field(0))), std::string(raw.raw)});
            continue;
        }
        given.fields.clear();
        for (const std::size_t place : places) {
            const std::string_view text = trim(raw.field(place));
            given.fields.push_back(text == "-0-" ? std::string_view() : text);
        }
        if (!is_number(given.fields.front())) {
            sink.issue({"record-without-id", fmt::format("\"{}\" is no entity number; the row was not read", given.fields.front()),
                        raw.position, {}, std::string(raw.raw)});
            continue;
        }
        given.position = raw.position;
        given.raw = raw.raw;
        ++count;
        row(given);
    }
    return count;
}

}  // namespace liaison::adapter::ofac
