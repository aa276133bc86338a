#pragma once
// One feed of a refresh: from its archived snapshot to committed statements.

#include "liaison/adapter/adapter.hpp"
#include "liaison/feed/archive.hpp"
#include "liaison/feed/guards.hpp"
#include "liaison/index/index.hpp"
#include "liaison/pipeline/refresh.hpp"
#include "liaison/store/store.hpp"

namespace liaison::pipeline {

/// A snapshot to be loaded.
struct Candidate {
    feed::Snapshot snapshot;
    std::string fetched_at;   ///< ISO date-time
    std::string modified;     ///< ISO date-time, or ""
    std::uint64_t bytes = 0;
    bool sample = false;
    bool judged = true;       ///< false: an operator has accepted it
    std::string note;
};

/// Parses, judges and loads. The report's status becomes fetched or refused; a refused snapshot is recorded with its
/// reason and changes nothing else. `index` is that of the lists, which news is linked to; may be null. Throws StoreError
/// and Interrupted.
void load_candidate(const Candidate& candidate, const feed::Manifest& manifest, const feed::Archive& archive,
                    const index::Index* index, store::Store& store, base::Progress& progress, FeedReport& report);

/// The facts that a later snapshot is compared with, from the counts kept with a stored one.
[[nodiscard]] feed::Facts facts_of(const store::Snapshot& snapshot);

}  // namespace liaison::pipeline
