#include "liaison/graph/ownership.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

// The problem. A party is blocked when blocked parties together own half of it; then it counts as blocked itself, and
// with its whole stake. That is a fixpoint, and since a cross-holding must not block itself out of nothing, the least
// one: start from the listed parties and add what follows, until nothing does. Nothing is multiplied along a path: of
// X 25 % of A, A 100 % of B neither A nor B is blocked, and of X 50 % of A, A 50 % of B both are.
//
// Missing stakes. Most sources have no percentages. Each stake is an interval, and the rule is monotone: more stake
// never unblocks anybody. So two fixpoints bracket the truth whatever the stakes really are inside their intervals: the
// one of the lower ends (certain) and the one of the upper ends (possible). Blocked = in the first, not blocked = not
// even in the second, unknown = between. Intervals are narrowed by what is left: nobody holds more than 100 % less
// what the others hold at least, and blocked owners together hold no more than 100 % less what owners that cannot be
// blocked hold at least. Where the recorded lower ends already exceed 100 % the sources contradict each other; then
// nothing is narrowed and the sums count as they are, which errs towards blocked.
// What an owner that nobody recorded may hold is not guessed: `recorded` tells how much is accounted for.
//
// Several rows of one owner and one asset are one holding told by several sources: a row with a size silences those
// without, and of several sizes the largest counts. They are never added: sources repeat each other far more often
// than an owner holds two separate stakes. Stakes below 0 and not-a-number become unknown, those above 100 become 100,
// reversed ends are exchanged, and shares of a party in itself are left out (they could count only once it is blocked
// already). All this is reported in `rejected`.
//
// Order. Sums are integers (millionths of a percent), so addition is associative; the fixpoint proceeds in rounds, each
// taking all parties that the rounds before make blocked, so the rank of a party (its round) and with it the proof do
// not depend on the order of rows or the numbering of parties. Cost: sorting the rows, then each holding is touched
// once in each of the two fixpoints. A proof only goes from a party to owners of lower rank and so never runs in a
// circle.
//
// Known failure: preferred shares, voting rights and trusts are not modelled; nor is the reverse narrowing, by which a
// set of unknown stakes that must sum to 100 % could prove more than each of them alone.

namespace liaison::graph {
namespace {

constexpr std::int64_t unit = 1'000'000;
constexpr std::int64_t whole = 100 * unit;

std::int64_t fixed(double percent) { return std::llround(percent * static_cast<double>(unit)); }
double percent(std::int64_t value) { return static_cast<double>(value) / static_cast<double>(unit); }

}  // namespace

class Settler {
public:
    Settler(std::uint32_t parties, const Rule& rule) : m_parties(parties), m_rule(rule) {}

    Settlement run(std::span<const Stake> stakes, std::span<const Control> controls, std::span<const std::uint32_t> blocked) {
        take(stakes);
        take(controls);
        merge();
        index();
        narrow();
        m_state.m_certain_rank = fixpoint(blocked, true);
        m_state.m_possible_rank = fixpoint(blocked, false);
        measure();
        return std::move(m_state);
    }

private:
    using Holding = Settlement::Holding;

    void take(std::span<const Stake> stakes) {
        m_state.m_holdings.reserve(stakes.size());
        for (std::size_t row = 0; row < stakes.size(); ++row) {
            Stake stake = stakes[row];
            const auto reject = [&](std::string_view reason, bool used) {
                m_state.m_rejected.push_back({row, reason, used});
            };
            if (stake.owner >= m_parties || stake.asset >= m_parties) {
                reject("unknown-party", false);
                continue;
            }
            if (stake.owner == stake.asset) {
                reject("own-shares", false);
                continue;
            }
            if (std::isnan(stake.low) || std::isnan(stake.high)) {
                reject("stake-not-a-number", true);
                stake.low = 0;
                stake.high = 100;
            }
            if (stake.low > stake.high) {
                reject("ends-reversed", true);
                std::swap(stake.low, stake.high);
            }
            if (stake.low < 0) {
                reject("negative-stake", true);
                stake.low = 0;
                stake.high = 100;
            }
            if (stake.high > 100) {
                reject("stake-over-100", true);
                stake.low = std::min(stake.low, 100.0);
                stake.high = 100;
            }
            m_state.m_holdings.push_back({stake.owner, stake.asset, fixed(stake.low), fixed(stake.high), stake.edge, false, true});
        }
    }

