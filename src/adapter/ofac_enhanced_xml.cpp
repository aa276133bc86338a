// OFAC ENHANCED XML: texts inline, each relationship on one of its ends.

#include "adapter/adapters.hpp"
#include "adapter/ofac_dates.hpp"
#include "adapter/ofac_emitter.hpp"
#include "adapter/xml_audit.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace liaison::adapter {
namespace {

using namespace ofac;
using record::XmlElement;

enum class Tag : record::XmlName {
    // containers and records
    sanctions_data, entities, entity, publication_info, reference_values, feature_types,
    // read
    data_as_of, general_info, entity_type, living_status, remarks, title, is_us_citizen, is_us_person, sanctions_lists,
    sanctions_list, sanctions_programs, sanctions_program, sanctions_types, sanctions_type, legal_authorities,
    legal_authority, names, name, is_primary, alias_type, is_low_quality, translations, translation, script,
    formatted_full_name, name_parts, name_part, type, value, addresses, address, country, address_parts, address_part,
    features, feature, value_date, reliability, comments, identity_documents, identity_document, document_number,
    is_valid, issuing_authority, issuing_location, issuing_country, issue_date, expiration_date, id_features, id_feature,
    relationships, relationship, related_entity, quality, date_range, from_date_begin, from_date_end, to_date_begin,
    to_date_end, is_approximate, id, date_published, entity_id,
    // known, and saying nothing that is not said elsewhere
    identity_id, formatted_first_name, formatted_last_name, version_id, value_ref_id, is_date_range, filters,
    reference_value, code, iso_code, advanced_xml_offset, feature_type, detail_type, publish_exclude,
    publish_description, publish_order, ref_id, feature_type_id, name_id, name_translation_id, feature_version_id,
    schema_location, count
};
constexpr std::array<std::string_view, static_cast<std::size_t>(Tag::count)> tag_names{
    "sanctionsData", "entities", "entity", "publicationInfo", "referenceValues", "featureTypes",
    "dataAsOf", "generalInfo", "entityType", "livingStatus", "remarks", "title", "isUsCitizen", "isUsPerson",
    "sanctionsLists", "sanctionsList", "sanctionsPrograms", "sanctionsProgram", "sanctionsTypes", "sanctionsType",
    "legalAuthorities", "legalAuthority", "names", "name", "isPrimary", "aliasType", "isLowQuality", "translations",
    "translation", "script", "formattedFullName", "nameParts", "namePart", "type", "value", "addresses", "address",
    "country", "addressParts", "addressPart", "features", "feature", "valueDate", "reliability", "comments",
    "identityDocuments", "identityDocument", "documentNumber", "isValid", "issuingAuthority", "issuingLocation",
    "issuingCountry", "issueDate", "expirationDate", "idFeatures", "idFeature", "relationships", "relationship",
    "relatedEntity", "quality", "dateRange", "fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd", "isApproximate",
    "id", "datePublished", "entityId",
    "identityId", "formattedFirstName", "formattedLastName", "versionId", "valueRefId", "isDateRange", "filters",
    "referenceValue", "code", "isoCode", "advancedXmlOffset", "featureType", "detailType", "publishExclude",
    "publishDescription", "publishOrder", "refId", "featureTypeId", "nameId", "nameTranslationId", "featureVersionId",
    "schemaLocation"};

constexpr record::XmlName name_of(Tag tag) { return static_cast<record::XmlName>(tag); }
Tag tag_of(const XmlElement& element) { return static_cast<Tag>(element.name()); }
XmlElement child(const XmlElement& element, Tag tag) { return element.child(name_of(tag)); }
std::string_view text_of(const XmlElement& element, Tag tag) { return child(element, tag).text(); }

void append(std::string& text, std::string_view part) {
    if (!part.empty()) {
        text += (text.empty() ? "" : "; ") + std::string(part);
    }
}

class Reader {
public:
    Reader(const ReadOptions& options, const record::XmlNames& names, model::StatementSink& sink)
        : m_emitter(options, sink), m_audit(names, sink) {}

    void read(const record::XmlRecord& record) {
        const XmlElement root = record.root();
        switch (tag_of(root)) {
            case Tag::publication_info: read_information(root); break;
            case Tag::entity: read_entity(root); break;
            case Tag::reference_values:
            case Tag::feature_types: break;  // every text is repeated where it is used
            default: m_audit.misplaced(root, {}); break;
        }
        m_audit.check(record, root.attribute(name_of(Tag::id)));
    }

