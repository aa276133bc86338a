#pragma once
// One name against another, without an index.

#include "liaison/match/name_score.hpp"

#include "liaison/match/screen.hpp"

#include <optional>
#include <string_view>

namespace liaison::match {

struct PairScore {
    double score = 0;     ///< probability
    double log_odds = 0;
    NameScore name;       ///< the better reading's, with its token table
    PreparedName query;
    PreparedName listed;
    std::optional<EvidenceLine> birth;  ///< when both dates are given
};

struct PairDates {
    std::optional<model::Date> query;
    std::optional<model::Date> listed;
};

/// The score that a screening of `query` gives a listed `listed` of a schema ("Person", "Company", ...). An empty or
/// unspecific schema is read as a person and as an organisation and the better one counts.
[[nodiscard]] PairScore score_pair(std::string_view query, std::string_view listed, std::string_view schema, const PairDates& dates = {});

}  // namespace liaison::match
