#pragma once
// Reports the elements and attributes that an adapter does not know: silence would be a loss. Private to adapter.

#include "liaison/model/entity.hpp"
#include "liaison/record/xml.hpp"

#include <functional>
#include <span>
#include <string_view>

namespace liaison::adapter {

class XmlAudit {
public:
    XmlAudit(const record::XmlNames& names, model::StatementSink& sink) : m_names(names), m_sink(sink), m_known(names.size()) {}
    /// One issue for each element or attribute of a name that was not among those given to XmlNames at first. Costs
    /// nothing as long as the file holds none.
    void check(const record::XmlRecord& record, std::string_view record_id);
    /// An element of a known name where it is not expected.
    void misplaced(const record::XmlElement& element, std::string_view record_id);

private:
    const record::XmlNames& m_names;
    model::StatementSink& m_sink;
    std::size_t m_known;
};

/// Reads one XML document whose document element must be the first of `containers`; `what` names the format in messages
/// ("OFAC's ADVANCED XML"). Text outside records becomes an issue. Throws as record::read_xml does, and InputError when
/// the document element is another one.
void read_rooted_xml(const record::SourceFile& file, record::XmlNames& names,
                     std::span<const record::XmlName> containers, std::string_view what, model::StatementSink& sink,
                     base::Progress* progress, const std::function<void(const record::XmlRecord&)>& record);

}  // namespace liaison::adapter
