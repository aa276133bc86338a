#pragma once
// What OFAC's labels mean, the same in all its formats: kinds of document and feature, relation types, scripts. The
// table is src/adapter/data/ofac_labels.json, embedded and checked at first use. Private to adapter.

#include "liaison/model/vocabulary.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::ofac {

enum class AliasKind { name, aka, fka, nka };
enum class PartKind { first, middle, patronymic, nickname, last, matronymic, maiden, whole };

enum class FeatureUse {
    date,            ///< a date property
    text,            ///< a text property
    country,         ///< a country property
    gender,
    location,        ///< an address, given by reference
    wallet,          ///< "Digital Currency Address - TICKER"
    isin, ticker, issuer,
    owner, operated_by,  ///< names a party in free text
    summary,         ///< says something of the listing: kept as "label: value"
    listing_date, effective_date,
    note,            ///< kept as "label: value" in the notes
};

/// A label that can stand before a value: a kind of document or of feature.
struct LabelRule {
    std::string label;                         ///< as published, without trailing "-" or ":"
    bool document = false;
    const model::Schema* schema = nullptr;     ///< of documents: Identification or Passport
    FeatureUse use = FeatureUse::note;         ///< of features
    std::vector<model::Property> properties;   ///< in order of preference: the first that the party's schema has
};

struct RelationRule {
    const model::Schema* schema = nullptr;
    bool reverse = false;  ///< the record's "from" is the edge's target
};

/// All look-ups fold case, white space, apostrophes and trailing " -:.#". Null when the label is not known.
[[nodiscard]] const LabelRule* find_label(std::string_view label);
[[nodiscard]] const RelationRule* find_relation(std::string_view type);
/// ISO 639-3, or "" for Latin; nullopt when the script is not known.
[[nodiscard]] std::optional<std::string_view> script_language(std::string_view script);
[[nodiscard]] std::optional<AliasKind> find_alias_kind(std::string_view label);
[[nodiscard]] std::optional<PartKind> find_part_kind(std::string_view label);

/// A label at the beginning of a remarks item ("Passport A1 (Iran)"): the longest that fits, and what follows it.
struct LabelledText {
    const LabelRule* rule = nullptr;
    std::string_view label;  ///< as it stands in the text
    std::string_view value;
};
[[nodiscard]] LabelledText split_label(std::string_view item);

/// ISO code of a country as OFAC names it; "" when OFAC says it is undetermined; nullopt when it is no country.
[[nodiscard]] std::optional<std::string> country_of(std::string_view name);

}  // namespace liaison::adapter::ofac
