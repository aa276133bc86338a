#pragma once
// Business identifier code, ISO 9362: four letters or digits (party), two letters (country), two (place) and optionally
// three (branch). No checksum: the country code must exist. A branch of three X is the
// head office and is left out of the key.

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// Without the label "BIC" or "SWIFT" only upper case with a letter party code is read: words are not BICs.
[[nodiscard]] std::optional<Reading> read_bic(std::string_view text);

}  // namespace liaison::identifier
