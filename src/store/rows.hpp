#pragma once
// Shared by the files of this module: rows to values and back.

#include "liaison/store/store.hpp"

#include <string_view>

namespace liaison::store {

class Query;

inline constexpr std::string_view kSnapshotColumns =
    "id, dataset, hash, format, published, fetched_at, status, bytes, counts, sample, note";
[[nodiscard]] Snapshot snapshot_from_row(const Query& query);

/// Inside the caller's transaction: adds the row as published and makes every index outdated.
void publish_snapshot(Database& database, const Snapshot& snapshot);

}  // namespace liaison::store
