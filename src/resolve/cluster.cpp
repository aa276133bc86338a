// From pairs to clusters. Decisions of persons come first, then pairs by falling probability, each joining two clusters
// unless something between them speaks against it; so a strong pair is never undone by a weak one, and the outcome does
// not depend on the order in which records or feeds came. What is refused is told, because a person should look.

#include "liaison/resolve/resolve.hpp"

#include "liaison/base/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace liaison::resolve {
namespace {

using index::Ordinal;

/// A contradiction of birth dates of this weight keeps two clusters apart whatever else agrees: some six years.
constexpr double kBirthApart = 3.0;

double feature(const Pair& pair, Feature which) { return pair.features[static_cast<std::size_t>(which)]; }

/// Disjoint sets that remember what they hold.
class Clusters {
public:
    Clusters(const index::EntitiesView& entities, const std::vector<Pair>& pairs) : m_entities(entities), m_parent(entities.size()) {
        std::iota(m_parent.begin(), m_parent.end(), 0U);
        m_members.resize(entities.size());
        m_schema.reserve(entities.size());
        for (Ordinal i = 0; i < entities.size(); ++i) {
            m_members[i] = {i};
            m_schema.push_back(&entities.schema(i));
        }
        for (const Pair& pair : pairs) {
            if (feature(pair, Feature::birth_contradicts) >= kBirthApart || feature(pair, Feature::identifier_contradicts) > 0 ||
                feature(pair, Feature::gender_contradicts) > 0) {
                m_apart.emplace(std::min(pair.one, pair.other), std::max(pair.one, pair.other));
            }
        }
    }

    Ordinal root(Ordinal node) {
        while (m_parent[node] != node) {
            m_parent[node] = m_parent[m_parent[node]];
            node = m_parent[node];
        }
        return node;
    }

    void keep_apart(Ordinal one, Ordinal other) { m_decided.emplace(std::min(one, other), std::max(one, other)); }

    /// Why two clusters must not be one, or "".
    std::string objection(Ordinal one, Ordinal other, bool decided) {
        const Ordinal a = root(one);
        const Ordinal b = root(other);
        if (model::common_schema(*m_schema[a], *m_schema[b]) == nullptr) {
            return fmt::format("{} is no {}", m_schema[a]->name, m_schema[b]->name);
        }
        for (const Ordinal x : m_members[a]) {
            for (const Ordinal y : m_members[b]) {
                const auto pair = std::pair(std::min(x, y), std::max(x, y));
                if (m_decided.count(pair) != 0) {
                    return fmt::format("{} and {} were decided to be different", m_entities.id(pair.first), m_entities.id(pair.second));
                }
                if (!decided && m_apart.count(pair) != 0) {
                    return fmt::format("{} and {} contradict each other", m_entities.id(pair.first), m_entities.id(pair.second));
                }
            }
        }
        return "";
    }

    void join(Ordinal one, Ordinal other) {
        Ordinal a = root(one);
        Ordinal b = root(other);
        if (a == b) {
            return;
        }
        if (a > b) {
            std::swap(a, b);
        }
        m_parent[b] = a;
        m_schema[a] = model::common_schema(*m_schema[a], *m_schema[b]);
        m_members[a].insert(m_members[a].end(), m_members[b].begin(), m_members[b].end());
        m_members[b].clear();
    }

