#pragma once
// One sanctionEntity of the EU's FSF export to entities and issues. Private to adapter; eu_fsf.cpp reads the file.

#include "liaison/adapter/adapter.hpp"
#include "liaison/record/xml.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace liaison::adapter::eu {

/// Element and attribute names, in the order of `tag_names`.
enum class Tag : record::XmlName {
    export_root, generation_date, global_file_id, sanction_entity, remark, additional_information, logical_id,
    regulation, publication_url, corrigendum, regulation_type, organisation_type, publication_date, entry_into_force_date,
    number_title, programme, subject_type, code, classification_code, name_alias, citizenship, birthdate, address,
    identification, delisting_date, designation_date, designation_details, united_nation_id, eu_reference_number,
    regulation_summary, regulation_language, first_name, middle_name, last_name, whole_name, function, gender, title,
    name_language, strong, acquisition_date, disenfranchisement_date, region, country_iso2, country_description, circa,
    calendar_type, city, zip_code, day_of_month, month_of_year, year, year_range_from, year_range_to, place, contact_info,
    street, po_box, as_at_listing_time, diplomatic, known_expired, known_false, reported_lost, revoked_by_issuer, issue_date,
    issued_by, latin_number, name_on_document, number, valid_from, valid_to, identification_type_code,
    identification_type_description, key, value, schema_location,
};
inline constexpr std::array<std::string_view, 76> tag_names{
    "export", "generationDate", "globalFileId", "sanctionEntity", "remark", "additionalInformation", "logicalId",
    "regulation", "publicationUrl", "corrigendum", "regulationType", "organisationType", "publicationDate", "entryIntoForceDate",
    "numberTitle", "programme", "subjectType", "code", "classificationCode", "nameAlias", "citizenship", "birthdate", "address",
    "identification", "delistingDate", "designationDate", "designationDetails", "unitedNationId", "euReferenceNumber",
    "regulationSummary", "regulationLanguage", "firstName", "middleName", "lastName", "wholeName", "function", "gender", "title",
    "nameLanguage", "strong", "acquisitionDate", "disenfranchisementDate", "region", "countryIso2Code", "countryDescription", "circa",
    "calendarType", "city", "zipCode", "dayOfMonth", "monthOfYear", "year", "yearRangeFrom", "yearRangeTo", "place", "contactInfo",
    "street", "poBox", "asAtListingTime", "diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer", "issueDate",
    "issuedBy", "latinNumber", "nameOnDocument", "number", "validFrom", "validTo", "identificationTypeCode",
    "identificationTypeDescription", "key", "value", "schemaLocation",
};
[[nodiscard]] constexpr record::XmlName name_of(Tag tag) { return static_cast<record::XmlName>(tag); }

class RecordReader {
public:
    RecordReader(const ReadOptions& options, model::StatementSink& sink) : m_options(options), m_sink(sink) {}
    void read(const record::XmlElement& root);
    [[nodiscard]] const std::map<std::string, std::uint64_t>& counts() const { return m_counts; }

private:
    struct Country {
        std::string code;
        std::string text;
    };

    void name_alias(model::Entity& entity, const record::XmlElement& element);
    void citizenship(model::Entity& entity, const record::XmlElement& element);
    void birthdate(model::Entity& entity, const record::XmlElement& element);
    void address(model::Entity& entity, const record::XmlElement& element);
    void identification(model::Entity& entity, const record::XmlElement& element);
    void listing(const model::Entity& entity, const record::XmlElement& root, const record::XmlElement& regulation);
    void remarks(model::Entity& entity, const record::XmlElement& element, std::string_view about);
    void date(model::Entity& entity, model::Property property, std::string_view text, const base::Position& position);
    [[nodiscard]] Country country_of(const record::XmlElement& element);
    void issue(std::string_view reason, std::string message, const base::Position& position, std::string_view excerpt);

    const ReadOptions& m_options;
    model::StatementSink& m_sink;
    std::string m_record;
    std::set<std::string> m_known;
    std::map<std::string, std::uint64_t> m_counts;
};

}  // namespace liaison::adapter::eu
