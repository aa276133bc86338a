#pragma once
// How well two names agree, 0..1, as a list of costs. The names of the constants are the model: see name_score.cpp.

#include "liaison/index/names.hpp"
#include "liaison/name/similarity.hpp"
#include "liaison/name/weight.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::match {

/// A token ready to be scored: views into a name::Name or into the index.
struct Part {
    name::TokenView view;
    std::string_view value;
    name::TokenClass token_class = name::TokenClass::name;
    bool promoted = false;
    float weight = 1;
};

/// A query's tokens with their own storage and weights.
struct PreparedName {
    name::Name name;
    std::vector<Part> parts;  ///< views into `name`
    std::uint32_t carriers = 0;  ///< tokens of classes name and generic
    std::uint32_t initials = 0;

    PreparedName() = default;
    /// Weights from the shipped prior alone.
    explicit PreparedName(name::Name tokens);
    /// Weights as the lists of an index know the words.
    PreparedName(name::Name tokens, const index::NamesView& view);
    PreparedName(const PreparedName&) = delete;
    PreparedName& operator=(const PreparedName&) = delete;
    PreparedName(PreparedName&&) = default;
    PreparedName& operator=(PreparedName&&) = default;
};

/// One line of the token table of an explanation.
enum class TokenVerdict : std::uint8_t { agrees, absent, contradicting };
struct TokenPair {
    std::uint32_t query = 0;   ///< bits of the query's tokens
    std::uint32_t listed = 0;  ///< bits of the listed name's tokens
    name::Similarity similarity;
    TokenVerdict verdict = TokenVerdict::agrees;
};

struct NameScore {
    double value = 0;          ///< 1 - the costs, at least 0
    double omission = 0;       ///< costs
    double contradiction = 0;
    double order = 0;          ///< son and father swapped
    std::vector<TokenPair> pairs;  ///< only with `explain`
};

namespace model_constants {
inline constexpr double omission_of_person = 0.57;
inline constexpr double omission_of_organisation = 0.80;
inline constexpr double contradiction_base = 0.20;
inline constexpr double contradiction_share = 0.50;  ///< divided by the tokens of the shorter name
inline constexpr double order_cost = 0.35;
inline constexpr double initial_similarity = 0.80;
inline constexpr double joined_similarity = 0.96;
inline constexpr double acronym_similarity = 0.85;
}  // namespace model_constants

/// What neighbours of a name make together, worked out once for many comparisons. Views into the parts.
class PreparedJoins {
public:
    explicit PreparedJoins(std::span<const Part> parts);
    ~PreparedJoins();
    PreparedJoins(const PreparedJoins&) = delete;
    PreparedJoins& operator=(const PreparedJoins&) = delete;
    struct Join;
    [[nodiscard]] std::span<const Join> joins() const;

private:
    std::vector<Join> m_joins;
};

/// `organisation` chooses the cost of omission; `query_joins` may be null.
[[nodiscard]] NameScore score_names(std::span<const Part> query, std::span<const Part> listed, bool organisation, bool explain,
                                    const PreparedJoins* query_joins = nullptr);

/// The least that `contradictions` whole contradictions cost when the shorter name has `tokens` carriers.
[[nodiscard]] constexpr double contradiction_cost(std::uint32_t tokens) {
    return model_constants::contradiction_base + model_constants::contradiction_share / (tokens == 0 ? 1 : tokens);
}

}  // namespace liaison::match
