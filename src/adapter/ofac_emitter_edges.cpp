// Emitter's relationships: which edge, in which direction, between what.

#include "adapter/ofac_emitter.hpp"

#include "adapter/content_ids.hpp"
#include "adapter/ofac_vocabulary.hpp"

#include <fmt/format.h>

namespace liaison::adapter::ofac {
namespace {

/// Whether an entity of `schema` may stand where `range` is asked for, an Organization counting as the Company that it
/// becomes when owned.
bool fits(const model::Schema& schema, std::string_view range) {
    return range.empty() || schema.is_a(range) || (schema.name == "Organization" && range == "Asset");
}

}  // namespace

const model::Schema& Emitter::schema_of(const std::string& uid) const {
    const Vocabulary& words = vocabulary();
    switch (m_parties.at(uid).kind) {
        case PartyKind::individual: return words.person;
        case PartyKind::entity: return words.organization;
        case PartyKind::vessel: return words.vessel;
        case PartyKind::aircraft: return words.airplane;
    }
    return words.organization;
}

void Emitter::ensure_party(std::string_view what, const std::string& uid, std::string_view name,
                           std::string_view schema, const base::Position& position) {
    if (m_parties.contains(uid)) {
        return;
    }
    issue("dangling-reference",
          fmt::format("a {} names party {}{}, which is not in the file; it is kept as a stub", what, uid,
                      name.empty() ? std::string() : fmt::format(" ({})", name)),
          position, uid, name);
    const std::string id = entity_id(uid);
    if (!m_given.insert(id + ' ' + std::string(schema)).second) {
        return;
    }
    model::Entity stub(id, model::schema(schema));
    stub.position = position;
    stub.add(vocabulary().name, name);
    m_sink.entity(std::move(stub));
}

void Emitter::upgrade_to_company(const std::string& uid, const base::Position& position) {
    const auto found = m_parties.find(uid);
    if (found == m_parties.end() || found->second.kind != PartyKind::entity || found->second.company) {
        return;
    }
    found->second.company = true;
    model::Entity company(entity_id(uid), vocabulary().company);
    company.position = position;
    m_sink.entity(std::move(company));
}

void Emitter::relationship(const Relationship& relationship) {
    const Vocabulary& words = vocabulary();
    ++m_relationships;
    const bool by_name = relationship.type == "Linked To";
    const RelationRule* rule = find_relation(relationship.type);
    const model::Schema* schema = rule == nullptr ? &words.unknown_link : rule->schema;
    if (rule == nullptr && !by_name) {
        issue("unknown-relation-type",
              fmt::format("relation type \"{}\" is not known; kept as a link of unknown kind", relationship.type),
              relationship.position, relationship.from, relationship.type);
    }
    const bool reverse = rule != nullptr && rule->reverse;
    const std::string* source = reverse ? &relationship.to : &relationship.from;
    const std::string* target = reverse ? &relationship.from : &relationship.to;

    const auto range_of_end = [&](model::Property end) { return schema->range_of(end); };
    const auto end_fits = [&](const std::string& uid, std::string_view range) {
        return !m_parties.contains(uid) || fits(schema_of(uid), range);
    };
    if (!end_fits(*source, range_of_end(schema->edge->source)) || !end_fits(*target, range_of_end(schema->edge->target))) {
        issue("relationship-out-of-range",
              fmt::format("\"{}\" from {} ({}) to {} ({}) cannot be {}; kept as a link of unknown kind",
                          relationship.type, relationship.from,
                          m_parties.contains(relationship.from) ? schema_of(relationship.from).name : "not in the file",
                          relationship.to,
                          m_parties.contains(relationship.to) ? schema_of(relationship.to).name : "not in the file",
                          schema->name),
              relationship.position, relationship.from, relationship.type);
        schema = &words.unknown_link;
        source = &relationship.from;
        target = &relationship.to;
    }
    // A far end that is not in this file is a stub of the widest schema that may stand there.
    const auto stub_schema = [&](model::Property end) {
        const std::string_view range = schema->range_of(end);
        return range.empty() || range == "Thing" ? std::string_view("LegalEntity") : range;
    };
    ensure_party("relationship", *source, source == &relationship.from ? relationship.from_name : relationship.to_name,
               stub_schema(schema->edge->source), relationship.position);
    ensure_party("relationship", *target, target == &relationship.from ? relationship.from_name : relationship.to_name,
               stub_schema(schema->edge->target), relationship.position);
    if (schema == &words.ownership) {
        upgrade_to_company(*target, relationship.position);
    }
    give_edge(relationship, *schema, *source, *target);
}

void Emitter::give_edge(const Relationship& relationship, const model::Schema& schema, std::string_view source,
                        std::string_view target) {
    const Vocabulary& words = vocabulary();
    const std::string key = fmt::format("{}\n{}\n{}\n{}\n{}", schema.name, source, target, relationship.type,
                                        relationship.former ? "former" : "");
    const std::uint32_t ordinal = m_ordinals[key]++;
    model::Entity edge(
        model::derived_id("ofac-relation", {key, ordinal == 0 ? std::string() : std::to_string(ordinal)}), schema);
    edge.position = relationship.position;
    edge.add(schema.edge->source, entity_id(source));
    edge.add(schema.edge->target, entity_id(target));
    edge.add(schema.has(words.relationship) ? words.relationship : words.role, relationship.type);
    if (relationship.former) {
        edge.add(words.status, "Former");
    }
    edge.add(words.summary, relationship.note);
    edge.add(words.record_id, relationship.record_id);
    m_sink.entity(std::move(edge));
}

}  // namespace liaison::adapter::ofac
