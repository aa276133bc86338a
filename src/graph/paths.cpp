#include "liaison/graph/paths.hpp"

#include "liaison/base/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace liaison::graph {
namespace {

constexpr std::uint32_t hop_cost = 1000;
constexpr std::uint32_t halving_cost = 1000;
constexpr std::uint32_t hub_doubling_cost = 2000;

void require_nodes(const View& view, Node source, Node target) {
    if (source >= view.node_count() || target >= view.node_count()) {
        throw base::InternalError("a path begins or ends at a node that does not exist");
    }
}

/// One side of the search: the distance of each node it has seen, and the nodes of its last distance.
struct Side {
    std::unordered_map<Node, std::uint32_t> distance;
    std::vector<Node> frontier;
    std::uint32_t depth = 0;

    explicit Side(Node start) : frontier{start} { distance.emplace(start, 0); }
};

class BreadthFirst {
public:
    BreadthFirst(const View& view, Node source, Node target, const PathOptions& options)
        : m_view(view), m_source(source), m_target(target), m_options(options), m_forward(source), m_backward(target) {}

    Paths run() {
        if (m_source == m_target) {
            m_result.paths.push_back({{m_source}, {}, 0});
            return std::move(m_result);
        }
        bool met = false;
        while (!met && m_forward.depth + m_backward.depth < m_options.max_length && !m_result.gave_up) {
            // The smaller frontier is the cheaper one to grow; an empty one proves that there is no path.
            Side& side = weight(m_forward) <= weight(m_backward) ? m_forward : m_backward;
            if (side.frontier.empty()) {
                break;
            }
            met = grow(side, &side == &m_forward ? m_backward : m_forward);
        }
        if (met) {
            enumerate(m_forward.depth + m_backward.depth);
        }
        std::sort(m_result.hubs.begin(), m_result.hubs.end());
        m_result.hubs.erase(std::unique(m_result.hubs.begin(), m_result.hubs.end()), m_result.hubs.end());
        return std::move(m_result);
    }

private:
    bool stops(Node node) {
        if (m_options.hubs.policy == Hubs::Policy::pass || node == m_source || node == m_target ||
            m_view.degree(node) <= m_options.hubs.degree) {
            return false;
        }
        m_result.hubs.push_back(node);
        return true;
    }

    std::uint64_t weight(const Side& side) const {
        std::uint64_t sum = 0;
        for (const Node node : side.frontier) {
            sum += m_view.degree(node);
        }
        return sum;
    }

    /// One distance more; true when the two sides have met.
    bool grow(Side& side, const Side& other) {
        std::vector<Node> next;
        bool met = false;
        ++side.depth;
        for (const Node node : side.frontier) {
            if (stops(node)) {
                continue;
            }
            for (const Incidence& incidence : m_view.incident(node)) {
                if (!m_options.filter.passes(m_view, incidence.edge)) {
                    continue;
                }
                if (side.distance.emplace(incidence.neighbour, side.depth).second) {
                    next.push_back(incidence.neighbour);
                    // A hub where the sides meet would be passed through.
                    met = met || (other.distance.count(incidence.neighbour) != 0 && !stops(incidence.neighbour));
                }
            }
        }
        m_result.gave_up = m_forward.distance.size() + m_backward.distance.size() > m_options.max_visited;
        side.frontier.swap(next);
        return met;
    }

    /// True when a shortest path of this length can stand at the node after `at` hops.
    bool leads_on(Node node, std::uint32_t at, std::uint32_t length) const {
        if (at > m_forward.depth) {
            const auto found = m_backward.distance.find(node);
            return found != m_backward.distance.end() && found->second == length - at;
        }
        return m_alive.count(node) != 0 && m_forward.distance.at(node) == at;
    }

