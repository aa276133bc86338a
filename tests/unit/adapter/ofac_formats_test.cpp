// Format independence: one edition of the non-SDN list in ADVANCED and in sdnList XML must give the same parties, names,
// aliases, programmes and dates. Every difference is sorted into one that sdnList cannot carry, each with its rule
// below, or printed and failed. With LIAISON_SHOW_DIFFERENCES set the explained ones are printed too.

#include "adapter/content_ids.hpp"
#include "liaison/adapter/adapter.hpp"
#include "support/collecting_sink.hpp"
#include "support/shared_data.hpp"
#include "support/unpacked.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <string>

using namespace liaison;

namespace {

test::CollectingSink read(const std::filesystem::path& path, std::string_view format) {
    const std::string bytes = test::unpacked(path);
    test::CollectingSink sink;
    adapter::ReadOptions options;
    options.feed = "us_ofac_cons";
    (void)adapter::find_adapter(format)->read({record::source_from_memory("list.xml", bytes)}, options, sink);
    return sink;
}

bool is_party(const model::Entity& entity) {
    return entity.id.starts_with("ofac-") && !entity.schema->edge && entity.schema->name != "Sanction";
}

/// Property values of one entity, a listing's under its party; letter case folded, because sdnList has family names in
/// capitals where ADVANCED has them as written.
using Values = std::set<std::string>;

Values folded(const model::Entity& entity, std::string_view property) {
    Values values;
    for (const std::string_view text : entity.all(model::property(property))) {
        values.insert(adapter::content_key(text));
    }
    return values;
}

std::map<std::string, Values> of_listings(const test::CollectingSink& sink, std::string_view property) {
    std::map<std::string, Values> all;
    for (const auto& [id, entity] : sink.entities) {
        if (entity.schema->name == "Sanction") {
            for (const std::string_view text : entity.all(model::property(property))) {
                all[std::string(entity.first(model::property("entity")))].insert(std::string(text));
            }
        }
    }
    return all;
}

struct Differences {
    std::map<std::string, int> explained;
    int unexplained = 0;
    void add(const std::string& id, std::string_view property, const std::string& value, bool in_advanced,
             std::string_view explanation) {
        static const bool show = std::getenv("LIAISON_SHOW_DIFFERENCES") != nullptr;
        const std::string line = id + " " + std::string(property) + " \"" + value + "\" only in " +
                                 (in_advanced ? "ADVANCED" : "sdnList");
        if (explanation.empty()) {
            ++unexplained;
            std::cerr << "UNEXPLAINED: " << line << '\n';
        } else {
            ++explained[std::string(explanation)];
            if (show) {
                std::cerr << "explained: " << line << ": " << explanation << '\n';
            }
        }
    }
};

template <typename Explain>
void compare(const std::string& id, std::string_view property, const Values& advanced, const Values& plain,
             Differences& differences, Explain explain) {
    for (const std::string& value : advanced) {
        if (!plain.contains(value)) {
            differences.add(id, property, value, true, explain(value, true));
        }
    }
    for (const std::string& value : plain) {
        if (!advanced.contains(value)) {
            differences.add(id, property, value, false, explain(value, false));
        }
    }
}

}  // namespace

TEST_CASE("one edition in two formats gives the same parties, names, aliases, programmes and dates") {
    const auto advanced_path = test::shared_file("data/ofac/advanced_xml/cons_advanced_2016-09-16.xml.xz");
    const auto plain_path = test::shared_file("data/ofac/sdnlist_xml/consolidated_2016-09-16.xml");
    if (!advanced_path || !plain_path) {
        return;
    }
    const test::CollectingSink advanced = read(*advanced_path, "ofac_advanced_xml");
    const test::CollectingSink plain = read(*plain_path, "ofac_sdnlist_xml");
    Differences differences;
    int parties = 0;
    for (const auto& [id, entity] : advanced.entities) {
        if (!is_party(entity)) {
            continue;
        }
        ++parties;
        const auto other = plain.entities.find(id);
        REQUIRE_MESSAGE(other != plain.entities.end(), id);
        const bool upgraded = entity.schema->name == "Company" && other->second.schema->name == "Organization";
        if (upgraded) {
            differences.add(id, "schema", "Company", true, "only ADVANCED says that the party is owned");
        } else {
            CHECK_MESSAGE(entity.schema == other->second.schema, id);
        }
        const auto none = [](const std::string&, bool) { return std::string_view(); };
        for (const char* property :
             {"name", "alias", "weakAlias", "previousName", "birthDate", "birthPlace", "nationality", "citizenship",
              "gender", "country", "imoNumber", "mmsi", "callSign", "flag", "pastFlags", "type", "tonnage",
              "grossRegisteredTonnage", "passportNumber", "registrationNumber", "taxNumber", "vatCode", "licenseNumber",
              "idNumber", "leiCode", "swiftBic", "website", "email", "addressEntity", "address", "incorporationDate",
              "lastName"}) {
            compare(id, property, folded(entity, property), folded(other->second, property), differences, none);
        }
        // ADVANCED parts first and middle name; sdnList has both in one field.
        Values given = folded(entity, "firstName");
        for (const std::string& middle : folded(entity, "middleName")) {
            given.insert(middle);
        }
        compare(id, "firstName", given, folded(other->second, "firstName"), differences,
                [&](const std::string& value, bool in_advanced) -> std::string_view {
                    const Values& others = in_advanced ? folded(other->second, "firstName") : given;
                    const bool part = std::any_of(others.begin(), others.end(), [&](const std::string& one) {
                        return one.find(value) != std::string::npos || value.find(one) != std::string::npos;
                    });
                    return part ? "sdnList has first and middle name in one field" : "";
                });
    }
    CHECK(parties == 581);
    for (const auto& [id, entity] : plain.entities) {
        CHECK((!is_party(entity) || advanced.entities.contains(id)));
    }

    const auto advanced_programmes = of_listings(advanced, "program");
    const auto plain_programmes = of_listings(plain, "program");
    const auto advanced_dates = of_listings(advanced, "listingDate");
    const auto plain_dates = of_listings(plain, "listingDate");
    for (const auto& [id, programmes] : advanced_programmes) {
        CHECK_MESSAGE(plain_programmes.at(id) == programmes, id);
        compare(id, "listingDate", advanced_dates.contains(id) ? advanced_dates.at(id) : Values{},
                plain_dates.contains(id) ? plain_dates.at(id) : Values{}, differences,
                [](const std::string&, bool in_advanced) -> std::string_view {
                    return in_advanced ? "sdnList has no entry dates" : "";
                });
    }
    CHECK(advanced_programmes.size() == plain_programmes.size());

    for (const auto& [explanation, count] : differences.explained) {
        std::cerr << "format independence: " << count << " differences: " << explanation << '\n';
    }
    CHECK(differences.unexplained == 0);
}
