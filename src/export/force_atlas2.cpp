// ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian 2014), the layout that Gephi's users expect, with Gephi's defaults:
// scaling 10 below 100 vertices else 2, gravity 1, edge weight influence 1, jitter tolerance 1, mass = 1 + degree,
// Barnes-Hut with theta 1.2 from 1,000 vertices.
//
// Problem: 300 rounds of all-pairs repulsion for 20,000 vertices within seconds, the same bits for any number of threads.
// Choice: vertices are sorted along a Morton curve each round and cut into buckets of 16 neighbours. A bucket walks the
// tree once and gets one list of far cells and near vertices; the forces of its 16 lanes against that list are a loop that
// compilers turn into vector code. A cell counts as far when it is far for the whole bucket, which is stricter than the
// per-vertex test, so precision is a little better than Gephi's. Every vertex' force is summed by one thread in list order,
// and global sums are added block by block: thread count cannot matter.
// Cost: about n log n a round. Known failure: like any local method it can leave a large cycle folded.

#include "liaison/export/network.hpp"
#include "export/workers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace liaison::exports {

namespace {

constexpr std::uint32_t lanes = 16;
constexpr std::uint32_t tree_from = 1000;
constexpr float theta = 1.2F;
constexpr float gravity = 1;
constexpr double speed_limit = 100;
constexpr int morton_bits = 16;  // a side
constexpr std::size_t block_buckets = 8;

struct Cell {
    float x = 0;
    float y = 0;
    float mass = 0;
    float size = 0;               ///< twice the largest distance of a vertex to the centre of mass
    std::uint32_t begin = 0;      ///< vertices, in sorted order
    std::uint32_t end = 0;
    std::uint32_t skip = 0;       ///< next cell that is no descendant
    bool leaf = false;
};

/// A range of sorted vertices that is still to become a cell.
struct Pending {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    int level = 0;
};

/// What one bucket is pushed by.
struct Pushers {
    std::vector<float> x;
    std::vector<float> y;
    std::vector<float> mass;
    void clear() {
        x.clear();
        y.clear();
        mass.clear();
    }
    void add(float px, float py, float m) {
        x.push_back(px);
        y.push_back(py);
        mass.push_back(m);
    }
};

std::uint32_t spread(std::uint32_t value) {
    value = (value | (value << 8U)) & 0x00FF00FFU;
    value = (value | (value << 4U)) & 0x0F0F0F0FU;
    value = (value | (value << 2U)) & 0x33333333U;
    return (value | (value << 1U)) & 0x55555555U;
}

class Simulation {
public:
    Simulation(const Network& network, std::span<Point> points, unsigned jobs)
        : m_network(network), m_points(points), m_count(network.count()), m_workers(m_count < tree_from ? 1 : jobs),
          m_order(m_count), m_spare(m_count), m_codes(m_count), m_spare_codes(m_count), m_mass(m_count),
          m_force(m_count), m_old(m_count), m_scaling(m_count < 100 ? 10.0F : 2.0F) {
        std::iota(m_order.begin(), m_order.end(), 0U);
        for (std::uint32_t v = 0; v < m_count; ++v) m_mass[v] = 1 + static_cast<float>(network.neighbours(v).size());
        m_sorted.resize(m_count);
        m_sorted_mass.resize(m_count);
        m_buckets = (m_count + lanes - 1) / lanes;
        m_blocks = (m_buckets + block_buckets - 1) / block_buckets;
        m_swinging.resize(m_blocks);
        m_traction.resize(m_blocks);
    }

