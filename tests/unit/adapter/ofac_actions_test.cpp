#include "liaison/adapter/adapter.hpp"
#include "support/collecting_sink.hpp"
#include "support/shared_data.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace liaison;
using liaison::test::CollectingSink;

TEST_CASE("the announcement of 4 November 2025 comes out without a miss") {
    const auto path = test::shared_file("data/ofac/recent_actions/2025-11-04.html");
    if (!path) {
        return;
    }
    CollectingSink sink;
    const record::FileSet files{record::source_from_path(*path)};
    const adapter::Adapter* adapter = adapter::recognise(files, {});
    REQUIRE(adapter != nullptr);
    REQUIRE(adapter->format() == "ofac_actions_html");
    const auto summary = adapter->read(files, {.feed = "us_ofac_actions"}, sink);
    CHECK(summary.publication_date == "2025-11-04");
    CHECK(summary.records == std::map<std::string, std::uint64_t>{{"added", 10}, {"changed", 1}, {"removed", 2}});
    CHECK(sink.issues.empty());
    CHECK(sink.conflicts.empty());

    const auto status_of = [&](const std::string& id) {
        const model::Entity* sanction = sink.find("Sanction", "entity", id);
        return sanction == nullptr ? std::string("none") : std::string(sanction->first(model::property("status")));
    };
    const auto linked_to = [&](const std::string& id) {
        const model::Entity* link = sink.find("UnknownLink", "subject", id);
        return link == nullptr ? std::string() : sink.text(std::string(link->first(model::property("object"))), "name");
    };
    struct Person {
        const char* name;
        const char* alias;
        const char* birth;
        const char* passport;
        const char* link;
    };
    for (const Person& wanted : {Person{"Chun Pom CHOE", "Ch'un-po'm CH'OE", "1975-02-20", "199320353", "CENTRAL BANK OF THE DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA"},
                                 Person{"Hong Gil HAN", "Hong Kil HAN", "1974-01-20", "381410151", "KORYO COMMERCIAL BANK LTD."},
                                 Person{"Jong Son HO", "Cho'ng So'n HO'", "1964-11-21", "754120050", ""},
                                 Person{"Yong Chol HO", "Yong-ch'o'l HO'", "1968-12-12", "", "KOREA DAESONG BANK"},
                                 Person{"Kuk Chol JANG", "Kuk Ch'o'l CHANG", "1987-07-03", "754420443", ""},
                                 Person{"Sung Hyok JONG", "Sung-hyok CHONG", "1971-08-19", "754420338", "FOREIGN TRADE BANK OF THE DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA"},
                                 Person{"Jin Hyok RI", "Chin-hyo'k RI", "1983-02-20", "563120232", "FOREIGN TRADE BANK OF THE DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA"},
                                 Person{"Yong Su U", "", "1971-06-19", "481231176", "KOREA MANGYONGDAE COMPUTER TECHNOLOGY CORPORATION"}}) {
        CAPTURE(wanted.name);
        const model::Entity* person = sink.find("Person", "name", wanted.name);
        REQUIRE(person != nullptr);
        CHECK(sink.text(person->id, "alias") == wanted.alias);
        CHECK(sink.text(person->id, "birthDate") == wanted.birth);
        CHECK(sink.text(person->id, "passportNumber") == wanted.passport);
        CHECK(sink.text(person->id, "gender") == "male");
        CHECK(sink.text(person->id, "nationality") == "kp");
        CHECK(status_of(person->id) == "added");
        CHECK(linked_to(person->id) == wanted.link);
    }
    for (const char* name : {"KOREA MANGYONGDAE COMPUTER TECHNOLOGY CORPORATION", "RYUJONG CREDIT BANK"}) {
        const model::Entity* entity = sink.find("Organization", "name", name);
        REQUIRE(entity != nullptr);
        CHECK(status_of(entity->id) == "added");
    }
    const model::Entity* bank = sink.find("Organization", "name", "CHEIL CREDIT BANK");
    REQUIRE(bank != nullptr);
    CHECK(sink.text(bank->id, "alias") == "FIRST CREDIT BANK");
    CHECK(sink.text(bank->id, "swiftBic") == "KYCBKPPY");
    std::size_t wallets = 0;
    for (const auto& [id, entity] : sink.entities) {
        wallets += entity.schema->name == "CryptoWallet" && entity.first(model::property("holder")) == bank->id ? 1 : 0;
    }
    CHECK(wallets == 53);
    const model::Entity* change = sink.find("Sanction", "entity", bank->id);
    REQUIRE(change != nullptr);
    CHECK(change->first(model::property("status")) == "changed");
    const auto summaries = change->all(model::property("summary"));
    const auto says = [&](std::string_view text) { return std::find(summaries.begin(), summaries.end(), text) != summaries.end(); };
    CHECK(says("Dropped: f.k.a. \"KYONGYONG CREDIT BANK\""));
    CHECK(says("Added: a.k.a. \"KYONGYONG CREDIT BANK\""));
    CHECK(says("Added: Target Type Financial Institution"));
    CHECK(std::count_if(summaries.begin(), summaries.end(), [](std::string_view text) { return text.find("Digital Currency Address") != std::string_view::npos; }) == 53);

    const model::Entity* plane = sink.find("Airplane", "name", "EW-301PJ");
    REQUIRE(plane != nullptr);
    CHECK(status_of(plane->id) == "removed");
    CHECK(sink.text(plane->id, "topics").empty());
    CHECK(linked_to(plane->id) == "OPEN JOINT STOCK COMPANY BELAVIA BELARUSIAN AIRLINES");
}