    void take(std::span<const Control> controls) {
        if (!m_rule.control) {
            return;
        }
        for (const Control& control : controls) {
            if (control.owner < m_parties && control.asset < m_parties && control.owner != control.asset) {
                m_state.m_holdings.push_back({control.owner, control.asset, 0, 0, control.edge, true, control.sure});
            }
        }
    }

    /// One holding a pair: of those with a size the largest ends, else unknown; the edge is that of the largest lower end.
    void merge() {
        auto& holdings = m_state.m_holdings;
        const auto unknown = [](const Holding& holding) { return holding.low <= 0 && holding.high >= whole; };
        const auto order = [&](const Holding& holding) {
            return std::tuple(holding.asset, holding.control, holding.owner, !holding.sure, unknown(holding), -holding.low,
                              -holding.high, holding.edge);
        };
        std::sort(holdings.begin(), holdings.end(),
                  [&](const Holding& one, const Holding& other) { return order(one) < order(other); });
        std::size_t kept = 0;
        for (const Holding& holding : holdings) {
            if (kept > 0) {
                Holding& last = holdings[kept - 1];
                if (last.asset == holding.asset && last.owner == holding.owner && last.control == holding.control) {
                    if (!unknown(holding)) {
                        last.high = std::max(last.high, holding.high);
                    }
                    continue;
                }
            }
            holdings[kept++] = holding;
        }
        holdings.resize(kept);
    }

    void index() {
        m_state.m_first.assign(static_cast<std::size_t>(m_parties) + 1, 0);
        m_owned_first.assign(static_cast<std::size_t>(m_parties) + 1, 0);
        for (const Holding& holding : m_state.m_holdings) {
            ++m_state.m_first[holding.asset + 1];
            ++m_owned_first[holding.owner + 1];
        }
        for (std::uint32_t party = 0; party < m_parties; ++party) {
            m_state.m_first[party + 1] += m_state.m_first[party];
            m_owned_first[party + 1] += m_owned_first[party];
        }
        m_owned.resize(m_state.m_holdings.size());
        std::vector<std::uint32_t> next(m_owned_first.begin(), m_owned_first.end() - 1);
        for (std::uint32_t i = 0; i < m_state.m_holdings.size(); ++i) {
            m_owned[next[m_state.m_holdings[i].owner]++] = i;
        }
    }

    void narrow() {
        m_state.m_recorded.assign(m_parties, 0);
        for (const Holding& holding : m_state.m_holdings) {
            m_state.m_recorded[holding.asset] += holding.low;
        }
        for (Holding& holding : m_state.m_holdings) {
            const std::int64_t others = m_state.m_recorded[holding.asset] - holding.low;
            if (m_state.m_recorded[holding.asset] <= whole) {
                holding.high = std::min(holding.high, whole - others);
            }
        }
    }

    [[nodiscard]] bool reaches(std::int64_t share) const {
        const std::int64_t threshold = fixed(m_rule.threshold);
        return m_rule.above ? share > threshold : share >= threshold;
    }

    /// Rounds of the least fixpoint over the lower ends (certain) or the upper ends; the round in which each party came.
    std::vector<std::uint32_t> fixpoint(std::span<const std::uint32_t> blocked, bool certain) {
        std::vector<std::uint32_t> rank(m_parties, Settlement::no_rank);
        std::vector<std::int64_t> sum(m_parties, 0);       // of lower or upper ends that count
        std::vector<std::int64_t> counted_low(m_parties, 0);
        std::vector<std::uint32_t> frontier;
        for (const std::uint32_t party : blocked) {
            if (party < m_parties && rank[party] != 0) {
                rank[party] = 0;
                frontier.push_back(party);
            }
        }
        for (std::uint32_t round = 1; !frontier.empty(); ++round) {
            std::vector<std::uint32_t> next;
            for (const std::uint32_t owner : frontier) {
                for (std::uint32_t i = m_owned_first[owner]; i < m_owned_first[owner + 1]; ++i) {
                    const Holding& holding = m_state.m_holdings[m_owned[i]];
                    if (rank[holding.asset] != Settlement::no_rank && rank[holding.asset] != round) {
                        continue;
                    }
                    const std::int64_t stake = certain ? holding.low : holding.high;
                    std::int64_t& total = sum[holding.asset];
                    total = m_rule.add_up ? total + stake : std::max(total, stake);
                    counted_low[holding.asset] += holding.low;
                    const std::int64_t share =
                        certain ? total : std::min(total, ceiling(holding.asset, counted_low[holding.asset]));
                    if (rank[holding.asset] == Settlement::no_rank && ((holding.control && (holding.sure || !certain)) || reaches(share))) {
                        rank[holding.asset] = round;
                        next.push_back(holding.asset);
                    }
                }
            }
            frontier.swap(next);
        }
        return rank;
    }

