// OFAC's CSV set: sdn, add, alt and sdn_comments (cons_prim, cons_add, cons_alt, cons_comments), with or without header.

#include "adapter/adapters.hpp"
#include "adapter/ofac_csv_set.hpp"
#include "adapter/ofac_remarks.hpp"
#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>

namespace liaison::adapter {
namespace {

using namespace ofac;

/// OFAC cuts the remarks column here; sdn_comments carries the rest.
constexpr std::size_t remarks_limit = 1000;

struct Files {
    std::array<const record::SourceFile*, 4> parts{};
    [[nodiscard]] const record::SourceFile*& operator[](CsvPart part) { return parts[static_cast<std::size_t>(part)]; }
};

Files sort_files(const record::FileSet& files) {
    Files sorted;
    for (const record::SourceFile& file : files) {
        const auto part = recognise_part(file);
        if (!part) {
            const std::string head = record::peek(file, 256);
            const bool html = head.find("<html") != std::string::npos || head.find("<!DOCTYPE") != std::string::npos ||
                              head.find("<!doctype") != std::string::npos;
            throw base::InputError(
                fmt::format("{} {}", file.name,
                            head.empty() ? "is empty"
                            : html       ? "is an HTML page, not a CSV file"
                                         : "is no part of OFAC's CSV set"),
                "the set is sdn.csv, add.csv, alt.csv and sdn_comments.csv (or the cons_ files); fetch it again");
        }
        if (sorted[*part] != nullptr) {
            throw base::InputError(fmt::format("{} and {} are both {}", sorted[*part]->name, file.name, file_name_of(*part)),
                                   "keep the files of one edition only");
        }
        sorted[*part] = &file;
    }
    for (const CsvPart part : {CsvPart::primary, CsvPart::addresses, CsvPart::aliases}) {
        if (sorted[part] == nullptr) {
            throw base::InputError(fmt::format("the CSV set is incomplete: {} is missing", file_name_of(part)),
                                   "fetch all files of one edition together");
        }
    }
    return sorted;
}

class Reader {
public:
    Reader(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink)
        : m_sink(sink), m_emitter(options, sink), m_list(list_name(options, files)), m_progress(options.progress) {}

    [[nodiscard]] ReadSummary read(Files files) {
        // Rows of the small files are kept by party until the party comes.
        m_summary.records["add"] = read_part(*files[CsvPart::addresses], CsvPart::addresses, m_sink, m_progress,
                                             [&](const CsvSetRow& row) { read_address(row); });
        m_summary.records["alt"] = read_part(*files[CsvPart::aliases], CsvPart::aliases, m_sink, m_progress,
                                             [&](const CsvSetRow& row) { read_alias(row); });
        if (const record::SourceFile* comments = files[CsvPart::comments]) {
            m_summary.records["sdn_comments"] =
                read_part(*comments, CsvPart::comments, m_sink, m_progress, [&](const CsvSetRow& row) {
                    m_comments.try_emplace(std::string(row.fields[0])).first->second.text += row.fields[1];
                    m_comments.at(std::string(row.fields[0])).position = row.position;
                });
        }
        m_summary.records["sdn"] = read_part(*files[CsvPart::primary], CsvPart::primary, m_sink, m_progress,
                                             [&](const CsvSetRow& row) { read_party(row); });
        report_dangling();
        m_emitter.finish();
        return m_summary;
    }

private:
    struct AliasRow {
        std::string type;
        std::string name;
        std::string remarks;
        base::Position position;
    };
    struct AddressRow {
        PostalAddress address;
        base::Position position;
    };
    struct Comment {
        std::string text;
        base::Position position;
    };

    void read_address(const CsvSetRow& row) {
        AddressRow one;
        one.address.lines[0] = row.fields[2];
        one.address.city_line = row.fields[3];
        one.address.country_text = row.fields[4];
        one.address.remarks = row.fields[5];
        one.position = row.position;
        m_addresses[std::string(row.fields[0])].push_back(std::move(one));
    }
    void read_alias(const CsvSetRow& row) {
        m_aliases[std::string(row.fields[0])].push_back(
            {std::string(row.fields[2]), std::string(row.fields[3]), std::string(row.fields[4]), row.position});
    }
    void read_party(const CsvSetRow& row);
    void read_kind(std::string_view text, Party& party);
    void add_aliases(Party& party);
    void add_addresses(Party& party);
    /// Returns the names after "Linked To:".
    [[nodiscard]] std::vector<std::string> add_remarks(std::string_view remarks, Party& party);
    void report_dangling();

