#include "adapter/ofac_advanced_names.hpp"
#include "adapter/ofac_labels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

using namespace liaison;
using namespace liaison::adapter::ofac;

TEST_CASE("labels are found whatever their case, apostrophes and trailing marks") {
    REQUIRE(find_label("VESSEL TYPE") != nullptr);
    CHECK(find_label("vessel type") == find_label("Vessel Type"));
    CHECK(find_label("Additional Sanctions Information -")->use == FeatureUse::summary);
    CHECK(find_label("Secondary sanctions risk:")->use == FeatureUse::summary);
    CHECK(find_label("Aircraft Manufacturer\xE2\x80\x99s Serial Number (MSN)") ==
          find_label("Aircraft Manufacturer's Serial Number (MSN)"));
    CHECK(find_label("Digital Currency Address - NEWCOIN")->use == FeatureUse::wallet);
    CHECK(find_label("Shoe size") == nullptr);
}

TEST_CASE("relations have a schema and a direction") {
    CHECK(find_relation("Owned or Controlled By")->schema->name == "Ownership");
    CHECK(find_relation("Owned or Controlled By")->reverse);
    CHECK(find_relation("Property in the interest of")->reverse);
    CHECK_FALSE(find_relation("Owns, controls, or operates")->reverse);
    CHECK(find_relation("Playing a significant role in")->schema->name == "Membership");
    CHECK(find_relation("Likes") == nullptr);
}

TEST_CASE("every property of the table exists on a schema that parties have") {
    for (const char* label : {"Passport", "MMSI", "Vessel Flag", "ISIN", "Gender", "Aircraft Model", "SSN", "SWIFT/BIC"}) {
        CHECK(find_label(label) != nullptr);
    }
    CHECK(find_label("Passport")->schema->name == "Passport");
}

TEST_CASE("scripts, alias kinds and name parts are known or said not to be") {
    CHECK(script_language("Cyrillic") == "rus");
    CHECK(script_language("Latin") == "");
    CHECK_FALSE(script_language("Runic"));
    CHECK(find_alias_kind("f.k.a. ") == AliasKind::fka);
    CHECK_FALSE(find_alias_kind("d.b.a."));
    CHECK(find_part_kind("Patronymic") == PartKind::patronymic);
}

TEST_CASE("countries that OFAC leaves open are no issue and no country") {
    CHECK(country_of("undetermined") == "");
    CHECK(country_of("Korea, North") == "kp");
    CHECK(country_of("Region: Gaza") == "ps");
    CHECK_FALSE(country_of("Atlantis"));
}

TEST_CASE("the names of ADVANCED XML are given once each and in the order of their tags") {
    using namespace liaison::adapter::ofac::advanced;
    CHECK(std::set<std::string_view>(tag_names.begin(), tag_names.end()).size() == tag_names.size());
    const auto spelt = [](Tag tag) { return tag_names[static_cast<std::size_t>(tag)]; };
    CHECK(spelt(Tag::sanctions_entry) == "SanctionsEntry");
    CHECK(spelt(Tag::sanctions_measure) == "SanctionsMeasure");
    CHECK(spelt(Tag::validity) == "Validity");
    CHECK(spelt(Tag::is_false) == "False");
    CHECK(spelt(Tag::decision_making_body_id) == "DecisionMakingBodyID");
    CHECK(spelt(Tag::validity_values) == "ValidityValues");
    CHECK(spelt(Tag::target_type) == "TargetType");
}
