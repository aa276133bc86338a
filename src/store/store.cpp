#include "liaison/store/store.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison_store_data.hpp"
#include "store/database.hpp"
#include "store/rows.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace liaison::store {
namespace {

constexpr std::string_view kSchemaVersion = "1";

bool table_exists(const Database& database, std::string_view name) {
    Query query = database.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
    return query.bind(1, name).step();
}

void create_schema(Database& database) {
    Transaction transaction(database);
    database.execute(std::string(data::store_sql()).c_str());
    Query insert = database.query("INSERT INTO property (key, value) VALUES (?, ?)");
    insert.bind(1, "schema_version").bind(2, kSchemaVersion).run();
    insert.bind(1, "generation").bind(2, "0").run();
    transaction.commit();
}

void check_version(const Database& database, const base::Path& file) {
    if (!table_exists(database, "property")) {
        throw base::StoreError(fmt::format("{} is not a liaison store", file.string()),
                               "name the right file with --db, or refresh into a new one");
    }
    Query query = database.query("SELECT value FROM property WHERE key = 'schema_version'");
    const std::string version = query.step() ? std::string(query.text(0)) : "";
    if (version != kSchemaVersion) {
        throw base::StoreError(
            fmt::format("store {} has schema version {}; this liaison reads version {}", file.string(),
                        version.empty() ? "(none)" : version, kSchemaVersion),
            "use the liaison that wrote it, or refresh into a new store with --db");
    }
}

/// What a refresh wrote last decides which index is current; the number only ever grows.
void bump_generation(Database& database) {
    database.execute("UPDATE property SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'generation'");
}

void write_snapshot(Database& database, const Snapshot& snapshot) {
    Query insert = database.query(
        "INSERT INTO snapshot (dataset, hash, format, published, fetched_at, status, bytes, counts, sample, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const std::string counts = nlohmann::json(snapshot.counts).dump();
    insert.bind(1, snapshot.dataset).bind(2, snapshot.hash).bind(3, snapshot.format).bind(4, snapshot.published);
    insert.bind(5, snapshot.fetched_at);
    insert.bind(6, snapshot.status == SnapshotStatus::published ? "published" : "refused");
    insert.bind(7, static_cast<std::int64_t>(snapshot.bytes)).bind(8, counts);
    insert.bind(9, static_cast<std::int64_t>(snapshot.sample)).bind(10, snapshot.note);
    insert.run();
}

View make_view(const Database& database, Query& query, std::string as_of) {
    View view;
    view.as_of = std::move(as_of);
    std::string identity;
    while (query.step()) {
        const std::string dataset(query.text(0));
        view.snapshots.emplace(dataset, query.integer(1));
        identity += fmt::format("{}={}@{};", dataset, query.text(2), query.integer(1));
    }
    if (view.as_of.empty()) {
        Query generation = database.query("SELECT value FROM property WHERE key = 'cluster_generation'");
        identity += generation.step() ? generation.text(0) : std::string_view("0");
    } else {
        // A view of the past has clusters of its own, from its entities and what had been decided by then.
        Query decided = database.query("SELECT coalesce(max(id), 0) FROM decision WHERE substr(decided_at, 1, 10) <= ?");
        decided.bind(1, view.as_of).step();
        identity += fmt::format("as of {} with {}", view.as_of, decided.integer(0));
    }
    view.fingerprint = base::to_hex(base::sha256(identity)).substr(0, 16);
    return view;
}

}  // namespace

Snapshot snapshot_from_row(const Query& query) {
    Snapshot snapshot;
    snapshot.id = query.integer(0);
    snapshot.dataset = query.text(1);
    snapshot.hash = query.text(2);
    snapshot.format = query.text(3);
    snapshot.published = query.text(4);
    snapshot.fetched_at = query.text(5);
    snapshot.status = query.text(6) == "published" ? SnapshotStatus::published : SnapshotStatus::refused;
    snapshot.bytes = static_cast<std::uint64_t>(query.integer(7));
    const auto counts = nlohmann::json::parse(query.text(8), nullptr, false);
    if (counts.is_object()) {
        for (const auto& [name, count] : counts.items()) {
            snapshot.counts[name] = count.is_number_unsigned() ? count.get<std::uint64_t>() : 0;
        }
    }
    snapshot.sample = query.integer(9) != 0;
    snapshot.note = query.text(10);
    return snapshot;
}

Store::Store(base::Path file, std::unique_ptr<Database> database) : m_path(std::move(file)), m_database(std::move(database)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Store Store::open(const base::Path& file, Access access) {
    std::error_code error;
    const bool exists = std::filesystem::exists(file, error);
    if (!exists && access == Access::read) {
        throw base::StoreError(fmt::format("there is no store at {}", file.string()),
                               "run 'liaison refresh' first, or name another with --db");
    }
    auto database = std::make_unique<Database>(file, access == Access::write, !exists);
    if (access == Access::write) {
        database->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768");
        if (!table_exists(*database, "property") && !table_exists(*database, "statement")) {
            create_schema(*database);
        }
    }
    check_version(*database, file);
    return Store(file, std::move(database));
}

const base::Path& Store::path() const { return m_path; }

std::vector<Snapshot> Store::snapshots(std::string_view dataset) const {
    Query query = m_database->query(fmt::format("SELECT {} FROM snapshot WHERE ?1 = '' OR dataset = ?1 ORDER BY id",
                                                kSnapshotColumns));
    query.bind(1, dataset);
    std::vector<Snapshot> found;
    while (query.step()) {
        found.push_back(snapshot_from_row(query));
    }
    return found;
}

std::optional<Snapshot> Store::latest(std::string_view dataset) const {
    Query query = m_database->query(fmt::format(
        "SELECT {} FROM snapshot WHERE dataset = ? AND status = 'published' ORDER BY id DESC LIMIT 1", kSnapshotColumns));
    return query.bind(1, dataset).step() ? std::optional(snapshot_from_row(query)) : std::nullopt;
}

std::optional<Snapshot> Store::snapshot(std::int64_t id) const {
    Query query = m_database->query(fmt::format("SELECT {} FROM snapshot WHERE id = ?", kSnapshotColumns));
    return query.bind(1, id).step() ? std::optional(snapshot_from_row(query)) : std::nullopt;
}

void Store::record_refusal(Snapshot snapshot) {
    snapshot.status = SnapshotStatus::refused;
    Transaction transaction(*m_database);
    write_snapshot(*m_database, snapshot);
    transaction.commit();
}

void Store::set_feed_state(const FeedState& state) {
    Query query = m_database->query(
        "INSERT OR REPLACE INTO feed_state (dataset, attempted_at, status, message, validators) VALUES (?, ?, ?, ?, ?)");
    query.bind(1, state.dataset).bind(2, state.attempted_at).bind(3, state.status).bind(4, state.message);
    query.bind(5, state.validators).run();
}

std::vector<FeedState> Store::feed_states() const {
    Query query = m_database->query(
        "SELECT dataset, attempted_at, status, message, validators FROM feed_state ORDER BY dataset");
    std::vector<FeedState> states;
    while (query.step()) {
        states.push_back({std::string(query.text(0)), std::string(query.text(1)), std::string(query.text(2)),
                          std::string(query.text(3)), std::string(query.text(4))});
    }
    return states;
}

void Store::add_run(std::string_view started_at, std::string_view report_json) {
    Query query = m_database->query("INSERT INTO run (started_at, report) VALUES (?, ?)");
    query.bind(1, started_at).bind(2, report_json).run();
}

std::vector<std::string> Store::runs(std::size_t limit) const {
    Query query = m_database->query("SELECT report FROM run ORDER BY id DESC LIMIT ?");
    query.bind(1, static_cast<std::int64_t>(limit));
    std::vector<std::string> reports;
    while (query.step()) {
        reports.emplace_back(query.text(0));
    }
    return reports;
}

View Store::current_view() const {
    Query query = m_database->query(
        "SELECT dataset, max(id), hash FROM snapshot WHERE status = 'published' GROUP BY dataset ORDER BY dataset");
    return make_view(*m_database, query, "");
}

View Store::view_as_of(std::string_view date) const {
    Query query = m_database->query(
        "SELECT dataset, max(id), hash FROM snapshot WHERE status = 'published' AND published <= ? "
        "GROUP BY dataset ORDER BY dataset");
    query.bind(1, date);
    return make_view(*m_database, query, std::string(date));
}

View Store::view_known_on(std::string_view date) const {
    Query query = m_database->query(
        "SELECT dataset, max(id), hash FROM snapshot WHERE status = 'published' AND substr(fetched_at, 1, 10) <= ? "
        "GROUP BY dataset ORDER BY dataset");
    query.bind(1, date);
    return make_view(*m_database, query, std::string(date));
}

const std::string& Store::term(std::uint32_t id) const {
    if (m_terms.size() <= id) {
        Query query = m_database->query("SELECT id, text FROM term");
        m_terms.clear();
        m_terms.resize(id + 1);
        while (query.step()) {
            const auto index = static_cast<std::size_t>(query.integer(0));
            if (m_terms.size() <= index) {
                m_terms.resize(index + 1);
            }
            m_terms[index] = query.text(1);
        }
    }
    return m_terms[id];
}

std::int64_t Store::max_entity() const {
    Query query = m_database->query("SELECT coalesce(max(id), 0) FROM entity");
    query.step();
    return query.integer(0);
}

std::map<std::string, std::string> Store::clusters() const {
    Query query = m_database->query("SELECT member, canonical FROM cluster ORDER BY member");
    std::map<std::string, std::string> clusters;
    while (query.step()) {
        clusters.emplace_hint(clusters.end(), query.text(0), query.text(1));
    }
    return clusters;
}

void Store::replace_clusters(const std::map<std::string, std::string>& clusters) {
    if (clusters == this->clusters()) {
        return;
    }
    Transaction transaction(*m_database);
    m_database->execute("DELETE FROM cluster");
    Query insert = m_database->query("INSERT INTO cluster (member, canonical) VALUES (?, ?)");
    std::string identity;
    for (const auto& [member, canonical] : clusters) {
        insert.bind(1, member).bind(2, canonical).run();
        identity += member + '>' + canonical + ';';
    }
    Query property = m_database->query("INSERT OR REPLACE INTO property (key, value) VALUES ('cluster_generation', ?)");
    property.bind(1, base::to_hex(base::sha256(identity)).substr(0, 16)).run();
    bump_generation(*m_database);
    transaction.commit();
}

std::string Store::generation() const {
    Query query = m_database->query("SELECT value FROM property WHERE key = 'generation'");
    return query.step() ? std::string(query.text(0)) : "";
}

std::vector<std::string> Store::check() const {
    std::vector<std::string> findings;
    Query integrity = m_database->query("PRAGMA quick_check(20)");
    while (integrity.step()) {
        if (integrity.text(0) != "ok") {
            findings.push_back(fmt::format("store: {}", integrity.text(0)));
        }
    }
    struct Rule {
        const char* sql;
        const char* message;
    };
    static constexpr Rule kRules[] = {
        {"SELECT count(*) FROM statement WHERE first NOT IN (SELECT id FROM snapshot WHERE status = 'published')",
         "statements begin with a snapshot that the store does not hold"},
        {"SELECT count(*) FROM statement WHERE last IS NOT NULL AND last NOT IN (SELECT id FROM snapshot WHERE status = 'published')",
         "statements end with a snapshot that the store does not hold"},
        {"SELECT count(*) FROM statement WHERE last < first", "statements end before they begin"},
        {"SELECT count(*) FROM statement WHERE entity NOT IN (SELECT id FROM entity)", "statements have no entity"},
        {"SELECT count(*) FROM statement WHERE property NOT IN (SELECT id FROM term) OR dataset NOT IN (SELECT id FROM term)",
         "statements have no property or dataset"},
    };
    for (const Rule& rule : kRules) {
        Query query = m_database->query(rule.sql);
        if (query.step() && query.integer(0) > 0) {
            findings.push_back(fmt::format("store: {} {}", query.integer(0), rule.message));
        }
    }
    return findings;
}

void publish_snapshot(Database& database, const Snapshot& snapshot) {
    write_snapshot(database, snapshot);
    bump_generation(database);
}

}  // namespace liaison::store
