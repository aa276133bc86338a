#pragma once
// How something that is not listed is tied to listed things: the nearest ones over the edges that a filter lets pass.
// The caller asks once for each kind of tie (ownership, family, shared document, address, wallet, employer) with the
// filter of that kind, so that kinds are never mixed into one number.

#include "liaison/graph/paths.hpp"

#include <functional>

namespace liaison::graph {

struct Exposure {
    Path path;            ///< from the node asked about to the listed one; cost by step_cost
    double strength = 0;  ///< product of the edges' strengths, 0..1
};

struct Exposures {
    std::vector<Exposure> nearest;  ///< listed nodes at the smallest distance, by (cost, node); at most the limit
    std::uint32_t distance = 0;     ///< hops; 0 when none was found
    std::size_t at_distance = 0;    ///< listed nodes at that distance, beyond the limit too
    std::vector<Node> hubs;         ///< not passed through, ascending
};

struct ExposureOptions {
    std::uint32_t max_distance = 4;
    std::size_t limit = 5;
    Filter filter;
    Hubs hubs;
};

/// Searches outwards from `from` (which may itself be listed: that does not count) and stops at the first distance at
/// which `is_listed` is true. Among shortest paths to a listed node the cheapest is given, ties by node number.
[[nodiscard]] Exposures nearest_listed(const View& view, Node from, const std::function<bool(Node)>& is_listed,
                                       const ExposureOptions& options);

}  // namespace liaison::graph
