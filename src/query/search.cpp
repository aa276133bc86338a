#include "liaison/base/error.hpp"
#include "liaison/query/queries.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liaison::query {

SearchResult search(const Engine& engine, std::string_view text, const SearchOptions& options) {
    const model::Schema* wanted = nullptr;
    if (!options.schema.empty()) {
        wanted = model::find_schema(options.schema);
        if (wanted == nullptr) {
            throw base::UsageError(fmt::format("no schema \"{}\"", options.schema),
                                   "schemata are FollowTheMoney's: Person, Company, Organization, Vessel, ...");
        }
    }
    const bool filtered = wanted != nullptr || !options.dataset.empty();
    // With a filter the hits are taken until enough pass; the index gives them in order anyway.
    const auto found = engine.index().tokens().search(text, filtered ? engine.entities().size() : options.limit);
    SearchResult result;
    result.total = found.total;
    if (filtered) {
        result.total = 0;
    }
    for (const index::TokenHit& hit : found.hits) {
        if (wanted != nullptr && !engine.entities().schema(hit.entity).is_a(*wanted)) {
            continue;
        }
        if (!options.dataset.empty()) {
            const auto datasets = engine.entities().datasets(hit.entity);
            if (std::find(datasets.begin(), datasets.end(), options.dataset) == datasets.end()) {
                continue;
            }
        }
        if (filtered) {
            ++result.total;
        }
        if (result.hits.size() < options.limit) {
            result.hits.push_back({engine.node(hit.entity), hit.score});
        }
    }
    return result;
}

}  // namespace liaison::query
