// The checklist of how Gephi reads GEXF, as far as it can be seen in the bytes. Engines and readers that are not ours are
// in tests/export.

#include "liaison/export/export.hpp"
#include "support/selections.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace liaison;

namespace {

struct Written {
    std::string text;
    exports::Report report;
};

Written gexf(const query::Selection& selection, exports::Options options = {}) {
    exports::MemoryOutput output;
    Written written;
    written.report = exports::write(selection, *exports::find_format("gexf"), options, output);
    written.text = output.text();
    return written;
}

std::string element(const std::string& text, const std::string& start) {
    const auto at = text.find(start);
    if (at == std::string::npos) return {};
    return text.substr(at, text.find('\n', at) - at);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a GEXF starts with its declaration, its namespaces and one way to say time") {
    const auto written = gexf(tests::bankers());
    CHECK(written.text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" "
                                   "xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n"));
    CHECK(has(written.text, "<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" "
                            "timerepresentation=\"interval\" timezone=\"UTC\">"));
    CHECK(has(written.text, "<meta lastmodifieddate=\"2025-11-04\"><creator>liaison</creator><description>Data of 2025-11-04. "
                            "Datasets: us_ofac_sdn</description></meta>"));
}

TEST_CASE("the same selection gives the same bytes on any number of threads") {
    exports::Options options;
    const auto selection = tests::random_selection(1500, 4000, 3, true);
    options.jobs = 1;
    const auto one = gexf(selection, options);
    options.jobs = 5;
    const auto five = gexf(selection, options);
    CHECK(one.text == five.text);
}

TEST_CASE("two relations of one kind between one pair become one edge with spells that keeps both") {
    const auto written = gexf(tests::bankers());
    const std::string merged = element(written.text, "<edge id=\"rel-2\"");
    CHECK(has(merged, "label=\"president; deputy president\""));
    CHECK(has(merged, "<spells><spell start=\"2015-06-01\" end=\"2019-12-31\"/><spell start=\"2021-02-01\"/></spells>"));
    CHECK(has(merged, "<attvalue for=\"relations\" value=\"rel-2; rel-3\"/>"));
    CHECK(has(merged, "<attvalue for=\"merged\" value=\"2\"/>"));
    CHECK(has(merged, "<attvalue for=\"start_text\" value=\"2015-06-01; 2021-02\"/>"));
    CHECK(has(merged, "<attvalue for=\"date_precision\" value=\"year\"/>"));
    CHECK_FALSE(has(written.text, "<edge id=\"rel-3\""));
    CHECK(written.report.merged_edges == 1);
    CHECK(written.report.edges == 10);
}

TEST_CASE("two relations of different kinds between one pair stay two edges") {
    const auto written = gexf(tests::bankers());
    CHECK(has(element(written.text, "<edge id=\"rel-4\""), "kind=\"Ownership\""));
    CHECK(has(element(written.text, "<edge id=\"rel-5\""), "kind=\"Directorship\""));
}

TEST_CASE("partial dates are widened to whole days and the published text is kept") {
    const auto written = gexf(tests::bankers());
    const std::string node = element(written.text, "<node id=\"ofac-50004\"");
    CHECK(has(node, "start=\"2016-03-01\" end=\"2020-12-31\""));
    CHECK(has(node, "<attvalue for=\"start_text\" value=\"2016-03\"/>"));
    CHECK(has(node, "<attvalue for=\"end_text\" value=\"2020\"/>"));
    CHECK(has(node, "<attvalue for=\"date_precision\" value=\"year\"/>"));
}

TEST_CASE("what is no date gives no interval and is said in the report") {
    const auto written = gexf(tests::bankers());
    const std::string edge = element(written.text, "<edge id=\"rel-7\"");
    CHECK_FALSE(has(edge, " start="));
    CHECK(has(edge, "<attvalue for=\"start_text\" value=\"about last year\"/>"));
    CHECK(written.report.unusable_dates == 1);
}

TEST_CASE("an export without two distinct dates is static, with the same time settings") {
    auto selection = tests::bankers();
    for (auto& node : selection.nodes) node.listed_from = node.listed_to = "";
    for (auto& edge : selection.edges) edge.start = edge.end = "";
    selection.edges[0].start = "2020-01-01";
    const auto written = gexf(selection);
    CHECK(has(written.text, "<graph mode=\"static\" defaultedgetype=\"directed\" timeformat=\"date\" "
                            "timerepresentation=\"interval\" timezone=\"UTC\">"));
    CHECK_FALSE(has(written.text, " start=\""));
}

TEST_CASE("INF and a lone null are guarded in values, not in labels, and counted") {
    const auto written = gexf(tests::bankers());
    CHECK(has(written.text, "value=\"FEB; I\xE2\x81\xA0NFORMATION BANK; null\""));
    CHECK(written.report.guarded_values == 1);
    auto selection = tests::named({"INF", "null"});
    const auto hostile = gexf(selection);
    CHECK(has(hostile.text, "<attvalue for=\"name\" value=\"I\xE2\x81\xA0NF\"/>"));
    CHECK(has(hostile.text, "<attvalue for=\"name\" value=\"null\xE2\x81\xA0\"/>"));
    CHECK(has(hostile.text, "label=\"INF \xE2\x96\xB2\""));
    exports::Options raw;
    raw.guard = false;
    CHECK(has(gexf(selection, raw).text, "<attvalue for=\"name\" value=\"INF\"/>"));
}

