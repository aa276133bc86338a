#pragma once
// The chains, version bytes and tickers of data/wallet_chains.json, read and validated once.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace liaison::identifier {

struct Base58Version {
    std::vector<std::uint8_t> version;
    std::size_t length = 0;  ///< of the hash behind it
    std::vector<std::string> chains;
    std::string family;
    std::vector<std::uint8_t> key_version;  ///< what stands in the key in place of `version`
};
struct Bech32Prefix {
    std::string hrp;
    std::size_t length = 0;  ///< of an account's bytes; 0 for witness programs
    std::vector<std::string> chains;
    std::string family;
};
struct MoneroNetwork {
    std::uint8_t network = 0;
    std::string kind;
    std::size_t length = 0;  ///< characters
};

struct WalletTable {
    std::vector<Base58Version> base58check;
    std::vector<Bech32Prefix> segwit;
    std::vector<Bech32Prefix> accounts;
    std::vector<std::string> evm_chains;
    std::vector<MoneroNetwork> monero;
    std::map<std::string, std::vector<std::string>, std::less<>> tickers;  ///< to chains
};

/// Throws base::InternalError when the embedded table is damaged.
[[nodiscard]] const WalletTable& wallet_table();

}  // namespace liaison::identifier
