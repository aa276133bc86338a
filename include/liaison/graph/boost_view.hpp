#pragma once
// View as a model of Boost.Graph's concepts, so that its algorithms run on the mapped arrays without a copy: a
// VertexListGraph, EdgeListGraph, IncidenceGraph and AdjacencyGraph of undirected kind, in which each edge is an out-edge of both ends.
// Include before any Boost.Graph algorithm and never compressed_sparse_row_graph.hpp before disjoint_sets.hpp: in Boost
// 1.74 that hides boost::get for pointers.
// Filters: boost::filtered_graph with EdgePasses.

#include "liaison/graph/filter.hpp"

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include <utility>

namespace liaison::graph {

/// An edge as seen from one of its ends.
struct Arc {
    Node from = 0;
    Node to = 0;
    EdgeNumber edge = 0;
    friend bool operator==(const Arc&, const Arc&) = default;
};

class ArcIterator : public boost::iterator_facade<ArcIterator, Arc, boost::random_access_traversal_tag, Arc> {
public:
    ArcIterator() = default;
    ArcIterator(Node from, const Incidence* at) : m_from(from), m_at(at) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Arc dereference() const { return {m_from, m_at->neighbour, m_at->edge}; }
    [[nodiscard]] bool equal(const ArcIterator& other) const { return m_at == other.m_at; }
    void increment() { ++m_at; }
    void decrement() { --m_at; }
    void advance(std::ptrdiff_t n) { m_at += n; }
    [[nodiscard]] std::ptrdiff_t distance_to(const ArcIterator& other) const { return other.m_at - m_at; }

    Node m_from = 0;
    const Incidence* m_at = nullptr;
};

class NeighbourIterator : public boost::iterator_facade<NeighbourIterator, Node, boost::random_access_traversal_tag, Node> {
public:
    NeighbourIterator() = default;
    explicit NeighbourIterator(const Incidence* at) : m_at(at) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Node dereference() const { return m_at->neighbour; }
    [[nodiscard]] bool equal(const NeighbourIterator& other) const { return m_at == other.m_at; }
    void increment() { ++m_at; }
    void decrement() { --m_at; }
    void advance(std::ptrdiff_t n) { m_at += n; }
    [[nodiscard]] std::ptrdiff_t distance_to(const NeighbourIterator& other) const { return other.m_at - m_at; }

    const Incidence* m_at = nullptr;
};

/// All edges, each once, as arcs from their source.
class EdgeIterator : public boost::iterator_facade<EdgeIterator, Arc, boost::random_access_traversal_tag, Arc> {
public:
    EdgeIterator() = default;
    EdgeIterator(const EdgeRecord* first, EdgeNumber at) : m_first(first), m_at(at) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Arc dereference() const { return {m_first[m_at].source, m_first[m_at].target, m_at}; }
    [[nodiscard]] bool equal(const EdgeIterator& other) const { return m_at == other.m_at; }
    void increment() { ++m_at; }
    void decrement() { --m_at; }
    void advance(std::ptrdiff_t n) { m_at = static_cast<EdgeNumber>(m_at + n); }
    [[nodiscard]] std::ptrdiff_t distance_to(const EdgeIterator& other) const {
        return static_cast<std::ptrdiff_t>(other.m_at) - static_cast<std::ptrdiff_t>(m_at);
    }

    const EdgeRecord* m_first = nullptr;
    EdgeNumber m_at = 0;
};

/// Predicate for boost::filtered_graph. Holds pointers: the view and the filter must outlive it.
struct EdgePasses {
    const View* view = nullptr;
    const Filter* filter = nullptr;
    [[nodiscard]] bool operator()(const Arc& arc) const { return filter->passes(*view, arc.edge); }
};

struct ViewTraversal : boost::vertex_list_graph_tag, boost::edge_list_graph_tag, boost::incidence_graph_tag,
                       boost::adjacency_graph_tag {};

// What Boost finds by argument-dependent lookup; the names are its own.
[[nodiscard]] inline Node source(const Arc& arc, const View&) { return arc.from; }
[[nodiscard]] inline Node target(const Arc& arc, const View&) { return arc.to; }
[[nodiscard]] inline std::pair<ArcIterator, ArcIterator> out_edges(Node node, const View& view) {
    const auto incident = view.incident(node);
    return {ArcIterator(node, incident.data()), ArcIterator(node, incident.data() + incident.size())};
}
[[nodiscard]] inline std::uint32_t out_degree(Node node, const View& view) { return view.degree(node); }
[[nodiscard]] inline std::pair<NeighbourIterator, NeighbourIterator> adjacent_vertices(Node node, const View& view) {
    const auto incident = view.incident(node);
    return {NeighbourIterator(incident.data()), NeighbourIterator(incident.data() + incident.size())};
}
[[nodiscard]] inline std::pair<boost::counting_iterator<Node>, boost::counting_iterator<Node>> vertices(const View& view) {
    return {boost::counting_iterator<Node>(0), boost::counting_iterator<Node>(view.node_count())};
}
[[nodiscard]] inline std::pair<EdgeIterator, EdgeIterator> edges(const View& view) {
    return {EdgeIterator(view.edges.data(), 0), EdgeIterator(view.edges.data(), static_cast<EdgeNumber>(view.edges.size()))};
}
[[nodiscard]] inline std::size_t num_edges(const View& view) { return view.edges.size(); }
[[nodiscard]] inline Node num_vertices(const View& view) { return view.node_count(); }
[[nodiscard]] inline boost::typed_identity_property_map<Node> get(boost::vertex_index_t, const View&) { return {}; }
[[nodiscard]] inline Node get(boost::vertex_index_t, const View&, Node node) { return node; }

}  // namespace liaison::graph

namespace boost {

template <>
struct graph_traits<liaison::graph::View> {
    using vertex_descriptor = liaison::graph::Node;
    using edge_descriptor = liaison::graph::Arc;
    using out_edge_iterator = liaison::graph::ArcIterator;
    using adjacency_iterator = liaison::graph::NeighbourIterator;
    using vertex_iterator = counting_iterator<liaison::graph::Node>;
    using in_edge_iterator = void;
    using edge_iterator = liaison::graph::EdgeIterator;
    using directed_category = undirected_tag;
    using edge_parallel_category = allow_parallel_edge_tag;
    using traversal_category = liaison::graph::ViewTraversal;
    using vertices_size_type = liaison::graph::Node;
    using edges_size_type = std::uint32_t;
    using degree_size_type = std::uint32_t;
    static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

template <>
struct property_map<liaison::graph::View, vertex_index_t> {
    using type = typed_identity_property_map<liaison::graph::Node>;
    using const_type = type;
};

}  // namespace boost
