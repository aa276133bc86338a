// Sizes and places of nodes.
//
// Gephi rescales every file it opens ("autoscale") unless the file already looks as if it had: radii from exactly 4 to
// exactly 100 (or all 4), mean position 0, coordinates within 5,000. We draw to that recipe, so that Gephi's picture is
// ours. Each component is laid out by itself and made large enough for its discs; discs that still overlap are pushed
// apart; components are packed around the largest one in rings of falling size, which puts isolates outside.

#include "liaison/base/hash.hpp"
#include "liaison/export/drawing.hpp"
#include "liaison/export/network.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

namespace liaison::exports {

namespace {

constexpr double smallest = 4;
constexpr double largest = 100;
constexpr double reach = 4990;        // of 5,000; the rest is for the last nudges
constexpr double component_reach = 3200;
constexpr double gap = 3;             // between discs
constexpr double component_gap = 24;
constexpr double disc_area_budget = 2e6;  // of all discs together: 6 % of a circle of radius 3,200
constexpr double fill = 0.1;          // part of a component's circle that discs may cover

struct Disc {
    double x = 0;
    double y = 0;
    double radius = 0;
};

double measure_of(const DrawnNode& node, SizeBy by) {
    switch (by) {
        case SizeBy::degree: return std::sqrt(static_cast<double>(node.metrics.degree));
        case SizeBy::page_rank: return std::sqrt(node.metrics.page_rank);
        case SizeBy::betweenness: return std::sqrt(std::sqrt(node.metrics.betweenness));
        case SizeBy::evidence: return std::sqrt(node.metrics.weighted_degree);
        case SizeBy::none: return 0;
    }
    return 0;
}

void set_sizes(std::vector<DrawnNode>& nodes, SizeBy by) {
    std::vector<double> values;
    values.reserve(nodes.size());
    for (const auto& node : nodes) values.push_back(measure_of(node, by));
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    if (values.empty() || *high - *low < 1e-12) {
        for (auto& node : nodes) node.size = smallest;
        return;
    }
    // The steeper the curve, the fewer large discs: as steep as needed for all discs to have room.
    for (const double power : {1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0}) {
        double area = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const double share = (values[i] - *low) / (*high - *low);
            nodes[i].size = smallest + (largest - smallest) * std::pow(share, power);
            area += std::numbers::pi * nodes[i].size * nodes[i].size;
        }
        if (area <= disc_area_budget) break;
    }
}

/// Pushes overlapping discs apart, the smaller one further. In order of index, so that the result is fixed. Returns
/// whether none overlaps any more.
bool separate(std::vector<Disc>& discs, int rounds) {
    constexpr double cell = 24;
    const std::size_t count = discs.size();
    std::vector<std::uint32_t> order(count);
    std::vector<std::uint32_t> starts;
    std::vector<std::uint32_t> members(count);
    for (int round = 0; round < rounds; ++round) {
        double low_x = discs[0].x;
        double low_y = discs[0].y;
        double high_x = low_x;
        double high_y = low_y;
        for (const auto& disc : discs) {
            low_x = std::min(low_x, disc.x);
            high_x = std::max(high_x, disc.x);
            low_y = std::min(low_y, disc.y);
            high_y = std::max(high_y, disc.y);
        }
        // A grid of at most some million cells, whatever the extent.
        const double side = std::max({cell, (high_x - low_x) / 2000, (high_y - low_y) / 2000});
        const auto columns = static_cast<std::int64_t>((high_x - low_x) / side) + 1;
        const auto rows = static_cast<std::int64_t>((high_y - low_y) / side) + 1;
        const auto column_of = [&](double x) {
            return std::clamp<std::int64_t>(static_cast<std::int64_t>((x - low_x) / side), 0, columns - 1);
        };
        const auto row_of = [&](double y) {
            return std::clamp<std::int64_t>(static_cast<std::int64_t>((y - low_y) / side), 0, rows - 1);
        };
        starts.assign(static_cast<std::size_t>(columns * rows) + 1, 0);
        for (std::size_t i = 0; i < count; ++i) {
            order[i] = static_cast<std::uint32_t>(row_of(discs[i].y) * columns + column_of(discs[i].x));
            ++starts[order[i] + 1];
        }
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        std::vector<std::uint32_t> at(starts.begin(), starts.end() - 1);
        for (std::uint32_t i = 0; i < count; ++i) members[at[order[i]]++] = i;

        bool overlap = false;
        for (std::uint32_t i = 0; i < count; ++i) {
            // A pair is looked at from its larger disc (the smaller index of equals): nothing larger is missed that way.
            const double range = 2 * discs[i].radius + gap;
            const std::int64_t last_row = row_of(discs[i].y + range);
            const std::int64_t first_column = column_of(discs[i].x - range);
            const std::int64_t last_column = column_of(discs[i].x + range);
            for (std::int64_t row = row_of(discs[i].y - range); row <= last_row; ++row) {
                const std::uint32_t begin = starts[static_cast<std::size_t>(row * columns + first_column)];
                const std::uint32_t end = starts[static_cast<std::size_t>(row * columns + last_column) + 1];
                for (std::uint32_t m = begin; m < end; ++m) {
                    const std::uint32_t j = members[m];
                    Disc& one = discs[i];
                    Disc& other = discs[j];
                    if (i == j || one.radius < other.radius || (one.radius == other.radius && i > j)) continue;
                    const double wanted = one.radius + other.radius + gap;
                    double dx = other.x - one.x;
                    double dy = other.y - one.y;
                    double distance = std::sqrt(dx * dx + dy * dy);
                    if (distance >= wanted - 1e-6) continue;
                    overlap = true;
                    if (distance < 1e-9) {
                        // One spot: leave it in a direction that depends on the index only (the golden angle).
                        dx = std::cos(2.399963 * j);
                        dy = std::sin(2.399963 * j);
                        distance = 1;
                        one.x -= dx * 1e-3;
                        other.x += dx * 1e-3;
                    }
                    const double push = (wanted - std::min(distance, wanted)) / distance;
                    const double share = one.radius / (one.radius + other.radius);
                    other.x += dx * push * share;
                    other.y += dy * push * share;
                    one.x -= dx * push * (1 - share);
                    one.y -= dy * push * (1 - share);
                }
            }
        }
        if (!overlap) return true;
    }
    return false;
}

/// Start places come from ids, so that the same entity starts at the same spot in every export.
Point start_of(std::string_view id, double radius) {
    const std::uint64_t hash = base::hash64(id);
    const double angle = static_cast<double>(hash & 0xFFFFFFFFU) / 4294967296.0 * 2 * std::numbers::pi;
    const double distance = radius * std::sqrt(static_cast<double>(hash >> 32U) / 4294967296.0);
    return {static_cast<float>(distance * std::cos(angle)), static_cast<float>(distance * std::sin(angle))};
}

int rounds_for(std::size_t count, int wanted) {
    if (wanted > 0) return wanted;
    if (count <= 2000) return 600;
    return count <= 30000 ? 300 : 150;
}

/// A component on its own: places around (0, 0). Returns its radius.
double lay_out(const std::vector<std::uint32_t>& members, std::vector<DrawnNode>& nodes, const Network& network,
               const std::vector<std::uint32_t>& local, const Options& options) {
    const std::size_t count = members.size();
    std::vector<Disc> discs(count);
    for (std::size_t i = 0; i < count; ++i) discs[i].radius = nodes[members[i]].size;
    if (count > 1) {
        std::vector<Link> links;
        for (std::uint32_t i = 0; i < count; ++i) {
            for (std::uint32_t e = network.offsets[members[i]]; e < network.offsets[members[i] + 1]; ++e) {
                const std::uint32_t other = local[network.targets[e]];
                if (i < other) links.push_back({i, other, static_cast<double>(network.weights[e])});
            }
        }
        std::vector<Point> points(count);
        const double radius = 10 * std::sqrt(static_cast<double>(count));
        for (std::size_t i = 0; i < count; ++i) points[i] = start_of(nodes[members[i]].id, radius);
        force_atlas2(make_network(static_cast<std::uint32_t>(count), links), points, rounds_for(count, options.iterations),
                     options.jobs);
        double x = 0;
        double y = 0;
        double area = 0;
        for (std::size_t i = 0; i < count; ++i) {
            x += static_cast<double>(points[i].x) / static_cast<double>(count);
            y += static_cast<double>(points[i].y) / static_cast<double>(count);
            area += (discs[i].radius + gap) * (discs[i].radius + gap);
        }
        double spread = 0;
        double farthest = 0;
        for (const auto& point : points) {
            const double dx = static_cast<double>(point.x) - x;
            const double dy = static_cast<double>(point.y) - y;
            spread += (dx * dx + dy * dy) / static_cast<double>(count);
            farthest = std::max(farthest, std::hypot(dx, dy));
        }
        // A full disc of radius R has the mean square distance R * R / 2. Long tails must not drive the picture over
        // Gephi's limit, where it would have to shrink again.
        const double scale = std::min(std::sqrt(area / fill / std::max(2 * spread, 1e-12)), component_reach / std::max(farthest, 1e-6));
        for (std::size_t i = 0; i < count; ++i) {
            discs[i].x = (static_cast<double>(points[i].x) - x) * scale;
            discs[i].y = (static_cast<double>(points[i].y) - y) * scale;
        }
        // Pushing in a crowd goes in circles; a little more room each time ends that.
        const int attempts = count > 5000 ? 2 : 20;
        for (int attempt = 0; attempt < attempts && !separate(discs, 50); ++attempt) {
            for (Disc& disc : discs) {
                disc.x *= 1.04;
                disc.y *= 1.04;
            }
        }
    }
    double radius = 0;
    for (std::size_t i = 0; i < count; ++i) {
        nodes[members[i]].x = discs[i].x;
        nodes[members[i]].y = discs[i].y;
        radius = std::max(radius, std::hypot(discs[i].x, discs[i].y) + discs[i].radius);
    }
    return radius;
}

/// The largest in the middle, the others in rings of falling size, each ring spread evenly.
std::vector<Disc> pack(const std::vector<double>& radii) {
    std::vector<Disc> places(radii.size());
    if (radii.empty()) return places;
    double inner = radii[0] + component_gap;
    std::size_t next = 1;
    while (next < radii.size()) {
        const double thickest = radii[next];
        const double ring = inner + thickest;
        const std::size_t first = next;
        std::vector<double> halves;  // of the angle that each takes
        double used = 0;
        while (next < radii.size()) {
            const double half = std::asin(std::min(1.0, (radii[next] + component_gap / 4) / ring));
            if (next > first && used + 2 * half > 2 * std::numbers::pi) break;
            halves.push_back(half);
            used += 2 * half;
            ++next;
        }
        const double slack = (2 * std::numbers::pi - used) / static_cast<double>(halves.size());
        double angle = 0;
        for (std::size_t i = first; i < next; ++i) {
            angle += halves[i - first] + slack / 2;
            places[i] = {ring * std::cos(angle), ring * std::sin(angle), radii[i]};
            angle += halves[i - first] + slack / 2;
        }
        inner = ring + thickest + component_gap / 2;
    }
    return places;
}

void spiral(std::vector<DrawnNode>& nodes) {
    std::vector<std::uint32_t> order(nodes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
        const Metrics& one = nodes[a].metrics;
        const Metrics& other = nodes[b].metrics;
        return one.component != other.component ? one.component < other.component : one.degree > other.degree;
    });
    // A sunflower whose discs take the room they need: area grows with what is already placed.
    double area = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        DrawnNode& node = nodes[order[i]];
        const double room = node.size + gap;
        area += room * room * 1.6;
        const double angle = 2.39996322972865332 * static_cast<double>(i);  // the golden angle
        node.x = std::sqrt(area) * std::cos(angle);
        node.y = std::sqrt(area) * std::sin(angle);
    }
}

