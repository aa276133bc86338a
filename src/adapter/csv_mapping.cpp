#include "adapter/csv_mapping.hpp"

#include "liaison/base/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace liaison::adapter {

namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& message) {
    throw base::InputError("the column mapping of the manifest: " + message, "see schemas/csv_mapping.schema.json");
}

std::string text_at(const Json& object, const char* key, std::string otherwise = {}) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return otherwise;
    }
    if (!found->is_string()) {
        refuse(fmt::format("\"{}\" is no text", key));
    }
    return found->get<std::string>();
}

std::vector<std::string> texts_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) {
        return {};
    }
    if (found->is_string()) {
        return {found->get<std::string>()};
    }
    if (!found->is_array() || !std::all_of(found->begin(), found->end(), [](const Json& item) { return item.is_string(); })) {
        refuse(fmt::format("\"{}\" is neither a text nor a list of texts", key));
    }
    return found->get<std::vector<std::string>>();
}

void only_keys(const Json& object, const std::string& where, std::initializer_list<const char*> known) {
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            refuse(fmt::format("{} has no setting \"{}\"", where, key));
        }
    }
}

MappedValue value_of(const Json& json, const model::Schema& schema, const std::string& property, const std::string& entity) {
    const auto known = model::find_property(property);
    if (!known || !schema.has(*known)) {
        refuse(fmt::format("{}: {} has no property \"{}\"", entity, schema.name, property));
    }
    MappedValue value;
    value.property = *known;
    if (json.is_string()) {
        value.column = json.get<std::string>();
        return value;
    }
    if (!json.is_object()) {
        refuse(fmt::format("{}.{} is neither a column nor an object", entity, property));
    }
    only_keys(json, entity + "." + property, {"column", "value", "entity", "list_separator"});
    value.column = text_at(json, "column");
    value.constant = text_at(json, "value");
    value.entity = text_at(json, "entity");
    if (json.contains("list_separator")) {
        value.list_separator = text_at(json, "list_separator");
    }
    if ((value.column.empty() ? 0 : 1) + (value.constant.empty() ? 0 : 1) + (value.entity.empty() ? 0 : 1) != 1) {
        refuse(fmt::format("{}.{} needs one of \"column\", \"value\" and \"entity\"", entity, property));
    }
    return value;
}

const model::Schema& schema_named(const std::string& name, const std::string& entity) {
    const model::Schema* schema = model::find_schema(name);
    if (schema == nullptr) {
        refuse(fmt::format("{}: there is no schema \"{}\"", entity, name));
    }
    return *schema;
}

MappedEntity entity_of(const std::string& name, const Json& json) {
    if (!json.is_object()) {
        refuse(fmt::format("entity \"{}\" is no object", name));
    }
    only_keys(json, name, {"schema", "schema_column", "key", "properties"});
    MappedEntity entity{name, text_at(json, "schema", "LegalEntity"), text_at(json, "schema_column"), texts_at(json, "key"), {}};
    const model::Schema& schema = schema_named(entity.schema, name);
    const auto properties = json.find("properties");
    if (properties == json.end() || !properties->is_object()) {
        refuse(fmt::format("entity \"{}\" has no \"properties\"", name));
    }
    for (const auto& [property, value] : properties->items()) {
        if (value.is_array()) {
            for (const Json& each : value) {
                entity.values.push_back(value_of(each, schema, property, name));
            }
        } else {
            entity.values.push_back(value_of(value, schema, property, name));
        }
    }
    return entity;
}

