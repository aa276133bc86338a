#include "liaison/base/hash.hpp"

#include <cryptopp/sha.h>

namespace liaison::base {

struct Sha256::State {
    CryptoPP::SHA256 hash;
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
    m_state->hash.Update(reinterpret_cast<const CryptoPP::byte*>(bytes.data()), bytes.size());
}

Digest Sha256::finish() {
    Digest digest;
    m_state->hash.Final(digest.data());
    return digest;
}

Digest sha256(std::string_view bytes) {
    CryptoPP::SHA256 hash;
    Digest digest;
    hash.CalculateDigest(digest.data(), reinterpret_cast<const CryptoPP::byte*>(bytes.data()), bytes.size());
    return digest;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) noexcept {
    std::uint64_t value = 14695981039346656037ULL ^ (seed * 0x9e3779b97f4a7c15ULL);
    for (const char c : bytes) {
        value ^= static_cast<unsigned char>(c);
        value *= 1099511628211ULL;
    }
    // murmur3's 64-bit finaliser: FNV alone leaves the high bits weak.
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    value ^= value >> 33;
    return value;
}

}  // namespace liaison::base
