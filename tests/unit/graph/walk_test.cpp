#include "liaison/graph/walk.hpp"

#include "liaison/graph/exposure.hpp"
#include "liaison/graph/measures.hpp"
#include "unit/graph/random_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace liaison::graph;
using liaison::test::edge;
using liaison::test::random_graph;
using Nodes = std::vector<Node>;

namespace {

Nodes nodes_of(const Neighbourhood& found) {
    Nodes nodes;
    for (const Reached& reached : found.nodes) {
        nodes.push_back(reached.node);
    }
    return nodes;
}

}  // namespace

TEST_CASE("k hops reach what Boost's breadth-first search reaches at that distance, again and again") {
    std::mt19937 random(26);
    for (int round = 0; round < 50; ++round) {
        const auto graph = random_graph(random, 80, 90);
        const View view = graph.view();
        Walker walker(view);
        Filter filter;
        if (round % 2 == 0) {
            filter.kinds = {1, 1};
        }
        for (Node source = 0; source < 80; source += 13) {
            WalkOptions options;
            options.depth = 1 + round % 4;
            options.filter = filter;
            const auto found = walker.k_hop(std::vector<Node>{source, source}, options);
            const auto hops = hops_from(view, source, filter);
            std::size_t expected = 0;
            bool beyond = false;
            for (Node node = 0; node < 80; ++node) {
                expected += hops[node] <= options.depth ? 1 : 0;
                beyond = beyond || hops[node] == options.depth + 1;
            }
            CHECK(found.nodes.size() == expected);
            CHECK(found.more_beyond_depth == beyond);
            for (const Reached& reached : found.nodes) {
                CHECK(reached.distance == hops[reached.node]);
            }
        }
    }
}

TEST_CASE("the limit keeps the nearest, then those of the strongest edge, then the lower number, and counts the rest") {
    const auto graph = make_graph(6, {edge(0, 1, 100), edge(0, 2, 200), edge(0, 3, 100), edge(0, 1, 150), edge(1, 4), edge(3, 5)});
    const View view = graph.view();
    Walker walker(view);
    WalkOptions options;
    options.depth = 2;
    options.limit = 3;
    const auto cut = walker.k_hop(std::vector<Node>{0}, options);
    CHECK(nodes_of(cut) == Nodes{0, 2, 1});
    CHECK(cut.nodes.back().via == 3);
    CHECK(cut.left_out == 1);
    CHECK(cut.cut_distance == 1);
    CHECK_FALSE(cut.more_beyond_depth);
    options.limit = 100;
    const auto whole = walker.k_hop(std::vector<Node>{0}, options);
    CHECK(nodes_of(whole) == Nodes{0, 1, 2, 3, 4, 5});
    CHECK(whole.left_out == 0);
    options.limit = 4;
    CHECK(nodes_of(walker.k_hop(std::vector<Node>{0}, options)) == Nodes{0, 1, 2, 3});
    CHECK(walker.k_hop(std::vector<Node>{0}, options).left_out == 2);
    CHECK_THROWS_WITH(walker.k_hop(std::vector<Node>{9}, options), "a walk begins at a node that does not exist");
}

TEST_CASE("a hub ends a walk, is named, and may be where it begins") {
    const auto graph = make_graph(6, {edge(0, 1), edge(1, 2), edge(1, 3), edge(1, 4), edge(4, 5)});
    const View view = graph.view();
    Walker walker(view);
    WalkOptions options;
    options.depth = 3;
    options.hubs = {Hubs::Policy::avoid, 3};
    const auto stopped = walker.k_hop(std::vector<Node>{0}, options);
    CHECK(nodes_of(stopped) == Nodes{0, 1});
    CHECK(stopped.hubs == Nodes{1});
    CHECK(nodes_of(walker.k_hop(std::vector<Node>{1}, options)) == Nodes{1, 0, 2, 3, 4, 5});
}

TEST_CASE("components are numbered by their lowest node and are those of a union-find") {
    std::mt19937 random(1964);
    for (int round = 0; round < 50; ++round) {
        const auto graph = random_graph(random, 60, 40);
        const View view = graph.view();
        std::vector<Node> parent(60);
        std::iota(parent.begin(), parent.end(), 0);
        const auto find = [&](Node node) {
            while (parent[node] != node) {
                node = parent[node];
            }
            return node;
        };
        for (const EdgeRecord& record : view.edges) {
            const Node one = find(record.source);
            const Node other = find(record.target);
            parent[std::max(one, other)] = std::min(one, other);
        }
        const auto component = components(view);
        Node next = 0;
        for (Node node = 0; node < 60; ++node) {
            if (find(node) == node) {
                CHECK(component[node] == next++);
            } else {
                CHECK(component[node] == component[find(node)]);
            }
        }
    }
}

