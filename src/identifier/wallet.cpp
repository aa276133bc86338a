#include "liaison/identifier/wallet.hpp"

#include "identifier/ascii.hpp"
#include "identifier/base58.hpp"
#include "identifier/bech32.hpp"
#include "identifier/digest.hpp"
#include "identifier/wallet_table.hpp"
#include "liaison/base/hash.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

// How a text is read. Every format that the characters allow is tried, because prefixes overlap (D is Dogecoin and
// Verge, 3 is Bitcoin and old Litecoin, r begins an XRP address and is base58 too) and because a ticker does not say
// which chain is meant. A checksum decides: when one verifies, unverified readings of the same text are noise and are
// dropped. When none does, a text that has the shape of one format (25 decoded bytes under a known version byte, a known
// human-readable part, ...) is an invalid address of it; a text that is merely long and random is a malformed one, so
// that a question about it is answered with "cannot be a wallet" and not with "not listed".
// Cost: base58 is quadratic in a length of at most 128. Known failure: 32 bytes of base58 are "well formed" for Solana
// whatever they are; there is nothing to verify.

namespace liaison::identifier {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t max_text = 256;           // OFAC FAQ 563: an address has up to 256 characters
constexpr std::size_t shortest_attempt = 25;    // base58check of 25 bytes has 26 to 35 characters, 25 for zeros
constexpr std::size_t hash160 = 20;
constexpr std::size_t checksum_bytes = 4;
constexpr std::uint8_t monero_standard = 18;
constexpr std::uint8_t monero_integrated = 19;
constexpr std::size_t monero_keys = 64;         // public spend and view key

constexpr std::array<std::string_view, 12> uri_schemes{"bitcoin",  "litecoin", "dogecoin", "dash",   "ethereum", "tron",
                                                       "ripple",   "monero",   "solana",   "zcash",  "bitcoingold",
                                                       "bnb"};

std::string key_of(std::string_view family, const Bytes& bytes) {
    return std::string(family) + ":" + base::to_hex(bytes);
}

Bytes concat(const Bytes& head, const Bytes& tail) {
    Bytes bytes = head;
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    return bytes;
}

/// The address in "bitcoin:ADDRESS?amount=1" and "ethereum:ADDRESS@1"; other texts as they are, less a query. The scheme
/// "bitcoincash:" is part of a cashaddr and stays.
std::string_view strip_uri(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return text;
    }
    const std::string scheme = ascii::lower(text.substr(0, colon));
    const bool known = std::find(uri_schemes.begin(), uri_schemes.end(), scheme) != uri_schemes.end();
    const std::string_view address = known ? text.substr(colon + 1) : text;
    return address.substr(0, address.find_first_of("?@"));
}

/// EIP-55 spelling of 40 hexadecimal digits, without 0x.
std::string eip55(std::string_view digits) {
    std::string text = ascii::lower(digits);
    const Bytes32 digest = keccak256(std::string_view(text));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned nibble = (digest[i / 2] >> (i % 2 == 0 ? 4U : 0U)) & 0xfU;
        if (nibble >= 8) {
            text[i] = ascii::upper(text[i]);
        }
    }
    return text;
}

Bytes from_hex(std::string_view digits) {
    const auto value = [](char c) {
        return static_cast<std::uint8_t>(ascii::is_digit(c) ? c - '0' : ascii::lower(c) - 'a' + 10);
    };
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>((value(digits[i]) << 4U) | value(digits[i + 1])));
    }
    return bytes;
}

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    std::vector<WalletReading> read() {
        read_hex();
        read_bech32();
        read_cashaddr();
        read_base58check();
        read_ripple();
        read_monero();
        read_solana();
        if (m_readings.empty() && looks_like_attempt()) {
            malformed("not the form of any known address");
        }
        return finish();
    }

