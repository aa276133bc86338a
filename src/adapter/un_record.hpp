#pragma once
// One record of the UN list to entities and issues. Private to adapter; un_xml.cpp reads the file.

#include "liaison/adapter/adapter.hpp"
#include "liaison/record/xml.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::un {

/// Element names, in the order of `tag_names`.
enum class Tag : record::XmlName {
    consolidated_list, individuals, entities, individual, entity, date_generated,
    data_id, version, first_name, second_name, third_name, fourth_name, un_list_type, reference_number, listed_on,
    submitted_on, submitted_by, delisted_on, gender, name_original_script, comments, nationality2, title, designation,
    nationality, list_type, last_day_updated, value, sort_key, sort_key_last_mod,
    individual_alias, entity_alias, quality, alias_name, date_of_birth, city_of_birth, country_of_birth, note,
    individual_address, entity_address, street, city, state_province, zip_code, country,
    individual_date_of_birth, type_of_date, date, year, from_year, to_year,
    individual_place_of_birth,
    individual_document, type_of_document, type_of_document2, number, issuing_country, date_of_issue, city_of_issue,
    country_of_issue, schema_location,
};
inline constexpr std::array<std::string_view, 61> tag_names{
    "CONSOLIDATED_LIST", "INDIVIDUALS", "ENTITIES", "INDIVIDUAL", "ENTITY", "dateGenerated",
    "DATAID", "VERSIONNUM", "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON",
    "SUBMITTED_ON", "SUBMITTED_BY", "DELISTED_ON", "GENDER", "NAME_ORIGINAL_SCRIPT", "COMMENTS1", "NATIONALITY2", "TITLE", "DESIGNATION",
    "NATIONALITY", "LIST_TYPE", "LAST_DAY_UPDATED", "VALUE", "SORT_KEY", "SORT_KEY_LAST_MOD",
    "INDIVIDUAL_ALIAS", "ENTITY_ALIAS", "QUALITY", "ALIAS_NAME", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NOTE",
    "INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS", "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY",
    "INDIVIDUAL_DATE_OF_BIRTH", "TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR",
    "INDIVIDUAL_PLACE_OF_BIRTH",
    "INDIVIDUAL_DOCUMENT", "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "DATE_OF_ISSUE", "CITY_OF_ISSUE",
    "COUNTRY_OF_ISSUE", "noNamespaceSchemaLocation",
};
[[nodiscard]] constexpr record::XmlName name_of(Tag tag) { return static_cast<record::XmlName>(tag); }

class RecordReader {
public:
    RecordReader(const record::XmlNames& names, model::StatementSink& sink) : m_names(names), m_sink(sink) {}
    void read(const record::XmlRecord& record);
    /// Stubs and issues for references that are not on the list.
    void finish();
    [[nodiscard]] const std::map<std::string, std::uint64_t>& counts() const { return m_counts; }

private:
    struct Missing {
        std::string name;
        base::Position position;
    };

    void names(model::Entity& entity, const record::XmlElement& root, std::string_view reference);
    void alias(model::Entity& entity, const record::XmlElement& element);
    static void stated_facts(model::Entity& entity, std::string_view comments);
    void birth_date(model::Entity& person, const record::XmlElement& element);
    void birth_place(model::Entity& person, const record::XmlElement& element);
    void address(model::Entity& entity, const record::XmlElement& element);
    void document(model::Entity& person, const record::XmlElement& element);
    void listing(const model::Entity& entity, const record::XmlElement& root, std::string_view reference);
    void relations(const model::Entity& entity, const record::XmlElement& root, std::string_view reference);
    void countries(model::Entity& entity, model::Property property, std::string_view text, std::string_view label, const base::Position& position);
    void date(model::Entity& entity, model::Property property, std::string_view text, const base::Position& position);
    void issue(std::string_view reason, std::string message, const base::Position& position, std::string_view excerpt);

    const record::XmlNames& m_names;
    model::StatementSink& m_sink;
    std::string m_reference;                                       ///< of the record being read
    std::set<std::string, std::less<>> m_known;
    std::vector<std::pair<std::string, std::string>> m_pairs;      ///< reference of the record, reference it names
    std::map<std::string, Missing> m_named;                        ///< what the text calls a referenced party, first time
    std::map<std::string, base::Position> m_positions;             ///< of the records that name others
    std::map<std::string, std::uint64_t> m_counts;
};

}  // namespace liaison::adapter::un
