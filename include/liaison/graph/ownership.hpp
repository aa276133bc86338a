#pragma once
// Who counts as blocked through ownership: OFAC's 50 percent rule (FAQ 398 to 402), and the majority-or-control tests of
// the EU and the UK, three-valued where stakes are missing. Needs no graph view: stakes come from FollowTheMoney
// Ownership entities or mapped tables as plain rows.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace liaison::graph {

/// That `owner` holds between `low` and `high` percent of `asset`. A stake of unknown size is [0, 100].
struct Stake {
    std::uint32_t owner = 0;
    std::uint32_t asset = 0;
    double low = 0;
    double high = 100;
    std::uint64_t edge = 0;  ///< the caller's number of the statement or edge, for the proof

    [[nodiscard]] bool is_unknown() const { return low <= 0 && high >= 100; }
};

/// That `owner` controls `asset` otherwise (appoints its board, directs it): counts under rules with a control test.
struct Control {
    std::uint32_t owner = 0;
    std::uint32_t asset = 0;
    std::uint64_t edge = 0;
    bool sure = true;  ///< false: it may control it (a director may, or may not), which can only make it unknown
};

struct Rule {
    double threshold = 50;    ///< percent
    bool above = false;       ///< true: more than the threshold; false: the threshold suffices
    bool add_up = true;       ///< stakes of several blocked owners add up; false: one owner must reach it
    bool control = false;     ///< control by a blocked party blocks too
};
inline constexpr Rule ofac_rule{50, false, true, false};  ///< 50 percent or more, in the aggregate; ownership, not control
inline constexpr Rule eu_rule{50, true, true, true};      ///< more than 50 percent, added up, or control
inline constexpr Rule uk_rule{50, true, false, true};     ///< more than 50 percent, not added up, or control

enum class Verdict : std::uint8_t {
    not_blocked,  ///< whatever the missing stakes are (of those recorded: an owner nobody recorded is not seen)
    unknown,      ///< depends on missing stakes
    blocked       ///< whatever the missing stakes are; the blocked parties themselves included
};
[[nodiscard]] std::string_view to_string(Verdict verdict);

/// A stake that was not taken as written.
struct RejectedStake {
    std::size_t row = 0;       ///< in the input
    std::string_view reason;   ///< "negative-stake", "stake-over-100", "stake-not-a-number", "own-shares",
                               ///< "ends-reversed", "unknown-party"
    bool used = false;         ///< true when it was used after correction
};

/// One reason of a verdict: the stake (or control) through which a blocked or possibly blocked owner counts.
struct Ground {
    std::uint32_t owner = 0;
    std::uint32_t asset = 0;
    double low = 0;
    double high = 0;
    std::uint64_t edge = 0;
    bool control = false;
    Verdict owner_verdict = Verdict::blocked;
    friend bool operator==(const Ground&, const Ground&) = default;
};

/// Percent of a party that blocked parties hold: at least `low`, at most `high`.
struct BlockedShare {
    double low = 0;
    double high = 0;
};

/// The settled state of all parties. Holds what it needs; immutable.
class Settlement {
public:
    [[nodiscard]] Verdict verdict(std::uint32_t party) const;
    /// Share held by parties that are blocked (low) or may be (high). Of a party with no stakes recorded: [0, 0].
    [[nodiscard]] BlockedShare share(std::uint32_t party) const;
    /// Percent of it that recorded stakes surely account for; over 100 when sources contradict each other.
    [[nodiscard]] double recorded(std::uint32_t party) const;
    /// Steps from the blocked parties, 0 for them; no_rank when not blocked for certain.
    [[nodiscard]] std::uint32_t rank(std::uint32_t party) const;
    static constexpr std::uint32_t no_rank = std::numeric_limits<std::uint32_t>::max();

    /// Why: for a blocked party the stakes that suffice, of owners of lower rank, down to the blocked parties; for an
    /// unknown one the stakes through which it may be; for one not blocked the stakes that fall short. Ordered by
    /// (rank of the asset descending, asset, owner), the party's own first. At most `limit`.
    [[nodiscard]] std::vector<Ground> proof(std::uint32_t party, std::size_t limit = 1000) const;

    [[nodiscard]] const std::vector<RejectedStake>& rejected() const { return m_rejected; }
    [[nodiscard]] std::uint32_t party_count() const { return static_cast<std::uint32_t>(m_certain_rank.size()); }

private:
    friend class Settler;
    struct Holding {
        std::uint32_t owner;
        std::uint32_t asset;
        std::int64_t low;   ///< millionths of a percent
        std::int64_t high;
        std::uint64_t edge;
        bool control;
        bool sure;          ///< false only for control that is not certain
    };
    std::vector<Holding> m_holdings;         ///< by (asset, control, owner), one a pair
    std::vector<std::uint32_t> m_first;      ///< by asset: its holdings
    std::vector<std::uint32_t> m_certain_rank;
    std::vector<std::uint32_t> m_possible_rank;
    std::vector<std::int64_t> m_recorded;
    std::vector<std::int64_t> m_low;
    std::vector<std::int64_t> m_high;
    std::vector<RejectedStake> m_rejected;
};

/// Settles `parties` parties numbered from 0. The result depends on the set of rows only, not on their order.
[[nodiscard]] Settlement settle(std::uint32_t parties, std::span<const Stake> stakes, std::span<const Control> controls,
                                std::span<const std::uint32_t> blocked, const Rule& rule = ofac_rule);

}  // namespace liaison::graph
