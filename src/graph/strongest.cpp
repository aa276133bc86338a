#include "liaison/base/error.hpp"
#include "liaison/graph/paths.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <set>
#include <unordered_map>
#include <unordered_set>

// The k cheapest loopless paths (Yen, Management Science 17, 1971), with three turns:
// - Costs are integers, so that equal paths are equal and ties can be broken by node numbers alone.
// - One Dijkstra from the target gives every node its true remaining cost as far as it was run; for the spur searches,
//   in which nodes and first steps are forbidden, it stays a lower bound and steers an A* that hardly leaves the path.
//   Nodes it did not settle get the radius it reached, which keeps the bound consistent.
// - Among cheapest spur paths the lexicographically smallest is wanted: A* runs until no node can lie on a cheapest path
//   any more, the nodes that do are marked from the target backwards, and the path walks the marked ones from the front,
//   always to the smallest number.
// Cost: O(k * length) searches. Known failure: graphs in which all costs are equal make the bound flat over large parts;
// max_visited ends that, and the answer says so.

namespace liaison::graph {
namespace {

using Cost = std::uint64_t;
constexpr Cost unreached = std::numeric_limits<Cost>::max();

struct Entry {
    Cost cost;
    Node node;
    friend bool operator>(const Entry& one, const Entry& other) {
        return std::tie(one.cost, one.node) > std::tie(other.cost, other.node);
    }
};
using Heap = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

class Yen {
public:
    Yen(const View& view, Node source, Node target, const PathOptions& options)
        : m_view(view), m_source(source), m_target(target), m_options(options) {}

    Paths run() {
        Paths result;
        if (m_source == m_target) {
            result.paths.push_back({{m_source}, {}, 0});
            return result;
        }
        bound_from_target();
        std::set<std::pair<Cost, std::vector<Node>>> candidates;
        std::vector<std::vector<Node>> found;
        std::set<std::vector<Node>> known;
        if (auto first = search({m_source}, {}, 0)) {
            candidates.insert(std::move(*first));
        }
        while (!candidates.empty() && !m_gave_up) {
            auto best = candidates.extract(candidates.begin()).value();
            if (best.second.size() - 1 <= m_options.max_length) {
                if (result.paths.size() == m_options.limit) {
                    result.more = true;
                    break;
                }
                result.paths.push_back(path_of(best.second, best.first));
            }
            known.insert(best.second);
            found.push_back(best.second);
            if (found.size() > 16 * m_options.limit + 64) {
                m_gave_up = true;  // only paths over max_length come
                break;
            }
            spur(found, known, candidates);
        }
        result.gave_up = m_gave_up;
        result.hubs.assign(m_hubs.begin(), m_hubs.end());
        return result;
    }

private:
    bool is_hub(Node node) {
        if (node == m_source || node == m_target || m_options.hubs.policy == Hubs::Policy::pass ||
            m_view.degree(node) <= m_options.hubs.degree) {
            return false;
        }
        m_hubs.insert(node);
        return true;
    }

    /// What entering `node` costs besides the edge; unreached when it must not be entered.
    Cost entry_cost(Node node) {
        if (!is_hub(node)) {
            return 0;
        }
        return m_options.hubs.policy == Hubs::Policy::avoid ? unreached
                                                            : hub_cost(m_view.degree(node), m_options.hubs.degree);
    }

    bool count_visit() {
        m_gave_up = m_gave_up || ++m_visited > m_options.max_visited;
        return !m_gave_up;
    }

    void bound_from_target() {
        std::unordered_map<Node, Cost> tentative{{m_target, 0}};
        Heap heap;
        heap.push({0, m_target});
        while (!heap.empty() && count_visit()) {
            const auto [cost, node] = heap.top();
            heap.pop();
            if (!m_remaining.emplace(node, cost).second) {
                continue;
            }
            m_radius = cost;
            if (node == m_source) {
                return;
            }
            const Cost entry = entry_cost(node);
            if (entry == unreached) {
                continue;
            }
            for (const Incidence& incidence : m_view.incident(node)) {
                if (!m_options.filter.passes(m_view, incidence.edge)) {
                    continue;
                }
                const Cost next = cost + entry + step_cost(m_view.edges[incidence.edge].strength);
                const auto [known, is_new] = tentative.emplace(incidence.neighbour, next);
                if (is_new || next < known->second) {
                    known->second = next;
                    heap.push({next, incidence.neighbour});
                }
            }
        }
        m_radius = m_remaining.count(m_source) == 0 ? unreached : m_radius;  // all that is reachable is known
    }

    Cost remaining(Node node) const {
        const auto found = m_remaining.find(node);
        return found == m_remaining.end() ? m_radius : found->second;
    }

