#pragma once
// Cryptocurrency wallet addresses: what a text is, on which chains, and the key under which one wallet is one node.
// A list's ticker names an asset, not a chain (USDT stands on Tron, on Ethereum's kind and on Bitcoin by Omni), so the
// key is made of the decoded bytes and never of the ticker.
// Formats and checksums: base58check, BIP-173, BIP-350, the cashaddr specification, EIP-55, XRPL's alphabet and
// X-addresses (XLS-5d), CryptoNote's block base58. Version bytes: src/identifier/data/wallet_chains.json.

#include "liaison/identifier/validity.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::identifier {

struct WalletReading {
    Validity validity = Validity::malformed;
    std::vector<std::string> chains;    ///< sorted chain symbols ("BCH", "BSV", "BTC"); empty when unknown
    std::vector<std::uint8_t> payload;  ///< decoded: version bytes and hash, checksum removed; empty when undecodable
    std::string canonical;              ///< normal spelling: EIP-55 case, bech32 lower case, cashaddr with prefix
    std::string family;                 ///< which chains share the bytes: "bitcoin", "evm", "tron", ...; "" malformed
    std::string key;                    ///< node key, see wallet_key
    std::string note;                   ///< for a person: what was checked or what is wrong
};

/// All that `text` can be as a wallet, surrounding space, URI schemes ("bitcoin:...?amount=1") and the case of 0X aside;
/// best first (valid, well formed, invalid, malformed). When it verifies as something, only such readings are given.
/// Empty when it does not look like an attempt at a wallet: too short, a word, a number.
[[nodiscard]] std::vector<WalletReading> read_wallet(std::string_view text);

/// The key of the wallet that a list published as `published` under `ticker`: "<family>:<hex of the decoded bytes>".
/// Spellings of one address on one chain share it: any case of 0x, cashaddr and legacy, Litecoin's M and old 3, Monero's
/// integrated form and its standard one, XRP's X form and its r one. What cannot be decoded (a 64-digit "XMR") keeps its
/// text: "text:<text>", hexadecimal digits in lower case. Never empty unless `published` is blank.
[[nodiscard]] std::string wallet_key(std::string_view published, std::string_view ticker = {});

/// False when the ticker names assets of other chains than the address can be on (a Tron address under XBT); true for
/// tickers not known here.
[[nodiscard]] bool ticker_fits(std::string_view ticker, const WalletReading& reading);

}  // namespace liaison::identifier
