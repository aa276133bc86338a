#pragma once
// Paths between two nodes: all shortest by hops, and the k strongest without loops.

#include "liaison/graph/filter.hpp"

namespace liaison::graph {

struct Path {
    std::vector<Node> nodes;        ///< from source to target
    std::vector<EdgeNumber> edges;  ///< between them: the strongest of parallel edges, then the lowest number
    std::uint64_t cost = 0;         ///< sum of step costs; hops for shortest paths

    friend bool operator==(const Path&, const Path&) = default;
};

struct Paths {
    std::vector<Path> paths;   ///< by (cost, node numbers)
    bool more = false;         ///< the limit cut further ones
    bool gave_up = false;      ///< a bound on the work was reached: what is here exists, but there may be more or better
    std::vector<Node> hubs;    ///< met and not passed through (avoid), or passed at a price (penalise); ascending
};

struct PathOptions {
    std::size_t limit = 10;                  ///< paths
    std::uint32_t max_length = 6;            ///< hops
    Filter filter;
    Hubs hubs;
    std::size_t max_visited = 1'000'000;     ///< nodes looked at around the two ends
};

/// All shortest paths by hops, in order of node numbers, up to the limit; breadth first from both ends. From a node to
/// itself: one path of no hop.
[[nodiscard]] Paths all_shortest(const View& view, Node source, Node target, const PathOptions& options);

/// Cost of a step by its edge's strength (0..255 for 0..1): 1000 for a certain edge and 1000 more for each halving of
/// strength, so that a path is as dear as its hops and its doubts. Never 0.
[[nodiscard]] std::uint32_t step_cost(std::uint8_t strength);
/// What passing through a node of this degree costs besides under Hubs::Policy::penalise: 2000 for each doubling over
/// the hub degree, 0 below.
[[nodiscard]] std::uint32_t hub_cost(std::uint32_t degree, std::uint32_t hub_degree);

/// The `limit` cheapest loopless paths (Yen 1971) by step_cost and hub_cost, ties by node numbers,
/// of those with at most max_length hops.
[[nodiscard]] Paths strongest(const View& view, Node source, Node target, const PathOptions& options);

}  // namespace liaison::graph
