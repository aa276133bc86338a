#include "identifier/bech32.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace liaison::identifier {
namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::string_view cash_prefix = "bitcoincash";
constexpr std::uint32_t bech32_constant = 1;            // BIP-173
constexpr std::uint32_t bech32m_constant = 0x2bc830a3;  // BIP-350
constexpr std::size_t bech32_checksum = 6;
constexpr std::size_t cash_checksum = 8;
constexpr std::size_t max_bech32_length = 90;
constexpr std::array<std::size_t, 8> cash_hash_sizes{20, 24, 28, 32, 40, 48, 56, 64};  // cashaddr specification

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool mixed_case(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_upper) && std::any_of(text.begin(), text.end(), is_lower);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c; });
    return result;
}

std::optional<std::vector<std::uint8_t>> to_values(std::string_view text) {
    std::vector<std::uint8_t> values;
    values.reserve(text.size());
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        values.push_back(static_cast<std::uint8_t>(value));
    }
    return values;
}

std::uint32_t bech32_polymod(std::span<const std::uint8_t> values) {
    constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    std::uint32_t checksum = 1;
    for (const std::uint8_t value : values) {
        const std::uint32_t top = checksum >> 25U;
        checksum = ((checksum & 0x1ffffffU) << 5U) ^ value;
        for (std::size_t i = 0; i < generator.size(); ++i) {
            checksum ^= ((top >> i) & 1U) != 0 ? generator[i] : 0U;
        }
    }
    return checksum;
}

std::uint64_t cash_polymod(std::span<const std::uint8_t> values) {
    constexpr std::array<std::uint64_t, 5> generator{0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8,
                                                     0x1e4f43e470};
    std::uint64_t checksum = 1;
    for (const std::uint8_t value : values) {
        const std::uint64_t top = checksum >> 35U;
        checksum = ((checksum & 0x07ffffffffU) << 5U) ^ value;
        for (std::size_t i = 0; i < generator.size(); ++i) {
            checksum ^= ((top >> i) & 1U) != 0 ? generator[i] : 0U;
        }
    }
    return checksum ^ 1U;
}

std::vector<std::uint8_t> expand_hrp(std::string_view hrp) {
    std::vector<std::uint8_t> values;
    for (const char c : hrp) {
        values.push_back(static_cast<std::uint8_t>(static_cast<unsigned char>(c) >> 5U));
    }
    values.push_back(0);
    for (const char c : hrp) {
        values.push_back(static_cast<std::uint8_t>(static_cast<unsigned char>(c) & 31U));
    }
    return values;
}

std::vector<std::uint8_t> cash_prefix_values() {
    std::vector<std::uint8_t> values;
    for (const char c : cash_prefix) {
        values.push_back(static_cast<std::uint8_t>(static_cast<unsigned char>(c) & 31U));
    }
    values.push_back(0);
    return values;
}

std::vector<std::uint8_t> eight_to_five(std::span<const std::uint8_t> bytes) {
    std::vector<std::uint8_t> values;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const std::uint8_t byte : bytes) {
        bits = ((bits << 8U) | byte) & 0xfffU;
        for (held += 8; held >= 5; held -= 5) {
            values.push_back(static_cast<std::uint8_t>((bits >> (held - 5)) & 31U));
        }
    }
    if (held > 0) {
        values.push_back(static_cast<std::uint8_t>((bits << (5 - held)) & 31U));
    }
    return values;
}

void append_letters(std::string& text, const std::vector<std::uint8_t>& values) {
    for (const std::uint8_t value : values) {
        text += alphabet[value];
    }
}

template <typename Word>
void append_checksum(std::string& text, Word checksum, std::size_t letters) {
    for (std::size_t i = 0; i < letters; ++i) {
        text += alphabet[static_cast<std::size_t>((checksum >> (5U * (letters - 1 - i))) & 31U)];
    }
}

}  // namespace

bool is_bech32_text(std::string_view text) { return !mixed_case(text) && to_values(lower(text)).has_value(); }

std::optional<std::vector<std::uint8_t>> five_to_eight(const std::vector<std::uint8_t>& values) {
    std::vector<std::uint8_t> bytes;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const std::uint8_t value : values) {
        bits = ((bits << 5U) | value) & 0xfffU;
        held += 5;
        if (held >= 8) {
            held -= 8;
            bytes.push_back(static_cast<std::uint8_t>((bits >> held) & 0xffU));
        }
    }
    if (held >= 5 || (bits & ((1U << held) - 1U)) != 0) {
        return std::nullopt;
    }
    return bytes;
}

