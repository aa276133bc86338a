#include "liaison/graph/ownership.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace liaison::graph;

namespace {

constexpr std::uint32_t X = 0;
constexpr std::uint32_t Y = 1;
constexpr std::uint32_t A = 2;
constexpr std::uint32_t B = 3;
constexpr std::uint32_t C = 4;
constexpr std::uint32_t D = 5;
constexpr std::uint32_t parties = 6;

Stake exactly(std::uint32_t owner, std::uint32_t asset, double share, std::uint64_t edge = 0) {
    return {owner, asset, share, share, edge};
}
Stake unknown(std::uint32_t owner, std::uint32_t asset) { return {owner, asset, 0, 100, 0}; }

Settlement of(const std::vector<Stake>& stakes, const Rule& rule = ofac_rule, const std::vector<Control>& controls = {},
              const std::vector<std::uint32_t>& blocked = {X}) {
    return settle(parties, stakes, controls, blocked, rule);
}

/// The rule by the book, for vectors of exact stakes: repeat over all parties until nothing changes.
std::vector<bool> by_the_book(std::uint32_t count, const std::vector<Stake>& stakes, const std::vector<std::uint32_t>& blocked,
                              bool upper) {
    std::vector<bool> is_blocked(count, false);
    for (const auto party : blocked) {
        is_blocked[party] = true;
    }
    for (bool again = true; again;) {
        again = false;
        for (std::uint32_t asset = 0; asset < count; ++asset) {
            double sum = 0;
            for (const Stake& stake : stakes) {
                if (stake.asset == asset && is_blocked[stake.owner]) {
                    sum += upper ? stake.high : stake.low;
                }
            }
            if (!is_blocked[asset] && sum >= 50) {
                is_blocked[asset] = true;
                again = true;
            }
        }
    }
    return is_blocked;
}

}  // namespace

TEST_CASE("FAQ 401, first example: X 50 % of A, A 50 % of B blocks both") {
    const auto settled = of({exactly(X, A, 50), exactly(A, B, 50)});
    CHECK(settled.verdict(A) == Verdict::blocked);
    CHECK(settled.verdict(B) == Verdict::blocked);
    CHECK(settled.rank(A) == 1);
    CHECK(settled.rank(B) == 2);
}

TEST_CASE("FAQ 401, second example: two blocked halves of 25 % add up") {
    const auto settled = of({exactly(X, A, 50), exactly(X, B, 50), exactly(A, C, 25), exactly(B, C, 25)});
    CHECK(settled.verdict(C) == Verdict::blocked);
    CHECK(settled.share(C).low == 50);
    CHECK(settled.proof(C) == std::vector<Ground>{{A, C, 25, 25, 0, false, Verdict::blocked},
                                                  {B, C, 25, 25, 0, false, Verdict::blocked},
                                                  {X, A, 50, 50, 0, false, Verdict::blocked},
                                                  {X, B, 50, 50, 0, false, Verdict::blocked}});
}

TEST_CASE("FAQ 401, third example: a direct 10 % and an indirect 40 % through a blocked party") {
    const auto settled = of({exactly(X, A, 50), exactly(X, B, 10), exactly(A, B, 40)});
    CHECK(settled.verdict(B) == Verdict::blocked);
}

TEST_CASE("a quarter of the owner of everything blocks nobody: stakes are not multiplied and not passed on") {
    const auto settled = of({exactly(X, A, 25), exactly(A, B, 100)});
    CHECK(settled.verdict(A) == Verdict::not_blocked);
    CHECK(settled.verdict(B) == Verdict::not_blocked);
    CHECK(settled.share(A).high == 25);
    CHECK(settled.share(B).high == 0);
    CHECK(settled.proof(A) == std::vector<Ground>{{X, A, 25, 25, 0, false, Verdict::blocked}});
}

TEST_CASE("control without half is no ownership under OFAC's rule, and is enough under the EU's and the UK's") {
    const std::vector<Stake> stakes{exactly(X, A, 49)};
    const std::vector<Control> controls{{X, A, 7}};
    CHECK(of(stakes, ofac_rule, controls).verdict(A) == Verdict::not_blocked);
    CHECK(of(stakes, eu_rule, controls).verdict(A) == Verdict::blocked);
    CHECK(of(stakes, uk_rule, controls).verdict(A) == Verdict::blocked);
    CHECK(of({}, eu_rule, controls).proof(A) == std::vector<Ground>{{X, A, 0, 0, 7, true, Verdict::blocked}});
}

