#pragma once
// Host names and the host of a URL, also defanged ("hxxps://x[.]com/a"). Internationalised names become ASCII (UTS 46).

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// Lower-case ASCII host of a host name: labels of RFC 1035 under a top-level domain that exists; nullopt otherwise.
[[nodiscard]] std::optional<std::string> normal_host(std::string_view host);

/// True when `label`, lower case, is a top-level domain (src/identifier/data/tlds.txt).
[[nodiscard]] bool is_top_level_domain(std::string_view label);

/// Scheme, user, port, path and a leading "www." are not part of the key.
[[nodiscard]] std::optional<Reading> read_domain(std::string_view text);

/// The usual ways of making an address harmless undone: [.] (.) {.} [dot] (dot) " dot ", [at] (at) [@] " at ", hxxp,
/// [:]. Words alone (" at ", " dot ") only when both are there.
[[nodiscard]] std::string refang(std::string_view text);

}  // namespace liaison::identifier
