#pragma once
// The JSON shapes of DESIGN.md section 5 (schemas/output.schema.json): what `-f json` prints and the server answers.

#include "liaison/query/exposure.hpp"
#include "liaison/query/ownership.hpp"
#include "liaison/query/queries.hpp"

#include <nlohmann/json_fwd.hpp>

namespace liaison::query {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json to_json(const Node& node);  ///< FollowTheMoney: id, caption, schema, properties, datasets, ...
[[nodiscard]] Json to_json(const Evidence& evidence);
[[nodiscard]] Json to_json(const Edge& edge);
[[nodiscard]] Json to_json(const Context& context);
[[nodiscard]] Json to_json(const Selection& selection);
[[nodiscard]] Json to_json(const SearchResult& result, const Context& context);
[[nodiscard]] Json to_json(const LookupResult& result, const Context& context);
[[nodiscard]] Json to_json(const Shown& shown, const Context& context);
[[nodiscard]] Json to_json(const PathResult& result);
[[nodiscard]] Json to_json(const OwnershipResult& result);
[[nodiscard]] Json to_json(const ExposureResult& result);
/// A FollowTheMoney entity of an adapter's output or an export.
[[nodiscard]] Json to_json(const model::Entity& entity, std::string_view dataset);

}  // namespace liaison::query
