#include "liaison/feed/fetch.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "support/failing_files.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>

using namespace liaison;
using feed::FetchStatus;

namespace {

feed::Manifest two_ways() {
    return feed::parse_manifest(R"({
      "id": "xx_list", "kind": "list", "title": "T", "publisher": {"name": "N", "country": "xx"}, "licence": {"name": "L"},
      "formats": ["test_xml", "test_csv"], "cadence_hours": 24,
      "sources": [{"format": "test_xml", "files": [{"name": "LIST.XML", "url": "https://p.example/LIST.XML",
                     "hash": {"url": "https://p.example/hashes"}}]},
                  {"format": "test_csv", "files": [{"name": "a.csv", "url": "https://p.example/a.csv"},
                                                   {"name": "b.csv", "url": "https://p.example/b.csv"}]}],
      "limits": {"file_bytes": 100000, "total_bytes": 100000, "files": 4}, "guards": {}, "crawl": {"full_get_every": 4}})",
                                "xx_list.json");
}

struct Bench {
    test::TemporaryFolder folder;
    test::FailingFiles files;
    feed::Archive archive{files, folder.path() / "db.archive"};
    test::FakeTransport transport;
    test::FakeClock clock;
    base::NoProgress progress;
    feed::FetchState last;
    feed::Network network = feed::make_network(transport, clock);

    feed::FetchOutcome fetch(const feed::Manifest& manifest) {
        auto outcome = feed::fetch_feed(manifest, network, archive, last, clock, progress);
        if (outcome.status == FetchStatus::fetched || outcome.status == FetchStatus::unchanged) {
            last = feed::FetchState::from_text(outcome.state.to_text());
        }
        return outcome;
    }
    feed::FetchOutcome mirror(const feed::Manifest& manifest) {
        return feed::fetch_from_mirror(manifest, folder.path() / "mirror", archive, last, clock, progress);
    }
    std::size_t asked(const std::string& url) const {
        return static_cast<std::size_t>(std::count_if(transport.requests.begin(), transport.requests.end(),
                                                      [&](const feed::Request& request) { return request.url == url; }));
    }
};

bool has_warning(const feed::FetchOutcome& outcome, std::string_view code) {
    return std::any_of(outcome.warnings.begin(), outcome.warnings.end(),
                       [&](const std::string& warning) { return warning.rfind(code, 0) == 0; });
}

}  // namespace

TEST_CASE("a list is fetched once, then asked for conditionally, then now and then in full") {
    Bench bench;
    bench.transport.answer("https://p.example/LIST.XML", {200, "<list>1</list>", {"\"e1\"", "Tue, 04 Nov 2025 05:06:07 GMT"}});
    bench.transport.answer("https://p.example/hashes",
                           {200, "<td>LIST.XML</td><td>SHA-256</td><td>" + base::to_hex(base::sha256("<list>1</list>")) + "</td>"});
    const auto first = bench.fetch(two_ways());
    CHECK(first.status == FetchStatus::fetched);
    CHECK(first.warnings.empty());
    CHECK(first.modified == "2025-11-04T05:06:07Z");
    REQUIRE(first.snapshot.has_value());
    CHECK(first.snapshot->id == base::to_hex(base::sha256("<list>1</list>")));
    CHECK(first.snapshot->format == "test_xml");
    for (int poll = 2; poll <= 5; ++poll) {
        const auto again = bench.fetch(two_ways());
        CHECK(again.status == FetchStatus::unchanged);
        CHECK(again.snapshot->id == first.snapshot->id);
        CHECK(bench.transport.requests.back().validators.etag == (poll == 4 ? "" : "\"e1\""));
        if (poll == 4) {
            CHECK(again.bytes > 0);
            bench.transport.requests.pop_back();
        }
    }
}

TEST_CASE("when the preferred format fails the next is taken as a whole set, and that is said") {
    Bench bench;
    bench.transport.answer("https://p.example/LIST.XML", {503});
    bench.transport.answer("https://p.example/a.csv", {200, "1"});
    bench.transport.answer("https://p.example/b.csv", {200, "2"});
    const auto outcome = bench.fetch(two_ways());
    CHECK(outcome.status == FetchStatus::fetched);
    CHECK(outcome.snapshot->format == "test_csv");
    CHECK(outcome.snapshot->files.size() == 2);
    CHECK(has_warning(outcome, "second-choice"));
}