    void step() {
        sort();
        if (m_count >= tree_from) build_tree();
        const std::function<void(std::size_t)> push = [this](std::size_t block) { forces(block); };
        m_workers.run(m_blocks, push);
        adapt_speed();
        const std::function<void(std::size_t)> shift = [this](std::size_t block) { move(block); };
        m_workers.run(m_blocks, shift);
    }

private:
    void sort() {
        float low_x = std::numeric_limits<float>::max();
        float low_y = low_x;
        float high_x = -low_x;
        float high_y = -low_x;
        for (const Point& point : m_points) {
            low_x = std::min(low_x, point.x);
            high_x = std::max(high_x, point.x);
            low_y = std::min(low_y, point.y);
            high_y = std::max(high_y, point.y);
        }
        const float extent = std::max({high_x - low_x, high_y - low_y, 1e-6F});
        const float scale = static_cast<float>((1U << morton_bits) - 1) / extent;
        for (std::uint32_t i = 0; i < m_count; ++i) {
            const Point& point = m_points[m_order[i]];
            const auto column = static_cast<std::uint32_t>((point.x - low_x) * scale);
            const auto row = static_cast<std::uint32_t>((point.y - low_y) * scale);
            m_codes[i] = spread(column) | (spread(row) << 1U);
        }
        // Radix sort, least digit first; it starts from the last round's order, which is nearly right.
        for (std::uint32_t shift = 0; shift < 32; shift += 11) {
            std::array<std::uint32_t, 2049> starts{};
            for (std::uint32_t i = 0; i < m_count; ++i) ++starts[((m_codes[i] >> shift) & 2047U) + 1];
            std::partial_sum(starts.begin(), starts.end(), starts.begin());
            for (std::uint32_t i = 0; i < m_count; ++i) {
                const std::uint32_t to = starts[(m_codes[i] >> shift) & 2047U]++;
                m_spare[to] = m_order[i];
                m_spare_codes[to] = m_codes[i];
            }
            m_order.swap(m_spare);
            m_codes.swap(m_spare_codes);
        }
        for (std::uint32_t i = 0; i < m_count; ++i) {
            m_sorted[i] = m_points[m_order[i]];
            m_sorted_mass[i] = m_mass[m_order[i]];
        }
    }

    void build_tree() {
        m_cells.clear();
        // Depth first with an explicit stack: a cell's skip is set when the walk leaves it, so children follow their parent.
        m_open.clear();
        m_pending.assign(1, {0, m_count, 0});
        while (!m_pending.empty()) {
            const Pending next = m_pending.back();
            m_pending.pop_back();
            while (!m_open.empty() && m_cells[m_open.back()].end <= next.begin) {
                m_cells[m_open.back()].skip = static_cast<std::uint32_t>(m_cells.size());
                m_open.pop_back();
            }
            const auto index = static_cast<std::uint32_t>(m_cells.size());
            m_cells.push_back(summarise(next.begin, next.end));
            Cell& cell = m_cells.back();
            cell.leaf = next.end - next.begin <= lanes / 2 || next.level == morton_bits;
            if (cell.leaf) {
                cell.skip = index + 1;
                continue;
            }
            m_open.push_back(index);
            const int shift = 2 * (morton_bits - 1 - next.level);
            std::array<std::uint32_t, 5> cuts{};
            cuts[0] = next.begin;
            cuts[4] = next.end;
            for (std::uint32_t quarter = 1; quarter < 4; ++quarter) {
                cuts.at(quarter) = static_cast<std::uint32_t>(
                    std::partition_point(m_codes.begin() + cuts.at(quarter - 1), m_codes.begin() + next.end,
                                         [&](std::uint32_t code) { return ((code >> shift) & 3U) < quarter; }) -
                    m_codes.begin());
            }
            for (std::size_t quarter = 4; quarter-- > 0;) {
                if (cuts.at(quarter) < cuts.at(quarter + 1)) {
                    m_pending.push_back({cuts.at(quarter), cuts.at(quarter + 1), next.level + 1});
                }
            }
        }
        for (const auto open : m_open) m_cells[open].skip = static_cast<std::uint32_t>(m_cells.size());
    }

