#pragma once
// The identifiers section: normal keys (identifier::identifier_keys) of every wallet, document, tax number, e-mail, ...
// to the entities that bear them.

#include "liaison/index/entities.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::index {

[[nodiscard]] std::string build_identifiers(const EntitiesView& entities);

struct IdentifierHit {
    Ordinal entity;
    model::Property property;
    friend bool operator==(const IdentifierHit&, const IdentifierHit&) = default;
};

class IdentifiersView {
public:
    IdentifiersView() = default;
    explicit IdentifiersView(std::string_view section);  ///< throws StoreError when the sizes do not fit
    [[nodiscard]] std::vector<IdentifierHit> find(std::string_view key) const;  ///< by entity, then property
    [[nodiscard]] std::uint32_t size() const;                                   ///< distinct keys

    struct Header;  ///< layout of the file, known to the builder only
    struct Key;
    struct Posting;

private:
    const Header* m_header = nullptr;
    const Key* m_keys = nullptr;
    const Posting* m_postings = nullptr;
    const char* m_pool = nullptr;
};

}  // namespace liaison::index
