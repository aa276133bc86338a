// Candidates, completely and fast.
//
// Problem. Return every listed name L whose score against the query Q reaches a floor, out of 40,000 or a million, within
// microseconds. A name that is not looked at must be provably below the floor.
//
// The score is 1 - c f - cost(n) K - (further costs), n the carriers (names and generic words) of the shorter name.
// Facts used, all of them consequences of name_score.cpp:
//  1. An edge between carriers exists only between a query carrier and a token of alike(carrier), between joined
//     neighbours of either side, or between an acronym and its words. Call a carrier of Q covered in L when L has a token
//     alike to it, or a token that a join with it in Q makes; a carrier of L is covered likewise. Names in which *listed*
//     neighbours make a query word, or in which the boundary between two words has moved, are looked up in the join table
//     and are candidates outright, as are the names of which the query is the acronym.
//  2. A carrier that is not covered can be matched only by an initial of the other side. So with a initials in Q and b in
//     L, at least uQ = uncovered(Q) - b carriers of Q and uL = uncovered(L) - a of L stay wholly unmatched (each initial
//     matches one token), and K >= min(uQ, uL): K is the smaller count, and everything else only adds to both counts.
//  3. If K >= k then both sides miss at least k carriers, so f >= the share of the k lightest carriers of Q (when b = 0).
//     Let k(n) be the largest k with cost(n) k + c f(k) <= 1 - floor. Every hit has min(uQ, uL) <= k(n).
//  4. Order the carriers of Q by how many postings their alike tokens have, rarest first.
//     uQ <= k: at most k + b carriers of Q are uncovered, so one of the k + b + 1 rarest is covered: scan their postings.
//     uL <= k: at least l - k - a carriers of L are covered; one-to-one they take as many different carriers of Q (a join of
//     Q's neighbours takes more, never fewer), so one of the m - (l - k - a) + 1 rarest is among them.
//     Postings are grouped by (reading, l, b): for each group the deeper of the two ranks says whether it is scanned.
//     A hit without any covered carrier does not exist: an initial never carries a match.
//  5. A posting holds three other carriers of its name, so that 2 and 3 reject most names without touching them; names
//     that pass are checked with all their tokens and with the weights: c max(fQ, fL) + cost(n) min(uQ, uL) <= 1 - floor,
//     fQ and fL the shares of uncovered carriers (0 where initials could cover them). What remains is scored.
//
// Alternatives: T-occurrence merging of all lists (scans the common words too), signatures of whole names (37 % survive).
// Cost: a query of common words ("Muhammad Ali") still scans one of its lists: a few thousand postings, tens of us.
// Known failure: none for completeness; tests/unit/match/completeness_test.cpp compares with the full scan.

#include "match/candidates.hpp"

#include "liaison/name/join.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace liaison::match {

using index::Posting;
using index::Shape;
using index::TokenId;

namespace {

constexpr double tolerance = 1e-6;

// Reused by one thread: clearing a million bytes a query would cost more than the query.
struct Scratch {
    std::vector<std::uint32_t> cover;         // by token: bits of the covered query carriers
    std::vector<std::uint32_t> cover_epoch;
    std::vector<std::uint32_t> seen;          // by name: epoch of the last decision
    std::uint32_t epoch = 0;

    void begin(std::size_t tokens, std::size_t names) {
        if (cover.size() < tokens) {
            cover.resize(tokens, 0);
            cover_epoch.resize(tokens, 0);
        }
        if (seen.size() < names) seen.resize(names, 0);
        if (++epoch == 0) {
            std::fill(cover_epoch.begin(), cover_epoch.end(), 0);
            std::fill(seen.begin(), seen.end(), 0);
            epoch = 1;
        }
    }
    [[nodiscard]] std::uint32_t cover_of(TokenId token) const { return cover_epoch[token] == epoch ? cover[token] : 0; }
    void add_cover(TokenId token, std::uint32_t bits) {
        if (cover_epoch[token] != epoch) {
            cover_epoch[token] = epoch;
            cover[token] = 0;
        }
        cover[token] |= bits;
    }
};

class Finder {
public:
    Finder(const index::NamesView& view, const PreparedName& query, name::Kind kind, double floor, std::vector<std::uint32_t>& out, Scratch& scratch)
        : m_view(view), m_query(query), m_kind(kind), m_budget(1 - floor + tolerance), m_out(out), m_scratch(scratch) {
        m_omission = kind == name::Kind::person ? model_constants::omission_of_person : model_constants::omission_of_organisation;
    }

