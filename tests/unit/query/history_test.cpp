#include "liaison/base/error.hpp"
#include "liaison/query/history.hpp"
#include "support/temporary_folder.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace liaison;

namespace {

using Strings = std::vector<std::string>;

struct World {
    test::TemporaryFolder folder;
    store::Store store = store::Store::open(folder.path() / "lists.db", store::Access::write);

    void load(std::string_view published, const std::string& text, std::string_view dataset = "un_sc") {
        support::load_world(store, dataset, published, text);
    }
    const query::EntityChange* find(const query::Difference& difference, std::string_view id) {
        const auto found = std::find_if(difference.entities.begin(), difference.entities.end(),
                                        [&](const query::EntityChange& change) { return change.id == id; });
        return found == difference.entities.end() ? nullptr : &*found;
    }
    void refuse(std::string_view published, std::string_view note) {
        store::Snapshot snapshot;
        snapshot.dataset = "un_sc";
        snapshot.hash = "refused@" + std::string(published);
        snapshot.published = published;
        snapshot.fetched_at = std::string(published) + "T00:00:00Z";
        snapshot.status = store::SnapshotStatus::refused;
        snapshot.note = note;
        store.record_refusal(snapshot);
    }
};

const query::PropertyChange* property(const query::EntityChange& change, std::string_view name) {
    const auto found = std::find_if(change.properties.begin(), change.properties.end(),
                                    [&](const query::PropertyChange& each) { return each.property == name; });
    return found == change.properties.end() ? nullptr : &*found;
}

std::string told(const query::History& history) {
    std::string events;
    for (const query::Event& event : history.events) {
        events += event.date + " " + event.what + "\n";
    }
    return events;
}

}  // namespace

TEST_CASE("a new designation, a correction and a delisting are told apart, property by property") {
    World world;
    world.load("2024-01-01", R"(
Person kim "Kim Il" programme=DPRK birthDate=1962
Person jang "Jang Kuk" programme=DPRK
)");
    world.load("2024-02-01", R"(
Person kim "Kim Il" programme=DPRK birthDate=1963 alias=Kim
Person ri "Ri Yong" programme=DPRK
)");
    const auto difference = query::diff(world.store, "2024-01-01", "2024-02-01");
    REQUIRE(difference.entities.size() == 3);
    const auto* kim = world.find(difference, "kim");
    REQUIRE(kim != nullptr);
    CHECK(kim->nature == query::Nature::correction);
    CHECK(kim->programmes == Strings{"DPRK"});
    REQUIRE(property(*kim, "birthDate") != nullptr);
    CHECK(property(*kim, "birthDate")->removed == Strings{"1962"});
    CHECK(property(*kim, "birthDate")->added == Strings{"1963"});
    REQUIRE(property(*kim, "alias") != nullptr);
    CHECK(property(*kim, "alias")->removed.empty());
    CHECK(kim->properties.size() == 2);
    CHECK(world.find(difference, "ri")->nature == query::Nature::designation);
    CHECK(world.find(difference, "jang")->nature == query::Nature::delisting);
    REQUIRE(difference.feeds.size() == 1);
    CHECK(difference.feeds[0].counts.added == 1);
    CHECK(difference.feeds[0].counts.removed == 1);
    CHECK(difference.feeds[0].counts.changed == 1);
    CHECK(difference.feeds[0].programmes.at("DPRK").removed == 1);
}

TEST_CASE("the same two states give the same bytes, whatever was loaded later") {
    World world;
    world.load("2024-01-01", "Person kim \"Kim Il\" programme=DPRK\n");
    world.load("2024-02-01", "Person kim \"Kim Il\" programme=DPRK alias=Kim\n");
    const std::string before = query::to_json(query::diff(world.store, "2024-01-01", "2024-02-01")).dump();
    world.load("2024-03-01", "Person jang \"Jang Kuk\" programme=DPRK\n");
    CHECK(query::to_json(query::diff(world.store, "2024-01-01", "2024-02-01")).dump() == before);
}

