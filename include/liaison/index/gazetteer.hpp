#pragma once
// The gazetteer section: every name of the index, to find known names in running text. A trie over normalised tokens
// (name::fold), so that a name never matches inside a word and spelling of case and accents does not count.

#include "liaison/article/name_finder.hpp"
#include "liaison/index/entities.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::index {

/// A name to be found. The same name may come for several entities.
struct GazetteerName {
    std::string_view name;
    std::string_view entity;
    std::string_view schema;
    bool weak = false;  ///< a weak alias or a surname: opens a candidate, proves nothing
};

/// The bytes of the section. Names without a word of three letters or digits are left out: they would be found everywhere.
[[nodiscard]] std::string build_gazetteer(const std::vector<GazetteerName>& names);

/// The section of an index: names, aliases and former names of persons, organisations and vessels; weak aliases and single
/// words of persons are marked weak.
[[nodiscard]] std::string build_gazetteer(const EntitiesView& entities);

/// Reads the section in place; must not outlive it. Thread-safe. Throws StoreError when the sizes do not fit.
class GazetteerView final : public article::NameFinder {
public:
    GazetteerView() = default;
    explicit GazetteerView(std::string_view section);
    /// Longest leftmost names on token boundaries. Linear in the text; at least 60 MB/s with 150,000 names.
    [[nodiscard]] std::vector<article::NameHit> find(std::string_view text) const override;
    [[nodiscard]] std::uint32_t size() const;  ///< distinct names

    struct Header;  ///< layout of the file, known to the builder only
    struct Edge;
    struct Name;

private:
    const Header* m_header = nullptr;
    const std::uint64_t* m_filter = nullptr;
    const Edge* m_edges = nullptr;
    const std::uint32_t* m_nodes = nullptr;  ///< by node: number of the name that ends there plus one, 0 = none
    const Name* m_names = nullptr;
    const std::uint32_t* m_entities = nullptr;
    const char* m_pool = nullptr;
};

}  // namespace liaison::index
