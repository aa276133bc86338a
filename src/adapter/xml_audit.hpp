#pragma once
// Reports the elements and attributes that an adapter does not know: silence would be a loss. Private to adapter.

#include "liaison/model/entity.hpp"
#include "liaison/record/xml.hpp"

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

}  // namespace liaison::adapter
