#pragma once
// What one refresh did: printed, stored in the run table, and given to monitoring.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace liaison::pipeline {

/// What became of one feed.
struct FeedReport {
    std::string id;
    std::string status;            ///< fetched, unchanged, absent, refused, failed
    std::string reason;            ///< stable kebab-case for refused and failed, else ""
    std::string message;           ///< for a person; "" when all is well
    std::string hint;
    std::string snapshot;          ///< SHA-256 in service after the run, "" when none ever was
    std::string format;
    std::string publication_date;  ///< of the snapshot in service
    std::int64_t age_days = 0;     ///< of the snapshot in service
    bool overdue = false;          ///< older than its cadence allows
    bool sample = false;
    std::uint64_t bytes = 0;       ///< transferred
    std::uint64_t entities = 0;    ///< in the snapshot read in this run
    std::uint64_t statements = 0;
    std::uint64_t added = 0;       ///< statements that begin
    std::uint64_t ended = 0;
    std::uint64_t issues = 0;
    std::map<std::string, std::uint64_t> issue_reasons;
    std::map<std::string, std::uint64_t> schemata;
    std::map<std::string, std::int64_t> change;      ///< schema -> difference to the last good snapshot
    std::map<std::string, std::uint64_t> records;    ///< publisher's own kinds
    std::vector<std::string> warnings;
    double seconds = 0;
};

struct RunReport {
    std::string started_at;
    std::vector<FeedReport> feeds;                 ///< by id
    std::vector<std::string> warnings;
    std::vector<std::string> canaries;             ///< names listed since years that are no longer found
    std::map<std::string, double> seconds;         ///< by stage: feeds, resolve, index
    bool index_built = false;
    std::uint64_t clusters = 0;                    ///< source ids that are in a cluster, when resolved in this run
    std::uint64_t review = 0;                      ///< pairs that wait for a person
    std::uint64_t pruned_snapshots = 0;            ///< raw snapshots beyond their retention
    std::uint64_t audit_seq = 0;                   ///< newest line of the audit log after the run; kept in the store's
    std::string audit_hash;                        ///< run table too, so that a cut log shows
    std::uint64_t peak_memory_kib = 0;

    [[nodiscard]] bool complete() const;           ///< no feed refused or failed, all canaries found
};

[[nodiscard]] nlohmann::ordered_json to_json(const RunReport& report);

}  // namespace liaison::pipeline
