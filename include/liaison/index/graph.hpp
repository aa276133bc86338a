#pragma once
// The graph section: which entities are tied to which, in compressed rows, both directions in one list. Nodes are
// ordinals of the entities section (relationships and listings are ordinals too, of degree 0). Listings (Sanction) are
// no neighbours: they are kept apart, by the entity they list.

#include "liaison/index/entities.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::index {

inline constexpr std::int32_t kNoStart = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int32_t kNoEnd = std::numeric_limits<std::int32_t>::max();

/// One edge, as it lies in the file.
struct EdgeRecord {
    Ordinal source;
    Ordinal target;
    Ordinal relation;      ///< the relationship entity, or for a reference the entity that bears it
    std::uint16_t kind;    ///< see GraphView::kind_name
    std::uint8_t flags;
    std::uint8_t strength; ///< 0..255 for 0..1
    std::int32_t start;    ///< first day it can have begun, days since 1970-01-01, or kNoStart
    std::int32_t end;      ///< last day it can have ended, or kNoEnd

    static constexpr std::uint8_t kDirected = 1;
    static constexpr std::uint8_t kNews = 2;        ///< from an article's claim
    static constexpr std::uint8_t kReference = 4;   ///< an entity-valued property, not a relationship entity
    static constexpr std::uint8_t kFormer = 8;      ///< the publisher says "Former"
    [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

/// An edge seen from one of its ends.
struct Incidence {
    Ordinal neighbour;
    std::uint32_t edge;  ///< position in edges()
};

/// Builds the section from the finished entities section.
[[nodiscard]] std::string build_graph(const EntitiesView& entities);

class GraphView {
public:
    GraphView() = default;
    explicit GraphView(std::string_view section);  ///< throws StoreError when the sizes do not fit

    [[nodiscard]] std::uint32_t nodes() const;
    [[nodiscard]] std::span<const EdgeRecord> edges() const;
    /// Ordered by neighbour, then edge.
    [[nodiscard]] std::span<const Incidence> incident(Ordinal node) const;
    [[nodiscard]] std::span<const std::uint32_t> offsets() const;        ///< nodes() + 1 positions in incidences()
    [[nodiscard]] std::span<const Incidence> incidences() const;
    [[nodiscard]] std::span<const Ordinal> listings(Ordinal node) const; ///< its Sanction entities
    [[nodiscard]] std::string_view kind_name(std::uint16_t kind) const;  ///< "Ownership", "holder", ...
    [[nodiscard]] std::uint16_t kinds() const;

    struct Header;  ///< layout of the file, known to the builder only

private:
    const Header* m_header = nullptr;
    const std::uint32_t* m_offsets = nullptr;
    const Incidence* m_incidences = nullptr;
    const EdgeRecord* m_edges = nullptr;
    const std::uint32_t* m_listing_offsets = nullptr;
    const Ordinal* m_listings = nullptr;
    const char* m_kinds = nullptr;  ///< names of 24 bytes, zero-padded
};

/// For a person: the verb of a kind, e.g. "owns"; "" when the kind has none.
[[nodiscard]] std::string_view kind_label(std::string_view kind);

}  // namespace liaison::index
