#pragma once
// Legal entity identifier, ISO 17442: 18 letters and digits and two check digits (ISO 7064 mod 97-10).

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// Nullopt when it is not 20 letters and digits that end in two digits, unless labelled "LEI".
[[nodiscard]] std::optional<Reading> read_lei(std::string_view text);

}  // namespace liaison::identifier
