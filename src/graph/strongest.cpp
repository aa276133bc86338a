#include "graph/corridor.hpp"
#include "liaison/base/error.hpp"
#include "liaison/graph/paths.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <set>
#include <tuple>

// The k cheapest loopless paths (Yen, Management Science 17, 1971) inside the corridor of all paths that are short enough,
// with three turns:
// - Costs are integers, so that equal paths are equal and ties can be broken by node numbers alone.
// - One Dijkstra from the target gives every node its true remaining cost. For the spur searches, in which nodes and
//   first steps are forbidden, that stays a lower bound and steers an A* that hardly leaves the path.
// - Among cheapest spur paths the lexicographically smallest is wanted: A* runs until no node can lie on a cheapest path
//   any more, the nodes that do are marked from the target backwards, and the path walks the marked ones from the front,
//   always to the smallest number.
// Paths longer than asked for can lie in the corridor too; they come up in order of cost, are passed over and count
// against a bound. Cost: O(k * length) searches of the corridor. Known failure: where cheap long ways abound (chains of
// certain edges beside one doubtful edge) that bound ends the search early; the answer then says that it gave up.

namespace liaison::graph {
namespace {

using Cost = std::uint64_t;
using Local = std::uint32_t;  // a node of the corridor
using Walk = std::vector<Local>;
constexpr Cost unreached = std::numeric_limits<Cost>::max();

using Entry = std::pair<Cost, Local>;
using Heap = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

class Yen {
public:
    Yen(const Corridor& corridor, const PathOptions& options)
        : m_corridor(corridor), m_options(options), m_remaining(corridor.nodes.size(), unreached),
          m_reached(corridor.nodes.size()), m_settled(corridor.nodes.size()), m_closed(corridor.nodes.size()),
          m_forbidden(corridor.nodes.size()), m_leads(corridor.nodes.size()) {}

    Paths run() {
        Paths result;
        bound_from_target();
        std::set<std::pair<Cost, Walk>> candidates;
        std::vector<Walk> found;
        if (auto first = search({m_corridor.source}, 0)) {
            candidates.insert(std::move(*first));
        }
        const std::size_t most = 16 * m_options.limit + 64;
        while (!candidates.empty()) {
            auto [cost, walk] = candidates.extract(candidates.begin()).value();
            if (walk.size() - 1 <= m_options.max_length) {
                if (result.paths.size() == m_options.limit) {
                    result.more = true;
                    break;
                }
                result.paths.push_back(path_of(walk, cost));
            }
            found.push_back(std::move(walk));
            if (found.size() > most) {
                result.gave_up = true;
                break;
            }
            spur(found, candidates);
        }
        return result;
    }

private:
    void bound_from_target() {
        Heap heap;
        m_remaining[m_corridor.target] = 0;
        heap.push({0, m_corridor.target});
        while (!heap.empty()) {
            const auto [cost, node] = heap.top();
            heap.pop();
            if (cost > m_remaining[node]) {
                continue;
            }
            for (const Corridor::Arc& arc : m_corridor.out(node)) {
                const Cost next = cost + m_corridor.toll[node] + arc.cost;
                if (next < m_remaining[arc.to]) {
                    m_remaining[arc.to] = next;
                    heap.push({next, arc.to});
                }
            }
        }
    }

    [[nodiscard]] bool is_barred(Local from, Local to, Local spur) const {
        return m_closed[to] != 0 || (from == spur && m_forbidden[to] != 0);
    }

    /// The cheapest, then smallest, path that begins with `root`, whose nodes are closed, and does not go on from it to a
    /// forbidden node. `spent` is the cost up to the end of the root.
    std::optional<std::pair<Cost, Walk>> search(const Walk& root, Cost spent) {
        const Local spur = root.back();
        std::fill(m_reached.begin(), m_reached.end(), unreached);
        std::fill(m_settled.begin(), m_settled.end(), 0);
        for (const Local node : root) {
            m_closed[node] = 1;
        }
        Heap heap;
        m_reached[spur] = 0;
        if (m_remaining[spur] != unreached) {
            heap.push({m_remaining[spur], spur});
        }
        Cost best = unreached;
        while (!heap.empty() && heap.top().first <= best) {
            const Local node = heap.top().second;
            heap.pop();
            if (m_settled[node] != 0) {
                continue;
            }
            m_settled[node] = 1;
            if (node == m_corridor.target) {
                best = m_reached[node];
                continue;
            }
            for (const Corridor::Arc& arc : m_corridor.out(node)) {
                const Cost next = m_reached[node] + m_corridor.toll[arc.to] + arc.cost;
                if (next < m_reached[arc.to] && !is_barred(node, arc.to, spur)) {
                    m_reached[arc.to] = next;
                    heap.push({next + m_remaining[arc.to], arc.to});
                }
            }
        }
        auto found = best == unreached ? std::nullopt : std::optional(std::pair(spent + best, smallest(root)));
        for (const Local node : root) {
            m_closed[node] = 0;
        }
        return found;
    }

