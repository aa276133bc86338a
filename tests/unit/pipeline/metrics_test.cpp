#include "liaison/pipeline/metrics.hpp"

#include <doctest/doctest.h>

using namespace liaison;

TEST_CASE("a run becomes Prometheus text: ages, outcomes, counts, and an alarm for an overdue list that answered 200") {
    pipeline::RunReport report;
    pipeline::FeedReport feed;
    feed.id = "un_sc";
    feed.status = "unchanged";
    feed.snapshot = "ab";
    feed.age_days = 40;
    feed.overdue = true;
    feed.schemata = {{"Person", 730}};
    report.feeds.push_back(feed);
    feed.id = "odd\"one\\";
    feed.status = "failed";
    feed.snapshot.clear();
    report.feeds.push_back(feed);
    report.seconds = {{"feeds", 1.5}};
    const std::string text = pipeline::prometheus_text(report, base::Instant(std::chrono::seconds(1'762'232'767)));
    for (const char* line : {"# TYPE liaison_feed_age_days gauge\n", "liaison_run_timestamp_seconds 1762232767\n", "liaison_run_complete 0\n",
                             "liaison_feed_age_days{feed=\"un_sc\"} 40\n", "liaison_feed_overdue{feed=\"un_sc\"} 1\n",
                             "liaison_feed_status{feed=\"un_sc\",status=\"unchanged\"} 1\n",
                             "liaison_feed_status{feed=\"un_sc\",status=\"failed\"} 0\n",
                             "liaison_feed_in_service{feed=\"odd\\\"one\\\\\"} 0\n", "liaison_run_seconds{stage=\"feeds\"} 1.5\n",
                             "liaison_feed_entities{feed=\"un_sc\",schema=\"Person\"} 730\n"}) {
        CHECK_MESSAGE(text.find(line) != std::string::npos, line);
    }
    CHECK(text.back() == '\n');
}
