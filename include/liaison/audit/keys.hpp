#pragma once
// The two secrets of an audit log: the Ed25519 key (RFC 8032) that signs checkpoints and the key of the HMAC-SHA-256
// (RFC 2104) under which queries are named in the chain. Both by libsodium. They lie in one small file, mode 0600,
// FILE.audit.key beside the store unless LIAISON_AUDIT_KEY names another place: on a machine of its own, or on a medium
// that the operator of the store cannot write, for who holds this file can forge the chain. FILE.audit.pub holds the
// public half and is what an examiner needs.

#include "liaison/base/files.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace liaison::audit {

class Keys {
public:
    /// Reads the file, or creates it from the system's random source. Throws StoreError: others may read it, damaged.
    [[nodiscard]] static Keys open(base::Files& files, const base::Path& path);

    [[nodiscard]] std::string sign(std::string_view message) const;                 ///< hex, 128 digits
    [[nodiscard]] std::string keyed_hash(std::string_view salt, std::string_view text) const;  ///< hex, 64 digits
    [[nodiscard]] const std::string& public_key() const { return m_public; }        ///< hex, 64 digits

private:
    Keys() = default;
    std::array<std::uint8_t, 64> m_secret{};
    std::array<std::uint8_t, 32> m_query_key{};
    std::string m_public;
};

/// False for a wrong signature and for anything that is no key or signature.
[[nodiscard]] bool signature_holds(std::string_view public_key, std::string_view message, std::string_view signature);

/// Hex digits of `bytes` random bytes from the system.
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace liaison::audit
