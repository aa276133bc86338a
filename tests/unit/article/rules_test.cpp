#include "liaison/article/reading.hpp"

#include "liaison/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace liaison;

namespace {

std::vector<std::string> claims_of(const article::Reading& reading, std::string_view relation) {
    std::vector<std::string> result;
    for (const article::Claim& claim : reading.claims) {
        const bool wanted = relation == "role" ? claim.relation == "employment" || claim.relation == "directorship" || claim.relation == "membership" ||
                                                     claim.relation == "representation" || claim.relation == "ownership"
                                               : claim.relation == relation;
        if (wanted) {
            const std::string& text = reading.document.text;
            result.push_back(text.substr(claim.subject.start, claim.subject.end - claim.subject.start) + " > " +
                             text.substr(claim.object.start, claim.object.end - claim.object.start));
        }
    }
    return result;
}

}  // namespace

TEST_CASE("Each rule does what its own examples say") {
    const auto rules = article::embedded_rules();
    const auto examples = article::rule_examples(*rules);
    CHECK(examples.size() >= 80);
    article::ReadOptions options;
    options.document.published = "2025-12-20";
    options.rules = rules;
    for (const article::RuleExample& example : examples) {
        const auto found = claims_of(article::read_document("example.txt", example.text, options), example.relation);
        std::string all;
        for (const std::string& claim : found) {
            all += claim + "; ";
        }
        if (example.claims.empty()) {
            CHECK_MESSAGE(found.empty(), example.rule, ": \"", example.text, "\" must give nothing, gave: ", all);
        }
        for (const std::string& wanted : example.claims) {
            CHECK_MESSAGE(std::find(found.begin(), found.end(), wanted) != found.end(), example.rule, ": ", wanted, " not among: ", all);
        }
    }
}

TEST_CASE("A rule from a folder adds to the built-in ones without a rebuild, and a broken one is refused by name") {
    const auto folder = std::filesystem::temp_directory_path() / "liaison-rules-test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "more.json") << R"({"language": "en", "rules": [{"id": "test.mentor", "relation": "associate",
        "patterns": ["<PER:subject> mentored <PER:object>"]}]})";
    article::ReadOptions options;
    options.rules = article::load_rules(folder.string());
    const auto reading = article::read_document("a.txt", "Ivan Petrov mentored Pavel Orlov in the bank.", options);
    REQUIRE(claims_of(reading, "associate").size() == 1);
    CHECK(claims_of(reading, "associate").front() == "Ivan Petrov > Pavel Orlov");
    std::ofstream(folder / "more.json") << R"({"language": "en", "rules": [{"id": "test.broken", "relation": "associate", "patterns": ["<PERSON:subject> met"]}]})";
    try {
        (void)article::load_rules(folder.string());
        FAIL("a broken rule was accepted");
    } catch (const base::InputError& error) {
        CHECK(std::string(error.what()).find("test.broken") != std::string::npos);
        CHECK(std::string(error.what()).find("unknown chunk type \"PERSON\"") != std::string::npos);
    }
    std::filesystem::remove_all(folder);
}
