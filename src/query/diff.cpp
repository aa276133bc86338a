// Two states of the lists, feed by feed. Statements that stand in one snapshot and not in the other name the entities
// that are touched; those are read whole on both sides and compared. The cost is that of what changed, and two scans
// for who owns which part.

#include "liaison/base/error.hpp"
#include "liaison/model/date.hpp"
#include "liaison/name/name.hpp"
#include "query/life.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace liaison::query {
namespace {

constexpr std::size_t kHashDigits = 8;  ///< least number of hex digits that name a snapshot
constexpr std::size_t kRunsSearched = 100;

SnapshotRef reference_to(const store::Store& store, const store::View& view, const std::string& dataset, std::string* format) {
    const auto found = view.snapshots.find(dataset);
    if (found == view.snapshots.end()) {
        return {};
    }
    const auto snapshot = store.snapshot(found->second);
    if (!snapshot) {
        return {};
    }
    *format = snapshot->format;
    return {snapshot->id, snapshot->hash, snapshot->published, snapshot->fetched_at};
}

/// What tells a person or thing by more than its id: name and birth date, or a number that an authority gave it.
std::set<std::string> identity_keys(const State& state) {
    static constexpr const char* kDates[] = {"birthDate", "incorporationDate", "buildDate"};
    static constexpr const char* kNumbers[] = {"imoNumber", "leiCode", "registrationNumber", "innCode", "ogrnCode", "mmsi",
                                               "serialNumber", "publicKey"};
    std::set<std::string> keys;
    for (const char* date : kDates) {
        const auto dates = state.values.find(date);
        const auto names = state.values.find("name");
        if (dates == state.values.end() || names == state.values.end()) {
            continue;
        }
        for (const Text& name : names->second) {
            for (const Text& value : dates->second) {
                // A year alone is shared by too many namesakes.
                if (value.value.size() >= std::string_view("1970-01-01").size()) {
                    keys.insert(fmt::format("{}|{}|{}", name::normalise(name.value), date, value.value));
                }
            }
        }
    }
    for (const char* number : kNumbers) {
        if (const auto values = state.values.find(number); values != state.values.end()) {
            for (const Text& value : values->second) {
                keys.insert(fmt::format("{}|{}", number, value.value));
            }
        }
    }
    return keys;
}

struct Sides {
    State before;
    State after;
};

class FeedDiff {
public:
    FeedDiff(const store::Store& store, const std::map<std::string, std::string>& clusters, FeedChange& feed)
        : m_store(store), m_clusters(clusters), m_feed(feed), m_lives(store, feed.dataset) {}

    std::vector<EntityChange> run() {
        std::set<std::string> touched;
        m_store.for_each_change(m_feed.dataset, m_feed.from.id, m_feed.to.id,
                                [&](const store::Statement& statement, bool) { touched.insert(statement.entity); });
        m_all = m_lives.load(touched);
        for (const auto& [id, life] : m_all) {
            Sides sides{m_lives.state(life, m_feed.from.id), m_lives.state(life, m_feed.to.id)};
            if (sides.before.exists || sides.after.exists) {
                m_sides.emplace(id, std::move(sides));
            }
        }
        read_issues();
        find_changed_ids();
        std::vector<EntityChange> changes;
        for (const auto& [id, sides] : m_sides) {
            if (m_previous_of.contains(id) || !m_became.contains(id)) {
                add_change(id, sides, changes);
            }
        }
        std::sort(changes.begin(), changes.end(), [](const EntityChange& one, const EntityChange& other) {
            return std::tie(one.kind, one.source_id) < std::tie(other.kind, other.source_id);
        });
        count(changes);
        return changes;
    }

private:
    void read_issues() {
        store::View view;
        view.snapshots[m_feed.dataset] = m_feed.to.id;
        for (store::StoredIssue& issue : m_store.issues(view, m_feed.dataset)) {
            if (!issue.issue.record.empty()) {
                const std::string record = issue.issue.record;
                m_issues.emplace(record, fmt::format("{}: {}", issue.issue.reason, issue.issue.message));
            }
        }
    }

