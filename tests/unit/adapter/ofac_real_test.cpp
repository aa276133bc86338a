// The four OFAC formats on the publisher's own files: counts add up, nothing is silent.

#include "liaison/adapter/adapter.hpp"

#include "liaison/base/error.hpp"
#include "support/collecting_sink.hpp"
#include "support/shared_data.hpp"
#include "support/unpacked.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <filesystem>
#include <string>
#include <vector>

using namespace liaison;

namespace {

/// Files of the shared data, unpacked into memory that lives as long as this.
class Files {
public:
    bool add(const std::string& relative) {
        const auto path = test::shared_file(relative);
        if (!path) {
            return false;
        }
        const std::string& bytes = m_bytes.emplace_back(test::unpacked(*path));
        auto name = path->filename();
        m_set.push_back(record::source_from_memory((name.extension() == ".xz" ? name.stem() : name).string(), bytes));
        return true;
    }
    [[nodiscard]] const record::FileSet& set() const { return m_set; }

private:
    std::deque<std::string> m_bytes;
    record::FileSet m_set;
};

struct Read {
    test::CollectingSink sink;
    adapter::ReadSummary summary;
    std::string format;
};

Read read(const Files& files, const std::string& feed) {
    Read result;
    const adapter::Adapter* adapter = adapter::recognise(files.set(), {});
    REQUIRE(adapter != nullptr);
    result.format = adapter->format();
    adapter::ReadOptions options;
    options.feed = feed;
    result.summary = adapter->read(files.set(), options, result.sink);
    CHECK(result.sink.conflicts.empty());
    return result;
}

std::size_t listed(const Read& read) {
    return read.sink.count("Person") + read.sink.count("Organization") + read.sink.count("Company") +
           read.sink.count("Vessel") + read.sink.count("Airplane");
}

std::size_t values(const Read& read, std::string_view property) {
    std::size_t count = 0;
    for (const auto& [id, entity] : read.sink.entities) {
        if (id.starts_with("ofac-") && !entity.schema->edge && entity.schema->name != "Sanction") {
            count += entity.all(model::property(property)).size();
        }
    }
    return count;
}

}  // namespace

TEST_CASE("the full-size ADVANCED file gives one entity a party and adds up") {
    Files files;
    if (!files.add("data/ofac/advanced_xml/standin_sdn_advanced_2024-03-06.xml.xz")) {
        return;
    }
    const Read got = read(files, "us_ofac_sdn");
    CHECK(got.format == "ofac_advanced_xml");
    CHECK(got.summary.publication_date == "2024-03-06");
    CHECK(got.summary.records.at("DistinctParty") == 14452);
    CHECK(got.summary.records.at("Alias") == 14452 + 17614);
    CHECK(got.summary.records.at("Alias (low quality)") == 3525);
    CHECK(got.summary.records.at("ProfileRelationship") == 6148);
    CHECK(got.summary.records.at("SanctionsEntry") == 14452);
    CHECK(got.summary.records.at("IDRegDocument") == 13763);
    CHECK(listed(got) == 14452);
    CHECK(got.sink.count("Person") == 6721);
    CHECK(got.sink.count("Vessel") == 816);
    CHECK(got.sink.count("Airplane") == 382);
    CHECK(got.sink.count("Sanction") == 14452);
    std::size_t edges = 0;
    for (const auto& [id, entity] : got.sink.entities) {
        edges += entity.schema->edge && entity.has(model::property("recordId")) ? 1 : 0;
    }
    CHECK(edges == 6148);
    // 735 wallet features on 56 parties; the same address under two tickers or parties is one node.
    std::size_t holders = 0;
    std::size_t tickers = 0;
    for (const auto& [id, entity] : got.sink.entities) {
        if (entity.schema->name == "CryptoWallet") {
            holders += entity.all(model::property("holder")).size();
            tickers += entity.all(model::property("currency")).size();
        }
    }
    CHECK(got.sink.count("CryptoWallet") < 735);
    CHECK(got.sink.count("CryptoWallet") > 700);
    CHECK(tickers >= got.sink.count("CryptoWallet"));
    CHECK(holders >= got.sink.count("CryptoWallet"));
    CHECK(got.sink.issues_of("unknown-reference-value") == 0);
    CHECK(got.sink.issues_of("unknown-element") == 0);
    CHECK(got.sink.issues_of("unknown-attribute") == 0);
    CHECK(got.sink.issues_of("unknown-feature-type") == 0);
    CHECK(got.sink.issues_of("unknown-document-type") == 0);
    CHECK(got.sink.issues_of("dangling-reference") == 0);
    // 242 persons "owned or controlled by" something, 10 relations of vessels and such: kept as links, said so.
    CHECK(got.sink.issues_of("relationship-out-of-range") == 254);
    CHECK(got.sink.text("ofac-2686", "name") == "Hasan NASRALLAH");
    CHECK(got.sink.text("ofac-2686", "birthDate") == "1960-08-31 | 1953-08-31 | 1955-08-31 | 1958-08-31");
}

TEST_CASE("the excerpt cut by hand reports every dangling reference") {
    Files files;
    if (!files.add("data/ofac/advanced_xml/sdn_advanced_excerpt_2024-02-23.xml")) {
        return;
    }
    const Read got = read(files, "us_ofac_sdn");
    CHECK(listed(got) == 37);
    // 147 entries, 12 documents, 57 locations and the ends of 3 relationships that are not in the file.
    CHECK(got.sink.issues_of("dangling-reference") >= 147 + 12 + 57 + 3);
    CHECK(got.sink.issues_of("party-without-listing") == 37);
}