    void run() {
        m_scratch.begin(m_view.tokens().size(), m_view.names().size());
        for (std::size_t i = 0; i < m_query.parts.size(); ++i) {
            m_total_weight += static_cast<double>(m_query.parts[i].weight);
            if (name::carries_name(m_query.parts[i].token_class)) m_carriers.push_back(i);
        }
        if (m_carriers.empty()) return;
        m_alike.resize(m_carriers.size());
        for (std::size_t c = 0; c < m_carriers.size(); ++c) {
            m_view.alike(m_query.name.tokens[m_carriers[c]], m_alike[c]);
            for (const TokenId token : m_alike[c]) m_scratch.add_cover(token, 1U << c);
        }
        add_joins();
        rank();
        set_limits();
        for (std::size_t r = 0; r < m_order.size(); ++r)
            for (const TokenId token : m_alike[m_order[r]]) scan(token, static_cast<int>(r));
    }

private:
    [[nodiscard]] std::uint32_t carrier_bits(std::size_t begin, std::size_t end) const {
        std::uint32_t bits = 0;
        for (std::size_t c = 0; c < m_carriers.size(); ++c)
            if (m_carriers[c] >= begin && m_carriers[c] < end) bits |= 1U << c;
        return bits;
    }

    void cover_by_join(const std::vector<TokenId>& tokens, std::uint32_t bits) {
        for (const TokenId token : tokens) {
            m_scratch.add_cover(token, bits);
            m_joins = true;
            for (std::size_t c = 0; c < m_carriers.size(); ++c)
                if ((bits >> c & 1U) != 0 && std::find(m_alike[c].begin(), m_alike[c].end(), token) == m_alike[c].end())
                    m_alike[c].push_back(token);
        }
    }

    void outright(const std::vector<std::uint32_t>& names) {
        for (const std::uint32_t name : names) {
            if (m_scratch.seen[name] == m_scratch.epoch || m_view.names()[name].shape.kind() != m_kind) continue;
            m_scratch.seen[name] = m_scratch.epoch;
            m_out.push_back(name);
        }
    }

    void add_joins() {
        std::vector<TokenId> tokens;
        std::vector<std::uint32_t> names;
        name::visit_joins(m_query.name.tokens, [&](const name::JoinedWord& word) {
            tokens.clear();
            m_view.joined_tokens(word.key, tokens);
            cover_by_join(tokens, carrier_bits(word.begin, word.end));
            m_view.joined_names(word.key, word.first, names);
        });
        for (const std::size_t i : m_carriers) {
            const name::Token& token = m_query.name.tokens[i];
            if (token.promoted) continue;
            m_view.joined_names(token.key, {}, names);
            for (const name::GroupKey group : token.groups)
                if (name::kind_of(group) == name::GroupKind::variant) m_view.joined_names(group, names);
        }
        if (m_kind != name::Kind::person) {
            if (m_carriers.size() == 1) m_view.acronym_names(m_query.name.tokens[m_carriers.front()].latin, names);
            if (const std::string letters = name::acronym_of(m_query.name.tokens); !letters.empty()) {
                tokens.clear();
                m_view.written(letters, tokens);
                cover_by_join(tokens, carrier_bits(0, m_query.name.tokens.size()));
            }
        }
        outright(names);
    }

