#include "liaison/record/syndication.hpp"

#include "liaison/base/utf8.hpp"
#include "support/shared_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

using namespace liaison;
using record::SyndicationKind;

namespace {

std::string date(std::string_view text) {
    bool assumed = false;
    return record::read_feed_date(text, assumed);
}

bool has_issue(const record::Syndication& feed, std::string_view reason) {
    return std::any_of(feed.issues.begin(), feed.issues.end(), [&](const auto& issue) { return issue.reason == reason; });
}

}  // namespace

TEST_CASE("RSS 2.0 gives link, title, summary and date of each item, and media:title is not the title") {
    const auto feed = record::read_syndication(R"(<?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>News &amp; views</title>
      <link>https://n.example/</link>
      <item><media:title>Not this</media:title><title><![CDATA[Two &lt;b&gt;banks&lt;/b&gt; listed]]></title>
        <link>
          https://n.example/a
        </link><guid isPermaLink="false">17</guid><pubDate>Tue, 04 Nov 2025 15:00:00 +0100</pubDate>
        <description>&lt;p&gt;Treasury acts.&lt;/p&gt;</description></item>
      <item><title>By guid</title><guid>https://n.example/b</guid></item>
      <item><title>No address</title></item></channel></rss>)");
    CHECK(feed.kind == SyndicationKind::rss);
    CHECK(feed.title == "News & views");
    CHECK_FALSE(feed.repaired);
    REQUIRE(feed.items.size() == 2);
    CHECK(feed.items[0].link == "https://n.example/a");
    CHECK(feed.items[0].title == "Two banks listed");
    CHECK(feed.items[0].summary == "Treasury acts.");
    CHECK(feed.items[0].published == "2025-11-04T14:00:00Z");
    CHECK(feed.items[1].link == "https://n.example/b");
    CHECK(has_issue(feed, "item-without-link"));
}

TEST_CASE("Atom takes the alternate link, xml:base and published before updated") {
    const auto feed = record::read_syndication(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://n.example/fr/">
      <title>Feed</title><entry><title type="html">L&amp;#39;accord</title><id>tag:1</id>
      <link rel="self" href="self.atom"/><link href="a/1"/><updated>2025-11-05T00:00:00Z</updated>
      <published>2025-11-04T05:06:07.890+01:00</published></entry></feed>)");
    CHECK(feed.kind == SyndicationKind::atom);
    REQUIRE(feed.items.size() == 1);
    CHECK(feed.items[0].link == "a/1");
    CHECK(feed.items[0].base == "https://n.example/fr/");
    CHECK(feed.items[0].title == "L'accord");
    CHECK(feed.items[0].published == "2025-11-04T04:06:07Z");
}

TEST_CASE("RSS 1.0 with Dublin Core dates, RSS 0.91 and JSON Feed with a number for id are read") {
    const auto rdf = record::read_syndication(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>
      <item><title>One</title><link>https://n.example/1</link><dc:date>2025-11-04</dc:date></item></rdf:RDF>)");
    REQUIRE(rdf.items.size() == 1);
    CHECK(rdf.items[0].published == "2025-11-04T00:00:00Z");
    CHECK(rdf.items[0].zone_assumed);
    const auto old = record::read_syndication(
        R"(<rss version="0.91"><channel><title>T</title><item><title>One</title><link>https://n.example/1</link></item></channel></rss>)");
    REQUIRE(old.items.size() == 1);
    CHECK(old.items[0].published.empty());
    const auto json = record::read_syndication(
        R"({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": 5, "url": "https://n.example/5",
            "title": "Five", "date_published": "2025-11-04T05:06:07-05:00"}, {"id": 6}, 7]})");
    CHECK(json.kind == SyndicationKind::json_feed);
    REQUIRE(json.items.size() == 1);
    CHECK(json.items[0].guid == "5");
    CHECK(json.items[0].published == "2025-11-04T10:06:07Z");
    CHECK(json.issues.size() == 2);
}

