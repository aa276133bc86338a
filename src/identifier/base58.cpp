#include "identifier/base58.hpp"

#include "identifier/digest.hpp"

#include <algorithm>
#include <array>

namespace liaison::identifier {
namespace {

constexpr std::string_view bitcoin_alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view ripple_alphabet = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

constexpr std::array<std::int8_t, 256> reverse_of(std::string_view alphabet) {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    }
    return table;
}

constexpr std::array<std::int8_t, 256> bitcoin_digits = reverse_of(bitcoin_alphabet);
constexpr std::array<std::int8_t, 256> ripple_digits = reverse_of(ripple_alphabet);

std::string_view letters_of(Base58Alphabet alphabet) {
    return alphabet == Base58Alphabet::bitcoin ? bitcoin_alphabet : ripple_alphabet;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> base58_decode(std::string_view text, Base58Alphabet alphabet) {
    if (text.empty() || text.size() > max_base58_length) {
        return std::nullopt;
    }
    const auto& digits = alphabet == Base58Alphabet::bitcoin ? bitcoin_digits : ripple_digits;
    const char zero = letters_of(alphabet).front();
    const std::size_t zeros = std::min(text.find_first_not_of(zero), text.size());
    std::vector<std::uint8_t> number;  // little-endian
    number.reserve(text.size());
    for (const char character : text.substr(zeros)) {
        const int digit = digits[static_cast<unsigned char>(character)];
        if (digit < 0) {
            return std::nullopt;
        }
        unsigned carry = static_cast<unsigned>(digit);
        for (std::uint8_t& byte : number) {
            carry += 58U * byte;
            byte = static_cast<std::uint8_t>(carry & 0xffU);
            carry >>= 8U;
        }
        if (carry != 0) {
            number.push_back(static_cast<std::uint8_t>(carry));
        }
    }
    number.insert(number.end(), zeros, 0);
    std::reverse(number.begin(), number.end());
    return number;
}

std::string base58_encode(std::span<const std::uint8_t> bytes, Base58Alphabet alphabet) {
    const std::string_view letters = letters_of(alphabet);
    const auto first = std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
    std::vector<std::uint8_t> digits;  // little-endian
    for (auto byte = first; byte != bytes.end(); ++byte) {
        unsigned carry = *byte;
        for (std::uint8_t& digit : digits) {
            carry += 256U * digit;
            digit = static_cast<std::uint8_t>(carry % 58U);
            carry /= 58U;
        }
        for (; carry != 0; carry /= 58U) {
            digits.push_back(static_cast<std::uint8_t>(carry % 58U));
        }
    }
    std::string text(static_cast<std::size_t>(first - bytes.begin()), letters.front());
    std::transform(digits.rbegin(), digits.rend(), std::back_inserter(text),
                   [&](std::uint8_t digit) { return letters[digit]; });
    return text;
}

bool base58check_verifies(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < 5) {
        return false;
    }
    const Bytes32 digest = double_sha256(bytes.first(bytes.size() - 4));
    return std::equal(digest.begin(), digest.begin() + 4, bytes.end() - 4);
}

std::string base58check_encode(std::span<const std::uint8_t> payload, Base58Alphabet alphabet) {
    std::vector<std::uint8_t> bytes(payload.begin(), payload.end());
    const Bytes32 digest = double_sha256(payload);
    bytes.insert(bytes.end(), digest.begin(), digest.begin() + 4);
    return base58_encode(bytes, alphabet);
}

std::optional<std::vector<std::uint8_t>> monero_base58_decode(std::string_view text) {
    constexpr std::size_t full_block = 11;
    // Bytes that a block of N characters holds; -1 where no number of bytes is written with N characters.
    constexpr std::array<int, 12> block_bytes{0, -1, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8};
    if (text.size() > max_base58_length) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> bytes;
    for (std::size_t at = 0; at < text.size(); at += full_block) {
        const std::string_view block = text.substr(at, full_block);
        const int size = block_bytes[block.size()];
        if (size < 0) {
            return std::nullopt;
        }
        std::uint64_t number = 0;
        for (const char character : block) {
            const int digit = bitcoin_digits[static_cast<unsigned char>(character)];
            std::uint64_t product = 0;
            if (digit < 0 || __builtin_mul_overflow(number, std::uint64_t{58}, &product) ||
                __builtin_add_overflow(product, static_cast<std::uint64_t>(digit), &number)) {
                return std::nullopt;
            }
        }
        if (size < 8 && (number >> (8U * static_cast<unsigned>(size))) != 0) {
            return std::nullopt;
        }
        for (int i = size - 1; i >= 0; --i) {
            bytes.push_back(static_cast<std::uint8_t>(number >> (8U * static_cast<unsigned>(i))));
        }
    }
    return bytes;
}

}  // namespace liaison::identifier