    model::StatementSink& m_sink;
    Emitter m_emitter;
    std::string m_list;
    base::Progress* m_progress;
    std::unordered_map<std::string, std::vector<AddressRow>> m_addresses;
    std::unordered_map<std::string, std::vector<AliasRow>> m_aliases;
    std::unordered_map<std::string, Comment> m_comments;
    ReadSummary m_summary;
};

void Reader::read_kind(std::string_view text, Party& party) {
    if (text == "individual") {
        party.kind = PartyKind::individual;
    } else if (text == "vessel") {
        party.kind = PartyKind::vessel;
    } else if (text == "aircraft") {
        party.kind = PartyKind::aircraft;
    } else if (!text.empty() && text != "entity") {
        m_emitter.issue("unknown-party-type",
                        fmt::format("party {} is of type \"{}\", which is not known; taken for an organisation", party.uid, text),
                        party.position, party.uid, text);
    }
}

void Reader::add_aliases(Party& party) {
    const auto found = m_aliases.find(party.uid);
    if (found == m_aliases.end()) {
        return;
    }
    for (AliasRow& row : found->second) {
        auto kind = find_alias_kind(row.type);
        if (!kind) {
            m_emitter.issue("unknown-alias-type", fmt::format("alias type \"{}\" is not known; taken for an alias", row.type),
                            row.position, party.uid, row.type);
            kind = AliasKind::aka;
        }
        party.names.push_back({*kind, false, {}, split_name(row.name, party.kind)});
        if (!row.remarks.empty()) {
            party.notes.push_back(row.name + ": " + row.remarks);
        }
    }
    m_aliases.erase(found);
}

void Reader::add_addresses(Party& party) {
    const auto found = m_addresses.find(party.uid);
    if (found == m_addresses.end()) {
        return;
    }
    for (AddressRow& row : found->second) {
        PostalAddress& address = row.address;
        if (const std::string country = address.country_text; !set_country(address, country)) {
            m_emitter.issue("unknown-country",
                            fmt::format("\"{}\" is no country that is known; kept as a note", address.country_text),
                            row.position, party.uid, address.country_text);
        }
        party.addresses.push_back(std::move(address));
    }
    m_addresses.erase(found);
}

std::vector<std::string> Reader::add_remarks(std::string_view remarks, Party& party) {
    std::string text(remarks);
    bool truncated = false;
    const auto comment = m_comments.find(party.uid);
    if (comment != m_comments.end()) {
        text += comment->second.text;
        m_comments.erase(comment);
    } else if (remarks.size() >= remarks_limit && !remarks.ends_with('.')) {
        truncated = true;
        m_emitter.issue("truncated-remarks",
                        fmt::format("the remarks of party {} are cut at {} characters and no comments row goes on", party.uid,
                                    remarks.size()),
                        party.position, party.uid, remarks.substr(remarks.rfind("; ") == std::string_view::npos ? 0 : remarks.rfind("; ") + 2));
    }
    Remarks parted = split_remarks(text);
    if (truncated && !parted.items.empty() && text.ends_with(parted.items.back())) {
        // Half an item is no passport number and no wallet.
        party.notes.push_back(parted.items.back() + "...");
        parted.items.pop_back();
    } else if (truncated && !parted.links.empty() && text.ends_with(parted.links.back())) {
        party.notes.push_back("Linked To: " + parted.links.back() + "...");
        parted.links.pop_back();
    }
    for (const std::string& item : parted.items) {
        add_remark_item(item, party, m_emitter);
    }
    return std::move(parted.links);
}

void Reader::read_party(const CsvSetRow& row) {
    Party party;
    party.uid = row.fields[0];
    party.position = row.position;
    read_kind(row.fields[2], party);
    party.names.push_back({AliasKind::name, false, {}, split_name(row.fields[1], party.kind)});
    if (!row.fields[4].empty()) {
        party.titles.emplace_back(row.fields[4]);
    }
    add_aliases(party);
    add_addresses(party);
    static constexpr std::array<std::pair<std::size_t, std::string_view>, 6> vessel_columns{
        {{5, "Vessel Call Sign"}, {6, "Vessel Type"}, {7, "Vessel Tonnage"}, {8, "Vessel Gross Registered Tonnage"},
         {9, "Vessel Flag"}, {10, "Vessel Owner"}}};
    for (const auto& [column, label] : vessel_columns) {
        if (!row.fields[column].empty()) {
            add_labelled_value(find_label(label), label, row.fields[column], party, party.position, m_emitter);
        }
    }
    Listing listing;
    listing.uid = party.uid;
    listing.list = m_list;
    listing.position = party.position;
    std::string_view programs = row.fields[3];
    while (!programs.empty()) {  // "SDGT] [SYRIA"
        const std::size_t cut = programs.find("] [");
        listing.programs.emplace_back(programs.substr(0, cut));
        programs = cut == std::string_view::npos ? std::string_view() : programs.substr(cut + 3);
    }
    std::vector<std::string> links = add_remarks(row.fields[11], party);
    if (!m_emitter.party(party)) {
        return;
    }
    m_emitter.listing(listing);
    for (std::string& name : links) {
        m_emitter.link_by_name(party.uid, std::move(name), party.position);
    }
}

void Reader::report_dangling() {
    std::map<std::pair<std::string, std::uint64_t>, std::pair<base::Position, std::string>> left;
    for (const auto& [uid, rows] : m_addresses) {
        for (const AddressRow& row : rows) {
            left[{row.position.file, row.position.byte}] = {row.position, uid};
        }
    }
    for (const auto& [uid, rows] : m_aliases) {
        for (const AliasRow& row : rows) {
            left[{row.position.file, row.position.byte}] = {row.position, uid};
        }
    }
    for (const auto& [uid, comment] : m_comments) {
        left[{comment.position.file, comment.position.byte}] = {comment.position, uid};
    }
    for (const auto& [key, entry] : left) {
        m_emitter.issue("dangling-reference", fmt::format("the row belongs to party {}, which is not in the set", entry.second),
                        entry.first, entry.second);
    }
}

class OfacCsv final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "ofac_csv"; }

    /// One recognised part is enough: what is missing or foreign is for read() to say.
    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        return std::any_of(files.begin(), files.end(), [](const record::SourceFile& file) {
            const auto part = recognise_part(file);
            return part && *part != CsvPart::comments;
        });
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options,
                     model::StatementSink& sink) const override {
        return Reader(files, options, sink).read(sort_files(files));
    }
};

}  // namespace

const Adapter& ofac_csv() {
    static const OfacCsv adapter;
    return adapter;
}

}  // namespace liaison::adapter
