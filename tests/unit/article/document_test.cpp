#include "liaison/article/reading.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace liaison::article;

TEST_CASE("Markdown loses its marks and keeps the offsets of the file in code points") {
    const std::string file = "---\ntitle: \"A title\"\npublish_date: 2025-11-04\nlanguage: en\n---\n\n# Head\n\nSaid é: **Ivan [Petrov](http://x)** of *Minsk*.\n";
    const Document document = parse_document("a.md", file);
    CHECK(document.title == "A title");
    CHECK(document.published == "2025-11-04");
    REQUIRE(document.blocks.size() == 2);
    CHECK(document.blocks[0].kind == BlockKind::heading);
    CHECK(document.text == "Head\nSaid \xC3\xA9: Ivan Petrov of Minsk.");
    const auto start = static_cast<std::uint32_t>(document.text.find("Ivan"));
    const auto end = static_cast<std::uint32_t>(document.text.find(" of"));
    CHECK(document.quoted(start, end) == "Ivan [Petrov");
    CHECK(document.code_point(start) == file.find("Ivan") - 1);  // one two-byte letter before it
}

TEST_CASE("An unrelated block inside an article is marked and nothing is claimed from it") {
    std::string text = "The exchange Volga moved stolen coins for hackers, officials said, and its servers held records of the hackers. "
                       "Football: the national team plays the final tonight. The final begins at nine and the team trains at noon. "
                       "The servers of the exchange were seized and the stolen coins were frozen.\n"
                       "Hackers used the exchange for years, and officials followed the coins.\n"
                       "The exchange Volga denied that its servers held records of stolen coins.\n"
                       "Officials said that the hackers sold coins on the exchange every day.\n"
                       "The records show how the hackers moved coins between servers.\n";
    const Document document = parse_document("a.txt", text);
    std::string foreign;
    for (const Block& block : document.blocks) {
        if (block.region == Region::off_topic) {
            foreign += document.text.substr(block.start, block.end - block.start);
        }
    }
    CHECK(foreign == "Football: the national team plays the final tonight. The final begins at nine and the team trains at noon.");
}

TEST_CASE("HTML gives the article, its title, date, author and the place of every word in the file") {
    const std::string html =
        "<html lang=\"en\"><head><title>T &amp; U</title><meta property=\"article:published_time\" content=\"2025-11-04T10:00:00Z\">"
        "<meta name=\"author\" content=\"Jo Doe\"></head><body ><nav><a href=/>Home</a></nav><div class=\"related\"><p>Related story about somebody else, of no use, at all.</p></div>"
        "<article><h1>Head</h1><p>The Treasury&rsquo;s office sanctioned Ivan Petrov, a banker, on Tuesday, for moving money.</p>"
        "<p>Mr Petrov, who lives in Minsk, denied it, and his lawyer said so, too, at length.</p></article><footer><p>Contact us, please, at any time.</p></footer>"
        "<script>var p = \"<p>Not text, never, no</p>\";</script></body></html>";
    const Document document = parse_document("a.html", html);
    CHECK(document.title == "T & U");
    CHECK(document.author == "Jo Doe");
    CHECK(document.published == "2025-11-04");
    CHECK(document.text.find("Related") == std::string::npos);
    CHECK(document.text.find("Contact") == std::string::npos);
    CHECK(document.text.find("Not text") == std::string::npos);
    CHECK(document.text.find("The Treasury\u2019s office sanctioned Ivan Petrov") != std::string::npos);
    const auto start = static_cast<std::uint32_t>(document.text.find("Ivan"));
    CHECK(document.code_point(start) == html.find("Ivan"));
}

TEST_CASE("Hostile pages end in bounded time with an issue") {
    std::string deep;
    for (int n = 0; n < 100'000; ++n) {
        deep += "<div>";
    }
    const Document document = parse_document("a.html", deep + "<p>words, in here, at last</p>");
    REQUIRE_FALSE(document.issues.empty());
    CHECK(document.issues.front().reason == "too-deep");
    CHECK(document.text == "words, in here, at last");
    DocumentOptions small;
    small.size_limit = 10;
    CHECK(parse_document("a.txt", "0123456789 and more", small).issues.front().reason == "document-too-large");
    CHECK(parse_document("a.html", "<p title=\"never closed").issues.front().reason == "no-text");
}

TEST_CASE("Bytes are decoded by mark, declaration, or what they are") {
    CHECK(parse_document("a.txt", "caf\xE9 noir").text == "caf\u00E9 noir");
    CHECK(parse_document("a.html", "<meta charset=iso-8859-1><p>caf\xE9 noir</p>").text == "caf\u00E9 noir");
    CHECK(parse_document("a.txt", std::string("\xFF\xFEh\0i\0", 6)).text == "hi");
    const Document declared = parse_document("a.html", "<meta charset=iso-8859-1><p>caf\u00E9 noir</p>");
    CHECK(declared.text == "caf\u00E9 noir");
    CHECK(declared.issues.front().reason == "charset-contradicted");
}

TEST_CASE("Dates are resolved backwards from the publication date and keep their precision") {
    ReadOptions options;
    options.document.published = "2025-12-20";
    const auto date = [&](const std::string& text) {
        const Reading reading = read_document("a.txt", text, options);
        for (const Claim& claim : reading.claims) {
            if (claim.relation == "sanctioned") {
                return claim.date.value + " " + claim.date.precision;
            }
        }
        return std::string("none");
    };
    CHECK(date("In November, OFAC sanctioned Ivan Petrov.") == "2025-11 month");
    CHECK(date("OFAC sanctioned Ivan Petrov yesterday.") == "2025-12-19 day");
    CHECK(date("On Tuesday, OFAC sanctioned Ivan Petrov.") == "2025-12-16 day");
    CHECK(date("On April 5, 2022, OFAC sanctioned Ivan Petrov.") == "2022-04-05 day");
    CHECK(date("OFAC sanctioned Ivan Petrov in 2019.") == "2019 year");
}

TEST_CASE("Unnamed people are groups, never persons") {
    const Reading reading = read_document("a.txt", "Washington a annonc\u00E9 des sanctions contre huit personnes mardi.");
    const auto claim = std::find_if(reading.claims.begin(), reading.claims.end(), [](const Claim& c) { return c.relation == "sanctioned"; });
    REQUIRE(claim != reading.claims.end());
    CHECK(claim->subject.schema == "PublicBody");
    CHECK(claim->object.schema == "Group");
    for (const Mention& mention : reading.mentions) {
        CHECK(mention.schema != "Person");
    }
}