TEST_CASE("a news sitemap is read, one without news tags is not, and an index names the sitemaps") {
    const auto news = record::read_syndication(R"(<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://n.example/1</loc><news:news>
      <news:publication_date>2025-11-04</news:publication_date><news:title>One</news:title></news:news></url></urlset>)");
    CHECK(news.kind == SyndicationKind::news_sitemap);
    REQUIRE(news.items.size() == 1);
    CHECK(news.items[0].title == "One");
    const auto site = record::read_syndication(
        R"(<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://n.example/1</loc></url></urlset>)");
    CHECK(site.items.empty());
    CHECK(has_issue(site, "sitemap-without-news"));
    const auto index = record::read_syndication(
        R"(<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://n.example/n.xml</loc></sitemap></sitemapindex>)");
    CHECK(index.kind == SyndicationKind::sitemap_index);
    CHECK(index.items.at(0).link == "https://n.example/n.xml");
}

TEST_CASE("undefined entities, stray ampersands and control bytes are repaired and the feed is marked") {
    const auto feed = record::read_syndication("<rss><channel><item><title>D&eacute;cret &nbsp;A & B \x01</title>"
                                               "<link>https://n.example/?a=1&b=2</link></item></channel></rss>");
    REQUIRE(feed.items.size() == 1);
    CHECK(feed.items[0].title.substr(0, 7) == "D\xc3\xa9" "cret");
    CHECK(feed.repaired);
    CHECK(base::find_invalid_utf8(feed.items[0].title) == std::string::npos);
}

TEST_CASE("encodings: header, declaration, contradiction and none at all") {
    bool repaired = false;
    CHECK(record::decode_text("<?xml version='1.0' encoding='ISO-8859-1'?>\xe9", "", repaired).substr(43) == "\xc3\xa9");
    CHECK_FALSE(repaired);
    CHECK(record::decode_text("\xe9\x80", "text/xml; charset=windows-1252", repaired) == "\xc3\xa9\xe2\x82\xac");
    CHECK_FALSE(repaired);
    CHECK(record::decode_text("\xc3\xa9", "text/xml; charset=iso-8859-1", repaired) == "\xc3\xa9");
    CHECK(repaired);
    repaired = false;
    CHECK(record::decode_text("<?xml version='1.0' encoding='utf-8'?>\xe9", "", repaired).substr(38) == "\xc3\xa9");
    CHECK(repaired);
    repaired = false;
    CHECK(record::decode_text(std::string_view("\xff\xfe<\0a\0", 6), "", repaired) == "<a");
    CHECK(record::decode_text("\xcf\xf0", "text/html; charset=windows-1251", repaired) == "\xd0\x9f\xd1\x80");
    CHECK_FALSE(repaired);
}

TEST_CASE("dates as feeds write them, in the wrong order, with letters for zones and 12-hour clocks") {
    CHECK(date("Tue, 4 Nov 2025 05:06:07 EST") == "2025-11-04T10:06:07Z");
    CHECK(date("Tue, 04 Nov 25 05:06 Z") == "2025-11-04T05:06:00Z");
    CHECK(date("November 4, 2025 5:06 PM") == "2025-11-04T17:06:00Z");
    CHECK(date("4 novembre 2025") == "2025-11-04T00:00:00Z");
    CHECK(date("2025-11-04T05:06:07.123456789Z") == "2025-11-04T05:06:07Z");
    CHECK(date("2025-11-04 05:06:07 +0530") == "2025-11-03T23:36:07Z");
    CHECK(date("2025/11/04") == "2025-11-04T00:00:00Z");
    CHECK(date("Wed, 31 Dec 2025 23:30:00 -0100") == "2026-01-01T00:30:00Z");
    CHECK(date("yesterday") == "");
    CHECK(date("2025-02-30") == "");
    CHECK(date("Tue, 04 Nov 2025 13:06 PM") == "");
    CHECK(date("99999999999999999999") == "");
    bool assumed = false;
    (void)record::read_feed_date("2025-11-04T05:06:07", assumed);
    CHECK(assumed);
}

