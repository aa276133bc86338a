#include "liaison/query/queries.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace liaison::query {

Shown show(const Engine& engine, std::string_view id) {
    const index::Ordinal ordinal = engine.require(id);
    const index::EntitiesView& entities = engine.entities();
    const index::GraphView& graph = engine.graph();
    Shown shown;
    shown.node = engine.node(ordinal);
    shown.statements = engine.statements(ordinal);
    for (const index::Ordinal listing : graph.listings(ordinal)) {
        shown.relations.push_back({"sanctions", engine.node(listing), {}, false});
    }
    std::set<std::pair<index::Ordinal, std::string>> seen;
    for (const index::Incidence& incidence : graph.incident(ordinal)) {
        const index::EdgeRecord& edge = graph.edges()[incidence.edge];
        const model::Schema& schema = entities.schema(edge.relation);
        if (edge.has(index::EdgeRecord::kReference)) {
            const model::Property property = model::property(graph.kind_name(edge.kind));
            const bool mine = edge.relation == ordinal;
            std::string name(mine ? std::string_view(model::to_string(property)) : schema.reverse_of(property));
            if (name.empty()) {
                name = model::to_string(property) + "Of";  // the vocabulary names no reverse view
            }
            shown.relations.push_back({std::move(name), engine.node(incidence.neighbour), {}, false});
            continue;
        }
        const model::Property end = edge.source == ordinal ? schema.edge->source : schema.edge->target;
        const std::string name(schema.reverse_of(end));
        if (seen.emplace(edge.relation, name).second) {
            shown.relations.push_back({name, engine.node(edge.relation), {}, edge.has(index::EdgeRecord::kNews)});
        }
        for (Relation& relation : shown.relations) {
            if (relation.property == name && relation.entity.id == entities.id(edge.relation)) {
                relation.far_ends.push_back(engine.node(incidence.neighbour));
            }
        }
    }
    std::stable_sort(shown.relations.begin(), shown.relations.end(), [](const Relation& one, const Relation& other) {
        return std::tie(one.property, one.entity.id) < std::tie(other.property, other.entity.id);
    });
    return shown;
}

}  // namespace liaison::query
