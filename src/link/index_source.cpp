#include "liaison/link/index_source.hpp"

#include <algorithm>

namespace liaison::link {

std::optional<KnownEntity> IndexSource::by_id(std::string_view id) const {
    const auto ordinal = m_index.entities().find(id);
    return ordinal ? std::optional<KnownEntity>(known(*ordinal)) : std::nullopt;
}

std::vector<KnownEntity> IndexSource::by_name(std::string_view) const { return {}; }

std::vector<KnownEntity> IndexSource::by_identifier(std::string_view key) const {
    std::vector<KnownEntity> result;
    for (const index::IdentifierHit& hit : m_index.identifiers().find(key)) {
        const bool seen = std::any_of(result.begin(), result.end(), [&](const KnownEntity& e) { return e.id == m_index.entities().id(hit.entity); });
        if (!seen) {
            result.push_back(known(hit.entity));
        }
    }
    return result;
}

KnownEntity IndexSource::known(index::Ordinal ordinal) const {
    const index::EntitiesView& entities = m_index.entities();
    KnownEntity result;
    result.id = entities.id(ordinal);
    result.schema = entities.schema(ordinal).name;
    const auto take = [&](std::vector<std::string>& into, std::string_view property, index::Ordinal of, std::size_t length = std::string_view::npos) {
        for (const std::string_view value : entities.all(of, model::property(property))) {
            const std::string text(value.substr(0, length));
            if (std::find(into.begin(), into.end(), text) == into.end()) {
                into.push_back(text);
            }
        }
    };
    take(result.names, "name", ordinal);
    take(result.names, "alias", ordinal);
    take(result.names, "previousName", ordinal);
    take(result.weak_names, "weakAlias", ordinal);
    for (const char* property : {"country", "nationality", "citizenship", "jurisdiction"}) {
        take(result.countries, property, ordinal);
    }
    take(result.birth_years, "birthDate", ordinal, 4);
    take(result.roles, "position", ordinal);
    for (const index::Ordinal listing : m_index.graph().listings(ordinal)) {
        take(result.authorities, "authority", listing);
        take(result.listed_dates, "listingDate", listing);
        take(result.listed_dates, "startDate", listing);
    }
    // What an edge of a list ties it to; edges that the news itself made are no evidence for the news.
    for (const index::Incidence& incidence : m_index.graph().incident(ordinal)) {
        const index::EdgeRecord& edge = m_index.graph().edges()[incidence.edge];
        if (!edge.has(index::EdgeRecord::kNews) && result.related.size() < 200) {
            take(result.related, "name", incidence.neighbour);
            take(result.related, "alias", incidence.neighbour);
        }
    }
    return result;
}

}  // namespace liaison::link
