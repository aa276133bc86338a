#pragma once
// Which source entities are one thing. Pairs come from the matcher's candidates; each gets a probability from fitted
// weights (schemas/resolve_weights.json); only pairs with independent evidence merge by themselves, the doubtful ones
// wait for a person, and what a person has decided stands.

#include "liaison/index/entities.hpp"
#include "liaison/index/names.hpp"
#include "liaison/match/screen.hpp"
#include "liaison/store/store.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::resolve {

/// What speaks for and against a pair; the order is that of schemas/resolve_weights.json.
enum class Feature : std::uint8_t {
    name,                  ///< name score beyond 0.70, in tenths, the better direction
    names_agree,           ///< share of the smaller side's strong names that the other side has (0.85 or more)
    birth_agrees,          ///< weight of agreeing birth dates (match's units)
    birth_contradicts,
    identifier_agrees,     ///< a document, tax or ship number, or a wallet
    identifier_contradicts,
    nationality_agrees,
    nationality_contradicts,
    place_agrees,          ///< birth place or address
    regime_agrees,         ///< programmes of both authorities answer the same threat
    regime_contradicts,    ///< both have known regimes, none in common
    gender_contradicts,
    mutual_best,           ///< each is the other's best candidate
    same_dataset,          ///< both from one list
    organisation           ///< not persons
};
inline constexpr std::size_t kFeatures = 15;
[[nodiscard]] std::string_view to_string(Feature feature);

using Features = std::array<double, kFeatures>;

/// One candidate pair, one < other by id.
struct Pair {
    index::Ordinal one = 0;
    index::Ordinal other = 0;
    Features features{};
    double probability = 0;
    int independent = 0;  ///< agreeing pieces of evidence beside the name
    int words = 0;        ///< of the best pair of names: words that both have
};

enum class Judgement : std::uint8_t { same, different, unsure };

/// A person's word on two source entities.
struct Decision {
    std::string one;
    std::string other;
    Judgement judgement = Judgement::unsure;
};

struct Options {
    unsigned jobs = 1;             ///< threads; never changes the result
    double candidate_threshold = 0.30;
    std::size_t candidates = 8;    ///< an entity's best candidates that become pairs
};

/// Candidate pairs of all entities that can be screened against, with features and probability, by (one, other). The
/// same for every order of entities in the source.
[[nodiscard]] std::vector<Pair> find_pairs(const index::EntitiesView& entities, const index::NamesView& names, const Options& options);

struct ReviewPair {
    std::string one;
    std::string other;
    double probability = 0;
    Features features{};
};

struct Outcome {
    std::map<std::string, std::string> clusters;  ///< member -> canonical id; singletons are not in it
    std::vector<ReviewPair> review;               ///< doubtful pairs, most probable first
    std::size_t pairs = 0;
    std::size_t merged = 0;                       ///< pairs merged automatically
    std::size_t largest = 1;                      ///< members of the largest cluster
    std::vector<std::string> refused;             ///< merges that would have joined what must stay apart, for a person
};

/// Clusters from pairs and decisions: decisions first, then pairs by falling probability; no cluster joins a person with
/// an organisation, two different ship numbers, or what a decision keeps apart. `previous` keeps canonical ids stable.
[[nodiscard]] Outcome cluster(const index::EntitiesView& entities, const std::vector<Pair>& pairs,
                              const std::vector<Decision>& decisions, const std::map<std::string, std::string>& previous);

/// The whole of it for a view: pairs of its source entities, the decisions known by its day, clusters. A view of the
/// present keeps the canonical ids of the store's clusters; one of the past depends on nothing that came later.
[[nodiscard]] Outcome resolve(const store::Store& store, const store::View& view, const Options& options);

/// Probability that a pair is one thing, by the fitted weights.
[[nodiscard]] double probability_of(const Features& features);
/// Whether it merges without a person: probable enough, and on independent evidence.
[[nodiscard]] bool merges(const Pair& pair);
/// Whether it is worth a person's time when it does not.
[[nodiscard]] bool waits_for_review(const Pair& pair);

}  // namespace liaison::resolve
