// JSON of the answers about ownership and exposure (schemas/output/{ownership,exposure}.schema.json).

#include "liaison/query/json.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace liaison::query {
namespace {

/// Six decimals, the unit in which stakes are added up.
double rounded(double value) { return std::round(value * 1000000) / 1000000; }

Json interval(double low, double high) { return Json::array({rounded(low), rounded(high)}); }

/// Selection last, as in the other answers.
void append(Json& json, const Selection& selection) {
    const Json rest = to_json(selection);
    for (const auto& [key, value] : rest.items()) {
        json[key] = value;
    }
}

Json to_json_listing(const Listing& listing) {
    Json json;
    json["id"] = listing.id;
    json["rule"] = listing.effect->name;
    json["list"] = listing.list;
    json["programmes"] = listing.programmes;
    json["blocks"] = listing.effect->blocks;
    json["counts"] = listing.counts;
    return json;
}

Json to_json_party(const OwnershipParty& party) {
    Json json;
    json["id"] = party.id;
    json["place"] = to_string(party.place);
    json["verdict"] = graph::to_string(party.verdict);
    json["blocked_percent"] = interval(party.share.low, party.share.high);
    json["recorded_percent"] = rounded(party.recorded);
    json["listings"] = Json::array();
    for (const Listing& listing : party.listings) {
        json["listings"].push_back(to_json_listing(listing));
    }
    json["proof"] = Json::array();
    for (const OwnershipGround& ground : party.proof) {
        Json step;
        step["owner"] = ground.owner;
        step["asset"] = ground.asset;
        step["edge"] = ground.edge;
        if (ground.control) {
            step["control"] = true;
        } else {
            step["percent"] = interval(ground.stake.low, ground.stake.high);
        }
        step["owner_verdict"] = graph::to_string(ground.owner_verdict);
        json["proof"].push_back(std::move(step));
    }
    return json;
}

}  // namespace

Json to_json(const OwnershipResult& result) {
    Json json;
    json["id"] = result.id;
    json["rule"] = to_string(result.rule);
    json["date"] = result.day;
    json["verdict"] = graph::to_string(result.asked().verdict);
    json["blocked_percent"] = interval(result.asked().share.low, result.asked().share.high);
    json["parties"] = Json::array();
    for (const OwnershipParty& party : result.parties) {
        json["parties"].push_back(to_json_party(party));
    }
    json["lists"] = Json::array();
    for (const ListEffect& effect : result.lists) {
        json["lists"].push_back({{"rule", effect.name}, {"title", effect.title}, {"blocks", effect.blocks}, {"says", effect.says}});
    }
    json["cautions"] = result.cautions;
    append(json, result.selection);
    return json;
}

Json to_json(const ExposureResult& result) {
    Json json;
    json["id"] = result.id;
    json["listed"] = result.listed;
    json["exposure"] = Json::array();
    for (const TieGroup& group : result.groups) {
        Json entry;
        entry["kind"] = to_string(group.kind);
        entry["distance"] = group.distance;
        entry["at_distance"] = group.at_distance;
        entry["ties"] = Json::array();
        for (const Tie& tie : group.ties) {
            entry["ties"].push_back({{"listed", tie.listed}, {"strength", rounded(tie.strength)}, {"path", tie.path}});
        }
        json["exposure"].push_back(std::move(entry));
    }
    json["hubs"] = result.hubs;
    append(json, result.selection);
    return json;
}

}  // namespace liaison::query
