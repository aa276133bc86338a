#pragma once
// The store: entities and statements with their history, snapshots, issues, feed states, decisions. The only module
// with SQL; the schema is schemas/store.sql.

#include "liaison/base/clock.hpp"
#include "liaison/base/files.hpp"
#include "liaison/model/entity.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::store {

class Database;  // SQLite connection, private to this module

enum class SnapshotStatus { published, refused };

struct Snapshot {
    std::int64_t id = 0;
    std::string dataset;
    std::string hash;
    std::string format;
    std::string published;   ///< ISO date
    std::string fetched_at;  ///< ISO date-time
    SnapshotStatus status = SnapshotStatus::published;
    std::uint64_t bytes = 0;
    std::map<std::string, std::uint64_t> counts;
    bool sample = false;
    std::string note;
};

struct FeedState {
    std::string dataset;
    std::string attempted_at;
    std::string status;  ///< fetched, unchanged, absent, refused, failed
    std::string message;
    std::string validators;  ///< JSON
};

/// One snapshot of each dataset: what an answer is computed from. Every reading function takes one, so that an index,
/// its answers and their evidence always speak of the same state, whatever was loaded meanwhile.
struct View {
    std::map<std::string, std::int64_t> snapshots;  ///< dataset -> snapshot id
    std::string as_of;                              ///< ISO date, "" for the present

    /// Stable name of the state: hex digest of the snapshots' hashes.
    std::string fingerprint;
};

struct Statement {
    std::string entity;
    std::string property;  ///< "schema" for what the entity is
    std::string value;
    std::string lang;
    std::string original;
    std::string dataset;
    std::string file;
    std::uint64_t line = 0;
    std::int64_t first = 0;                ///< snapshot id
    std::optional<std::int64_t> last;      ///< snapshot id; absent while it stands
};

struct StoredIssue {
    std::string dataset;
    std::int64_t snapshot = 0;
    base::Issue issue;
};

/// What a load changed.
struct LoadSummary {
    std::uint64_t entities = 0;
    std::uint64_t statements = 0;
    std::uint64_t added = 0;    ///< statements
    std::uint64_t ended = 0;
    std::uint64_t issues = 0;
    std::map<std::string, std::uint64_t> schemata;       ///< entities by schema
    std::map<std::string, std::uint64_t> issue_reasons;
};

/// Takes what an adapter reads into an open transaction. Nothing is visible to anyone before commit(); the destructor
/// rolls back.
class Loader final : public model::StatementSink {
public:
    ~Loader() override;
    Loader(Loader&&) noexcept;
    Loader& operator=(Loader&&) = delete;

    void entity(model::Entity entity) override;
    void issue(base::Issue issue) override;
    /// Without ending the previous statements: what the counts would be. For guards.
    [[nodiscard]] const LoadSummary& so_far() const;
    /// Ends the statements that the snapshot no longer holds, records the snapshot (id and dataset are set here) and
    /// commits. Throws StoreError; nothing is changed then.
    LoadSummary commit(Snapshot snapshot);

private:
    friend class Store;
    struct State;
    explicit Loader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

enum class Access { read, write };

class Store {
public:
    /// Opens FILE; with Access::write creates it when missing. Throws StoreError: no such store (hint: refresh first),
    /// not a store, a newer or older version (hint), damaged, read-only.
    static Store open(const base::Path& file, Access access);
    ~Store();
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;

    [[nodiscard]] const base::Path& path() const;

    // Snapshots and feeds
    [[nodiscard]] std::vector<Snapshot> snapshots(std::string_view dataset = {}) const;  ///< by id
    [[nodiscard]] std::optional<Snapshot> latest(std::string_view dataset) const;        ///< published ones only
    [[nodiscard]] std::optional<Snapshot> snapshot(std::int64_t id) const;
    void record_refusal(Snapshot snapshot);  ///< keeps a refused snapshot listable, for refresh --accept
    void set_feed_state(const FeedState& state);
    [[nodiscard]] std::vector<FeedState> feed_states() const;
    void add_run(std::string_view started_at, std::string_view report_json);
    [[nodiscard]] std::vector<std::string> runs(std::size_t limit) const;  ///< newest first, JSON

