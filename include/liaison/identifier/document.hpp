#pragma once
// Numbers of passports, national identity cards and registers: no common form, no checksum. What makes one is its
// number and its issuer; the number is compared by its letters and digits only.

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// Letters and digits in upper case, in order: spaces, dashes, slashes and dots dropped, full-width and Arabic-Indic
/// digits made ASCII, Cyrillic and Greek capitals that look like Latin ones made Latin (a passport's series is typed
/// either way), labels such as "No." and an issuer in brackets at the
/// end dropped. Other letters are kept. At most 128 bytes.
[[nodiscard]] std::string normal_number(std::string_view text);

/// normal_number and the issuer: the feature of the resolver. `issuer` is a country code; "" when unknown.
[[nodiscard]] std::string document_key(std::string_view number, std::string_view issuer);

/// A number with at least one digit and three letters or digits in all; not a phrase with a number in it, unless labelled.
[[nodiscard]] std::optional<Reading> read_document(std::string_view text);

}  // namespace liaison::identifier
