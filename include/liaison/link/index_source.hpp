#pragma once
// Entities of an open index as linking wants them. Names are found by the reading's NameFinder (the index's gazetteer).

#include "liaison/index/index.hpp"
#include "liaison/link/link.hpp"

namespace liaison::link {

/// Must not outlive the index.
class IndexSource final : public EntitySource {
public:
    explicit IndexSource(const index::Index& index) : m_index(index) {}
    [[nodiscard]] std::optional<KnownEntity> by_id(std::string_view id) const override;
    [[nodiscard]] std::vector<KnownEntity> by_name(std::string_view name) const override;
    [[nodiscard]] std::vector<KnownEntity> by_identifier(std::string_view key) const override;

private:
    [[nodiscard]] KnownEntity known(index::Ordinal ordinal) const;
    const index::Index& m_index;
};

}  // namespace liaison::link