private:
    WalletReading& add(Validity validity, std::vector<std::string> chains, std::string family, std::string note) {
        WalletReading reading;
        reading.validity = validity;
        reading.chains = std::move(chains);
        reading.family = std::move(family);
        reading.note = std::move(note);
        reading.canonical = std::string(m_text);
        m_readings.push_back(std::move(reading));
        return m_readings.back();
    }
    void malformed(std::string note) { add(Validity::malformed, {}, {}, std::move(note)); }
    /// An address whose bytes are not to be trusted: no payload, so that its key is its text.
    void invalid(std::vector<std::string> chains, std::string family, std::string note) {
        add(Validity::invalid, std::move(chains), std::move(family), std::move(note));
    }

    void read_hex() {
        const bool prefixed = m_text.starts_with("0x") || m_text.starts_with("0X");
        const std::string_view digits = prefixed ? m_text.substr(2) : m_text;
        if (!ascii::all_hex(digits)) {
            if (prefixed && digits.size() >= 2 * hash160 - 4 && digits.size() <= 2 * hash160 + 4) {
                malformed("0x must be followed by 40 hexadecimal digits");
            }
            return;
        }
        if (digits.size() == 2 * hash160) {
            read_evm(digits);
        } else if (!prefixed && digits.size() == 2 * hash160 + 2 && digits.starts_with("41")) {
            read_tron_hex(digits);
        } else if (digits.size() == 64) {
            malformed("64 hexadecimal digits are a key, a hash or a transaction, not an address");
        } else if (digits.size() == 66 || digits.size() == 130) {
            malformed("a public key is not an address");
        } else if (prefixed) {
            malformed("0x must be followed by 40 hexadecimal digits, not " + std::to_string(digits.size()));
        }
    }

    void read_evm(std::string_view digits) {
        const bool upper = ascii::any(digits, ascii::is_upper);
        const bool lower = ascii::any(digits, ascii::is_lower);
        const std::string canonical = eip55(digits);
        const bool mixed = upper && lower;
        const bool verifies = canonical == digits;
        WalletReading& reading =
            add(mixed && !verifies ? Validity::invalid : Validity::valid, wallet_table().evm_chains, "evm",
                mixed && !verifies ? "the capitals do not verify (EIP-55)"
                : mixed            ? "the capitals verify (EIP-55)"
                                   : "in one case: there is no checksum to verify");
        // The capitals are only a checksum: the bytes are what is meant even when they are wrong.
        reading.payload = from_hex(digits);
        reading.canonical = "0x" + canonical;
        reading.key = key_of("evm", reading.payload);
    }

    void read_tron_hex(std::string_view digits) {
        WalletReading& reading = add(Validity::well_formed, {"TRX"}, "tron", "hexadecimal form of a Tron address, unchecked");
        reading.payload = from_hex(digits);
        reading.canonical = base58check_encode(reading.payload, Base58Alphabet::bitcoin);
        reading.key = key_of("tron", reading.payload);
    }

    void read_bech32() {
        const std::string folded = ascii::lower(m_text);
        const std::size_t separator = folded.rfind('1');
        if (separator == std::string::npos) {
            return;
        }
        const std::string_view hrp = std::string_view(folded).substr(0, separator);
        const auto decoded = bech32_decode(m_text);
        for (const Bech32Prefix& prefix : wallet_table().segwit) {
            // The last 1 may be a typing error in the data part: the beginning decides what was meant.
            if (hrp != prefix.hrp && !folded.starts_with(prefix.hrp + "1")) {
                continue;
            }
            const auto witness = decoded && decoded->hrp == prefix.hrp ? segwit_decode(*decoded) : std::nullopt;
            if (witness) {
                WalletReading& reading = add(Validity::valid, prefix.chains, prefix.family,
                                             witness->version == 0 ? "bech32 checksum verifies (BIP-173)"
                                                                   : "bech32m checksum verifies (BIP-350)");
                reading.payload = concat({static_cast<std::uint8_t>(witness->version)}, witness->program);
                reading.canonical = folded;
                reading.key = key_of(prefix.family, reading.payload);
            } else if (is_attempt_at(folded, prefix.hrp)) {
                invalid(prefix.chains, prefix.family,
                        decoded ? "the witness version, its checksum kind or the program's length is wrong (BIP-350)"
                                : "the bech32 checksum, case or alphabet is wrong (BIP-173)");
            }
        }
        for (const Bech32Prefix& prefix : wallet_table().accounts) {
            if (hrp != prefix.hrp) {
                continue;
            }
            const auto bytes = decoded && decoded->encoding == Bech32Encoding::bech32 ? five_to_eight(decoded->values)
                                                                                      : std::nullopt;
            if (bytes && bytes->size() == prefix.length) {
                WalletReading& reading = add(Validity::valid, prefix.chains, prefix.family, "bech32 checksum verifies");
                reading.payload = *bytes;
                reading.canonical = folded;
                reading.key = key_of(prefix.family, reading.payload);
            } else if (is_attempt_at(folded, prefix.hrp)) {
                invalid(prefix.chains, prefix.family, "the bech32 checksum or length is wrong");
            }
        }
    }

    static bool is_attempt_at(std::string_view folded, std::string_view hrp) {
        return folded.size() >= hrp.size() + 12 && ascii::all(folded, ascii::is_alnum);
    }

    void read_cashaddr() {
        const std::string folded = ascii::lower(m_text);
        const bool prefixed = folded.starts_with("bitcoincash:");
        if (const auto address = cashaddr_decode(m_text)) {
            WalletReading& reading = add(Validity::valid, {"BCH"}, "bitcoin", "cashaddr checksum verifies");
            reading.payload = concat({static_cast<std::uint8_t>(address->type)}, address->hash);
            reading.canonical = cashaddr_encode(*address);
            // Token-aware types 2 and 3 are the same address as 0 and 1, and those are the legacy versions 00 and 05.
            const std::uint8_t version = address->type % 2 == 0 ? 0x00 : 0x05;
            reading.key = key_of("bitcoin", concat({version}, address->hash));
        } else if (prefixed) {
            invalid({"BCH"}, "bitcoin", "the cashaddr checksum, case, size or type is wrong");
        } else if (folded.size() == 42 && (folded.front() == 'q' || folded.front() == 'p') && is_bech32_text(m_text)) {
            invalid({"BCH"}, "bitcoin", "the cashaddr checksum is wrong");
        }
    }

    void read_base58check() {
        const auto bytes = base58_decode(m_text, Base58Alphabet::bitcoin);
        if (!bytes || bytes->size() < hash160 + 1 + checksum_bytes) {
            return;
        }
        const bool verifies = base58check_verifies(*bytes);
        const std::size_t size = bytes->size() - checksum_bytes;
        for (const Base58Version& version : wallet_table().base58check) {
            if (size != version.version.size() + version.length ||
                !std::equal(version.version.begin(), version.version.end(), bytes->begin())) {
                continue;
            }
            if (!verifies) {
                invalid(version.chains, version.family, "the base58 checksum is wrong");
                return;
            }
            WalletReading& reading = add(Validity::valid, version.chains, version.family, "base58 checksum verifies");
            reading.payload.assign(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(size));
            const Bytes hash(reading.payload.begin() + static_cast<std::ptrdiff_t>(version.version.size()),
                             reading.payload.end());
            reading.key = key_of(version.family, concat(version.key_version, hash));
            return;
        }
        if (verifies && size == hash160 + 1) {
            WalletReading& reading = add(Validity::well_formed, {}, "base58check",
                                         "base58 checksum verifies, but the version byte is of no known chain");
            reading.payload.assign(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(size));
            reading.key = key_of("base58check", reading.payload);
        } else if (verifies) {
            malformed("base58 checksum verifies, but a key or an extended key is not an address");
        }
    }

    void read_ripple() {
        constexpr std::size_t x_address = 2 + hash160 + 1 + 8;  // prefix, account, flag, tag (XLS-5d)
        const auto bytes = base58_decode(m_text, Base58Alphabet::ripple);
        if (!bytes) {
            return;
        }
        const bool verifies = base58check_verifies(*bytes);
        if (bytes->size() == 1 + hash160 + checksum_bytes && bytes->front() == 0) {
            if (!verifies) {
                invalid({"XRP"}, "ripple", "the checksum is wrong (XRPL base58)");
                return;
            }
            WalletReading& reading = add(Validity::valid, {"XRP"}, "ripple", "checksum verifies (XRPL base58)");
            reading.payload.assign(bytes->begin(), bytes->end() - checksum_bytes);
            reading.key = key_of("ripple", reading.payload);
        } else if (bytes->size() == x_address + checksum_bytes && (*bytes)[0] == 0x05 && (*bytes)[1] == 0x44 && verifies) {
            WalletReading& reading = add(Validity::valid, {"XRP"}, "ripple", "checksum verifies (X-address with tag)");
            reading.payload.assign(bytes->begin(), bytes->end() - checksum_bytes);
            Bytes account{0};
            account.insert(account.end(), bytes->begin() + 2, bytes->begin() + 2 + hash160);
            reading.key = key_of("ripple", account);
        }
    }

    void read_monero() {
        const auto& networks = wallet_table().monero;
        const bool right_length = std::any_of(networks.begin(), networks.end(), [&](const MoneroNetwork& network) {
            return network.length == m_text.size();
        });
        if (!right_length) {
            return;
        }
        const auto bytes = monero_base58_decode(m_text);
        if (!bytes) {
            if ((m_text.front() == '4' || m_text.front() == '8') && ascii::all(m_text, ascii::is_alnum)) {
                invalid({"XMR"}, "monero", "not Monero's base58");
            }
            return;
        }
        const auto network = std::find_if(networks.begin(), networks.end(), [&](const MoneroNetwork& one) {
            return one.length == m_text.size() && one.network == bytes->front();
        });
        if (network == networks.end()) {
            return;
        }
        const auto body = std::span<const std::uint8_t>(*bytes).first(bytes->size() - checksum_bytes);
        const Bytes32 digest = keccak256(body);
        if (!std::equal(digest.begin(), digest.begin() + checksum_bytes, bytes->end() - checksum_bytes)) {
            invalid({"XMR"}, "monero", "the Keccak checksum is wrong (Monero " + network->kind + " address)");
            return;
        }
        WalletReading& reading =
            add(Validity::valid, {"XMR"}, "monero", "Keccak checksum verifies (" + network->kind + " address)");
        reading.payload.assign(body.begin(), body.end());
        // The integrated form is the standard address with a payment id behind it.
        Bytes key(body.begin(), body.begin() + 1 + monero_keys);
        if (key.front() == monero_integrated) {
            key.front() = monero_standard;
        }
        reading.key = key_of("monero", key);
    }

    void read_solana() {
        constexpr std::size_t public_key = 32;
        const auto bytes = base58_decode(m_text, Base58Alphabet::bitcoin);
        if (!bytes || bytes->size() != public_key) {
            return;
        }
        WalletReading& reading =
            add(Validity::well_formed, {"SOL"}, "solana", "32 bytes; Solana addresses have no checksum to verify");
        reading.payload = *bytes;
        reading.key = key_of("solana", reading.payload);
    }

    [[nodiscard]] bool looks_like_attempt() const {
        return m_text.size() >= shortest_attempt && ascii::all(m_text, ascii::is_alnum) &&
               ascii::any(m_text, ascii::is_digit) && ascii::any(m_text, ascii::is_letter);
    }

    std::vector<WalletReading> finish() {
        const auto rank = [](const WalletReading& reading) {
            switch (reading.validity) {
                case Validity::valid: return 0;
                case Validity::well_formed: return 1;
                case Validity::invalid: return 2;
                case Validity::malformed: return 3;
            }
            return 3;
        };
        std::stable_sort(m_readings.begin(), m_readings.end(),
                         [&](const WalletReading& one, const WalletReading& other) { return rank(one) < rank(other); });
        if (!m_readings.empty() && m_readings.front().validity == Validity::valid) {
            std::erase_if(m_readings, [](const WalletReading& reading) { return reading.validity != Validity::valid; });
        }
        for (WalletReading& reading : m_readings) {
            if (reading.key.empty()) {
                reading.key = "text:" + (ascii::all_hex(m_text) ? ascii::lower(m_text) : std::string(m_text));
            }
        }
        return std::move(m_readings);
    }

    std::string_view m_text;
    std::vector<WalletReading> m_readings;
};

}  // namespace

