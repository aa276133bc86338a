#pragma once
// Evidence beside the name, in the units of the name score's log-odds table (see calibration.hpp): each piece agrees,
// contradicts or is unknown; what is missing on either side is 0.

#include "liaison/match/screen.hpp"

namespace liaison::match {

struct Evidence {
    double total = 0;
    int agreeing = 0;
    bool identified = false;  ///< a strong identifier or a wallet agrees
};

/// `lines` may be null: screening a million records needs the total only.
[[nodiscard]] Evidence weigh_evidence(const index::NamesView& view, const index::NamesView::EntityRecord& entity, const Query& query,
                                      std::vector<EvidenceLine>* lines);

/// Two birth dates; log_odds in units.
[[nodiscard]] EvidenceLine compare_birth_dates(const model::Date& query, const model::Date& listed);

/// The most that the query's evidence can add without a strong identifier.
[[nodiscard]] double most_evidence(const Query& query);

}  // namespace liaison::match
