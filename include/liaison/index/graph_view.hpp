#pragma once
// The graph as the index hands it out: plain arrays, mapped read-only, no ownership. It stands here, not in `graph`,
// because the index has the lower rank; graph/view.hpp names it graph::View and holds what works on it.
//
// Nodes are dense from 0 in ascending order of canonical id, so that order by node number is order by id. Adjacency is
// symmetric: each edge stands at both its ends (a loop once), and an arc's top bit says whether it is walked against
// the edge's direction. The arcs of a node are sorted by (neighbour, edge), so that every walk is deterministic.

#include <cstdint>
#include <span>

namespace liaison::index {

/// A relationship or a reference between two nodes; by edge number. 32 bytes.
struct GraphEdge {
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    std::int32_t first_day = 0;   ///< days since 1970-01-01 on which it may hold; INT32_MIN when the start is unknown
    std::int32_t last_day = 0;    ///< INT32_MAX when the end is unknown or open
    std::uint64_t datasets = 0;   ///< bit i: dataset i of the index's table states it; bit 63: the 64th and later ones
    float strength = 1;           ///< 0..1, above 0
    std::uint16_t kind = 0;       ///< number in the index's table of kinds
    std::uint8_t news = 0;        ///< 1: from an article's claim only, never from a listing
    std::uint8_t directed = 1;    ///< 0: source and target may change places ("Family")
};
static_assert(sizeof(GraphEdge) == 32);

struct GraphView {
    /// In `arcs`: set when the arc leads from the edge's target to its source.
    static constexpr std::uint32_t reversed = 0x80000000U;
    static constexpr std::uint32_t edge_mask = 0x7fffffffU;

    std::span<const std::uint64_t> offsets;     ///< node count + 1, ascending: arcs of node n are [offsets[n], offsets[n+1])
    std::span<const std::uint32_t> neighbours;  ///< by arc: node at the other end
    std::span<const std::uint32_t> arcs;        ///< by arc: edge number, top bit = reversed
    std::span<const GraphEdge> edges;           ///< by edge number
    std::span<const std::uint8_t> listed;       ///< by node: 1 when it has a live listing; empty = none is listed

    [[nodiscard]] std::uint32_t node_count() const {
        return offsets.empty() ? 0 : static_cast<std::uint32_t>(offsets.size() - 1);
    }
    [[nodiscard]] std::uint64_t degree(std::uint32_t node) const { return offsets[node + 1] - offsets[node]; }
};

}  // namespace liaison::index