std::vector<WalletReading> read_wallet(std::string_view text) {
    const std::string_view address = strip_uri(ascii::trim(text));
    if (address.empty() || address.size() > max_text) {
        return {};
    }
    return Reader(address).read();
}

std::string wallet_key(std::string_view published, std::string_view ticker) {
    const auto readings = read_wallet(published);
    const auto decoded = [](const WalletReading& reading) { return !reading.payload.empty(); };
    const auto fitting = std::find_if(readings.begin(), readings.end(), [&](const WalletReading& reading) {
        return decoded(reading) && ticker_fits(ticker, reading);
    });
    if (fitting != readings.end()) {
        return fitting->key;
    }
    if (const auto any = std::find_if(readings.begin(), readings.end(), decoded); any != readings.end()) {
        return any->key;
    }
    const std::string_view text = ascii::trim(published);
    if (text.empty()) {
        return {};
    }
    return "text:" + (ascii::all_hex(text) ? ascii::lower(text) : std::string(text));
}

bool ticker_fits(std::string_view ticker, const WalletReading& reading) {
    const auto& tickers = wallet_table().tickers;
    const auto found = tickers.find(ascii::upper(ticker));
    if (found == tickers.end()) {
        return true;
    }
    return std::any_of(found->second.begin(), found->second.end(), [&](const std::string& chain) {
        return std::find(reading.chains.begin(), reading.chains.end(), chain) != reading.chains.end();
    });
}

}  // namespace liaison::identifier
