#pragma once
// Measures of the whole graph, by Boost.Graph: components, PageRank, betweenness, distances.

#include "liaison/graph/filter.hpp"

#include <vector>

namespace liaison::graph {

/// Component of each node, numbered from 0 by the lowest node in it.
[[nodiscard]] std::vector<Node> components(const View& view, const Filter& filter = {});

/// PageRank over the undirected graph, damping 0.85, a fixed number of rounds; sums to 1.
[[nodiscard]] std::vector<double> page_rank(const View& view, const Filter& filter = {}, unsigned rounds = 40);

/// Betweenness of each node (Brandes 2001), unweighted; each pair counts once. O(nodes * edges): for selections, not for
/// whole lists.
[[nodiscard]] std::vector<double> betweenness(const View& view, const Filter& filter = {});

/// Hops from the source; UINT32_MAX where it does not reach.
[[nodiscard]] std::vector<std::uint32_t> hops_from(const View& view, Node source, const Filter& filter = {});

/// Cheapest cost by step_cost from the source; UINT64_MAX where it does not reach.
[[nodiscard]] std::vector<std::uint64_t> costs_from(const View& view, Node source, const Filter& filter = {});

}  // namespace liaison::graph