TEST_CASE("the CSV sets give one entity a row") {
    struct Case {
        std::vector<std::string> files;
        std::size_t rows;
        std::size_t aliases;
    };
    const std::vector<Case> cases{
        {{"2021_raw/sdn.csv.xz", "2021_raw/add.csv", "2021_raw/alt.csv", "2021_raw/sdn_comments.csv"}, 8976, 11910},
        {{"2024-03_headered/sdn.csv.xz", "2024-03_headered/add.csv.xz", "2024-03_headered/alt.csv"}, 14452, 17614},
        {{"2019-07-25/sdn.csv.xz", "2019-07-25/add.csv", "2019-07-25/alt.csv"}, 7773, 10174},
        {{"cons_nonsdn/cons_prim.csv", "cons_nonsdn/cons_add.csv", "cons_nonsdn/cons_alt.csv",
          "cons_nonsdn/cons_comments.csv"}, 442, 1073},
    };
    for (const Case& one : cases) {
        CAPTURE(one.files.front());
        Files files;
        for (const std::string& file : one.files) {
            if (!files.add("data/ofac/csv/" + file)) {
                return;
            }
        }
        const Read got = read(files, "test");
        CHECK(got.format == "ofac_csv");
        CHECK(listed(got) == one.rows);
        CHECK(got.summary.records.at("alt") == one.aliases);
        CHECK(got.sink.count("Sanction") == one.rows);
        CHECK(got.sink.issues_of("dangling-reference") == 0);
        CHECK(got.sink.issues_of("wrong-column-count") == 0);
        CHECK(got.sink.issues_of("malformed-quote") == 0);
        // Aliases that only repeat another one are the difference between rows and values.
        CHECK(values(got, "alias") + values(got, "previousName") >= one.aliases * 99 / 100);
    }
}

TEST_CASE("over 99 % of the links in remarks resolve") {
    Files files;
    for (const char* file : {"2021_raw/sdn.csv.xz", "2021_raw/add.csv", "2021_raw/alt.csv", "2021_raw/sdn_comments.csv"}) {
        if (!files.add(std::string("data/ofac/csv/") + file)) {
            return;
        }
    }
    const Read got = read(files, "us_ofac_sdn");
    const std::size_t lost = got.sink.issues_of("unresolved-link") + got.sink.issues_of("ambiguous-link");
    CHECK(got.sink.count("UnknownLink") == 3397);
    CHECK(lost == 11);
    CHECK(got.sink.issues_of("truncated-remarks") == 0);  // sdn_comments goes on
    CHECK(got.sink.text("ofac-2686", "birthDate") == "1960-08-31 | 1953-08-31 | 1955-08-31 | 1958-08-31");
}

TEST_CASE("the ENHANCED file keeps its relations, far ends outside the filter included") {
    Files files;
    if (!files.add("data/ofac/enhanced_xml/enhanced_irgc_2024-08-28.xml.xz")) {
        return;
    }
    const Read got = read(files, "us_ofac_sdn");
    CHECK(got.format == "ofac_enhanced_xml");
    CHECK(got.summary.publication_date == "2024-08-28");
    CHECK(got.summary.records.at("entity") == 293);
    CHECK(got.summary.records.at("relationship") == 229);
    CHECK(got.summary.records.at("name") + got.summary.records.at("name (low quality)") == 834);
    CHECK(got.sink.count("Representation") == 112);
    CHECK(got.sink.count("Directorship") == 7);
    CHECK(got.sink.count("CryptoWallet") == 6);  // 7 features, one address on two parties
    CHECK(got.sink.issues_of("unknown-element") == 0);
    CHECK(got.sink.issues_of("unknown-feature-type") == 0);
    for (const base::Issue& issue : got.sink.issues) {
        CHECK(issue.reason == "dangling-reference");
    }
}

TEST_CASE("every sdnList file is read, and its stated count is checked") {
    struct Case {
        const char* file;
        std::size_t entries;
        std::size_t stated;
    };
    for (const Case& one : {Case{"consolidated_2016-09-16.xml", 581, 581}, Case{"consolidated_2019-03-14.xml", 375, 375},
                            Case{"consolidated_2024-05-06.xml", 443, 443},
                            Case{"consolidated_excerpt_2014-12-17.xml", 16, 115},
                            Case{"sdn_excerpt_2014-07-16.xml", 4, 5704}}) {
        CAPTURE(one.file);
        Files files;
        if (!files.add(std::string("data/ofac/sdnlist_xml/") + one.file)) {
            return;
        }
        const Read got = read(files, "us_ofac_cons");
        CHECK(got.format == "ofac_sdnlist_xml");
        CHECK(listed(got) == one.entries);
        CHECK(got.summary.stated_count == one.stated);
        CHECK(got.sink.issues_of("record-count-mismatch") == (one.stated == one.entries ? 0 : 1));
        CHECK(got.sink.issues_of("unknown-element") == 0);
        CHECK(got.sink.issues_of("unknown-feature-type") == 0);
    }
}

TEST_CASE("a set without its main file is refused by name") {
    Files files;
    for (const char* file : {"add.csv.xz", "alt.csv.xz", "sdn_comments.csv"}) {
        if (!files.add(std::string("data/ofac/csv/2026-08_partial/") + file)) {
            return;
        }
    }
    test::CollectingSink sink;
    const adapter::Adapter* adapter = adapter::recognise(files.set(), {});
    REQUIRE(adapter != nullptr);
    CHECK_THROWS_WITH_AS(adapter->read(files.set(), {}, sink),
                         "the CSV set is incomplete: sdn.csv (or cons_prim.csv) is missing", base::InputError);
}