TEST_CASE("exactly half blocks under OFAC's rule and not under the EU's and the UK's; the UK does not add up") {
    CHECK(of({exactly(X, A, 50)}).verdict(A) == Verdict::blocked);
    CHECK(of({exactly(X, A, 49.999999)}).verdict(A) == Verdict::not_blocked);
    CHECK(of({exactly(X, A, 50)}, eu_rule).verdict(A) == Verdict::not_blocked);
    CHECK(of({exactly(X, A, 50.000001)}, eu_rule).verdict(A) == Verdict::blocked);
    const std::vector<Stake> two{exactly(X, A, 30), exactly(Y, A, 30)};
    CHECK(of(two, ofac_rule, {}, {X, Y}).verdict(A) == Verdict::blocked);
    CHECK(of(two, eu_rule, {}, {X, Y}).verdict(A) == Verdict::blocked);
    CHECK(of(two, uk_rule, {}, {X, Y}).verdict(A) == Verdict::not_blocked);
}

TEST_CASE("a missing stake of a blocked party leaves the verdict open, with the interval and the grounds") {
    const auto settled = of({unknown(X, A), exactly(A, B, 60)});
    CHECK(settled.verdict(A) == Verdict::unknown);
    CHECK(settled.share(A).low == 0);
    CHECK(settled.share(A).high == 100);
    CHECK(settled.verdict(B) == Verdict::unknown);
    CHECK(settled.share(B).high == 60);
    CHECK(settled.proof(B) == std::vector<Ground>{{A, B, 60, 60, 0, false, Verdict::unknown},
                                                  {X, A, 0, 100, 0, false, Verdict::blocked}});
    CHECK(settled.rank(A) == Settlement::no_rank);
}

TEST_CASE("what others surely hold narrows a missing stake") {
    const auto settled = of({unknown(X, A), exactly(B, A, 51)});
    CHECK(settled.verdict(A) == Verdict::not_blocked);
    CHECK(settled.share(A).high == 49);
    const auto at_edge = of({unknown(X, A), exactly(B, A, 50)});
    CHECK(at_edge.verdict(A) == Verdict::unknown);
    // Two missing stakes of blocked parties share what is left.
    const auto both = of({unknown(X, A), unknown(Y, A), exactly(B, A, 51)}, ofac_rule, {}, {X, Y});
    CHECK(both.share(A).high == 49);
    CHECK(both.verdict(A) == Verdict::not_blocked);
}

TEST_CASE("an interval decides when both its ends do") {
    CHECK(of({{X, A, 50, 75, 0}}).verdict(A) == Verdict::blocked);
    CHECK(of({{X, A, 25, 49, 0}}).verdict(A) == Verdict::not_blocked);
    CHECK(of({{X, A, 25, 50, 0}}).verdict(A) == Verdict::unknown);
}

TEST_CASE("one holding told by several sources counts once, with the largest size, and silences those without one") {
    CHECK(of({exactly(X, A, 30), exactly(X, A, 30)}).share(A).low == 30);
    const auto settled = of({unknown(X, A), exactly(X, A, 30, 8), exactly(X, A, 20, 9)});
    CHECK(settled.share(A).low == 30);
    CHECK(settled.share(A).high == 30);
    CHECK(settled.proof(A).front().edge == 8);
    CHECK(settled.verdict(A) == Verdict::not_blocked);
}

TEST_CASE("stakes that add up to more than the whole count as they are and are shown") {
    const auto settled = of({exactly(B, A, 80), exactly(X, A, 60)});
    CHECK(settled.verdict(A) == Verdict::blocked);
    CHECK(settled.recorded(A) == 140);
    const auto open = of({exactly(B, A, 80), exactly(C, A, 60), unknown(X, A)});
    CHECK(open.verdict(A) == Verdict::unknown);
}

TEST_CASE("impossible stakes are corrected or left out, and reported with their row and reason") {
    const auto settled = of({exactly(X, A, -5), exactly(X, B, 120), {X, C, 60, 40, 0}, exactly(D, D, 60), exactly(X, 99, 60),
                             {X, D, std::numeric_limits<double>::quiet_NaN(), 10, 0}});
    std::vector<std::string> said;
    for (const RejectedStake& rejected : settled.rejected()) {
        said.push_back(std::to_string(rejected.row) + " " + std::string(rejected.reason) + (rejected.used ? " used" : ""));
    }
    CHECK(said == std::vector<std::string>{"0 negative-stake used", "1 stake-over-100 used", "2 ends-reversed used",
                                           "3 own-shares", "4 unknown-party", "5 stake-not-a-number used"});
    CHECK(settled.verdict(A) == Verdict::unknown);
    CHECK(settled.verdict(B) == Verdict::blocked);
    CHECK(settled.verdict(C) == Verdict::unknown);
    CHECK(settled.share(C).low == 40);
}

