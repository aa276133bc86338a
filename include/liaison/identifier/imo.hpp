#pragma once
// IMO numbers: ship identification numbers (resolution A.1117(30)) and company and registered owner numbers (resolution
// MSC.160(78)). Both are seven digits; the check digit tells them apart in nine of ten cases.

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// First six digits times 7, 6, 5, 4, 3, 2; the last digit of the sum is the seventh. `digits` must be seven digits.
[[nodiscard]] bool is_imo_ship(std::string_view digits);
/// First six digits times 8, 6, 4, 2, 9, 7; (11 - sum mod 11) mod 10 is the seventh. `digits` must be seven digits.
[[nodiscard]] bool is_imo_company(std::string_view digits);

/// Readings of "9187629", "IMO 9187629", "IMO-No. 9187629" as a ship's and as a company's number. A text with the label
/// that fails is invalid (wrong digit) or malformed (not seven digits); without the label only what verifies is read.
[[nodiscard]] std::vector<Reading> read_imo(std::string_view text);

}  // namespace liaison::identifier
