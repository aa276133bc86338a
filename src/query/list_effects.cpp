// The table of what lists do: schemas/list_effects.json, read once.

#include "liaison/base/error.hpp"
#include "liaison/query/ownership.hpp"
#include "liaison_query_data.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace liaison::query {
namespace {

using Strings = std::vector<std::string>;

/// All conditions that are not empty must hold.
struct Alternative {
    Strings lists;
    Strings datasets;
    Strings authorities;
    Strings programmes;  ///< beginnings
};

struct Entry {
    ListEffect effect;
    std::vector<Alternative> alternatives;
};

struct Facts {
    Strings lists;  ///< {""} when the listing names none
    Strings datasets;
    Strings authorities;
    Strings programmes;
};

bool any_in(const Strings& wanted, const Strings& have) {
    return std::any_of(have.begin(), have.end(),
                       [&](const std::string& text) { return std::find(wanted.begin(), wanted.end(), text) != wanted.end(); });
}

bool matches(const Alternative& alternative, const Facts& facts) {
    const auto begins = [&](const std::string& programme) {
        return std::any_of(alternative.programmes.begin(), alternative.programmes.end(),
                           [&](const std::string& beginning) { return programme.starts_with(beginning); });
    };
    return (alternative.lists.empty() || any_in(alternative.lists, facts.lists)) &&
           (alternative.datasets.empty() || any_in(alternative.datasets, facts.datasets)) &&
           (alternative.authorities.empty() || any_in(alternative.authorities, facts.authorities)) &&
           (alternative.programmes.empty() || std::any_of(facts.programmes.begin(), facts.programmes.end(), begins));
}

class Table {
public:
    Table() {
        const auto document = nlohmann::json::parse(data::list_effects_json());
        const auto regimes = document.at("regimes").get<std::set<std::string>>();
        const auto effect = [&](const nlohmann::json& entry) {
            ListEffect read{entry.at("name"), entry.at("title"), entry.at("regime"), entry.at("blocks"), entry.at("says")};
            if (regimes.count(read.regime) == 0) {
                throw base::InternalError("schemas/list_effects.json: no regime \"" + read.regime + "\"");
            }
            return read;
        };
        for (const auto& entry : document.at("lists")) {
            Entry read{effect(entry), {}};
            for (const auto& match : entry.at("match")) {
                Alternative alternative;
                for (const auto& [key, texts] : match.items()) {
                    Strings& condition = key == "list"        ? alternative.lists
                                         : key == "dataset"   ? alternative.datasets
                                         : key == "authority" ? alternative.authorities
                                                              : alternative.programmes;
                    if (key != "list" && key != "dataset" && key != "authority" && key != "program") {
                        throw base::InternalError("schemas/list_effects.json: no condition \"" + key + "\"");
                    }
                    condition = texts.get<Strings>();
                }
                read.alternatives.push_back(std::move(alternative));
            }
            m_entries.push_back(std::move(read));
        }
        m_default = effect(document.at("default"));
    }

    [[nodiscard]] const ListEffect& find(const Facts& facts) const {
        for (const Entry& entry : m_entries) {
            for (const Alternative& alternative : entry.alternatives) {
                if (matches(alternative, facts)) {
                    return entry.effect;
                }
            }
        }
        return m_default;
    }

private:
    std::vector<Entry> m_entries;
    ListEffect m_default;
};

const Table& table() {
    static const Table loaded;
    return loaded;
}

}  // namespace

std::vector<Listing> listings_of(const Engine& engine, index::Ordinal ordinal) {
    static const model::Property end_date = model::property("endDate");
    static const model::Property list = model::property("list");
    static const model::Property authority = model::property("authority");
    static const model::Property program = model::property("program");
    const index::EntitiesView& entities = engine.entities();
    const auto texts = [&](index::Ordinal listing, model::Property property) {
        const auto all = entities.all(listing, property);
        return Strings(all.begin(), all.end());
    };
    std::vector<Listing> found;
    for (const index::Ordinal entry : engine.graph().listings(ordinal)) {
        if (!entities.first(entry, end_date).empty()) {
            continue;
        }
        Facts facts{texts(entry, list), entities.datasets(entry), texts(entry, authority), texts(entry, program)};
        Listing listing;
        listing.id = entities.id(entry);
        listing.list = facts.lists.empty() ? "" : facts.lists.front();
        if (facts.lists.empty()) {
            facts.lists.emplace_back();
        }
        listing.effect = &table().find(facts);
        listing.programmes = std::move(facts.programmes);
        found.push_back(std::move(listing));
    }
    return found;
}

}  // namespace liaison::query
