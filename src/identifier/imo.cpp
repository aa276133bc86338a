#include "liaison/identifier/imo.hpp"

#include "identifier/ascii.hpp"
#include "identifier/label.hpp"

#include <array>

namespace liaison::identifier {
namespace {

constexpr std::size_t imo_digits = 7;

int weighted(std::string_view digits, const std::array<int, 6>& weights) {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += (digits[i] - '0') * weights[i];
    }
    return sum;
}

Reading reading(Kind kind, Validity validity, std::string_view digits, std::string note) {
    return {kind, validity, {}, "IMO " + std::string(digits), "imo:" + std::string(digits), std::move(note), {}};
}

}  // namespace

bool is_imo_ship(std::string_view digits) {
    return digits.size() == imo_digits && ascii::all_digits(digits) &&
           weighted(digits, {7, 6, 5, 4, 3, 2}) % 10 == digits.back() - '0';
}

bool is_imo_company(std::string_view digits) {
    return digits.size() == imo_digits && ascii::all_digits(digits) &&
           (11 - weighted(digits, {8, 6, 4, 2, 9, 7}) % 11) % 10 == digits.back() - '0';
}

std::vector<Reading> read_imo(std::string_view text) {
    const Labelled labelled = split_label(text);
    const std::string_view digits = labelled.rest;
    if (labelled_as_other(labelled, Kind::imo)) {
        return {};
    }
    std::vector<Reading> readings;
    if (is_imo_ship(digits)) {
        readings.push_back(reading(Kind::imo, Validity::valid, digits, "check digit of a ship's number verifies"));
    }
    if (is_imo_company(digits)) {
        readings.push_back(reading(Kind::imo_company, Validity::valid, digits, "check digit of a company's number verifies"));
    }
    if (readings.empty() && labelled.kind && !digits.empty()) {
        const bool shaped = digits.size() == imo_digits && ascii::all_digits(digits);
        readings.push_back(shaped ? reading(Kind::imo, Validity::invalid, digits, "the check digit is wrong")
                                  : reading(Kind::imo, Validity::malformed, digits, "an IMO number has seven digits"));
    }
    return readings;
}

}  // namespace liaison::identifier
