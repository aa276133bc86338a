#include "adapter/csv_mapping.hpp"
#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"
#include "support/collecting_sink.hpp"
#include "support/shared_data.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace liaison;
using liaison::test::CollectingSink;

namespace {

std::string refusal(const char* json) {
    const auto settings = nlohmann::json::parse(json);
    try {
        (void)adapter::read_csv_mapping(&settings, "feed");
    } catch (const base::InputError& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a wrong column mapping is refused with what is wrong in it") {
    const std::string start = "the column mapping of the manifest: ";
    CHECK(refusal("[]") == start + "there is none; a CSV feed needs the manifest's \"adapter\" object");
    CHECK(refusal("{}") == start + "it needs one of \"entities\" and \"columns\"");
    CHECK(refusal(R"({"colums": {}})") == start + "the mapping has no setting \"colums\"");
    CHECK(refusal(R"({"columns": {"a": "shoeSize"}})") == start + "columns: there is no property \"shoeSize\"");
    CHECK(refusal(R"({"columns": {"a": "key"}, "separator": ";;"})") == start + "\"separator\" is not one character");
    CHECK(refusal(R"({"columns": {"a": "key"}, "header": false})") == start + "a file without header needs \"column_names\"");
    CHECK(refusal(R"({"entities": {"x": {"schema": "Robot", "properties": {}}}})") == start + "x: there is no schema \"Robot\"");
    CHECK(refusal(R"({"entities": {"x": {"schema": "Person", "properties": {"percentage": "p"}}}})") ==
          start + "x: Person has no property \"percentage\"");
    CHECK(refusal(R"({"entities": {"x": {"schema": "Ownership", "properties": {"owner": {"entity": "y"}}}}})") ==
          start + "x.owner names entity \"y\", which the mapping lacks");
    CHECK(refusal(R"({"entities": {"x": {"properties": {"name": {"column": "a", "value": "b"}}}}})") ==
          start + "x.name needs one of \"column\", \"value\" and \"entity\"");
    CHECK(refusal(R"({"columns": {"a": "key", "b": "name"}})") == "accepted");
}

TEST_CASE("a mapped column that the file lacks is refused with the columns there are") {
    const auto settings = nlohmann::json::parse(R"({"columns": {"id": "key", "nom": "name"}})");
    const record::FileSet files{record::source_from_memory("list.csv", "id,name\n1,x\n")};
    CollectingSink sink;
    CHECK_THROWS_WITH_AS(adapter::find_adapter("csv")->read(files, {.feed = "f", .settings = &settings}, sink),
                         "list.csv: there is no column \"nom\" (there are: id, name)", base::InputError);
}

TEST_CASE("a list of party donations maps to parties, donors, addresses and payments") {
    const auto path = test::shared_file("data/ftm/nomenklatura_donations.csv");
    if (!path) {
        return;
    }
    const auto settings = nlohmann::json::parse(R"({
        "ignore": ["DonorType", "Street", "City", "Country", "ReportingDate"],
        "entities": {"party": {"schema": "Organization", "key": "Party", "properties": {"name": "Party"}},
                     "donor": {"schema": "LegalEntity", "key": "Donor", "properties": {"name": "Donor"}},
                     "gift": {"schema": "Payment", "key": ["DonationDate", "DonationEUR"],
                              "properties": {"payer": {"entity": "donor"}, "beneficiary": {"entity": "party"},
                                             "amountEur": "DonationEUR", "date": "DonationDate"}}}})");
    const record::FileSet files{record::source_from_path(*path)};
    CollectingSink sink;
    const auto summary = adapter::find_adapter("csv")->read(files, {.feed = "donations", .settings = &settings}, sink);
    CHECK(summary.records.at("row") == 292);
    CHECK(sink.issues.empty());
    CHECK(sink.text("donations-SPD", "name") == "SPD");
    const model::Entity* gift = sink.find("Payment", "payer", "donations-Frau Lina Dachner");
    REQUIRE(gift != nullptr);
    CHECK(gift->first(model::property("amountEur")) == "100000");
    CHECK(gift->first(model::property("date")) == "2011-12-29");
    CHECK(gift->first(model::property("beneficiary")) == "donations-MLPD");
}

TEST_CASE("every FollowTheMoney file at hand loads without an issue") {
    for (const auto& [name, entities] : std::vector<std::pair<std::string, std::size_t>>{
             {"yente_t1_entities.ftm.json", 7}, {"yente_zala_entities.ftm.json", 91}, {"yente_parteispenden_entities.ftm.json", 475},
             {"nomenklatura_donations.ijson", 474}, {"aleph_samples.ijson", 21}, {"yente_t2/20240527194702-wnk/entities.delta.json", 2},
             {"yente_t2/20240528014702-pfh/entities.delta.json", 2}, {"yente_t2/20240528074703-npf/entities.delta.json", 0},
             {"yente_t2/20240528134729-3iv/entities.delta.json", 1}}) {
        const auto path = test::shared_file("data/ftm/" + name);
        if (!path) {
            return;
        }
        CAPTURE(name);
        const record::FileSet files{record::source_from_path(*path)};
        const adapter::Adapter* adapter = adapter::recognise(files, {});
        REQUIRE(adapter != nullptr);
        CHECK(adapter->format() == "ftm_ndjson");
        CollectingSink sink;
        adapter->read(files, {.feed = "ftm"}, sink);
        CHECK(sink.issues.empty());
        CHECK(sink.entities.size() == entities);
    }
}
