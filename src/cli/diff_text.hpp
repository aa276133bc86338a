#pragma once
// A difference between two states of the lists, and the life of an entity, as text.

#include "liaison/query/history.hpp"

#include <string>

namespace liaison::cli {

/// For a terminal.
[[nodiscard]] std::string diff_table(const query::Difference& difference);
/// One line a changed property; whole entities have one line without a property.
[[nodiscard]] std::string diff_csv(const query::Difference& difference);
/// A report to mail: summary, then what was added, removed and changed for each list. What publishers wrote is escaped.
[[nodiscard]] std::string diff_markdown(const query::Difference& difference);
[[nodiscard]] std::string history_table(const query::History& history);

}  // namespace liaison::cli
