#include "liaison/graph/view.hpp"

#include "liaison/base/error.hpp"

#include <algorithm>
#include <tuple>

namespace liaison::graph {

GraphBuffer make_graph(Node nodes, std::vector<EdgeRecord> edges) {
    GraphBuffer graph;
    graph.edges = std::move(edges);
    graph.offsets.assign(static_cast<std::size_t>(nodes) + 1, 0);
    for (const EdgeRecord& edge : graph.edges) {
        if (edge.source >= nodes || edge.target >= nodes) {
            throw base::InternalError("an edge ends at a node that does not exist");
        }
        ++graph.offsets[edge.source + 1];
        if (edge.source != edge.target) {
            ++graph.offsets[edge.target + 1];
        }
    }
    for (Node node = 0; node < nodes; ++node) {
        graph.offsets[node + 1] += graph.offsets[node];
    }
    graph.incidences.resize(graph.offsets.back());
    std::vector<std::uint32_t> next(graph.offsets.begin(), graph.offsets.end() - 1);
    for (EdgeNumber number = 0; number < graph.edges.size(); ++number) {
        const EdgeRecord& edge = graph.edges[number];
        graph.incidences[next[edge.source]++] = {edge.target, number};
        if (edge.source != edge.target) {
            graph.incidences[next[edge.target]++] = {edge.source, number};
        }
    }
    for (Node node = 0; node < nodes; ++node) {
        std::sort(graph.incidences.begin() + graph.offsets[node], graph.incidences.begin() + graph.offsets[node + 1],
                  [](const Incidence& one, const Incidence& other) {
                      return std::tie(one.neighbour, one.edge) < std::tie(other.neighbour, other.edge);
                  });
    }
    return graph;
}

}  // namespace liaison::graph
