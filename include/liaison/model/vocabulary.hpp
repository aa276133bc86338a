#pragma once
// The vocabulary of entities: FollowTheMoney schemata and properties, read once from schemas/vocabulary.json (embedded).
// Liaison's own additions are marked "extension" there.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::model {

enum class PropertyType : std::uint8_t {
    address, checksum, country, date, email, entity, gender, html, iban, identifier, ip, json, language, mimetype, name,
    number, phone, string, text, topic, url
};
[[nodiscard]] std::string_view to_string(PropertyType type);

/// A property name, e.g. "birthDate". Names are global; the few that FollowTheMoney types differently on two schemata
/// (author, number, ...) are told apart by Schema::type_of. Values are dense from 0, in alphabetical order of names.
enum class Property : std::uint16_t {};

class Schema;

/// An edge schema's two entity properties.
struct EdgeEnds {
    Property source{};
    Property target{};
    bool directed = true;
};

class Schema {
public:
    std::string name;                      ///< "Person"
    std::string label;
    std::uint8_t index = 0;                ///< dense from 0, alphabetical
    std::vector<const Schema*> ancestors;  ///< itself first, then all it extends, nearest first
    std::vector<Property> captions;        ///< own or inherited, in order of preference
    std::optional<EdgeEnds> edge;          ///< set when entities of this schema are relationships
    bool matchable = false;

    [[nodiscard]] bool is_a(const Schema& other) const;
    [[nodiscard]] bool is_a(std::string_view other) const;
    [[nodiscard]] bool has(Property property) const;
    /// The type on this schema; of a property that the schema lacks, the type it has elsewhere.
    [[nodiscard]] PropertyType type_of(Property property) const;
    /// For entity-typed properties: name of the schema the value should be of, else "".
    [[nodiscard]] std::string_view range_of(Property property) const;
    /// Name of the reverse view ("sanctions" for Sanction:entity), else "".
    [[nodiscard]] std::string_view reverse_of(Property property) const;

    struct Definition {
        PropertyType type = PropertyType::string;
        std::string range;
        std::string reverse;
        bool defined = false;
    };
    std::vector<Definition> definitions;  ///< by Property, inherited ones included
};

/// Null when there is none of that name.
[[nodiscard]] const Schema* find_schema(std::string_view name);
/// Throws InternalError when there is none: for names written in our own code.
[[nodiscard]] const Schema& schema(std::string_view name);
[[nodiscard]] const Schema& schema_at(std::uint8_t index);
[[nodiscard]] std::span<const Schema> all_schemata();

[[nodiscard]] std::optional<Property> find_property(std::string_view name);
/// Throws InternalError when there is none: for names written in our own code.
[[nodiscard]] Property property(std::string_view name);
[[nodiscard]] const std::string& to_string(Property property);
[[nodiscard]] std::size_t property_count();

/// The more specific of two schemata when one extends the other, or a common descendant exists (Organization + Asset =
/// Company); null when the two cannot be one thing (Person and Organization).
[[nodiscard]] const Schema* common_schema(const Schema& one, const Schema& other);

}  // namespace liaison::model
