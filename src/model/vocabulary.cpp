#include "liaison/model/vocabulary.hpp"

#include "liaison/base/error.hpp"
#include "liaison_model_data.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace liaison::model {
namespace {

constexpr std::array kTypeNames = {
    std::string_view("address"), std::string_view("checksum"), std::string_view("country"),  std::string_view("date"),
    std::string_view("email"),   std::string_view("entity"),   std::string_view("gender"),   std::string_view("html"),
    std::string_view("iban"),    std::string_view("identifier"), std::string_view("ip"),     std::string_view("json"),
    std::string_view("language"), std::string_view("mimetype"), std::string_view("name"),    std::string_view("number"),
    std::string_view("phone"),   std::string_view("string"),   std::string_view("text"),     std::string_view("topic"),
    std::string_view("url")};

PropertyType parse_type(const std::string& name) {
    const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), name);
    if (found == kTypeNames.end()) {
        throw base::InternalError(fmt::format("schemas/vocabulary.json: unknown property type \"{}\"", name));
    }
    return static_cast<PropertyType>(found - kTypeNames.begin());
}

struct Vocabulary {
    std::vector<std::string> properties;             // sorted: Property -> name
    std::map<std::string, Property, std::less<>> property_by_name;
    std::vector<PropertyType> default_types;         // by Property
    std::vector<Schema> schemata;                    // sorted by name
    std::map<std::string, std::size_t, std::less<>> schema_by_name;
    std::vector<std::vector<const Schema*>> common;  // [index][index]

    Vocabulary();
    void add_ancestors(Schema& target, const nlohmann::json& source, const nlohmann::json& all);
};

Vocabulary::Vocabulary() {
    const auto document = nlohmann::json::parse(data::vocabulary_json());
    const auto& all = document.at("schemata");
    std::set<std::string> names;
    for (const auto& [name, body] : all.items()) {
        for (const auto& [property_name, definition] : body.at("properties").items()) {
            names.insert(property_name);
        }
    }
    properties.assign(names.begin(), names.end());
    default_types.assign(properties.size(), PropertyType::string);
    for (std::size_t i = 0; i < properties.size(); ++i) {
        property_by_name.emplace(properties[i], static_cast<Property>(i));
    }
    schemata.resize(all.size());
    std::size_t next = 0;
    for (const auto& [name, body] : all.items()) {  // nlohmann::json keeps keys sorted
        Schema& schema = schemata[next];
        schema.name = name;
        schema.label = body.at("label");
        schema.index = static_cast<std::uint8_t>(next);
        schema.matchable = body.value("matchable", false);
        schema.definitions.resize(properties.size());
        schema_by_name.emplace(name, next++);
    }
    for (Schema& schema : schemata) {
        add_ancestors(schema, all.at(schema.name), all);
        for (const Schema* ancestor : schema.ancestors) {
            const auto& body = all.at(ancestor->name);
            for (const auto& [property_name, definition] : body.at("properties").items()) {
                const auto property = property_by_name.find(property_name)->second;
                auto& target = schema.definitions[static_cast<std::size_t>(property)];
                if (!target.defined) {
                    target = {parse_type(definition.at("type")), definition.value("range", std::string()),
                              definition.value("reverse", std::string()), true};
                    default_types[static_cast<std::size_t>(property)] = target.type;
                }
            }
            if (schema.captions.empty() && body.contains("caption")) {
                for (const std::string caption : body.at("caption")) {
                    schema.captions.push_back(property_by_name.at(caption));
                }
            }
            if (!schema.edge && body.contains("edge")) {
                const auto& edge = body.at("edge");
                schema.edge = EdgeEnds{property_by_name.at(edge.at("source")), property_by_name.at(edge.at("target")),
                                       edge.value("directed", true)};
            }
        }
    }
    common.assign(schemata.size(), std::vector<const Schema*>(schemata.size(), nullptr));
    for (const Schema& one : schemata) {
        for (const Schema& other : schemata) {
            const Schema*& best = common[one.index][other.index];
            if (one.is_a(other)) {
                best = &one;
            } else if (other.is_a(one)) {
                best = &other;
            } else {  // the most general schema that is both
                for (const Schema& candidate : schemata) {
                    if (candidate.is_a(one) && candidate.is_a(other) &&
                        (best == nullptr || candidate.ancestors.size() < best->ancestors.size())) {
                        best = &candidate;
                    }
                }
            }
        }
    }
}

void Vocabulary::add_ancestors(Schema& target, const nlohmann::json& source, const nlohmann::json& all) {
    // Breadth first, so that the nearest definition of a property wins.
    std::vector<std::string> queue{target.name};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const Schema* ancestor = &schemata[schema_by_name.find(queue[i])->second];
        if (std::find(target.ancestors.begin(), target.ancestors.end(), ancestor) != target.ancestors.end()) {
            continue;
        }
        target.ancestors.push_back(ancestor);
        const auto& body = i == 0 ? source : all.at(queue[i]);
        for (const std::string parent : body.at("extends")) {
            queue.push_back(parent);
        }
    }
}

const Vocabulary& vocabulary() {
    static const Vocabulary instance;
    return instance;
}

}  // namespace

std::string_view to_string(PropertyType type) { return kTypeNames[static_cast<std::size_t>(type)]; }

bool Schema::is_a(const Schema& other) const {
    return std::find(ancestors.begin(), ancestors.end(), &other) != ancestors.end();
}

bool Schema::is_a(std::string_view other) const {
    return std::any_of(ancestors.begin(), ancestors.end(), [&](const Schema* s) { return s->name == other; });
}

bool Schema::has(Property property) const { return definitions[static_cast<std::size_t>(property)].defined; }

PropertyType Schema::type_of(Property property) const {
    const auto& definition = definitions[static_cast<std::size_t>(property)];
    return definition.defined ? definition.type : vocabulary().default_types[static_cast<std::size_t>(property)];
}

std::string_view Schema::range_of(Property property) const {
    return definitions[static_cast<std::size_t>(property)].range;
}

std::string_view Schema::reverse_of(Property property) const {
    return definitions[static_cast<std::size_t>(property)].reverse;
}

const Schema* find_schema(std::string_view name) {
    const auto found = vocabulary().schema_by_name.find(name);
    return found == vocabulary().schema_by_name.end() ? nullptr : &vocabulary().schemata[found->second];
}

const Schema& schema(std::string_view name) {
    const Schema* found = find_schema(name);
    if (found == nullptr) {
        throw base::InternalError(fmt::format("no schema \"{}\" in schemas/vocabulary.json", name));
    }
    return *found;
}

const Schema& schema_at(std::uint8_t index) { return vocabulary().schemata.at(index); }

std::span<const Schema> all_schemata() { return vocabulary().schemata; }

std::optional<Property> find_property(std::string_view name) {
    const auto found = vocabulary().property_by_name.find(name);
    return found == vocabulary().property_by_name.end() ? std::nullopt : std::optional(found->second);
}

Property property(std::string_view name) {
    const auto found = find_property(name);
    if (!found) {
        throw base::InternalError(fmt::format("no property \"{}\" in schemas/vocabulary.json", name));
    }
    return *found;
}

const std::string& to_string(Property property) {
    return vocabulary().properties.at(static_cast<std::size_t>(property));
}

std::size_t property_count() { return vocabulary().properties.size(); }

const Schema* common_schema(const Schema& one, const Schema& other) {
    return vocabulary().common[one.index][other.index];
}

}  // namespace liaison::model
