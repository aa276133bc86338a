#include "liaison/link/link.hpp"

#include "liaison/name/fold.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace liaison;

namespace {

class TestSource final : public link::EntitySource {
public:
    std::vector<link::KnownEntity> entities;
    std::optional<link::KnownEntity> by_id(std::string_view id) const override {
        for (const auto& entity : entities) {
            if (entity.id == id) {
                return entity;
            }
        }
        return std::nullopt;
    }
    std::vector<link::KnownEntity> by_name(std::string_view name) const override {
        std::vector<link::KnownEntity> result;
        for (const auto& entity : entities) {
            std::vector<std::string> names = entity.names;
            names.insert(names.end(), entity.weak_names.begin(), entity.weak_names.end());
            if (std::any_of(names.begin(), names.end(), [&](const std::string& n) { return name::fold(n) == name; })) {
                result.push_back(entity);
            }
        }
        return result;
    }
    std::vector<link::KnownEntity> by_identifier(std::string_view key) const override {
        std::vector<link::KnownEntity> result;
        for (const auto& entity : entities) {
            if (std::find(entity.identifiers.begin(), entity.identifiers.end(), key) != entity.identifiers.end()) {
                result.push_back(entity);
            }
        }
        return result;
    }
};

class Sink final : public model::StatementSink {
public:
    void entity(model::Entity entity) override { entities.push_back(std::move(entity)); }
    void issue(base::Issue) override {}
    std::vector<model::Entity> entities;
};

link::KnownEntity listed_person() {
    link::KnownEntity person;
    person.id = "list-1";
    person.schema = "Person";
    person.names = {"Ivan Petrov", "Iwan Petrow"};
    person.weak_names = {"Grom"};
    person.countries = {"ru"};
    person.related = {"Orlov Commercial Bank"};
    person.authorities = {"Office of Foreign Assets Control"};
    person.listed_dates = {"2025-11-04"};
    return person;
}

const link::Link* link_of(const article::Reading& reading, const std::vector<link::Link>& links, std::string_view name) {
    for (const link::Link& link : links) {
        if (reading.entity_names[link.entity] == name) {
            return &link;
        }
    }
    return nullptr;
}

std::pair<article::Reading, std::vector<link::Link>> link_text(const TestSource& source, const std::string& text) {
    article::ReadOptions options;
    options.document.published = "2025-11-04";
    article::Reading reading = article::read_document("a.txt", text, options);
    std::vector<link::Link> links = link::link_reading(reading, source);
    return {std::move(reading), std::move(links)};
}

}  // namespace

TEST_CASE("A full name with two agreeing pieces of context is probable") {
    TestSource source;
    source.entities = {listed_person()};
    const auto [reading, links] = link_text(source, "Today, OFAC sanctioned Ivan Petrov, a Russian national, of Orlov Commercial Bank.");
    const link::Link* link = link_of(reading, links, "Ivan Petrov");
    REQUIRE(link != nullptr);
    CHECK(link->band == link::Band::probable);
    CHECK(link->target == "list-1");
}

TEST_CASE("A name alone is possible, a surname or a weak alias links to nobody, a contradiction rejects") {
    TestSource source;
    source.entities = {listed_person()};
    {
        const auto [reading, links] = link_text(source, "The footballer Ivan Petrov scored twice on Sunday.");
        const link::Link* link = link_of(reading, links, "Ivan Petrov");
        REQUIRE(link != nullptr);
        CHECK(link->band == link::Band::possible);
    }
    {
        const auto [reading, links] = link_text(source, "Mexican national Ivan Petrov works at Orlov Commercial Bank.");
        const link::Link* link = link_of(reading, links, "Ivan Petrov");
        REQUIRE(link != nullptr);
        CHECK(link->band == link::Band::rejected);
        CHECK(link->contradictions == std::vector<std::string>{"country"});
    }
    {
        const auto [reading, links] = link_text(source, "OFAC sanctioned the exchange Grom and Orlov Commercial Bank.");
        for (const link::Link& link : links) {
            CHECK(link.band != link::Band::probable);
            CHECK(link.band != link::Band::confirmed);
        }
    }
}

TEST_CASE("Two entities that fit equally well are both only possible") {
    TestSource source;
    source.entities = {listed_person(), listed_person()};
    source.entities[1].id = "list-2";
    const auto [reading, links] = link_text(source, "Today, OFAC sanctioned Ivan Petrov, a Russian national, of Orlov Commercial Bank.");
    for (const link::Link& link : links) {
        CHECK(link.band == link::Band::possible);
    }
}

TEST_CASE("An article becomes entities whose edges carry modality, evidence and rule, and unnamed people are events") {
    TestSource source;
    source.entities = {listed_person()};
    const auto [reading, links] = link_text(
        source, "Today, OFAC sanctioned Ivan Petrov, a Russian national. Ivan Petrov is the president of Orlov Commercial Bank. OFAC also sanctioned eight individuals.");
    Sink sink;
    link::article_entities(reading, links, "https://example.org/a", sink);
    const auto find = [&](std::string_view schema) {
        return std::find_if(sink.entities.begin(), sink.entities.end(), [&](const model::Entity& e) { return e.schema->name == schema; });
    };
    const auto edge = find("Directorship");
    REQUIRE(edge != sink.entities.end());
    CHECK(edge->first(model::property("director")) == "list-1");
    CHECK(edge->first(model::property("modality")) == "asserted");
    CHECK(edge->first(model::property("evidence")).find("president of Orlov Commercial Bank") != std::string_view::npos);
    CHECK(edge->first(model::property("sourceUrl")) == "https://example.org/a");
    CHECK(find("Article") != sink.entities.end());
    CHECK(find("Event") != sink.entities.end());
    CHECK(find("Sanction") == sink.entities.end());
    for (const model::Entity& entity : sink.entities) {
        if (entity.schema->name == "Person") {
            CHECK(entity.caption().find("individuals") == std::string_view::npos);
        }
    }
}
