#include "graph/corridor.hpp"

#include <algorithm>
#include <unordered_map>

// Two balls grow, one around each end, until their radii a and b add up to the longest path asked for. A path of at most
// a + b hops has a node within a of the source and within b of the target (the meeting): before it the path lies in the
// source's ball, behind it in the target's. So a node of the source's ball is on such a path only if its distance to the
// source and its distance, inside the ball, to the meeting and on to the target add up to no more than that; likewise on
// the other side. Everything else is dropped: on registers and lists a few dozen nodes are left of thousands.

namespace liaison::graph {
namespace {

using Distances = std::unordered_map<Node, std::uint32_t>;

class Builder {
public:
    Builder(const View& view, Node source, Node target, const PathOptions& options)
        : m_view(view), m_source(source), m_target(target), m_options(options) {}

    Corridor build() {
        Distances forward{{m_source, 0}};
        Distances backward{{m_target, 0}};
        std::vector<Node> forward_edge{m_source};
        std::vector<Node> backward_edge{m_target};
        std::uint32_t hops = 0;
        std::uint32_t forward_radius = 0;
        for (; hops < m_options.max_length; ++hops) {
            if (forward.size() + backward.size() > m_options.max_visited) {
                m_corridor.shortened = true;
                break;
            }
            const bool from_source = weight(forward_edge) <= weight(backward_edge);
            if (from_source) {
                grow(forward, forward_edge, ++forward_radius);
            } else {
                grow(backward, backward_edge, hops + 1 - forward_radius);
            }
        }
        keep(forward, backward, hops);
        keep(backward, forward, hops);
        lay_out();
        return std::move(m_corridor);
    }

private:
    [[nodiscard]] bool is_hub(Node node) const {
        return node != m_source && node != m_target && m_options.hubs.policy != Hubs::Policy::pass &&
               m_view.degree(node) > m_options.hubs.degree;
    }
    [[nodiscard]] bool may_enter(Node node) {
        if (!is_hub(node)) {
            return true;
        }
        m_corridor.hubs.push_back(node);
        return m_options.hubs.policy == Hubs::Policy::penalise;
    }

    [[nodiscard]] std::uint64_t weight(const std::vector<Node>& edge) const {
        std::uint64_t sum = 0;
        for (const Node node : edge) {
            sum += m_view.degree(node);
        }
        return sum;
    }

    void grow(Distances& ball, std::vector<Node>& edge, std::uint32_t distance) {
        std::vector<Node> next;
        for (const Node node : edge) {
            for (const Incidence& incidence : m_view.incident(node)) {
                if (ball.count(incidence.neighbour) == 0 && m_options.filter.passes(m_view, incidence.edge) &&
                    may_enter(incidence.neighbour)) {
                    ball.emplace(incidence.neighbour, distance);
                    next.push_back(incidence.neighbour);
                }
            }
        }
        edge.swap(next);
    }

    /// Keeps the nodes of `ball` that lie on a way of at most `hops` through a node of both balls.
    void keep(const Distances& ball, const Distances& other, std::uint32_t hops) {
        std::vector<std::vector<Node>> by_rest(hops + 1);  // distance to the far end
        for (const auto& [node, distance] : ball) {
            const auto meeting = other.find(node);
            if (meeting != other.end() && distance + meeting->second <= hops) {
                by_rest[meeting->second].push_back(node);
            }
        }
        Distances rest;
        for (std::uint32_t far = 0; far <= hops; ++far) {
            for (std::size_t i = 0; i < by_rest[far].size(); ++i) {
                const Node node = by_rest[far][i];
                if (!rest.emplace(node, far).second) {
                    continue;
                }
                m_corridor.nodes.push_back(node);
                for (const Incidence& incidence : m_view.incident(node)) {
                    const auto inside = ball.find(incidence.neighbour);
                    if (inside != ball.end() && far + 1 + inside->second <= hops && rest.count(incidence.neighbour) == 0 &&
                        m_options.filter.passes(m_view, incidence.edge)) {
                        by_rest[far + 1].push_back(incidence.neighbour);
                    }
                }
            }
        }
    }

    [[nodiscard]] std::uint32_t local(Node node) const {
        const auto& nodes = m_corridor.nodes;
        return static_cast<std::uint32_t>(std::lower_bound(nodes.begin(), nodes.end(), node) - nodes.begin());
    }

    void lay_out() {
        auto& nodes = m_corridor.nodes;
        std::sort(nodes.begin(), nodes.end());
        nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
        std::sort(m_corridor.hubs.begin(), m_corridor.hubs.end());
        m_corridor.hubs.erase(std::unique(m_corridor.hubs.begin(), m_corridor.hubs.end()), m_corridor.hubs.end());
        if (nodes.empty()) {
            return;
        }
        m_corridor.first.push_back(0);
        for (const Node node : nodes) {
            add_arcs(node);
            m_corridor.first.push_back(static_cast<std::uint32_t>(m_corridor.arcs.size()));
            m_corridor.toll.push_back(is_hub(node) ? hub_cost(m_view.degree(node), m_options.hubs.degree) : 0);
        }
        m_corridor.source = local(m_source);
        m_corridor.target = local(m_target);
    }

    void add_arcs(Node node) {
        const std::size_t begin = m_corridor.arcs.size();
        auto known = m_corridor.nodes.begin();  // both lists ascend
        for (const Incidence& incidence : m_view.incident(node)) {
            known = std::lower_bound(known, m_corridor.nodes.end(), incidence.neighbour);
            if (known == m_corridor.nodes.end()) {
                break;
            }
            if (*known != incidence.neighbour || !m_options.filter.passes(m_view, incidence.edge)) {
                continue;
            }
            const auto to = static_cast<std::uint32_t>(known - m_corridor.nodes.begin());
            const std::uint32_t cost = step_cost(m_view.edges[incidence.edge].strength);
            if (m_corridor.arcs.size() > begin && m_corridor.arcs.back().to == to) {
                if (m_view.edges[incidence.edge].strength > m_view.edges[m_corridor.arcs.back().edge].strength) {
                    m_corridor.arcs.back() = {to, cost, incidence.edge};
                }
                continue;
            }
            m_corridor.arcs.push_back({to, cost, incidence.edge});
        }
    }

    const View& m_view;
    Node m_source;
    Node m_target;
    const PathOptions& m_options;
    Corridor m_corridor;
};

}  // namespace

Corridor corridor_between(const View& view, Node source, Node target, const PathOptions& options) {
    return Builder(view, source, target, options).build();
}

}  // namespace liaison::graph
