// Degrees, components, PageRank and betweenness. Boost.Graph does what it has; the sampled betweenness is Brandes' (2001)
// accumulation from 256 evenly spread sources (Brandes and Pich 2007), scaled up: exact would cost vertices times links.

#include "liaison/export/drawing.hpp"
#include "liaison/export/network.hpp"
#include "export/numbering.hpp"
#include "export/workers.hpp"

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/page_rank.hpp>

#include <algorithm>
#include <numeric>

namespace liaison::exports {

namespace {

using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property, boost::no_property,
                                               std::uint32_t, std::uint32_t>;
using Ends = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Csr make_graph(std::uint32_t count, Ends ends) {
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    return {boost::edges_are_sorted, ends.begin(), ends.end(), count};
}

/// Both directions, each pair once: shortest paths must not count parallel links as different ways.
Ends simple_ends(const Network& network) {
    Ends ends;
    ends.reserve(network.targets.size());
    for (std::uint32_t v = 0; v < network.count(); ++v) {
        for (const std::uint32_t other : network.neighbours(v)) ends.emplace_back(v, other);
    }
    return ends;
}

/// One source's share of every vertex, added to `sum`.
class Brandes {
public:
    explicit Brandes(const Csr& graph)
        : m_graph(graph), m_distance(num_vertices(graph), -1), m_paths(num_vertices(graph), 0),
          m_share(num_vertices(graph), 0) {}

    void add(std::uint32_t source, std::vector<double>& sum) {
        m_order.assign(1, source);
        m_distance[source] = 0;
        m_paths[source] = 1;
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            const std::uint32_t v = m_order[i];
            for (auto [at, end] = out_edges(v, m_graph); at != end; ++at) {
                const std::uint32_t other = target(*at, m_graph);
                if (m_distance[other] < 0) {
                    m_distance[other] = m_distance[v] + 1;
                    m_order.push_back(other);
                }
                if (m_distance[other] == m_distance[v] + 1) m_paths[other] += m_paths[v];
            }
        }
        for (std::size_t i = m_order.size(); i-- > 0;) {
            const std::uint32_t v = m_order[i];
            for (auto [at, end] = out_edges(v, m_graph); at != end; ++at) {
                const std::uint32_t other = target(*at, m_graph);
                if (m_distance[other] == m_distance[v] + 1) m_share[v] += m_paths[v] / m_paths[other] * (1 + m_share[other]);
            }
            if (v != source) sum[v] += m_share[v];
        }
        for (const std::uint32_t v : m_order) {
            m_distance[v] = -1;
            m_paths[v] = 0;
            m_share[v] = 0;
        }
    }

private:
    const Csr& m_graph;
    std::vector<std::int32_t> m_distance;
    std::vector<double> m_paths;
    std::vector<double> m_share;
    std::vector<std::uint32_t> m_order;
};

std::vector<double> sampled(const Csr& graph, std::uint32_t count, unsigned jobs) {
    constexpr std::uint32_t sources = 256;
    constexpr std::size_t blocks = 8;
    std::vector<std::vector<double>> sums(blocks, std::vector<double>(count, 0));
    Workers workers(jobs);
    workers.run(blocks, [&](std::size_t block) {
        Brandes brandes(graph);
        for (std::uint32_t i = static_cast<std::uint32_t>(block); i < sources; i += blocks) {
            const auto source = static_cast<std::uint32_t>(std::uint64_t{i} * count / sources);
            brandes.add(source, sums[block]);
        }
    });
    std::vector<double> result(count, 0);
    const double scale = static_cast<double>(count) / sources / 2;
    for (const auto& sum : sums) {
        for (std::uint32_t v = 0; v < count; ++v) result[v] += sum[v] * scale;
    }
    return result;
}

}  // namespace

