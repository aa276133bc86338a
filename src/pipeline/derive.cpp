#include "liaison/pipeline/derive.hpp"

#include "liaison/base/error.hpp"
#include "liaison/index/index.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

namespace liaison::pipeline {
namespace {

bool is_current(const base::Files& files, const base::Path& path, const store::View& view) {
    if (!files.exists(path)) {
        return false;
    }
    try {
        return index::Container::open(path).fingerprint() == view.fingerprint;
    } catch (const base::StoreError&) {
        return false;  // damaged or of another version: to be built again
    }
}

std::vector<store::Store::Review> reviews_of(const resolve::Outcome& outcome) {
    std::vector<store::Store::Review> reviews;
    for (const resolve::ReviewPair& pair : outcome.review) {
        nlohmann::ordered_json explanation;
        for (std::size_t i = 0; i < resolve::kFeatures; ++i) {
            if (pair.features[i] != 0) {
                explanation[std::string(resolve::to_string(static_cast<resolve::Feature>(i)))] = pair.features[i];
            }
        }
        reviews.push_back({pair.one, pair.other, pair.probability, explanation.dump()});
    }
    return reviews;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

std::unique_ptr<base::FileLock> take_lease(base::Files& files, const base::Path& db) {
    if (!db.parent_path().empty()) {
        files.create_folders(db.parent_path());
    }
    base::Path path = db;
    path += ".lock";
    auto lock = files.try_lock(path);
    if (!lock) {
        throw base::StoreError(fmt::format("another refresh of {} is running", db.string()),
                               "wait for it to end; its lease goes with its process");
    }
    return lock;
}

Derived derive(store::Store& store, base::Files& files, base::Progress& progress, Resolve mode) {
    Derived derived;
    store::View view = store.current_view();
    if (view.snapshots.empty()) {
        return derived;
    }
    const base::Path path = index::path_of(store.path(), view);
    if (mode != Resolve::always && is_current(files, path, view)) {
        return derived;
    }
    auto start = std::chrono::steady_clock::now();
    if (mode != Resolve::keep) {
        progress.begin("resolving", 0, "pairs");
        resolve::Options options;
        options.jobs = std::max(1U, std::thread::hardware_concurrency());
        derived.resolution = resolve::resolve(store, view, options);
        derived.resolved = true;
        store.replace_clusters(derived.resolution.clusters);
        store.replace_reviews(reviews_of(derived.resolution));
        progress.end();
        derived.seconds["resolve"] = seconds_since(start);
    }

    start = std::chrono::steady_clock::now();
    view = store.current_view();  // its fingerprint names the clusters
    index::build(store, view, store.clusters(), files, path, progress);
    derived.index_built = true;
    derived.seconds["index"] = seconds_since(start);
    return derived;
}

}  // namespace liaison::pipeline