/// Mean 0, within reach, three decimals, no two on one spot.
void finish(std::vector<DrawnNode>& nodes) {
    const auto centre = [&nodes] {
        double x = 0;
        double y = 0;
        for (const auto& node : nodes) {
            x += node.x;
            y += node.y;
        }
        const auto count = static_cast<double>(nodes.size());
        for (auto& node : nodes) {
            node.x -= x / count;
            node.y -= y / count;
        }
    };
    centre();
    double farthest = 0;
    for (const auto& node : nodes) farthest = std::max({farthest, std::fabs(node.x), std::fabs(node.y)});
    const double scale = farthest > reach ? reach / farthest : 1;
    std::set<std::pair<std::int64_t, std::int64_t>> taken;
    for (auto& node : nodes) {
        auto x = static_cast<std::int64_t>(std::llround(node.x * scale * 1000));
        const auto y = static_cast<std::int64_t>(std::llround(node.y * scale * 1000));
        while (!taken.emplace(x, y).second) ++x;
        node.x = static_cast<double>(x) / 1000;
        node.y = static_cast<double>(y) / 1000;
    }
}

}  // namespace

void arrange(Drawing& drawing, const Options& options) {
    auto& nodes = drawing.nodes;
    if (nodes.empty()) return;
    set_sizes(nodes, options.size_by);
    if (options.layout == LayoutKind::spiral) {
        spiral(nodes);
        finish(nodes);
        return;
    }
    std::vector<Link> links;
    links.reserve(drawing.edges.size());
    for (const auto& edge : drawing.edges) links.push_back({edge.source, edge.target, edge.weight});
    const Network network = make_network(static_cast<std::uint32_t>(nodes.size()), links);

    std::vector<std::vector<std::uint32_t>> groups;
    std::vector<std::uint32_t> local(nodes.size());
    for (std::uint32_t v = 0; v < nodes.size(); ++v) {
        const std::uint32_t component = nodes[v].metrics.component;
        if (component >= groups.size()) groups.resize(component + 1);
        local[v] = static_cast<std::uint32_t>(groups[component].size());
        groups[component].push_back(v);
    }
    std::vector<double> radii;
    radii.reserve(groups.size());
    for (const auto& members : groups) radii.push_back(lay_out(members, nodes, network, local, options));
    std::vector<std::uint32_t> order(groups.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return radii[a] > radii[b]; });
    std::vector<double> sorted;
    sorted.reserve(order.size());
    for (const auto group : order) sorted.push_back(radii[group]);
    const std::vector<Disc> places = pack(sorted);
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (const auto v : groups[order[i]]) {
            nodes[v].x += places[i].x;
            nodes[v].y += places[i].y;
        }
    }
    finish(nodes);
}

Drawing draw(const query::Selection& selection, const Options& options, bool with_layout, Report& report) {
    Drawing drawing = prepare(selection, options, report);
    measure(drawing, options, report);
    if (with_layout) arrange(drawing, options);
    return drawing;
}

}  // namespace liaison::exports
