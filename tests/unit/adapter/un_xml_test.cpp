#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"
#include "liaison/model/country.hpp"
#include "support/collecting_sink.hpp"
#include "support/shared_data.hpp"
#include "support/unpacked.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace liaison;
using liaison::test::CollectingSink;

namespace {

adapter::ReadSummary read(const std::string& bytes, CollectingSink& sink) {
    const record::FileSet files{record::source_from_memory("consolidated.xml", bytes)};
    const adapter::Adapter* adapter = adapter::recognise(files, {});
    REQUIRE(adapter != nullptr);
    REQUIRE(adapter->format() == "un_xml");
    return adapter->read(files, {.feed = "un_sc"}, sink);
}

std::set<std::pair<std::string, std::string>> named_pairs(const CollectingSink& sink) {
    std::set<std::pair<std::string, std::string>> pairs;
    for (const auto& [id, entity] : sink.entities) {
        if (entity.schema->edge) {
            pairs.emplace(entity.first(entity.schema->edge->source), entity.first(entity.schema->edge->target));
        }
    }
    return pairs;
}

}  // namespace

TEST_CASE("the list of 27 February 2026 comes out whole") {
    const auto path = test::shared_file("data/un/un_consolidated_2026-02-27.xml.xz");
    if (!path) {
        return;
    }
    CollectingSink sink;
    const auto summary = read(test::unpacked(*path), sink);
    CHECK(summary.publication_date == "2026-02-27");
    CHECK(summary.records.at("INDIVIDUAL") == 730);
    CHECK(summary.records.at("ENTITY") == 273);
    CHECK(sink.conflicts.empty());
    CHECK(sink.count("Sanction") == 1003);
    CHECK(sink.count("Person") == 730 + 3);  // and 3 persons that only comments name
    CHECK(sink.count("Organization") + sink.count("Company") == 273 + 2);

    // Relations: 513 edges, 7 of them to 5 parties that are not on the list; each with its sentence.
    CHECK(sink.issues_of("reference-not-on-list") == 7);
    std::size_t edges = 0;
    std::size_t to_stubs = 0;
    for (const auto& [id, entity] : sink.entities) {
        if (!entity.schema->edge) {
            continue;
        }
        ++edges;
        CHECK(entity.has(model::property("evidence")));
        for (const auto end : {entity.schema->edge->source, entity.schema->edge->target}) {
            const std::string other(entity.first(end));
            REQUIRE(sink.entities.contains(other));
            to_stubs += sink.text(other, "topics").empty() ? 1 : 0;
        }
    }
    CHECK(edges == 513);
    CHECK(to_stubs == 7);
    CHECK(sink.text("unsc-QDi.317", "name") == "Abu Mohammed al-Jawlani");

    // Nothing hardened, nothing lost.
    std::size_t without_date = 0;
    std::size_t approximate = 0;
    std::size_t ranges = 0;
    std::size_t several = 0;
    for (const auto& [id, entity] : sink.entities) {
        if (entity.schema->name != "Person" || entity.first(model::property("topics")).empty()) {
            continue;
        }
        const auto dates = entity.all(model::property("birthDate"));
        without_date += dates.empty() ? 1 : 0;
        several += dates.size() > 1 ? 1 : 0;
        for (const auto date : dates) {
            approximate += date.find('~') != std::string_view::npos ? 1 : 0;
            ranges += date.find('/') != std::string_view::npos ? 1 : 0;
        }
    }
    CHECK(without_date == 52);  // the list gives none, an age or a Hijri day
    CHECK(approximate == 116 + 8);
    CHECK(ranges == 31 + 1);
    CHECK(several == 121);
    CHECK(sink.issues_of("unreadable-date") == 2);
    CHECK(sink.issues_of("malformed-reference") == 1);
    CHECK(sink.issues.size() == 10);

    // Comments that state a fact in a fixed form.
    CHECK(sink.text("unsc-KPe.033", "swiftBic") == "KUDBKPPY");
    CHECK(sink.text("unsc-KPe.057", "imoNumber") == "IMO5963351");
    CHECK(sink.text("unsc-KPi.079", "gender") == "male");

    CHECK(sink.text("unsc-KPi.001", "lastName") == "YUN");
    CHECK(sink.text("unsc-KPi.001", "firstName") == "HO-JIN");
}

TEST_CASE("ids do not change from edition to edition, whatever the data id") {
    const auto old_path = test::shared_file("data/un/un_consolidated_2024-09-26.xml.xz");
    const auto new_path = test::shared_file("data/un/un_consolidated_2026-02-27.xml.xz");
    if (!old_path || !new_path) {
        return;
    }
    CollectingSink before;
    CollectingSink after;
    CHECK(read(test::unpacked(*old_path), before).publication_date == "2024-09-26");
    read(test::unpacked(*new_path), after);
    CHECK(before.conflicts.empty());
    CHECK(named_pairs(before).size() >= 480);
    std::size_t gone = 0;
    std::size_t moved = 0;
    for (const auto& [id, entity] : before.entities) {
        if (entity.schema->name != "Sanction") {
            continue;
        }
        const auto found = after.entities.find(id);
        gone += found == after.entities.end() ? 1 : 0;
        moved += found != after.entities.end() && found->second.first(model::property("recordId")) != entity.first(model::property("recordId")) ? 1 : 0;
    }
    CHECK(gone == 6);
    CHECK(moved > 0);  // other data ids, same listing
}

TEST_CASE("the edition of 2018 reads as well, and every country in all editions is known") {
    for (const char* edition : {"2018-10-29", "2024-09-26", "2026-02-27"}) {
        const auto path = test::shared_file("data/un/un_consolidated_" + std::string(edition) + ".xml.xz");
        if (!path) {
            return;
        }
        CollectingSink sink;
        const auto summary = read(test::unpacked(*path), sink);
        CHECK(summary.publication_date == edition);
        CHECK(sink.issues_of("unknown-country") == 0);
        CHECK(sink.issues_of("unknown-element") == 0);
        CHECK(sink.conflicts.empty());
    }
}

TEST_CASE("a damaged file is refused with its line and what to do") {
    const auto path = test::shared_file("data/un/damaged/un_consolidated_2025-08-16_damaged.xml.xz");
    if (!path) {
        return;
    }
    CollectingSink sink;
    try {
        read(test::unpacked(*path), sink);
        FAIL("the file was read");
    } catch (const base::InputError& error) {
        CHECK(std::string(error.what()).starts_with("consolidated.xml:53: not well-formed XML"));
        CHECK(error.hint() == "the file is damaged; fetch the list again");
    }
}

TEST_CASE("a file of another kind is refused by name") {
    CollectingSink sink;
    const record::FileSet files{record::source_from_memory("x.xml", "<sdnList><sdnEntry/></sdnList>")};
    CHECK_THROWS_WITH_AS(adapter::find_adapter("un_xml")->read(files, {.feed = "un_sc"}, sink),
                         "x.xml: the document element is <sdnList>, not <CONSOLIDATED_LIST>", base::InputError);
}
