#pragma once
// Selections to export: a small invented case in the shape of the DPRK bankers' (a bank, its people, wallets, a front company, a vessel,
// an article), a hostile one, and random ones of any size. All names are made up.

#include "liaison/query/selection.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace liaison::tests {

[[nodiscard]] query::Selection bankers();
/// The same people seen one hop further: everything of bankers() and more, for appending.
[[nodiscard]] query::Selection bankers_expanded();
/// One node for every name; a ring of edges carries them as labels and values too.
[[nodiscard]] query::Selection named(const std::vector<std::string>& names);
/// Names made to break writers and readers: markup, control characters, INF, null, right-to-left, astral, formulas.
[[nodiscard]] std::vector<std::string> hostile_names();
/// A scale-free graph with some isolates and small components. `rich`: properties, evidence and dates as a real list has.
[[nodiscard]] query::Selection random_selection(std::size_t nodes, std::size_t edges, std::uint64_t seed, bool rich);

}  // namespace liaison::tests
