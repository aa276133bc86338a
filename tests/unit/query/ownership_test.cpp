#include "liaison/base/error.hpp"
#include "liaison/query/exposure.hpp"
#include "liaison/query/json.hpp"
#include "liaison/query/ownership.hpp"
#include "support/stopped_clock.hpp"
#include "support/temporary_folder.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace liaison;
using graph::Verdict;
using query::OwnershipRule;

namespace {

using Strings = std::vector<std::string>;

struct World {
    test::TemporaryFolder folder;
    support::StoppedClock clock{"2025-11-25"};
    std::unique_ptr<base::Files> files = base::make_system_files();
    base::NoProgress progress;
    base::Path db = folder.path() / "lists.db";
    feed::Registry feeds{{}};

    explicit World(const std::string& text, std::string_view dataset = "us_ofac_sdn") { load(text, dataset); }
    void load(const std::string& text, std::string_view dataset) {
        auto store = store::Store::open(db, store::Access::write);
        support::load_world(store, dataset, "2025-11-01", text);
    }
    query::Engine open() { return query::Engine::open({db, "", ""}, feeds, *files, clock, progress); }
    query::OwnershipResult ask(std::string_view id, OwnershipRule rule = OwnershipRule::ofac, std::string date = "") {
        query::OwnershipOptions options;
        options.rule = rule;
        options.date = std::move(date);
        return query::ownership(open(), id, options);
    }
    Verdict verdict(std::string_view id, OwnershipRule rule = OwnershipRule::ofac, std::string date = "") {
        return ask(id, rule, std::move(date)).asked().verdict;
    }
};

const query::OwnershipParty& party(const query::OwnershipResult& result, std::string_view id) {
    for (const query::OwnershipParty& one : result.parties) {
        if (one.id == id) {
            return one;
        }
    }
    throw std::runtime_error("no party " + std::string(id));
}

}  // namespace

TEST_CASE("half of half is blocked: OFAC FAQ 401, first example, with the proof down to the listed owner") {
    World world(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Ownership x -> a percentage=50
Ownership a -> b percentage=50
)");
    const auto result = world.ask("b");
    CHECK(result.asked().verdict == Verdict::blocked);
    CHECK(result.asked().share.low == 50);
    REQUIRE(result.asked().proof.size() == 2);
    CHECK(result.asked().proof[0].owner == "a");
    CHECK(result.asked().proof[0].edge == "Ownership-a-b");
    CHECK(result.asked().proof[0].stake == query::StakeInterval{50, 50, true});
    CHECK(result.asked().proof[0].owner_verdict == Verdict::blocked);
    CHECK(result.asked().proof[1].owner == "x");
    CHECK(party(result, "x").place == query::OwnershipParty::Place::owner);
    CHECK(party(result, "x").listings[0].effect->name == "SDN");
    CHECK(party(result, "x").listings[0].counts);
    CHECK(result.selection.edges.size() == 2);
    const auto downward = world.ask("x");
    CHECK(downward.parties.size() == 3);
    CHECK(party(downward, "b").place == query::OwnershipParty::Place::holding);
    CHECK(party(downward, "b").verdict == Verdict::blocked);
}

TEST_CASE("stakes of blocked companies add up: OFAC FAQ 401, second and third example") {
    World second(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Company c "C"
Ownership x -> a percentage=50
Ownership x -> b percentage=50
Ownership a -> c percentage=25
Ownership b -> c percentage=25
)");
    CHECK(second.verdict("c") == Verdict::blocked);
    const auto from_a = second.ask("a");
    CHECK(party(from_a, "b").place == query::OwnershipParty::Place::witness);
    CHECK(party(from_a, "c").proof.size() == 4);
    CHECK(second.verdict("c", OwnershipRule::uk) == Verdict::not_blocked);
    World third(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Ownership x -> a percentage=50
Ownership x -> b percentage=10
Ownership a -> b percentage=40
)");
    CHECK(third.verdict("b") == Verdict::blocked);
}

TEST_CASE("a quarter of the whole owner blocks nobody, and the answer says that a blocked party holds a part") {
    World world(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Ownership x -> a percentage=25
Ownership a -> b percentage=100
)");
    CHECK(world.verdict("b") == Verdict::not_blocked);
    const auto a = world.ask("a");
    CHECK(a.asked().verdict == Verdict::not_blocked);
    CHECK(a.asked().share.low == 25);
    CHECK(a.cautions == Strings{"blocked parties hold at least 25 %"});
}

