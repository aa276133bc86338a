// The table of docs/bench/wallets.md: every listed address with its verdict, by ticker, and the odd ones by name.
// Usage: bench_wallet_table DATA/crypto

#include "liaison/identifier/wallet.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace {

using namespace liaison::identifier;

struct Listing {
    std::string ticker;
    std::string text;
};

struct Row {
    int listings = 0;
    std::map<std::string, int> forms;  // "tron valid" and the like
    std::map<Validity, int> verdicts;
};

std::vector<Listing> read_2026(const std::filesystem::path& path) {
    std::ifstream stream(path);
    const auto file = nlohmann::json::parse(stream);
    std::vector<Listing> listings;
    for (const auto& entry : file.at("addresses")) {
        for (const auto& ticker : entry.at("ofac_tickers")) {
            listings.push_back({ticker, entry.at("address")});
        }
    }
    return listings;
}

std::vector<Listing> read_2024(const std::filesystem::path& folder) {
    std::vector<Listing> listings;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::string stem = file.path().stem().string();
        std::ifstream stream(file.path());
        for (std::string line; file.path().extension() == ".txt" && std::getline(stream, line);) {
            if (!line.empty()) {
                listings.push_back({stem.substr(stem.rfind('_') + 1), line});
            }
        }
    }
    return listings;
}

std::string form_of(const WalletReading& reading) {
    if (reading.family.empty()) {
        return "no address";
    }
    if (reading.family == "evm") {
        return reading.note.starts_with("in one case") ? "evm, one case" : "evm, EIP-55";
    }
    return reading.family;
}

void print(std::string_view title, const std::vector<Listing>& listings) {
    std::map<std::string, Row> rows;
    std::map<std::string, std::set<std::string>> tickers_of;
    std::set<std::string> odd;
    const auto start = std::chrono::steady_clock::now();
    for (const Listing& listing : listings) {
        const auto readings = read_wallet(listing.text);
        const WalletReading best = readings.empty() ? WalletReading{} : readings.front();
        Row& row = rows[listing.ticker];
        ++row.listings;
        ++row.verdicts[best.validity];
        ++row.forms[form_of(best)];
        tickers_of[wallet_key(listing.text, listing.ticker)].insert(listing.ticker);
        const bool fits = best.validity == Validity::malformed || ticker_fits(listing.ticker, best);
        if (best.validity == Validity::malformed || best.validity == Validity::invalid) {
            odd.insert(fmt::format("{} `{}`: {}, {}", listing.ticker, listing.text, to_string(best.validity), best.note));
        } else if (!fits) {
            odd.insert(fmt::format("{} `{}`: {} address of {}", listing.ticker, listing.text, to_string(best.validity),
                                   fmt::join(best.chains, ", ")));
        }
    }
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    const auto several = std::count_if(tickers_of.begin(), tickers_of.end(),
                                       [](const auto& entry) { return entry.second.size() > 1; });
    fmt::print("## {}\n\n{} listings of {} wallets, {} of them under more than one ticker; two readings of each in {:.1f} µs.\n\n",
               title, listings.size(), tickers_of.size(), several, time.count() / static_cast<double>(listings.size()));
    fmt::print("| ticker | listings | valid | well formed | invalid | malformed | forms |\n|---|---|---|---|---|---|---|\n");
    for (auto& [ticker, row] : rows) {
        std::vector<std::string> forms;
        for (const auto& [form, count] : row.forms) {
            forms.push_back(fmt::format("{} {}", count, form));
        }
        fmt::print("| {} | {} | {} | {} | {} | {} | {} |\n", ticker, row.listings, row.verdicts[Validity::valid],
                   row.verdicts[Validity::well_formed], row.verdicts[Validity::invalid], row.verdicts[Validity::malformed],
                   fmt::join(forms, ", "));
    }
    fmt::print("\nOdd ones:\n\n");
    for (const std::string& line : odd) {
        fmt::print("- {}\n", line);
    }
    fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: bench_wallet_table DATA/crypto\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    print("List of 2026-08-08", read_2026(folder / "ofac_naughtylist_2026-08-08" / "all_addresses.json"));
    print("Lists of 2024-09-27", read_2024(folder / "0xB10C_2024-09-27"));
}
