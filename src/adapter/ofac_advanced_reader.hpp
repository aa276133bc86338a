#pragma once
// ADVANCED XML, record by record. Private to adapter.
//
// The file gives addresses and documents before the parties they belong to, and listings and relationships after them.
// Locations and documents are therefore kept until their party comes; parties are given to the sink as they come, and
// listings and relationships are entities of their own that name them.

#include "adapter/ofac_advanced_references.hpp"
#include "adapter/xml_audit.hpp"

#include <unordered_map>
#include <vector>

namespace liaison::adapter::ofac::advanced {

class Reader {
public:
    Reader(const ReadOptions& options, const record::XmlNames& names, model::StatementSink& sink);
    void read(const record::XmlRecord& record);
    /// Documents that no party claimed become issues. Call once, at the end.
    [[nodiscard]] ReadSummary finish();

private:
    struct Place {
        PostalAddress address;
        bool country_only = false;
    };

    void read_date_of_issue(const record::XmlElement& element);
    void read_location(const record::XmlElement& element);
    void read_document(const record::XmlElement& element);
    void read_party(const record::XmlElement& element);
    void read_identity(const record::XmlElement& element, Party& party);
    void read_alias(const record::XmlElement& element, Party& party,
                    const std::vector<std::pair<std::string_view, PartKind>>& groups, bool is_false);
    void read_feature(const record::XmlElement& element, Party& party);
    void read_feature_version(const record::XmlElement& element, const Reference* type, std::string_view type_id,
                              Party& party);
    void read_relationship(const record::XmlElement& element);
    void read_entry(const record::XmlElement& element);
    [[nodiscard]] PartyKind read_kind(const record::XmlElement& profile, std::string_view uid);
    /// Of a DatePeriod or of a plain date (Year, Month, Day); empty when there is none. An impossible one is reported and
    /// keeps its text in `original`.
    [[nodiscard]] DateValue read_period(const record::XmlElement& period, std::string_view uid);
    [[nodiscard]] DateValue read_point(const record::XmlElement& point, std::string_view uid);
    void impossible_date(const record::XmlElement& where, std::string_view text, std::string_view uid);

    Emitter m_emitter;
    XmlAudit m_audit;
    References m_references;
    std::unordered_map<std::string, Place> m_places;
    std::unordered_map<std::string, std::vector<IdDocument>> m_documents;  ///< by IdentityID
    ReadSummary m_summary;
};

}  // namespace liaison::adapter::ofac::advanced