    [[nodiscard]] Cell summarise(std::uint32_t begin, std::uint32_t end) const {
        Cell cell;
        cell.begin = begin;
        cell.end = end;
        double x = 0;
        double y = 0;
        double mass = 0;
        for (std::uint32_t i = begin; i < end; ++i) {
            const auto m = static_cast<double>(m_sorted_mass[i]);
            x += static_cast<double>(m_sorted[i].x) * m;
            y += static_cast<double>(m_sorted[i].y) * m;
            mass += m;
        }
        cell.x = static_cast<float>(x / mass);
        cell.y = static_cast<float>(y / mass);
        cell.mass = static_cast<float>(mass);
        float farthest = 0;
        for (std::uint32_t i = begin; i < end; ++i) {
            const float dx = m_sorted[i].x - cell.x;
            const float dy = m_sorted[i].y - cell.y;
            farthest = std::max(farthest, dx * dx + dy * dy);
        }
        cell.size = 2 * std::sqrt(farthest);
        return cell;
    }

    void collect(std::uint32_t begin, std::uint32_t end, Pushers& pushers) const {
        pushers.clear();
        if (m_count < tree_from) {
            for (std::uint32_t i = 0; i < m_count; ++i) pushers.add(m_sorted[i].x, m_sorted[i].y, m_sorted_mass[i]);
            return;
        }
        const Cell bucket = summarise(begin, end);
        const float radius = bucket.size / 2;
        const auto cells = static_cast<std::uint32_t>(m_cells.size());
        for (std::uint32_t at = 0; at < cells;) {
            const Cell& cell = m_cells[at];
            const float dx = cell.x - bucket.x;
            const float dy = cell.y - bucket.y;
            const float reach = cell.size / theta + radius;
            if (dx * dx + dy * dy > reach * reach) {
                pushers.add(cell.x, cell.y, cell.mass);
                at = cell.skip;
            } else {
                if (cell.leaf) {
                    for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
                        pushers.add(m_sorted[i].x, m_sorted[i].y, m_sorted_mass[i]);
                    }
                }
                ++at;
            }
        }
    }

    void forces(std::size_t block) {
        Pushers pushers;
        double swinging = 0;
        double traction = 0;
        const std::size_t last = std::min<std::size_t>((block + 1) * block_buckets, m_buckets);
        for (std::size_t bucket = block * block_buckets; bucket < last; ++bucket) {
            const auto begin = static_cast<std::uint32_t>(bucket * lanes);
            const std::uint32_t end = std::min(begin + lanes, m_count);
            collect(begin, end, pushers);
            std::array<float, lanes> x{};
            std::array<float, lanes> y{};
            std::array<float, lanes> fx{};
            std::array<float, lanes> fy{};
            for (std::uint32_t i = begin; i < end; ++i) {
                x[i - begin] = m_sorted[i].x;
                y[i - begin] = m_sorted[i].y;
            }
            const std::size_t count = pushers.x.size();
            for (std::size_t j = 0; j < count; ++j) {
                const float px = pushers.x[j];
                const float py = pushers.y[j];
                const float mass = pushers.mass[j];
                for (std::uint32_t lane = 0; lane < lanes; ++lane) {
                    const float dx = x[lane] - px;
                    const float dy = y[lane] - py;
                    // The floor keeps a vertex from pushing itself and two on one spot from flying apart.
                    const float factor = mass / std::max(dx * dx + dy * dy, 1e-4F);
                    fx[lane] += dx * factor;
                    fy[lane] += dy * factor;
                }
            }
            for (std::uint32_t i = begin; i < end; ++i) {
                const std::uint32_t v = m_order[i];
                const Point at = m_sorted[i];
                const float mass = m_sorted_mass[i];
                Point force{fx[i - begin] * m_scaling * mass, fy[i - begin] * m_scaling * mass};
                const float distance = std::sqrt(at.x * at.x + at.y * at.y);
                if (distance > 0) {
                    force.x -= at.x * mass * gravity / distance;
                    force.y -= at.y * mass * gravity / distance;
                }
                for (std::uint32_t e = m_network.offsets[v]; e < m_network.offsets[v + 1]; ++e) {
                    const Point other = m_points[m_network.targets[e]];
                    force.x -= (at.x - other.x) * m_network.weights[e];
                    force.y -= (at.y - other.y) * m_network.weights[e];
                }
                const Point old = m_old[v];
                const auto m = static_cast<double>(mass);
                swinging += m * static_cast<double>(std::hypot(old.x - force.x, old.y - force.y));
                traction += m * 0.5 * static_cast<double>(std::hypot(old.x + force.x, old.y + force.y));
                m_force[v] = force;
            }
        }
        m_swinging[block] = swinging;
        m_traction[block] = traction;
    }

