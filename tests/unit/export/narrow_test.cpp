#include "liaison/base/error.hpp"
#include "liaison/export/narrow.hpp"
#include "support/selections.hpp"

#include <doctest/doctest.h>

using namespace liaison;

namespace {

std::vector<std::string> ids(const query::Selection& selection) {
    std::vector<std::string> result;
    for (const auto& node : selection.nodes) result.push_back(node.id);
    return result;
}

}  // namespace

TEST_CASE("a limit drops the farthest nodes first, then those with the weakest edges, and says so") {
    auto selection = tests::bankers();
    exports::narrow(selection, {{}, "", 0, 5, false});
    // distance 0: the bank; distance 1: an address with one edge goes last of the four.
    CHECK(ids(selection) == std::vector<std::string>{"addr-1", "ofac-50001", "ofac-50002", "ofac-50003", "ofac-50004"});
    CHECK(selection.notes == std::vector<std::string>{
                                 "cut to 5 nodes, 5 left out: the farthest first, then those with the weakest edges; raise --limit"});
    exports::narrow(selection, {{}, "", 0, 4, false});
    // With the farther ones gone, "ofac-50002" has one edge as the address has; the smaller id stays.
    CHECK(ids(selection) == std::vector<std::string>{"addr-1", "ofac-50001", "ofac-50003", "ofac-50004"});
    for (const auto& edge : selection.edges) CHECK(edge.source != "ofac-50002");
}

TEST_CASE("schemata keep what extends them and what was asked for") {
    auto selection = tests::bankers();
    exports::narrow(selection, {{"Person"}, "", 0, 0, false});
    CHECK(ids(selection) == std::vector<std::string>{"alone-1", "ofac-50001", "ofac-50002", "ofac-50003", "person-1"});
    CHECK_THROWS_WITH_AS(exports::narrow(selection, {{"Persn"}, "", 0, 0, false}), "\"Persn\" is no schema", base::UsageError);
}

TEST_CASE("weak edges go, and with them nodes that have no other, when asked") {
    auto selection = tests::bankers();
    exports::narrow(selection, {{}, "", 0.5, 0, true});
    CHECK(selection.notes == std::vector<std::string>{"1 edges weaker than 0.5 left out"});
    CHECK(selection.edges.size() == 10);
    CHECK(selection.nodes.size() == 10);  // the isolated one was so before
}

TEST_CASE("since keeps what is new and the ends of new edges") {
    auto selection = tests::bankers();
    for (auto& node : selection.nodes) node.first_seen = node.listed_from = "2020-01-01";
    for (auto& edge : selection.edges) {
        edge.start = "";
        edge.evidence.clear();
    }
    selection.edges[0].start = "2025-01-01";  // claim-1: person-1 to wallet-1
    exports::narrow(selection, {{}, "2024-01-01", 0, 0, false});
    CHECK(ids(selection) == std::vector<std::string>{"ofac-50001", "person-1", "wallet-1"});
    CHECK(selection.edges.size() == 1);
    CHECK(selection.notes == std::vector<std::string>{"7 nodes and 10 edges from before 2024-01-01 left out"});
}
