#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/country.hpp"
#include "liaison/record/csv.hpp"
#include "support/collecting_sink.hpp"
#include "support/shared_data.hpp"
#include "support/unpacked.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

using namespace liaison;
using liaison::test::CollectingSink;

TEST_CASE("Canada's list of 2025 comes out whole, one listing a record") {
    const auto path = test::shared_file("data/ca/sema_2025-06.xml.xz");
    if (!path) {
        return;
    }
    const std::string bytes = test::unpacked(*path);
    const record::FileSet files{record::source_from_memory("sema.xml", bytes)};
    const adapter::Adapter* adapter = adapter::recognise(files, {});
    REQUIRE(adapter != nullptr);
    REQUIRE(adapter->format() == "ca_sema_xml");
    CollectingSink sink;
    const auto summary = adapter->read(files, {.feed = "ca_sema"}, sink);
    CHECK(summary.records.at("record") == 4759);
    CHECK(summary.publication_date == "2025-03-20");
    CHECK(sink.count("Sanction") == 4759);
    CHECK(sink.count("Vessel") == 109);
    CHECK(sink.count("Person") + sink.count("Organization") >= 4600);
    CHECK(sink.issues_of("unreadable-date") == 2);
    CHECK(sink.issues.size() == 2);
    CHECK(sink.conflicts.empty());

    const model::Entity* ship = sink.find("Vessel", "imoNumber", "IMO7612448");
    REQUIRE(ship != nullptr);
    CHECK(sink.text(ship->id, "name") == "Balitiyskiy III");
    CHECK(sink.text(ship->id, "buildDate") == "1980");
    std::map<std::string, int> languages;
    for (const auto& [id, entity] : sink.entities) {
        for (const model::Value& value : entity.values) {
            languages[value.lang] += value.property == model::property("alias") ? 1 : 0;
        }
    }
    CHECK(languages["rus"] > 2000);
    CHECK(languages["bel"] > 25);
}

TEST_CASE("a list of another publisher is refused by name") {
    CollectingSink sink;
    const record::FileSet files{record::source_from_memory("x.xml", "<sdnList><sdnEntry/></sdnList>")};
    CHECK_THROWS_WITH_AS(adapter::find_adapter("eu_fsf_xml")->read(files, {.feed = "eu_fsf"}, sink),
                         "x.xml: the document element is <sdnList>, not <export>", base::InputError);
    CHECK_THROWS_AS(adapter::find_adapter("ca_sema_xml")->read(files, {.feed = "ca_sema"}, sink), base::InputError);
    CHECK_THROWS_AS(adapter::find_adapter("ftm_ndjson")->read(files, {.feed = "ftm"}, sink), base::InputError);
    CHECK_THROWS_AS(adapter::find_adapter("ofac_actions_html")->read(files, {.feed = "a"}, sink), base::InputError);
}

TEST_CASE("every country that OFAC's address files name is known") {
    for (const auto& [name, column] : {std::pair("data/ofac/csv/2026-08_partial/add.csv.xz", 4), std::pair("data/ofac/csv/2021_raw/add.csv", 4),
                                       std::pair("data/ofac/csv/cons_nonsdn/cons_add.csv", 4)}) {
        const auto path = test::shared_file(name);
        if (!path) {
            return;
        }
        const std::string bytes = test::unpacked(*path);
        record::CsvReader rows(record::source_from_memory("add.csv", bytes), {});
        record::CsvRow row;
        std::set<std::string> unknown;
        while (rows.next(row)) {
            const std::string country = base::collapse_space(row.field(static_cast<std::size_t>(column)));
            if (!country.empty() && country != "-0-" && country != "undetermined" && !model::country_code(country)) {
                unknown.insert(country);
            }
        }
        // Regions that are no country, or whose country is in dispute.
        for (const char* region : {"Region: Kafia Kingi", "Region: Jammu and Kashmir", "Region: Commonwealth of Independent States"}) {
            unknown.erase(region);
        }
        CAPTURE(name);
        CHECK(unknown == std::set<std::string>{});
    }
}
