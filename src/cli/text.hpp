#pragma once
// Text for people and spreadsheets: aligned tables, CSV cells, the list versions under an answer.

#include "liaison/query/selection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace liaison::cli {

/// Columns aligned by display width (combining marks and wide characters counted); the first row is the heading.
class Table {
public:
    explicit Table(std::vector<std::string> heading);
    void add(std::vector<std::string> row);
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

/// Control characters and bidirectional overrides made visible, so that a name cannot repaint a terminal.
[[nodiscard]] std::string printable(std::string_view text);

/// One RFC 4180 line with CRLF. Cells that a spreadsheet would run as a formula (= + - @ tab CR first) get an
/// apostrophe before them.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// "checked against: …" with dates and ages, and a warning line for each stale or sample list.
[[nodiscard]] std::string context_lines(const query::Context& context);

}  // namespace liaison::cli
