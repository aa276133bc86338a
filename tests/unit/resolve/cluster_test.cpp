#include "liaison/resolve/resolve.hpp"

#include "liaison/index/index.hpp"
#include "support/temporary_folder.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace liaison;

namespace {

struct Lists {
    test::TemporaryFolder folder;
    store::Store store = store::Store::open(folder.path() / "lists.db", store::Access::write);

    void load(std::string_view dataset, const std::string& text) { support::load_world(store, dataset, "2025-11-01", text); }
    resolve::Outcome resolve() { return resolve::resolve(store, store.current_view(), {}); }
    void decide(const std::string& one, const std::string& other, const std::string& judgement) {
        store.add_decision({0, one, other, judgement, "tester", "2025-11-02T00:00:00Z", "because", "{}"});
    }
};

std::string canonical(const resolve::Outcome& outcome, const std::string& id) {
    const auto found = outcome.clusters.find(id);
    return found == outcome.clusters.end() ? id : found->second;
}

constexpr const char* kUn =
    "Person unsc-1 \"Mokhtar Ibrahim Belmokhtar\" birthDate=1972-06-01 nationality=dz programme=Al-Qaida\n"
    "Person unsc-2 \"Hassan Dahir Aweys\" birthDate=1935 programme=Somalia\n"
    "Organization unsc-3 \"Korea Daesong General Trading Corporation\" country=kp programme=DPRK\n";
constexpr const char* kOfac =
    "Person ofac-1 \"BELMOKHTAR, Mokhtar Ibrahim\" birthDate=1972-06-01 nationality=dz programme=SDGT\n"
    "Person ofac-2 \"AWEYS, Hassan Dahir\" birthDate=1935 programme=SDGT\n"
    "Organization ofac-3 \"KOREA DAESONG GENERAL TRADING CORPORATION\" country=kp programme=DPRK\n"
    "Person ofac-4 \"AWEYS, Hassan Dahir\" birthDate=1985-02-03 programme=SDGT\n";

}  // namespace

TEST_CASE("one person on two lists is one cluster; a namesake of another age is not in it") {
    Lists lists;
    lists.load("un_sc", kUn);
    lists.load("us_ofac_sdn", kOfac);
    const auto outcome = lists.resolve();
    CHECK(canonical(outcome, "unsc-1") == canonical(outcome, "ofac-1"));
    CHECK(canonical(outcome, "unsc-3") == canonical(outcome, "ofac-3"));
    CHECK(canonical(outcome, "unsc-2") == canonical(outcome, "ofac-2"));
    CHECK(canonical(outcome, "ofac-4") == "ofac-4");
    CHECK(outcome.largest == 2);
}

TEST_CASE("the outcome does not depend on the order of feeds") {
    Lists one;
    one.load("un_sc", kUn);
    one.load("us_ofac_sdn", kOfac);
    Lists other;
    other.load("us_ofac_sdn", kOfac);
    other.load("un_sc", kUn);
    CHECK(one.resolve().clusters == other.resolve().clusters);
}

TEST_CASE("a decision keeps apart or joins, also after the records left and came back") {
    Lists lists;
    lists.load("un_sc", kUn);
    lists.load("us_ofac_sdn", kOfac);
    lists.decide("unsc-1", "ofac-1", "different");
    lists.decide("unsc-2", "ofac-4", "same");
    auto outcome = lists.resolve();
    CHECK(canonical(outcome, "unsc-1") == "unsc-1");
    CHECK(canonical(outcome, "unsc-2") == canonical(outcome, "ofac-4"));
    lists.load("us_ofac_sdn", "Person ofac-9 \"Somebody Else\"\n");
    lists.load("us_ofac_sdn", kOfac);
    outcome = lists.resolve();
    CHECK(canonical(outcome, "unsc-1") == "unsc-1");
    CHECK(canonical(outcome, "unsc-2") == canonical(outcome, "ofac-4"));
    lists.decide("unsc-1", "ofac-1", "same");  // the later word counts
    CHECK(canonical(lists.resolve(), "unsc-1") == canonical(lists.resolve(), "ofac-1"));
}

TEST_CASE("a cluster keeps its id when members come and go") {
    Lists lists;
    lists.load("un_sc", kUn);
    lists.load("us_ofac_sdn", kOfac);
    auto outcome = lists.resolve();
    const std::string id = canonical(outcome, "unsc-1");
    CHECK(id.rfind("lia-", 0) == 0);
    lists.store.replace_clusters(outcome.clusters);
    lists.load("un_sc", "Person unsc-0 \"Nobody At All\"\n");  // unsc-1 is delisted
    outcome = lists.resolve();
    CHECK(canonical(outcome, "ofac-1") == id);
    lists.store.replace_clusters(outcome.clusters);
    lists.load("un_sc", kUn);
    CHECK(canonical(lists.resolve(), "unsc-1") == id);
}

TEST_CASE("a person and an organisation of one name are never one, whoever says so") {
    Lists lists;
    lists.load("un_sc", "Person unsc-1 \"Ali Hassan Trading\" country=ir programme=Iran\n");
    lists.load("us_ofac_sdn", "Organization ofac-1 \"ALI HASSAN TRADING\" country=ir programme=IRAN\n");
    lists.decide("unsc-1", "ofac-1", "same");
    const auto outcome = lists.resolve();
    CHECK(outcome.clusters.empty());
    CHECK(outcome.refused == std::vector<std::string>{"ofac-1 and unsc-1 were not merged: Organization is no Person"});
}

TEST_CASE("the weights name every feature, and evidence counts on its own side") {
    resolve::Features none{};
    const double base = resolve::probability_of(none);
    for (std::size_t i = 0; i < resolve::kFeatures; ++i) {
        resolve::Features one{};
        one[i] = 1;
        const std::string name(resolve::to_string(static_cast<resolve::Feature>(i)));
        if (name.find("contradicts") != std::string::npos || name == "same_dataset") {
            CHECK_MESSAGE(resolve::probability_of(one) <= base, name);
        } else {
            CHECK_MESSAGE(resolve::probability_of(one) >= base, name);
        }
    }
}