TEST_CASE("control is no ownership for OFAC, but blocks for the EU and the UK; a director makes it unknown there") {
    World world(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Ownership x -> a percentage=30 role=Controls
Ownership x -> b percentage=30
Directorship x -> b role=Chairman
)");
    const auto ofac = world.ask("a");
    CHECK(ofac.asked().verdict == Verdict::not_blocked);
    CHECK(ofac.cautions == Strings{"blocked parties hold at least 30 %",
                                   "Owner (x) controls it and is blocked: control does not block under the 50 percent rule, but a "
                                   "blocked person may not sign for it (OFAC FAQ 398, 400)"});
    CHECK(world.verdict("a", OwnershipRule::eu) == Verdict::blocked);
    CHECK(world.verdict("a", OwnershipRule::uk) == Verdict::blocked);
    CHECK(world.verdict("b") == Verdict::not_blocked);
    const auto eu = world.ask("b", OwnershipRule::eu);
    CHECK(eu.asked().verdict == Verdict::unknown);
    CHECK(eu.selection.notes == Strings{"no list of the authority behind rule eu is loaded: every blocking list counts"});
}

TEST_CASE("half is enough for OFAC, not for the EU") {
    World world(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Ownership x -> a percentage=50
Ownership x -> b percentage=>50
)");
    CHECK(world.verdict("a") == Verdict::blocked);
    CHECK(world.verdict("a", OwnershipRule::eu) == Verdict::not_blocked);
    CHECK(world.verdict("b", OwnershipRule::eu) == Verdict::blocked);
}

TEST_CASE("a missing stake is unknown, with its interval, unless others leave too little for it") {
    World world(R"(
Person x "Owner" programme=SDGT
Person y "Other"
Company a "A"
Company b "B"
Company c "C"
Ownership x -> a
Ownership x -> b
Ownership y -> b percentage=60
Ownership x -> c percentage=most
)");
    const auto a = world.ask("a");
    CHECK(a.asked().verdict == Verdict::unknown);
    CHECK(a.asked().share.low == 0);
    CHECK(a.asked().share.high == 100);
    REQUIRE(a.asked().proof.size() == 1);
    CHECK(a.asked().proof[0].stake == query::StakeInterval{0, 100, true});
    const auto b = world.ask("b");
    CHECK(b.asked().verdict == Verdict::not_blocked);
    CHECK(b.asked().share.high == 40);
    const auto c = world.ask("c");
    CHECK(c.asked().verdict == Verdict::unknown);
    CHECK(c.cautions == Strings{"stake Ownership-x-c reads \"most\", which gives no share; taken as unknown"});
}

TEST_CASE("only stakes that stand on the day count") {
    World world(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Ownership x -> a percentage=60 endDate=2020-12-31
Ownership x -> b percentage=60 status=Former
)");
    CHECK(world.verdict("a") == Verdict::not_blocked);
    CHECK(world.verdict("a", OwnershipRule::ofac, "2020-06-01") == Verdict::blocked);
    CHECK(world.verdict("b") == Verdict::not_blocked);
    CHECK(world.ask("a").day == "2025-11-01");
    CHECK_THROWS_AS((void)world.ask("a", OwnershipRule::ofac, "yesterday"), base::UsageError);
}

TEST_CASE("lists that do not block are named with their own rule, and another authority's do not count") {
    World world(R"(
Company s "Sectoral" programme=UKRAINE-EO13662
Company m "Military" programme=CMIC-EO13959
Company t "Menu" programme=RUSSIA-EO14024
Company o "Other" programme=SYRIA
Company a "A"
Ownership s -> a percentage=80
)", "us_ofac_cons");
    world.load("Person u \"Unlisted by the United States\" programme=DPRK\nCompany d \"D\"\nOwnership u -> d percentage=80\n", "un_sc");
    const auto a = world.ask("a");
    CHECK(a.asked().verdict == Verdict::not_blocked);
    REQUIRE(a.lists.size() == 1);
    CHECK(a.lists[0].name == "SSI");
    CHECK_FALSE(a.lists[0].blocks);
    CHECK(world.ask("m").lists[0].name == "NS-CMIC");
    CHECK(world.ask("t").lists[0].name == "NS-MBS");
    CHECK(world.ask("o").lists[0].name == "OFAC non-SDN");
    CHECK(world.verdict("d") == Verdict::not_blocked);
    CHECK(world.verdict("d", OwnershipRule::eu) == Verdict::blocked);
    const auto u = world.ask("u");
    CHECK(u.asked().verdict == Verdict::not_blocked);
    REQUIRE(u.cautions.size() == 1);
    CHECK(u.cautions[0].starts_with("listed under UN, which does not count under rule ofac: freezes assets"));
    CHECK_THROWS_WITH_AS((void)query::ownership_rule_of("us"), "no rule \"us\"", base::UsageError);
}

