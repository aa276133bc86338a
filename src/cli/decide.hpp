#pragma once
// Recording judgements of persons on pairs of source entities; shared by resolve and review.

#include "cli/options.hpp"

#include "liaison/pipeline/derive.hpp"

#include <string>
#include <vector>

namespace liaison::cli {

/// Throws UsageError unless both ids are source ids of the store's lists.
void require_source_ids(const query::Engine& engine, const std::string& one, const std::string& other);

/// The store's record of a decision made now.
[[nodiscard]] store::Store::Decision make_decision(const Environment& environment, const std::string& one, const std::string& other,
                                                   const std::string& judgement, const std::string& who, const std::string& reason);

/// Writes the decisions, then clusters and index anew; the caller has not opened the store for writing.
[[nodiscard]] pipeline::Derived decide(Environment& environment, const base::Path& db, const std::vector<store::Store::Decision>& decisions);

}  // namespace liaison::cli
