// Settles the 50 percent rule over random companies with stakes, missing stakes and cycles, twice, the second time with
// the rows shuffled, and compares. Usage: bench_ownership [COMPANIES] (default 1000000)

#include "liaison/base/hash.hpp"
#include "liaison/graph/ownership.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <random>
#include <string>

namespace {

using namespace liaison::graph;

struct World {
    std::uint32_t parties = 0;
    std::vector<Stake> stakes;
    std::vector<std::uint32_t> blocked;
};

/// One to five owners each, among all companies, so that cycles and cross-holdings are everywhere; a tenth of the
/// stakes of unknown size; one party in two hundred blocked.
World make_world(std::uint32_t companies) {
    std::mt19937_64 random(50);
    World world;
    world.parties = companies;
    for (std::uint32_t asset = 0; asset < companies; ++asset) {
        double left = 100;
        const auto owners = 1 + random() % 5;
        for (std::uint64_t i = 0; i < owners; ++i) {
            const auto owner = static_cast<std::uint32_t>(random() % companies);
            const double share = i + 1 == owners ? left : static_cast<double>(random() % 101) / 100 * left;
            left -= share;
            if (random() % 10 == 0) {
                world.stakes.push_back({owner, asset, 0, 100, world.stakes.size()});
            } else {
                world.stakes.push_back({owner, asset, share, share, world.stakes.size()});
            }
        }
        if (random() % 200 == 0) {
            world.blocked.push_back(asset);
        }
    }
    return world;
}

std::uint64_t fingerprint(const Settlement& settlement) {
    std::uint64_t hash = 0;
    for (std::uint32_t party = 0; party < settlement.party_count(); ++party) {
        const BlockedShare share = settlement.share(party);
        hash = liaison::base::hash64(fmt::format("{} {} {} {}", static_cast<int>(settlement.verdict(party)), share.low,
                                                 share.high, settlement.rank(party)),
                                     hash);
    }
    return hash;
}

}  // namespace

int main(int argc, char** argv) {
    World world = make_world(argc > 1 ? static_cast<std::uint32_t>(std::stoul(argv[1])) : 1'000'000);
    std::mt19937_64 random(7);
    std::uint64_t first = 0;
    for (int round = 0; round < 3; ++round) {
        const std::clock_t start = std::clock();  // processor time: one thread
        const Settlement settlement = settle(world.parties, world.stakes, {}, world.blocked);
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        std::array<std::size_t, 3> verdicts{};
        std::uint32_t deepest = 0;
        for (std::uint32_t party = 0; party < world.parties; ++party) {
            ++verdicts[static_cast<std::size_t>(settlement.verdict(party))];
            deepest = settlement.rank(party) == Settlement::no_rank ? deepest : std::max(deepest, settlement.rank(party));
        }
        const std::uint64_t now = fingerprint(settlement);
        first = round == 0 ? now : first;
        fmt::print("{} companies, {} stakes, {} blocked: settled in {:.2f} s; {} blocked, {} unknown, {} not; deepest rank {}; "
                   "{}\n",
                   world.parties, world.stakes.size(), world.blocked.size(), seconds, verdicts[2], verdicts[1],
                   verdicts[0], deepest, now == first ? "same result" : "DIFFERENT RESULT");
        std::shuffle(world.stakes.begin(), world.stakes.end(), random);
    }
}
