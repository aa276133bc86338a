#include "liaison/base/error.hpp"
#include "liaison/store/store.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

using namespace liaison;

namespace {

/// A store in a folder of its own that goes with the test.
class TemporaryStore {
public:
    TemporaryStore() : m_folder(std::filesystem::temp_directory_path() / ("liaison-store-" + std::to_string(::getpid()) + "-" + std::to_string(s_next++))) {
        std::filesystem::create_directories(m_folder);
    }
    ~TemporaryStore() { std::filesystem::remove_all(m_folder); }
    [[nodiscard]] base::Path file() const { return m_folder / "test.db"; }

private:
    static inline int s_next = 0;
    base::Path m_folder;
};

model::Entity person(std::string id, std::string_view name, std::string_view birth_date) {
    model::Entity entity(std::move(id), model::schema("Person"));
    entity.position = {"list.xml", 7, 100};
    entity.add(model::property("name"), name);
    entity.add(model::property("birthDate"), birth_date, "", "circa 1962");
    return entity;
}

store::LoadSummary load(store::Store& store, std::string_view published, std::vector<model::Entity> entities) {
    store::Loader loader = store.begin_load("un_sc");
    for (auto& entity : entities) {
        loader.entity(std::move(entity));
    }
    store::Snapshot snapshot;
    snapshot.hash = std::string("hash-") + std::string(published);
    snapshot.format = "un_xml";
    snapshot.published = published;
    snapshot.fetched_at = std::string(published) + "T01:00:00Z";
    return loader.commit(snapshot);
}

std::vector<std::string> values(const store::Store& store, const store::View& view, std::string_view entity,
                                std::string_view property) {
    std::vector<std::string> found;
    for (const auto& statement : store.statements_of(entity, view)) {
        if (statement.property == property) {
            found.push_back(statement.value);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("statements carry origin, original text and interval; a view of each day sees its own") {
    TemporaryStore temporary;
    auto store = store::Store::open(temporary.file(), store::Access::write);
    CHECK(load(store, "2024-01-01", {person("unsc-QDi.001", "A", "1962~"), person("unsc-QDi.002", "B", "1970")}).added == 6);
    const auto second = load(store, "2024-02-01", {person("unsc-QDi.001", "A", "1963")});
    CHECK(second.added == 1);
    CHECK(second.ended == 4);  // one birth date, and all three statements of QDi.002
    CHECK(values(store, store.view_as_of("2024-01-15"), "unsc-QDi.001", "birthDate") == std::vector<std::string>{"1962~"});
    CHECK(values(store, store.current_view(), "unsc-QDi.001", "birthDate") == std::vector<std::string>{"1963"});
    CHECK(values(store, store.current_view(), "unsc-QDi.002", "name").empty());
    CHECK(store.view_as_of("2023-12-31").snapshots.empty());
    const auto statements = store.statements_of("unsc-QDi.001", store.view_as_of("2024-01-15"));
    REQUIRE(statements.size() == 3);
    CHECK(statements[0].property == "schema");
    CHECK(statements[2].original == "circa 1962");
    CHECK(statements[2].file == "list.xml");
    CHECK(statements[2].line == 7);
    CHECK(store.check().empty());
}

TEST_CASE("the same snapshot again changes no statement, and a value that returns gets a new interval") {
    TemporaryStore temporary;
    auto store = store::Store::open(temporary.file(), store::Access::write);
    load(store, "2024-01-01", {person("x-1", "A", "1962")});
    const auto again = load(store, "2024-02-01", {person("x-1", "A", "1962")});
    CHECK(again.added == 0);
    CHECK(again.ended == 0);
    CHECK(again.statements == 3);
    load(store, "2024-03-01", {});
    CHECK(load(store, "2024-04-01", {person("x-1", "A", "1962")}).added == 3);
    CHECK(store.statements_of("x-1", store.current_view(), true).size() == 6);
    CHECK(values(store, store.view_as_of("2024-03-15"), "x-1", "name").empty());
    CHECK(values(store, store.view_as_of("2024-02-15"), "x-1", "name") == std::vector<std::string>{"A"});
}

TEST_CASE("a load that is not committed leaves nothing") {
    TemporaryStore temporary;
    auto store = store::Store::open(temporary.file(), store::Access::write);
    load(store, "2024-01-01", {person("x-1", "A", "1962")});
    {
        store::Loader loader = store.begin_load("un_sc");
        loader.entity(person("x-2", "B", "1970"));
        loader.issue({"bad-date", "31 February", {"list.xml", 3, 9}, "x-2", "31 Feb"});
    }
    CHECK(values(store, store.current_view(), "x-2", "name").empty());
    CHECK(values(store, store.current_view(), "x-1", "name") == std::vector<std::string>{"A"});
    CHECK(store.issue_counts(store.current_view()).empty());
    CHECK(store.snapshots().size() == 1);
}

TEST_CASE("changes between two snapshots come with their direction") {
    TemporaryStore temporary;
    auto store = store::Store::open(temporary.file(), store::Access::write);
    load(store, "2024-01-01", {person("x-1", "A", "1962")});
    load(store, "2024-02-01", {person("x-1", "A", "1963")});
    std::vector<std::string> changes;
    store.for_each_change("un_sc", 1, 2, [&](const store::Statement& statement, bool added) {
        changes.push_back((added ? "+" : "-") + statement.value);
    });
    CHECK(changes == std::vector<std::string>{"-1962", "+1963"});
}

TEST_CASE("opening says what is wrong and what to try") {
    TemporaryStore temporary;
    CHECK_THROWS_AS((void)store::Store::open(temporary.file(), store::Access::read), base::StoreError);
    std::ofstream(temporary.file()) << "this is no database, but a text that is long enough to be looked at";
    try {
        (void)store::Store::open(temporary.file(), store::Access::read);
        FAIL("opened");
    } catch (const base::StoreError& error) {
        CHECK(std::string(error.what()).find("file is not a database") != std::string::npos);
        CHECK(error.hint() == "restore the file from a backup, or delete it and refresh again");
    }
}

TEST_CASE("two loads of two datasets keep apart, and schemata of fragments add up") {
    TemporaryStore temporary;
    auto store = store::Store::open(temporary.file(), store::Access::write);
    store::Loader loader = store.begin_load("us_ofac_sdn");
    model::Entity one("ofac-1", model::schema("Organization"));
    model::Entity more("ofac-1", model::schema("Company"));
    model::Entity wrong("ofac-1", model::schema("Person"));
    loader.entity(one);
    loader.entity(more);
    loader.entity(wrong);
    store::Snapshot snapshot;
    snapshot.published = "2024-01-01";
    const auto summary = loader.commit(snapshot);
    CHECK(summary.entities == 1);
    CHECK(summary.schemata == std::map<std::string, std::uint64_t>{{"Company", 1}});
    CHECK(summary.issue_reasons == std::map<std::string, std::uint64_t>{{"incompatible-schemata", 1}});
    CHECK(load(store, "2024-01-01", {person("x-1", "A", "1962")}).ended == 0);
    CHECK(store.current_view().snapshots == std::map<std::string, std::int64_t>{{"un_sc", 2}, {"us_ofac_sdn", 1}});
}
