#pragma once
// Leaves parts of a selection out, before it is drawn: by what a node is, by when it was first seen, by how strong an edge
// is, and by how many nodes a person can look at. Every cut is said in the selection's notes.

#include "liaison/query/selection.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace liaison::exports {

struct Narrowing {
    std::vector<std::string> schemata;  ///< nodes of these or of what extends them; empty: all. Unknown: UsageError
    std::string since;                  ///< ISO date: nodes and edges first seen or listed on it or later, and the ends of such edges
    double least_strength = 0;          ///< edges weaker than this go
    std::size_t limit = 0;              ///< nodes; 0 = all. Nearest first, then by the strength of their edges, then by id
    bool drop_isolated = false;         ///< nodes that have lost their last edge go (not those that had none)
};

/// Nodes at distance 0 are what was asked for: only the limit can cut them, and last.
void narrow(query::Selection& selection, const Narrowing& narrowing);

}  // namespace liaison::exports
