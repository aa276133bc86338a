// Leiden communities.
//
// Problem: colour groups that belong together, for up to a million links, within seconds, the same on every run.
// Choice: Leiden rather than Louvain, because Louvain can return communities that are not even connected. Each round moves
// vertices to the best neighbouring community from a work queue, refines every community into well connected parts, and
// makes a smaller network of the parts; the next round starts from the communities, not from the parts.
// Determinism: vertices are taken in order, and the refinement takes the best part where the paper draws one at random; ties go to
// the smallest number. Cost: near linear in links a round, few rounds. Known failure: modularity does not see communities
// smaller than about sqrt(2 * links) (Fortunato and Barthelemy 2007); Gephi's own statistic has the same limit.

#include "liaison/export/network.hpp"
#include "export/numbering.hpp"

#include <algorithm>
#include <numeric>

namespace liaison::exports {

namespace {

struct Level {
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint32_t> targets;
    std::vector<double> weights;
    std::vector<double> strength;  ///< weighted degree, inner weight of the part included

    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(strength.size()); }
};

/// Weight from one vertex to each community near it; clearing costs only what was touched.
class Tally {
public:
    explicit Tally(std::size_t size) : m_weight(size, 0), m_seen(size, 0) {}
    void add(std::uint32_t community, double weight) {
        if (m_seen[community] == 0) {
            m_seen[community] = 1;
            m_touched.push_back(community);
        }
        m_weight[community] += weight;
    }
    [[nodiscard]] double weight(std::uint32_t community) const { return m_weight[community]; }
    [[nodiscard]] const std::vector<std::uint32_t>& touched() const { return m_touched; }
    void clear() {
        for (const auto community : m_touched) {
            m_weight[community] = 0;
            m_seen[community] = 0;
        }
        m_touched.clear();
    }

private:
    std::vector<double> m_weight;
    std::vector<std::uint8_t> m_seen;
    std::vector<std::uint32_t> m_touched;
};

/// Moves until no single move helps. Returns true when anything moved.
bool move_vertices(const Level& level, std::vector<std::uint32_t>& community, double total) {
    const std::uint32_t count = level.count();
    std::vector<double> strength(count, 0);
    for (std::uint32_t v = 0; v < count; ++v) strength[community[v]] += level.strength[v];
    std::vector<std::uint32_t> queue(count);
    std::iota(queue.begin(), queue.end(), 0U);
    std::vector<std::uint8_t> waiting(count, 1);
    Tally tally(count);
    bool moved = false;
    // A ring: at most `count` vertices wait at a time.
    std::size_t head = 0;
    std::size_t size = count;
    while (size > 0) {
        const std::uint32_t v = queue[head];
        head = head + 1 == count ? 0 : head + 1;
        --size;
        waiting[v] = 0;
        const std::uint32_t own = community[v];
        tally.clear();
        tally.add(own, 0);
        for (std::uint32_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
            if (level.targets[i] != v) tally.add(community[level.targets[i]], level.weights[i]);
        }
        strength[own] -= level.strength[v];
        std::uint32_t best = own;
        double best_gain = tally.weight(own) - level.strength[v] * strength[own] / total;
        for (const auto candidate : tally.touched()) {
            const double gain = tally.weight(candidate) - level.strength[v] * strength[candidate] / total;
            if (gain > best_gain + 1e-12 || (gain > best_gain - 1e-12 && best != own && candidate < best)) {
                best = candidate;
                best_gain = std::max(gain, best_gain);
            }
        }
        strength[best] += level.strength[v];
        if (best == own) continue;
        community[v] = best;
        moved = true;
        for (std::uint32_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
            const std::uint32_t other = level.targets[i];
            if (waiting[other] != 0 || community[other] == best) continue;
            waiting[other] = 1;
            std::size_t tail = head + size;
            if (tail >= count) tail -= count;
            queue[tail] = other;
            ++size;
        }
    }
    return moved;
}

/// Splits each community into well connected parts.
std::vector<std::uint32_t> refine(const Level& level, const std::vector<std::uint32_t>& community, double total) {
    const std::uint32_t count = level.count();
    std::vector<double> whole(count, 0);
    for (std::uint32_t v = 0; v < count; ++v) whole[community[v]] += level.strength[v];
    std::vector<std::uint32_t> part(count);
    std::iota(part.begin(), part.end(), 0U);
    std::vector<double> strength = level.strength;  // of the part that bears the vertex' number
    std::vector<double> outside(count, 0);          // weight from the part to the rest of its community
    std::vector<std::uint8_t> alone(count, 1);
    for (std::uint32_t v = 0; v < count; ++v) {
        for (std::uint32_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
            const std::uint32_t other = level.targets[i];
            if (other != v && community[other] == community[v]) outside[v] += level.weights[i];
        }
    }
    Tally tally(count);
    for (std::uint32_t v = 0; v < count; ++v) {
        const double rest = whole[community[v]] - level.strength[v];
        if (alone[v] == 0 || outside[v] < level.strength[v] * rest / total) continue;
        tally.clear();
        for (std::uint32_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
            const std::uint32_t other = level.targets[i];
            if (other != v && community[other] == community[v]) tally.add(part[other], level.weights[i]);
        }
        std::uint32_t best = v;
        double best_gain = 0;
        for (const auto candidate : tally.touched()) {
            const double around = whole[community[v]] - strength[candidate];
            if (outside[candidate] < strength[candidate] * around / total) continue;
            const double gain = tally.weight(candidate) - level.strength[v] * strength[candidate] / total;
            if (gain > best_gain + 1e-12 || (gain > best_gain - 1e-12 && best != v && candidate < best)) {
                best = candidate;
                best_gain = std::max(gain, best_gain);
            }
        }
        if (best == v) continue;
        part[v] = best;
        alone[v] = 0;
        alone[best] = 0;
        strength[best] += level.strength[v];
        outside[best] += outside[v] - 2 * tally.weight(best);
        strength[v] = 0;
    }
    return part;
}

/// Makes numbers dense from 0 in order of first use; returns how many.
std::uint32_t renumber(std::vector<std::uint32_t>& numbers) {
    constexpr std::uint32_t unset = 0xFFFFFFFFU;
    std::vector<std::uint32_t> dense(numbers.size(), unset);
    std::uint32_t next = 0;
    for (auto& number : numbers) {
        if (dense[number] == unset) dense[number] = next++;
        number = dense[number];
    }
    return next;
}

Level aggregate(const Level& level, const std::vector<std::uint32_t>& part, std::uint32_t parts) {
    Level result;
    result.strength.assign(parts, 0);
    std::vector<std::uint32_t> members(part.size());
    std::vector<std::uint32_t> starts(parts + 1, 0);
    for (const auto p : part) ++starts[p + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::uint32_t> at(starts.begin(), starts.end() - 1);
    for (std::uint32_t v = 0; v < part.size(); ++v) members[at[part[v]]++] = v;
    Tally tally(parts);
    result.offsets.push_back(0);
    for (std::uint32_t p = 0; p < parts; ++p) {
        tally.clear();
        for (std::uint32_t m = starts[p]; m < starts[p + 1]; ++m) {
            const std::uint32_t v = members[m];
            result.strength[p] += level.strength[v];
            for (std::uint32_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
                if (part[level.targets[i]] != p) tally.add(part[level.targets[i]], level.weights[i]);
            }
        }
        for (const auto other : tally.touched()) {
            result.targets.push_back(other);
            result.weights.push_back(tally.weight(other));
        }
        result.offsets.push_back(static_cast<std::uint32_t>(result.targets.size()));
    }
    return result;
}

}  // namespace

std::vector<std::uint32_t> number_by_size(std::vector<std::uint32_t> groups) {
    const std::uint32_t count = renumber(groups);  // in order of smallest member
    std::vector<std::uint32_t> sizes(count, 0);
    for (const auto group : groups) ++sizes[group];
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return sizes[a] > sizes[b]; });
    std::vector<std::uint32_t> number(count);
    for (std::uint32_t i = 0; i < count; ++i) number[order[i]] = i;
    for (auto& group : groups) group = number[group];
    return groups;
}