    void rank() {
        std::vector<std::uint64_t> sizes(m_carriers.size(), 0);
        for (std::size_t c = 0; c < m_carriers.size(); ++c) {
            m_order.push_back(c);
            for (const TokenId token : m_alike[c]) sizes[c] += m_view.tokens()[token].posting_count;
        }
        std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t one, std::size_t other) { return sizes[one] < sizes[other]; });
    }

    /// The largest number of contradictions that the floor allows, for the shorter name's carriers n (fact 3).
    [[nodiscard]] int most_contradictions(std::uint32_t n, bool listed_initials) const {
        std::vector<double> weights;
        for (const std::size_t i : m_carriers) weights.push_back(static_cast<double>(m_query.parts[i].weight));
        std::sort(weights.begin(), weights.end());
        double lightest = 0;
        int most = 0;
        for (std::size_t k = 1; k <= weights.size(); ++k) {
            lightest += weights[k - 1];
            const double share = listed_initials ? 0 : lightest / m_total_weight;
            if (contradiction_cost(n) * static_cast<double>(k) + m_omission * share > m_budget) break;
            most = static_cast<int>(k);
        }
        return most;
    }

    void set_limits() {
        const int m = static_cast<int>(m_carriers.size());
        const int a = static_cast<int>(m_query.initials);
        std::array<std::array<int, 2>, 33> allowed{};
        for (std::uint32_t n = 1; n <= static_cast<std::uint32_t>(m); ++n)
            for (int with = 0; with < 2; ++with) allowed[n][static_cast<std::size_t>(with)] = most_contradictions(n, with != 0);
        for (std::uint32_t carriers = 0; carriers < 16; ++carriers)
            for (std::uint32_t initials = 0; initials < 4; ++initials) {
                const Shape shape = Shape::of(m_kind, carriers, initials);
                // 15 and 3 mean "or more": assume the longest name and that its initials can cover anything.
                const std::uint32_t shorter = carriers == 15 ? static_cast<std::uint32_t>(m) : std::max(1U, std::min<std::uint32_t>(carriers, static_cast<std::uint32_t>(m)));
                const int k = allowed[shorter][initials == 0 ? 0 : 1];
                m_allowed[shape.bits & 0x3F] = static_cast<std::int8_t>(k);
                int limit = m - 1;
                if (initials < 3) {
                    const int l = carriers == 15 ? 32 : static_cast<int>(carriers);
                    const int b = static_cast<int>(initials);
                    limit = -1;
                    if (m_joins || l >= m - k - b) limit = k + b;
                    if (carriers != 15) limit = std::max(limit, m - l + k + a);
                    else limit = std::max(limit, m - 15 + k + a);
                }
                m_limit[shape.bits & 0x3F] = static_cast<std::int8_t>(std::min(limit, m - 1));
            }
    }

    void scan(TokenId token, int rank) {
        const std::span<const Posting> all = m_view.postings(token);
        const auto low = static_cast<std::uint32_t>(m_kind) << 6;
        const auto by_shape = [](const Posting& posting, std::uint32_t bits) { return posting.shape().bits < bits; };
        auto at = std::lower_bound(all.begin(), all.end(), low, by_shape);
        while (at != all.end() && at->shape().kind() == m_kind) {
            const std::uint8_t bits = at->shape().bits;
            if (m_limit[bits & 0x3F] < rank) {
                at = std::lower_bound(at, all.end(), bits + 1U, by_shape);
                continue;
            }
            for (; at != all.end() && at->shape().bits == bits; ++at) consider(token, *at);
        }
    }

    void consider(TokenId token, const Posting& posting) {
        if (m_scratch.seen[posting.name] == m_scratch.epoch) return;
        const Shape shape = posting.shape();
        const int m = static_cast<int>(m_carriers.size());
        const int l = static_cast<int>(shape.carriers());
        // Fact 2 with what the posting holds.
        std::uint32_t mask = m_scratch.cover_of(token);
        int uncovered = 0;
        int known = 1;
        for (const TokenId other : {posting.others[0], posting.others[1], posting.third()}) {
            if (other == index::no_token) break;
            ++known;
            const std::uint32_t bits = m_scratch.cover_of(other);
            mask |= bits;
            uncovered += bits == 0 ? 1 : 0;
        }
        const int unknown = std::max(0, l - known);
        const bool open = unknown > 0 && (m_joins || l == 15);
        const int missing = open ? 0 : m - std::popcount(mask) - unknown;
        const int k = m_allowed[shape.bits & 0x3F];
        const int unmatched_query = shape.initials() == 3 ? 0 : missing - static_cast<int>(shape.initials());
        const int unmatched_listed = uncovered - static_cast<int>(m_query.initials);
        if (std::min(unmatched_query, unmatched_listed) > k) {
            m_scratch.seen[posting.name] = m_scratch.epoch;
            return;
        }
        m_scratch.seen[posting.name] = m_scratch.epoch;
        if (can_reach(m_view.names()[posting.name])) m_out.push_back(posting.name);
    }

    /// Facts 2 and 3 with all tokens and weights.
    [[nodiscard]] bool can_reach(const index::NamesView::NameRecord& name) const {
        std::uint32_t mask = 0;
        double total = 0;
        double missing_weight = 0;
        int uncovered = 0;
        int carriers = 0;
        int initials = 0;
        for (const TokenId token : m_view.tokens_of(name)) {
            const auto& record = m_view.tokens()[token];
            const auto token_class = static_cast<name::TokenClass>(record.token_class);
            total += static_cast<double>(record.weight);
            if (token_class == name::TokenClass::initial) ++initials;
            if (!name::carries_name(token_class)) continue;
            ++carriers;
            const std::uint32_t bits = m_scratch.cover_of(token);
            mask |= bits;
            if (bits == 0) {
                ++uncovered;
                missing_weight += static_cast<double>(record.weight);
            }
        }
        double query_missing = 0;
        int query_uncovered = 0;
        for (std::size_t c = 0; c < m_carriers.size(); ++c)
            if ((mask >> c & 1U) == 0) {
                ++query_uncovered;
                query_missing += static_cast<double>(m_query.parts[m_carriers[c]].weight);
            }
        const int a = static_cast<int>(m_query.initials);
        const double share = std::max(initials == 0 ? query_missing / m_total_weight : 0.0, a == 0 ? missing_weight / total : 0.0);
        const int both = std::max(0, std::min(query_uncovered - initials, uncovered - a));
        const auto shorter = static_cast<std::uint32_t>(std::min<int>(carriers, static_cast<int>(m_carriers.size())));
        return m_omission * share + contradiction_cost(shorter) * both <= m_budget;
    }

    const index::NamesView& m_view;
    const PreparedName& m_query;
    name::Kind m_kind;
    double m_budget;
    double m_omission = 0;
    std::vector<std::uint32_t>& m_out;
    Scratch& m_scratch;
    std::vector<std::size_t> m_carriers;            // positions of the query's carriers
    std::vector<std::vector<TokenId>> m_alike;      // by carrier
    std::vector<std::size_t> m_order;               // carriers, rarest first
    std::array<std::int8_t, 64> m_allowed{};        // by shape without its kind
    std::array<std::int8_t, 64> m_limit{};
    double m_total_weight = 0;
    bool m_joins = false;
};

}  // namespace

void find_candidates(const index::NamesView& view, const PreparedName& query, name::Kind kind, double floor, std::vector<std::uint32_t>& names) {
    static thread_local Scratch scratch;
    Finder(view, query, kind, floor, names, scratch).run();
}

}  // namespace liaison::match
