// Paths between two entities by graph::all_shortest or graph::strongest. Parallel edges of a hop are all reported; the
// path names the strongest.

#include "liaison/graph/paths.hpp"
#include "liaison/query/queries.hpp"
#include "query/edge_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace liaison::query {
namespace {

graph::Paths search(const graph::View& view, index::Ordinal from, index::Ordinal to, const ReadyFilter& filter,
                    const PathOptions& options) {
    graph::PathOptions wanted;
    wanted.limit = options.strongest > 0 ? options.strongest : options.limit;
    wanted.max_length = static_cast<std::uint32_t>(std::max(options.max_length, 0));
    wanted.filter = filter.graph_filter();
    wanted.hubs = {options.strongest > 0 ? graph::Hubs::Policy::penalise : graph::Hubs::Policy::avoid,
                   static_cast<std::uint32_t>(std::min<std::size_t>(options.hub_degree, UINT32_MAX))};
    return options.strongest > 0 ? graph::strongest(view, from, to, wanted) : graph::all_shortest(view, from, to, wanted);
}

std::vector<std::string> notes_of(const graph::Paths& found, const PathOptions& options) {
    std::vector<std::string> notes;
    if (!found.hubs.empty()) {
        notes.push_back(fmt::format("{} nodes with more than {} edges were {}", found.hubs.size(), options.hub_degree,
                                    options.strongest > 0 ? "passed through at a price" : "not passed through"));
    }
    if (found.more && options.strongest == 0) {
        notes.push_back(fmt::format("more than {} shortest paths; raise --limit to see all", options.limit));
    }
    if (found.gave_up) {
        notes.emplace_back("the search was given up at its bound of work: there may be more or better paths");
    }
    return notes;
}

}  // namespace

PathResult path(const Engine& engine, std::string_view from_id, std::string_view to_id, const PathOptions& options) {
    const index::Ordinal from = engine.require(from_id);
    const index::Ordinal to = engine.require(to_id);
    const ReadyFilter filter(engine, options.filter);
    const graph::View view = graph::view_of(engine.graph());
    const graph::Paths found = search(view, from, to, filter, options);
    PathResult result;
    result.selection.context = engine.context();
    result.selection.notes = notes_of(found, options);
    for (const graph::Node hub : found.hubs) {
        result.hubs.emplace_back(engine.entities().id(hub));
    }

    std::map<index::Ordinal, int> nodes;
    std::set<graph::EdgeNumber> edges;
    for (const graph::Path& one : found.paths) {
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < one.nodes.size(); ++i) {
            const auto distance = static_cast<int>(i);
            const auto [known, is_new] = nodes.emplace(one.nodes[i], distance);
            known->second = std::min(known->second, distance);
            ids.emplace_back(engine.entities().id(one.nodes[i]));
            if (i == one.edges.size()) {
                break;
            }
            ids.push_back(engine.edge(one.edges[i], false).id);
            for (const graph::Incidence& incidence : view.incident(one.nodes[i])) {
                if (incidence.neighbour == one.nodes[i + 1] && filter.passes(view.edges[incidence.edge])) {
                    edges.insert(incidence.edge);
                }
            }
        }
        result.paths.push_back(std::move(ids));
        if (options.strongest > 0) {
            result.costs.push_back(static_cast<double>(one.cost) / 1000);
        }
    }
    for (const auto& [node, distance] : nodes) {
        result.selection.nodes.push_back(engine.node(node));
        result.selection.nodes.back().distance = distance;
    }
    for (const graph::EdgeNumber edge : edges) {
        result.selection.edges.push_back(engine.edge(edge, true));
    }
    std::sort(result.selection.edges.begin(), result.selection.edges.end(), [](const Edge& one, const Edge& other) {
        return std::tie(one.id, one.source, one.target) < std::tie(other.id, other.source, other.target);
    });
    return result;
}

}  // namespace liaison::query
