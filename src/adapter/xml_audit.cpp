#include "adapter/xml_audit.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>

namespace liaison::adapter {
namespace {

std::string excerpt(std::string_view text) { return std::string(base::truncate_utf8(text, 200)); }

}  // namespace

void XmlAudit::check(const record::XmlRecord& record, std::string_view record_id) {
    if (m_names.size() == m_known) {
        return;
    }
    for (std::size_t i = 0; i < record.size(); ++i) {
        const record::XmlElement element = record.element(i);
        if (!m_names.is_known(element.name())) {
            m_sink.issue({"unknown-element", fmt::format("element <{}> is not known and was not read", element.name_text()),
                          element.position(), std::string(record_id), excerpt(element.text())});
        }
        for (const record::XmlAttribute& attribute : element.attributes()) {
            if (!m_names.is_known(attribute.name)) {
                m_sink.issue({"unknown-attribute",
                              fmt::format("attribute {} of <{}> is not known and was not read", m_names.text(attribute.name),
                                          element.name_text()),
                              element.position(), std::string(record_id), excerpt(attribute.value)});
            }
        }
    }
}

void XmlAudit::misplaced(const record::XmlElement& element, std::string_view record_id) {
    if (m_names.is_known(element.name())) {  // others are reported by check()
        m_sink.issue({"misplaced-element", fmt::format("element <{}> is not expected here and was not read", element.name_text()),
                      element.position(), std::string(record_id), excerpt(element.text())});
    }
}

void read_rooted_xml(const record::SourceFile& file, record::XmlNames& names,
                     std::span<const record::XmlName> containers, std::string_view what, model::StatementSink& sink,
                     base::Progress* progress, const std::function<void(const record::XmlRecord&)>& record) {
    bool rooted = false;
    const auto check_root = [&](const record::XmlRecord& first) {
        if (!rooted && first.root().name() != containers.front()) {
            throw base::InputError(fmt::format("{}: the document element is <{}>, not <{}>", file.name,
                                               first.root().name_text(), names.text(containers.front())),
                                   fmt::format("this is not {}; check which file it is", what));
        }
        rooted = true;
    };
    record::XmlHandlers handlers;
    handlers.container = check_root;
    handlers.record = [&](const record::XmlRecord& one) {
        check_root(one);
        record(one);
    };
    handlers.stray_text = [&](std::string_view text, const base::Position& position) {
        sink.issue({"stray-text", "text stands where no record is", position, {}, excerpt(text)});
    };
    record::read_xml(file, names, containers, handlers, progress);
}

}  // namespace liaison::adapter