    /// The issue of the record that an id was read from, by the publisher's own key.
    [[nodiscard]] const std::string* issue_of(const std::string& id) const {
        const std::size_t dash = id.find('-');
        for (const std::string& key : {id, dash == std::string::npos ? id : id.substr(dash + 1)}) {
            if (const auto found = m_issues.find(key); found != m_issues.end()) {
                return &found->second;
            }
        }
        return nullptr;
    }

    void find_changed_ids() {
        std::map<std::string, std::vector<std::string>> gone;
        std::map<std::string, std::vector<std::string>> come;
        for (const auto& [id, sides] : m_sides) {
            if (sides.before.exists != sides.after.exists) {
                for (const std::string& key : identity_keys(sides.before.exists ? sides.before : sides.after)) {
                    (sides.before.exists ? gone : come)[key].push_back(id);
                }
            }
        }
        for (const auto& [key, old] : gone) {
            const auto now = come.find(key);
            // Ambiguous keys say nothing.
            if (now == come.end() || old.size() != 1 || now->second.size() != 1 || m_became.contains(old.front()) ||
                m_previous_of.contains(now->second.front())) {
                continue;
            }
            const model::Schema* one = model::find_schema(m_sides.at(old.front()).before.schema);
            const model::Schema* other = model::find_schema(m_sides.at(now->second.front()).after.schema);
            if (one != nullptr && other != nullptr && model::common_schema(*one, *other) != nullptr) {
                m_became.emplace(old.front(), now->second.front());
                m_previous_of.emplace(now->second.front(), old.front());
            }
        }
    }

    [[nodiscard]] bool existed_before(const std::string& id, std::int64_t snapshot) const {
        const Life& life = m_all.at(id);
        return std::any_of(life.own.begin(), life.own.end(), [&](const store::Statement& statement) {
            return statement.property == "schema" && statement.last && *statement.last < snapshot;
        });
    }

    /// Whether a listing of the entity has stood and ended before the snapshot.
    [[nodiscard]] bool listed_before(const std::string& id, std::int64_t snapshot) const {
        for (const auto& [part, each] : m_all.at(id).parts) {
            for (const store::Statement& statement : each.statements) {
                if (statement.property == "schema" && statement.value == "Sanction" && statement.last && *statement.last < snapshot) {
                    return true;
                }
            }
        }
        return false;
    }

    void add_change(const std::string& id, const Sides& sides, std::vector<EntityChange>& changes) {
        EntityChange change;
        change.dataset = m_feed.dataset;
        change.source_id = id;
        const auto cluster = m_clusters.find(id);
        change.id = cluster == m_clusters.end() ? id : cluster->second;
        const State* before = &sides.before;
        const State& after = sides.after;
        if (const auto previous = m_previous_of.find(id); previous != m_previous_of.end()) {
            before = &m_sides.at(previous->second).before;
            change.previous_id = previous->second;
        }
        const State& named = after.exists ? after : *before;
        change.caption = named.caption.empty() ? id : named.caption;
        change.schema = named.schema;
        std::set<std::string> programmes;
        for (const State* side : {before, &after}) {
            for (std::string& programme : side->programmes()) {
                programmes.insert(std::move(programme));
            }
        }
        change.programmes.assign(programmes.begin(), programmes.end());
        change.properties = compare(m_lives, *before, after);
        if (change.properties.empty() && before->exists == after.exists && change.previous_id.empty()) {
            return;
        }
        judge(id, *before, after, change);
        changes.push_back(std::move(change));
    }

    void judge(const std::string& id, const State& before, const State& after, EntityChange& change) const {
        if (!change.previous_id.empty()) {
            change.kind = ChangeKind::changed;
            change.nature = Nature::changed_id;
        } else if (!before.exists) {
            change.kind = ChangeKind::added;
            change.nature = existed_before(id, m_feed.from.id) ? Nature::relisting
                            : after.listed                     ? Nature::designation
                                                               : Nature::mention;
        } else if (!after.exists) {
            change.kind = ChangeKind::removed;
            change.nature = before.listed ? Nature::delisting : Nature::mention;
            if (const std::string* issue = issue_of(id)) {
                change.nature = Nature::unreadable;
                change.note = *issue;
            }
        } else {
            change.kind = ChangeKind::changed;
            change.nature = Nature::correction;
            if (before.listed && !after.listed) {
                change.nature = Nature::delisting;
            } else if (!before.listed && after.listed) {
                change.nature = listed_before(id, m_feed.from.id) ? Nature::relisting : Nature::designation;
            }
        }
    }

