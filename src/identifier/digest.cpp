#include "identifier/digest.hpp"

#include <cryptopp/keccak.h>
#include <cryptopp/sha.h>

namespace liaison::identifier {

Bytes32 keccak256(std::span<const std::uint8_t> bytes) {
    Bytes32 digest{};
    CryptoPP::Keccak_256 hash;
    hash.Update(bytes.data(), bytes.size());
    hash.Final(digest.data());
    return digest;
}

Bytes32 keccak256(std::string_view bytes) {
    return keccak256(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

Bytes32 double_sha256(std::span<const std::uint8_t> bytes) {
    Bytes32 digest{};
    CryptoPP::SHA256 hash;
    hash.CalculateDigest(digest.data(), bytes.data(), bytes.size());
    Bytes32 again{};
    hash.CalculateDigest(again.data(), digest.data(), digest.size());
    return again;
}

}  // namespace liaison::identifier