TEST_CASE("PageRank and betweenness of a star are the centre's") {
    const auto graph = make_graph(5, {edge(0, 1), edge(0, 2), edge(0, 3), edge(0, 4)});
    const auto rank = page_rank(graph.view());
    CHECK(std::accumulate(rank.begin(), rank.end(), 0.0) == doctest::Approx(1));
    CHECK(rank[0] == doctest::Approx(0.475594).epsilon(0.0001));
    CHECK(rank[1] == rank[4]);
    const auto between = betweenness(graph.view());
    CHECK(between == std::vector<double>{6, 0, 0, 0, 0});
}

TEST_CASE("betweenness is what counting shortest paths pair by pair gives") {
    std::mt19937 random(2001);
    for (int round = 0; round < 20; ++round) {
        // Without parallel edges, which Brandes counts as several paths.
        std::vector<EdgeRecord> records;
        for (Node one = 0; one < 9; ++one) {
            for (Node other = one + 1; other < 9; ++other) {
                if (random() % 3 == 0) {
                    records.push_back(edge(one, other));
                }
            }
        }
        const auto graph = make_graph(9, records);
        std::vector<double> expected(9, 0);
        PathOptions options;
        options.limit = 1000;
        options.max_length = 20;
        options.hubs.policy = Hubs::Policy::pass;
        for (Node one = 0; one < 9; ++one) {
            for (Node other = one + 1; other < 9; ++other) {
                const auto found = all_shortest(graph.view(), one, other, options);
                for (const Path& path : found.paths) {
                    for (std::size_t i = 1; i + 1 < path.nodes.size(); ++i) {
                        expected[path.nodes[i]] += 1.0 / static_cast<double>(found.paths.size());
                    }
                }
            }
        }
        const auto between = betweenness(graph.view());
        for (Node node = 0; node < 9; ++node) {
            CHECK(between[node] == doctest::Approx(expected[node]));
        }
    }
}

TEST_CASE("exposure is the nearest listed node over the edges that count, by the cheapest of the shortest paths") {
    // 0 -family- 1 (listed); 0 -owns- 2 -owns- 3 (listed), 0 -owns- 4 -owns- 3 by weaker edges; 5 listed at the same distance.
    const auto graph = make_graph(6, {edge(0, 1, 200, 1), edge(0, 2, 255, 0), edge(2, 3, 255, 0), edge(0, 4, 100, 0),
                                      edge(4, 3, 255, 0), edge(4, 5, 255, 0)});
    const auto is_listed = [](Node node) { return node == 1 || node == 3 || node == 5; };
    ExposureOptions options;
    const auto any = nearest_listed(graph.view(), 0, is_listed, options);
    CHECK(any.distance == 1);
    CHECK(any.nearest.front().path.nodes == Nodes{0, 1});
    CHECK(any.nearest.front().strength == doctest::Approx(200.0 / 255));
    options.filter.kinds = {1};
    const auto owned = nearest_listed(graph.view(), 0, is_listed, options);
    CHECK(owned.distance == 2);
    CHECK(owned.at_distance == 2);
    REQUIRE(owned.nearest.size() == 2);
    CHECK(owned.nearest[0].path.nodes == Nodes{0, 2, 3});
    CHECK(owned.nearest[1].path.nodes == Nodes{0, 4, 5});
    options.max_distance = 1;
    CHECK(nearest_listed(graph.view(), 0, is_listed, options).nearest.empty());
    CHECK(nearest_listed(graph.view(), 3, is_listed, {}).distance == 2);
    ExposureOptions avoiding;
    avoiding.hubs = {Hubs::Policy::avoid, 2};
    avoiding.filter.kinds = {1};
    const auto around = nearest_listed(graph.view(), 0, is_listed, avoiding);
    CHECK(around.nearest.size() == 1);
    CHECK(around.hubs == Nodes{4});
}

TEST_CASE("an edge that ends nowhere is refused") {
    CHECK_THROWS_WITH(make_graph(2, {edge(0, 2)}), "an edge ends at a node that does not exist");
}