    void count(const std::vector<EntityChange>& changes) const {
        const auto add = [](ChangeCounts& counts, ChangeKind kind) {
            switch (kind) {
                case ChangeKind::added: ++counts.added; break;
                case ChangeKind::removed: ++counts.removed; break;
                case ChangeKind::changed: ++counts.changed; break;
            }
        };
        for (const EntityChange& change : changes) {
            add(m_feed.counts, change.kind);
            ++m_feed.natures[std::string(name_of(change.nature))];
            for (const std::string& programme : change.programmes) {
                add(m_feed.programmes[programme], change.kind);
            }
        }
        m_feed.status = changes.empty() ? "unchanged" : "changed";
    }

    const store::Store& m_store;
    const std::map<std::string, std::string>& m_clusters;
    FeedChange& m_feed;
    Lives m_lives;
    std::map<std::string, Life> m_all;
    std::map<std::string, Sides> m_sides;
    std::map<std::string, std::string> m_issues;       // record -> what was wrong
    std::map<std::string, std::string> m_became;       // old id -> new id
    std::map<std::string, std::string> m_previous_of;  // new id -> old id
};

struct NamedState {
    std::string label;
    store::View view;
    std::string dataset;  ///< set when a snapshot was named
};

bool is_date(std::string_view text) {
    const auto date = model::parse_edtf(text);
    return text.size() == 10 && text[4] == '-' && date && !date->is_range() && date->from.day != 0;
}

/// Datasets of the newest run that brought something in.
std::set<std::string> newest_datasets(const store::Store& store) {
    for (const std::string& text : store.runs(kRunsSearched)) {
        const auto report = nlohmann::json::parse(text, nullptr, false);
        std::set<std::string> fetched;
        if (report.is_object() && report.contains("feeds")) {
            for (const auto& feed : report["feeds"]) {
                if (feed.value("status", "") == "fetched") {
                    fetched.insert(feed.value("id", ""));
                }
            }
        }
        if (!fetched.empty()) {
            return fetched;
        }
    }
    std::set<std::string> newest;
    for (const store::Snapshot& snapshot : store.snapshots()) {
        if (snapshot.status == store::SnapshotStatus::published) {
            newest = {snapshot.dataset};
        }
    }
    return newest;
}

store::View view_before_newest(const store::Store& store) {
    store::View view = store.current_view();
    for (const std::string& dataset : newest_datasets(store)) {
        std::int64_t previous = 0;
        for (const store::Snapshot& snapshot : store.snapshots(dataset)) {
            if (snapshot.status == store::SnapshotStatus::published && snapshot.id < view.snapshots[dataset]) {
                previous = snapshot.id;
            }
        }
        if (previous == 0) {
            view.snapshots.erase(dataset);
        } else {
            view.snapshots[dataset] = previous;
        }
    }
    return view;
}

NamedState named_snapshot(const store::Store& store, std::string_view text) {
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool hex = text.size() >= kHashDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    std::vector<store::Snapshot> found;
    for (store::Snapshot& snapshot : store.snapshots()) {
        if ((digits && fmt::format("{}", snapshot.id) == text) || (hex && snapshot.hash.starts_with(text))) {
            found.push_back(std::move(snapshot));
        }
    }
    if (found.empty()) {
        throw base::UsageError(fmt::format("\"{}\" is no state of the lists", text),
                               "name a date such as 2025-11-04, a snapshot (see 'liaison info'), now or last");
    }
    const store::Snapshot& snapshot = found.back();  // the newest of those with the same bytes
    if (snapshot.status == store::SnapshotStatus::refused) {
        throw base::UsageError(fmt::format("snapshot {} of {} was refused and never in service: {}", snapshot.id,
                                           snapshot.dataset, snapshot.note),
                               "see 'liaison info' for the published ones");
    }
    NamedState state;
    state.label = fmt::format("snapshot {} of {} ({})", snapshot.id, snapshot.dataset, snapshot.published);
    state.view.snapshots[snapshot.dataset] = snapshot.id;
    state.dataset = snapshot.dataset;
    return state;
}

NamedState named_state(const store::Store& store, std::string_view text, bool is_from, bool known) {
    if (text == "now" || (text == "last" && !is_from)) {
        return {"now", store.current_view(), ""};
    }
    if (text == "last") {
        return {"before the last change", view_before_newest(store), ""};
    }
    if (is_date(text)) {
        return {std::string(text), known ? store.view_known_on(text) : store.view_as_of(text), ""};
    }
    return named_snapshot(store, text);
}

}  // namespace

