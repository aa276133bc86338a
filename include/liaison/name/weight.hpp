#pragma once
// How much a token tells: 1 for a rare name, 0.35 for the commonest, less for what is no name.

#include "liaison/name/name.hpp"

namespace liaison::name {

inline constexpr double weight_of_common = 0.35;

/// `frequency`: bearers per 100,000, the larger of the prior's and the lists'.
[[nodiscard]] double token_weight(const Token& token, double frequency);

/// What an unmatched token counts as a contradiction: names 1, initials 0.8, numbers 0.2, the rest 0.
[[nodiscard]] constexpr double contradiction_count(TokenClass token_class) {
    switch (token_class) {
        case TokenClass::name:
        case TokenClass::generic: return 1;
        case TokenClass::initial: return 0.8;
        case TokenClass::number: return 0.2;
        case TokenClass::particle:
        case TokenClass::title:
        case TokenClass::legal_form:
        case TokenClass::stop: return 0;
    }
    return 0;
}

[[nodiscard]] constexpr bool carries_name(TokenClass token_class) {
    return token_class == TokenClass::name || token_class == TokenClass::generic;
}

}  // namespace liaison::name
