#pragma once
// The names that can reach a floor, without looking at the others. The essay on why nothing is lost is in candidates.cpp.

#include "liaison/index/names.hpp"
#include "liaison/match/name_score.hpp"

#include <cstdint>
#include <vector>

namespace liaison::match {

/// Appends every name of the reading `kind` whose score against `query` can be `floor` or more; some others too. Each once,
/// in no particular order.
void find_candidates(const index::NamesView& view, const PreparedName& query, name::Kind kind, double floor, std::vector<std::uint32_t>& names);

}  // namespace liaison::match