    [[nodiscard]] ReadSummary finish() {
        // A relationship may name an entity that comes after it.
        for (const Relationship& relationship : m_relationships) {
            m_emitter.relationship(relationship);
        }
        m_emitter.finish();
        return m_summary;
    }

private:
    void read_information(const XmlElement& element) {
        const std::string_view text = text_of(element, Tag::data_as_of);
        const std::string_view day = text.substr(0, 10);
        if (const auto date = read_date_span(day, day, false)) {
            m_summary.publication_date = date->edtf;
        } else {
            m_emitter.issue("impossible-date", fmt::format("publication date \"{}\" is no date", text), element.position(), {}, text);
        }
    }

    void read_entity(const XmlElement& element);
    void read_general(const XmlElement& element, Party& party);
    void read_name(const XmlElement& element, Party& party);
    void read_address(const XmlElement& element, Party& party);
    void read_feature(const XmlElement& element, Party& party);
    void read_document(const XmlElement& element, Party& party);
    void read_relationship(const XmlElement& element, const Party& party);
    void read_listings(const XmlElement& element, const Party& party);
    [[nodiscard]] DateValue read_date(const XmlElement& element, std::string_view original, std::string_view uid);
    void unknown_country(const XmlElement& element, std::string_view uid);

    Emitter m_emitter;
    XmlAudit m_audit;
    std::vector<Relationship> m_relationships;
    ReadSummary m_summary;
};

DateValue Reader::read_date(const XmlElement& element, std::string_view original, std::string_view uid) {
    if (!element) {
        return {};
    }
    const auto first_of = [&](Tag one, Tag other) {
        const std::string_view text = text_of(element, one);
        return text.empty() ? text_of(element, other) : text;
    };
    const std::string_view first = first_of(Tag::from_date_begin, Tag::from_date_end);
    const std::string_view last = first_of(Tag::to_date_end, Tag::to_date_begin);
    auto date = read_date_span(first.empty() ? last : first, last.empty() ? first : last,
                               text_of(element, Tag::is_approximate) == "true");
    if (!date) {
        m_emitter.issue("impossible-date", fmt::format("\"{}\" to \"{}\" is no date", first, last), element.position(), uid, original);
        return {};
    }
    date->original = original;
    return *date;
}

void Reader::unknown_country(const XmlElement& element, std::string_view uid) {
    m_emitter.issue("unknown-country", fmt::format("\"{}\" is no country that is known; kept as a note", element.text()),
                    element.position(), uid, element.text());
}

void Reader::read_general(const XmlElement& element, Party& party) {
    const std::string_view type = text_of(element, Tag::entity_type);
    if (type == "Individual") {
        party.kind = PartyKind::individual;
    } else if (type == "Vessel") {
        party.kind = PartyKind::vessel;
    } else if (type == "Aircraft") {
        party.kind = PartyKind::aircraft;
    } else if (type != "Entity") {
        m_emitter.issue("unknown-party-type",
                        fmt::format("party {} is of type \"{}\", which is not known; taken for an organisation", party.uid, type),
                        element.position(), party.uid, type);
    }
    for (const XmlElement part : element.children()) {
        if (part.text().empty()) {
            continue;
        }
        switch (tag_of(part)) {
            case Tag::identity_id:
            case Tag::entity_type: break;
            case Tag::remarks: party.notes.emplace_back(part.text()); break;
            case Tag::title: party.titles.emplace_back(part.text()); break;
            case Tag::living_status: party.notes.push_back("Living status: " + std::string(part.text())); break;
            case Tag::is_us_citizen: party.notes.push_back("US citizen: " + std::string(part.text())); break;
            case Tag::is_us_person: party.notes.push_back("US person: " + std::string(part.text())); break;
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
}

void Reader::read_name(const XmlElement& element, Party& party) {
    AliasKind kind = AliasKind::name;
    if (const XmlElement type = child(element, Tag::alias_type)) {
        const auto found = find_alias_kind(type.text());
        if (!found) {
            m_emitter.issue("unknown-alias-type", fmt::format("alias type \"{}\" is not known; taken for an alias", type.text()),
                            type.position(), party.uid, type.text());
        }
        kind = found.value_or(AliasKind::aka);
    } else if (text_of(element, Tag::is_primary) != "true") {
        kind = AliasKind::aka;
    }
    const bool weak = text_of(element, Tag::is_low_quality) == "true";
    ++m_summary.records[weak ? "name (low quality)" : "name"];
    for (const XmlElement translation : child(element, Tag::translations).children()) {
        Name name;
        name.kind = kind;
        name.weak = weak;
        const std::string_view script = text_of(translation, Tag::script);
        const auto lang = script_language(script);
        if (!lang && !script.empty()) {
            m_emitter.issue("unknown-script", fmt::format("script \"{}\" is not known", script), translation.position(), party.uid, script);
        }
        name.lang = lang.value_or(std::string_view());
        for (const XmlElement part : child(translation, Tag::name_parts).children()) {
            const std::string_view label = text_of(part, Tag::type);
            const auto part_kind = find_part_kind(label);
            if (!part_kind) {
                m_emitter.issue("unknown-name-part", fmt::format("name part \"{}\" is not known", label), part.position(), party.uid, label);
            }
            name.parts.push_back({part_kind.value_or(PartKind::whole), std::string(text_of(part, Tag::value))});
        }
        if (name.parts.empty()) {
            name.parts.push_back({PartKind::whole, std::string(text_of(translation, Tag::formatted_full_name))});
        }
        party.names.push_back(std::move(name));
    }
}

void Reader::read_address(const XmlElement& element, Party& party) {
    PostalAddress address;
    if (const XmlElement country = child(element, Tag::country); country && !set_country(address, country.text())) {
        unknown_country(country, party.uid);
    }
    for (const XmlElement translation : child(element, Tag::translations).children()) {
        if (tag_of(translation) != Tag::translation) {
            continue;
        }
        const bool primary = text_of(translation, Tag::is_primary) != "false";
        for (const XmlElement part : child(translation, Tag::address_parts).children()) {
            const std::string_view type = text_of(part, Tag::type);
            const std::string_view text = text_of(part, Tag::value);
            std::string* target = type == "ADDRESS1"         ? &address.lines[0]
                                  : type == "ADDRESS2"       ? &address.lines[1]
                                  : type == "ADDRESS3"       ? &address.lines[2]
                                  : type == "CITY"           ? &address.city
                                  : type == "STATE/PROVINCE" ? &address.state
                                  : type == "POSTAL CODE"    ? &address.postal_code
                                  : type == "REGION"         ? &address.region
                                                             : nullptr;
            if (target == nullptr) {
                m_emitter.issue("unknown-address-part", fmt::format("address part \"{}\" is not known; kept in the remarks", type),
                                part.position(), party.uid, text);
            }
            if (target != nullptr && primary && target->empty()) {
                *target = text;
            } else {
                append(address.remarks, text);
            }
        }
    }
    party.addresses.push_back(std::move(address));
}

void Reader::read_feature(const XmlElement& element, Party& party) {
    Feature feature;
    feature.position = element.position();
    feature.label = text_of(element, Tag::type);
    feature.rule = find_label(feature.label);
    feature.value = text_of(element, Tag::value);
    feature.date = read_date(child(element, Tag::value_date), feature.value, party.uid);
    feature.note = text_of(element, Tag::comments);
    const std::string_view reliability = text_of(element, Tag::reliability);
    if (reliability != "Confirmed" && reliability != "Unknown") {
        append(feature.note, reliability);
    }
    ++m_summary.records["feature"];
    if (feature.rule != nullptr && feature.rule->document) {
        IdDocument document;
        document.rule = feature.rule;
        document.type = feature.label;
        document.number = feature.value;
        document.note = feature.note;
        document.position = feature.position;
        party.documents.push_back(std::move(document));
        return;
    }
    if (!feature.value.empty() || !feature.date.edtf.empty()) {
        party.features.push_back(std::move(feature));
    }
}

void Reader::read_document(const XmlElement& element, Party& party) {
    IdDocument document;
    document.position = element.position();
    document.type = text_of(element, Tag::type);
    document.rule = find_label(document.type);
    if (document.rule == nullptr || !document.rule->document) {
        m_emitter.issue("unknown-document-type",
                        fmt::format("document type \"{}\" is not known; kept as an identification", document.type),
                        document.position, party.uid, document.type);
        document.rule = find_label("Identification Number");
    }
    document.number = text_of(element, Tag::document_number);
    document.authority = text_of(element, Tag::issuing_authority);
    document.place = text_of(element, Tag::issuing_location);
    document.note = text_of(element, Tag::comments);
    document.fraudulent = text_of(element, Tag::is_valid) == "false";
    document.issued = read_date(child(element, Tag::issue_date), {}, party.uid);
    document.expires = read_date(child(element, Tag::expiration_date), {}, party.uid);
    if (const XmlElement country = child(element, Tag::issuing_country); !country.text().empty()) {
        const auto code = country_of(country.text());
        if (!code) {
            unknown_country(country, party.uid);
        }
        document.country_code = code.value_or(std::string());
        document.country_text = country.text();
    }
    for (const XmlElement feature : child(element, Tag::id_features).children()) {
        append(document.note, feature.text());
    }
    party.documents.push_back(std::move(document));
    ++m_summary.records["identityDocument"];
}

void Reader::read_relationship(const XmlElement& element, const Party& party) {
    Relationship relationship;
    relationship.position = element.position();
    relationship.record_id = element.attribute(name_of(Tag::id));
    relationship.type = text_of(element, Tag::type);
    relationship.from = party.uid;
    const XmlElement other = child(element, Tag::related_entity);
    relationship.to = other.attribute(name_of(Tag::entity_id));
    relationship.to_name = other.text();
    if (const std::string_view quality = text_of(element, Tag::quality); !quality.empty() && quality != "Unknown") {
        relationship.note = "Quality: " + std::string(quality);
    }
    append(relationship.note, text_of(element, Tag::comments));
    append(relationship.note, read_date(child(element, Tag::date_range), {}, party.uid).edtf);
    if (relationship.to.empty()) {
        m_emitter.issue("incomplete-relationship", "a relationship names only one party", relationship.position, party.uid,
                        relationship.type);
    } else {
        m_relationships.push_back(std::move(relationship));
    }
    ++m_summary.records["relationship"];
}

void Reader::read_listings(const XmlElement& element, const Party& party) {
    // Programmes, measures and legal authorities are said of the entity, not of each list: every listing gets them all.
    Listing common;
    common.uid = party.uid;
    const auto collect = [&](Tag group, std::vector<std::string>& texts) {
        for (const XmlElement item : child(element, group).children()) {
            if (!item.text().empty()) {
                texts.emplace_back(item.text());
            }
        }
    };
    collect(Tag::sanctions_programs, common.programs);
    collect(Tag::sanctions_types, common.measures);
    collect(Tag::legal_authorities, common.legal_bases);
    for (const XmlElement item : child(element, Tag::sanctions_lists).children()) {
        Listing listing = common;
        listing.position = item.position();
        listing.list = item.text();
        const std::string_view day = item.attribute(name_of(Tag::date_published));
        if (auto date = read_date_span(day, day, false)) {
            listing.listing_dates.push_back(std::move(*date));
        } else if (!day.empty()) {
            m_emitter.issue("impossible-date", fmt::format("\"{}\" is no date", day), item.position(), party.uid, day);
        }
        m_emitter.listing(listing);
        ++m_summary.records["sanctionsList"];
    }
}

void Reader::read_entity(const XmlElement& element) {
    Party party;
    party.position = element.position();
    party.uid = element.attribute(name_of(Tag::id));
    // First, because how names and values are read depends on the kind.
    read_general(child(element, Tag::general_info), party);
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::general_info:
            case Tag::sanctions_lists:
            case Tag::sanctions_programs:
            case Tag::sanctions_types:
            case Tag::legal_authorities: break;
            case Tag::names:
                for (const XmlElement name : part.children()) {
                    read_name(name, party);
                }
                break;
            case Tag::addresses:
                for (const XmlElement address : part.children()) {
                    read_address(address, party);
                }
                break;
            case Tag::features:
                for (const XmlElement feature : part.children()) {
                    read_feature(feature, party);
                }
                break;
            case Tag::identity_documents:
                for (const XmlElement document : part.children()) {
                    read_document(document, party);
                }
                break;
            case Tag::relationships:
                for (const XmlElement relationship : part.children()) {
                    read_relationship(relationship, party);
                }
                break;
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
    if (m_emitter.party(party)) {
        read_listings(element, party);
    }
    ++m_summary.records["entity"];
}

class OfacEnhancedXml final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "ofac_enhanced_xml"; }
    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        if (files.size() != 1) {
            return false;
        }
        const record::XmlHead head = record::xml_head(record::peek(files.front()));
        return head.root == "sanctionsData";
    }
    ReadSummary read(const record::FileSet& files, const ReadOptions& options,
                     model::StatementSink& sink) const override {
        record::XmlNames names(tag_names);
        const std::array containers{name_of(Tag::sanctions_data), name_of(Tag::entities)};
        Reader reader(options, names, sink);
        read_rooted_xml(files.front(), names, containers, "OFAC's ENHANCED XML", sink, options.progress,
                        [&](const record::XmlRecord& record) { reader.read(record); });
        return reader.finish();
    }
};

}  // namespace

const Adapter& ofac_enhanced_xml() {
    static const OfacEnhancedXml adapter;
    return adapter;
}

}  // namespace liaison::adapter
