#include "liaison/graph/walk.hpp"

#include "liaison/base/error.hpp"

#include <algorithm>
#include <unordered_map>

namespace liaison::graph {

Walker::Walker(const View& view) : m_view(view), m_mark(view.node_count(), 0) {}

bool Walker::is_stopping_hub(const WalkOptions& options, const Reached& reached) const {
    return options.hubs.policy != Hubs::Policy::pass && reached.distance > 0 &&
           m_view.degree(reached.node) > options.hubs.degree;
}

template <bool Filtered>
void Walker::expand(const WalkOptions& options, std::size_t begin, std::size_t end, Neighbourhood& result) {
    std::uint32_t* const marks = m_mark.data();
    const std::uint32_t walk = m_walk;
    for (std::size_t i = begin; i < end; ++i) {
        const Reached from = result.nodes[i];
        if (is_stopping_hub(options, from)) {
            result.hubs.push_back(from.node);
            continue;
        }
        for (const Incidence& incidence : m_view.incident(from.node)) {
            if (marks[incidence.neighbour] == walk) {
                continue;
            }
            if constexpr (Filtered) {
                if (!options.filter.passes(m_view, incidence.edge)) {
                    continue;
                }
            }
            marks[incidence.neighbour] = walk;
            result.nodes.push_back({incidence.neighbour, from.distance + 1, incidence.edge});
        }
    }
}

void Walker::cut(const WalkOptions& options, std::size_t frontier, std::size_t begin, Neighbourhood& result) {
    // Which edge reached a node first is an accident of order; what decides who stays is the strongest edge from the
    // distance before, then the lower node number.
    std::unordered_map<Node, EdgeNumber> strongest;
    for (std::size_t i = begin; i < result.nodes.size(); ++i) {
        strongest.emplace(result.nodes[i].node, result.nodes[i].via);
    }
    for (std::size_t i = frontier; i < begin; ++i) {
        if (is_stopping_hub(options, result.nodes[i])) {
            continue;
        }
        for (const Incidence& incidence : m_view.incident(result.nodes[i].node)) {
            const auto found = strongest.find(incidence.neighbour);
            if (found != strongest.end() && options.filter.passes(m_view, incidence.edge) &&
                precedes(incidence.edge, found->second)) {
                found->second = incidence.edge;
            }
        }
    }
    std::vector<Reached> order(result.nodes.begin() + static_cast<std::ptrdiff_t>(begin), result.nodes.end());
    for (Reached& reached : order) {
        reached.via = strongest.at(reached.node);
    }
    std::sort(order.begin(), order.end(), [&](const Reached& one, const Reached& other) {
        const int weak = m_view.edges[one.via].strength - m_view.edges[other.via].strength;
        return weak != 0 ? weak > 0 : one.node < other.node;
    });
    const std::size_t room = std::min(order.size(), options.limit > begin ? options.limit - begin : 0);
    result.left_out = order.size() - room;
    result.cut_distance = order.front().distance;
    for (std::size_t i = room; i < order.size(); ++i) {
        m_mark[order[i].node] = 0;
    }
    result.nodes.resize(begin);
    result.nodes.insert(result.nodes.end(), order.begin(), order.begin() + static_cast<std::ptrdiff_t>(room));
}

bool Walker::precedes(EdgeNumber one, EdgeNumber other) const {
    const int difference = m_view.edges[one].strength - m_view.edges[other].strength;
    return difference != 0 ? difference > 0 : one < other;
}

bool Walker::any_unreached(const WalkOptions& options, const Neighbourhood& result, std::size_t begin) const {
    for (std::size_t i = begin; i < result.nodes.size(); ++i) {
        if (is_stopping_hub(options, result.nodes[i])) {
            continue;
        }
        for (const Incidence& incidence : m_view.incident(result.nodes[i].node)) {
            if (m_mark[incidence.neighbour] != m_walk && options.filter.passes(m_view, incidence.edge)) {
                return true;
            }
        }
    }
    return false;
}

Neighbourhood Walker::k_hop(std::span<const Node> sources, const WalkOptions& options) {
    if (++m_walk == 0) {
        std::fill(m_mark.begin(), m_mark.end(), 0);
        m_walk = 1;
    }
    Neighbourhood result;
    std::vector<Node> ordered(sources.begin(), sources.end());
    std::sort(ordered.begin(), ordered.end());
    for (const Node node : ordered) {
        if (node >= m_view.node_count()) {
            throw base::InternalError("a walk begins at a node that does not exist");
        }
        if (m_mark[node] != m_walk) {
            m_mark[node] = m_walk;
            result.nodes.push_back({node, 0, Reached::no_edge});
        }
    }
    const bool filtered = !options.filter.lets_all_pass();
    std::size_t begin = 0;
    for (std::uint32_t depth = 0; depth < options.depth && begin < result.nodes.size(); ++depth) {
        const std::size_t end = result.nodes.size();
        if (filtered) {
            expand<true>(options, begin, end, result);
        } else {
            expand<false>(options, begin, end, result);
        }
        if (result.nodes.size() > std::max(options.limit, end)) {
            cut(options, begin, end, result);
            begin = end;
            break;
        }
        begin = end;
    }
    std::sort(result.hubs.begin(), result.hubs.end());
    result.more_beyond_depth = result.left_out == 0 && any_unreached(options, result, begin);
    return result;
}

}  // namespace liaison::graph
