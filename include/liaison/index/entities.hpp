#pragma once
// The entities section: every entity of a view, merged over datasets and clusters, with all its values; sorted by
// canonical id, so that an ordinal is also a rank. Source ids find their cluster.

#include "liaison/model/entity.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::index {

using Ordinal = std::uint32_t;  ///< position of an entity in the index, dense from 0

/// As it lies in the file.
struct ValueRecord {
    std::uint32_t text;      ///< offset of a string in the pool
    std::uint16_t property;
    std::uint16_t lang;      ///< index of a language, 0 = none
};

/// What the builder hands over, one for each entity, in ascending order of id.
struct EntityInput {
    std::string_view id;
    const model::Schema* schema = nullptr;
    struct Value {
        model::Property property;
        std::string_view text;
        std::string_view lang;
    };
    std::vector<Value> values;
    std::vector<std::string_view> datasets;   ///< sorted
    std::vector<std::string_view> referents;  ///< sorted, without id
    std::int32_t first_seen = 0;              ///< days since 1970-01-01
    std::int32_t last_seen = 0;
};

class EntitiesBuilder {
public:
    EntitiesBuilder();
    ~EntitiesBuilder();
    EntitiesBuilder(const EntitiesBuilder&) = delete;
    EntitiesBuilder& operator=(const EntitiesBuilder&) = delete;
    void add(const EntityInput& entity);
    [[nodiscard]] std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Reads the section in place. Cheap to copy; must not outlive the container.
class EntitiesView {
public:
    EntitiesView() = default;
    explicit EntitiesView(std::string_view section);  ///< throws StoreError when the sizes do not fit

    [[nodiscard]] std::uint32_t size() const;
    [[nodiscard]] std::optional<Ordinal> find(std::string_view id) const;  ///< canonical or referent
    [[nodiscard]] std::string_view id(Ordinal ordinal) const;
    [[nodiscard]] std::string_view caption(Ordinal ordinal) const;
    [[nodiscard]] const model::Schema& schema(Ordinal ordinal) const;
    [[nodiscard]] std::span<const ValueRecord> values(Ordinal ordinal) const;  ///< grouped by property, in order of the source
    [[nodiscard]] std::string_view text(const ValueRecord& value) const;
    [[nodiscard]] std::string_view lang(const ValueRecord& value) const;
    [[nodiscard]] std::string_view first(Ordinal ordinal, model::Property property) const;  ///< "" when absent
    [[nodiscard]] std::vector<std::string_view> all(Ordinal ordinal, model::Property property) const;
    [[nodiscard]] std::vector<std::string> datasets(Ordinal ordinal) const;
    [[nodiscard]] std::vector<std::string> referents(Ordinal ordinal) const;
    [[nodiscard]] std::string first_seen(Ordinal ordinal) const;  ///< ISO date
    [[nodiscard]] std::string last_seen(Ordinal ordinal) const;
    [[nodiscard]] model::Entity entity(Ordinal ordinal) const;    ///< a copy as a value
    /// Ids, canonical ones and referents, that are close to a wrong one, best first; for "did you mean".
    [[nodiscard]] std::vector<std::string> similar_ids(std::string_view id, std::size_t limit) const;

    struct Header;  ///< layout of the file, known to the builder only
    struct Record;

private:
    [[nodiscard]] const Record& record(Ordinal ordinal) const;
    [[nodiscard]] std::string_view string(std::uint32_t offset) const;
    const Header* m_header = nullptr;
    const Record* m_records = nullptr;
    const ValueRecord* m_values = nullptr;
    const std::uint32_t* m_lists = nullptr;  ///< referents and dataset sets: count, then string offsets
    const std::uint32_t* m_ids = nullptr;    ///< pairs (string offset, ordinal), sorted by string
    const char* m_pool = nullptr;
};

}  // namespace liaison::index
