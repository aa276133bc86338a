#include "liaison/index/name_kind.hpp"

namespace liaison::index {

name::Kind name_kind(const model::Schema& schema) {
    if (schema.is_a("Person")) return name::Kind::person;
    if (schema.is_a("Vehicle")) return name::Kind::vessel;
    return name::Kind::organisation;
}

std::vector<name::Kind> name_kinds(const model::Schema* schema) {
    using name::Kind;
    if (schema == nullptr || schema->name == "Thing") return {Kind::person, Kind::organisation, Kind::vessel};
    if (schema->name == "LegalEntity") return {Kind::person, Kind::organisation};
    if (schema->name == "Asset") return {Kind::organisation, Kind::vessel};
    return {name_kind(*schema)};
}

}  // namespace liaison::index
