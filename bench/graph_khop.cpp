// k-hop neighbourhoods on a synthetic graph of 10 million edges against a bare walk of the same arrays in the same run,
// paths and strongest paths on it. Usage: bench_graph_khop [EDGES] (default 10000000)

#include "liaison/graph/paths.hpp"
#include "liaison/graph/walk.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <random>
#include <string>

namespace {

using namespace liaison::graph;

/// Processor time, so that a busy machine counts little. One thread.
double now_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
double milliseconds_since(double start) { return now_ms() - start; }

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

/// Milliseconds a walk, of one pass over all sources.
template <typename Walk>
double pass(const std::vector<Node>& sources, std::size_t& reached, const Walk& walk) {
    reached = 0;
    const double start = now_ms();
    for (const Node source : sources) {
        reached += walk(source);
    }
    return milliseconds_since(start) / static_cast<double>(sources.size());
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
        std::array<std::vector<double>, 3> times;
        std::array<std::size_t, 3> reached{};
        const auto run = [&](std::size_t which) {
            return pass(sources, reached[which], [&](Node source) {
                if (which == 0) {
                    return bare.run(source, depth);
                }
                return walker.k_hop(std::span(&source, 1), which == 1 ? plain : filtered).nodes.size();
            });
        };
        (void)run(0);
        for (std::size_t round = 0; round < 9; ++round) {
            for (std::size_t i = 0; i < 3; ++i) {
                const std::size_t which = (i + round) % 3;
                times[which].push_back(run(which));
            }
        }
        if (reached[1] != reached[0] || reached[2] != reached[0]) {
            fmt::print("WRONG: {} and {} nodes, not {}\n", reached[1], reached[2], reached[0]);
        }
        // The best of nine passes, the three walks taking turns: what else the machine does only ever adds.
        std::array<double, 3> best{};
        std::transform(times.begin(), times.end(), best.begin(),
                       [](const auto& passes) { return *std::min_element(passes.begin(), passes.end()); });
        fmt::print("| {} | {:.0f} | {:.5f} | {:.5f} | {:.2f} | {:.5f} | {:.2f} |\n", depth,
                   static_cast<double>(reached[0]) / static_cast<double>(sources.size()), best[0], best[1],
                   best[1] / best[0], best[2], best[2] / best[0]);
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
        double start = now_ms();
        found += all_shortest(view, sources[i], sources[i + 1], options).paths.empty() ? 0 : 1;
        shortest_ms.push_back(milliseconds_since(start));
        options.limit = 3;
        options.max_length = 6;
        start = now_ms();
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
    double start = now_ms();
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
