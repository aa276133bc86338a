#pragma once
// What statements are about, as adapters hand it over and as queries give it back.

#include "liaison/base/issue.hpp"
#include "liaison/model/vocabulary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace liaison::model {

/// One value of one property.
struct Value {
    Property property{};
    std::string text;      ///< normalised: dates EDTF (see date.hpp), countries ISO 3166-1 alpha-2 lower case, entity ids, else as published
    std::string lang;      ///< ISO 639-3 of text where the publisher or the script says so ("rus", "ara"), else ""
    std::string original;  ///< the publisher's own text where it differs from `text`, else ""

    friend bool operator==(const Value&, const Value&) = default;
};

/// An entity, or a fragment of one: fragments with the same id inside a dataset add up, and the most specific schema
/// wins (an Organization that turns out to be owned is followed by a Company fragment). Values keep the order of the
/// file; exact duplicates are dropped by add().
class Entity {
public:
    std::string id;
    const Schema* schema = nullptr;
    std::vector<Value> values;
    base::Position position;  ///< of the record it was read from

    Entity() = default;
    Entity(std::string entity_id, const Schema& entity_schema) : id(std::move(entity_id)), schema(&entity_schema) {}

    /// Ignores an empty text and an exact duplicate (same property, text and lang).
    void add(Property property, std::string_view text, std::string_view lang = {}, std::string_view original = {});
    /// All texts of a property, in order.
    [[nodiscard]] std::vector<std::string_view> all(Property property) const;
    /// The first text of a property, or "".
    [[nodiscard]] std::string_view first(Property property) const;
    [[nodiscard]] bool has(Property property) const;
    /// The best name for display: first value of the schema's caption properties, else the id.
    [[nodiscard]] std::string_view caption() const;
};

/// Where adapters put what they read. Implementations: store::Loader, and printers and collectors in cli and tests.
class StatementSink {
public:
    virtual ~StatementSink() = default;
    virtual void entity(Entity entity) = 0;
    virtual void issue(base::Issue issue) = 0;
};

/// An id derived from content: "<prefix>-" and 20 hexadecimal digits of the SHA-256 of the parts, each preceded by its
/// length, so that ("ab","c") and ("a","bc") differ. For listings, documents, addresses, wallets, relationships.
[[nodiscard]] std::string derived_id(std::string_view prefix, std::initializer_list<std::string_view> parts);

}  // namespace liaison::model
