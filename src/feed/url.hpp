#pragma once
// Addresses, parsed by libcurl's own parser so that what is checked is what is connected to.

#include <optional>
#include <string>
#include <string_view>

namespace liaison::feed {

struct Url {
    std::string scheme;  ///< lower case
    std::string host;    ///< lower case, IPv6 without brackets
    std::string port;    ///< never empty
    std::string path;    ///< begins with "/"
    std::string query;   ///< without "?"
    bool has_user = false;

    [[nodiscard]] std::string text() const;           ///< without fragment
    [[nodiscard]] std::string path_and_query() const;
};

/// `reference` against `base` ("" when it must be absolute); nothing when it is no address or longer than 2048 bytes.
[[nodiscard]] std::optional<Url> parse_url(std::string_view reference, std::string_view base = {});

/// Why the address must not be fetched, or "": not https, carries a user name, names a host that is not public
/// (literal address, "localhost", no dot).
[[nodiscard]] std::string refusal_of(const Url& url);

/// One document, one address: https in the place of http, fragment and tracking parameters dropped (utm_*, at_*,
/// fbclid, gclid, ...), AMP variants unwrapped, "index.html" and doubled slashes cut. The rules follow those of
/// mediacloud/metadata-lib; the result is for identity, the address as published is what is fetched.
[[nodiscard]] std::string canonical_url(const Url& url);

}  // namespace liaison::feed
