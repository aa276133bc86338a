// The wallets that OFAC has listed, from the two saved lists: nothing dropped, nothing mis-keyed.

#include "liaison/identifier/wallet.hpp"
#include "support/shared_data.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace liaison::identifier;

TEST_CASE("all 961 addresses of the list of 2026-08-08 are one node each, and all but two XMR verify") {
    const auto path = liaison::test::shared_file("data/crypto/ofac_naughtylist_2026-08-08/all_addresses.json");
    if (!path) {
        return;
    }
    std::ifstream stream(*path);
    const auto file = nlohmann::json::parse(stream);
    std::map<std::string, std::string> by_key;
    std::map<std::string, int> verdicts;
    std::vector<std::string> misfits;
    std::vector<std::string> unverified;
    for (const auto& entry : file.at("addresses")) {
        const std::string text = entry.at("address");
        const auto readings = read_wallet(text);
        REQUIRE_MESSAGE(!readings.empty(), text);
        const WalletReading& best = readings.front();
        ++verdicts[std::string(to_string(best.validity))];
        if (best.validity == Validity::invalid || best.validity == Validity::malformed) {
            unverified.push_back(entry.at("ofac_tickers").front().get<std::string>() + ": " + best.note);
        }
        for (const std::string ticker : entry.at("ofac_tickers")) {
            CHECK(wallet_key(text, ticker) == best.key);
            if (best.validity != Validity::malformed && !ticker_fits(ticker, best)) {
                misfits.push_back(ticker + " on " + (best.chains.empty() ? "nothing" : best.chains.front()));
            }
        }
        const auto [other, is_new] = by_key.emplace(best.key, text);
        CHECK_MESSAGE(is_new, text << " has the key of " << other->second);
    }
    CHECK(by_key.size() == 961);
    CHECK(verdicts == std::map<std::string, int>{
                          {"invalid", 1}, {"malformed", 1}, {"valid", 955}, {"well_formed", 4}});
    // The published text of one XMR address holds an "l", which base58 does not have: a typing error of the publisher.
    CHECK(unverified == std::vector<std::string>{"XMR: not Monero's base58",
                                                 "XMR: 64 hexadecimal digits are a key, a hash or a transaction, not an "
                                                 "address"});
    CHECK(misfits == std::vector<std::string>{"XBT on TRX"});
}

TEST_CASE("the lists of 2024-09-27 have 654 listings of 641 wallets, 10 of them under several tickers") {
    const auto folder = liaison::test::shared_file("data/crypto/0xB10C_2024-09-27");
    if (!folder) {
        return;
    }
    std::map<std::string, std::set<std::string>> tickers;
    int listings = 0;
    for (const auto& file : std::filesystem::directory_iterator(*folder)) {
        if (file.path().extension() != ".txt") {
            continue;
        }
        const std::string stem = file.path().stem().string();
        const std::string ticker = stem.substr(stem.rfind('_') + 1);
        std::ifstream stream(file.path());
        for (std::string line; std::getline(stream, line);) {
            if (!line.empty()) {
                ++listings;
                tickers[wallet_key(line, ticker)].insert(ticker);
            }
        }
    }
    int several = 0;
    int undecodable = 0;
    for (const auto& [key, set] : tickers) {
        several += set.size() > 1 ? 1 : 0;
        undecodable += key.starts_with("text:") ? 1 : 0;
    }
    CHECK(listings == 654);
    CHECK(tickers.size() == 641);
    CHECK(several == 10);
    CHECK(undecodable == 1);
}