TEST_CASE("a refused snapshot in between is named and delists nobody") {
    World world;
    world.load("2024-01-01", "Person kim \"Kim Il\" programme=DPRK\nPerson jang \"Jang\" programme=DPRK\n");
    world.refuse("2024-01-15", "shrunk: half is gone");
    world.load("2024-02-01", "Person kim \"Kim Il\" programme=DPRK\nPerson jang \"Jang Kuk\" programme=DPRK\n");
    const auto difference = query::diff(world.store, "2024-01-01", "now");
    REQUIRE(difference.entities.size() == 1);
    CHECK(difference.entities[0].nature == query::Nature::correction);
    CHECK(difference.feeds[0].refused == Strings{"snapshot 2 of 2024-01-15: shrunk: half is gone"});
    CHECK_THROWS_WITH_AS(query::diff(world.store, "2", "now"),
                         "snapshot 2 of un_sc was refused and never in service: shrunk: half is gone", base::UsageError);
}

TEST_CASE("an entity whose record could not be read is no delisting") {
    World world;
    world.load("2024-01-01", "Person unsc-KPi.001 \"Kim Il\" programme=DPRK\nPerson unsc-KPi.002 \"Jang\" programme=DPRK\n");
    {
        store::Loader loader = world.store.begin_load("un_sc");
        for (model::Entity& entity : support::parse_world("Person unsc-KPi.002 \"Jang\" programme=DPRK\n")) {
            loader.entity(std::move(entity));
        }
        loader.issue({"bad-date", "month 13", {"list.xml", 7, 0}, "KPi.001", ""});
        store::Snapshot snapshot;
        snapshot.hash = "second";
        snapshot.published = "2024-02-01";
        snapshot.fetched_at = "2024-02-01T00:00:00Z";
        loader.commit(snapshot);
    }
    const auto difference = query::diff(world.store, "2024-01-01", "now");
    REQUIRE(difference.entities.size() == 1);
    CHECK(difference.entities[0].nature == query::Nature::unreadable);
    CHECK(difference.entities[0].note == "bad-date: month 13");
}

TEST_CASE("the same person under another id is one change, a namesake of another birth date is not") {
    World world;
    world.load("2024-01-01", "Person p-1 \"Kim Il\" programme=DPRK birthDate=1962-05-01\nPerson p-2 \"Ri Yong\" programme=DPRK birthDate=1970-01-01\n");
    world.load("2024-02-01", "Person p-9 \"KIM Il\" programme=DPRK birthDate=1962-05-01\nPerson p-8 \"Ri Yong\" programme=DPRK birthDate=1971-01-01\n");
    const auto difference = query::diff(world.store, "2024-01-01", "now");
    REQUIRE(difference.entities.size() == 3);
    const auto* kim = world.find(difference, "p-9");
    REQUIRE(kim != nullptr);
    CHECK(kim->kind == query::ChangeKind::changed);
    CHECK(kim->nature == query::Nature::changed_id);
    CHECK(kim->previous_id == "p-1");
    CHECK(world.find(difference, "p-1") == nullptr);
    CHECK(world.find(difference, "p-2")->nature == query::Nature::delisting);
    CHECK(world.find(difference, "p-8")->nature == query::Nature::designation);
}

