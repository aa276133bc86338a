#pragma once
// Numbers of taxpayers and registers that have check digits: Russia's INN (10 digits for companies, 12 for persons) and
// OGRN (13, or 15 for entrepreneurs), China's unified social credit code (GB 32100-2015, 18 characters).

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

[[nodiscard]] bool is_inn(std::string_view digits);
[[nodiscard]] bool is_ogrn(std::string_view digits);
[[nodiscard]] bool is_uscc(std::string_view text);  ///< upper case

/// Without a label only what verifies is read.
[[nodiscard]] std::optional<Reading> read_inn(std::string_view text);
[[nodiscard]] std::optional<Reading> read_ogrn(std::string_view text);
[[nodiscard]] std::optional<Reading> read_uscc(std::string_view text);

}  // namespace liaison::identifier
