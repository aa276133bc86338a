#pragma once
// Embedded tables of one entry a line; lines that begin with # are comments.

#include <string>
#include <string_view>
#include <vector>

namespace liaison::identifier {

/// The entries, in order. Throws base::InternalError when there is none or they are not sorted and unique.
[[nodiscard]] std::vector<std::string_view> table_lines(std::string_view file, std::string_view name);

/// ISO 3166-1 alpha-2 in upper case, XK included.
[[nodiscard]] bool is_country_code(std::string_view code);

}  // namespace liaison::identifier
