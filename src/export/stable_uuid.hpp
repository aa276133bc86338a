#pragma once
// UUIDs that stay the same from export to export, for formats whose ids must be UUIDs.

#include <string>
#include <string_view>

namespace liaison::exports {

/// Version 5 (RFC 4122, SHA-1 of name space and name) in a name space of our own.
[[nodiscard]] std::string stable_uuid(std::string_view kind, std::string_view id);

}  // namespace liaison::exports
