#include "liaison/graph/paths.hpp"

#include "liaison/graph/measures.hpp"
#include "unit/graph/random_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace liaison::graph;
using liaison::test::edge;
using liaison::test::random_graph;
using Nodes = std::vector<Node>;

namespace {

struct Simple {
    std::uint64_t cost;
    Nodes nodes;
    friend auto operator<=>(const Simple&, const Simple&) = default;
};

/// All loopless paths by walking every one of them, cheapest first, ties by nodes.
std::vector<Simple> every_path(const View& view, Node source, Node target, const PathOptions& options, bool by_hops) {
    std::vector<Simple> found;
    std::vector<Simple> open{{0, {source}}};
    while (!open.empty()) {
        const Simple path = open.back();
        open.pop_back();
        const Node at = path.nodes.back();
        if (at == target) {
            found.push_back(path);
            continue;
        }
        const bool is_hub = at != source && options.hubs.policy != Hubs::Policy::pass && view.degree(at) > options.hubs.degree;
        if (is_hub && (by_hops || options.hubs.policy == Hubs::Policy::avoid)) {
            continue;
        }
        for (Node next = 0; next < view.node_count(); ++next) {
            if (std::find(path.nodes.begin(), path.nodes.end(), next) != path.nodes.end()) {
                continue;
            }
            std::uint64_t cheapest = 0;
            for (const Incidence& incidence : view.incident(at)) {
                if (incidence.neighbour == next && options.filter.passes(view, incidence.edge)) {
                    const std::uint64_t cost = by_hops ? 1 : step_cost(view.edges[incidence.edge].strength);
                    cheapest = cheapest == 0 ? cost : std::min(cheapest, cost);
                }
            }
            if (cheapest != 0) {
                Simple longer = path;
                longer.cost += cheapest;
                if (is_hub) {
                    longer.cost += hub_cost(view.degree(at), options.hubs.degree);
                }
                longer.nodes.push_back(next);
                open.push_back(std::move(longer));
            }
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

void check_edges(const View& view, const Path& path) {
    REQUIRE(path.edges.size() + 1 == path.nodes.size());
    for (std::size_t i = 0; i < path.edges.size(); ++i) {
        const EdgeRecord& record = view.edges[path.edges[i]];
        CHECK(((record.source == path.nodes[i] && record.target == path.nodes[i + 1]) ||
               (record.target == path.nodes[i] && record.source == path.nodes[i + 1])));
    }
}

PathOptions options_of(int round, std::uint32_t hub_degree = 4) {
    PathOptions options;
    options.limit = 7;
    options.max_length = 20;
    options.hubs.degree = hub_degree;
    options.hubs.policy = static_cast<Hubs::Policy>(round % 3);
    if (round % 2 == 1) {
        options.filter.kinds = {1, 0, 1};
    }
    return options;
}

}  // namespace

TEST_CASE("the strongest paths are those that walking every loopless path finds, in the same order, ties included") {
    std::mt19937 random(1971);
    for (int round = 0; round < 400; ++round) {
        const auto graph = random_graph(random, 8, 6 + random() % 12);
        const View view = graph.view();
        PathOptions options = options_of(round);
        options.max_length = round % 5 == 0 ? 20 : 1 + random() % 6;
        auto expected = every_path(view, 0, 1, options, false);
        std::erase_if(expected, [&](const Simple& path) { return path.nodes.size() - 1 > options.max_length; });
        const Paths found = strongest(view, 0, 1, options);
        REQUIRE(found.paths.size() == std::min(expected.size(), options.limit));
        CHECK(found.more == (expected.size() > options.limit));
        CHECK_FALSE(found.gave_up);
        for (std::size_t i = 0; i < found.paths.size(); ++i) {
            CHECK(found.paths[i].cost == expected[i].cost);
            CHECK(found.paths[i].nodes == expected[i].nodes);
            check_edges(view, found.paths[i]);
        }
    }
}

TEST_CASE("the shortest paths are all those of fewest hops, in order of node numbers") {
    std::mt19937 random(1959);
    for (int round = 0; round < 600; ++round) {
        const auto graph = random_graph(random, 9, 6 + random() % 14);
        const View view = graph.view();
        PathOptions options = options_of(round);
        options.limit = 1000;
        auto expected = every_path(view, 0, 1, options, true);
        std::erase_if(expected, [&](const Simple& path) { return path.cost > expected.front().cost; });
        const Paths found = all_shortest(view, 0, 1, options);
        REQUIRE(found.paths.size() == expected.size());
        for (std::size_t i = 0; i < found.paths.size(); ++i) {
            CHECK(found.paths[i].cost == expected[i].cost);
            CHECK(found.paths[i].nodes == expected[i].nodes);
            check_edges(view, found.paths[i]);
        }
    }
}

TEST_CASE("the first strongest path costs what Boost's Dijkstra says, and shortest ones what its breadth-first search says") {
    std::mt19937 random(1956);
    for (int round = 0; round < 100; ++round) {
        const auto graph = random_graph(random, 60, 40 + random() % 60);
        const View view = graph.view();
        PathOptions options;
        options.max_length = 100;
        options.hubs.policy = Hubs::Policy::pass;
        const auto costs = costs_from(view, 0);
        const auto hops = hops_from(view, 0);
        for (Node target = 1; target < view.node_count(); target += 7) {
            options.limit = 1;
            const Paths best = strongest(view, 0, target, options);
            CHECK(best.paths.empty() == (hops[target] == UINT32_MAX));
            if (!best.paths.empty()) {
                CHECK(best.paths.front().cost == costs[target]);
                CHECK(all_shortest(view, 0, target, options).paths.front().cost == hops[target]);
            }
        }
    }
}

TEST_CASE("a hub is not passed through unless asked, is reported, and may be an end") {
    // 0 - 9 - 1 through a hub of degree 7; 0 - 2 - 3 - 1 around it.
    std::vector<EdgeRecord> edges{edge(0, 9), edge(9, 1), edge(0, 2), edge(2, 3), edge(3, 1)};
    for (const Node leaf : {4, 5, 6, 7, 8}) {
        edges.push_back(edge(leaf, 9));
    }
    const auto graph = make_graph(10, edges);
    PathOptions options;
    options.hubs = {Hubs::Policy::avoid, 6};
    const Paths around = all_shortest(graph.view(), 0, 1, options);
    REQUIRE(around.paths.size() == 1);
    CHECK(around.paths.front().nodes == Nodes{0, 2, 3, 1});
    CHECK(around.hubs == Nodes{9});
    CHECK(strongest(graph.view(), 0, 1, options).paths.front().nodes == Nodes{0, 2, 3, 1});
    CHECK(strongest(graph.view(), 0, 1, options).hubs == Nodes{9});
    CHECK(all_shortest(graph.view(), 0, 9, options).paths.front().nodes == Nodes{0, 9});

    options.hubs.policy = Hubs::Policy::pass;
    CHECK(all_shortest(graph.view(), 0, 1, options).paths.front().nodes == Nodes{0, 9, 1});
    options.hubs = {Hubs::Policy::penalise, 6};
    CHECK(strongest(graph.view(), 0, 1, options).paths.front().nodes == Nodes{0, 9, 1});
    CHECK(strongest(graph.view(), 0, 1, options).paths.front().cost == 2 * step_cost(255) + hub_cost(7, 6));
    // Below a hub degree of 1 the way around has two small hubs, still cheaper than the large one.
    options.hubs = {Hubs::Policy::penalise, 1};
    CHECK(strongest(graph.view(), 0, 1, options).paths.front().nodes == Nodes{0, 2, 3, 1});
}

TEST_CASE("filters by kind, news, former, day and dataset keep edges out of paths") {
    std::vector<EdgeRecord> edges{edge(0, 1, 255, 1), edge(0, 2), edge(2, 1)};
    edges[1].start = 100;
    edges[1].end = 200;
    auto graph = make_graph(3, edges);
    graph.datasets = {1, 2, 2};
    const auto through = [&](const Filter& filter) {
        PathOptions options;
        options.filter = filter;
        const Paths found = all_shortest(graph.view(), 0, 1, options);
        return found.paths.empty() ? Nodes{} : found.paths.front().nodes;
    };
    Filter filter;
    CHECK(through(filter) == Nodes{0, 1});
    filter.kinds = {1};
    CHECK(through(filter) == Nodes{0, 2, 1});
    filter.day = 99;
    CHECK(through(filter).empty());
    filter.day = 200;
    CHECK(through(filter) == Nodes{0, 2, 1});
    filter = {};
    filter.datasets = 2;
    CHECK(through(filter) == Nodes{0, 2, 1});
    filter.datasets = 4;
    CHECK(through(filter).empty());
    filter = {};
    graph.edges[0].flags |= EdgeRecord::kNews;
    filter.news = false;
    CHECK(through(filter) == Nodes{0, 2, 1});
    graph.edges[2].flags |= EdgeRecord::kFormer;
    filter.former = false;
    CHECK(through(filter).empty());
    filter = {};
    filter.also = [](const EdgeRecord& record) { return record.source != 0 || record.target != 1; };
    CHECK(through(filter) == Nodes{0, 2, 1});
}

TEST_CASE("limits say that there is more: paths, length and work") {
    std::vector<EdgeRecord> edges;
    for (Node middle = 2; middle < 12; ++middle) {
        edges.push_back(edge(0, middle));
        edges.push_back(edge(middle, 1));
    }
    const auto graph = make_graph(12, edges);
    PathOptions options;
    options.limit = 3;
    CHECK(all_shortest(graph.view(), 0, 1, options).paths.size() == 3);
    CHECK(all_shortest(graph.view(), 0, 1, options).more);
    CHECK(strongest(graph.view(), 0, 1, options).more);
    options.max_length = 1;
    CHECK(all_shortest(graph.view(), 0, 1, options).paths.empty());
    CHECK(strongest(graph.view(), 0, 1, options).paths.empty());
    options.max_length = 6;
    options.max_visited = 2;
    CHECK(strongest(graph.view(), 0, 1, options).gave_up);
    CHECK(all_shortest(graph.view(), 0, 1, options).gave_up);
    CHECK(all_shortest(graph.view(), 5, 5, options).paths.front().nodes == Nodes{5});
    CHECK(strongest(graph.view(), 5, 5, options).paths.front().nodes == Nodes{5});
    CHECK_THROWS_WITH(all_shortest(graph.view(), 0, 12, options), "a path begins or ends at a node that does not exist");
}
