#include "liaison/base/error.hpp"
#include "liaison/model/entity.hpp"
#include "liaison/model/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace liaison::model;

TEST_CASE("schemata inherit properties, captions and edges") {
    const Schema& company = schema("Company");
    CHECK(company.is_a("Organization"));
    CHECK(company.is_a("Asset"));
    CHECK(company.is_a("Thing"));
    CHECK_FALSE(company.is_a("Person"));
    CHECK(company.has(property("registrationNumber")));
    CHECK(company.type_of(property("incorporationDate")) == PropertyType::date);
    const Schema& ownership = schema("Ownership");
    REQUIRE(ownership.edge.has_value());
    CHECK(to_string(ownership.edge->source) == "owner");
    CHECK(to_string(ownership.edge->target) == "asset");
    CHECK(schema("Sanction").reverse_of(property("entity")) == "sanctions");
}

TEST_CASE("the common schema is the more specific one, or none") {
    CHECK(common_schema(schema("LegalEntity"), schema("Person")) == &schema("Person"));
    CHECK(common_schema(schema("Organization"), schema("Asset")) == &schema("Company"));
    CHECK(common_schema(schema("Person"), schema("Organization")) == nullptr);
}

TEST_CASE("an unknown name in our own code is an internal error") {
    CHECK_THROWS_WITH_AS((void)schema("Nonsense"), "no schema \"Nonsense\" in schemas/vocabulary.json",
                         liaison::base::InternalError);
}

TEST_CASE("an entity drops exact duplicates, keeps order and picks its caption") {
    Entity entity("x-1", schema("Person"));
    entity.add(property("alias"), "B");
    entity.add(property("name"), "A");
    entity.add(property("name"), "A");
    entity.add(property("name"), "A", "rus");
    entity.add(property("name"), "");
    CHECK(entity.values.size() == 3);
    CHECK(entity.caption() == "A");
    CHECK(derived_id("addr", {"ab", "c"}) != derived_id("addr", {"a", "bc"}));
    CHECK(derived_id("addr", {"ab", "c"}).size() == 25);
}
