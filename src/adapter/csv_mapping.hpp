#pragma once
// The column mapping of a CSV feed, from the "adapter" object of its manifest (schemas/csv_mapping.schema.json says
// what it may hold). Private to adapter.

#include "liaison/model/date.hpp"
#include "liaison/model/vocabulary.hpp"
#include "liaison/record/csv.hpp"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace liaison::adapter {

/// Where a value comes from: a column, a constant, or another entity of the row.
struct MappedValue {
    model::Property property{};
    std::string column;
    std::string constant;
    std::string entity;
    std::optional<std::string> list_separator;  ///< overrides the mapping's
};

struct MappedEntity {
    std::string name;                   ///< in the mapping: "owner"
    std::string schema;                 ///< constant, or the one used when the column is empty
    std::string schema_column;
    std::vector<std::string> key;       ///< columns
    std::vector<MappedValue> values;
};

struct CsvMapping {
    record::CsvOptions csv;
    bool header = true;
    std::vector<std::string> columns;   ///< their names where the file has no header
    std::vector<std::string> ignored;   ///< columns left out on purpose
    std::string list_separator;         ///< "" : a field is one value
    std::string id_prefix;              ///< before the keys, default "<feed>-"
    model::DayOrder date_order = model::DayOrder::unknown;
    std::vector<MappedEntity> entities; ///< nodes first, then edges
};

/// Throws InputError that says what in the mapping is wrong.
[[nodiscard]] CsvMapping read_csv_mapping(const nlohmann::json* settings, const std::string& feed);

}  // namespace liaison::adapter
