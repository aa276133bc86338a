#pragma once
// E-mail addresses (RFC 5321 without quoted local parts), also defanged: "name[at]x[.]com", "name (at) x (dot) com".

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// The key is in lower case: that case of the local part could matter is a rule no large provider follows.
[[nodiscard]] std::optional<Reading> read_email(std::string_view text);

}  // namespace liaison::identifier