TEST_CASE("a part whose id comes from its content is compared by property, not as gone and come") {
    World world;
    world.load("2024-01-01", R"(
Person kim "Kim Il" programme=DPRK
Passport pass-a number=123 country=kp
holder pass-a -> kim
Address addr-a full=Pyongyang
addressEntity kim -> addr-a
)");
    world.load("2024-02-01", R"(
Person kim "Kim Il" programme=DPRK
Passport pass-b number=123 country=cn
holder pass-b -> kim
Address addr-b full=Dandong
addressEntity kim -> addr-b
)");
    const auto difference = query::diff(world.store, "2024-01-01", "now");
    REQUIRE(difference.entities.size() == 1);
    const query::EntityChange& kim = difference.entities[0];
    CHECK(kim.properties.size() == 2);
    REQUIRE(property(kim, "Passport:country") != nullptr);
    CHECK(property(kim, "Passport:country")->removed == Strings{"kp"});
    CHECK(property(kim, "Passport:country")->added == Strings{"cn"});
    REQUIRE(property(kim, "addressEntity") != nullptr);
    CHECK(property(kim, "addressEntity")->removed == Strings{"Pyongyang (addr-a)"});
    CHECK(property(kim, "addressEntity")->added == Strings{"Dandong (addr-b)"});
}

TEST_CASE("an address that changes under the same id is a change of whoever it belongs to") {
    World world;
    world.load("2024-01-01", "Person kim \"Kim Il\" programme=DPRK\nAddress a1 city=Pyongyang\naddressEntity kim -> a1\n");
    world.load("2024-02-01", "Person kim \"Kim Il\" programme=DPRK\nAddress a1 city=Dandong\naddressEntity kim -> a1\n");
    const auto difference = query::diff(world.store, "2024-01-01", "now");
    REQUIRE(difference.entities.size() == 1);
    CHECK(difference.entities[0].id == "kim");
    REQUIRE(difference.entities[0].properties.size() == 1);
    CHECK(difference.entities[0].properties[0].property == "Address:city");
}

TEST_CASE("a list loaded for the first time is counted, not itemised, and the state before the last change is named last") {
    World world;
    world.load("2024-01-01", "Person kim \"Kim Il\" programme=DPRK\n");
    world.load("2024-02-01", "Person jang \"Jang\" programme=X\n", "ca_sema");
    const auto difference = query::diff(world.store, "last", "now");
    CHECK(difference.entities.empty());
    CHECK_FALSE(difference.empty());
    REQUIRE(difference.feeds.size() == 2);
    CHECK(difference.feeds[0].status == "first-load");
    CHECK(difference.feeds[1].status == "unchanged");
    CHECK(query::diff(world.store, "now", "now").empty());
}

TEST_CASE("the history of an entity tells listed, changed, delisted and relisted with the snapshot of each") {
    World world;
    world.load("2024-01-01", "Person kim \"Kim Il\" programme=DPRK birthDate=1962\nPerson x \"X\" programme=DPRK\n");
    world.load("2024-02-01", "Person kim \"Kim Il\" programme=DPRK birthDate=1963 alias=Kim\nPerson x \"X\" programme=DPRK\n");
    world.load("2024-03-01", "Person x \"X\" programme=DPRK\n");
    world.load("2024-04-01", "Person kim \"Kim Il\" programme=DPRK birthDate=1963\nPerson x \"X\" programme=DPRK\n");
    const auto history = query::history(world.store, "kim");
    CHECK(told(history) ==
          "2024-01-01 listed\n2024-02-01 alias added\n2024-02-01 birthDate changed\n2024-03-01 delisted\n2024-04-01 relisted\n");
    CHECK(history.events[3].hash == "un_sc@2024-03-01");
    CHECK(history.caption == "Kim Il");
    CHECK(query::diff(world.store, "2024-03-01", "now").entities.at(0).nature == query::Nature::relisting);
    CHECK_THROWS_WITH_AS(query::history(world.store, "nobody"), "no snapshot ever spoke of \"nobody\"", base::UsageError);
}

TEST_CASE("what is no state of the lists is refused with advice") {
    World world;
    world.load("2024-01-01", "Person kim \"Kim Il\" programme=DPRK\n");
    CHECK_THROWS_WITH_AS(query::diff(world.store, "2024-13-01", "now"), "\"2024-13-01\" is no state of the lists", base::UsageError);
    CHECK_THROWS_WITH_AS(query::diff(world.store, "77", "now"), "\"77\" is no state of the lists", base::UsageError);
}
