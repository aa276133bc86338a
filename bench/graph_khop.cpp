// k-hop neighbourhoods on a synthetic graph of 10 million edges against a bare walk of the same arrays in the same run,
// paths and strongest paths on it. Usage: bench_graph_khop [EDGES] (default 10000000)

#include "liaison/graph/paths.hpp"
#include "liaison/graph/walk.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <random>
#include <string>

namespace {

using namespace liaison::graph;

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// Uniform at one end, skewed at the other, as registers are: most companies have one owner, some owners have many.
GraphBuffer synthetic(Node nodes, std::size_t count) {
    std::mt19937_64 random(20261124);
    std::vector<EdgeRecord> edges(count);
    for (EdgeRecord& edge : edges) {
        const double skew = std::generate_canonical<double, 32>(random);
        edge = {};
        edge.source = static_cast<Node>(static_cast<double>(nodes - 1) * skew * skew);
        edge.target = static_cast<Node>(random() % nodes);
        edge.kind = static_cast<std::uint16_t>(random() % 8);
        edge.strength = static_cast<std::uint8_t>(64 + random() % 192);
        edge.flags = EdgeRecord::kDirected;
        edge.start = liaison::index::kNoStart;
        edge.end = liaison::index::kNoEnd;
    }
    return make_graph(nodes, std::move(edges));
}

/// What any walk must do: read the arrays, mark, collect.
class BareWalk {
public:
    explicit BareWalk(const View& view) : m_view(view), m_mark(view.node_count(), 0) {}

    std::size_t run(Node source, int depth) {
        ++m_walk;
        m_found.assign(1, source);
        m_mark[source] = m_walk;
        std::size_t begin = 0;
        for (int hop = 0; hop < depth; ++hop) {
            const std::size_t end = m_found.size();
            for (std::size_t i = begin; i < end; ++i) {
                const Node node = m_found[i];
                for (std::uint32_t at = m_view.offsets[node]; at < m_view.offsets[node + 1]; ++at) {
                    const Node next = m_view.incidences[at].neighbour;
                    if (m_mark[next] != m_walk) {
                        m_mark[next] = m_walk;
                        m_found.push_back(next);
                    }
                }
            }
            begin = end;
        }
        return m_found.size();
    }

private:
    const View& m_view;
    std::vector<std::uint32_t> m_mark;
    std::vector<Node> m_found;
    std::uint32_t m_walk = 0;
};

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

void measure_walks(const View& view, const std::vector<Node>& sources) {
    BareWalk bare(view);
    Walker walker(view);
    fmt::print("| hops | nodes reached (mean) | bare walk, ms | k_hop, ms | ratio | k_hop with a kind filter, ms | ratio |\n");
    fmt::print("|---|---|---|---|---|---|---|\n");
    for (int depth = 1; depth <= 5; ++depth) {
        WalkOptions plain;
        plain.depth = static_cast<std::uint32_t>(depth);
        WalkOptions filtered = plain;
        filtered.filter.kinds.assign(8, 1);
        double bare_ms = 0;
        double walk_ms = 0;
        double filter_ms = 0;
        std::size_t reached = 0;
        for (const Node source : sources) {
            (void)bare.run(source, depth);  // brings the arrays near for all three alike
            auto start = std::chrono::steady_clock::now();
            const std::size_t expected = bare.run(source, depth);
            bare_ms += milliseconds_since(start);
            start = std::chrono::steady_clock::now();
            const auto found = walker.k_hop(std::span(&source, 1), plain);
            walk_ms += milliseconds_since(start);
            start = std::chrono::steady_clock::now();
            const auto same = walker.k_hop(std::span(&source, 1), filtered);
            filter_ms += milliseconds_since(start);
            if (found.nodes.size() != expected || same.nodes.size() != expected) {
                fmt::print("WRONG: {} and {} nodes, not {}\n", found.nodes.size(), same.nodes.size(), expected);
            }
            reached += expected;
        }
        const auto n = static_cast<double>(sources.size());
        fmt::print("| {} | {:.0f} | {:.4f} | {:.4f} | {:.2f} | {:.4f} | {:.2f} |\n", depth, static_cast<double>(reached) / n,
                   bare_ms / n, walk_ms / n, walk_ms / bare_ms, filter_ms / n, filter_ms / bare_ms);
    }
}

void measure_paths(const View& view, const std::vector<Node>& sources) {
    std::vector<double> shortest_ms;
    std::vector<double> strongest_ms;
    std::size_t found = 0;
    for (std::size_t i = 0; i + 1 < sources.size(); i += 2) {
        PathOptions options;
        options.limit = 10;
        options.max_length = 8;
        auto start = std::chrono::steady_clock::now();
        found += all_shortest(view, sources[i], sources[i + 1], options).paths.empty() ? 0 : 1;
        shortest_ms.push_back(milliseconds_since(start));
        options.limit = 3;
        options.max_length = 6;
        start = std::chrono::steady_clock::now();
        (void)strongest(view, sources[i], sources[i + 1], options);
        strongest_ms.push_back(milliseconds_since(start));
    }
    fmt::print("\n{} of {} random pairs tied within 8 hops; all shortest paths (at most 10): median {:.2f} ms, worst {:.2f} "
               "ms; 3 strongest paths: median {:.1f} ms, worst {:.1f} ms.\n",
               found, shortest_ms.size(), median(shortest_ms), *std::max_element(shortest_ms.begin(), shortest_ms.end()),
               median(strongest_ms), *std::max_element(strongest_ms.begin(), strongest_ms.end()));
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t edges = argc > 1 ? std::stoull(argv[1]) : 10'000'000;
    const auto nodes = static_cast<Node>(edges / 4);
    auto start = std::chrono::steady_clock::now();
    const GraphBuffer graph = synthetic(nodes, edges);
    fmt::print("{} nodes, {} edges, laid out in {:.1f} s.\n\n", nodes, edges, milliseconds_since(start) / 1000);
    std::mt19937 random(5);
    std::vector<Node> sources(40);
    for (Node& source : sources) {
        source = random() % nodes;
    }
    measure_walks(graph.view(), sources);
    measure_paths(graph.view(), sources);
}
