#pragma once
// What a refresh leaves behind for those who check it later: canaries, retention, the audit record.

#include "liaison/audit/log.hpp"
#include "liaison/base/clock.hpp"
#include "liaison/feed/archive.hpp"
#include "liaison/feed/manifest.hpp"
#include "liaison/index/index.hpp"
#include "liaison/pipeline/report.hpp"
#include "liaison/store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace liaison::pipeline {

/// "<feed>: <name>" of each canary of a feed in service (samples apart) that no entity of the feed bears any more.
[[nodiscard]] std::vector<std::string> missing_canaries(const index::Index& index, const store::Store& store,
                                                        const store::View& view, const feed::Registry& feeds);

/// Removes raw snapshots that went out of service more than `retention_days` ago, are not the last refused one of their
/// feed, and are cited by no screening in the audit log; and what no snapshot names. The number of snapshots removed.
std::uint64_t prune(feed::Archive& archive, const store::Store& store, const base::Path& db, base::Instant now,
                    std::int64_t retention_days);

/// The body of the audit log's record of a refresh.
[[nodiscard]] audit::Json audit_record(const RunReport& report, std::string_view version);

}  // namespace liaison::pipeline
