#include "liaison/query/queries.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace liaison::query {
namespace {

/// Those who hold a wallet or document, by the index's reference edges.
std::vector<index::Ordinal> holders(const Engine& engine, index::Ordinal bearer) {
    std::vector<index::Ordinal> found;
    for (const index::Incidence& incidence : engine.graph().incident(bearer)) {
        const index::EdgeRecord& edge = engine.graph().edges()[incidence.edge];
        if (edge.relation == bearer && engine.graph().kind_name(edge.kind) == "holder") {
            found.push_back(incidence.neighbour);
        }
    }
    return found;
}

bool good(const identifier::Reading& reading) {
    return reading.validity == identifier::Validity::valid || reading.validity == identifier::Validity::well_formed;
}

}  // namespace

bool LookupResult::readable() const {
    // What fails as a wallet may still look like some document's number; that must not turn it into "not listed".
    const bool failed_wallet = std::any_of(readings.begin(), readings.end(), [](const identifier::Reading& reading) {
        return reading.kind == identifier::Kind::wallet && !good(reading);
    });
    return std::any_of(readings.begin(), readings.end(), [&](const identifier::Reading& reading) {
        return good(reading) && !(failed_wallet && reading.kind == identifier::Kind::document);
    });
}

bool LookupResult::listed() const {
    return std::any_of(hits.begin(), hits.end(), [](const LookupHit& hit) { return hit.node.listed; });
}

LookupResult lookup(const Engine& engine, std::string_view value) {
    LookupResult result;
    result.value = value;
    result.readings = identifier::read_any(value);
    std::set<std::string> keys;
    for (const identifier::Reading& reading : result.readings) {
        keys.insert(reading.key);
    }
    // What a list publishes as an address although it is none is held under its text.
    keys.insert(identifier::identifier_key(identifier::Kind::wallet, value));
    std::map<index::Ordinal, std::string> bearers;
    for (const std::string& key : keys) {
        for (const index::IdentifierHit& hit : engine.index().identifiers().find(key)) {
            bearers.try_emplace(hit.entity, model::to_string(hit.property));
        }
    }
    std::map<index::Ordinal, std::vector<std::string>> through;
    for (const auto& [bearer, property] : bearers) {
        result.hits.push_back({engine.node(bearer), property, {}});
        for (const index::Ordinal holder : holders(engine, bearer)) {
            if (bearers.count(holder) == 0) {
                through[holder].emplace_back(engine.entities().id(bearer));
            }
        }
    }
    for (auto& [holder, ids] : through) {
        result.hits.push_back({engine.node(holder), "", std::move(ids)});
    }
    return result;
}

}  // namespace liaison::query
