// The EU's consolidated list of persons, groups and entities subject to financial sanctions: FSF export, XML 1.1.
//
// Ids are `<feed>-<euReferenceNumber>` ("eu_fsf-EU.36.64"), and `<feed>-<logicalId>` where a record has no number.

#include "adapter/adapters.hpp"
#include "adapter/eu_fsf_record.hpp"
#include "adapter/xml_audit.hpp"
#include "liaison/base/error.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <vector>

namespace liaison::adapter {
namespace {

using eu::name_of;
using eu::Tag;

class EuFsfXml final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "eu_fsf_xml"; }

    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        if (files.size() != 1) {
            return false;
        }
        const record::XmlHead head = record::xml_head(record::peek(files.front()));
        return head.root == "export" && head.name_space.find("fsd/export") != std::string::npos;
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink) const override {
        record::XmlNames names(eu::tag_names);
        const std::vector<record::XmlName> containers{name_of(Tag::export_root)};
        eu::RecordReader reader(options, sink);
        XmlAudit audit(names, sink);
        ReadSummary summary;
        bool rooted = false;
        record::XmlHandlers handlers;
        handlers.record = [&](const record::XmlRecord& record) {
            if (!rooted) {
                throw base::InputError(fmt::format("{}: the document element is <{}>, not <export>", files.front().name, record.root().name_text()),
                                       "this is not the EU's FSF export; check which file it is");
            }
            if (record.root().name() != name_of(Tag::sanction_entity)) {
                audit.misplaced(record.root(), {});
                audit.check(record, {});
                return;
            }
            reader.read(record.root());
            audit.check(record, record.root().attribute(name_of(Tag::eu_reference_number)));
        };
        handlers.container = [&](const record::XmlRecord& record) {
            rooted = true;
            if (const auto date = model::parse_date(record.root().attribute(name_of(Tag::generation_date)))) {
                summary.publication_date = model::to_string(date->from);
            }
        };
        handlers.stray_text = [&](std::string_view text, const base::Position& position) {
            sink.issue({"stray-text", "text stands where no record is", position, {}, std::string(text.substr(0, 80))});
        };
        record::read_xml(files.front(), names, containers, handlers, options.progress);
        summary.records = reader.counts();
        return summary;
    }
};

}  // namespace

const Adapter& eu_fsf_xml() {
    static const EuFsfXml adapter;
    return adapter;
}

}  // namespace liaison::adapter
