#pragma once
// Words written apart that make one, and initials that make a word.

#include "liaison/name/name.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::name {

/// What join rules need of a token.
struct JoinPart {
    std::string_view latin;
    std::string_view key;
    TokenClass token_class = TokenClass::name;
    bool promoted = false;
};

/// Two or three neighbours, one of which carries the name, with the folded key of what they make together.
struct JoinedWord {
    std::size_t begin = 0;
    std::size_t end = 0;       ///< one past the last
    std::string key;
    std::string_view first;    ///< key of the first part
};

/// Joins of at least five letters of names, generic words, particles, titles and stop words; never initials or numbers.
void visit_joins(std::span<const JoinPart> parts, const std::function<void(const JoinedWord&)>& visit);
void visit_joins(std::span<const Token> tokens, const std::function<void(const JoinedWord&)>& visit);

/// The first letters of the carriers when there are at least three of them, else "".
[[nodiscard]] std::string acronym_of(std::span<const JoinPart> parts);
[[nodiscard]] std::string acronym_of(std::span<const Token> tokens);

[[nodiscard]] std::vector<JoinPart> join_parts(std::span<const Token> tokens);

}  // namespace liaison::name
