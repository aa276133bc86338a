#include "liaison/base/error.hpp"
#include "liaison/monitor/book.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace liaison;

namespace {

monitor::Pair pair(const char* record, const char* entity, std::map<std::string, std::string> evidence) {
    return {record, entity, "A Listed Name", 0.9, std::move(evidence)};
}

}  // namespace

TEST_CASE("a decision stays while its evidence stays, and the alert comes back with what changed when it does not") {
    std::vector<monitor::Alert> alerts;
    auto update = monitor::update(alerts, {pair("c1", "e1", {{"name", "A"}})}, "book", "2025-01-01T00:00:00Z");
    CHECK(update.opened == 1);
    REQUIRE(alerts.size() == 1);
    const std::string id = alerts[0].id;
    monitor::decide(alerts, id, monitor::State::false_positive, "ann", "other birth date", "2025-01-02T00:00:00Z");

    update = monitor::update(alerts, {pair("c1", "e1", {{"name", "A"}})}, "book", "2025-01-03T00:00:00Z");
    CHECK(update.quiet == 1);
    CHECK(alerts[0].state == monitor::State::false_positive);
    CHECK(alerts[0].changed_at == "2025-01-02T00:00:00Z");

    update = monitor::update(alerts, {pair("c1", "e1", {{"name", "A"}, {"birth date", "agrees (1962)"}})}, "book", "2025-01-04T00:00:00Z");
    CHECK(update.reopened == 1);
    CHECK(update.news == std::vector<std::string>{id});
    CHECK(alerts[0].state == monitor::State::fresh);
    CHECK(alerts[0].reason == "was false_positive; birth date: nothing -> agrees (1962)");
}

TEST_CASE("an alert whose pair no longer matches is closed, and opens again when it matches again") {
    std::vector<monitor::Alert> alerts;
    (void)monitor::update(alerts, {pair("c1", "e1", {{"name", "A"}})}, "book", "2025-01-01T00:00:00Z");
    auto update = monitor::update(alerts, {}, "book", "2025-01-02T00:00:00Z");
    CHECK(update.closed == 1);
    CHECK(alerts[0].reason == "no longer matches");
    update = monitor::update(alerts, {pair("c1", "e1", {{"name", "A"}})}, "book", "2025-01-03T00:00:00Z");
    CHECK(update.reopened == 1);
    CHECK(alerts[0].reason == "was closed; matches again");
}

TEST_CASE("books keep their records and alerts apart, and alerts outlive the records") {
    const test::TemporaryFolder folder;
    const auto files = base::make_system_files();
    const base::Path db = folder.path() / "lists.db";
    const monitor::Book book(db, "customers");
    match::Query query;
    query.id = "c1";
    query.names = {"Invented Name"};
    query.schema = &model::schema("Person");
    query.birth_dates = {*model::parse_edtf("1962-05")};
    match::Options options;
    options.threshold = 0.8;
    book.save_records(*files, {query}, {"state-1", options});
    std::vector<monitor::Alert> alerts;
    (void)monitor::update(alerts, {pair("c1", "e1", {{"name", "A"}})}, "customers", "2025-01-01T00:00:00Z");
    book.save_alerts(*files, alerts);

    const auto records = book.records();
    REQUIRE(records.size() == 1);
    CHECK(records[0].names == query.names);
    CHECK(model::to_string(records[0].birth_dates.at(0)) == "1962-05");
    CHECK(book.screening().state == "state-1");
    CHECK(book.screening().options.threshold == 0.8);
    CHECK(files->read(book.alerts_path(), 100000).find("Invented") == std::string::npos);
    CHECK(monitor::Book::all(*files, db) == std::vector<std::string>{"customers"});
    std::filesystem::remove(book.records_path());
    CHECK(book.alerts(*files).at(0).entity == "e1");
    CHECK_THROWS_WITH_AS((void)book.records(), "there is no book \"customers\"", base::InputError);
    CHECK_THROWS_AS(monitor::Book(db, "../x"), base::UsageError);
    CHECK_THROWS_WITH_AS(monitor::decide(alerts, "alert-0", monitor::State::closed, "ann", "", ""), "there is no alert \"alert-0\"", base::UsageError);
}

TEST_CASE("every state has a name that finds it") {
    for (const char* name : {"new", "under_review", "false_positive", "confirmed", "closed"}) {
        REQUIRE(monitor::find_state(name).has_value());
        CHECK(monitor::name_of(*monitor::find_state(name)) == name);
    }
    CHECK_FALSE(monitor::find_state("open").has_value());
}
