// The consolidated list of the UN Security Council, XML, all editions from 2018 on.

#include "adapter/adapters.hpp"
#include "adapter/un_record.hpp"
#include "adapter/xml_audit.hpp"
#include "liaison/base/error.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <vector>

namespace liaison::adapter {
namespace {

using un::name_of;
using un::Tag;

class UnXml final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "un_xml"; }

    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        return files.size() == 1 && record::xml_head(record::peek(files.front())).root == "CONSOLIDATED_LIST";
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink) const override {
        record::XmlNames names(un::tag_names);
        const std::vector<record::XmlName> containers{name_of(Tag::consolidated_list), name_of(Tag::individuals), name_of(Tag::entities)};
        un::RecordReader reader(names, sink);
        XmlAudit audit(names, sink);
        ReadSummary summary;
        bool rooted = false;
        record::XmlHandlers handlers;
        handlers.record = [&](const record::XmlRecord& record) {
            if (!rooted) {
                throw base::InputError(fmt::format("{}: the document element is <{}>, not <CONSOLIDATED_LIST>", files.front().name,
                                                   record.root().name_text()),
                                       "this is not the UN consolidated list; check which file it is");
            }
            reader.read(record);
            audit.check(record, record.root().child_text(name_of(Tag::reference_number)));
        };
        handlers.container = [&](const record::XmlRecord& record) {
            rooted = true;
            const auto generated = model::parse_date(record.root().attribute(name_of(Tag::date_generated)));
            if (generated) {
                summary.publication_date = model::to_string(generated->from);
            }
        };
        handlers.stray_text = [&](std::string_view text, const base::Position& position) {
            sink.issue({"stray-text", "text stands where no record is", position, {}, std::string(text.substr(0, 80))});
        };
        record::read_xml(files.front(), names, containers, handlers, options.progress);
        reader.finish();
        summary.records = reader.counts();
        return summary;
    }
};

}  // namespace

const Adapter& un_xml() {
    static const UnXml adapter;
    return adapter;
}

}  // namespace liaison::adapter
