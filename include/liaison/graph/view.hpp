#pragma once
// The graph that the algorithms of this module walk: plain arrays of the index's graph section (mapped) or of a test's
// vectors (GraphBuffer). Nodes are dense from 0 in ascending order of id, so order by node number is order by id. Each
// edge stands at both its ends; whether it is walked against its direction is told by comparing its source. Not owned.

#include "liaison/index/graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace liaison::graph {

using Node = std::uint32_t;
using EdgeNumber = std::uint32_t;
using index::EdgeRecord;
using index::Incidence;

struct View {
    std::span<const std::uint32_t> offsets;    ///< node count + 1
    std::span<const Incidence> incidences;     ///< of node n: [offsets[n], offsets[n + 1]), by (neighbour, edge)
    std::span<const EdgeRecord> edges;
    std::span<const std::uint64_t> datasets;   ///< by edge: bit i = dataset i states it; empty when not needed

    [[nodiscard]] Node node_count() const { return offsets.empty() ? 0 : static_cast<Node>(offsets.size() - 1); }
    [[nodiscard]] std::uint32_t degree(Node node) const { return offsets[node + 1] - offsets[node]; }
    [[nodiscard]] std::span<const Incidence> incident(Node node) const {
        return incidences.subspan(offsets[node], degree(node));
    }
};

[[nodiscard]] inline View view_of(const index::GraphView& graph, std::span<const std::uint64_t> datasets = {}) {
    return {graph.offsets(), graph.incidences(), graph.edges(), datasets};
}

/// A graph in memory, for tests, benchmarks and graphs that no index holds.
struct GraphBuffer {
    std::vector<std::uint32_t> offsets;
    std::vector<Incidence> incidences;
    std::vector<EdgeRecord> edges;
    std::vector<std::uint64_t> datasets;

    [[nodiscard]] View view() const { return {offsets, incidences, edges, datasets}; }
};

/// Lays out the adjacency of `edges` over nodes 0..nodes-1. Throws InternalError for an end out of range; a loop stands
/// once at its node.
[[nodiscard]] GraphBuffer make_graph(Node nodes, std::vector<EdgeRecord> edges);

}  // namespace liaison::graph
