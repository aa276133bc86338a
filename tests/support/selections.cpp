#include "support/selections.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liaison::tests {

namespace {

query::Node node(std::string id, std::string caption, std::string schema, bool listed, int distance) {
    query::Node made;
    made.id = std::move(id);
    made.caption = std::move(caption);
    made.schema = std::move(schema);
    made.properties["name"] = {made.caption};
    made.datasets = {"us_ofac_sdn"};
    made.first_seen = "2025-11-04";
    made.listed = listed;
    if (listed) {
        made.programmes = {"DPRK3", "DPRK4"};
        made.listed_from = "2025-11-04";
        made.properties["topics"] = {"sanction"};
        made.properties["sourceUrl"] = {"https://example.org/actions/20251104"};
    }
    made.distance = distance;
    made.origin = "SDN_ADVANCED.XML:" + std::to_string(1000 + made.id.size());
    return made;
}

query::Edge edge(std::string id, std::string source, std::string target, std::string kind, std::string label) {
    query::Edge made;
    made.id = std::move(id);
    made.source = std::move(source);
    made.target = std::move(target);
    made.kind = std::move(kind);
    made.label = std::move(label);
    const bool personal = made.kind == "Family" || made.kind == "Associate";
    made.properties[personal ? "relationship" : "role"] = {made.label};
    made.datasets = {"us_ofac_sdn"};
    query::Evidence evidence;
    evidence.dataset = "us_ofac_sdn";
    evidence.entity = made.source;
    evidence.property = "owner";
    evidence.value = made.source;
    evidence.origin = "SDN_ADVANCED.XML:2200";
    evidence.snapshot = std::string(64, 'a');
    evidence.first_seen = "2025-11-04";
    made.evidence.push_back(std::move(evidence));
    return made;
}

void sort_all(query::Selection& selection) {
    std::sort(selection.nodes.begin(), selection.nodes.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    std::sort(selection.edges.begin(), selection.edges.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

/// SplitMix64: small, fixed, the same on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() {
        m_state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

private:
    std::uint64_t m_state;
};

}  // namespace

query::Selection bankers() {
    query::Selection selection;
    selection.context.datasets = {{"us_ofac_sdn", "OFAC SDN List", std::string(64, 'a'), "2025-11-04", "2025-11-05T03:00:00Z", 1,
                                   false, false, ""}};
    selection.nodes = {
        node("ofac-50001", "First Example Bank", "Company", true, 0),
        node("ofac-50002", "Pak Testov Ho", "Person", true, 1),
        node("ofac-50003", "Ri Sample Il", "Person", true, 1),
        node("ofac-50004", "Mango Trading & Co \"North\"", "Company", true, 1),
        node("person-1", "Olga Testova", "Person", false, 2),
        node("wallet-1", "bc1qexample0000000000000000000000000000000", "CryptoWallet", true, 2),
        node("vessel-1", "MV Example", "Vessel", false, 2),
        node("addr-1", "Room 5, Sample Street 1, Dandong", "Address", false, 1),
        node("doc-1", "Bankers moved coins, indictment says", "Article", false, 2),
        node("alone-1", "Nobody's Friend", "Person", false, 3),
    };
    selection.nodes[4].listed_from = "";
    selection.nodes[0].listed_from = "2013";
    selection.nodes[0].properties["alias"] = {"FEB", "INFORMATION BANK", "null"};
    selection.nodes[3].listed_from = "2016-03";
    selection.nodes[3].listed_to = "2020";
    auto& edges = selection.edges;
    edges.push_back(edge("rel-1", "ofac-50002", "ofac-50001", "Employment", "representative"));
    edges.back().start = "2014";
    edges.push_back(edge("rel-2", "ofac-50003", "ofac-50001", "Employment", "president"));
    edges.back().start = "2015-06-01";
    edges.back().end = "2019";
    edges.push_back(edge("rel-3", "ofac-50003", "ofac-50001", "Employment", "deputy president"));
    edges.back().start = "2021-02";
    edges.push_back(edge("rel-4", "ofac-50001", "ofac-50004", "Ownership", "owns 51 %"));
    edges.back().properties["percentage"] = {"51"};
    edges.push_back(edge("rel-5", "ofac-50001", "ofac-50004", "Directorship", "director"));
    edges.push_back(edge("rel-6", "wallet-1", "ofac-50002", "holder", "holder"));
    edges.push_back(edge("rel-7", "ofac-50004", "vessel-1", "Ownership", "owns"));
    edges.back().start = "about last year";
    edges.push_back(edge("rel-8", "ofac-50001", "addr-1", "addressEntity", "address"));
    edges.push_back(edge("rel-9", "ofac-50002", "person-1", "Family", "spouse"));
    edges.back().directed = false;
    edges.push_back(edge("claim-1", "person-1", "wallet-1", "UnknownLink", "moved coins"));
    edges.back().news = true;
    edges.back().directed = false;
    edges.back().strength = 0.4;
    edges.back().datasets = {"news_example"};
    edges.back().properties = {{"evidence", {"Testova moved coins through the wallet, the indictment says."}},
                               {"sourceUrl", {"https://example.org/news/1"}}};
    edges.push_back(edge("claim-2", "doc-1", "person-1", "mentions", "mentions"));
    edges.back().news = true;
    sort_all(selection);
    return selection;
}

query::Selection bankers_expanded() {
    query::Selection selection = bankers();
    selection.nodes.push_back(node("ofac-50009", "Second Example Bank", "Company", true, 3));
    selection.nodes.push_back(node("ofac-50010", "Kim Placeholder", "Person", true, 3));
    selection.edges.push_back(edge("rel-20", "ofac-50010", "ofac-50009", "Employment", "banker"));
    selection.edges.push_back(edge("rel-21", "ofac-50009", "ofac-50004", "Ownership", "owns"));
    sort_all(selection);
    return selection;
}

query::Selection named(const std::vector<std::string>& names) {
    query::Selection selection;
    for (std::size_t i = 0; i < names.size(); ++i) {
        query::Node made = node(fmt::format("n{:06}", i), names[i], "Person", i % 2 == 0, 0);
        made.properties["alias"] = {names[i] + " too"};
        selection.nodes.push_back(std::move(made));
        query::Edge link = edge(fmt::format("l{:06}", i), fmt::format("n{:06}", i), fmt::format("n{:06}", (i + 1) % names.size()),
                                "Associate", names[i]);
        link.properties["evidence"] = {names[i]};
        selection.edges.push_back(std::move(link));
    }
    return selection;
}

std::vector<std::string> hostile_names() {
    std::vector<std::string> names = {
        "INFORMATION MINISTRY",
        "INFINITY SHIPPING",
        "INF",
        "infinity",
        "NaN",
        "null",
        "NULL",
        "Null",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "a & b < c > d \" e ' f",
        "&amp;#x1b;",
        "=HYPERLINK(\"http://example.org\")",
        "+1 234",
        "-cmd|' /C calc'!A0",
        "@SUM(A1)",
        "semicolon; comma, pipe| tab\tend",
        "line one\nline two\r\nline three",
        "back\\slash and \\\" both",
        "`backtick` $dollar ${brace} {{mustache}}",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85",              // Hebrew, Arabic
        "\xE2\x80\xAE" "evil\xE2\x80\xAC right-to-left override",
        "\xF0\x9D\x95\xBD\xF0\x9D\x96\x8A\xF0\x9D\x96\x8E\xF0\x9D\x96\x88\xF0\x9D\x96\x8D \xF0\x9F\x8F\xA6",  // astral letters, a bank
        "\xE9\x87\x91\xE6\xAD\xA3\xE6\x81\xA9",                                             // Han
        "Z\xCC\x81\xCC\x82\xCC\x83\xCC\x84 combining",
        "\xC3\x28 broken \xFF utf-8",
        "\xED\xA0\x80 surrogate",
        "\xEF\xBF\xBE noncharacter \xEF\xBF\xBF",
        "\xE2\x80\xA8line separator\xE2\x80\xA9",
        std::string("zero\0byte", 9),
        "1",
        "true",
        "[list, \"of\", 'things']",
        std::string(40000, 'x'),
        std::string(12000, '&'),
    };
    for (int c = 1; c < 0x20; ++c) names.push_back(fmt::format("c0 {:02x} {} end", c, static_cast<char>(c)));
    for (int c = 0x80; c < 0xA0; ++c) names.push_back(fmt::format("c1 {:02x} \xC2{} end", c, static_cast<char>(c)));
    return names;
}

query::Selection random_selection(std::size_t nodes, std::size_t edges, std::uint64_t seed, bool rich) {
    Random random(seed);
    query::Selection selection;
    constexpr const char* schemata[] = {"Person", "Company", "Organization", "Vessel", "CryptoWallet", "Address", "Person", "Company"};
    constexpr const char* kinds[] = {"Ownership", "Directorship", "Employment", "Family", "UnknownLink", "holder"};
    constexpr const char* programmes[] = {"DPRK3", "SDGT", "RUSSIA-EO14024", "IRAN"};
    constexpr const char* first[] = {"Olga", "Ivan", "Min", "Sara", "Pak", "Yusuf", "Lena", "Tomas"};
    constexpr const char* last[] = {"Testova", "Sample", "Placeholder", "Muster", "Example", "Doe", "Nemo", "Probe"};
    selection.context.datasets = {{"random", "Random", "", "2026-01-15", "2026-01-16T00:00:00Z", 1, false, true, ""}};
    for (std::size_t i = 0; i < nodes; ++i) {
        query::Node made = node(fmt::format("x-{:07}", i), fmt::format("{} {} {}", first[random.below(8)], last[random.below(8)], i),
                                schemata[random.below(8)], random.below(3) == 0, static_cast<int>(random.below(4)));
        if (rich) {
            made.properties["alias"] = {fmt::format("Alias {}", i), fmt::format("Other {}", i)};
            made.properties["country"] = {"kp"};
            made.programmes = made.listed ? std::vector<std::string>{programmes[random.below(4)]} : std::vector<std::string>{};
            if (made.listed) made.listed_from = fmt::format("20{:02}-{:02}-{:02}", 5 + random.below(20), 1 + random.below(12), 1 + random.below(28));
        }
        selection.nodes.push_back(std::move(made));
    }
    // Preferential attachment: an end is drawn from ends so far half of the time. The last 5 % of nodes stay alone or in pairs.
    const std::size_t connected = std::max<std::size_t>(2, nodes - nodes / 20);
    std::vector<std::size_t> ends = {0, 1};
    for (std::size_t i = 0; i < edges; ++i) {
        std::size_t source = i + 1 < connected ? i + 1 : random.below(connected);
        std::size_t target = random.below(2) == 0 ? ends[random.below(ends.size())] : random.below(std::min(i + 1, connected));
        if (i % 50 == 49 && nodes - connected >= 2) {
            source = connected + random.below((nodes - connected) / 2) * 2;
            target = std::min(source + 1, nodes - 1);
        }
        if (source == target) target = (target + 1) % connected;
        ends.push_back(source);
        ends.push_back(target);
        query::Edge made = edge(fmt::format("r-{:08}", i), fmt::format("x-{:07}", source), fmt::format("x-{:07}", target),
                                kinds[random.below(6)], "link");
        if (rich) made.start = fmt::format("{}", 2000 + random.below(25));
        selection.edges.push_back(std::move(made));
    }
    return selection;
}

}  // namespace liaison::tests
