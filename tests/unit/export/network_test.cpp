// Layout, communities and metrics: known answers, the identity recipe, and the same bits on any number of threads.

#include "liaison/export/drawing.hpp"
#include "liaison/export/network.hpp"
#include "liaison/export/palette.hpp"
#include "support/selections.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace liaison;
using exports::Link;

namespace {

/// Two cliques of `size` joined by one link.
std::vector<Link> barbell(std::uint32_t size) {
    std::vector<Link> links;
    for (std::uint32_t base : {0U, size}) {
        for (std::uint32_t i = 0; i < size; ++i) {
            for (std::uint32_t j = i + 1; j < size; ++j) links.push_back({base + i, base + j, 1});
        }
    }
    links.push_back({size - 1, size, 1});
    return links;
}

exports::Drawing drawn(const query::Selection& selection, exports::Options options = {}) {
    exports::Report report;
    return exports::draw(selection, options, true, report);
}

}  // namespace

TEST_CASE("two cliques with a bridge are two communities, numbered from the one with the smallest vertex") {
    const auto network = exports::make_network(12, barbell(6));
    const auto community = exports::communities(network);
    CHECK(community == std::vector<std::uint32_t>{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1});
    CHECK(exports::modularity(network, community) == doctest::Approx(30.0 / 31 - 0.5));
}

TEST_CASE("communities are numbered by falling size") {
    std::vector<Link> links = {{0, 1, 1}, {2, 3, 1}, {3, 4, 1}, {2, 4, 1}};
    CHECK(exports::communities(exports::make_network(6, links)) == std::vector<std::uint32_t>{1, 1, 0, 0, 0, 2});
}

TEST_CASE("communities find planted groups and are connected") {
    std::vector<Link> links;
    for (std::uint32_t group = 0; group < 40; ++group) {
        for (std::uint32_t i = 0; i < 25; ++i) {
            for (std::uint32_t step : {1U, 2U, 3U, 7U}) links.push_back({group * 25 + i, group * 25 + (i + step) % 25, 1});
        }
        links.push_back({group * 25, ((group + 1) % 40) * 25 + 5, 1});
    }
    const auto network = exports::make_network(1000, links);
    const auto community = exports::communities(network);
    for (std::uint32_t v = 0; v < 1000; ++v) CHECK(community[v] == community[v / 25 * 25]);
    CHECK(*std::max_element(community.begin(), community.end()) == 39);
}

TEST_CASE("components, PageRank and betweenness have the values of small graphs") {
    const std::vector<Link> line = {{0, 1, 1}, {1, 2, 1}, {2, 3, 1}};
    const auto network = exports::make_network(5, line);
    CHECK(exports::components(network) == std::vector<std::uint32_t>{0, 0, 0, 0, 1});
    CHECK(exports::betweenness(network, 100, 1) == std::vector<double>{0, 2, 2, 0, 0});
    const std::vector<Link> star = {{1, 0, 1}, {2, 0, 1}, {3, 0, 1}};
    const auto rank = exports::page_rank(4, star);
    CHECK(rank[0] == doctest::Approx(0.5423).epsilon(0.01));
    CHECK(rank[1] == rank[3]);
}

TEST_CASE("sampled betweenness is close to the exact one and does not depend on threads") {
    const auto selection = tests::random_selection(600, 1500, 9, false);
    exports::Report report;
    const auto drawing = exports::prepare(selection, {}, report);
    std::vector<Link> links;
    for (const auto& edge : drawing.edges) links.push_back({edge.source, edge.target, 1});
    const auto network = exports::make_network(600, links);
    const auto exact = exports::betweenness(network, 1000, 1);
    const auto one = exports::betweenness(network, 10, 1);
    CHECK(one == exports::betweenness(network, 10, 3));
    const auto top = static_cast<std::size_t>(std::max_element(exact.begin(), exact.end()) - exact.begin());
    CHECK(one[top] == doctest::Approx(exact[top]).epsilon(0.15));
}

TEST_CASE("ForceAtlas2 gives the same bits on any number of threads and pulls linked vertices together") {
    std::vector<Link> links = barbell(800);
    links.resize(links.size() / 40);  // sparse enough to be quick
    links.push_back({799, 800, 1});
    const auto network = exports::make_network(1600, links);
    std::vector<exports::Point> one(1600);
    for (std::size_t i = 0; i < one.size(); ++i) one[i] = {static_cast<float>(i % 40), static_cast<float>(i / 40)};
    auto four = one;
    exports::force_atlas2(network, one, 50, 1);
    exports::force_atlas2(network, four, 50, 4);
    for (std::size_t i = 0; i < one.size(); ++i) {
        REQUIRE(std::isfinite(one[i].x));
        REQUIRE(one[i].x == four[i].x);
        REQUIRE(one[i].y == four[i].y);
    }
}

