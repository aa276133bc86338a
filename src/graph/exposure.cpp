#include "liaison/graph/exposure.hpp"

#include "liaison/base/error.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace liaison::graph {
namespace {

/// The cheapest way to a node at its distance.
struct Step {
    std::uint32_t distance = 0;
    std::uint64_t cost = 0;
    Node from = 0;
    EdgeNumber edge = 0;

    [[nodiscard]] auto order() const { return std::tuple(cost, from, edge); }
};

Exposure exposure_of(const View& view, const std::unordered_map<Node, Step>& steps, Node listed) {
    Exposure exposure{{{listed}, {}, steps.at(listed).cost}, 1};
    for (Node node = listed; steps.at(node).distance > 0; node = steps.at(node).from) {
        const Step& step = steps.at(node);
        exposure.path.nodes.push_back(step.from);
        exposure.path.edges.push_back(step.edge);
        exposure.strength *= static_cast<double>(view.edges[step.edge].strength) / 255;
    }
    std::reverse(exposure.path.nodes.begin(), exposure.path.nodes.end());
    std::reverse(exposure.path.edges.begin(), exposure.path.edges.end());
    return exposure;
}

}  // namespace

Exposures nearest_listed(const View& view, Node from, const std::function<bool(Node)>& is_listed,
                         const ExposureOptions& options) {
    if (from >= view.node_count()) {
        throw base::InternalError("exposure of a node that does not exist");
    }
    Exposures result;
    std::unordered_map<Node, Step> steps{{from, {}}};
    std::vector<Node> frontier{from};
    for (std::uint32_t distance = 1; distance <= options.max_distance && !frontier.empty(); ++distance) {
        std::vector<Node> next;
        for (const Node node : frontier) {
            if (node != from && options.hubs.policy != Hubs::Policy::pass && view.degree(node) > options.hubs.degree) {
                result.hubs.push_back(node);
                continue;
            }
            const std::uint64_t cost = steps.at(node).cost;
            for (const Incidence& incidence : view.incident(node)) {
                if (!options.filter.passes(view, incidence.edge)) {
                    continue;
                }
                const Step step{distance, cost + step_cost(view.edges[incidence.edge].strength), node, incidence.edge};
                const auto [known, is_new] = steps.emplace(incidence.neighbour, step);
                if (is_new) {
                    next.push_back(incidence.neighbour);
                } else if (known->second.distance == distance && step.order() < known->second.order()) {
                    known->second = step;
                }
            }
        }
        std::vector<Node> listed;
        std::copy_if(next.begin(), next.end(), std::back_inserter(listed), is_listed);
        if (!listed.empty()) {
            std::sort(listed.begin(), listed.end(), [&](Node one, Node other) {
                return std::pair(steps.at(one).cost, one) < std::pair(steps.at(other).cost, other);
            });
            result.distance = distance;
            result.at_distance = listed.size();
            listed.resize(std::min(listed.size(), options.limit));
            for (const Node node : listed) {
                result.nearest.push_back(exposure_of(view, steps, node));
            }
            break;
        }
        frontier.swap(next);
    }
    std::sort(result.hubs.begin(), result.hubs.end());
    return result;
}

}  // namespace liaison::graph