    /// Section "Adapting local speed and global speed" of the paper, with the safeguards that Gephi's version has.
    void adapt_speed() {
        const double swinging = std::accumulate(m_swinging.begin(), m_swinging.end(), 0.0);
        const double traction = std::accumulate(m_traction.begin(), m_traction.end(), 0.0);
        const double n = m_count;
        const double estimate = 0.05 * std::sqrt(n);
        double tolerance = std::max(std::sqrt(estimate), std::min(10.0, estimate * traction / (n * n)));
        constexpr double least_efficiency = 0.05;
        if (traction > 0 && swinging / traction > 2) {
            if (m_efficiency > least_efficiency) m_efficiency *= 0.5;
            tolerance = std::max(tolerance, 1.0);
        }
        const double target = swinging > 0 ? tolerance * m_efficiency * traction / swinging : m_speed * 1.5;
        if (swinging > tolerance * traction) {
            if (m_efficiency > least_efficiency) m_efficiency *= 0.7;
        } else if (m_speed < 1000) {
            m_efficiency *= 1.3;
        }
        // Two vertices at rest swing not at all: without a limit the speed would grow until it is no number any more.
        m_speed = std::min(m_speed + std::min(target - m_speed, 0.5 * m_speed), speed_limit);
        m_efficiency = std::min(m_efficiency, speed_limit);
    }

    void move(std::size_t block) {
        const std::size_t first = block * block_buckets * lanes;
        const std::size_t last = std::min<std::size_t>(first + block_buckets * lanes, m_count);
        const auto speed = static_cast<float>(m_speed);
        for (std::size_t v = first; v < last; ++v) {
            const Point force = m_force[v];
            const float swinging = m_mass[v] * std::hypot(m_old[v].x - force.x, m_old[v].y - force.y);
            const float factor = speed / (1 + std::sqrt(speed * swinging));
            m_points[v].x += force.x * factor;
            m_points[v].y += force.y * factor;
            m_old[v] = force;
        }
    }

    const Network& m_network;
    std::span<Point> m_points;
    std::uint32_t m_count;
    Workers m_workers;
    std::vector<std::uint32_t> m_order;
    std::vector<std::uint32_t> m_spare;
    std::vector<std::uint32_t> m_codes;
    std::vector<std::uint32_t> m_spare_codes;
    std::vector<float> m_mass;
    std::vector<Point> m_force;
    std::vector<Point> m_old;
    std::vector<Point> m_sorted;
    std::vector<float> m_sorted_mass;
    std::vector<Cell> m_cells;
    std::vector<std::uint32_t> m_open;
    std::vector<Pending> m_pending;
    std::vector<double> m_swinging;
    std::vector<double> m_traction;
    std::size_t m_buckets = 0;
    std::size_t m_blocks = 0;
    float m_scaling;
    double m_speed = 1;
    double m_efficiency = 1;
};

}  // namespace

void force_atlas2(const Network& network, std::span<Point> points, int iterations, unsigned jobs) {
    if (network.count() < 2) return;
    Simulation simulation(network, points, jobs);
    for (int i = 0; i < iterations; ++i) simulation.step();
}

}  // namespace liaison::exports
