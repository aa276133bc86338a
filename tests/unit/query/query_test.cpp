#include "liaison/base/error.hpp"
#include "liaison/query/json.hpp"
#include "liaison/query/queries.hpp"
#include "support/stopped_clock.hpp"
#include "support/temporary_folder.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace liaison;

namespace {

constexpr const char* kBankers = R"(
Person kim "Kim Il Sung-ho" programme=DPRK3 birthDate=1962~
Person jang "Jang Kuk Chol"
Company bank "Cheil Credit Bank" programme=DPRK3 programId=X
Company shop "Tokyo Fish Shop"
Address square
Passport p1 number=123
Person far "Far Away"
Directorship kim -> bank role=President
Employment jang -> bank startDate=2020-01-01 endDate=2021-12-31
Ownership bank -> shop percentage=60
addressEntity kim -> square
addressEntity jang -> square
holder p1 -> kim
)";

struct World {
    test::TemporaryFolder folder;
    support::StoppedClock clock{"2025-11-25"};
    std::unique_ptr<base::Files> files = base::make_system_files();
    base::NoProgress progress;
    base::Path db = folder.path() / "lists.db";
    feed::Registry feeds{{}};

    void load(std::string_view published, const std::string& text, std::string_view dataset = "un_sc") {
        auto store = store::Store::open(db, store::Access::write);
        support::load_world(store, dataset, published, text);
        std::filesystem::remove(db.string() + ".index");
    }
    query::Engine open(std::string as_of = "") {
        return query::Engine::open({db, std::move(as_of), ""}, feeds, *files, clock, progress);
    }
};

