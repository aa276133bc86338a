#include "identifier/table_file.hpp"

#include "liaison/base/error.hpp"
#include "liaison_identifier_data.hpp"

#include <algorithm>
#include <functional>

namespace liaison::identifier {

std::vector<std::string_view> table_lines(std::string_view file, std::string_view name) {
    std::vector<std::string_view> lines;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        const std::string_view line = file.substr(0, end);
        if (!line.empty() && line.front() != '#') {
            lines.push_back(line);
        }
        file.remove_prefix(std::min(end + 1, file.size()));
    }
    const bool sorted = std::adjacent_find(lines.begin(), lines.end(), std::greater_equal<>()) == lines.end();
    if (lines.empty() || !sorted) {
        throw base::InternalError(std::string(name) + " is empty or not sorted and unique");
    }
    return lines;
}

bool is_country_code(std::string_view code) {
    static const auto codes = table_lines(data::country_codes_txt(), "country_codes.txt");
    return std::binary_search(codes.begin(), codes.end(), code);
}

}  // namespace liaison::identifier
