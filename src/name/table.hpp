#pragma once
// The line tables of schemas/names: "#" comments; "head: form, form, ..." lines. Validated at load.

#include <string>
#include <string_view>
#include <vector>

namespace liaison::name {

struct TableLine {
    std::string head;
    std::vector<std::string> forms;  ///< the head is not among them
};

/// Throws InternalError with file and line when a line has no colon, an empty head or an empty form.
[[nodiscard]] std::vector<TableLine> read_table(std::string_view file, std::string_view bytes);

/// Lines of blank-separated fields (letters.txt).
[[nodiscard]] std::vector<std::vector<std::string>> read_fields(std::string_view bytes);

}  // namespace liaison::name