TEST_CASE("one part of a set missing means the whole set is missing, and the old state stays") {
    Bench bench;
    bench.last.snapshot = std::string(64, 'a');
    bench.transport.answer("https://p.example/LIST.XML", {503});
    bench.transport.answer("https://p.example/a.csv", {200, "1"});
    const auto outcome = bench.fetch(two_ways());
    CHECK(outcome.status == FetchStatus::failed);
    CHECK(outcome.reason == "http-503");
    CHECK_FALSE(outcome.snapshot.has_value());
    CHECK(outcome.state.snapshot == std::string(64, 'a'));
    CHECK(bench.archive.all_snapshots().empty());
}

TEST_CASE("a wrong digest, an HTML page and an empty file are refused with their reason") {
    Bench bench;
    bench.transport.answer("https://p.example/LIST.XML", {200, "<list>1</list>"});
    bench.transport.answer("https://p.example/hashes", {200, "LIST.XML " + std::string(64, 'b')});
    auto outcome = bench.fetch(two_ways());
    CHECK(outcome.status == FetchStatus::refused);
    CHECK(outcome.reason == "checksum-differs");
    bench.transport.forget("https://p.example/LIST.XML");
    bench.transport.answer("https://p.example/LIST.XML", {200, "<!DOCTYPE html><html>Maintenance</html>"});
    outcome = bench.fetch(two_ways());
    CHECK(outcome.reason == "html-instead-of-data");
    CHECK(outcome.message == "LIST.XML is an HTML page, not the list");
    bench.transport.forget("https://p.example/LIST.XML");
    bench.transport.answer("https://p.example/LIST.XML", {200, ""});
    outcome = bench.fetch(two_ways());
    CHECK(outcome.reason == "empty");
    CHECK(bench.archive.all_snapshots().empty());
}

TEST_CASE("a digest of a longer file name is not taken, and none at all is a warning") {
    Bench bench;
    bench.transport.answer("https://p.example/LIST.XML", {200, "<list>1</list>"});
    bench.transport.answer("https://p.example/hashes", {200, "OTHERLIST.XML " + std::string(64, 'b')});
    const auto outcome = bench.fetch(two_ways());
    CHECK(outcome.status == FetchStatus::fetched);
    CHECK(has_warning(outcome, "checksum-absent"));
}

TEST_CASE("an unreadable state text means a full fetch, not an error") {
    CHECK(feed::FetchState::from_text("").snapshot.empty());
    CHECK(feed::FetchState::from_text("{\"snapshot\": 7}").snapshot.empty());
    feed::FetchState state;
    state.snapshot = "x";
    state.validators["https://a.example/"] = {"\"1\"", "then"};
    state.documents["https://a.example/1"] = "1.html";
    CHECK(feed::FetchState::from_text(state.to_text()).validators == state.validators);
    CHECK(feed::FetchState::from_text(state.to_text()).documents == state.documents);
}

TEST_CASE("a mirror gives the files of the feed's folder; no folder is absent, not failed") {
    Bench bench;
    CHECK(bench.mirror(two_ways()).status == FetchStatus::absent);
    bench.folder.write("mirror/xx_list/LIST.XML", "<list/>");
    bench.folder.write("mirror/xx_list/.hidden", "x");
    bench.folder.write("mirror/other/x", "x");
    auto outcome = bench.mirror(two_ways());
    CHECK(outcome.status == FetchStatus::fetched);
    CHECK(outcome.snapshot->files.size() == 1);
    CHECK(outcome.bytes == 7);
    CHECK_FALSE(outcome.sample);
    bench.last = outcome.state;
    CHECK(bench.mirror(two_ways()).status == FetchStatus::unchanged);
    bench.folder.write("mirror/SAMPLE", "");
    CHECK(bench.mirror(two_ways()).sample);
    CHECK(feed::unknown_folders(bench.files, bench.folder.path() / "mirror", feed::Registry({two_ways()})) ==
          std::vector<std::string>{"other"});
}

