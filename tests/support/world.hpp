#pragma once
// Small worlds in text, for tests of queries: one line an entity or an edge.
//
//   Person a "Kim Il" programme=DPRK3     an entity (programme=X adds a listing)
//   Ownership a -> b percentage=60        a relationship entity, named "Ownership-a-b"
//   holder p -> a                         a reference property of p

#include "liaison/model/entity.hpp"
#include "liaison/store/store.hpp"

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace liaison::support {

inline std::vector<model::Entity> parse_world(const std::string& text) {
    std::vector<model::Entity> entities;
    const auto find = [&](const std::string& id) -> model::Entity& {
        for (model::Entity& entity : entities) {
            if (entity.id == id) {
                return entity;
            }
        }
        throw std::runtime_error("world: no entity " + id);
    };
    std::istringstream lines(text);
    std::string line;
    std::uint64_t number = 0;
    while (std::getline(lines, line)) {
        ++number;
        std::istringstream words(line);
        std::string kind;
        if (!(words >> kind)) {
            continue;
        }
        std::string one;
        words >> one;
        std::string word;
        words >> std::ws;
        if (words.peek() == '-') {
            std::string two;
            words >> word >> two;
            const model::Schema* schema = model::find_schema(kind);
            if (schema == nullptr) {
                find(one).add(model::property(kind), two);
                continue;
            }
            model::Entity edge(kind + "-" + one + "-" + two, *schema);
            edge.position = {"world", number, 0};
            edge.add(schema->edge->source, one);
            edge.add(schema->edge->target, two);
            while (words >> word) {
                const auto split = word.find('=');
                edge.add(model::property(word.substr(0, split)), word.substr(split + 1));
            }
            entities.push_back(std::move(edge));
            continue;
        }
        model::Entity entity(one, model::schema(kind));
        entity.position = {"world", number, 0};
        std::vector<model::Entity> listings;
        std::string name;
        if (words.peek() == '"') {
            words.get();
            std::getline(words, name, '"');
            entity.add(model::property("name"), name);
        }
        while (words >> word) {
            const auto split = word.find('=');
            const std::string property = word.substr(0, split);
            const std::string value = word.substr(split + 1);
            if (property == "programme") {
                model::Entity listing("listing-" + one, model::schema("Sanction"));
                listing.position = entity.position;
                listing.add(model::property("entity"), one);
                listing.add(model::property("program"), value);
                listings.push_back(std::move(listing));
            } else {
                entity.add(model::property(property), value);
            }
        }
        entities.push_back(std::move(entity));
        for (model::Entity& listing : listings) {
            entities.push_back(std::move(listing));
        }
    }
    return entities;
}

/// Loads a world as one snapshot of a dataset.
inline store::LoadSummary load_world(store::Store& store, std::string_view dataset, std::string_view published,
                                     const std::string& text) {
    store::Loader loader = store.begin_load(dataset);
    for (model::Entity& entity : parse_world(text)) {
        loader.entity(std::move(entity));
    }
    store::Snapshot snapshot;
    snapshot.hash = std::string(dataset) + "@" + std::string(published);
    snapshot.format = "world";
    snapshot.published = published;
    snapshot.fetched_at = std::string(published) + "T00:00:00Z";
    return loader.commit(std::move(snapshot));
}

}  // namespace liaison::support
