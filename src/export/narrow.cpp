#include "liaison/export/narrow.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace liaison::exports {

namespace {

using Ids = std::unordered_set<std::string_view>;

Ids ends_of(const std::vector<query::Edge>& edges) {
    Ids ends;
    for (const auto& edge : edges) {
        ends.insert(edge.source);
        ends.insert(edge.target);
    }
    return ends;
}

/// Keeps the nodes that pass and the edges between kept nodes; returns how many nodes went.
template <class Pass>
std::size_t keep_nodes(query::Selection& selection, Pass pass) {
    const std::size_t before = selection.nodes.size();
    std::set<std::string, std::less<>> gone;
    for (const auto& node : selection.nodes) {
        if (!pass(node)) gone.insert(node.id);
    }
    std::erase_if(selection.nodes, [&](const query::Node& node) { return gone.contains(node.id); });
    std::erase_if(selection.edges, [&](const query::Edge& edge) { return gone.contains(edge.source) || gone.contains(edge.target); });
    return before - selection.nodes.size();
}

void keep_schemata(query::Selection& selection, const std::vector<std::string>& schemata) {
    for (const auto& name : schemata) {
        if (model::find_schema(name) == nullptr) {
            throw base::UsageError(fmt::format("\"{}\" is no schema", name), "schemata are those of FollowTheMoney: Person, Company, Vessel, ...");
        }
    }
    const std::size_t gone = keep_nodes(selection, [&](const query::Node& node) {
        const model::Schema* schema = model::find_schema(node.schema);
        return node.distance == 0 || (schema != nullptr && std::any_of(schemata.begin(), schemata.end(),
                                                                       [&](const std::string& name) { return schema->is_a(name); }));
    });
    if (gone > 0) selection.notes.push_back(fmt::format("{} nodes of other schemata than {} left out", gone, fmt::join(schemata, ", ")));
}

std::string_view first_seen(const query::Edge& edge) {
    std::string_view first;
    for (const auto& item : edge.evidence) {
        if (!item.first_seen.empty() && (first.empty() || item.first_seen < first)) first = item.first_seen;
    }
    return first;
}

void keep_since(query::Selection& selection, const std::string& since) {
    const std::size_t edges_before = selection.edges.size();
    std::erase_if(selection.edges, [&](const query::Edge& edge) { return first_seen(edge) < since && edge.start < since; });
    const std::size_t edges_gone = edges_before - selection.edges.size();
    const std::vector<query::Edge> kept_edges = selection.edges;  // keep_nodes moves edges about; ends must outlive it
    const Ids ends = ends_of(kept_edges);
    const std::size_t nodes_gone = keep_nodes(selection, [&](const query::Node& node) {
        return node.distance == 0 || node.first_seen >= since || node.listed_from >= since || ends.contains(node.id);
    });
    if (nodes_gone + edges_gone > 0) {
        selection.notes.push_back(fmt::format("{} nodes and {} edges from before {} left out", nodes_gone, edges_gone, since));
    }
}

void keep_strong(query::Selection& selection, double least) {
    const std::size_t before = selection.edges.size();
    std::erase_if(selection.edges, [least](const query::Edge& edge) { return edge.strength < least; });
    if (before > selection.edges.size()) {
        selection.notes.push_back(fmt::format("{} edges weaker than {} left out", before - selection.edges.size(), least));
    }
}

void keep_first(query::Selection& selection, std::size_t limit) {
    if (limit == 0 || selection.nodes.size() <= limit) return;
    std::unordered_map<std::string_view, double> strength;
    for (const auto& edge : selection.edges) {
        strength[edge.source] += edge.strength;
        strength[edge.target] += edge.strength;
    }
    std::vector<const query::Node*> order;
    for (const auto& node : selection.nodes) order.push_back(&node);
    std::sort(order.begin(), order.end(), [&](const query::Node* a, const query::Node* b) {
        if (a->distance != b->distance) return a->distance < b->distance;
        const double one = strength.contains(a->id) ? strength.at(a->id) : 0;
        const double other = strength.contains(b->id) ? strength.at(b->id) : 0;
        return one != other ? one > other : a->id < b->id;
    });
    std::set<std::string, std::less<>> kept;
    for (std::size_t i = 0; i < limit; ++i) kept.insert(order[i]->id);
    const std::size_t gone = keep_nodes(selection, [&](const query::Node& node) { return kept.contains(node.id); });
    selection.notes.push_back(
        fmt::format("cut to {} nodes, {} left out: the farthest first, then those with the weakest edges; raise --limit", limit, gone));
}

}  // namespace

void narrow(query::Selection& selection, const Narrowing& narrowing) {
    std::set<std::string, std::less<>> linked;
    if (narrowing.drop_isolated) {
        for (const std::string_view id : ends_of(selection.edges)) linked.emplace(id);
    }
    if (!narrowing.schemata.empty()) keep_schemata(selection, narrowing.schemata);
    if (narrowing.least_strength > 0) keep_strong(selection, narrowing.least_strength);
    if (!narrowing.since.empty()) keep_since(selection, narrowing.since);
    if (narrowing.drop_isolated) {
        const std::vector<query::Edge> edges = selection.edges;
        const Ids ends = ends_of(edges);
        keep_nodes(selection, [&](const query::Node& node) { return node.distance == 0 || ends.contains(node.id) || !linked.contains(node.id); });
    }
    keep_first(selection, narrowing.limit);
}

}  // namespace liaison::exports
