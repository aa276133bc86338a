#pragma once
// How the names of a schema are read.

#include "liaison/model/vocabulary.hpp"
#include "liaison/name/name.hpp"

#include <vector>

namespace liaison::index {

/// Of a listed entity: a person, a vessel (also aircraft), else an organisation.
[[nodiscard]] name::Kind name_kind(const model::Schema& schema);

/// The readings that a query needs: one for a specific schema, person and organisation (and vessel) for an unknown one.
[[nodiscard]] std::vector<name::Kind> name_kinds(const model::Schema* schema);

}  // namespace liaison::index
