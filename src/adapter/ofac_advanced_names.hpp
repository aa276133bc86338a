#pragma once
// Element and attribute names of OFAC ADVANCED XML (sdn_advanced.xsd, versions of 2016 and 2024). Private to adapter.

#include "liaison/record/xml.hpp"

#include <array>
#include <string_view>

namespace liaison::adapter::ofac::advanced {

enum class Tag : record::XmlName {
    // containers and records
    sanctions, locations, id_reg_documents, distinct_parties, profile_relationships, sanctions_entries,
    sanctions_entry_links, date_of_issue, reference_value_sets, location, id_reg_document, distinct_party,
    profile_relationship, sanctions_entry,
    // inside records
    year, month, day, comment, profile, identity, alias, documented_name, documented_name_part, name_part_value,
    name_part_groups, master_name_part_group, name_part_group, feature, feature_version, version_detail,
    version_location, identity_reference, date_period, start, end, from, to, location_area_code, location_country,
    location_part, location_part_value, value, feature_version_reference, id_reg_document_reference,
    id_registration_no, issuing_authority, document_date, documented_name_reference, entry_event, date,
    sanctions_measure,
    // kinds of reference value that are looked up
    alias_type, area_code, country, detail_reference, detail_type, entry_event_type, feature_type,
    id_reg_doc_date_type, id_reg_doc_type, legal_basis, list, loc_part_type, name_part_type, party_sub_type, party_type,
    relation_quality, relation_type, reliability, sanctions_type, script, validity,
    // attributes that are read
    id, profile_id, party_sub_type_id, identity_id, alias_type_id, low_quality, name_part_group_id, script_id,
    name_part_type_id, feature_type_id, reliability_id, detail_type_id, detail_reference_id, location_id, approximate,
    area_code_id, country_id, loc_part_type_id, primary, id_reg_doc_type_id, issued_by_country_id, issued_in_location_id,
    validity_id, id_reg_doc_date_type_id, from_profile_id, to_profile_id, relation_type_id, relation_quality_id, former,
    list_id, entry_event_type_id, legal_basis_id, sanctions_type_id, iso2, description, party_type_id, is_false,
    // known, and saying nothing that is not said elsewhere: cross references, calendars, flags of the exporter
    fixed_ref, calendar_type_id, year_fixed, month_fixed, day_fixed, doc_name_status_id, script_status_id, acronym,
    loc_part_value_type_id, loc_part_value_status_id, country_relevance_id, feature_version_id, id_reg_document_id,
    documented_name_id, identity_feature_link_type_id, sanctions_entry_id, version, schema_location, area_code_type_id,
    feature_type_group_id, legal_basis_short_ref, legal_basis_type_id, sanctions_program_id, organisation_id,
    symmetrical, subsidiary_body_id, script_code, notional, decision_making_body_id,
    alias_type_values, area_code_values, area_code_type_values, calendar_type_values, country_values,
    country_relevance_values, decision_making_body_values, detail_reference_values, detail_type_values,
    doc_name_status_values, entry_event_type_values, entry_link_type_values, ex_ref_type_values, feature_type_values,
    feature_type_group_values, id_reg_doc_date_type_values, id_reg_doc_type_values, identity_feature_link_type_values,
    legal_basis_values, legal_basis_type_values, list_values, loc_part_type_values, loc_part_value_status_values,
    loc_part_value_type_values, name_part_type_values, organisation_values, party_sub_type_values, party_type_values,
    relation_quality_values, relation_type_values, reliability_values, sanctions_program_values,
    sanctions_type_values, script_values, script_status_values, subsidiary_body_values, sup_info_type_values,
    target_type_values, validity_values,
    area_code_type, calendar_type, country_relevance, decision_making_body, doc_name_status, entry_link_type,
    ex_ref_type, feature_type_group, identity_feature_link_type, legal_basis_type, loc_part_value_status,
    loc_part_value_type, organisation, sanctions_program, script_status, subsidiary_body, sup_info_type, target_type,
    count
};

/// In the order of Tag; a test checks that they spell alike.
inline constexpr std::array<std::string_view, static_cast<std::size_t>(Tag::count)> tag_names{
    "Sanctions", "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships", "SanctionsEntries",
    "SanctionsEntryLinks", "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty",
    "ProfileRelationship", "SanctionsEntry",
    "Year", "Month", "Day", "Comment", "Profile", "Identity", "Alias", "DocumentedName", "DocumentedNamePart",
    "NamePartValue", "NamePartGroups", "MasterNamePartGroup", "NamePartGroup", "Feature", "FeatureVersion",
    "VersionDetail", "VersionLocation", "IdentityReference", "DatePeriod", "Start", "End", "From", "To",
    "LocationAreaCode", "LocationCountry", "LocationPart", "LocationPartValue", "Value", "FeatureVersionReference",
    "IDRegDocumentReference", "IDRegistrationNo", "IssuingAuthority", "DocumentDate", "DocumentedNameReference",
    "EntryEvent", "Date", "SanctionsMeasure",
    "AliasType", "AreaCode", "Country", "DetailReference", "DetailType", "EntryEventType", "FeatureType",
    "IDRegDocDateType", "IDRegDocType", "LegalBasis", "List", "LocPartType", "NamePartType", "PartySubType", "PartyType",
    "RelationQuality", "RelationType", "Reliability", "SanctionsType", "Script", "Validity",
    "ID", "ProfileID", "PartySubTypeID", "IdentityID", "AliasTypeID", "LowQuality", "NamePartGroupID", "ScriptID",
    "NamePartTypeID", "FeatureTypeID", "ReliabilityID", "DetailTypeID", "DetailReferenceID", "LocationID", "Approximate",
    "AreaCodeID", "CountryID", "LocPartTypeID", "Primary", "IDRegDocTypeID", "IssuedBy-CountryID",
    "IssuedIn-LocationID", "ValidityID", "IDRegDocDateTypeID", "From-ProfileID", "To-ProfileID", "RelationTypeID",
    "RelationQualityID", "Former", "ListID", "EntryEventTypeID", "LegalBasisID", "SanctionsTypeID", "ISO2",
    "Description", "PartyTypeID", "False",
    "FixedRef", "CalendarTypeID", "YearFixed", "MonthFixed", "DayFixed", "DocNameStatusID", "ScriptStatusID", "Acronym",
    "LocPartValueTypeID", "LocPartValueStatusID", "CountryRelevanceID", "FeatureVersionID", "IDRegDocumentID",
    "DocumentedNameID", "IdentityFeatureLinkTypeID", "SanctionsEntryID", "Version", "schemaLocation", "AreaCodeTypeID",
    "FeatureTypeGroupID", "LegalBasisShortRef", "LegalBasisTypeID", "SanctionsProgramID", "OrganisationID",
    "Symmetrical", "SubsidiaryBodyID", "ScriptCode", "Notional", "DecisionMakingBodyID",
    "AliasTypeValues", "AreaCodeValues", "AreaCodeTypeValues", "CalendarTypeValues", "CountryValues",
    "CountryRelevanceValues", "DecisionMakingBodyValues", "DetailReferenceValues", "DetailTypeValues",
    "DocNameStatusValues", "EntryEventTypeValues", "EntryLinkTypeValues", "ExRefTypeValues", "FeatureTypeValues",
    "FeatureTypeGroupValues", "IDRegDocDateTypeValues", "IDRegDocTypeValues", "IdentityFeatureLinkTypeValues",
    "LegalBasisValues", "LegalBasisTypeValues", "ListValues", "LocPartTypeValues", "LocPartValueStatusValues",
    "LocPartValueTypeValues", "NamePartTypeValues", "OrganisationValues", "PartySubTypeValues", "PartyTypeValues",
    "RelationQualityValues", "RelationTypeValues", "ReliabilityValues", "SanctionsProgramValues",
    "SanctionsTypeValues", "ScriptValues", "ScriptStatusValues", "SubsidiaryBodyValues", "SupInfoTypeValues",
    "TargetTypeValues", "ValidityValues",
    "AreaCodeType", "CalendarType", "CountryRelevance", "DecisionMakingBody", "DocNameStatus", "EntryLinkType",
    "ExRefType", "FeatureTypeGroup", "IdentityFeatureLinkType", "LegalBasisType", "LocPartValueStatus",
    "LocPartValueType", "Organisation", "SanctionsProgram", "ScriptStatus", "SubsidiaryBody", "SupInfoType", "TargetType"};

[[nodiscard]] constexpr record::XmlName name_of(Tag tag) { return static_cast<record::XmlName>(tag); }

}  // namespace liaison::adapter::ofac::advanced
