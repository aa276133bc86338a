// The name score.
//
// Problem. Two names are lists of parts. Parts may be missing (a patronymic left out), misspelled, transliterated,
// shortened to an initial, written together, reordered; or they may differ, and then these are two people, however many
// other parts agree. Averages of token similarities, as peers use them, cannot tell a missing part from a different one.
//
// Choice. Align tokens one to one, greedily by weight x similarity, and charge two costs for what remains:
//   omission       f = the larger of the two sides' unmatched shares of weight: something is missing somewhere;
//   contradiction  K = the smaller of the two sides' unmatched counts: both sides have something the other lacks.
// score = 1 - c f - (0.2 + 0.5 / n) K, n the tokens of the shorter name. A partial match (a typo) leaves its remainder on
// both sides and so is a small contradiction by itself. Rarity enters only the omission: a differing token is equally
// damning, rare or common. Numbers count 0.2 only in K: hull and fund numbers that differ lower the score visibly, but a
// sister ship or sister fund of a listed one is still shown (the labelled pairs ask for that).
//
// Cost. Edges are found by exact comparison first; about 2 us for two names of three tokens.
// Known failure. Names that differ by one common given name of many ("Kim Song Min", "Kim Song Chol") are near the
// threshold; greedy alignment is not optimal where one token resembles two others (never seen to matter).

#include "liaison/match/name_score.hpp"

#include "liaison/name/join.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace liaison::match {

using name::MatchKind;
using name::Similarity;
using name::TokenClass;
namespace constant = model_constants;

// A join of neighbours with what the alignment needs of it.
struct PreparedJoins::Join {
    std::uint32_t bits = 0;
    std::string key;
    std::string_view first;
    double weight = 0;
    std::vector<name::GroupKey> groups;
};

namespace {

struct Edge {
    std::uint32_t query = 0;   // bits
    std::uint32_t listed = 0;
    Similarity similarity;
    double priority = 0;
};

bool same_text(const Part& one, const Part& other) { return one.view.text == other.view.text; }

Similarity compare(const Part& one, const Part& other, bool person) {
    const bool carrier_one = name::carries_name(one.token_class);
    const bool carrier_other = name::carries_name(other.token_class);
    if (carrier_one && carrier_other) {
        if (one.promoted || other.promoted) {
            if (same_text(one, other) || (one.promoted && other.promoted && !one.value.empty() && one.value == other.value))
                return {1.0, MatchKind::exact};
            return {};
        }
        return name::similarity(one.view, other.view);
    }
    if (one.token_class == TokenClass::initial || other.token_class == TokenClass::initial) {
        if (one.view.latin.empty() || other.view.latin.empty() || one.view.latin.front() != other.view.latin.front()) return {};
        if (one.token_class == other.token_class) return same_text(one, other) ? Similarity{1.0, MatchKind::exact} : Similarity{};
        if (!person || one.promoted || other.promoted || (!carrier_one && !carrier_other)) return {};
        return {constant::initial_similarity, MatchKind::initial};
    }
    if (one.token_class != other.token_class || one.value != other.value) return {};
    return {1.0, same_text(one, other) ? MatchKind::exact : MatchKind::spelling};
}

std::vector<name::JoinPart> join_parts(std::span<const Part> parts) {
    std::vector<name::JoinPart> out;
    out.reserve(parts.size());
    for (const Part& part : parts) out.push_back({part.view.latin, part.view.key, part.token_class, part.promoted});
    return out;
}

bool shares_variant(const PreparedJoins::Join& join, const name::TokenView& token) {
    for (const name::GroupKey group : join.groups)
        for (std::size_t i = 0; i < token.group_count; ++i)
            if (token.groups[i] == group) return true;
    return false;
}

void add_joins(std::span<const Part> query, std::span<const Part> listed, const PreparedJoins& of_query, const PreparedJoins& of_listed,
               std::vector<Edge>& edges) {
    const auto single = [&edges](const PreparedJoins::Join& join, std::span<const Part> others, bool query_joined) {
        for (std::size_t j = 0; j < others.size(); ++j) {
            const Part& other = others[j];
            if (!name::carries_name(other.token_class) || other.promoted) continue;
            Similarity found;
            if (other.view.key == join.key) found = {constant::joined_similarity, MatchKind::joined};
            else if (shares_variant(join, other.view)) found = {name::variant_similarity, MatchKind::joined};
            else continue;
            const std::uint32_t bit = 1U << j;
            edges.push_back({query_joined ? join.bits : bit, query_joined ? bit : join.bits, found,
                             found.value * std::max<double>(join.weight, other.weight)});
        }
    };
    for (const auto& join : of_query.joins()) single(join, listed, true);
    for (const auto& join : of_listed.joins()) single(join, query, false);
    for (const auto& one : of_query.joins())
        for (const auto& other : of_listed.joins())
            if (one.key == other.key && one.first != other.first)
                edges.push_back({one.bits, other.bits, {constant::joined_similarity, MatchKind::joined},
                                 constant::joined_similarity * std::max(one.weight, other.weight)});
}

// "PLA" for People's Liberation Army: organisations, one token against the initials of at least three.
void add_acronyms(std::span<const Part> one, std::span<const Part> other, bool one_is_query, std::vector<Edge>& edges) {
    std::size_t at = one.size();
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (!name::carries_name(one[i].token_class)) continue;
        if (at != one.size()) return;
        at = i;
    }
    if (at == one.size() || one[at].view.latin.size() < 3 || one[at].view.latin.size() > 6) return;
    if (name::acronym_of(join_parts(other)) != one[at].view.latin) return;
    std::uint32_t bits = 0;
    double weight = 0;
    for (std::size_t j = 0; j < other.size(); ++j) {
        if (!name::carries_name(other[j].token_class) || other[j].view.latin.empty()) continue;
        bits |= 1U << j;
        weight += other[j].weight;
    }
    const std::uint32_t bit = 1U << at;
    edges.push_back({one_is_query ? bit : bits, one_is_query ? bits : bit, {constant::acronym_similarity, MatchKind::acronym}, weight});
}