std::vector<std::string> ids(const std::vector<query::Node>& nodes) {
    std::vector<std::string> found;
    for (const query::Node& node : nodes) {
        found.push_back(node.id);
    }
    return found;
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("search finds words and prefixes, whole names first") {
    World world;
    world.load("2025-11-01", kBankers);
    const auto engine = world.open();
    const auto result = query::search(engine, "KIM", {});
    REQUIRE(result.hits.size() == 1);
    CHECK(result.hits[0].node.id == "kim");
    CHECK(result.hits[0].node.listed);
    CHECK(result.hits[0].node.programmes == Strings{"DPRK3"});
    CHECK(query::search(engine, "chei cred", {}).hits[0].node.id == "bank");
    CHECK(query::search(engine, "nobody", {}).hits.empty());
    CHECK(query::search(engine, "", {}).hits.empty());
    CHECK(query::search(engine, "cheil", {10, "Person", ""}).hits.empty());
    CHECK_THROWS_WITH_AS((void)query::search(engine, "x", {10, "Persn", ""}), "no schema \"Persn\"", base::UsageError);
}

TEST_CASE("show nests listings and relations under FollowTheMoney's names, with every statement") {
    World world;
    world.load("2025-11-01", kBankers);
    const auto engine = world.open();
    const auto shown = query::show(engine, "kim");
    const auto json = query::to_json(shown, engine.context());
    CHECK(json["schema"] == "Person");
    CHECK(json["properties"]["birthDate"] == nlohmann::json::array({"1962~"}));
    CHECK(json["properties"]["sanctions"][0]["properties"]["program"][0] == "DPRK3");
    CHECK(json["properties"]["directorshipDirector"][0]["properties"]["organization"][0]["caption"] == "Cheil Credit Bank");
    CHECK(json["properties"]["directorshipDirector"][0]["properties"]["role"][0] == "President");
    CHECK(json["properties"]["addressEntity"][0]["schema"] == "Address");
    CHECK(json["statements"].size() == 4);
    CHECK(json["statements"][0]["origin"] == "world:2");
    CHECK(json["statements"][0]["snapshot"] == "un_sc@2025-11-01");
    CHECK(json["context"]["datasets"][0]["age_days"] == 24);
    try {
        (void)query::show(engine, "kin");
        FAIL("shown");
    } catch (const base::UsageError& error) {
        CHECK(std::string(error.what()) == "no entity \"kin\"");
        CHECK(error.hint() == "did you mean kim?");
    }
}

TEST_CASE("neighbours go by depth, kind, date and limit, and say what was cut") {
    World world;
    world.load("2025-11-01", kBankers);
    const auto engine = world.open();
    query::NeighboursOptions options;
    CHECK(ids(query::neighbours(engine, {"kim"}, options).nodes) == Strings{"bank", "kim", "p1", "square"});
    options.depth = 2;
    CHECK(ids(query::neighbours(engine, {"kim"}, options).nodes) == Strings{"bank", "jang", "kim", "p1", "shop", "square"});
    options.filter.kinds = {"directorships"};
    const auto directed = query::neighbours(engine, {"kim"}, options);
    CHECK(ids(directed.nodes) == Strings{"bank", "kim"});
    REQUIRE(directed.edges.size() == 1);
    CHECK(directed.edges[0].label == "President");
    CHECK(directed.edges[0].evidence.size() == 3);
    options.filter.kinds = {"Employment"};
    options.filter.date = "2022-06-01";
    CHECK(query::neighbours(engine, {"jang"}, options).edges.empty());
    options.filter.date = "2021-06-01";
    CHECK(query::neighbours(engine, {"jang"}, options).edges.size() == 1);
    options.filter = {};
    options.depth = 1;
    options.limit = 2;
    const auto cut = query::neighbours(engine, {"kim"}, options);
    CHECK(ids(cut.nodes) == Strings{"bank", "kim"});
    CHECK(cut.notes == Strings{"cut at 2 nodes: 2 more at distance 1 and all beyond are left out, weakest edges first; raise --limit"});
    options.filter.kinds = {"Owneship"};
    CHECK_THROWS_WITH_AS((void)query::neighbours(engine, {"kim"}, options), "no kind of edge \"Owneship\"", base::UsageError);
}

TEST_CASE("all shortest paths are found, hubs are not passed through and that is said") {
    World world;
    world.load("2025-11-01", kBankers);
    const auto engine = world.open();
    query::PathOptions options;
    const auto both = query::path(engine, "kim", "jang", options);
    REQUIRE(both.paths.size() == 2);
    CHECK(both.paths[0] == Strings{"kim", "Directorship-kim-bank", "bank", "Employment-jang-bank", "jang"});
    CHECK(both.paths[1][2] == "square");
    options.hub_degree = 2;  // bank has three edges
    const auto one = query::path(engine, "kim", "jang", options);
    REQUIRE(one.paths.size() == 1);
    CHECK(one.paths[0][2] == "square");
    CHECK(one.hubs == Strings{"bank"});
    CHECK(one.selection.notes == Strings{"1 nodes with more than 2 edges were not passed through"});
    CHECK(query::path(engine, "kim", "far", {}).paths.empty());
    CHECK(query::path(engine, "kim", "kim", {}).paths == std::vector<Strings>{{"kim"}});
}

TEST_CASE("an answer as of a day is the same whatever was loaded later") {
    World world;
    world.load("2025-10-01", "Person kim \"Kim Il\" programme=DPRK3\n");
    const auto before = query::to_json(query::show(world.open("2025-10-15"), "kim"), world.open("2025-10-15").context()).dump();
    world.load("2025-11-01", kBankers);
    world.load("2025-11-02", "Person x \"X\"\n", "us_ofac_sdn");
    world.clock.set("2031-01-01");
    const auto engine = world.open("2025-10-15");
    CHECK(query::to_json(query::show(engine, "kim"), engine.context()).dump() == before);
    CHECK(engine.node(*engine.entities().find("kim")).caption == "Kim Il");
    CHECK_THROWS_AS((void)world.open("2025-09-30"), base::StoreError);
    CHECK_THROWS_WITH_AS((void)world.open("2025-09-31"), "--as-of takes a date such as 2025-11-04, not \"2025-09-31\"", base::UsageError);
}

TEST_CASE("members of a cluster are one node with all edges, found by every id") {
    World world;
    world.load("2025-11-01", kBankers);
    {
        auto store = store::Store::open(world.db, store::Access::write);
        support::load_world(store, "us_ofac_sdn", "2025-11-02",
                            "Person ofac-9 \"KIM, Il Sung Ho\" programme=SDN\nCompany ofac-10 \"Other Bank\"\nDirectorship ofac-9 -> ofac-10\n");
        store.replace_clusters({{"ofac-9", "lia-1"}, {"kim", "lia-1"}});
        std::filesystem::remove(world.db.string() + ".index");
    }
    const auto engine = world.open();
    const auto node = engine.node(engine.require("ofac-9"));
    CHECK(node.id == "lia-1");
    CHECK(node.referents == Strings{"kim", "ofac-9"});
    CHECK(node.datasets == Strings{"un_sc", "us_ofac_sdn"});
    CHECK(node.programmes == Strings{"DPRK3", "SDN"});
    CHECK(query::path(engine, "bank", "ofac-10", {}).paths == std::vector<Strings>{
              {"bank", "Directorship-kim-bank", "lia-1", "Directorship-ofac-9-ofac-10", "ofac-10"}});
    CHECK(query::show(engine, "kim").statements.size() == 6);
}

TEST_CASE("an identifier is found in any spelling, through its holder; a failed wallet is never just not listed") {
    World world;
    world.load("2025-11-01", std::string(kBankers) + "CryptoWallet w publicKey=0x098B716B8Aaf21512996dC57EB0615e2383E2f96\nholder w -> kim\n");
    const auto engine = world.open();
    const auto found = query::lookup(engine, "0X098B716B8AAF21512996DC57EB0615E2383E2F96");
    REQUIRE(found.hits.size() == 2);
    CHECK(found.hits[0].node.id == "w");
    CHECK(found.hits[0].property == "publicKey");
    CHECK(found.hits[1].node.id == "kim");
    CHECK(found.hits[1].through == Strings{"w"});
    CHECK(found.listed());
    const auto other = query::lookup(engine, "0x742d35Cc6634C0532925a3b844Bc454e4438f44e");
    CHECK(other.readable());
    CHECK_FALSE(other.listed());
    CHECK_FALSE(query::lookup(engine, "0x742d35Cc6634C0532925a3b844Bc454e4438f44").readable());  // a digit short
    CHECK_FALSE(query::lookup(engine, "0x742d35Cc6634C0532925a3b844Bc454e4438F44e").readable()); // capitals do not verify
    CHECK(query::lookup(engine, "A1234567").readable());
}

TEST_CASE("the strongest paths go by strength, not by hops, and pass hubs at a price") {
    World world;
    world.load("2025-11-01", kBankers);
    const auto engine = world.open();
    query::PathOptions options;
    options.strongest = 5;
    const auto both = query::path(engine, "kim", "jang", options);
    REQUIRE(both.paths.size() == 2);
    CHECK(both.paths[0][2] == "bank");
    CHECK(both.paths[1][2] == "square");
    REQUIRE(both.costs.size() == 2);
    CHECK(both.costs[0] < both.costs[1]);
    options.hub_degree = 2;  // bank has three edges
    const auto dear = query::path(engine, "kim", "jang", options);
    REQUIRE(dear.paths.size() == 2);
    CHECK(dear.hubs == Strings{"bank"});
    CHECK(dear.selection.notes == Strings{"1 nodes with more than 2 edges were passed through at a price"});
    options.strongest = 1;
    options.hub_degree = 200;
    CHECK(query::path(engine, "kim", "jang", options).paths.size() == 1);
}
