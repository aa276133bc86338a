#include "liaison/audit/coverage.hpp"
#include "support/stopped_clock.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace liaison;

TEST_CASE("a report of a period counts refreshes, gaps, ages, screenings, decisions and erasures") {
    const test::TemporaryFolder folder;
    const base::Path db = folder.path() / "lists.db";
    const auto files = base::make_system_files();
    const auto record = [&](const std::string& day, const std::function<void(audit::Log&)>& act) {
        support::StoppedClock clock{day};
        audit::Log log({db, "", "nightly"}, *files, clock);
        act(log);
    };
    const audit::Json list{{"id", "un_sc"}, {"status", "fetched"}, {"snapshot", "aa"}, {"publication_date", "2025-10-30"}, {"age_days", 2}};
    const audit::Json stale{{"id", "un_sc"}, {"status", "refused"}, {"snapshot", "aa"}, {"publication_date", "2025-10-30"}, {"age_days", 5}};
    record("2025-10-01", [&](audit::Log& log) { log.append("refresh", {{"complete", true}}); });
    record("2025-11-01", [&](audit::Log& log) { log.append("refresh", {{"complete", true}, {"datasets", {list}}}); });
    record("2025-11-04", [&](audit::Log& log) {
        log.append("refresh", {{"complete", false}, {"datasets", {stale}}});
        const audit::Screened hit{{{"id", "c1"}}, {{"status", "checked"}, {"matches", {{{"id", "unsc-1"}}}}}};
        const audit::Screened none{{{"id", "c2"}}, {{"status", "checked"}, {"matches", audit::Json::array()}}};
        const audit::Screened unread{{{"id", "c3"}}, {{"status", "unchecked"}, {"matches", audit::Json::array()}}};
        const std::vector<audit::Screened> all{hit, none, unread};
        log.append_screening({{"engine", "1"}}, all);
        log.append("decision", {{"state", "false_positive"}});
        log.erase_queries([](const audit::Json& stored) { return stored.at("query").at("id") == "c1"; }, "asked for");
    });
    const auto coverage = audit::coverage(db, "2025-11-01", "2025-11-30");
    CHECK(coverage.refreshes == 2);
    CHECK(coverage.incomplete_refreshes == 1);
    CHECK(coverage.longest_gap_hours == 72);
    CHECK(coverage.lists.at("un_sc").max_age_days == 5);
    CHECK(coverage.lists.at("un_sc").attempts.at("refused") == 1);
    CHECK(coverage.runs == 1);
    CHECK(coverage.screened == 3);
    CHECK(coverage.unchecked == 1);
    CHECK(coverage.alerted == 1);
    CHECK(coverage.decisions.at("false_positive") == 1);
    CHECK(coverage.erased == 1);
    CHECK(audit::coverage(db, "2026-01-01", "").refreshes == 0);
}
