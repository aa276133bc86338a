#pragma once
// The bare graph under a drawing, and what is computed on it. Vertices are 0..count-1. Deterministic: thread count never
// changes a bit of the result.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace liaison::exports {

struct Link {
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    double weight = 1;
};

/// Undirected neighbours in compressed rows; loops are left out, parallel links kept.
struct Network {
    std::vector<std::uint32_t> offsets;  ///< count + 1
    std::vector<std::uint32_t> targets;
    std::vector<float> weights;

    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(offsets.size() - 1); }
    [[nodiscard]] std::span<const std::uint32_t> neighbours(std::uint32_t vertex) const {
        return {targets.data() + offsets[vertex], targets.data() + offsets[vertex + 1]};
    }
};
[[nodiscard]] Network make_network(std::uint32_t count, std::span<const Link> links);

/// Leiden (Traag, Waltman, van Eck 2019) with modularity at resolution 1, link directions ignored, weights used. Communities
/// are connected, numbered by falling size, ties by smallest vertex. Links must be finite and positive.
[[nodiscard]] std::vector<std::uint32_t> communities(const Network& network);
/// Newman's modularity at resolution 1, -0.5..1; 0 without links.
[[nodiscard]] double modularity(const Network& network, std::span<const std::uint32_t> community);

/// Connected components, numbered like communities.
[[nodiscard]] std::vector<std::uint32_t> components(const Network& network);
/// PageRank with damping 0.85 over directed links, sum 1.
[[nodiscard]] std::vector<double> page_rank(std::uint32_t count, std::span<const Link> links);
/// Undirected, unweighted, not normalised. Exact up to `exact_limit` vertices, above from 256 evenly spread sources.
[[nodiscard]] std::vector<double> betweenness(const Network& network, std::size_t exact_limit, unsigned jobs);

struct Point {
    float x = 0;
    float y = 0;
};
/// ForceAtlas2 from the given start (distinct points), with Gephi's defaults. `iterations` > 0.
void force_atlas2(const Network& network, std::span<Point> points, int iterations, unsigned jobs);

}  // namespace liaison::exports
