#pragma once
// International bank account number, ISO 13616: country, two check digits (ISO 7064 mod 97-10), account. Lengths by
// country: src/identifier/data/iban_lengths.txt.

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// Nullopt when it does not begin with two letters of a known country and two digits, unless labelled "IBAN".
[[nodiscard]] std::optional<Reading> read_iban(std::string_view text);

/// Length of the country's IBANs, 0 when it has none. `country` in upper case.
[[nodiscard]] std::size_t iban_length(std::string_view country);

}  // namespace liaison::identifier
