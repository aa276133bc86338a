// The life of one entity: every step from one published snapshot to the next in which it changed, told as events.

#include "liaison/base/error.hpp"
#include "query/life.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace liaison::query {
namespace {

constexpr std::string_view kAsPublished = " (as published)";

std::string told(const PropertyChange& change) {
    const bool added = change.removed.empty();
    const bool removed = change.added.empty();
    const char* verb = added ? "added" : removed ? "removed" : "changed";
    return fmt::format("{} {}", change.property, verb);
}

class Teller {
public:
    Teller(const store::Store& store, const std::string& source, const std::string& dataset)
        : m_store(store), m_source(source), m_dataset(dataset), m_lives(store, dataset) {}

    /// Appends the events; `caption` and `schema` become those of the newest state in which the entity stood.
    void tell(History& history) {
        const auto lives = m_lives.load({m_source});
        const auto life = lives.find(m_source);
        if (life == lives.end()) {
            return;
        }
        State before;
        bool was_listed = false;
        bool was_there = false;
        for (const store::Snapshot& snapshot : m_store.snapshots(m_dataset)) {
            if (snapshot.status != store::SnapshotStatus::published) {
                continue;
            }
            State after = m_lives.state(life->second, snapshot.id);
            if (!before.exists && after.exists) {
                add(history, snapshot, after.listed ? (was_listed ? "relisted" : "listed") : was_there ? "reappeared" : "mentioned");
            } else if (before.exists && !after.exists) {
                add(history, snapshot, before.listed ? "delisted" : "disappeared");
            } else if (before.listed != after.listed) {
                add(history, snapshot, after.listed ? (was_listed ? "relisted" : "listed") : "delisted");
            }
            if (before.exists && after.exists) {
                for (PropertyChange& change : compare(m_lives, before, after)) {
                    if (!change.property.ends_with(kAsPublished)) {
                        std::string what = told(change);
                        add(history, snapshot, std::move(what), std::move(change));
                    }
                }
            }
            was_listed = was_listed || after.listed;
            was_there = was_there || after.exists;
            if (after.exists) {
                history.caption = after.caption.empty() ? m_source : after.caption;
                history.schema = after.schema;
            }
            before = std::move(after);
        }
    }

private:
    void add(History& history, const store::Snapshot& snapshot, std::string what, PropertyChange change = {}) const {
        history.events.push_back({snapshot.published, snapshot.fetched_at, m_dataset, m_source, std::move(what),
                                  std::move(change), snapshot.id, snapshot.hash});
    }

    const store::Store& m_store;
    const std::string& m_source;
    const std::string& m_dataset;
    Lives m_lives;
};

}  // namespace

History history(const store::Store& store, std::string_view id) {
    const auto clusters = store.clusters();
    History history;
    const auto own = clusters.find(std::string(id));
    history.id = own == clusters.end() ? std::string(id) : own->second;
    std::set<std::string> sources{history.id, std::string(id)};
    for (const auto& [member, canonical] : clusters) {
        if (canonical == history.id) {
            sources.insert(member);
        }
    }
    for (const std::string& source : sources) {
        std::set<std::string> datasets;
        for (const store::Statement& statement : store.statements_of(source, {}, true)) {
            datasets.insert(statement.dataset);
        }
        if (!datasets.empty()) {
            history.sources.push_back(source);
        }
        for (const std::string& dataset : datasets) {
            Teller(store, source, dataset).tell(history);
        }
    }
    if (history.sources.empty()) {
        throw base::UsageError(fmt::format("no snapshot ever spoke of \"{}\"", id), "find ids with 'liaison search NAME'");
    }
    std::stable_sort(history.events.begin(), history.events.end(), [](const Event& one, const Event& other) {
        return std::tie(one.date, one.snapshot) < std::tie(other.date, other.snapshot);
    });
    return history;
}

}  // namespace liaison::query