    /// The most that owners with `counted_low` as the sum of their lower ends can hold together: what the lower ends of
    /// all others leave.
    [[nodiscard]] std::int64_t ceiling(std::uint32_t asset, std::int64_t counted_low) const {
        const std::int64_t recorded = m_state.m_recorded[asset];
        return recorded > whole ? recorded : whole - (recorded - counted_low);
    }

    void measure() {
        m_state.m_low.assign(m_parties, 0);
        m_state.m_high.assign(m_parties, 0);
        std::vector<std::int64_t> possible_low(m_parties, 0);
        for (const Holding& holding : m_state.m_holdings) {
            if (m_state.m_certain_rank[holding.owner] != Settlement::no_rank) {
                m_state.m_low[holding.asset] += holding.low;
            }
            if (m_state.m_possible_rank[holding.owner] != Settlement::no_rank) {
                m_state.m_high[holding.asset] += holding.high;
                possible_low[holding.asset] += holding.low;
            }
        }
        for (std::uint32_t party = 0; party < m_parties; ++party) {
            m_state.m_high[party] = std::min(m_state.m_high[party], ceiling(party, possible_low[party]));
        }
    }

    std::uint32_t m_parties;
    const Rule& m_rule;
    Settlement m_state;
    std::vector<std::uint32_t> m_owned_first;  ///< by owner: its entries in m_owned
    std::vector<std::uint32_t> m_owned;        ///< holdings by owner
};

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::not_blocked: return "not_blocked";
        case Verdict::unknown: return "unknown";
        case Verdict::blocked: return "blocked";
    }
    return "unknown";
}

Verdict Settlement::verdict(std::uint32_t party) const {
    if (m_certain_rank.at(party) != no_rank) {
        return Verdict::blocked;
    }
    return m_possible_rank[party] != no_rank ? Verdict::unknown : Verdict::not_blocked;
}

BlockedShare Settlement::share(std::uint32_t party) const {
    const auto capped = [](std::int64_t value) { return percent(std::min(value, whole)); };
    return {capped(m_low.at(party)), capped(m_high[party])};
}

double Settlement::recorded(std::uint32_t party) const { return percent(m_recorded.at(party)); }

std::uint32_t Settlement::rank(std::uint32_t party) const { return m_certain_rank.at(party); }

std::vector<Ground> Settlement::proof(std::uint32_t party, std::size_t limit) const {
    const Verdict verdict_here = verdict(party);
    const auto& ranks = verdict_here == Verdict::blocked ? m_certain_rank : m_possible_rank;
    std::vector<std::uint32_t> open{party};
    std::vector<std::uint32_t> seen;
    std::vector<Ground> grounds;
    // A heap by rank, highest first, so that an asset comes before its owners and each once.
    const auto before = [&](std::uint32_t one, std::uint32_t other) {
        return std::tuple(ranks[one], other) < std::tuple(ranks[other], one);
    };
    while (!open.empty() && grounds.size() < limit) {
        std::pop_heap(open.begin(), open.end(), before);
        const std::uint32_t asset = open.back();
        open.pop_back();
        if (!seen.empty() && seen.back() == asset) {
            continue;
        }
        seen.push_back(asset);
        if (ranks[asset] == 0) {
            continue;
        }
        for (std::uint32_t i = m_first[asset]; i < m_first[asset + 1] && grounds.size() < limit; ++i) {
            const Holding& holding = m_holdings[i];
            const std::uint32_t owner_rank = ranks[holding.owner];
            if (owner_rank == no_rank || (ranks[asset] != no_rank && owner_rank >= ranks[asset])) {
                continue;
            }
            if (verdict_here == Verdict::blocked && !holding.sure) {
                continue;
            }
            grounds.push_back({holding.owner, asset, percent(holding.low), percent(holding.high), holding.edge,
                               holding.control, verdict(holding.owner)});
            open.push_back(holding.owner);
            std::push_heap(open.begin(), open.end(), before);
        }
    }
    return grounds;
}

Settlement settle(std::uint32_t parties, std::span<const Stake> stakes, std::span<const Control> controls,
                  std::span<const std::uint32_t> blocked, const Rule& rule) {
    return Settler(parties, rule).run(stakes, controls, blocked);
}

}  // namespace liaison::graph