    [[nodiscard]] const std::vector<std::vector<Ordinal>>& members() const { return m_members; }

private:
    const index::EntitiesView& m_entities;
    std::vector<Ordinal> m_parent;
    std::vector<std::vector<Ordinal>> m_members;  // by root
    std::vector<const model::Schema*> m_schema;   // by root
    std::set<std::pair<Ordinal, Ordinal>> m_apart;
    std::set<std::pair<Ordinal, Ordinal>> m_decided;
};

/// Canonical ids: a cluster keeps the id that most of its members had; where two claim one, the larger keeps it.
std::map<std::string, std::string> name_clusters(const index::EntitiesView& entities, const std::vector<std::vector<Ordinal>>& members,
                                                 const std::map<std::string, std::string>& previous) {
    struct Claim {
        std::size_t votes;
        std::size_t size;
        std::string canonical;
        std::size_t cluster;
    };
    std::vector<Claim> claims;
    for (std::size_t i = 0; i < members.size(); ++i) {
        std::map<std::string, std::size_t> votes;
        for (const Ordinal member : members[i]) {
            if (const auto found = previous.find(std::string(entities.id(member))); found != previous.end()) {
                ++votes[found->second];
            }
        }
        for (const auto& [canonical, count] : votes) {
            claims.push_back({count, members[i].size(), canonical, i});
        }
    }
    std::sort(claims.begin(), claims.end(), [](const Claim& one, const Claim& other) {
        return std::tuple(other.votes, other.size, one.canonical, one.cluster) < std::tuple(one.votes, one.size, other.canonical, other.cluster);
    });
    std::map<std::size_t, std::string> names;
    std::set<std::string> taken;
    for (const Claim& claim : claims) {
        if (names.count(claim.cluster) == 0 && taken.insert(claim.canonical).second) {
            names.emplace(claim.cluster, claim.canonical);
        }
    }
    std::map<std::string, std::string> clusters;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto named = names.find(i);
        if (members[i].size() < 2 && named == names.end()) {
            continue;
        }
        std::string canonical;
        if (named != names.end()) {
            canonical = named->second;
        } else {
            const Ordinal first = *std::min_element(members[i].begin(), members[i].end());
            canonical = "lia-" + base::to_hex(base::sha256(entities.id(first))).substr(0, 16);
        }
        for (const Ordinal member : members[i]) {
            clusters.emplace(entities.id(member), canonical);
        }
    }
    return clusters;
}

}  // namespace

Outcome cluster(const index::EntitiesView& entities, const std::vector<Pair>& pairs, const std::vector<Decision>& decisions,
                const std::map<std::string, std::string>& previous) {
    Outcome outcome;
    outcome.pairs = pairs.size();
    Clusters clusters(entities, pairs);
    std::set<std::pair<Ordinal, Ordinal>> judged;
    std::vector<std::pair<Ordinal, Ordinal>> same;
    for (const Decision& decision : decisions) {
        const auto one = entities.find(decision.one);
        const auto other = entities.find(decision.other);
        if (!one || !other || *one == *other) {
            continue;  // a record that is no longer listed: the decision waits for its return
        }
        const auto pair = std::pair(std::min(*one, *other), std::max(*one, *other));
        switch (decision.judgement) {
            case Judgement::different: clusters.keep_apart(*one, *other); judged.insert(pair); break;
            case Judgement::same: same.push_back(pair); judged.insert(pair); break;
            case Judgement::unsure: break;
        }
    }
    std::sort(same.begin(), same.end());
    const auto try_join = [&](Ordinal one, Ordinal other, bool decided) {
        if (clusters.root(one) == clusters.root(other)) {
            return true;
        }
        const std::string why = clusters.objection(one, other, decided);
        if (!why.empty()) {
            outcome.refused.push_back(fmt::format("{} and {} were not merged: {}", entities.id(one), entities.id(other), why));
            return false;
        }
        clusters.join(one, other);
        return true;
    };
    for (const auto& [one, other] : same) {
        try_join(one, other, true);
    }
    std::vector<const Pair*> order;
    for (const Pair& pair : pairs) {
        order.push_back(&pair);
    }
    std::sort(order.begin(), order.end(), [](const Pair* one, const Pair* other) {
        return one->probability != other->probability ? one->probability > other->probability
                                                      : std::pair(one->one, one->other) < std::pair(other->one, other->other);
    });
    std::vector<const Pair*> doubtful;
    for (const Pair* pair : order) {
        if (judged.count({std::min(pair->one, pair->other), std::max(pair->one, pair->other)}) != 0) {
            continue;
        }
        if (merges(*pair) && try_join(pair->one, pair->other, false)) {
            ++outcome.merged;
        } else if (waits_for_review(*pair)) {
            doubtful.push_back(pair);
        }
    }
    for (const Pair* pair : doubtful) {
        if (clusters.root(pair->one) != clusters.root(pair->other)) {
            outcome.review.push_back({std::string(entities.id(pair->one)), std::string(entities.id(pair->other)), pair->probability, pair->features});
        }
    }
    for (const auto& members : clusters.members()) {
        outcome.largest = std::max(outcome.largest, members.size());
    }
    std::vector<std::vector<Ordinal>> sets;
    for (const auto& members : clusters.members()) {
        if (!members.empty()) {
            sets.push_back(members);
        }
    }
    outcome.clusters = name_clusters(entities, sets, previous);
    return outcome;
}

}  // namespace liaison::resolve
