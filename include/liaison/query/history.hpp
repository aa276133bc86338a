#pragma once
// What changed between two states of the lists, and the life of one entity. Both read statements and their intervals
// from the store; no index is needed. Only published snapshots are compared: what was refused or failed to arrive is
// named in FeedChange::refused and never taken for a delisting.

#include "liaison/query/selection.hpp"
#include "liaison/store/store.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace liaison::query {

// --- diff: two states ------------------------------------------------------------------------------------------------

/// What is to be made of a difference.
enum class Nature {
    designation,   ///< an entity is on the list that never was before
    relisting,     ///< ... that had been on it earlier
    mention,       ///< added or changed, but without a listing of its own (a relative, an owner named in a record)
    delisting,     ///< gone from a list that was published whole, or its last listing has ended
    unreadable,    ///< gone because its record could not be read this time; see the issue
    changed_id,    ///< the same person or thing under another id of the publisher
    correction,    ///< listed before and after, with other values
};
[[nodiscard]] std::string_view name_of(Nature nature) noexcept;

/// One property, or a property of something that belongs to the entity (a listing, a document, an address).
struct PropertyChange {
    std::string property;  ///< "birthDate", or "Sanction:program" for a part
    std::string part;      ///< id of the part; "" for the entity itself
    std::vector<std::string> removed;
    std::vector<std::string> added;
};

enum class ChangeKind { added, removed, changed };
[[nodiscard]] std::string_view name_of(ChangeKind kind) noexcept;

struct EntityChange {
    std::string dataset;
    std::string id;           ///< canonical
    std::string source_id;    ///< of the publisher
    std::string previous_id;  ///< with changed_id: the source id before
    std::string caption;
    std::string schema;
    ChangeKind kind = ChangeKind::changed;
    Nature nature = Nature::correction;
    std::vector<std::string> programmes;  ///< before and after together, sorted
    std::vector<PropertyChange> properties;
    std::string note;         ///< the issue of an unreadable record; ""
};

struct SnapshotRef {
    std::int64_t id = 0;  ///< 0: none
    std::string hash;
    std::string published;
    std::string fetched_at;
};

struct ChangeCounts {
    std::uint64_t added = 0;
    std::uint64_t removed = 0;
    std::uint64_t changed = 0;
};

struct FeedChange {
    std::string dataset;
    /// "changed", "unchanged", "first-load" (the list was not loaded before: news to us, not to the world; counted, not
    /// itemised), "not-in-target" (the later state does not hold the list)
    std::string status;
    SnapshotRef from;
    SnapshotRef to;
    bool format_changed = false;        ///< another format of the publisher: many values differ in form only
    std::vector<std::string> refused;   ///< snapshots between the two that were refused, with their reasons
    ChangeCounts counts;
    std::map<std::string, ChangeCounts> programmes;
    std::map<std::string, std::uint64_t> natures;
};

struct Difference {
    std::string from;
    std::string to;
    std::vector<FeedChange> feeds;        ///< by id
    std::vector<EntityChange> entities;   ///< by dataset, kind, id
    [[nodiscard]] bool empty() const;     ///< no entity and no list came, went or changed
};

/// A state as people name it: a date (publication dates; fetch dates with `known`), "now", "last", the number of a
/// snapshot or at least 8 digits of its hash. As FROM "last" is the state before the newest snapshots came in, as TO it is
/// the newest one. A snapshot restricts the comparison to its feed. Throws UsageError.
[[nodiscard]] Difference diff(const store::Store& store, std::string_view from, std::string_view to, bool known = false);
/// Between two views.
[[nodiscard]] Difference diff(const store::Store& store, const store::View& from, const store::View& to);

// --- history: one entity ---------------------------------------------------------------------------------------------

struct Event {
    std::string date;        ///< publication date of the snapshot
    std::string known;       ///< when it was fetched, ISO date-time
    std::string dataset;
    std::string entity;      ///< source id
    std::string what;        ///< "listed", "delisted", "relisted", "alias added", "birthDate changed", ...
    PropertyChange change;   ///< empty for the entity as a whole
    std::int64_t snapshot = 0;
    std::string hash;
};
struct History {
    std::string id;          ///< canonical
    std::string caption;
    std::string schema;
    std::vector<std::string> sources;
    std::vector<Event> events;  ///< by date, then order of loading
};
/// Throws UsageError when no snapshot ever spoke of the id.
[[nodiscard]] History history(const store::Store& store, std::string_view id);

[[nodiscard]] nlohmann::ordered_json to_json(const EntityChange& change);
[[nodiscard]] nlohmann::ordered_json to_json(const FeedChange& change);
[[nodiscard]] nlohmann::ordered_json to_json(const Difference& difference);
[[nodiscard]] nlohmann::ordered_json to_json(const History& history);

}  // namespace liaison::query
