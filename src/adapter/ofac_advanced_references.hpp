#pragma once
// The reference value sets of ADVANCED XML: what every number in the rest of the file stands for. Private to adapter.

#include "adapter/ofac_advanced_names.hpp"
#include "adapter/ofac_emitter.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace liaison::adapter::ofac::advanced {

struct Reference {
    std::string text;
    std::string link;               ///< PartySubType: its PartyTypeID; AreaCode: its CountryID
    std::string country_code;       ///< Country, AreaCode: ISO, "" when it has none
    const LabelRule* rule = nullptr;  ///< FeatureType, IDRegDocType
    // What the texts of these sets mean, so that the tables are asked once a value and not once a use:
    std::optional<AliasKind> alias;          ///< AliasType
    std::optional<PartKind> part;            ///< NamePartType
    std::optional<std::string_view> script;  ///< Script: its language
};

class References {
public:
    explicit References(Emitter& emitter) : m_emitter(emitter) {}
    /// Takes in the record <ReferenceValueSets>.
    void read(const record::XmlRecord& record);
    /// Null, with an issue, when `id` is not in the set; null without one when `id` is empty.
    [[nodiscard]] const Reference* find(Tag set, std::string_view id, const record::XmlElement& where,
                                        std::string_view uid) const;
    /// Text of find(), or "".
    [[nodiscard]] std::string_view text(Tag set, std::string_view id, const record::XmlElement& where,
                                        std::string_view uid) const;

private:
    [[nodiscard]] static std::uint64_t key(Tag set, std::string_view id);
    Emitter& m_emitter;
    std::unordered_map<std::uint64_t, Reference> m_values;
};

}  // namespace liaison::adapter::ofac::advanced
