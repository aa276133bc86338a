#pragma once
// From name scores and evidence to a probability. Everything is counted in units of 1/12 of the name score; log-odds are
// proportional to units, and a name score of 0.70 without evidence is a probability of 0.70, so that the default
// threshold means what it says. The factor was fitted on the labelled pairs (docs/bench/screening.md has the command, the
// reliability bins and the Brier score, cross-validated).

#include <cmath>

namespace liaison::match {

inline constexpr double default_threshold = 0.70;
inline constexpr double threshold_log_odds = 0.8472978603872037;  ///< ln(0.7 / 0.3)
inline constexpr double name_pivot = 0.70;
inline constexpr double units_per_name_score = 12.0;
inline constexpr double log_odds_per_unit = 0.6;
inline constexpr double single_word_penalty = 2;  ///< units: a listed name of one word under a longer query
inline constexpr double weak_alias_penalty = 1;   ///< units: when weak aliases may open a match

[[nodiscard]] inline double name_log_odds(double name_score) {
    return threshold_log_odds + log_odds_per_unit * units_per_name_score * (name_score - name_pivot);
}
[[nodiscard]] inline double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }
[[nodiscard]] inline double log_odds_of(double probability) { return std::log(probability / (1 - probability)); }

}  // namespace liaison::match
