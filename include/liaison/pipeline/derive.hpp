#pragma once
// What is derived from the store after it changed: clusters and review queue, then the index of the present.

#include "liaison/base/files.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/resolve/resolve.hpp"
#include "liaison/store/store.hpp"

#include <map>
#include <string>

namespace liaison::pipeline {

struct Derived {
    resolve::Outcome resolution;
    bool resolved = false;                ///< false: nothing had changed since the last time, or only news
    bool index_built = false;
    std::map<std::string, double> seconds;
};

enum class Resolve {
    when_changed,  ///< when the index is not that of the store
    always,        ///< although no list changed: a person has decided something
    keep           ///< no list changed since the last time, only news: the clusters stand
};

/// Brings clusters and index up to date with the store. The caller holds the lease (take_lease).
[[nodiscard]] Derived derive(store::Store& store, base::Files& files, base::Progress& progress, Resolve mode);

/// One writer at a time for a store. Throws StoreError when another has it.
[[nodiscard]] std::unique_ptr<base::FileLock> take_lease(base::Files& files, const base::Path& db);

}  // namespace liaison::pipeline