std::vector<std::uint32_t> components(const Network& network) {
    // Boost has this for its undirected graph types only, and copying into one costs more than the pass itself.
    std::vector<std::uint32_t> result(network.count());
    std::vector<std::uint32_t> stack;
    std::vector<std::uint8_t> seen(network.count(), 0);
    for (std::uint32_t first = 0; first < network.count(); ++first) {
        if (seen[first] != 0) continue;
        seen[first] = 1;
        stack.push_back(first);
        while (!stack.empty()) {
            const std::uint32_t v = stack.back();
            stack.pop_back();
            result[v] = first;
            for (const std::uint32_t other : network.neighbours(v)) {
                if (seen[other] != 0) continue;
                seen[other] = 1;
                stack.push_back(other);
            }
        }
    }
    return number_by_size(std::move(result));
}

std::vector<double> page_rank(std::uint32_t count, std::span<const Link> links) {
    if (count == 0) return {};
    Ends ends;
    ends.reserve(links.size());
    for (const auto& link : links) ends.emplace_back(link.source, link.target);
    const Csr graph = make_graph(count, std::move(ends));
    std::vector<double> rank(count, 0);
    std::vector<double> scratch(count, 0);
    const auto index = get(boost::vertex_index, graph);
    constexpr double damping = 0.85;
    constexpr std::size_t rounds = 50;
    boost::graph::page_rank(graph, boost::make_iterator_property_map(rank.begin(), index),
                            boost::graph::n_iterations(rounds), damping, count,
                            boost::make_iterator_property_map(scratch.begin(), index));
    // Boost lets the rank of vertices without outgoing links seep away.
    const double sum = std::accumulate(rank.begin(), rank.end(), 0.0);
    for (double& value : rank) value /= sum;
    return rank;
}

std::vector<double> betweenness(const Network& network, std::size_t exact_limit, unsigned jobs) {
    const std::uint32_t count = network.count();
    const Csr graph = make_graph(count, simple_ends(network));
    if (count > exact_limit) return sampled(graph, count, jobs);
    std::vector<double> result(count, 0);
    boost::brandes_betweenness_centrality(
        graph, boost::make_iterator_property_map(result.begin(), get(boost::vertex_index, graph)));
    for (double& value : result) value /= 2;  // each pair was counted from both ends
    return result;
}

void measure(Drawing& drawing, const Options& options, Report& report) {
    const auto count = static_cast<std::uint32_t>(drawing.nodes.size());
    std::vector<Link> links;
    std::vector<Link> directed;
    links.reserve(drawing.edges.size());
    directed.reserve(drawing.edges.size());
    for (const auto& edge : drawing.edges) {
        links.push_back({edge.source, edge.target, edge.weight});
        directed.push_back(links.back());
        if (edge.symmetric) directed.push_back({edge.target, edge.source, edge.weight});
        Metrics& source = drawing.nodes[edge.source].metrics;
        Metrics& target = drawing.nodes[edge.target].metrics;
        ++source.degree;
        ++target.degree;
        ++source.out_degree;
        ++target.in_degree;
        source.weighted_degree += edge.weight;
        target.weighted_degree += edge.weight;
    }
    const Network network = make_network(count, links);
    const auto component = components(network);
    for (std::uint32_t v = 0; v < count; ++v) {
        drawing.nodes[v].metrics.component = component[v];
        report.components = std::max<std::size_t>(report.components, component[v] + 1);
    }
    if (!options.metrics) return;
    const auto community = communities(network);
    const auto rank = page_rank(count, directed);
    const auto between = betweenness(network, options.exact_betweenness, options.jobs);
    for (std::uint32_t v = 0; v < count; ++v) {
        Metrics& metrics = drawing.nodes[v].metrics;
        metrics.community = community[v];
        metrics.page_rank = rank[v];
        metrics.betweenness = between[v];
        report.communities = std::max<std::size_t>(report.communities, community[v] + 1);
    }
    if (count > options.exact_betweenness) report.notes.emplace_back("Betweenness is estimated from 256 source nodes");
}

}  // namespace liaison::exports
