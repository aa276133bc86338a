#include "liaison/audit/keys.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

#include <span>
#include <vector>

namespace liaison::audit {
namespace {

constexpr std::uint64_t kKeyFileLimit = 4096;

void require_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) {
        throw base::InternalError("libsodium cannot be initialised");
    }
}

/// False when the text is not exactly the hex digits of `bytes`.
bool from_hex(std::string_view text, std::span<std::uint8_t> bytes) {
    std::size_t length = 0;
    return text.size() == bytes.size() * 2 &&
           sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr) == 0 &&
           length == bytes.size();
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

void create(base::Files& files, const base::Path& path) {
    const nlohmann::ordered_json json{{"signing_seed", random_hex(crypto_sign_SEEDBYTES)},
                                      {"query_key", random_hex(crypto_auth_hmacsha256_KEYBYTES)}};
    base::Path part = path;
    part += ".part";
    {
        const auto file = files.create(part);
        // Before the secret is in it.
        std::filesystem::permissions(part, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        file->write(json.dump() + "\n");
        file->sync();
        file->close();
    }
    files.rename(part, path);
    files.sync_folder(path.parent_path());
}

}  // namespace

std::string random_hex(std::size_t bytes) {
    require_sodium();
    std::vector<std::uint8_t> random(bytes);
    randombytes_buf(random.data(), random.size());
    return base::to_hex(random);
}

Keys Keys::open(base::Files& files, const base::Path& path) {
    require_sodium();
    if (!files.exists(path)) {
        create(files, path);
    }
    using std::filesystem::perms;
    if ((std::filesystem::status(path).permissions() & (perms::group_all | perms::others_all)) != perms::none) {
        throw base::StoreError(fmt::format("the audit key {} can be read by others", path.string()),
                               fmt::format("chmod 600 {}", path.string()));
    }
    const auto json = nlohmann::json::parse(files.read(path, kKeyFileLimit), nullptr, false);
    Keys keys;
    std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed{};
    const auto text = [&](const char* name) {
        return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
    };
    if (!from_hex(text("signing_seed"), seed) || !from_hex(text("query_key"), keys.m_query_key)) {
        throw base::StoreError(fmt::format("{} is not an audit key", path.string()),
                               "restore it from a backup; without it old queries cannot be told apart and nothing be signed");
    }
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_key{};
    crypto_sign_seed_keypair(public_key.data(), keys.m_secret.data(), seed.data());
    sodium_memzero(seed.data(), seed.size());
    keys.m_public = base::to_hex(public_key);
    return keys;
}

std::string Keys::sign(std::string_view message) const {
    std::array<std::uint8_t, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(), m_secret.data());
    return base::to_hex(signature);
}

std::string Keys::keyed_hash(std::string_view salt, std::string_view text) const {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, m_query_key.data(), m_query_key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(salt), salt.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
    std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> hash{};
    crypto_auth_hmacsha256_final(&state, hash.data());
    return base::to_hex(hash);
}

bool signature_holds(std::string_view public_key, std::string_view message, std::string_view signature) {
    require_sodium();
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> key{};
    std::array<std::uint8_t, crypto_sign_BYTES> bytes{};
    return from_hex(public_key, key) && from_hex(signature, bytes) &&
           crypto_sign_verify_detached(bytes.data(), bytes_of(message), message.size(), key.data()) == 0;
}

}  // namespace liaison::audit
