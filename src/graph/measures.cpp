#include "liaison/graph/measures.hpp"

#include "liaison/graph/boost_view.hpp"
#include "liaison/graph/paths.hpp"

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <limits>
#include <numeric>

namespace liaison::graph {
namespace {

using Filtered = boost::filtered_graph<View, EdgePasses>;

Filtered filtered(const View& view, const Filter& filter) { return Filtered(view, EdgePasses{&view, &filter}); }

const boost::typed_identity_property_map<Node> node_index;

template <typename Value>
auto map_of(std::vector<Value>& values) {
    return boost::make_iterator_property_map(values.begin(), node_index);
}

}  // namespace

std::vector<Node> components(const View& view, const Filter& filter) {
    std::vector<Node> component(view.node_count());
    std::vector<boost::default_color_type> colour(view.node_count());
    boost::connected_components(filtered(view, filter), map_of(component), boost::color_map(map_of(colour)));
    return component;
}

std::vector<double> page_rank(const View& view, const Filter& filter, unsigned rounds) {
    std::vector<double> rank(view.node_count());
    std::vector<double> next(view.node_count());
    boost::graph::page_rank(filtered(view, filter), map_of(rank), boost::graph::n_iterations(rounds), 0.85,
                            view.node_count(), map_of(next));
    // Boost's ranks sum to the number of nodes.
    const double sum = std::accumulate(rank.begin(), rank.end(), 0.0);
    for (double& value : rank) {
        value /= sum;
    }
    return rank;
}

std::vector<double> betweenness(const View& view, const Filter& filter) {
    std::vector<double> centrality(view.node_count());
    std::vector<std::vector<Arc>> incoming(view.node_count());
    std::vector<std::size_t> distance(view.node_count());
    std::vector<double> dependency(view.node_count());
    std::vector<std::size_t> paths(view.node_count());
    boost::brandes_betweenness_centrality(filtered(view, filter), map_of(centrality), boost::dummy_property_map(),
                                          map_of(incoming), map_of(distance), map_of(dependency), map_of(paths), node_index);
    return centrality;
}

std::vector<std::uint32_t> hops_from(const View& view, Node source, const Filter& filter) {
    std::vector<std::uint32_t> distance(view.node_count(), std::numeric_limits<std::uint32_t>::max());
    std::vector<boost::default_color_type> colour(view.node_count());
    distance.at(source) = 0;
    boost::queue<Node> queue;
    boost::breadth_first_search(filtered(view, filter), source, queue,
                                boost::make_bfs_visitor(boost::record_distances(map_of(distance), boost::on_tree_edge())),
                                map_of(colour));
    return distance;
}

std::vector<std::uint64_t> costs_from(const View& view, Node source, const Filter& filter) {
    std::vector<std::uint64_t> cost(view.node_count());
    std::vector<Node> predecessor(view.node_count());
    const auto weight = boost::make_function_property_map<Arc>(
        [&](const Arc& arc) { return std::uint64_t{step_cost(view.edges[arc.edge].strength)}; });
    const auto graph = filtered(view, filter);
    boost::dijkstra_shortest_paths_no_color_map(
        graph, source,
        boost::weight_map(weight).distance_map(map_of(cost)).predecessor_map(map_of(predecessor)).vertex_index_map(node_index));
    return cost;
}

}  // namespace liaison::graph
