#pragma once
// How alike two tokens are, 0..1, and why. The edit radius is fixed (none up to 2 letters, 1 up to 5, 2 from 6), so that
// an index can enumerate every neighbour: see index/names.hpp.

#include "liaison/name/name.hpp"

namespace liaison::name {

enum class MatchKind : std::uint8_t { none, exact, spelling, transliteration, nickname, typo, initial, joined, acronym };
[[nodiscard]] std::string_view to_string(MatchKind kind);

struct Similarity {
    double value = 0;
    MatchKind kind = MatchKind::none;
};

inline constexpr double spelling_similarity = 0.96;         ///< same folded key
inline constexpr double variant_similarity = 0.92;          ///< same given name in another form
inline constexpr double transliteration_similarity = 0.90;  ///< same Korean or Chinese syllables, same consonants across scripts
inline constexpr double edit_price = 1.3;                   ///< of one edit, as a share of the shorter spelling

inline constexpr std::size_t longest_second_look = 6;       ///< letters up to which the unfolded spelling is compared too

/// What similarity() needs of a token; views into storage that outlives it.
struct TokenView {
    std::string_view text;
    std::string_view latin;
    std::string_view key;
    const GroupKey* groups = nullptr;
    std::size_t group_count = 0;
    Script script = Script::latin;
};
[[nodiscard]] TokenView view_of(const Token& token);

/// Of two tokens of classes name or generic.
[[nodiscard]] Similarity similarity(const TokenView& one, const TokenView& other);

/// Edits allowed when the shorter spelling has so many letters.
[[nodiscard]] constexpr int edit_radius(std::size_t shorter) { return shorter <= 2 ? 0 : shorter <= 5 ? 1 : 2; }

/// Insertions, deletions, substitutions and swaps of neighbours, or limit + 1 when more than `limit`.
[[nodiscard]] int edit_distance(std::string_view one, std::string_view other, int limit);

/// The same with prices below 1 for likely slips: vowels among themselves, doubled letters, b/p, d/t, neighbours swapped.
[[nodiscard]] double weighted_distance(std::string_view one, std::string_view other);

}  // namespace liaison::name
