// Reader's parties: profile, identity, names, features.

#include "adapter/ofac_advanced_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liaison::adapter::ofac::advanced {
namespace {

using record::XmlElement;

Tag tag_of(const XmlElement& element) { return static_cast<Tag>(element.name()); }
std::string_view attribute(const XmlElement& element, Tag name) { return element.attribute(name_of(name)); }
XmlElement child(const XmlElement& element, Tag name) { return element.child(name_of(name)); }

bool by_id(const std::pair<std::string_view, PartKind>& one, const std::pair<std::string_view, PartKind>& other) {
    return one.first < other.first;
}

}  // namespace

PartyKind Reader::read_kind(const XmlElement& profile, std::string_view uid) {
    const Reference* sub_type =
        m_references.find(Tag::party_sub_type, attribute(profile, Tag::party_sub_type_id), profile, uid);
    const std::string_view type_id = sub_type == nullptr ? attribute(profile, Tag::party_type_id) : sub_type->link;
    const std::string_view type = m_references.text(Tag::party_type, type_id, profile, uid);
    if (type == "Individual") {
        return PartyKind::individual;
    }
    if (type == "Entity") {
        return PartyKind::entity;
    }
    if (type == "Transport" && sub_type != nullptr && sub_type->text == "Vessel") {
        return PartyKind::vessel;
    }
    if (type == "Transport" && sub_type != nullptr && sub_type->text == "Aircraft") {
        return PartyKind::aircraft;
    }
    m_emitter.issue("unknown-party-type",
                    fmt::format("party {} is of type \"{} {}\", which is not known; taken for an organisation", uid, type,
                                sub_type == nullptr ? std::string() : sub_type->text),
                    profile.position(), uid, type);
    return PartyKind::entity;
}

void Reader::read_party(const XmlElement& element) {
    for (const XmlElement profile : element.children()) {
        if (tag_of(profile) == Tag::comment) {
            continue;
        }
        if (tag_of(profile) != Tag::profile) {
            m_audit.misplaced(profile, {});
            continue;
        }
        Party party;
        party.uid = attribute(profile, Tag::id);
        party.position = element.position();
        party.kind = read_kind(profile, party.uid);
        if (const std::string_view comment = child(element, Tag::comment).text(); !comment.empty()) {
            party.notes.emplace_back(comment);
        }
        for (const XmlElement part : profile.children()) {
            switch (tag_of(part)) {
                case Tag::identity: read_identity(part, party); break;
                case Tag::feature: read_feature(part, party); break;
                default: m_audit.misplaced(part, party.uid); break;
            }
        }
        (void)m_emitter.party(party);  // what is refused is reported
    }
    ++m_summary.records["DistinctParty"];
}

void Reader::read_identity(const XmlElement& element, Party& party) {
    std::vector<std::pair<std::string_view, PartKind>> groups;
    for (const XmlElement master : child(element, Tag::name_part_groups).children()) {
        for (const XmlElement group : master.children()) {
            const Reference* type = m_references.find(
                Tag::name_part_type, attribute(group, Tag::name_part_type_id), group, party.uid);
            if (type != nullptr && !type->part) {
                m_emitter.issue("unknown-name-part", fmt::format("name part \"{}\" is not known", type->text),
                                group.position(), party.uid, type->text);
            }
            groups.emplace_back(attribute(group, Tag::id),
                                type == nullptr ? PartKind::whole : type->part.value_or(PartKind::whole));
        }
    }
    std::sort(groups.begin(), groups.end(), by_id);
    const bool is_false = attribute(element, Tag::is_false) == "true";
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::alias: read_alias(part, party, groups, is_false); break;
            case Tag::name_part_groups: break;
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
    const auto documents = m_documents.find(std::string(attribute(element, Tag::id)));
    if (documents != m_documents.end()) {
        std::move(documents->second.begin(), documents->second.end(), std::back_inserter(party.documents));
        m_documents.erase(documents);
    }
}

