#pragma once
// The remarks of OFAC's CSV and sdnList files: one text that holds everything the format has no column for. Private to
// adapter.
//
// Problem: items parted by "; ", each a label and a value ("Passport A1 (Iran) issued 1 Jan 2001"), free text, quoted
// weak aliases, and "(Linked To: NAME)" that stands between or behind items and whose names hold brackets themselves.
// Choice: take the bracketed links out first, by counting brackets; split the rest; give each item to the longest label
// of the table that it begins with; what no label claims is free text and becomes a note. Known failure: free text that
// itself holds "; " becomes two notes; free text that begins like a label ("License revoked in 2010") is read as one.

#include "adapter/ofac_emitter.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::ofac {

struct Remarks {
    std::vector<std::string> links;  ///< names after "Linked To:"
    std::vector<std::string> items;  ///< the rest, in order, trimmed, without the final full stop
};
[[nodiscard]] Remarks split_remarks(std::string_view text);

/// Adds one item to the party: alias, document, feature or note. Issues go to `emitter`.
void add_remark_item(std::string_view item, Party& party, Emitter& emitter);

/// "A1 (Iran) issued 01 Jan 2001 expires 01 Jan 2011" into the document's number, country and dates; what is left over
/// stays in the number.
void read_document_text(std::string_view text, IdDocument& document);

/// A value under a label that may be a document or a feature, as the idList of sdnList XML and remarks items hold it.
/// An unknown label becomes a feature without a rule, which Emitter reports.
void add_labelled_value(const LabelRule* rule, std::string_view label, std::string_view value, Party& party,
                        const base::Position& position, Emitter& emitter);

/// "LAST, First Middle" of an individual into last and first name; one whole part otherwise.
[[nodiscard]] std::vector<NamePart> split_name(std::string_view name, PartyKind kind);

/// The list that a file without list names is of: the manifest's "list" setting, else by feed id, else by file name;
/// "" when none tells.
[[nodiscard]] std::string list_name(const ReadOptions& options, const record::FileSet& files);

}  // namespace liaison::adapter::ofac