    // Views
    [[nodiscard]] View current_view() const;
    [[nodiscard]] View view_as_of(std::string_view date) const;     ///< by publication date
    [[nodiscard]] View view_known_on(std::string_view date) const;  ///< by fetch date


    // Writing
    [[nodiscard]] Loader begin_load(std::string_view dataset);

    // Reading
    /// Every statement that stands in the view, in order of the entity's first appearance in the store.
    struct Row {
        std::int64_t entity;       ///< dense enough to index a vector (see entity_count)
        std::uint32_t dataset;     ///< term id; resolve with term()
        std::uint32_t property;    ///< term id
        std::uint32_t lang;        ///< term id or 0
        std::string_view value;
        std::string_view original;
        std::int64_t first;
    };
    void for_each_statement(const View& view, const std::function<void(const Row&)>& visit) const;
    [[nodiscard]] const std::string& term(std::uint32_t id) const;
    [[nodiscard]] std::int64_t max_entity() const;
    void for_each_entity(const std::function<void(std::int64_t id, std::string_view key)>& visit) const;

    /// All statements of one entity: those standing in the view, or with `history` all that ever stood.
    [[nodiscard]] std::vector<Statement> statements_of(std::string_view entity, const View& view, bool history = false) const;
    /// All statements that ever stood whose value is one of the ids and whose property is entity-typed ("entity",
    /// "holder", "owner", ...). Reads the whole table: for reports, not for queries.
    [[nodiscard]] std::vector<Statement> statements_referring_to(const std::set<std::string>& ids) const;
    /// Statements that begin or end after `from` and up to `to` in one dataset (snapshot ids).
    void for_each_change(std::string_view dataset, std::int64_t from, std::int64_t to,
                         const std::function<void(const Statement&, bool added)>& visit) const;

    [[nodiscard]] std::vector<StoredIssue> issues(const View& view, std::string_view dataset = {},
                                                  std::string_view reason = {}, std::size_t limit = 0) const;
    [[nodiscard]] std::map<std::string, std::map<std::string, std::uint64_t>> issue_counts(const View& view) const;

    // Decisions of persons (never deleted) and what resolve derives from them
    struct Decision {
        std::int64_t id = 0;
        std::string one;         ///< source ids, one < other
        std::string other;
        std::string judgement;   ///< same, different, unsure
        std::string who;
        std::string decided_at;  ///< ISO date-time
        std::string reason;
        std::string evidence;    ///< JSON: what was known when it was decided
    };
    /// A later decision on a pair stands in place of an earlier one, which stays in the record.
    void add_decision(const Decision& decision);
    /// The last decision on each pair, by pair; with a date only those made up to that day.
    [[nodiscard]] std::vector<Decision> decisions(std::string_view until = {}) const;
    struct Review {
        std::string one;
        std::string other;
        double score = 0;
        std::string explanation;  ///< JSON
    };
    void replace_reviews(const std::vector<Review>& reviews);
    [[nodiscard]] std::vector<Review> reviews() const;  ///< most probable first

    // Clusters (written by resolve)
    [[nodiscard]] std::map<std::string, std::string> clusters() const;  ///< member -> canonical
    void replace_clusters(const std::map<std::string, std::string>& clusters);

    /// Changes with everything that an index is derived from (snapshots, clusters).
    [[nodiscard]] std::string generation() const;
    /// SQLite's own integrity check and ours (dangling references, intervals); one line a finding, empty when clean.
    [[nodiscard]] std::vector<std::string> check() const;

    [[nodiscard]] Database& database() const { return *m_database; }  ///< for the other files of this module

private:
    explicit Store(base::Path file, std::unique_ptr<Database> database);
    base::Path m_path;
    std::unique_ptr<Database> m_database;
    mutable std::vector<std::string> m_terms;
};

}  // namespace liaison::store
