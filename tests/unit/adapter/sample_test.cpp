// The sample feed set loads without an issue and tells the story of 4 November 2025.

#include "liaison/adapter/adapter.hpp"
#include "support/collecting_sink.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace liaison;
using liaison::test::CollectingSink;

TEST_CASE("the sample feed set reads without an issue and connects the bankers to their banks") {
    CollectingSink sink;
    for (const auto& [feed, file] : {std::pair("us_ofac_sdn", "SDN_ADVANCED.XML"), std::pair("us_ofac_cons", "CONS_ADVANCED.XML"), std::pair("un_sc", "consolidated.xml")}) {
        const record::FileSet files{record::source_from_path(std::string(LIAISON_SOURCE_DIR "/feeds/sample/") + feed + "/" + file)};
        const adapter::Adapter* adapter = adapter::recognise(files, {});
        REQUIRE(adapter != nullptr);
        CHECK(adapter->read(files, {.feed = feed}, sink).publication_date == "2025-11-04");
    }
    CHECK(sink.issues.empty());
    CHECK(sink.conflicts.empty());
    CHECK(sink.count("Sanction") == 51 + 1 + 22);
    CHECK(sink.text("ofac-56045", "passportNumber") == "481231176");
    CHECK(sink.text("ofac-55197", "birthDate") == "1964-11-21");
    const model::Entity* edge = sink.find("Representation", "agent", "ofac-56045");
    REQUIRE(edge != nullptr);
    CHECK(edge->first(model::property("client")) == "ofac-56044");
    std::size_t wallets = 0;
    for (const auto& [id, entity] : sink.entities) {
        wallets += entity.schema->name == "CryptoWallet" && entity.first(model::property("holder")) == "ofac-22985" ? 1 : 0;
    }
    CHECK(wallets == 53);
    const model::Entity* ownership = sink.find("Ownership", "owner", "unsc-KPe.030");
    REQUIRE(ownership != nullptr);
    CHECK(ownership->first(model::property("asset")) == "unsc-KPe.035");
}
