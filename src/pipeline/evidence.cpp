#include "pipeline/evidence.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/vocabulary.hpp"
#include "liaison/name/name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

namespace liaison::pipeline {

std::vector<std::string> missing_canaries(const index::Index& index, const store::Store& store, const store::View& view,
                                          const feed::Registry& feeds) {
    std::map<std::string, std::map<std::string, std::string>> wanted;  // feed -> normal form -> name as given
    for (const auto& [dataset, id] : view.snapshots) {
        const feed::Manifest* manifest = feeds.find(dataset);
        const auto snapshot = store.snapshot(id);
        if (manifest != nullptr && snapshot && !snapshot->sample) {
            for (const std::string& canary : manifest->canaries) {
                wanted[dataset].emplace(name::normalise(canary), canary);
            }
        }
    }
    std::erase_if(wanted, [](const auto& entry) { return entry.second.empty(); });
    if (wanted.empty()) {
        return {};
    }
    static const model::Property kNames[] = {model::property("name"), model::property("alias"), model::property("weakAlias"),
                                             model::property("previousName")};
    const index::EntitiesView& entities = index.entities();
    for (index::Ordinal ordinal = 0; ordinal < entities.size() && !wanted.empty(); ++ordinal) {
        if (index.graph().listings(ordinal).empty()) {
            continue;
        }
        for (const std::string& dataset : entities.datasets(ordinal)) {
            const auto canaries = wanted.find(dataset);
            if (canaries == wanted.end()) {
                continue;
            }
            for (const model::Property property : kNames) {
                for (const std::string_view text : entities.all(ordinal, property)) {
                    canaries->second.erase(name::normalise(text));
                }
            }
        }
    }
    std::vector<std::string> missing;
    for (const auto& [dataset, names] : wanted) {
        for (const auto& [normal, canary] : names) {
            missing.push_back(fmt::format("{}: {}", dataset, canary));
        }
    }
    return missing;
}

std::uint64_t prune(feed::Archive& archive, const store::Store& store, const base::Path& db, base::Instant now,
                    std::int64_t retention_days) {
    std::set<std::string> cited;
    audit::for_each_entry(db, [&](const audit::Entry& entry) {
        if (entry.kind == "run" && entry.body.contains("datasets") && entry.body["datasets"].is_array()) {
            for (const auto& dataset : entry.body["datasets"]) {
                cited.insert(fmt::format("{}/{}", dataset.value("id", ""), dataset.value("snapshot", "")));
            }
        }
    });
    // A snapshot went out of service, or stopped waiting for acceptance, when the next good one of its feed came in.
    const std::string oldest = base::to_iso(now - std::chrono::hours(24) * retention_days);
    std::set<std::string> expired;  // "<feed>/<hash>"
    std::set<std::string> needed;
    std::map<std::string, std::string> superseded_at;
    std::vector<store::Snapshot> snapshots = store.snapshots();
    std::reverse(snapshots.begin(), snapshots.end());
    for (const store::Snapshot& snapshot : snapshots) {
        const auto next = superseded_at.find(snapshot.dataset);
        const bool beyond = next != superseded_at.end() && next->second < oldest;
        (beyond ? expired : needed).insert(fmt::format("{}/{}", snapshot.dataset, snapshot.hash));
        if (snapshot.status == store::SnapshotStatus::published) {
            superseded_at[snapshot.dataset] = snapshot.fetched_at;
        }
    }
    std::set<std::string> keep;
    for (const std::string& name : archive.all_snapshots()) {
        if (!expired.contains(name) || needed.contains(name) || cited.contains(name)) {
            keep.insert(name);
        }
    }
    return archive.prune(keep).snapshots;
}

audit::Json audit_record(const RunReport& report, std::string_view version) {
    audit::Json body;
    body["started_at"] = report.started_at;
    body["engine"] = version;
    body["complete"] = report.complete();
    body["missing_canaries"] = report.canaries;
    body["datasets"] = audit::Json::array();
    for (const FeedReport& feed : report.feeds) {
        audit::Json entry;
        entry["id"] = feed.id;
        entry["status"] = feed.status;
        if (!feed.reason.empty()) {
            entry["reason"] = feed.reason;
        }
        entry["snapshot"] = feed.snapshot;
        entry["publication_date"] = feed.publication_date;
        entry["age_days"] = feed.age_days;
        if (feed.status == "fetched") {
            entry["bytes"] = feed.bytes;
            entry["entities"] = feed.entities;
            entry["statements"] = feed.statements;
            entry["added"] = feed.added;
            entry["ended"] = feed.ended;
            entry["issues"] = feed.issues;
        }
        body["datasets"].push_back(std::move(entry));
    }
    return body;
}

}  // namespace liaison::pipeline
