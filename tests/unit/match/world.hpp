#pragma once
// A small list in memory for the tests of match: entities with names and facts, indexed.

#include "liaison/index/names.hpp"
#include "liaison/match/screen.hpp"

#include <string>
#include <utility>
#include <vector>

namespace liaison::test {

class Lists {
public:
    struct Entry {
        std::string schema;
        std::vector<std::pair<std::string, index::NameKind>> names;
        std::vector<std::pair<index::FactKind, std::string>> facts;
    };
    explicit Lists(std::vector<Entry> entries) : m_entries(std::move(entries)) {
        std::vector<index::NamedEntity> entities;
        for (const Entry& entry : m_entries) {
            index::NamedEntity entity;
            entity.ordinal = static_cast<index::Ordinal>(entities.size());
            entity.schema = &model::schema(entry.schema);
            entity.listed = true;
            for (const auto& [text, kind] : entry.names) entity.names.push_back({text, kind});
            for (const auto& [kind, text] : entry.facts)
                entity.facts.push_back({kind, text, kind == index::FactKind::birth_date ? model::parse_edtf(text) : std::nullopt});
            entities.push_back(std::move(entity));
        }
        const std::string bytes = index::build_names(entities);
        m_words.assign((bytes.size() + 7) / 8, 0);  // 8-byte aligned, as in the file
        bytes.copy(reinterpret_cast<char*>(m_words.data()), bytes.size());
        m_view = index::NamesView({reinterpret_cast<const char*>(m_words.data()), bytes.size()});
    }
    [[nodiscard]] const index::NamesView& view() const { return m_view; }

private:
    std::vector<Entry> m_entries;
    std::vector<std::uint64_t> m_words;
    index::NamesView m_view;
};

inline match::Query person(std::string name, const char* born = nullptr) {
    match::Query query;
    query.schema = &model::schema("Person");
    query.names.push_back(std::move(name));
    if (born != nullptr) query.birth_dates.push_back(*model::parse_edtf(born));
    return query;
}

inline match::Query organisation(std::string name) {
    match::Query query;
    query.schema = &model::schema("Company");
    query.names.push_back(std::move(name));
    return query;
}

}  // namespace liaison::test
