#include "liaison/article/syndication.hpp"

#include <doctest/doctest.h>

using namespace liaison::article;

TEST_CASE("RSS items give link, title and date; markup and double escapes leave the title; relative links are completed") {
    FeedOptions options;
    options.address = "https://example.org/news/feed.xml";
    const Feed feed = parse_feed(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss version=\"2.0\"><channel><title>T</title>"
        "<item><title>Caf\xE9 &amp;amp; &lt;b&gt;bar&lt;/b&gt;</title><link>/a</link><pubDate>Thu, 18 Jan 2024 12:38:21 +0100</pubDate></item>"
        "<item><title>Two</title><guid>https://example.org/b</guid><pubDate>18 Jan 2024 10:00</pubDate></item>"
        "<item><title>Two again</title><link>https://example.org/b</link></item></channel></rss>", options);
    CHECK(feed.kind == "rss");
    REQUIRE(feed.items.size() == 2);
    CHECK(feed.items[0].link == "https://example.org/a");
    CHECK(feed.items[0].title == "Caf\u00E9 & bar");
    CHECK(feed.items[0].published == "2024-01-18T11:38:21Z");
    CHECK(feed.items[1].zone_unknown);
    CHECK(feed.items[1].published == "2024-01-18T10:00:00Z");
}

TEST_CASE("Atom, JSON Feed, RSS 1.0 and news sitemaps are read, a plain sitemap is not") {
    const Feed atom = parse_feed("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>A</title><link rel=\"alternate\" href=\"https://e.org/1\"/><published>2024-01-18T11:38:21.123456Z</published></entry></feed>");
    REQUIRE(atom.items.size() == 1);
    CHECK(atom.items[0].published == "2024-01-18T11:38:21Z");
    const Feed json = parse_feed("{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"J\", \"items\": [{\"id\": 7, \"url\": \"https://e.org/2\", \"title\": \"B\", \"date_published\": \"2024-01-18T12:00:00-05:00\"}]}");
    REQUIRE(json.items.size() == 1);
    CHECK(json.items[0].id == "7");
    CHECK(json.items[0].published == "2024-01-18T17:00:00Z");
    const Feed rdf = parse_feed("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><item rdf:about=\"https://e.org/3\"><title>C</title><dc:date>2024-01-18</dc:date></item></rdf:RDF>");
    REQUIRE(rdf.items.size() == 1);
    CHECK(rdf.items[0].link == "https://e.org/3");
    CHECK(rdf.items[0].published == "2024-01-18");
    const Feed news = parse_feed("<urlset xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>https://e.org/4</loc><news:news><news:title>D</news:title><news:publication_date>2024-01-18</news:publication_date></news:news></url><url><loc>https://e.org/5</loc></url></urlset>");
    REQUIRE(news.items.size() == 1);
    CHECK(news.items[0].title == "D");
}

TEST_CASE("Broken feeds give what can be read and say so; floods are cut; other files are no feed") {
    const Feed broken = parse_feed("<rss><channel><item><title>A & B</title><link>https://e.org/1</link></item><item><title>C</title><link>https://e.org/2</link>");
    CHECK(broken.repaired);
    CHECK(broken.items.size() == 2);
    FeedOptions options;
    options.item_limit = 10;
    std::string flood = "<rss><channel>";
    for (int n = 0; n < 1000; ++n) {
        flood += "<item><link>https://e.org/" + std::to_string(n) + "</link></item>";
    }
    const Feed cut = parse_feed(flood + "</channel></rss>", options);
    CHECK(cut.items.size() == 10);
    CHECK(cut.issues.back().reason == "too-many-items");
    CHECK(parse_feed("<html><body>no</body></html>").issues.front().reason == "no-feed");
}
