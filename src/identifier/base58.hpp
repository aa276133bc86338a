#pragma once
// Base58 in the three ways wallets use it: one big number (Bitcoin and Ripple alphabets), the same with a four-byte
// double SHA-256 at its end ("base58check"), and Monero's blocks of eight bytes. Pure functions; all input is bounded.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::identifier {

enum class Base58Alphabet { bitcoin, ripple };

/// Longest text base58_decode reads (its cost is quadratic); the longest address, Monero's integrated one, has 106.
inline constexpr std::size_t max_base58_length = 128;

/// Nullopt when a character is not of the alphabet, the text is empty or longer than max_base58_length.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> base58_decode(std::string_view text, Base58Alphabet alphabet);
[[nodiscard]] std::string base58_encode(std::span<const std::uint8_t> bytes, Base58Alphabet alphabet);

/// True when the last four of `bytes` are the start of the double SHA-256 of the rest; false below five bytes.
[[nodiscard]] bool base58check_verifies(std::span<const std::uint8_t> bytes);
/// `payload` (version bytes included) with its checksum, encoded.
[[nodiscard]] std::string base58check_encode(std::span<const std::uint8_t> payload, Base58Alphabet alphabet);

/// Monero (CryptoNote): 8-byte blocks become 11 characters each, the last block 2, 3, 5, 6, 7, 9 or 10. Nullopt when a
/// character is foreign, a block overflows or the length cannot occur.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> monero_base58_decode(std::string_view text);

}  // namespace liaison::identifier
