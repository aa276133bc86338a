#include "liaison/feed/guards.hpp"

#include <doctest/doctest.h>

using namespace liaison;

namespace {

feed::Manifest list_manifest() {
    feed::Manifest manifest;
    manifest.id = "us_test";
    manifest.formats = {"test_xml"};
    manifest.guards.minimum_listed = 100;
    manifest.guards.minimum = {{"INDIVIDUAL", 50}};
    return manifest;
}

feed::Facts good() {
    feed::Facts facts;
    facts.publication_date = "2025-11-04";
    facts.records = {{"INDIVIDUAL", 600}, {"ENTITY", 400}};
    facts.entities = {{"Person", 600}, {"Organization", 400}};
    facts.listed = 1000;
    facts.format = "test_xml";
    return facts;
}

std::string reason(const std::optional<feed::Refusal>& refusal) { return refusal ? refusal->reason : "accepted"; }

}  // namespace

TEST_CASE("the same list again, and one a little smaller, are accepted") {
    const feed::Facts last = good();
    CHECK(reason(feed::judge(good(), &last, list_manifest())) == "accepted");
    CHECK(reason(feed::judge(good(), nullptr, list_manifest())) == "accepted");
    feed::Facts smaller = good();
    smaller.listed = 800;
    CHECK(reason(feed::judge(smaller, &last, list_manifest())) == "accepted");
}

TEST_CASE("a list 40 % smaller is refused and says how much") {
    const feed::Facts last = good();
    feed::Facts facts = good();
    facts.listed = 600;
    const auto refusal = feed::judge(facts, &last, list_manifest());
    REQUIRE(refusal.has_value());
    CHECK(refusal->reason == "shrunk");
    CHECK(refusal->message == "holds 600 listed entities, 40 % fewer than the last good one (1000)");
    CHECK(refusal->hint.find("--accept FEED --reason TEXT") != std::string::npos);
}

TEST_CASE("a list that grew beyond the guard, lost a type, or went back in time is refused") {
    const feed::Facts last = good();
    feed::Facts facts = good();
    facts.listed = 3100;
    CHECK(reason(feed::judge(facts, &last, list_manifest())) == "grown");
    facts = good();
    facts.records.erase("ENTITY");
    CHECK(reason(feed::judge(facts, &last, list_manifest())) == "type-vanished");
    facts = good();
    facts.entities.erase("Organization");
    CHECK(reason(feed::judge(facts, &last, list_manifest())) == "type-vanished");
    facts = good();
    facts.publication_date = "2025-11-03";
    CHECK(reason(feed::judge(facts, &last, list_manifest())) == "date-went-back");
    feed::Manifest manifest = list_manifest();
    manifest.guards.date_may_go_back = true;
    CHECK(reason(feed::judge(facts, &last, manifest)) == "accepted");
}

TEST_CASE("another format of the same list may name its record types otherwise") {
    const feed::Facts last = good();
    feed::Facts facts = good();
    facts.format = "other_csv";
    facts.records = {{"individual", 600}};
    feed::Manifest manifest = list_manifest();
    manifest.guards.minimum.clear();
    CHECK(reason(feed::judge(facts, &last, manifest)) == "accepted");
}

TEST_CASE("minimum counts hold on the first load as well, for the total and for each type") {
    feed::Facts facts = good();
    facts.listed = 99;
    CHECK(reason(feed::judge(facts, nullptr, list_manifest())) == "below-minimum");
    facts = good();
    facts.records["INDIVIDUAL"] = 0;
    const auto refusal = feed::judge(facts, nullptr, list_manifest());
    REQUIRE(refusal.has_value());
    CHECK(refusal->message == "holds 0 records of type INDIVIDUAL; the manifest asks for at least 50");
    facts = good();
    facts.listed = 0;
    CHECK(reason(feed::judge(facts, nullptr, list_manifest())) == "no-records");
}

TEST_CASE("a file that holds fewer records than it states is taken as cut off") {
    feed::Facts facts = good();
    facts.stated_count = 1200;
    CHECK(reason(feed::judge(facts, nullptr, list_manifest())) == "count-differs");
    facts.stated_count = 1005;
    CHECK(reason(feed::judge(facts, nullptr, list_manifest())) == "accepted");
}

TEST_CASE("the first bytes give away error pages, archives and nothing at all") {
    const feed::Manifest manifest = list_manifest();
    CHECK(reason(feed::judge_bytes("", 0, "a.xml", manifest)) == "empty");
    CHECK(reason(feed::judge_bytes(" \r\n", 3, "a.xml", manifest)) == "empty");
    CHECK(reason(feed::judge_bytes("\n<!DOCTYPE HTML PUBLIC", 22, "a.xml", manifest)) == "html-instead-of-data");
    CHECK(reason(feed::judge_bytes("\xef\xbb\xbf<html lang=\"en\">", 19, "a.xml", manifest)) == "html-instead-of-data");
    CHECK(reason(feed::judge_bytes("<?xml version=\"1.0\"?><html xmlns=\"x\">", 37, "a.xml", manifest)) == "html-instead-of-data");
    CHECK(reason(feed::judge_bytes("\x1f\x8b\x08", 3, "a.xml", manifest)) == "compressed");
    CHECK(reason(feed::judge_bytes("<?xml version=\"1.0\"?><sdnList>", 30, "a.xml", manifest)) == "accepted");
    feed::Manifest news = list_manifest();
    news.kind = feed::Kind::news;
    CHECK(reason(feed::judge_bytes("<!doctype html>", 15, "a.html", news)) == "accepted");
}
