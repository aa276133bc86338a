#pragma once
// Which edges a walk may use and what it does at hubs.

#include "liaison/graph/view.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace liaison::graph {

/// Every condition that is set must hold. A default filter lets everything pass and costs nothing.
struct Filter {
    std::vector<char> kinds;             ///< by kind number: 1 passes; empty: all. Kinds beyond the end do not pass
    bool news = true;                    ///< false: no edges that only an article claims
    bool former = true;                  ///< false: no edges that the publisher calls former
    std::optional<std::int32_t> day;     ///< only edges that can have stood that day (days since 1970-01-01)
    std::uint64_t datasets = ~std::uint64_t{0};  ///< edges of at least one of them; needs View::datasets unless all
    std::function<bool(const EdgeRecord&)> also; ///< further condition of the caller's

    [[nodiscard]] bool lets_all_pass() const {
        return kinds.empty() && news && former && !day && datasets == ~std::uint64_t{0} && !also;
    }
    [[nodiscard]] bool passes(const View& view, EdgeNumber number) const {
        const EdgeRecord& edge = view.edges[number];
        if (!kinds.empty() && (edge.kind >= kinds.size() || kinds[edge.kind] == 0)) {
            return false;
        }
        if ((!news && edge.has(EdgeRecord::kNews)) || (!former && edge.has(EdgeRecord::kFormer))) {
            return false;
        }
        if (day && (edge.start > *day || edge.end < *day)) {
            return false;
        }
        if (datasets != ~std::uint64_t{0} && (view.datasets.empty() || (view.datasets[number] & datasets) == 0)) {
            return false;
        }
        return !also || also(edge);
    }
};

/// A hub is a node of more than `degree` edges in the view (a country, a shared "Pyongyang" address): that two things
/// touch it says little. Ends of a path and sources of a walk are never hubs.
struct Hubs {
    enum class Policy : std::uint8_t {
        pass,     ///< like any node
        avoid,    ///< reached, but not passed through
        penalise  ///< passed through at a price that grows with the degree (paths by strength; else like avoid)
    };
    Policy policy = Policy::avoid;
    std::uint32_t degree = 200;
};

}  // namespace liaison::graph