    /// Marks the nodes of the forward side from which the backward side is reached in time.
    void mark_alive(std::uint32_t length) {
        std::vector<Node> layer;
        for (const auto& [node, distance] : m_forward.distance) {
            const auto found = m_backward.distance.find(node);
            if (distance == m_forward.depth && found != m_backward.distance.end() && distance + found->second == length &&
                (node == m_source || node == m_target || m_options.hubs.policy == Hubs::Policy::pass ||
                 m_view.degree(node) <= m_options.hubs.degree)) {
                layer.push_back(node);
            }
        }
        m_alive.insert(layer.begin(), layer.end());
        for (std::uint32_t distance = m_forward.depth; distance > 0; --distance) {
            std::vector<Node> before;
            for (const Node node : layer) {
                for (const Incidence& incidence : m_view.incident(node)) {
                    const auto found = m_forward.distance.find(incidence.neighbour);
                    if (found == m_forward.distance.end() || found->second != distance - 1 || stops(incidence.neighbour) ||
                        !m_options.filter.passes(m_view, incidence.edge)) {
                        continue;
                    }
                    if (m_alive.insert(incidence.neighbour).second) {
                        before.push_back(incidence.neighbour);
                    }
                }
            }
            layer.swap(before);
        }
    }

    /// The next steps of a path that stands at `node` after `at` hops: by node number, descending, one a neighbour.
    std::vector<Incidence> steps(Node node, std::uint32_t at, std::uint32_t length) {
        std::vector<Incidence> found;
        for (const Incidence& incidence : m_view.incident(node)) {
            if (!m_options.filter.passes(m_view, incidence.edge)) {
                continue;
            }
            if (!found.empty() && found.back().neighbour == incidence.neighbour) {
                if (m_view.edges[incidence.edge].strength > m_view.edges[found.back().edge].strength) {
                    found.back().edge = incidence.edge;
                }
                continue;
            }
            const bool last = at + 1 == length;
            if (leads_on(incidence.neighbour, at + 1, length) && (last || !stops(incidence.neighbour))) {
                found.push_back(incidence);
            }
        }
        std::reverse(found.begin(), found.end());
        return found;
    }

    void enumerate(std::uint32_t length) {
        mark_alive(length);
        Path path{{m_source}, {}, length};
        std::vector<std::vector<Incidence>> open{steps(m_source, 0, length)};
        while (!open.empty()) {
            if (open.back().empty()) {
                open.pop_back();
                path.nodes.pop_back();
                if (!path.edges.empty()) {
                    path.edges.pop_back();
                }
                continue;
            }
            const Incidence step = open.back().back();
            open.back().pop_back();
            path.nodes.push_back(step.neighbour);
            path.edges.push_back(step.edge);
            if (path.edges.size() < length) {
                open.push_back(steps(step.neighbour, static_cast<std::uint32_t>(path.edges.size()), length));
                continue;
            }
            if (m_result.paths.size() == m_options.limit) {
                m_result.more = true;
                return;
            }
            m_result.paths.push_back(path);
            path.nodes.pop_back();
            path.edges.pop_back();
        }
    }

    const View& m_view;
    Node m_source;
    Node m_target;
    const PathOptions& m_options;
    Side m_forward;
    Side m_backward;
    std::unordered_set<Node> m_alive;
    Paths m_result;
};

}  // namespace

Paths all_shortest(const View& view, Node source, Node target, const PathOptions& options) {
    require_nodes(view, source, target);
    return BreadthFirst(view, source, target, options).run();
}

std::uint32_t step_cost(std::uint8_t strength) {
    static const auto costs = [] {
        std::array<std::uint32_t, 256> table{};
        for (std::size_t i = 0; i < table.size(); ++i) {
            const double doubts = std::log2(255.0 / static_cast<double>(std::max<std::size_t>(i, 1)));
            table[i] = hop_cost + static_cast<std::uint32_t>(std::lround(doubts * halving_cost));
        }
        return table;
    }();
    return costs[strength];
}

std::uint32_t hub_cost(std::uint32_t degree, std::uint32_t hub_degree) {
    if (degree <= hub_degree) {
        return 0;
    }
    const double doublings = std::log2(static_cast<double>(degree) / static_cast<double>(std::max(hub_degree, 1U)));
    return static_cast<std::uint32_t>(std::lround(doublings * hub_doubling_cost));
}

}  // namespace liaison::graph
