#include "liaison/match/pair.hpp"

#include "liaison/index/name_kind.hpp"
#include "liaison/match/calibration.hpp"
#include "liaison/model/vocabulary.hpp"
#include "match/evidence.hpp"

namespace liaison::match {

PairScore score_pair(std::string_view query, std::string_view listed, std::string_view schema, const PairDates& dates) {
    const model::Schema* known = model::find_schema(schema);
    PairScore best;
    bool first = true;
    for (const name::Kind kind : index::name_kinds(known)) {
        PairScore scored;
        scored.query = PreparedName(name::tokenise(query, kind));
        scored.listed = PreparedName(name::tokenise(listed, kind));
        scored.name = score_names(scored.query.parts, scored.listed.parts, kind != name::Kind::person, true);
        if (first || scored.name.value > best.name.value) best = std::move(scored);
        first = false;
    }
    best.log_odds = name_log_odds(best.name.value);
    // What screening does with a listed name of one word under a longer query.
    if (best.listed.carriers == 1 && best.query.carriers > 1) best.log_odds -= single_word_penalty * log_odds_per_unit;
    if (dates.query && dates.listed) {
        best.birth = compare_birth_dates(*dates.query, *dates.listed);
        best.birth->log_odds *= log_odds_per_unit;
        best.log_odds += best.birth->log_odds;
    }
    best.score = probability(best.log_odds);
    return best;
}

}  // namespace liaison::match
