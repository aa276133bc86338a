#include "liaison/audit/coverage.hpp"

#include "liaison/model/date.hpp"

#include <algorithm>

namespace liaison::audit {
namespace {

/// Hours since 1970 of "2025-11-25T06:00:00Z".
std::int64_t hours_of(const std::string& at) {
    const auto day = model::parse_edtf(std::string_view(at).substr(0, 10));
    const bool digits = at.size() > 13 && at[11] >= '0' && at[11] <= '9' && at[12] >= '0' && at[12] <= '9';
    return !day ? 0 : day->days().first * 24 + (digits ? (at[11] - '0') * 10 + (at[12] - '0') : 0);
}

void add_refresh(const Entry& entry, Coverage& coverage, std::int64_t& last_hour) {
    ++coverage.refreshes;
    coverage.incomplete_refreshes += entry.body.value("complete", true) ? 0 : 1;
    const std::int64_t hour = hours_of(entry.at);
    if (last_hour != 0) {
        coverage.longest_gap_hours = std::max(coverage.longest_gap_hours, hour - last_hour);
    }
    last_hour = hour;
    if (!entry.body.contains("datasets")) {
        return;
    }
    for (const Json& dataset : entry.body["datasets"]) {
        const std::string snapshot = dataset.value("snapshot", "");
        const std::string status = dataset.value("status", "");
        if (snapshot.empty() && status == "absent") {
            continue;  // never part of what this installation checks
        }
        ListCoverage& list = coverage.lists[dataset.value("id", "")];
        ++list.attempts[status];
        list.max_age_days = std::max(list.max_age_days, dataset.value("age_days", std::int64_t{0}));
        if (list.first_snapshot.empty()) {
            list.first_snapshot = snapshot;
        }
        list.last_snapshot = snapshot;
        list.last_publication_date = dataset.value("publication_date", "");
    }
}

}  // namespace

Coverage coverage(const base::Path& db, std::string_view from, std::string_view to) {
    Coverage coverage;
    coverage.from = from;
    coverage.to = to;
    std::int64_t last_hour = 0;
    for_each_entry(db, [&](const Entry& entry) {
        const std::string_view day = std::string_view(entry.at).substr(0, 10);
        if ((!from.empty() && day < from) || (!to.empty() && day > to)) {
            return;
        }
        ++coverage.operators[entry.who];
        if (entry.kind == "refresh") {
            add_refresh(entry, coverage, last_hour);
        } else if (entry.kind == "run") {
            ++coverage.runs;
        } else if (entry.kind == "screening" && entry.body.contains("screened")) {
            for (const Json& item : entry.body["screened"]) {
                const Json& outcome = item.contains("outcome") ? item["outcome"] : item;
                ++coverage.screened;
                coverage.unchecked += outcome.value("status", "") == "unchecked" ? 1 : 0;
                coverage.alerted += outcome.contains("matches") && !outcome["matches"].empty() ? 1 : 0;
            }
        } else if (entry.kind == "decision") {
            ++coverage.decisions[entry.body.value("state", "")];
        } else if (entry.kind == "erasure") {
            coverage.erased += entry.body.value("queries", std::uint64_t{0});
        }
    });
    return coverage;
}

Json to_json(const Coverage& coverage) {
    Json json;
    json["from"] = coverage.from;
    json["to"] = coverage.to;
    json["refreshes"] = coverage.refreshes;
    json["incomplete_refreshes"] = coverage.incomplete_refreshes;
    json["longest_gap_hours"] = coverage.longest_gap_hours;
    json["lists"] = Json::object();
    for (const auto& [id, list] : coverage.lists) {
        json["lists"][id] = {{"attempts", list.attempts},
                             {"max_age_days", list.max_age_days},
                             {"first_snapshot", list.first_snapshot},
                             {"last_snapshot", list.last_snapshot},
                             {"last_publication_date", list.last_publication_date}};
    }
    json["runs"] = coverage.runs;
    json["screened"] = coverage.screened;
    json["unchecked"] = coverage.unchecked;
    json["alerted"] = coverage.alerted;
    json["decisions"] = coverage.decisions;
    json["erased"] = coverage.erased;
    json["operators"] = coverage.operators;
    return json;
}

}  // namespace liaison::audit