TEST_CASE("companies that own each other do not block themselves out of nothing") {
    const auto settled = of({exactly(A, B, 100), exactly(B, A, 100), exactly(C, D, 60), exactly(D, C, 40)});
    for (const auto party : {A, B, C, D}) {
        CHECK(settled.verdict(party) == Verdict::not_blocked);
    }
    const auto seeded = of({exactly(X, A, 10), exactly(A, B, 100), exactly(B, A, 90)});
    CHECK(seeded.verdict(A) == Verdict::not_blocked);
    const auto tipped = of({exactly(X, A, 50), exactly(A, B, 60), exactly(B, A, 50), exactly(B, C, 50), exactly(C, B, 40)});
    for (const auto party : {A, B, C}) {
        CHECK(tipped.verdict(party) == Verdict::blocked);
    }
    CHECK(tipped.share(A).low == 100);
    // The proof of A rests on X alone, not on what A itself made blocked.
    CHECK(tipped.proof(A) == std::vector<Ground>{{X, A, 50, 50, 0, false, Verdict::blocked}});
}

TEST_CASE("a thousand layers settle, and the proof walks all of them") {
    constexpr std::uint32_t layers = 1000;
    std::vector<Stake> stakes;
    for (std::uint32_t i = 0; i < layers; ++i) {
        stakes.push_back(exactly(i, i + 1, 50));
    }
    const std::vector<std::uint32_t> blocked{0};
    const auto settled = settle(layers + 1, stakes, {}, blocked);
    CHECK(settled.verdict(layers) == Verdict::blocked);
    CHECK(settled.rank(layers) == layers);
    CHECK(settled.proof(layers, 5000).size() == layers);
    CHECK(settled.proof(layers, 10).size() == 10);
}

TEST_CASE("on random graphs with cycles the verdicts are those of the rule by the book, in any order of rows") {
    std::mt19937 random(398401);
    for (int round = 0; round < 300; ++round) {
        constexpr std::uint32_t count = 12;
        std::vector<Stake> stakes;
        std::vector<std::vector<bool>> taken(count, std::vector<bool>(count, false));
        for (int i = 0; i < 24; ++i) {
            const std::uint32_t owner = random() % count;
            const std::uint32_t asset = random() % count;
            if (owner != asset && !taken[owner][asset]) {
                taken[owner][asset] = true;
                stakes.push_back(exactly(owner, asset, static_cast<double>(1 + random() % 60), stakes.size()));
            }
        }
        const std::vector<std::uint32_t> blocked{0, 1};
        const auto expected = by_the_book(count, stakes, blocked, false);
        const auto settled = settle(count, stakes, {}, blocked);
        for (std::uint32_t party = 0; party < count; ++party) {
            CHECK((settled.verdict(party) == Verdict::blocked) == expected[party]);
        }
        for (int shuffle = 0; shuffle < 3; ++shuffle) {
            std::shuffle(stakes.begin(), stakes.end(), random);
            const auto again = settle(count, stakes, {}, blocked);
            for (std::uint32_t party = 0; party < count; ++party) {
                CHECK(again.verdict(party) == settled.verdict(party));
                CHECK(again.share(party).low == settled.share(party).low);
                CHECK(again.share(party).high == settled.share(party).high);
                CHECK(again.proof(party) == settled.proof(party));
            }
        }
    }
}

TEST_CASE("whatever the missing stakes really are, the verdict of the interval form is not contradicted") {
    std::mt19937 random(50);
    for (int round = 0; round < 200; ++round) {
        constexpr std::uint32_t count = 8;
        std::vector<Stake> truth;
        std::vector<Stake> told;
        std::vector<double> left(count, 100);
        for (std::uint32_t owner = 0; owner < count; ++owner) {
            for (std::uint32_t asset = 0; asset < count; ++asset) {
                if (owner == asset || random() % 3 != 0) {
                    continue;
                }
                const double share = static_cast<double>(random() % 101) / 100 * left[asset];
                left[asset] -= share;
                truth.push_back(exactly(owner, asset, share));
                told.push_back(random() % 2 == 0 ? exactly(owner, asset, share) : unknown(owner, asset));
            }
        }
        const std::vector<std::uint32_t> blocked{0};
        const auto real = settle(count, truth, {}, blocked);
        const auto seen = settle(count, told, {}, blocked);
        for (std::uint32_t party = 0; party < count; ++party) {
            if (seen.verdict(party) != Verdict::unknown) {
                CHECK(seen.verdict(party) == real.verdict(party));
            }
            CHECK(seen.share(party).low <= real.share(party).low + 1e-5);
            CHECK(seen.share(party).high >= real.share(party).high - 1e-5);
        }
    }
}
