#include "liaison/pipeline/report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace liaison::pipeline {
namespace {

double milliseconds_precision(double seconds) { return std::round(seconds * 1000) / 1000; }

}  // namespace

bool RunReport::complete() const {
    return canaries.empty() && std::none_of(feeds.begin(), feeds.end(), [](const FeedReport& feed) {
        return feed.status == "refused" || feed.status == "failed";
    });
}

nlohmann::ordered_json to_json(const RunReport& report) {
    nlohmann::ordered_json json;
    json["started_at"] = report.started_at;
    json["complete"] = report.complete();
    json["feeds"] = nlohmann::ordered_json::array();
    for (const FeedReport& feed : report.feeds) {
        nlohmann::ordered_json entry;
        entry["id"] = feed.id;
        entry["status"] = feed.status;
        if (!feed.reason.empty()) {
            entry["reason"] = feed.reason;
        }
        if (!feed.message.empty()) {
            entry["message"] = feed.message;
        }
        if (!feed.hint.empty()) {
            entry["hint"] = feed.hint;
        }
        entry["snapshot"] = feed.snapshot;
        entry["format"] = feed.format;
        entry["publication_date"] = feed.publication_date;
        entry["age_days"] = feed.age_days;
        entry["overdue"] = feed.overdue;
        entry["sample"] = feed.sample;
        entry["bytes"] = feed.bytes;
        entry["entities"] = feed.entities;
        entry["statements"] = feed.statements;
        entry["added"] = feed.added;
        entry["ended"] = feed.ended;
        entry["issues"] = feed.issues;
        entry["issue_reasons"] = feed.issue_reasons;
        entry["schemata"] = feed.schemata;
        entry["change"] = feed.change;
        entry["records"] = feed.records;
        entry["warnings"] = feed.warnings;
        entry["seconds"] = milliseconds_precision(feed.seconds);
        json["feeds"].push_back(std::move(entry));
    }
    json["warnings"] = report.warnings;
    json["missing_canaries"] = report.canaries;
    json["index_built"] = report.index_built;
    json["clustered"] = report.clusters;
    json["review"] = report.review;
    json["pruned_snapshots"] = report.pruned_snapshots;
    json["audit"] = {{"seq", report.audit_seq}, {"hash", report.audit_hash}};
    json["seconds"] = nlohmann::ordered_json::object();
    for (const auto& [stage, seconds] : report.seconds) {
        json["seconds"][stage] = milliseconds_precision(seconds);
    }
    json["peak_memory_kib"] = report.peak_memory_kib;
    return json;
}

}  // namespace liaison::pipeline
