#pragma once
// Books: records of an operator (customers, suppliers, wallets) that stay screened, and the alerts on them.
//
//   FILE.book-NAME      the records, one JSON object a line under the columns that `screen` reads; personal data, and the
//                       only place with it: deleting the file ends the watch and keeps the alerts
//   FILE.alerts-NAME    the alerts: record ids, listed entities, scores, states; no field of a record but its id
//
// Both are replaced as a whole by rename. An alert is about a pair and its evidence: a decision stands while the
// evidence stands, whatever else changes on the list, and the alert comes back with what changed when it does not.

#include "liaison/base/files.hpp"
#include "liaison/match/screen.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::monitor {

enum class State { fresh, under_review, false_positive, confirmed, closed };
[[nodiscard]] std::string_view name_of(State state) noexcept;  ///< "new", "under_review", ...
[[nodiscard]] std::optional<State> find_state(std::string_view name);

/// A record that matches an entity, as plain values.
struct Pair {
    std::string record;                           ///< id of the record
    std::string entity;                           ///< canonical id
    std::string caption;                          ///< of the entity
    double score = 0;
    std::map<std::string, std::string> evidence;  ///< what the score rests on; see evidence_of()
};

/// What matters: the listed name that matches and each piece of evidence with its verdict and what the list says, the
/// lists and the programmes. Nothing the record says; neither notes nor dates of modification of the list.
[[nodiscard]] std::map<std::string, std::string> evidence_of(const match::Explanation& explanation,
                                                             const std::vector<std::string>& datasets,
                                                             const std::vector<std::string>& programmes, bool listed);

struct Alert {
    std::string id;          ///< from book, record and entity: the same pair is the same alert
    std::string record;
    std::string entity;
    std::string caption;
    double score = 0;
    State state = State::fresh;
    std::map<std::string, std::string> evidence;
    std::string opened_at;   ///< ISO date-time
    std::string changed_at;
    std::string reason;      ///< why it is in this state: words of a person, or what changed
    std::string who;         ///< who put it there; "" for the screening itself
};

/// What a screening changed.
struct Update {
    std::uint64_t opened = 0;
    std::uint64_t reopened = 0;   ///< decided before, and evidence that matters has changed
    std::uint64_t closed = 0;     ///< the pair no longer matches
    std::uint64_t quiet = 0;      ///< matches as before
    std::vector<std::string> news;  ///< ids of opened and reopened alerts, sorted
};

/// How a book was last screened: against which state of the lists, with which thresholds.
struct Screening {
    std::string state;
    match::Options options;
};

/// A book's records.
class Book {
public:
    /// A name is 1 to 40 of a-z, 0-9, "-" and "_". Throws UsageError.
    Book(base::Path db, std::string name);
    [[nodiscard]] base::Path records_path() const;
    [[nodiscard]] base::Path alerts_path() const;
    [[nodiscard]] const std::string& name() const { return m_name; }
    /// Names of the books beside a store, sorted.
    [[nodiscard]] static std::vector<std::string> all(const base::Files& files, const base::Path& db);

    /// Replaces the records. Throws StoreError.
    void save_records(base::Files& files, const std::vector<match::Query>& records, const Screening& screening) const;
    /// Throws InputError when there is no such book or its file is damaged.
    [[nodiscard]] std::vector<match::Query> records() const;
    /// As given to save_records.
    [[nodiscard]] Screening screening() const;

    [[nodiscard]] std::vector<Alert> alerts(const base::Files& files) const;  ///< by record, then entity
    void save_alerts(base::Files& files, const std::vector<Alert>& alerts) const;

private:
    base::Path m_db;
    std::string m_name;
};

/// A record's fields under the columns of `screen`, and back.
[[nodiscard]] nlohmann::ordered_json record_json(const match::Query& query);
[[nodiscard]] match::Query query_from(const nlohmann::ordered_json& record);

[[nodiscard]] std::string alert_id(std::string_view book, std::string_view record, std::string_view entity);

/// Brings the alerts up to date with a screening of the whole book. `now`: ISO date-time.
Update update(std::vector<Alert>& alerts, const std::vector<Pair>& pairs, std::string_view book, std::string_view now);

/// A decision of a person. Throws UsageError for an unknown id.
Alert& decide(std::vector<Alert>& alerts, std::string_view id, State state, std::string_view who, std::string_view reason,
              std::string_view now);

[[nodiscard]] nlohmann::ordered_json to_json(const Alert& alert);

}  // namespace liaison::monitor
