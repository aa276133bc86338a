#pragma once
// Neighbourhoods: what lies within k hops, what was left out, and why.

#include "liaison/graph/filter.hpp"

#include <limits>

namespace liaison::graph {

struct Reached {
    Node node = 0;
    std::uint32_t distance = 0;  ///< hops from the nearest source
    EdgeNumber via = no_edge;    ///< edge by which it was first reached; no_edge for sources
    static constexpr EdgeNumber no_edge = std::numeric_limits<EdgeNumber>::max();
};

struct Neighbourhood {
    std::vector<Reached> nodes;       ///< by distance; sources first. Deterministic for a view and its sources
    std::size_t left_out = 0;         ///< nodes at `cut_distance` that the limit cut; all beyond were not looked at
    std::uint32_t cut_distance = 0;   ///< 0 when nothing was cut by the limit
    bool more_beyond_depth = false;   ///< some node at the last distance has unreached neighbours
    std::vector<Node> hubs;           ///< reached but not passed through, ascending
};

struct WalkOptions {
    std::uint32_t depth = 1;
    std::size_t limit = std::numeric_limits<std::size_t>::max();  ///< nodes, sources included
    Filter filter;
    Hubs hubs{Hubs::Policy::pass, 200};
};

/// Walks one view any number of times; keeps one mark a node between walks, so a walk costs only what it touches.
/// When the limit cuts a distance, the nodes that the strongest edges reach stay, then those of lower number.
/// Not to be used from two threads at once.
class Walker {
public:
    explicit Walker(const View& view);
    /// Unknown sources (>= node_count()) throw InternalError; repeated ones count once.
    [[nodiscard]] Neighbourhood k_hop(std::span<const Node> sources, const WalkOptions& options);

private:
    template <bool Filtered>
    void expand(const WalkOptions& options, std::size_t begin, std::size_t end, Neighbourhood& result);
    /// Keeps of the nodes from `begin` on, all of one distance, those that the limit has room for; `frontier` is where
    /// the nodes of the distance before begin.
    void cut(const WalkOptions& options, std::size_t frontier, std::size_t begin, Neighbourhood& result);
    [[nodiscard]] bool precedes(EdgeNumber one, EdgeNumber other) const;  ///< stronger, then of lower number
    bool any_unreached(const WalkOptions& options, const Neighbourhood& result, std::size_t begin) const;
    [[nodiscard]] bool is_stopping_hub(const WalkOptions& options, const Reached& reached) const;

    View m_view;
    std::vector<std::uint32_t> m_mark;  ///< by node: number of the walk that reached it last
    std::uint32_t m_walk = 0;
};

}  // namespace liaison::graph