std::optional<Bech32> bech32_decode(std::string_view text) {
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c >= 33 && c <= 126; });
    const std::size_t separator = text.rfind('1');
    if (!printable || text.size() > max_bech32_length || mixed_case(text) || separator == std::string_view::npos ||
        separator == 0 || separator + 1 + bech32_checksum > text.size()) {
        return std::nullopt;
    }
    const std::string folded = lower(text);
    Bech32 result;
    result.hrp = folded.substr(0, separator);
    auto values = to_values(std::string_view(folded).substr(separator + 1));
    if (!values) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> checked = expand_hrp(result.hrp);
    checked.insert(checked.end(), values->begin(), values->end());
    const std::uint32_t checksum = bech32_polymod(checked);
    if (checksum != bech32_constant && checksum != bech32m_constant) {
        return std::nullopt;
    }
    result.encoding = checksum == bech32_constant ? Bech32Encoding::bech32 : Bech32Encoding::bech32m;
    values->resize(values->size() - bech32_checksum);
    result.values = std::move(*values);
    return result;
}

std::optional<WitnessProgram> segwit_decode(const Bech32& decoded) {
    if (decoded.values.empty() || decoded.values.front() > 16) {
        return std::nullopt;
    }
    WitnessProgram witness;
    witness.version = decoded.values.front();
    auto program = five_to_eight({decoded.values.begin() + 1, decoded.values.end()});
    if (!program || program->size() < 2 || program->size() > 40) {
        return std::nullopt;
    }
    const bool right_size = witness.version != 0 || program->size() == 20 || program->size() == 32;
    const auto wanted = witness.version == 0 ? Bech32Encoding::bech32 : Bech32Encoding::bech32m;
    if (!right_size || decoded.encoding != wanted) {
        return std::nullopt;
    }
    witness.program = std::move(*program);
    return witness;
}

std::string segwit_encode(std::string_view hrp, const WitnessProgram& witness) {
    std::vector<std::uint8_t> values{static_cast<std::uint8_t>(witness.version)};
    const auto program = eight_to_five(witness.program);
    values.insert(values.end(), program.begin(), program.end());
    std::vector<std::uint8_t> checked = expand_hrp(hrp);
    checked.insert(checked.end(), values.begin(), values.end());
    checked.insert(checked.end(), bech32_checksum, 0);
    const std::uint32_t constant = witness.version == 0 ? bech32_constant : bech32m_constant;
    std::string text(hrp);
    text += '1';
    append_letters(text, values);
    append_checksum(text, bech32_polymod(checked) ^ constant, bech32_checksum);
    return text;
}

std::optional<CashAddress> cashaddr_decode(std::string_view text) {
    constexpr std::size_t longest = 112;  // 64-byte hash; the prefix stands before it
    if (text.size() > cash_prefix.size() + 1 + longest || mixed_case(text)) {
        return std::nullopt;
    }
    std::string folded = lower(text);
    if (const std::size_t colon = folded.find(':'); colon != std::string::npos) {
        if (std::string_view(folded).substr(0, colon) != cash_prefix) {
            return std::nullopt;
        }
        folded.erase(0, colon + 1);
    }
    auto values = to_values(folded);
    if (!values || values->size() <= cash_checksum) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> checked = cash_prefix_values();
    checked.insert(checked.end(), values->begin(), values->end());
    if (cash_polymod(checked) != 0) {
        return std::nullopt;
    }
    values->resize(values->size() - cash_checksum);
    const auto bytes = five_to_eight(*values);
    if (!bytes || bytes->empty()) {
        return std::nullopt;
    }
    const std::uint8_t version = bytes->front();
    const std::size_t size = cash_hash_sizes[version & 7U];
    const int type = version >> 3U;
    if (type > 3 || bytes->size() != size + 1) {
        return std::nullopt;
    }
    return CashAddress{type, {bytes->begin() + 1, bytes->end()}};
}

std::string cashaddr_encode(const CashAddress& address) {
    const auto size = std::find(cash_hash_sizes.begin(), cash_hash_sizes.end(), address.hash.size());
    const auto size_bits = static_cast<unsigned>(size - cash_hash_sizes.begin()) & 7U;
    std::vector<std::uint8_t> bytes{static_cast<std::uint8_t>((static_cast<unsigned>(address.type) << 3U) | size_bits)};
    bytes.insert(bytes.end(), address.hash.begin(), address.hash.end());
    const auto values = eight_to_five(bytes);
    std::vector<std::uint8_t> checked = cash_prefix_values();
    checked.insert(checked.end(), values.begin(), values.end());
    checked.insert(checked.end(), cash_checksum, 0);
    std::string text(cash_prefix);
    text += ':';
    append_letters(text, values);
    append_checksum(text, cash_polymod(checked), cash_checksum);
    return text;
}

}  // namespace liaison::identifier