TEST_CASE("a mirror's empty, oversize, HTML or too many files are refused") {
    Bench bench;
    std::filesystem::create_directories(bench.folder.path() / "mirror/xx_list");
    CHECK(bench.mirror(two_ways()).reason == "empty");
    bench.folder.write("mirror/xx_list/LIST.XML", "");
    CHECK(bench.mirror(two_ways()).reason == "empty");
    bench.folder.write("mirror/xx_list/LIST.XML", std::string(100'001, 'x'));
    CHECK(bench.mirror(two_ways()).status == FetchStatus::failed);
    bench.folder.write("mirror/xx_list/LIST.XML", "<html>");
    CHECK(bench.mirror(two_ways()).reason == "html-instead-of-data");
    for (const char* name : {"a", "b", "c", "d", "e"}) {
        bench.folder.write(std::string("mirror/xx_list/") + name, "x");
    }
    std::filesystem::remove(bench.folder.path() / "mirror/xx_list/LIST.XML");
    CHECK(bench.mirror(two_ways()).reason == "too-many-files");
    CHECK(bench.archive.all_snapshots().empty());
}

TEST_CASE("an exported mirror gives back the same snapshot, with the files' own times") {
    Bench bench;
    bench.transport.answer("https://p.example/LIST.XML", {200, "<list>1</list>", {"", "Tue, 04 Nov 2025 05:06:07 GMT"}});
    const auto fetched = bench.fetch(two_ways());
    for (int round = 0; round < 2; ++round) {
        feed::export_to_mirror(bench.archive, *fetched.snapshot, bench.folder.path() / "mirror");
    }
    const auto outcome = bench.mirror(two_ways());
    CHECK(outcome.status == FetchStatus::unchanged);
    CHECK(outcome.snapshot->id == fetched.snapshot->id);
    CHECK(outcome.modified == "2025-11-04T05:06:07Z");
}

TEST_CASE("whichever write of a fetch fails, the error is the disk's and the last good snapshot stays") {
    Bench bench;
    bench.folder.write("mirror/xx_list/LIST.XML", "<list>1</list>");
    const auto good = bench.mirror(two_ways());
    bench.folder.write("mirror/xx_list/LIST.XML", "<list>2</list>");
    for (std::uint64_t call = 1;; ++call) {
        bench.files.fail_at(call);
        bool failed = false;
        try {
            (void)bench.mirror(two_ways());
        } catch (const base::StoreError&) {
            failed = true;
        }
        bench.files.heal();
        REQUIRE(bench.archive.verify().empty());
        REQUIRE(bench.archive.snapshot("xx_list", good.snapshot->id).files.size() == 1);
        if (!failed) {
            CHECK(call > 8);
            break;
        }
        (void)bench.archive.prune({"xx_list/" + good.snapshot->id});
    }
}

namespace {

feed::Manifest news(const std::string& type, const std::string& more = "") {
    return feed::parse_manifest(R"({
      "id": "xx_news", "kind": "news", "title": "T", "publisher": {"name": "N", "country": "xx"}, "licence": {"name": "L"},
      "formats": ["documents"], "cadence_hours": 24,
      "sources": [{"format": "documents", "index": {"type": ")" + type + R"(", "url": "https://n.example/index",
                   "link_pattern": "https://n\\.example/a/.*"}}],
      "limits": {"file_bytes": 100000, "total_bytes": 1000000, "files": 4}, "guards": {},
      "crawl": {"full_get_every": 3, "pace_seconds": 5}})" + more, "xx_news.json");
}

std::string page(const std::string& text) { return "<html><body><p>" + text + "</p></body></html>"; }

}  // namespace

TEST_CASE("a crawled feed takes the documents its index names, adds new ones, and asks politely") {
    Bench bench;
    bench.transport.answer("https://n.example/robots.txt", {200, "User-agent: *\nDisallow: /a/secret\n"});
    bench.transport.answer("https://n.example/index",
                           {200, "<a href='/a/one'>1</a><a href='/a/secret'>s</a><a href='http://n.example/a/two?utm_source=x'>2</a>"
                                 "<a href='/other'>o</a><a href='https://10.0.0.1/a/x'>p</a><a href='/a/one#top'>1</a>"});
    bench.transport.answer("https://n.example/a/one", {200, page("one")});
    bench.transport.answer("https://n.example/a/two", {200, page("two")});
    const auto first = bench.fetch(news("html"));
    CHECK(first.status == FetchStatus::fetched);
    REQUIRE(first.snapshot.has_value());
    CHECK(first.snapshot->files.size() == 2);
    CHECK(first.snapshot->files[0].name.rfind("one-", 0) == 0);
    CHECK(first.snapshot->files[0].url == "https://n.example/a/one");
    CHECK(has_warning(first, "robots-refused"));
    CHECK(bench.asked("https://n.example/a/secret") == 0);
    CHECK(bench.asked("https://n.example/robots.txt") == 1);
    CHECK(bench.clock.slept() >= std::chrono::seconds(11));  // three starts after the first, 1 s after robots.txt

    bench.transport.forget("https://n.example/index");
    bench.transport.answer("https://n.example/index", {200, "<a href='/a/three'>3</a>"});
    bench.transport.answer("https://n.example/a/three", {200, page("three")});
    const auto second = bench.fetch(news("html"));
    CHECK(second.status == FetchStatus::fetched);
    CHECK(second.snapshot->files.size() == 3);
    CHECK(bench.asked("https://n.example/a/one") == 1);
    CHECK(std::filesystem::exists(bench.archive.folder() / "warc/xx_news"));
}

TEST_CASE("on a full poll known documents are fetched again and a correction replaces the old text") {
    Bench bench;
    bench.transport.answer("https://n.example/index", {200, "<a href='/a/one'>1</a>"});
    bench.transport.answer("https://n.example/a/one", {200, page("eight persons")});
    bench.transport.answer("https://n.example/a/one", {200, page("eight persons and two entities")});
    const auto first = bench.fetch(news("html"));
    CHECK(bench.fetch(news("html")).status == FetchStatus::unchanged);
    const auto third = bench.fetch(news("html"));
    CHECK(third.status == FetchStatus::fetched);
    CHECK(third.snapshot->files.size() == 1);
    CHECK(third.snapshot->id != first.snapshot->id);
}

TEST_CASE("an RSS index gives documents their dates, and a date far from today is not believed") {
    Bench bench;
    bench.transport.answer("https://n.example/index",
                           {200, "<rss><channel><item><link>https://n.example/a/1</link><pubDate>Mon, 03 Nov 2025 10:00:00 GMT</pubDate></item>"
                                 "<item><link>https://n.example/a/2</link><pubDate>Mon, 03 Nov 1975 10:00:00 GMT</pubDate></item></channel></rss>"});
    bench.transport.answer("https://n.example/a/1", {200, page("one")});
    bench.transport.answer("https://n.example/a/2", {200, page("two")});
    const auto outcome = bench.fetch(news("syndication"));
    REQUIRE(outcome.status == FetchStatus::fetched);
    CHECK(outcome.snapshot->files[0].modified == "2025-11-03T10:00:00Z");
    CHECK(outcome.snapshot->files[1].modified == "");
}

TEST_CASE("robots.txt that cannot be had closes the host; a host that is down is left alone") {
    Bench bench;
    bench.transport.answer("https://n.example/robots.txt", {503});
    auto outcome = bench.fetch(news("html"));
    CHECK(outcome.status == FetchStatus::failed);
    CHECK(outcome.reason == "robots-refused");
    Bench down;
    down.transport.answer("https://n.example/robots.txt", {0, "", {}, "", feed::FailureKind::connect});
    outcome = down.fetch(news("html"));
    CHECK(outcome.reason == "host-down");
    CHECK(down.transport.requests.size() == 1);
}

TEST_CASE("an index without a usable document fails and says so, and an HTML page is no feed") {
    Bench bench;
    bench.transport.answer("https://n.example/index", {200, "<a href='/elsewhere'>1</a>"});
    CHECK(bench.fetch(news("html")).reason == "no-document");
    CHECK(bench.fetch(news("syndication")).reason == "not-a-feed");
    bench.transport.forget("https://n.example/index");
    bench.transport.answer("https://n.example/index", {200, "<html><body>Sorry</body></html>"});
    CHECK(bench.fetch(news("syndication")).reason == "html-instead-of-feed");
}