TEST_CASE("symmetric relations are directed edges that say so, from the smaller id") {
    const auto written = gexf(tests::bankers());
    const std::string family = element(written.text, "<edge id=\"rel-9\"");
    CHECK(has(family, "source=\"ofac-50002\" target=\"person-1\" kind=\"Family\""));
    CHECK(has(family, "<attvalue for=\"symmetric\" value=\"true\"/>"));
    auto selection = tests::bankers();
    for (auto& edge : selection.edges) {
        if (edge.id == "rel-8") edge.kind = "Family";
    }
    CHECK(has(gexf(selection).text, "kind=\"Family (mutual)\""));
}

TEST_CASE("every node has a label, and listed ones are marked without colour") {
    auto selection = tests::bankers();
    selection.nodes[0].caption = " ";
    selection.nodes[0].listed = false;
    const auto written = gexf(selection);
    CHECK(has(written.text, "<node id=\"addr-1\" label=\"addr-1\""));
    CHECK(has(element(written.text, "<node id=\"ofac-50002\""), "label=\"Pak Testov Ho \xE2\x96\xB2\""));
    CHECK(has(element(written.text, "<node id=\"person-1\""), "label=\"Olga Testova\""));
}

TEST_CASE("edge ids are never bare integers and never repeat") {
    auto selection = tests::bankers();
    for (auto& edge : selection.edges) edge.id = "7";
    const auto written = gexf(selection);
    CHECK(has(written.text, "<edge id=\"e7\""));
    CHECK_FALSE(has(written.text, "<edge id=\"7\""));
    CHECK(has(written.text, "<edge id=\"doc-1|mentions|person-1\""));
}

TEST_CASE("edges that lead out of the selection and repeated nodes are left out and counted") {
    auto selection = tests::bankers();
    selection.nodes.push_back(selection.nodes.front());
    selection.edges.push_back(selection.edges.front());
    selection.edges.back().id = "rel-99";
    selection.edges.back().target = "nowhere";
    const auto written = gexf(selection);
    CHECK(written.report.repeated_nodes == 1);
    CHECK(written.report.dropped_edges == 1);
    CHECK_FALSE(has(written.text, "rel-99"));
    CHECK(exports::describe(written.report)[0] == "10 nodes, 10 edges");
    CHECK(exports::describe(written.report)[1] == "1 parallel edge of one kind merged into another");
    CHECK(exports::describe(written.report)[2] == "1 edge left out: an end is outside the selection");
}

TEST_CASE("kinds beyond fifty are folded into one, the relation column keeps them") {
    auto selection = tests::named(std::vector<std::string>(120, "Same Name"));
    for (std::size_t i = 0; i < selection.edges.size(); ++i) selection.edges[i].kind = "kind" + std::to_string(i % 60);
    const auto written = gexf(selection);
    std::size_t others = 0;
    for (auto at = written.text.find("kind=\"Other\""); at != std::string::npos; at = written.text.find("kind=\"Other\"", at + 1)) ++others;
    CHECK(others == written.report.folded_kinds);
    CHECK(written.report.folded_kinds == 72);
    CHECK(has(written.text, "<attvalue for=\"relation\" value=\"kind59\"/>"));
}

TEST_CASE("version 1.2 has the old namespaces and none of what came later") {
    exports::Options options;
    options.gexf_version = exports::GexfVersion::v1_2;
    const auto written = gexf(tests::bankers(), options);
    CHECK(has(written.text, "<gexf xmlns=\"http://www.gexf.net/1.2draft\" xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">"));
    CHECK_FALSE(has(written.text, "timezone"));
}

TEST_CASE("provenance stands on every node and edge") {
    const auto written = gexf(tests::bankers());
    const std::string node = element(written.text, "<node id=\"ofac-50002\"");
    CHECK(has(node, "<attvalue for=\"datasets\" value=\"us_ofac_sdn\"/><attvalue for=\"source_url\" "
                    "value=\"https://example.org/actions/20251104\"/>"));
    CHECK(has(node, "<attvalue for=\"first_seen\" value=\"2025-11-04\"/>"));
    const std::string claim = element(written.text, "<edge id=\"claim-1\"");
    CHECK(has(claim, "<attvalue for=\"news\" value=\"true\"/><attvalue for=\"evidence\" value=\"Testova moved coins through "
                     "the wallet, the indictment says.\"/>"));
    CHECK(has(claim, "<attvalue for=\"source_url\" value=\"https://example.org/news/1\"/>"));
}

TEST_CASE("an empty selection is an empty graph, not an empty file") {
    const auto written = gexf({});
    CHECK(has(written.text, "<nodes>\n    </nodes>\n    <edges>\n    </edges>"));
}
