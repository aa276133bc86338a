#pragma once
// The refresh: fetch, parse, judge, store, resolve, index, check canaries, prune, record, report. One at a time for a store; readers go on with the
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

/// Raw snapshots are kept this long after they went out of service: ten years and the leap days in them
/// (31 CFR 501.601). What a recorded screening rests on is kept for ever.
inline constexpr std::int64_t kRetentionDays = 3653;

struct RefreshOptions {
    base::Path db;
    std::vector<std::string> feeds;  ///< ids; empty: all enabled ones
    base::Path mirror;               ///< take files from here instead of the network; empty: network
    bool offline = false;            ///< no network: without a mirror only what is archived is used
    std::string accept;              ///< publish this feed's last refused snapshot
    std::string accept_reason;
    std::string operator_name;       ///< who runs or accepts, for the record
    std::string version;             ///< of the program, for the record
    base::Path audit_key;            ///< "": FILE.audit.key
    std::int64_t retention_days = kRetentionDays;
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