TEST_CASE("circles settle, and limits on what is shown are said and do not change the verdict") {
    World world(R"(
Person x "Owner" programme=SDGT
Company a "A"
Company b "B"
Company c "C"
Company d "D"
Ownership x -> a percentage=50
Ownership a -> b percentage=50
Ownership b -> c percentage=50
Ownership c -> a percentage=50
Ownership c -> d percentage=50
)");
    const auto engine = world.open();
    query::OwnershipOptions options;
    options.depth = 1;
    const auto shallow = query::ownership(engine, "d", options);
    CHECK(shallow.asked().verdict == Verdict::blocked);
    CHECK(shallow.asked().proof.size() == 4);
    CHECK(shallow.selection.notes == Strings{"there are owners or holdings beyond 1 levels; raise --depth"});
    options = {};
    options.limit = 2;
    CHECK(query::ownership(engine, "x", options).selection.notes ==
          Strings{"cut at 2 nodes: 1 more and what lies behind them are not shown; raise --limit"});
    options.depth = -1;
    CHECK_THROWS_AS((void)query::ownership(engine, "x", options), base::UsageError);
    World loop("Company a \"A\"\nCompany b \"B\"\nOwnership a -> b percentage=100\nOwnership b -> a percentage=100\n");
    CHECK(loop.verdict("a") == Verdict::not_blocked);
}

TEST_CASE("percentages are read as registers write them") {
    using query::read_stake;
    using Stake = query::StakeInterval;
    CHECK(read_stake("") == Stake{0, 100, true});
    CHECK(read_stake("60") == Stake{60, 60, true});
    CHECK(read_stake("33,3 %") == Stake{33.3, 33.3, true});
    CHECK(read_stake("25-50") == Stake{25, 50, true});
    CHECK(read_stake("25 % to 50 %") == Stake{25, 50, true});
    CHECK(read_stake(">50") == Stake{50.000001, 100, true});
    CHECK(read_stake("75% or more") == Stake{75, 100, true});
    CHECK(read_stake("less than 10") == Stake{0, 9.999999, true});
    for (const char* text : {"-5", "120", "most", "50-25", "1/3", "10 shares of 20", "nan", "1e400"}) {
        CAPTURE(text);
        CHECK_FALSE(read_stake(text).readable);
        CHECK(read_stake(text).low == 0);
        CHECK(read_stake(text).high == 100);
    }
}

TEST_CASE("exposure gives each kind of tie by itself, the mixed one only where nothing nearer is") {
    World world(R"(
Person asked "Asked"
Person brother "Brother"
Person boss "Boss" programme=SDGT
Person cousin "Cousin" programme=SDGT
Person neighbour "Neighbour" programme=SDGT
Person payer "Payer" programme=SDGT
Company firm "Firm"
Address house
CryptoWallet purse
Family asked -> brother
Family brother -> cousin
Employment asked -> firm
Directorship boss -> firm
addressEntity asked -> house
addressEntity neighbour -> house
holder purse -> asked
Person lonely "Lonely"
Family lonely -> brother
Person far "Far"
Family far -> lonely
Employment far -> other
Company other "Other firm"
Ownership payer -> other percentage=10
)");
    const auto engine = world.open();
    const auto result = query::exposure(engine, "asked", {});
    CHECK_FALSE(result.listed);
    REQUIRE(result.groups.size() == 3);
    CHECK(result.groups[0].kind == query::TieKind::family);
    CHECK(result.groups[0].distance == 2);
    CHECK(result.groups[0].ties[0].path == Strings{"asked", "Family-asked-brother", "brother", "Family-brother-cousin", "cousin"});
    CHECK(result.groups[0].ties[0].strength == doctest::Approx(0.85 * 0.85).epsilon(0.01));
    CHECK(result.groups[1].kind == query::TieKind::address);
    CHECK(result.groups[1].ties[0].listed == "neighbour");
    CHECK(result.groups[2].kind == query::TieKind::employer);
    CHECK(result.groups[2].ties[0].listed == "boss");
    const auto far = query::exposure(engine, "far", {});
    REQUIRE(far.groups.size() == 2);
    CHECK(far.groups[0].kind == query::TieKind::family);
    CHECK(far.groups[0].distance == 4 - 1);
    CHECK(far.groups[1].kind == query::TieKind::mixed);
    CHECK(far.groups[1].ties[0].listed == "payer");
    const auto purse = query::exposure(engine, "purse", {});
    CHECK(purse.groups[0].kind == query::TieKind::mixed);
    const auto brother = query::exposure(engine, "brother", {});
    CHECK(brother.groups[0].kind == query::TieKind::direct);
    CHECK(brother.groups[0].ties[0].listed == "cousin");
    query::ExposureOptions hubless;
    hubless.hub_degree = 1;
    const auto nothing = query::exposure(engine, "asked", hubless);
    CHECK(nothing.groups.empty());
    CHECK(nothing.hubs == Strings{"brother", "firm", "house"});
    CHECK(query::to_json(result)["exposure"][0]["ties"][0]["listed"] == "cousin");
}
