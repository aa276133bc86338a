#include "identifier/wallet_table.hpp"

#include "liaison/base/error.hpp"
#include "liaison_identifier_data.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace liaison::identifier {
namespace {

using nlohmann::json;

void require(bool condition, const std::string& what) {
    if (!condition) {
        throw base::InternalError("wallet_chains.json: " + what);
    }
}

std::vector<std::uint8_t> bytes_of(const std::string& hex) {
    require(!hex.empty() && hex.size() % 2 == 0, "version \"" + hex + "\" is not whole bytes");
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::vector<std::string> chains_of(const json& entry) {
    auto chains = entry.at("chains").get<std::vector<std::string>>();
    require(!chains.empty() && std::is_sorted(chains.begin(), chains.end()), "chains of an entry are empty or unsorted");
    return chains;
}

std::vector<Bech32Prefix> prefixes_of(const json& list) {
    std::vector<Bech32Prefix> prefixes;
    for (const json& entry : list) {
        prefixes.push_back({entry.at("hrp"), entry.value("length", std::size_t{0}), chains_of(entry), entry.at("family")});
    }
    return prefixes;
}

WalletTable load() {
    const json file = json::parse(data::wallet_chains_json());
    WalletTable table;
    std::set<std::vector<std::uint8_t>> seen;
    for (const json& entry : file.at("base58check")) {
        Base58Version version;
        version.version = bytes_of(entry.at("version"));
        version.length = entry.at("length");
        version.chains = chains_of(entry);
        version.family = entry.at("family");
        version.key_version = entry.contains("key_version") ? bytes_of(entry.at("key_version")) : version.version;
        require(seen.insert(version.version).second, "version stands twice");
        table.base58check.push_back(std::move(version));
    }
    table.segwit = prefixes_of(file.at("segwit"));
    table.accounts = prefixes_of(file.at("bech32_accounts"));
    table.evm_chains = chains_of(file.at("evm"));
    for (const json& entry : file.at("monero")) {
        table.monero.push_back({entry.at("network"), entry.at("kind"), entry.at("length")});
    }
    for (const auto& [ticker, chains] : file.at("tickers").items()) {
        table.tickers.emplace(ticker, chains.get<std::vector<std::string>>());
    }
    const auto add_own_tickers = [&](const std::vector<std::string>& chains) {
        for (const std::string& chain : chains) {
            table.tickers.try_emplace(chain, std::vector<std::string>{chain});
        }
    };
    for (const Base58Version& version : table.base58check) {
        add_own_tickers(version.chains);
    }
    add_own_tickers(table.evm_chains);
    add_own_tickers({"SOL", "XMR", "XRP"});
    return table;
}

}  // namespace

const WalletTable& wallet_table() {
    static const WalletTable table = load();
    return table;
}

}  // namespace liaison::identifier