    [[nodiscard]] bool is_tight(Local from, const Corridor::Arc& arc, Local to) const {
        return m_reached[from] + m_corridor.toll[to] + arc.cost == m_reached[to];
    }

    /// Goes on from the end of the root over tight steps, always to the smallest node that still leads to the target.
    Walk smallest(const Walk& root) {
        const Local spur = root.back();
        std::fill(m_leads.begin(), m_leads.end(), 0);
        m_leads[m_corridor.target] = 1;
        Walk open{m_corridor.target};
        while (!open.empty()) {
            const Local to = open.back();
            open.pop_back();
            for (const Corridor::Arc& arc : m_corridor.out(to)) {
                const Local from = arc.to;
                if (m_settled[from] != 0 && m_leads[from] == 0 && !is_barred(from, to, spur) && is_tight(from, arc, to)) {
                    m_leads[from] = 1;
                    open.push_back(from);
                }
            }
        }
        Walk walk = root;
        while (walk.back() != m_corridor.target) {
            const Local from = walk.back();
            const auto arcs = m_corridor.out(from);
            const auto step = std::find_if(arcs.begin(), arcs.end(), [&](const Corridor::Arc& arc) {
                return m_leads[arc.to] != 0 && !is_barred(from, arc.to, spur) && is_tight(from, arc, arc.to);
            });
            if (step == arcs.end()) {
                throw base::InternalError("a cheapest path was found and lost");
            }
            walk.push_back(step->to);
        }
        return walk;
    }

    [[nodiscard]] const Corridor::Arc& arc_between(Local from, Local to) const {
        const auto arcs = m_corridor.out(from);
        return *std::lower_bound(arcs.begin(), arcs.end(), to,
                                 [](const Corridor::Arc& arc, Local node) { return arc.to < node; });
    }

    [[nodiscard]] Path path_of(const Walk& walk, Cost cost) const {
        Path path{{}, {}, cost};
        for (std::size_t i = 0; i < walk.size(); ++i) {
            path.nodes.push_back(m_corridor.nodes[walk[i]]);
            if (i > 0) {
                path.edges.push_back(arc_between(walk[i - 1], walk[i]).edge);
            }
        }
        return path;
    }

    /// The best deviation from the last path at each of its nodes.
    void spur(const std::vector<Walk>& found, std::set<std::pair<Cost, Walk>>& candidates) {
        const Walk& last = found.back();
        Cost spent = 0;
        Walk root;
        for (std::size_t i = 0; i + 1 < last.size(); ++i) {
            root.push_back(last[i]);
            if (i > 0) {
                spent += m_corridor.toll[last[i]] + arc_between(last[i - 1], last[i]).cost;
            }
            Walk forbidden;
            for (const Walk& walk : found) {
                if (walk.size() > i + 1 && std::equal(root.begin(), root.end(), walk.begin())) {
                    forbidden.push_back(walk[i + 1]);
                    m_forbidden[walk[i + 1]] = 1;
                }
            }
            if (auto candidate = search(root, spent)) {
                candidates.insert(std::move(*candidate));
            }
            for (const Local node : forbidden) {
                m_forbidden[node] = 0;
            }
        }
    }

    const Corridor& m_corridor;
    const PathOptions& m_options;
    std::vector<Cost> m_remaining;  ///< true cost to the target
    std::vector<Cost> m_reached;    ///< of the search in hand: cost from the end of its root
    std::vector<char> m_settled;
    std::vector<char> m_closed;     ///< nodes of the root
    std::vector<char> m_forbidden;  ///< first steps behind it
    std::vector<char> m_leads;
};

}  // namespace

Paths strongest(const View& view, Node source, Node target, const PathOptions& options) {
    if (source >= view.node_count() || target >= view.node_count()) {
        throw base::InternalError("a path begins or ends at a node that does not exist");
    }
    if (source == target) {
        return {{{{source}, {}, 0}}, false, false, {}};
    }
    const Corridor corridor = corridor_between(view, source, target, options);
    Paths result;
    if (!corridor.empty()) {
        result = Yen(corridor, options).run();
    }
    result.gave_up = result.gave_up || corridor.shortened;
    result.hubs = corridor.hubs;
    return result;
}

}  // namespace liaison::graph
