// All shortest paths between two entities: breadth first from the start until the goal's level is complete, keeping all
// predecessors, then the predecessors unrolled from the goal in order of id. Parallel edges of a hop are all reported;
// the path names the strongest.

#include "liaison/base/error.hpp"
#include "liaison/query/queries.hpp"
#include "query/edge_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace liaison::query {
namespace {

struct Search {
    std::unordered_map<index::Ordinal, int> level;
    std::unordered_map<index::Ordinal, std::vector<index::Incidence>> predecessors;  ///< neighbour = where from
    std::set<index::Ordinal> hubs;
};

Search breadth_first(const Engine& engine, index::Ordinal from, index::Ordinal to, const ReadyFilter& filter,
                     const PathOptions& options) {
    const index::GraphView& graph = engine.graph();
    Search search;
    search.level.emplace(from, 0);
    std::vector<index::Ordinal> frontier{from};
    for (int depth = 1; depth <= options.max_length && !frontier.empty() && search.level.count(to) == 0; ++depth) {
        std::vector<index::Ordinal> next;
        for (const index::Ordinal node : frontier) {
            const auto incident = graph.incident(node);
            if (node != from && incident.size() > options.hub_degree) {
                search.hubs.insert(node);
                continue;
            }
            for (const index::Incidence& incidence : incident) {
                if (!filter.passes(graph.edges()[incidence.edge])) {
                    continue;
                }
                const auto [entry, inserted] = search.level.try_emplace(incidence.neighbour, depth);
                if (inserted) {
                    next.push_back(incidence.neighbour);
                }
                if (entry->second == depth) {
                    search.predecessors[incidence.neighbour].push_back({node, incidence.edge});
                }
            }
        }
        frontier.swap(next);
    }
    return search;
}

}  // namespace

PathResult path(const Engine& engine, std::string_view from_id, std::string_view to_id, const PathOptions& options) {
    const index::Ordinal from = engine.require(from_id);
    const index::Ordinal to = engine.require(to_id);
    const ReadyFilter filter(engine, options.filter);
    const Search search = breadth_first(engine, from, to, filter, options);
    PathResult result;
    result.selection.context = engine.context();
    for (const index::Ordinal hub : search.hubs) {
        result.hubs.emplace_back(engine.entities().id(hub));
    }
    if (!result.hubs.empty()) {
        result.selection.notes.push_back(fmt::format("{} nodes with more than {} edges were not passed through",
                                                     result.hubs.size(), options.hub_degree));
    }
    if (from != to && search.predecessors.count(to) == 0) {
        return result;
    }

    // Unrolled without recursion: partial paths from the goal backwards.
    struct Partial {
        std::vector<index::Ordinal> nodes;  // goal first
    };
    std::vector<Partial> open{{{to}}};
    std::vector<std::vector<index::Ordinal>> complete;
    bool more = false;
    while (!open.empty()) {
        const Partial partial = std::move(open.back());
        open.pop_back();
        if (partial.nodes.back() == from) {
            if (complete.size() == options.limit) {
                more = true;
                break;
            }
            complete.push_back(partial.nodes);
            continue;
        }
        std::set<index::Ordinal, std::greater<>> earlier;  // pushed in descending order, so taken in ascending
        for (const index::Incidence& step : search.predecessors.at(partial.nodes.back())) {
            earlier.insert(step.neighbour);
        }
        for (const index::Ordinal node : earlier) {
            Partial longer = partial;
            longer.nodes.push_back(node);
            open.push_back(std::move(longer));
        }
    }
    if (more) {
        result.selection.notes.push_back(fmt::format("more than {} shortest paths; raise --limit to see all", options.limit));
    }

    std::map<index::Ordinal, int> nodes;
    std::set<std::uint32_t> edges;
    for (const auto& backwards : complete) {
        std::vector<std::string> ids{std::string(engine.entities().id(from))};
        nodes.emplace(from, 0);
        for (std::size_t i = backwards.size() - 1; i-- > 0;) {
            const index::Ordinal node = backwards[i];
            std::uint32_t strongest = UINT32_MAX;
            for (const index::Incidence& step : search.predecessors.at(node)) {
                if (step.neighbour == backwards[i + 1]) {
                    edges.insert(step.edge);
                    const auto all = engine.graph().edges();
                    if (strongest == UINT32_MAX || all[step.edge].strength > all[strongest].strength) {
                        strongest = step.edge;
                    }
                }
            }
            ids.push_back(engine.edge(strongest, false).id);
            ids.emplace_back(engine.entities().id(node));
            nodes.emplace(node, static_cast<int>(backwards.size() - 1 - i));
        }
        result.paths.push_back(std::move(ids));
    }
    for (const auto& [node, distance] : nodes) {
        result.selection.nodes.push_back(engine.node(node));
        result.selection.nodes.back().distance = distance;
    }
    for (const std::uint32_t edge : edges) {
        result.selection.edges.push_back(engine.edge(edge, true));
    }
    std::sort(result.selection.edges.begin(), result.selection.edges.end(), [](const Edge& one, const Edge& other) {
        return std::tie(one.id, one.source, one.target) < std::tie(other.id, other.source, other.target);
    });
    return result;
}

}  // namespace liaison::query
