#include "adapter/xml_audit.hpp"

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

}  // namespace liaison::adapter
