#include "liaison/query/json.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace liaison::query {
namespace {

/// Four decimals: enough to order by, and the same text on every machine.
double rounded(double value) { return std::round(value * 10000) / 10000; }

}  // namespace

Json to_json(const Node& node) {
    Json json;
    json["id"] = node.id;
    json["caption"] = node.caption;
    json["schema"] = node.schema;
    json["properties"] = Json::object();
    for (const auto& [property, values] : node.properties) {
        json["properties"][property] = values;
    }
    json["datasets"] = node.datasets;
    json["referents"] = node.referents;
    json["first_seen"] = node.first_seen;
    json["last_seen"] = node.last_seen;
    json["target"] = node.listed;
    return json;
}

Json to_json(const Evidence& evidence) {
    Json json;
    json["entity_id"] = evidence.entity;
    json["prop"] = evidence.property;
    json["value"] = evidence.value;
    if (!evidence.lang.empty()) {
        json["lang"] = evidence.lang;
    }
    if (!evidence.original.empty()) {
        json["original_value"] = evidence.original;
    }
    json["dataset"] = evidence.dataset;
    json["origin"] = evidence.origin;
    json["snapshot"] = evidence.snapshot;
    json["first_seen"] = evidence.first_seen;
    json["last_seen"] = evidence.last_seen.empty() ? Json() : Json(evidence.last_seen);
    return json;
}

Json to_json(const Edge& edge) {
    Json json;
    json["id"] = edge.id;
    json["source"] = edge.source;
    json["target"] = edge.target;
    json["kind"] = edge.kind;
    json["label"] = edge.label;
    json["directed"] = edge.directed;
    json["news"] = edge.news;
    json["strength"] = rounded(edge.strength);
    json["properties"] = Json::object();
    for (const auto& [property, values] : edge.properties) {
        json["properties"][property] = values;
    }
    json["datasets"] = edge.datasets;
    json["statements"] = Json::array();
    for (const Evidence& evidence : edge.evidence) {
        json["statements"].push_back(to_json(evidence));
    }
    return json;
}

Json to_json(const Context& context) {
    Json json;
    json["as_of"] = context.as_of.empty() ? Json() : Json(context.as_of);
    json["sample"] = false;
    json["datasets"] = Json::array();
    for (const DatasetVersion& version : context.datasets) {
        Json dataset;
        dataset["id"] = version.dataset;
        dataset["title"] = version.title;
        dataset["snapshot"] = version.snapshot;
        dataset["publication_date"] = version.publication_date;
        dataset["fetched_at"] = version.fetched_at;
        dataset["age_days"] = version.age_days;
        dataset["stale"] = version.stale;
        if (!version.note.empty()) {
            dataset["note"] = version.note;
        }
        if (version.sample) {
            dataset["sample"] = true;
            json["sample"] = true;
        }
        json["datasets"].push_back(std::move(dataset));
    }
    return json;
}

Json to_json(const Selection& selection) {
    Json json;
    json["nodes"] = Json::array();
    for (const Node& node : selection.nodes) {
        Json entity = to_json(node);
        entity["distance"] = node.distance;
        json["nodes"].push_back(std::move(entity));
    }
    json["edges"] = Json::array();
    for (const Edge& edge : selection.edges) {
        json["edges"].push_back(to_json(edge));
    }
    json["notes"] = selection.notes;
    json["context"] = to_json(selection.context);
    return json;
}

Json to_json(const SearchResult& result, const Context& context) {
    Json json;
    json["results"] = Json::array();
    for (const SearchHit& hit : result.hits) {
        Json entity = to_json(hit.node);
        entity["score"] = rounded(hit.score);
        json["results"].push_back(std::move(entity));
    }
    json["total"] = result.total;
    json["context"] = to_json(context);
    return json;
}

Json to_json(const LookupResult& result, const Context& context) {
    Json json;
    json["value"] = result.value;
    json["listed"] = result.listed();
    json["readings"] = Json::array();
    for (const identifier::Reading& reading : result.readings) {
        Json entry;
        entry["kind"] = identifier::to_string(reading.kind);
        entry["validity"] = identifier::to_string(reading.validity);
        entry["chains"] = reading.chains;
        entry["canonical"] = reading.canonical;
        if (!reading.note.empty()) {
            entry["note"] = reading.note;
        }
        json["readings"].push_back(std::move(entry));
    }
    json["results"] = Json::array();
    for (const LookupHit& hit : result.hits) {
        Json entity = to_json(hit.node);
        entity["listed"] = hit.node.listed;
        entity["programmes"] = hit.node.programmes;
        if (!hit.property.empty()) {
            entity["property"] = hit.property;
        }
        if (!hit.through.empty()) {
            entity["through"] = hit.through;
        }
        json["results"].push_back(std::move(entity));
    }
    json["context"] = to_json(context);
    return json;
}

Json to_json(const Shown& shown, const Context& context) {
    Json json = to_json(shown.node);
    Json& properties = json["properties"];
    for (const Relation& relation : shown.relations) {
        // A reference's ids give way to the entities themselves.
        if (properties.contains(relation.property) && !properties[relation.property].empty() &&
            properties[relation.property].front().is_string()) {
            properties[relation.property] = Json::array();
        }
        Json entity = to_json(relation.entity);
        for (const Node& far_end : relation.far_ends) {
            // The far end stands in the relationship where its id stood.
            for (auto& [property, values] : entity["properties"].items()) {
                for (Json& value : values) {
                    if (value.is_string() && value.get<std::string>() == far_end.id) {
                        value = to_json(far_end);
                    }
                }
            }
        }
        properties[relation.property].push_back(std::move(entity));
    }
    json["statements"] = Json::array();
    for (const Evidence& evidence : shown.statements) {
        json["statements"].push_back(to_json(evidence));
    }
    json["context"] = to_json(context);
    return json;
}

Json to_json(const PathResult& result) {
    Json json;
    json["paths"] = result.paths;
    if (!result.costs.empty()) {
        json["costs"] = result.costs;
    }
    json["hubs"] = result.hubs;
    const Json selection = to_json(result.selection);
    for (const auto& [key, value] : selection.items()) {
        json[key] = value;
    }
    return json;
}

Json to_json(const model::Entity& entity, std::string_view dataset) {
    Json json;
    json["id"] = entity.id;
    json["caption"] = entity.caption();
    json["schema"] = entity.schema->name;
    json["properties"] = Json::object();
    for (const model::Value& value : entity.values) {
        Json& values = json["properties"][model::to_string(value.property)];
        bool known = false;
        for (const Json& other : values) {
            known = known || other == value.text;
        }
        if (!known) {
            values.push_back(value.text);
        }
    }
    json["datasets"] = Json::array({dataset});
    return json;
}

}  // namespace liaison::query
