#pragma once
// Telephone numbers by libphonenumber; the canonical form and the key are E.164.

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// Reads international numbers ("+850 2 381 5827", "00850-2-3815827", "(850) 2 381 5827"). Valid: the country's
/// numbering plan has it; well formed: its length is possible. A labelled text that is neither is malformed. Nullopt
/// without label, plus sign, double zero or grouping: bare digits are not a telephone number.
[[nodiscard]] std::optional<Reading> read_phone(std::string_view text);

}  // namespace liaison::identifier