Network make_network(std::uint32_t count, std::span<const Link> links) {
    Network network;
    network.offsets.assign(count + 1, 0);
    for (const auto& link : links) {
        if (link.source == link.target) continue;
        ++network.offsets[link.source + 1];
        ++network.offsets[link.target + 1];
    }
    std::partial_sum(network.offsets.begin(), network.offsets.end(), network.offsets.begin());
    network.targets.resize(network.offsets.back());
    network.weights.resize(network.offsets.back());
    std::vector<std::uint32_t> at(network.offsets.begin(), network.offsets.end() - 1);
    const auto put = [&](std::uint32_t from, std::uint32_t to, double weight) {
        network.targets[at[from]] = to;
        network.weights[at[from]++] = static_cast<float>(weight);
    };
    for (const auto& link : links) {
        if (link.source == link.target) continue;
        put(link.source, link.target, link.weight);
        put(link.target, link.source, link.weight);
    }
    return network;
}

std::vector<std::uint32_t> communities(const Network& network) {
    Level level;
    level.offsets = network.offsets;
    level.targets = network.targets;
    level.weights.assign(network.weights.begin(), network.weights.end());
    level.strength.assign(network.count(), 0);
    double total = 0;  // twice the weight of all links
    for (std::uint32_t v = 0; v < network.count(); ++v) {
        for (std::uint32_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) level.strength[v] += level.weights[i];
        total += level.strength[v];
    }
    std::vector<std::uint32_t> community(network.count());
    std::iota(community.begin(), community.end(), 0U);
    if (total <= 0) return community;

    std::vector<std::uint32_t> vertex_part = community;  // of each original vertex, in the present level
    std::vector<std::uint32_t> present = community;      // of each vertex of the present level
    constexpr int round_limit = 64;
    for (int round = 0; round < round_limit; ++round) {
        const bool moved = move_vertices(level, present, total);
        renumber(present);
        for (std::size_t v = 0; v < vertex_part.size(); ++v) community[v] = present[vertex_part[v]];
        if (!moved && round > 0) break;
        std::vector<std::uint32_t> part = refine(level, present, total);
        const std::uint32_t parts = renumber(part);
        if (parts == level.count()) break;
        Level smaller = aggregate(level, part, parts);
        std::vector<std::uint32_t> next(parts);
        for (std::uint32_t v = 0; v < level.count(); ++v) next[part[v]] = present[v];
        for (auto& p : vertex_part) p = part[p];
        level = std::move(smaller);
        present = std::move(next);
    }
    return number_by_size(std::move(community));
}

double modularity(const Network& network, std::span<const std::uint32_t> community) {
    std::vector<double> strength(network.count(), 0);
    double inner = 0;
    double total = 0;
    for (std::uint32_t v = 0; v < network.count(); ++v) {
        for (std::uint32_t i = network.offsets[v]; i < network.offsets[v + 1]; ++i) {
            const auto weight = static_cast<double>(network.weights[i]);
            strength[community[v]] += weight;
            total += weight;
            if (community[network.targets[i]] == community[v]) inner += weight;
        }
    }
    if (total <= 0) return 0;
    double expected = 0;
    for (const double s : strength) expected += (s / total) * (s / total);
    return inner / total - expected;
}

}  // namespace liaison::exports
