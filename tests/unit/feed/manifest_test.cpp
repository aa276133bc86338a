#include "liaison/feed/manifest.hpp"

#include "feed/json_schema.hpp"
#include "liaison/base/error.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace liaison;
using nlohmann::json;

namespace {

json minimal() {
    return json::parse(R"({
      "id": "xx_test", "kind": "list", "title": "Test", "publisher": {"name": "Nobody", "country": "xx"},
      "licence": {"name": "none"}, "formats": ["csv"], "sources": [], "cadence_hours": 24,
      "limits": {"file_bytes": 2048, "total_bytes": 4096, "files": 2}, "guards": {}})");
}

std::string message_of(const json& manifest) {
    try {
        (void)feed::parse_manifest(manifest.dump(), "xx_test.json");
    } catch (const base::InputError& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("the embedded manifests are valid, sorted by id and named like their files") {
    const feed::Registry registry = feed::builtin_registry();
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(LIAISON_SOURCE_DIR "/feeds")) {
        if (entry.path().extension() == ".json") {
            ++files;
            CHECK_MESSAGE(registry.find(entry.path().stem().string()) != nullptr, entry.path());
            std::ifstream stream(entry.path());
            const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
            CHECK_NOTHROW((void)feed::parse_manifest(text, entry.path().string()));
        }
    }
    CHECK(registry.all().size() == files);
    CHECK(std::is_sorted(registry.all().begin(), registry.all().end(),
                         [](const auto& a, const auto& b) { return a.id < b.id; }));
    CHECK(registry.find("no_such_feed") == nullptr);
}

TEST_CASE("OFAC's SDN list is taken as ADVANCED XML first, then sdnList XML, then the whole CSV set") {
    const feed::Registry registry = feed::builtin_registry();
    const feed::Manifest* sdn = registry.find("us_ofac_sdn");
    REQUIRE(sdn != nullptr);
    REQUIRE(sdn->sources.size() == 3);
    CHECK(sdn->sources[0].format == "ofac_advanced_xml");
    CHECK(sdn->sources[0].files.at(0).url ==
          "https://sanctionslistservice.ofac.treas.gov/api/publicationpreview/exports/SDN_ADVANCED.XML");
    REQUIRE(sdn->sources[0].files.at(0).hash.has_value());
    CHECK(sdn->sources[1].format == "ofac_sdnlist_xml");
    REQUIRE(sdn->sources[2].files.size() == 4);
    CHECK(sdn->sources[2].files[3].name == "SDN_COMMENTS.CSV");
    CHECK(sdn->guards.minimum_listed == 5000);
    CHECK_FALSE(sdn->guards.date_may_go_back);
    CHECK(registry.find("us_ofac_actions")->sources.at(0).index->type == feed::IndexType::html);
    CHECK(registry.find("news_files")->kind == feed::Kind::news);
}

TEST_CASE("a minimal manifest takes the documented defaults") {
    const feed::Manifest manifest = feed::parse_manifest(minimal().dump(), "xx_test.json");
    CHECK(manifest.enabled);
    CHECK_FALSE(manifest.sample);
    CHECK(manifest.guards.max_shrink_percent == 20);
    CHECK(manifest.crawl.pace == std::chrono::seconds(5));
    CHECK(manifest.adapter->is_object());
}

TEST_CASE("a bad manifest is refused with its file, the place in it and the rule") {
    json bad = minimal();
    bad.erase("guards");
    CHECK(message_of(bad) == "xx_test.json: / is missing 'guards'");
    bad = minimal();
    bad["id"] = "../etc";
    CHECK(message_of(bad) == "xx_test.json: /id does not match ^[a-z][a-z0-9_]{1,62}$");
    bad = minimal();
    bad["limits"]["file_bytes"] = 12;
    CHECK(message_of(bad) == "xx_test.json: /limits/file_bytes is less than 1024");
    bad = minimal();
    bad["guards"]["max_shrnk"] = 1;
    CHECK(message_of(bad) == "xx_test.json: /guards has the unknown member 'max_shrnk' (known: date_may_go_back, "
                             "max_growth_percent, max_shrink_percent, minimum, minimum_listed)");
    bad = minimal();
    bad["kind"] = "blog";
    CHECK(message_of(bad) == "xx_test.json: /kind is not one of [\"list\",\"news\"]");
    bad = minimal();
    bad["limits"]["file_bytes"] = 5000;
    CHECK(message_of(bad) == "xx_test.json: limits: file_bytes is over total_bytes");
    bad = minimal();
    bad["sources"] = json::parse(R"([{"format": "pdf", "files": [{"name": "a.pdf", "url": "https://a.example/a.pdf"}]}])");
    CHECK(message_of(bad) == "xx_test.json: source format 'pdf' is not among the accepted formats");
    bad["sources"][0]["files"][0]["url"] = "http://a.example/a.pdf";
    CHECK(message_of(bad) == "xx_test.json: /sources/0 fits 0 of 2 forms in the place of exactly one");
}

TEST_CASE("text that is not JSON or not UTF-8 is refused with the byte") {
    CHECK_THROWS_WITH_AS((void)feed::parse_manifest("{\"id\": }", "a.json"), "a.json: not JSON at byte 8", base::InputError);
    CHECK_THROWS_WITH_AS((void)feed::parse_manifest("{\"id\": \"\xff\"}", "a.json"), "a.json: byte 8 is not valid UTF-8",
                         base::InputError);
}

TEST_CASE("a folder of manifests adds feeds and replaces embedded ones of the same id") {
    const auto folder = std::filesystem::temp_directory_path() / "liaison_manifest_test";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto files = base::make_system_files();
    CHECK_THROWS_AS((void)feed::load_registry(*files, folder), base::InputError);
    json own = minimal();
    std::ofstream(folder / "xx_test.json") << own.dump();
    own["id"] = "un_sc";
    own["title"] = "Ours";
    std::ofstream(folder / "un_sc.json") << own.dump();
    const feed::Registry registry = feed::load_registry(*files, folder);
    CHECK(registry.all().size() == feed::builtin_registry().all().size() + 1);
    CHECK(registry.find("un_sc")->title == "Ours");
    std::ofstream(folder / "other.json") << minimal().dump();
    CHECK_THROWS_AS((void)feed::load_registry(*files, folder), base::InputError);
    std::filesystem::remove_all(folder);
}

TEST_CASE("a schema keyword the validator does not know is a defect, not a rule without force") {
    CHECK_THROWS_AS((void)feed::find_violation(json::parse(R"({"uniqueItems": true})"), json::array()),
                    base::InternalError);
}