void Reader::read_alias(const XmlElement& element, Party& party,
                        const std::vector<std::pair<std::string_view, PartKind>>& groups, bool is_false) {
    const Reference* type =
        m_references.find(Tag::alias_type, attribute(element, Tag::alias_type_id), element, party.uid);
    const std::string_view label = type == nullptr ? std::string_view() : std::string_view(type->text);
    auto kind = type == nullptr ? std::nullopt : type->alias;
    if (!kind) {
        m_emitter.issue("unknown-alias-type", fmt::format("alias type \"{}\" is not known; taken for an alias", label),
                        element.position(), party.uid, label);
        kind = AliasKind::aka;
    }
    if (is_false) {
        m_emitter.issue("false-identity", "a name belongs to an identity marked as false; kept as a weak alias",
                        element.position(), party.uid, label);
    }
    for (const XmlElement documented : element.children()) {
        if (tag_of(documented) != Tag::documented_name) {
            m_audit.misplaced(documented, party.uid);
            continue;
        }
        Name name;
        name.kind = *kind;
        name.weak = attribute(element, Tag::low_quality) == "true" || is_false;
        for (const XmlElement part : documented.children()) {
            if (tag_of(part) != Tag::documented_name_part) {
                m_audit.misplaced(part, party.uid);
                continue;
            }
            for (const XmlElement value : part.children()) {
                const std::string_view group = attribute(value, Tag::name_part_group_id);
                auto found = std::lower_bound(groups.begin(), groups.end(), std::pair(group, PartKind::whole), by_id);
                if (found != groups.end() && found->first != group) {
                    found = groups.end();
                }
                if (found == groups.end()) {
                    m_emitter.issue("dangling-reference", fmt::format("name part group {} is not in the identity", group),
                                    value.position(), party.uid, value.text());
                }
                name.parts.push_back({found == groups.end() ? PartKind::whole : found->second, std::string(value.text())});
                const Reference* script =
                    m_references.find(Tag::script, attribute(value, Tag::script_id), value, party.uid);
                if (script != nullptr && !script->script) {
                    m_emitter.issue("unknown-script", fmt::format("script \"{}\" is not known", script->text),
                                    value.position(), party.uid, script->text);
                } else if (script != nullptr && !script->script->empty()) {
                    name.lang = *script->script;
                }
            }
        }
        party.names.push_back(std::move(name));
    }
    ++m_summary.records[attribute(element, Tag::low_quality) == "true" ? "Alias (low quality)" : "Alias"];
}

void Reader::read_feature(const XmlElement& element, Party& party) {
    const std::string_view type_id = attribute(element, Tag::feature_type_id);
    const Reference* type = m_references.find(Tag::feature_type, type_id, element, party.uid);
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::feature_version: read_feature_version(part, type, type_id, party); break;
            case Tag::identity_reference:
            case Tag::comment: break;
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
    ++m_summary.records["Feature"];
}

void Reader::read_feature_version(const XmlElement& element, const Reference* type, std::string_view type_id,
                                  Party& party) {
    Feature feature;
    feature.position = element.position();
    feature.label = type == nullptr ? fmt::format("Feature type {}", type_id) : type->text;
    feature.rule = type == nullptr ? nullptr : type->rule;
    const Place* place = nullptr;
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::comment: feature.note = part.text(); break;
            case Tag::date_period: feature.date = read_period(part, party.uid); break;
            case Tag::version_detail: {
                (void)m_references.find(Tag::detail_type, attribute(part, Tag::detail_type_id), part, party.uid);
                std::string_view text = part.text();
                if (text.empty()) {
                    text = m_references.text(Tag::detail_reference, attribute(part, Tag::detail_reference_id), part,
                                             party.uid);
                }
                if (!text.empty()) {
                    feature.value += (feature.value.empty() ? "" : "; ") + std::string(text);
                }
                break;
            }
            case Tag::version_location: {
                const std::string_view id = attribute(part, Tag::location_id);
                const auto found = m_places.find(std::string(id));
                if (found == m_places.end()) {
                    m_emitter.issue("dangling-reference",
                                    fmt::format("{} of party {} is location {}, which is not in the file", feature.label,
                                                party.uid, id),
                                    part.position(), party.uid, id);
                } else {
                    place = &found->second;
                }
                break;
            }
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
    const std::string_view reliability =
        m_references.text(Tag::reliability, attribute(element, Tag::reliability_id), element, party.uid);
    if (!reliability.empty() && reliability != "Unknown" && reliability != "Confirmed") {
        feature.note += (feature.note.empty() ? "" : "; ") + std::string(reliability);
    }
    if (place != nullptr && feature.rule != nullptr && feature.rule->use == FeatureUse::location) {
        PostalAddress& address = party.addresses.emplace_back(place->address);
        if (!feature.note.empty()) {
            address.remarks += (address.remarks.empty() ? "" : "; ") + feature.note;
        }
        return;
    }
    if (place != nullptr && feature.value.empty()) {
        feature.value = full_address(place->address);
        feature.country_code = place->country_only ? place->address.country_code : "";
    }
    if (feature.value.empty() && feature.date.edtf.empty() && feature.date.original.empty()) {
        return;  // a dangling location or reference value, reported above; or nothing at all
    }
    party.features.push_back(std::move(feature));
}

}  // namespace liaison::adapter::ofac::advanced
