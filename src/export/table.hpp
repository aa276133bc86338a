#pragma once
// The columns that every tabular format shares: one list for nodes and one for edges. Ids are what Gephi accepts
// ([a-z][a-z0-9_ ]*, none of its reserved ones), titles are unique, metric columns carry Gephi's own ids and types, so
// that a statistic run there overwrites ours instead of adding a twin.

#include "liaison/export/drawing.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::exports {

enum class ColumnType : std::uint8_t { string, boolean, integer, real, list };  ///< list: values apart, "; " between where text
[[nodiscard]] std::string_view gexf_type(ColumnType type, bool lists);

template <class Row>
struct Column {
    std::string_view id;
    std::string_view title;
    ColumnType type;
    /// Appends the values of a row, already cleaned: none, one, or several for a list.
    void (*read)(const Row& row, std::vector<std::string>& values);
};
using NodeColumn = Column<DrawnNode>;
using EdgeColumn = Column<DrawnEdge>;

/// `metrics`: with page rank, betweenness, communities.
[[nodiscard]] std::vector<NodeColumn> node_columns(bool metrics);
[[nodiscard]] std::span<const EdgeColumn> edge_columns();

/// One text for a row's values ("" = no value), joined with "; " and cut at 32,768 bytes.
[[nodiscard]] std::string join_values(const std::vector<std::string>& values, std::size_t& cuts);

/// A value as JSON: booleans and numbers bare, lists as arrays, the rest as strings. `values` must not be empty.
void append_json_value(std::string& out, ColumnType type, const std::vector<std::string>& values, bool html_safe = false);
/// `,"id":value` for every column that has one; the id's spaces become underscores.
void append_json_columns(std::string& out, const DrawnNode& node, std::span<const NodeColumn> columns, bool html_safe = false);
void append_json_columns(std::string& out, const DrawnEdge& edge, std::span<const EdgeColumn> columns, bool html_safe = false);

}  // namespace liaison::exports