TEST_CASE("hostile feeds end in bounded time with an issue: too many items, too deep, HTML, nothing, bombs") {
    std::string many = "<rss><channel>";
    for (int i = 0; i < 100'000; ++i) {
        many += "<item><link>https://n.example/" + std::to_string(i) + "</link></item>";
    }
    const auto feed = record::read_syndication(many + "</channel></rss>");
    CHECK(feed.items.size() == 2'000);
    CHECK(has_issue(feed, "too-many-items"));
    std::string deep = "<rss>";
    for (int i = 0; i < 1'000'000; ++i) {
        deep += "<a>";
    }
    CHECK(has_issue(record::read_syndication(deep), "nested-too-deep"));
    CHECK(has_issue(record::read_syndication("<html><body>Sorry</body></html>"), "html-instead-of-feed"));
    CHECK(has_issue(record::read_syndication(" \n"), "empty"));
    CHECK(has_issue(record::read_syndication("hello"), "not-a-feed"));
    CHECK(has_issue(record::read_syndication("{\"a\": 1}"), "not-a-feed"));
    const auto bomb = record::read_syndication("<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
                                               "<rss><channel><item><title>&b;</title><link>https://n.example/1</link></item></channel></rss>");
    REQUIRE(bomb.items.size() == 1);
    CHECK(bomb.items[0].title.find("aaaa") == std::string::npos);
    const auto cut = record::read_syndication("<rss><channel><item><link>https://n.example/1</link></item><item><link>https://n.ex");
    CHECK(cut.items.size() == 1);
    CHECK(has_issue(cut, "truncated-item"));
}

TEST_CASE("links of a page come in order, once each, with its base") {
    std::string base;
    const auto links = record::html_links("<html><head><base href='https://n.example/x/'></head><body><a href=\"a\">1</a><p>"
                                          "<A HREF='/b?x=1&amp;y=2'>2</a><a href=a>again</a><a name=z>none</a>",
                                          100, base);
    CHECK(base == "https://n.example/x/");
    CHECK(links == std::vector<std::string>{"a", "/b?x=1&y=2"});
    std::string deep;
    for (int i = 0; i < 200'000; ++i) {
        deep += "<div>";
    }
    CHECK(record::html_links(deep + "<a href=q>", 100, base).size() <= 1);
}

TEST_CASE("real feeds of newspapers and agencies are read") {
    const auto folder = test::shared_file("data/news/feeds/bbc_2.0.rss.xml");
    if (!folder) {
        return;
    }
    const std::map<std::string, std::size_t> least = {{"bbc_2.0.rss.xml", 1},         {"encoding_latin1.rss.xml", 40},
                                                      {"franceinfo_titres_2024-01-18.rss.xml", 25}, {"google_alerts.atom.xml", 5},
                                                      {"guardian_2016.rss.xml", 50},  {"heise.atom.xml", 15},
                                                      {"huffpost_canada.rss.xml", 2}, {"illegally_nested.rss.xml", 10},
                                                      {"lemonde_une_2018-06-27.rss.xml", 10},
                                                      {"lemonde_une_2024-01-18.rss.xml", 10}, {"rss_1.0_iso8859.xml", 1}};
    for (const auto& [name, count] : least) {
        std::ifstream stream(folder->parent_path() / name, std::ios::binary);
        std::stringstream text;
        text << stream.rdbuf();
        const auto feed = record::read_syndication(text.str());
        CHECK_MESSAGE(feed.items.size() >= count, name, ": ", feed.items.size());
        for (const auto& item : feed.items) {
            CHECK_MESSAGE(item.link.find_first_of(" \n<>") == std::string::npos, name, ": ", item.link);
            CHECK_MESSAGE(base::find_invalid_utf8(item.title) == std::string::npos, name);
        }
    }
}
