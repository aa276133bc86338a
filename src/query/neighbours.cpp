#include "liaison/base/error.hpp"
#include "liaison/graph/walk.hpp"
#include "liaison/query/queries.hpp"
#include "query/edge_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace liaison::query {
namespace {

/// Nodes and the edges among them that pass, as values in order of id.
Selection induced(const Engine& engine, const std::unordered_map<index::Ordinal, int>& nodes, const ReadyFilter& filter,
                  bool evidence) {
    Selection selection;
    selection.context = engine.context();
    std::vector<index::Ordinal> order;
    for (const auto& [node, distance] : nodes) {
        order.push_back(node);
    }
    std::sort(order.begin(), order.end());  // ordinals are in order of id
    std::vector<std::uint32_t> edges;
    for (const index::Ordinal node : order) {
        selection.nodes.push_back(engine.node(node));
        selection.nodes.back().distance = nodes.at(node);
        for (const index::Incidence& incidence : engine.graph().incident(node)) {
            const index::EdgeRecord& edge = engine.graph().edges()[incidence.edge];
            if (edge.source == node && nodes.count(incidence.neighbour) != 0 && filter.passes(edge)) {
                edges.push_back(incidence.edge);
            }
        }
    }
    for (const std::uint32_t edge : edges) {
        selection.edges.push_back(engine.edge(edge, evidence));
    }
    std::sort(selection.edges.begin(), selection.edges.end(), [](const Edge& one, const Edge& other) {
        return std::tie(one.id, one.source, one.target) < std::tie(other.id, other.source, other.target);
    });
    return selection;
}

}  // namespace

Selection neighbours(const Engine& engine, const std::vector<std::string>& ids, const NeighboursOptions& options) {
    if (options.depth < 0 || options.depth > 20) {
        throw base::UsageError(fmt::format("--depth takes 0 to 20, not {}", options.depth));
    }
    const ReadyFilter filter(engine, options.filter);
    std::vector<graph::Node> sources;
    for (const std::string& id : ids) {
        sources.push_back(engine.require(id));
    }
    graph::WalkOptions walk;
    walk.depth = static_cast<std::uint32_t>(options.depth);
    walk.limit = options.limit;
    walk.filter = filter.graph_filter();
    const graph::Neighbourhood reached = graph::Walker(graph::view_of(engine.graph())).k_hop(sources, walk);
    std::unordered_map<index::Ordinal, int> found;
    for (const graph::Reached& one : reached.nodes) {
        found.emplace(one.node, static_cast<int>(one.distance));
    }
    Selection selection = induced(engine, found, filter, options.evidence);
    if (reached.left_out > 0) {
        selection.notes.push_back(fmt::format(
            "cut at {} nodes: {} more at distance {} and all beyond are left out, weakest edges first; raise --limit",
            options.limit, reached.left_out, reached.cut_distance));
    }
    return selection;
}

Selection everything(const Engine& engine, const EdgeFilter& edge_filter, bool evidence) {
    const ReadyFilter filter(engine, edge_filter);
    std::unordered_map<index::Ordinal, int> nodes;
    for (index::Ordinal ordinal = 0; ordinal < engine.entities().size(); ++ordinal) {
        const model::Schema& schema = engine.entities().schema(ordinal);
        if (!schema.edge && schema.name != "Sanction") {
            nodes.emplace(ordinal, 0);
        }
    }
    return induced(engine, nodes, filter, evidence);
}

}  // namespace liaison::query