// The carrier after a "bin", by position; 0 when there is none.
std::uint32_t son_of(std::span<const Part> parts, std::uint32_t& father) {
    for (std::size_t i = 1; i + 1 < parts.size(); ++i)
        if (parts[i].token_class == TokenClass::particle && parts[i].value == "bin" && name::carries_name(parts[i - 1].token_class) &&
            name::carries_name(parts[i + 1].token_class)) {
            father = 1U << (i + 1);
            return 1U << (i - 1);
        }
    return 0;
}

}  // namespace

namespace {

template <typename Weight>
void prepare(PreparedName& prepared, Weight weight) {
    prepared.parts.reserve(prepared.name.tokens.size());
    for (const name::Token& token : prepared.name.tokens) {
        prepared.parts.push_back({name::view_of(token), token.value, token.token_class, token.promoted, static_cast<float>(weight(token))});
        if (name::carries_name(token.token_class)) ++prepared.carriers;
        if (token.token_class == TokenClass::initial) ++prepared.initials;
    }
}

}  // namespace

PreparedName::PreparedName(name::Name tokens) : name(std::move(tokens)) {
    prepare(*this, [](const name::Token& token) { return name::token_weight(token, name::prior_frequency(token)); });
}

PreparedName::PreparedName(name::Name tokens, const index::NamesView& view) : name(std::move(tokens)) {
    prepare(*this, [&view](const name::Token& token) { return view.weight_of(token); });
}

PreparedJoins::PreparedJoins(std::span<const Part> parts) {
    if (parts.size() < 2) return;
    name::visit_joins(join_parts(parts), [&](const name::JoinedWord& word) {
        Join join{0, word.key, word.first, 0, name::groups_of_joined(word.key)};
        for (std::size_t i = word.begin; i < word.end; ++i) {
            join.bits |= 1U << i;
            join.weight += static_cast<double>(parts[i].weight);
        }
        m_joins.push_back(std::move(join));
    });
}

PreparedJoins::~PreparedJoins() = default;

std::span<const PreparedJoins::Join> PreparedJoins::joins() const { return m_joins; }

