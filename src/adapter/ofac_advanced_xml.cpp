// OFAC SDN_ADVANCED.XML and CONS_ADVANCED.XML: everything by reference, nothing left out.

#include "adapter/adapters.hpp"
#include "adapter/ofac_advanced_reader.hpp"

#include <vector>

namespace liaison::adapter {
namespace {

using ofac::advanced::name_of;
using ofac::advanced::Tag;

class OfacAdvancedXml final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "ofac_advanced_xml"; }

    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        if (files.size() != 1) {
            return false;
        }
        const record::XmlHead head = record::xml_head(record::peek(files.front()));
        return head.root == "Sanctions" && !head.children.empty() && head.children.front() == "DateOfIssue";
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options,
                     model::StatementSink& sink) const override {
        record::XmlNames names(ofac::advanced::tag_names);
        const std::vector<record::XmlName> containers{
            name_of(Tag::sanctions),        name_of(Tag::locations),             name_of(Tag::id_reg_documents),
            name_of(Tag::distinct_parties), name_of(Tag::profile_relationships), name_of(Tag::sanctions_entries),
            name_of(Tag::sanctions_entry_links)};
        ofac::advanced::Reader reader(options, names, sink);
        read_rooted_xml(files.front(), names, containers, "OFAC's ADVANCED XML", sink, options.progress,
                        [&](const record::XmlRecord& record) { reader.read(record); });
        return reader.finish();
    }
};

}  // namespace

const Adapter& ofac_advanced_xml() {
    static const OfacAdvancedXml adapter;
    return adapter;
}

}  // namespace liaison::adapter
