#include "cli/decide.hpp"

#include "liaison/base/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace liaison::cli {

void require_source_ids(const query::Engine& engine, const std::string& one, const std::string& other) {
    for (const std::string& id : {one, other}) {
        const index::Ordinal ordinal = engine.require(id);
        const auto members = engine.entities().referents(ordinal);
        if (engine.entities().id(ordinal) == id && !members.empty() &&
            std::find(members.begin(), members.end(), id) == members.end()) {
            throw base::UsageError(fmt::format("{} is a cluster, not one list's record", id),
                                   fmt::format("name one of {}", fmt::join(members, ", ")));
        }
    }
    if (one == other) {
        throw base::UsageError("a decision needs two different records");
    }
}

store::Store::Decision make_decision(const Environment& environment, const std::string& one, const std::string& other,
                                     const std::string& judgement, const std::string& who, const std::string& reason) {
    store::Store::Decision decision;
    decision.one = one;
    decision.other = other;
    decision.judgement = judgement;
    decision.who = who;
    decision.decided_at = base::to_iso(environment.clock.now());
    decision.reason = reason;
    decision.evidence = "{}";
    return decision;
}

pipeline::Derived decide(Environment& environment, const base::Path& db, const std::vector<store::Store::Decision>& decisions) {
    const auto lease = pipeline::take_lease(environment.files, db);
    store::Store store = store::Store::open(db, store::Access::write);
    // What was known of the pair goes on record with the decision.
    const auto reviews = store.reviews();
    for (store::Store::Decision decision : decisions) {
        const auto pair = std::minmax(decision.one, decision.other);
        const auto known = std::find_if(reviews.begin(), reviews.end(), [&](const store::Store::Review& review) {
            return std::minmax(review.one, review.other) == pair;
        });
        if (known != reviews.end()) {
            nlohmann::ordered_json evidence{{"probability", known->score}};
            evidence["features"] = nlohmann::ordered_json::parse(known->explanation, nullptr, false);
            decision.evidence = evidence.dump();
        }
        store.add_decision(decision);
    }
    return pipeline::derive(store, environment.files, *environment.progress, pipeline::Resolve::always);
}

}  // namespace liaison::cli