TEST_CASE("Barnes-Hut and exact repulsion lead to pictures of the same extent") {
    // 999 vertices are laid out exactly, 1,000 with the tree: one vertex more must not change the picture's size.
    const auto extent = [](std::uint32_t count) {
        std::vector<Link> links;
        for (std::uint32_t i = 1; i < count; ++i) links.push_back({i, i / 3, 1});
        std::vector<exports::Point> points(count);
        for (std::uint32_t i = 0; i < count; ++i) points[i] = {static_cast<float>(i % 37), static_cast<float>(i * 7 % 41)};
        exports::force_atlas2(exports::make_network(count, links), points, 200, 1);
        double sum = 0;
        for (const auto& point : points) sum += static_cast<double>(point.x * point.x + point.y * point.y);
        return std::sqrt(sum / count);
    };
    CHECK(extent(1000) == doctest::Approx(extent(999)).epsilon(0.1));
}

TEST_CASE("two vertices come to rest at a finite distance however long the layout runs") {
    const std::vector<Link> links = {{0, 1, 1}};
    std::vector<exports::Point> points = {{-3, 0}, {3, 1}};
    exports::force_atlas2(exports::make_network(2, links), points, 5000, 1);
    CHECK(std::hypot(points[0].x - points[1].x, points[0].y - points[1].y) < 100);
}

TEST_CASE("an arranged drawing is what Gephi's autoscale leaves as it is") {
    for (const std::size_t count : {2U, 10U, 300U, 2500U}) {
        CAPTURE(count);
        const auto drawing = drawn(tests::random_selection(count, count * 3, 4, false));
        double x = 0;
        double y = 0;
        double low = 1000;
        double high = 0;
        std::set<std::pair<double, double>> places;
        for (const auto& node : drawing.nodes) {
            x += node.x;
            y += node.y;
            low = std::min(low, node.size);
            high = std::max(high, node.size);
            CHECK(std::fabs(node.x) <= 5000);
            CHECK(std::fabs(node.y) <= 5000);
            CHECK(places.emplace(node.x, node.y).second);
        }
        CHECK(std::fabs(x / static_cast<double>(count)) < 0.01);
        CHECK(std::fabs(y / static_cast<double>(count)) < 0.01);
        CHECK(low == 4);
        CHECK((high == 100 || high == 4));
    }
}

TEST_CASE("discs of an arranged drawing do not overlap") {
    const auto drawing = drawn(tests::random_selection(400, 800, 6, false));
    for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
        for (std::size_t j = i + 1; j < drawing.nodes.size(); ++j) {
            const auto& a = drawing.nodes[i];
            const auto& b = drawing.nodes[j];
            CAPTURE(a.metrics.component);
            CAPTURE(b.metrics.component);
            CAPTURE(a.size);
            CAPTURE(b.size);
            REQUIRE(std::hypot(a.x - b.x, a.y - b.y) >= a.size + b.size - 0.01);
        }
    }
}

TEST_CASE("isolates stand outside of the largest component") {
    const auto drawing = drawn(tests::random_selection(400, 800, 6, false));
    double inner = 0;
    double outer = 1e9;
    double cx = 0;
    double cy = 0;
    std::size_t members = 0;
    for (const auto& node : drawing.nodes) {
        if (node.metrics.component != 0) continue;
        cx += node.x;
        cy += node.y;
        ++members;
    }
    cx /= static_cast<double>(members);
    cy /= static_cast<double>(members);
    for (const auto& node : drawing.nodes) {
        const double distance = std::hypot(node.x - cx, node.y - cy);
        if (node.metrics.component == 0) inner = std::max(inner, distance);
        if (node.metrics.degree == 0) outer = std::min(outer, distance);
    }
    CHECK(outer > inner);
}

TEST_CASE("no two types share colour, and types of near colours have other shapes") {
    const auto rows = exports::palette();
    // Lightness after a simulation of red-green blindness that keeps only luminance and the blue-yellow axis (a rough
    // form of Brettel, Vienot and Mollon 1997): two types must differ there, or in shape.
    const auto seen = [](exports::Colour c) {
        const double luminance = 0.2126 * c.red + 0.7152 * c.green + 0.0722 * c.blue;
        const double blue_yellow = c.blue - 0.5 * (c.red + c.green);
        return std::pair(luminance, blue_yellow);
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = i + 1; j < rows.size(); ++j) {
            CAPTURE(rows[i].type);
            CAPTURE(rows[j].type);
            CHECK_FALSE(rows[i].colour == rows[j].colour);
            const auto [l1, b1] = seen(rows[i].colour);
            const auto [l2, b2] = seen(rows[j].colour);
            CHECK((std::hypot(l1 - l2, (b1 - b2) / 2) > 20 || rows[i].shape != rows[j].shape));
        }
    }
    CHECK(rows[exports::style_of("Person")].plural == "People");
    CHECK(rows[exports::style_of("Airplane")].type == "Vehicle");
    CHECK(rows[exports::style_of("no such schema")].type == "Thing");
}