    /// The cheapest, then smallest, path that begins with `root`, does not go on from it to a node of `forbidden`, and
    /// costs `spent` up to the end of the root.
    std::optional<std::pair<Cost, std::vector<Node>>> search(const std::vector<Node>& root,
                                                             const std::unordered_set<Node>& forbidden, Cost spent) {
        const Node spur = root.back();
        const std::unordered_set<Node> closed(root.begin(), root.end());
        std::unordered_map<Node, Cost> reached{{spur, 0}};
        std::unordered_set<Node> settled;
        Heap heap;
        if (remaining(spur) == unreached) {
            return std::nullopt;
        }
        heap.push({remaining(spur), spur});
        Cost best = unreached;
        while (!heap.empty() && heap.top().cost <= best && count_visit()) {
            const auto [estimate, node] = heap.top();
            heap.pop();
            if (!settled.insert(node).second) {
                continue;
            }
            const Cost cost = reached.at(node);
            if (node == m_target) {
                best = cost;
                continue;
            }
            for (const Incidence& incidence : m_view.incident(node)) {
                const Node next = incidence.neighbour;
                if (closed.count(next) != 0 || (node == spur && forbidden.count(next) != 0) ||
                    remaining(next) == unreached || !m_options.filter.passes(m_view, incidence.edge)) {
                    continue;
                }
                const Cost entry = entry_cost(next);
                if (entry == unreached) {
                    continue;
                }
                const Cost through = cost + entry + step_cost(m_view.edges[incidence.edge].strength);
                const auto [known, is_new] = reached.emplace(next, through);
                if (is_new || through < known->second) {
                    known->second = through;
                    heap.push({through + remaining(next), next});
                }
            }
        }
        if (best == unreached || m_gave_up) {
            return std::nullopt;
        }
        return std::pair{spent + best, smallest(root, forbidden, reached, settled)};
    }

    /// Walks from the end of the root over steps that are tight for `reached`, to the smallest node that still leads to
    /// the target.
    std::vector<Node> smallest(const std::vector<Node>& root, const std::unordered_set<Node>& forbidden,
                               const std::unordered_map<Node, Cost>& reached, const std::unordered_set<Node>& settled) {
        const auto is_tight = [&](Node from, const Incidence& incidence, Node to) {
            return reached.at(from) + entry_cost(to) + step_cost(m_view.edges[incidence.edge].strength) == reached.at(to) &&
                   m_options.filter.passes(m_view, incidence.edge);
        };
        std::unordered_set<Node> leads{m_target};
        std::vector<Node> open{m_target};
        while (!open.empty()) {
            const Node to = open.back();
            open.pop_back();
            for (const Incidence& incidence : m_view.incident(to)) {
                const Node from = incidence.neighbour;
                if (settled.count(from) != 0 && !(from == root.back() && forbidden.count(to) != 0) &&
                    is_tight(from, incidence, to) && leads.insert(from).second) {
                    open.push_back(from);
                }
            }
        }
        std::vector<Node> path = root;
        while (path.back() != m_target) {
            const Node from = path.back();
            for (const Incidence& incidence : m_view.incident(from)) {
                const Node to = incidence.neighbour;
                if (leads.count(to) != 0 && to != from && !(from == root.back() && forbidden.count(to) != 0) &&
                    is_tight(from, incidence, to)) {
                    path.push_back(to);
                    break;
                }
            }
            if (path.back() == from) {
                throw base::InternalError("a cheapest path was found and lost");
            }
        }
        return path;
    }

    /// The strongest edge from one node to the next, of lowest number.
    EdgeNumber edge_between(Node from, Node to) const {
        const auto incident = m_view.incident(from);
        auto at = std::lower_bound(incident.begin(), incident.end(), to,
                                   [](const Incidence& one, Node node) { return one.neighbour < node; });
        EdgeNumber best = std::numeric_limits<EdgeNumber>::max();
        for (; at != incident.end() && at->neighbour == to; ++at) {
            if (m_options.filter.passes(m_view, at->edge) &&
                (best == std::numeric_limits<EdgeNumber>::max() ||
                 m_view.edges[at->edge].strength > m_view.edges[best].strength)) {
                best = at->edge;
            }
        }
        return best;
    }

    Path path_of(const std::vector<Node>& nodes, Cost cost) const {
        Path path{nodes, {}, cost};
        for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
            path.edges.push_back(edge_between(nodes[i], nodes[i + 1]));
        }
        return path;
    }

    void spur(const std::vector<std::vector<Node>>& found, const std::set<std::vector<Node>>& known,
              std::set<std::pair<Cost, std::vector<Node>>>& candidates) {
        const std::vector<Node>& last = found.back();
        Cost spent = 0;
        std::vector<Node> root;
        for (std::size_t i = 0; i + 1 < last.size(); ++i) {
            root.push_back(last[i]);
            if (i > 0) {
                spent += entry_cost(last[i]) +
                         step_cost(m_view.edges[edge_between(last[i - 1], last[i])].strength);
            }
            std::unordered_set<Node> forbidden;
            for (const auto& path : found) {
                if (path.size() > i + 1 && std::equal(root.begin(), root.end(), path.begin())) {
                    forbidden.insert(path[i + 1]);
                }
            }
            auto candidate = search(root, forbidden, spent);
            if (candidate && known.count(candidate->second) == 0) {
                candidates.insert(std::move(*candidate));
            }
        }
    }

    const View& m_view;
    Node m_source;
    Node m_target;
    const PathOptions& m_options;
    std::unordered_map<Node, Cost> m_remaining;  ///< true cost to the target, of nodes within m_radius
    Cost m_radius = 0;                           ///< at least this for all others
    std::set<Node> m_hubs;
    std::size_t m_visited = 0;
    bool m_gave_up = false;
};

}  // namespace

Paths strongest(const View& view, Node source, Node target, const PathOptions& options) {
    if (source >= view.node_count() || target >= view.node_count()) {
        throw base::InternalError("a path begins or ends at a node that does not exist");
    }
    return Yen(view, source, target, options).run();
}

}  // namespace liaison::graph
