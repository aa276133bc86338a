#include "liaison/identifier/tax.hpp"

#include "identifier/check97.hpp"
#include "identifier/label.hpp"

#include <array>
#include <span>

namespace liaison::identifier {
namespace {

int inn_check(std::string_view digits, std::span<const int> weights) {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += (digits[i] - '0') * weights[i];
    }
    return sum % 11 % 10;
}

/// Shared shape of the readers: what verifies is valid, what is only labelled is invalid or malformed.
std::optional<Reading> read(std::string_view text, Kind kind, std::string_view scheme, std::string_view country,
                            bool (*verifies)(std::string_view), bool (*shaped)(std::string_view),
                            std::string_view form) {
    const Labelled labelled = split_label(text);
    const std::string value = compact_upper(labelled.rest);
    if (labelled_as_other(labelled, kind) || value.empty()) {
        return std::nullopt;
    }
    Reading reading{kind, Validity::valid, {}, value, std::string(scheme) + ":" + value, "check digits verify",
                    std::string(country)};
    if (verifies(value)) {
        return reading;
    }
    if (!labelled.kind) {
        return std::nullopt;
    }
    reading.validity = shaped(value) ? Validity::invalid : Validity::malformed;
    reading.note = shaped(value) ? "the check digits are wrong" : std::string(form);
    return reading;
}

}  // namespace

bool is_inn(std::string_view digits) {
    // Order of the Federal Tax Service MM-B-7-6/435: eleventh and twelfth digit, or the tenth.
    constexpr std::array<int, 9> tenth{2, 4, 10, 3, 5, 9, 4, 6, 8};
    constexpr std::array<int, 10> eleventh{7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    constexpr std::array<int, 11> twelfth{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    if (!ascii::all_digits(digits) || digits.find_first_not_of('0') == std::string_view::npos) {
        return false;
    }
    if (digits.size() == 10) {
        return inn_check(digits, tenth) == digits[9] - '0';
    }
    return digits.size() == 12 && inn_check(digits, eleventh) == digits[10] - '0' &&
           inn_check(digits, twelfth) == digits[11] - '0';
}

bool is_ogrn(std::string_view digits) {
    if (!ascii::all_digits(digits) || (digits.size() != 13 && digits.size() != 15) || digits.front() == '0') {
        return false;
    }
    const unsigned long long number = std::stoull(std::string(digits.substr(0, digits.size() - 1)));
    const unsigned long long modulus = digits.size() == 13 ? 11 : 13;
    return number % modulus % 10 == static_cast<unsigned long long>(digits.back() - '0');
}

bool is_uscc(std::string_view text) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    if (text.size() != 18) {
        return false;
    }
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t value = alphabet.find(text[i]);
        if (value == std::string_view::npos) {
            return false;
        }
        if (i == 17) {
            return (31 - sum % 31) % 31 == value;
        }
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return false;
}

std::optional<Reading> read_inn(std::string_view text) {
    return read(text, Kind::inn, "inn", "RU", is_inn,
                [](std::string_view value) { return ascii::all_digits(value) && (value.size() == 10 || value.size() == 12); },
                "an INN has 10 or 12 digits");
}

std::optional<Reading> read_ogrn(std::string_view text) {
    return read(text, Kind::ogrn, "ogrn", "RU", is_ogrn,
                [](std::string_view value) { return ascii::all_digits(value) && (value.size() == 13 || value.size() == 15); },
                "an OGRN has 13 or 15 digits");
}

std::optional<Reading> read_uscc(std::string_view text) {
    return read(text, Kind::uscc, "uscc", "CN", is_uscc,
                [](std::string_view value) { return value.size() == 18 && ascii::all(value, ascii::is_alnum); },
                "a unified social credit code has 18 characters");
}

}  // namespace liaison::identifier