/// The short form: {"columns": {"id": "key", "name": "name", "type": "schema", ...}} is one entity a row.
MappedEntity entity_of_columns(const Json& columns, const Json& settings) {
    MappedEntity entity{"row", text_at(settings, "schema", "LegalEntity"), {}, {}, {}};
    (void)schema_named(entity.schema, "columns");
    for (const auto& [column, target] : columns.items()) {
        for (const std::string& property : target.is_array() ? target.get<std::vector<std::string>>() : std::vector{target.get<std::string>()}) {
            if (property == "key") {
                entity.key.push_back(column);
            } else if (property == "schema") {
                entity.schema_column = column;
            } else {
                // The schema may come from a column, so only the name is checked here; misfits are reported row by row.
                const auto known = model::find_property(property);
                if (!known) {
                    refuse(fmt::format("columns: there is no property \"{}\"", property));
                }
                entity.values.push_back({*known, column, {}, {}, {}});
            }
        }
    }
    return entity;
}

/// Every reference names an entity of the mapping.
void check_references(const CsvMapping& mapping) {
    for (const MappedEntity& entity : mapping.entities) {
        for (const MappedValue& value : entity.values) {
            const bool named = std::any_of(mapping.entities.begin(), mapping.entities.end(), [&](const MappedEntity& other) { return other.name == value.entity; });
            if (!value.entity.empty() && !named) {
                refuse(fmt::format("{}.{} names entity \"{}\", which the mapping lacks", entity.name, model::to_string(value.property), value.entity));
            }
        }
    }
}

}  // namespace

CsvMapping read_csv_mapping(const Json* settings, const std::string& feed) {
    if (settings == nullptr || !settings->is_object()) {
        refuse("there is none; a CSV feed needs the manifest's \"adapter\" object");
    }
    CsvMapping mapping;
    try {
        only_keys(*settings, "the mapping", {"separator", "encoding", "header", "column_names", "ignore", "list_separator", "id_prefix", "date_order", "schema", "columns", "entities", "comment"});
        const std::string separator = text_at(*settings, "separator", ",");
        if (separator.size() != 1 && separator != "\\t") {
            refuse("\"separator\" is not one character");
        }
        mapping.csv.separator = separator == "\\t" ? '\t' : separator.front();
        const std::string encoding = text_at(*settings, "encoding", "utf-8");
        if (encoding == "windows-1252") {
            mapping.csv.encoding = record::CsvEncoding::windows_1252;
        } else if (encoding == "utf-8 or windows-1252") {
            mapping.csv.encoding = record::CsvEncoding::utf8_or_windows_1252;
        } else if (encoding != "utf-8") {
            refuse(fmt::format("encoding \"{}\" is none of utf-8, windows-1252, \"utf-8 or windows-1252\"", encoding));
        }
        mapping.header = settings->value("header", true);
        mapping.columns = texts_at(*settings, "column_names");
        if (!mapping.header && mapping.columns.empty()) {
            refuse("a file without header needs \"column_names\"");
        }
        mapping.ignored = texts_at(*settings, "ignore");
        mapping.list_separator = text_at(*settings, "list_separator");
        mapping.id_prefix = text_at(*settings, "id_prefix", feed + "-");
        const std::string order = text_at(*settings, "date_order", "unknown");
        if (order == "day_first") {
            mapping.date_order = model::DayOrder::day_first;
        } else if (order == "month_first") {
            mapping.date_order = model::DayOrder::month_first;
        } else if (order != "unknown") {
            refuse(fmt::format("date_order \"{}\" is none of day_first, month_first, unknown", order));
        }
        const bool listed = settings->contains("entities");
        if (listed == settings->contains("columns")) {
            refuse("it needs one of \"entities\" and \"columns\"");
        }
        if (listed) {
            if (!settings->at("entities").is_object()) {
                refuse("\"entities\" is no object");
            }
            for (const auto& [name, json] : settings->at("entities").items()) {
                mapping.entities.push_back(entity_of(name, json));
            }
        } else {
            mapping.entities.push_back(entity_of_columns(settings->at("columns"), *settings));
        }
    } catch (const Json::exception& error) {
        refuse(error.what());
    }
    check_references(mapping);
    std::stable_partition(mapping.entities.begin(), mapping.entities.end(),
                          [](const MappedEntity& entity) { return !model::schema(entity.schema).edge; });
    return mapping;
}

}  // namespace liaison::adapter
