#pragma once
// Checks a JSON value against the part of JSON Schema 2020-12 that our own schemas use: type, required, properties,
// additionalProperties, items, enum, const, pattern, minimum, maximum, minItems, maxItems, minLength, maxLength, oneOf,
// $ref into $defs. Annotations are passed over. Any other keyword is an InternalError, so that no rule is silently
// without force. Debian 12 packages no validator for C++; tests/lint compares this one with Python's jsonschema.

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace liaison::feed {

struct SchemaViolation {
    std::string pointer;  ///< JSON pointer to the value, "" for the root
    std::string rule;     ///< "is missing 'id'", "is not one of list, news"
};

/// The first violation in document order, or none. Schemas nest at most 64 deep.
[[nodiscard]] std::optional<SchemaViolation> find_violation(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace liaison::feed
