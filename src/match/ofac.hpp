#pragma once
// An imitation of OFAC's Sanctions List Search (FAQ 249), for comparison only.

#include "liaison/match/screen.hpp"

#include <string_view>

namespace liaison::match {

/// 0..1; 0 when OFAC's tool would not show the name.
[[nodiscard]] double ofac_score(std::string_view query, std::string_view listed);

[[nodiscard]] Result screen_like_ofac(const index::NamesView& view, const Query& query, const Options& options);

}  // namespace liaison::match
