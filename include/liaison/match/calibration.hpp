#pragma once
// From name scores and evidence to a probability. Log-odds add up; the score is their logistic. The name part alone is
// calibrated on labelled pairs (docs/bench/screening.md has bins and Brier scores and the command); 0.70 of name score is
// 0.70 of probability, so that the default threshold means what it says.

#include <cmath>

namespace liaison::match {

inline constexpr double default_threshold = 0.70;
inline constexpr double threshold_log_odds = 0.8472978603872037;  ///< ln(0.7 / 0.3)
/// Log-odds of one unit of name score, around 0.70.
inline constexpr double name_slope = 12.0;
inline constexpr double name_pivot = 0.70;

[[nodiscard]] inline double name_log_odds(double name_score) { return threshold_log_odds + name_slope * (name_score - name_pivot); }
[[nodiscard]] inline double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }
[[nodiscard]] inline double log_odds_of(double probability) { return std::log(probability / (1 - probability)); }

}  // namespace liaison::match
