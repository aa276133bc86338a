#pragma once
// The BCH-coded texts: bech32 (BIP-173), bech32m (BIP-350), segregated-witness addresses on top of them, and Bitcoin
// Cash's cashaddr. Pure functions on bounded input.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::identifier {

enum class Bech32Encoding { bech32, bech32m };

struct Bech32 {
    Bech32Encoding encoding = Bech32Encoding::bech32;
    std::string hrp;                   ///< human-readable part, lower case
    std::vector<std::uint8_t> values;  ///< five bits each, checksum removed
};

/// Nullopt when the text is not one of the two: foreign characters, mixed case, over 90 characters, wrong checksum.
[[nodiscard]] std::optional<Bech32> bech32_decode(std::string_view text);

struct WitnessProgram {
    int version = 0;
    std::vector<std::uint8_t> program;
};
/// A segregated-witness address of the human-readable part `hrp` ("bc"); version 0 must be bech32, later ones bech32m.
[[nodiscard]] std::optional<WitnessProgram> segwit_decode(const Bech32& decoded);
[[nodiscard]] std::string segwit_encode(std::string_view hrp, const WitnessProgram& witness);

/// All eight-bit bytes of a run of five-bit values; nullopt when over four bits of padding remain or they are not zero.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> five_to_eight(const std::vector<std::uint8_t>& values);

struct CashAddress {
    int type = 0;                    ///< 0 key hash, 1 script hash; 2 and 3 the same, able to hold tokens
    std::vector<std::uint8_t> hash;  ///< 20 to 64 bytes as the version byte says
};
/// A cashaddr of prefix "bitcoincash", written with it or without. Nullopt for another prefix, mixed case, a wrong
/// checksum, size or type.
[[nodiscard]] std::optional<CashAddress> cashaddr_decode(std::string_view text);
/// With prefix, lower case.
[[nodiscard]] std::string cashaddr_encode(const CashAddress& address);

/// True when all characters are of the alphabet that bech32 and cashaddr share, in one case.
[[nodiscard]] bool is_bech32_text(std::string_view text);

}  // namespace liaison::identifier
