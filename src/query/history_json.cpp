#include "liaison/query/history.hpp"

#include <nlohmann/json.hpp>

namespace liaison::query {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const PropertyChange& change) {
    Json json;
    json["property"] = change.property;
    if (!change.part.empty()) {
        json["part"] = change.part;
    }
    json["removed"] = change.removed;
    json["added"] = change.added;
    return json;
}

Json to_json(const SnapshotRef& snapshot) {
    if (snapshot.id == 0) {
        return {};
    }
    Json json;
    json["id"] = snapshot.id;
    json["hash"] = snapshot.hash;
    json["published"] = snapshot.published;
    json["fetched_at"] = snapshot.fetched_at;
    return json;
}

Json to_json(const ChangeCounts& counts) {
    Json json;
    json["added"] = counts.added;
    json["removed"] = counts.removed;
    json["changed"] = counts.changed;
    return json;
}

}  // namespace

Json to_json(const EntityChange& change) {
    Json json;
    json["dataset"] = change.dataset;
    json["id"] = change.id;
    json["source_id"] = change.source_id;
    if (!change.previous_id.empty()) {
        json["previous_id"] = change.previous_id;
    }
    json["caption"] = change.caption;
    json["schema"] = change.schema;
    json["kind"] = name_of(change.kind);
    json["nature"] = name_of(change.nature);
    json["programmes"] = change.programmes;
    json["properties"] = Json::array();
    for (const PropertyChange& property : change.properties) {
        json["properties"].push_back(to_json(property));
    }
    if (!change.note.empty()) {
        json["note"] = change.note;
    }
    return json;
}

Json to_json(const FeedChange& feed) {
    Json json;
    json["dataset"] = feed.dataset;
    json["status"] = feed.status;
    json["from"] = to_json(feed.from);
    json["to"] = to_json(feed.to);
    json["format_changed"] = feed.format_changed;
    json["refused_between"] = feed.refused;
    json["counts"] = to_json(feed.counts);
    json["natures"] = feed.natures;
    json["programmes"] = Json::object();
    for (const auto& [programme, counts] : feed.programmes) {
        json["programmes"][programme] = to_json(counts);
    }
    return json;
}

Json to_json(const Difference& difference) {
    Json json;
    json["from"] = difference.from;
    json["to"] = difference.to;
    json["feeds"] = Json::array();
    for (const FeedChange& feed : difference.feeds) {
        json["feeds"].push_back(to_json(feed));
    }
    json["entities"] = Json::array();
    for (const EntityChange& change : difference.entities) {
        json["entities"].push_back(to_json(change));
    }
    return json;
}

Json to_json(const History& history) {
    Json json;
    json["id"] = history.id;
    json["caption"] = history.caption;
    json["schema"] = history.schema;
    json["sources"] = history.sources;
    json["events"] = Json::array();
    for (const Event& event : history.events) {
        Json entry;
        entry["date"] = event.date;
        entry["known"] = event.known;
        entry["dataset"] = event.dataset;
        entry["entity"] = event.entity;
        entry["what"] = event.what;
        if (!event.change.property.empty()) {
            entry["change"] = to_json(event.change);
        }
        entry["snapshot"] = event.snapshot;
        entry["hash"] = event.hash;
        json["events"].push_back(std::move(entry));
    }
    return json;
}

}  // namespace liaison::query
