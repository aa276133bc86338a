#include "feed/robots.hpp"

#include <doctest/doctest.h>

using liaison::feed::RobotsRules;

TEST_CASE("the group that names us counts, else the general one, whatever the case") {
    const char* text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: LIAISON/1.0 # us\nDisallow: /private\nAllow: /private/open\n"
                       "Crawl-delay: 90\n";
    const RobotsRules ours(text, "liaison");
    CHECK(ours.allows("/"));
    CHECK_FALSE(ours.allows("/private/x"));
    CHECK(ours.allows("/private/open/x"));
    CHECK(ours.delay() == std::chrono::seconds(30));
    CHECK_FALSE(RobotsRules(text, "somebody").allows("/"));
    CHECK(RobotsRules(text, "somebody").allows("/robots.txt"));
}

TEST_CASE("the longest match decides, allow wins a tie, wildcards and ends are understood (RFC 9309, 2.2.2 and 2.2.3)") {
    const RobotsRules rules("user-agent: *\nallow: /page\ndisallow: /page\ndisallow: /*.gif$\nallow: /publications/\n"
                            "disallow: /publications/*.pdf\ndisallow: /fish*x\n", "liaison");
    CHECK(rules.allows("/page"));
    CHECK_FALSE(rules.allows("/a/b.gif"));
    CHECK(rules.allows("/a/b.gif?x"));
    CHECK(rules.allows("/publications/a.html"));
    CHECK_FALSE(rules.allows("/publications/a.pdf"));
    CHECK_FALSE(rules.allows("/fish/a/x"));
    CHECK(rules.allows("/fish/a"));
}

TEST_CASE("percent-encoding does not change what a rule means") {
    const RobotsRules rules("User-agent: *\nDisallow: /a%3cd\nDisallow: /%7ejoe/\nDisallow: /caf\xc3\xa9\n", "liaison");
    CHECK_FALSE(rules.allows("/a%3Cd.html"));
    CHECK_FALSE(rules.allows("/~joe/index.html"));
    CHECK_FALSE(rules.allows("/caf%C3%A9"));
}

TEST_CASE("no rules, an empty disallow and an empty file allow all; hostile files end soon") {
    CHECK(RobotsRules().allows("/x"));
    CHECK(RobotsRules("", "liaison").allows("/x"));
    CHECK(RobotsRules("User-agent: *\nDisallow:\n", "liaison").allows("/x"));
    CHECK_FALSE(RobotsRules::disallow_all().allows("/x"));
    std::string long_text = "User-agent: *\n";
    for (int i = 0; i < 100'000; ++i) {
        long_text += "Disallow: /" + std::to_string(i) + "\n";
    }
    CHECK_FALSE(RobotsRules(long_text, "liaison").allows("/1"));
    const RobotsRules stars("User-agent: *\nDisallow: /" + std::string(1'000, '*') + "x\n", "liaison");
    CHECK(stars.allows("/" + std::string(2'000, 'a')));
}
