#pragma once
// The part of a graph in which all paths of at most so many hops between two nodes lie, as a small graph of its own.

#include "liaison/graph/paths.hpp"

namespace liaison::graph {

/// Nodes are numbered anew from 0 in the order of their numbers in the view, so that order is kept. Of parallel edges
/// the strongest, then lowest, stands. Both directions; arcs of a node in order of `to`.
struct Corridor {
    struct Arc {
        std::uint32_t to = 0;
        std::uint32_t cost = 0;  ///< step_cost of the edge
        EdgeNumber edge = 0;
    };
    std::vector<Node> nodes;             ///< numbers in the view, ascending
    std::vector<std::uint32_t> first;    ///< by node, and one more: its arcs
    std::vector<Arc> arcs;
    std::vector<std::uint32_t> toll;     ///< by node: what entering it costs besides (hubs under penalise)
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    bool shortened = false;              ///< the search grew over max_visited: only paths of fewer hops are all in it
    std::vector<Node> hubs;              ///< in the view's numbers, ascending

    [[nodiscard]] bool empty() const { return nodes.empty(); }
    [[nodiscard]] std::span<const Arc> out(std::uint32_t node) const {
        return std::span(arcs).subspan(first[node], first[node + 1] - first[node]);
    }
};

/// Empty when there is no such path.
[[nodiscard]] Corridor corridor_between(const View& view, Node source, Node target, const PathOptions& options);

}  // namespace liaison::graph