std::string_view name_of(Nature nature) noexcept {
    switch (nature) {
        case Nature::designation: return "designation";
        case Nature::relisting: return "relisting";
        case Nature::mention: return "mention";
        case Nature::delisting: return "delisting";
        case Nature::unreadable: return "unreadable";
        case Nature::changed_id: return "changed-id";
        case Nature::correction: return "correction";
    }
    return "";
}

std::string_view name_of(ChangeKind kind) noexcept {
    switch (kind) {
        case ChangeKind::added: return "added";
        case ChangeKind::removed: return "removed";
        case ChangeKind::changed: return "changed";
    }
    return "";
}

bool Difference::empty() const {
    return entities.empty() && std::all_of(feeds.begin(), feeds.end(), [](const FeedChange& feed) { return feed.status == "unchanged"; });
}

Difference diff(const store::Store& store, const store::View& from, const store::View& to) {
    std::set<std::string> datasets;
    for (const store::View* view : {&from, &to}) {
        for (const auto& [dataset, snapshot] : view->snapshots) {
            datasets.insert(dataset);
        }
    }
    const auto clusters = store.clusters();
    Difference difference;
    for (const std::string& dataset : datasets) {
        FeedChange feed;
        feed.dataset = dataset;
        std::string old_format;
        std::string new_format;
        feed.from = reference_to(store, from, dataset, &old_format);
        feed.to = reference_to(store, to, dataset, &new_format);
        const auto [low, high] = std::minmax(feed.from.id, feed.to.id);
        for (const store::Snapshot& snapshot : store.snapshots(dataset)) {
            if (snapshot.status == store::SnapshotStatus::refused && snapshot.id > low && snapshot.id < high) {
                feed.refused.push_back(fmt::format("snapshot {} of {}: {}", snapshot.id, snapshot.published, snapshot.note));
            }
        }
        if (feed.to.id == 0) {
            feed.status = "not-in-target";
        } else if (feed.from.id == 0) {
            feed.status = "first-load";
            const auto counts = store.snapshot(feed.to.id)->counts;
            const auto listed = counts.find("listed");
            feed.counts.added = listed == counts.end() ? 0 : listed->second;
        } else if (feed.from.id == feed.to.id) {
            feed.status = "unchanged";
        } else {
            feed.format_changed = old_format != new_format;
            for (EntityChange& change : FeedDiff(store, clusters, feed).run()) {
                difference.entities.push_back(std::move(change));
            }
        }
        difference.feeds.push_back(std::move(feed));
    }
    return difference;
}

Difference diff(const store::Store& store, std::string_view from, std::string_view to, bool known) {
    NamedState before = named_state(store, from, true, known);
    NamedState after = named_state(store, to, false, known);
    const std::string& dataset = before.dataset.empty() ? after.dataset : before.dataset;
    if (!before.dataset.empty() && !after.dataset.empty() && before.dataset != after.dataset) {
        throw base::UsageError(fmt::format("{} and {} are of different lists", before.label, after.label),
                               "name two snapshots of one list, or two dates");
    }
    if (!dataset.empty()) {
        for (store::View* view : {&before.view, &after.view}) {
            std::erase_if(view->snapshots, [&](const auto& entry) { return entry.first != dataset; });
        }
    }
    Difference difference = diff(store, before.view, after.view);
    difference.from = before.label;
    difference.to = after.label;
    return difference;
}

}  // namespace liaison::query
