#pragma once
// The two checksum digests of wallet addresses, by Crypto++.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace liaison::identifier {

using Bytes32 = std::array<std::uint8_t, 32>;

/// Keccak-256 as Ethereum and Monero use it: the padding of 2011, not that of SHA-3 (FIPS 202).
[[nodiscard]] Bytes32 keccak256(std::span<const std::uint8_t> bytes);
[[nodiscard]] Bytes32 keccak256(std::string_view bytes);

/// SHA-256 of SHA-256: the checksum of base58check.
[[nodiscard]] Bytes32 double_sha256(std::span<const std::uint8_t> bytes);

}  // namespace liaison::identifier
