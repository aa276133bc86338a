#pragma once
// The refresh: fetch, parse, judge, store, resolve, index, report. One at a time for a store; readers go on with the
// old index until the new one is in place.

#include "liaison/base/clock.hpp"
#include "liaison/base/files.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/feed/manifest.hpp"
#include "liaison/feed/transport.hpp"
#include "liaison/pipeline/report.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace liaison::pipeline {

struct RefreshOptions {
    base::Path db;
    std::vector<std::string> feeds;  ///< ids; empty: all enabled ones
    base::Path mirror;               ///< take files from here instead of the network; empty: network
    bool offline = false;            ///< no network: without a mirror only what is archived is used
    std::string accept;              ///< publish this feed's last refused snapshot
    std::string accept_reason;
    std::string operator_name;       ///< who accepts, for the record
};

/// The world outside, passed in.
struct World {
    base::Files& files;
    base::Clock& clock;
    base::Progress& progress;
    std::function<std::unique_ptr<feed::Transport>()> make_transport;
};

/// Throws UsageError (unknown feed), StoreError, Interrupted. A feed that fails is a line of the report.
[[nodiscard]] RunReport refresh(const RefreshOptions& options, const feed::Registry& feeds, World& world);

}  // namespace liaison::pipeline
