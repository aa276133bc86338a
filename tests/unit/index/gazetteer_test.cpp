#include "liaison/index/gazetteer.hpp"

#include "liaison/base/error.hpp"

#include <doctest/doctest.h>

using liaison::index::build_gazetteer;
using liaison::index::GazetteerName;
using liaison::index::GazetteerView;

TEST_CASE("The gazetteer finds the longest name on token boundaries, whatever its case and accents") {
    const std::vector<GazetteerName> names = {{"Ivan Petrov", "x-1", "Person", false}, {"Ivan Petrov Holding", "x-2", "Company", false},
                                              {"Société Générale", "x-3", "Company", false}, {"Grom", "x-1", "Person", true}};
    const std::string section = build_gazetteer(names);
    const GazetteerView view(section);
    CHECK(view.size() == 4);
    const std::string text = "IVAN PETROV HOLDING paid societe generale; Ivan-Petrov and Gromov left. Grom stayed.";
    const auto hits = view.find(text);
    REQUIRE(hits.size() == 4);
    CHECK(text.substr(hits[0].start, hits[0].end - hits[0].start) == "IVAN PETROV HOLDING");
    CHECK(hits[0].entities == std::vector<std::string>{"x-2"});
    CHECK(hits[1].entities == std::vector<std::string>{"x-3"});
    CHECK(text.substr(hits[2].start, hits[2].end - hits[2].start) == "Ivan-Petrov");
    CHECK(hits[3].weak);
    CHECK(text.substr(hits[3].start, hits[3].end - hits[3].start) == "Grom");
}

TEST_CASE("A name borne by two entities lists both, and has no schema when theirs differ") {
    const std::string section = build_gazetteer({{"Orion", "b", "Vessel", false}, {"Orion", "a", "Company", true}});
    const auto hits = GazetteerView(section).find("The Orion sank.");
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].entities == std::vector<std::string>{"a", "b"});
    CHECK(hits[0].schema.empty());
    CHECK_FALSE(hits[0].weak);
}

TEST_CASE("A name does not run over a line feed, and names too short to tell anything are left out") {
    const std::string section = build_gazetteer({{"Ivan Petrov", "x-1", "Person", false}, {"Al", "x-2", "Person", false}});
    CHECK(GazetteerView(section).find("Ivan\nPetrov met Al.").empty());
}

TEST_CASE("A truncated gazetteer section is refused") {
    std::string section = build_gazetteer({{"Ivan Petrov", "x-1", "Person", false}});
    section.resize(section.size() - 3);
    CHECK_THROWS_AS(GazetteerView{section}, liaison::base::StoreError);
    CHECK(GazetteerView{std::string_view{}}.find("Ivan Petrov").empty());
}