NameScore score_names(std::span<const Part> query, std::span<const Part> listed, bool organisation, bool explain,
                      const PreparedJoins* query_joins) {
    NameScore score;
    std::vector<Edge> edges;
    edges.reserve(16);
    for (std::size_t i = 0; i < query.size(); ++i)
        for (std::size_t j = 0; j < listed.size(); ++j) {
            const Similarity found = compare(query[i], listed[j], !organisation);
            if (found.value > 0)
                edges.push_back({1U << i, 1U << j, found, found.value * std::max(query[i].weight, listed[j].weight)});
        }
    if (query.size() > 1 || listed.size() > 1) {
        const PreparedJoins of_listed(listed);
        if (query_joins != nullptr) add_joins(query, listed, *query_joins, of_listed, edges);
        else add_joins(query, listed, PreparedJoins(query), of_listed, edges);
    }
    if (organisation) {
        add_acronyms(query, listed, true, edges);
        add_acronyms(listed, query, false, edges);
    }
    std::stable_sort(edges.begin(), edges.end(), [](const Edge& one, const Edge& other) { return one.priority > other.priority; });

    std::uint32_t used_query = 0;
    std::uint32_t used_listed = 0;
    std::array<double, name::max_tokens> rest_query{};   // unmatched part of each token
    std::array<double, name::max_tokens> rest_listed{};
    rest_query.fill(1);
    rest_listed.fill(1);
    bool carried = false;
    std::array<std::uint32_t, name::max_tokens> partner{};
    for (const Edge& edge : edges) {
        if ((edge.query & used_query) != 0 || (edge.listed & used_listed) != 0) continue;
        used_query |= edge.query;
        used_listed |= edge.listed;
        const double rest = 1 - edge.similarity.value;
        for (std::size_t i = 0; i < query.size(); ++i)
            if ((edge.query >> i & 1U) != 0) {
                rest_query[i] = rest;
                partner[i] = edge.listed;
                if (edge.similarity.kind != MatchKind::initial && name::carries_name(query[i].token_class)) carried = true;
            }
        for (std::size_t j = 0; j < listed.size(); ++j)
            if ((edge.listed >> j & 1U) != 0) rest_listed[j] = rest;
        if (explain) score.pairs.push_back({edge.query, edge.listed, edge.similarity, TokenVerdict::agrees});
    }

    const auto measure = [](std::span<const Part> parts, const auto& rest, double& share, double& count, std::uint32_t& carriers) {
        double total = 0;
        double missing = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            total += parts[i].weight;
            missing += parts[i].weight * rest[i];
            count += name::contradiction_count(parts[i].token_class) * rest[i];
            carriers += name::carries_name(parts[i].token_class) ? 1 : 0;
        }
        share = total > 0 ? missing / total : 1;
    };
    double share_query = 0;
    double share_listed = 0;
    double count_query = 0;
    double count_listed = 0;
    std::uint32_t carriers_query = 0;
    std::uint32_t carriers_listed = 0;
    measure(query, rest_query, share_query, count_query, carriers_query);
    measure(listed, rest_listed, share_listed, count_listed, carriers_listed);

    score.omission = (organisation ? constant::omission_of_organisation : constant::omission_of_person) * std::max(share_query, share_listed);
    score.contradiction = contradiction_cost(std::min(carriers_query, carriers_listed)) * std::min(count_query, count_listed);
    if (!organisation) {
        std::uint32_t father_query = 0;
        std::uint32_t father_listed = 0;
        const std::uint32_t son_query = son_of(query, father_query);
        const std::uint32_t son_listed = son_of(listed, father_listed);
        if (son_query != 0 && son_listed != 0 && partner[static_cast<std::size_t>(std::countr_zero(son_query))] == father_listed &&
            partner[static_cast<std::size_t>(std::countr_zero(father_query))] == son_listed)
            score.order = constant::order_cost;
    }
    score.value = carried ? std::max(0.0, 1 - score.omission - score.contradiction - score.order) : 0;
    if (explain) {
        const bool both = count_query >= 0.5 && count_listed >= 0.5;
        for (std::size_t i = 0; i < query.size(); ++i)
            if ((used_query >> i & 1U) == 0)
                score.pairs.push_back({1U << i, 0, {}, both && name::contradiction_count(query[i].token_class) > 0 ? TokenVerdict::contradicting : TokenVerdict::absent});
        for (std::size_t j = 0; j < listed.size(); ++j)
            if ((used_listed >> j & 1U) == 0)
                score.pairs.push_back({0, 1U << j, {}, both && name::contradiction_count(listed[j].token_class) > 0 ? TokenVerdict::contradicting : TokenVerdict::absent});
    }
    return score;
}

}  // namespace liaison::match
