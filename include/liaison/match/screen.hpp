#pragma once
// Screening: who on the lists can this be, how surely, and why. Every function is thread-safe: any number of threads give
// the same answers. The score is the probability of calibration.hpp; parts of the explanation add up to its log-odds.

#include "liaison/index/names.hpp"
#include "liaison/match/name_score.hpp"
#include "liaison/model/date.hpp"
#include "liaison/model/vocabulary.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::match {

struct Query {
    std::string id;
    const model::Schema* schema = nullptr;   ///< null: unknown
    std::vector<std::string> names;
    std::vector<model::Date> birth_dates;
    std::vector<std::string> countries;      ///< ISO codes, lower case
    std::vector<std::string> nationalities;
    std::string gender;                      ///< "male", "female" or ""
    std::vector<std::string> birth_places;
    std::vector<std::string> addresses;
    std::vector<std::string> identifiers;
    std::vector<std::string> wallets;
    std::vector<std::string> emails;
    std::vector<std::string> phones;
};

enum class Mode : std::uint8_t {
    liaison,
    ofac  ///< imitates OFAC's Sanctions List Search (FAQ 249), names only: for comparison, not for decisions
};

struct Options {
    double threshold = 0.70;
    std::size_t limit = 5;
    bool weak_aliases = false;  ///< let weak aliases open a match alone
    bool exhaustive = false;    ///< score every name: the reference that the index is tested against
    Mode mode = Mode::liaison;
};

enum class Verdict : std::uint8_t { agrees, contradicts, unknown };
[[nodiscard]] std::string_view to_string(Verdict verdict);

struct TokenLine {
    std::string query;    ///< "" when only the list has it
    std::string listed;
    std::string kind;     ///< exact, spelling, transliteration, nickname, typo, initial, joined, acronym, absent, contradicting
    double similarity = 0;
};

struct EvidenceLine {
    std::string what;     ///< "birth date", "nationality", ...
    Verdict verdict = Verdict::unknown;
    std::string query;
    std::string listed;
    double log_odds = 0;
};

struct PartLine {
    std::string what;
    double log_odds = 0;
};

struct Explanation {
    std::string query_name;
    std::string listed_name;
    index::NameKind name_kind{};
    double name_score = 0;
    double omission = 0;       ///< costs within the name score
    double contradiction = 0;
    double order = 0;
    std::vector<TokenLine> tokens;
    std::vector<EvidenceLine> evidence;
    std::vector<std::string> corroborating_aliases;  ///< weak ones that agree too
    std::vector<PartLine> parts;                     ///< add up to log_odds
    double log_odds = 0;
};

struct Match {
    index::Ordinal entity = 0;
    double score = 0;
    bool match = false;         ///< score reaches the threshold
    int agreeing = 0;           ///< pieces of evidence that agree: the order of ties
    Explanation explanation;
};

struct Result {
    std::vector<Match> matches;      ///< best first; those below the threshold are not among them
    std::string unchecked;           ///< why the query could not be checked, "" when it was
    bool cut = false;                ///< the name was longer than is read
    std::size_t total = 0;           ///< matches before the limit
};

/// Throws nothing for any query; `view` must outlive the call.
[[nodiscard]] Result screen(const index::NamesView& view, const Query& query, const Options& options = {});

/// The comparison with one entity, whatever its score; nullopt when it is none that can be screened against.
[[nodiscard]] std::optional<Match> compare(const index::NamesView& view, const Query& query, index::Ordinal entity, const Options& options = {});

/// The token table of a name score for a person to read.
[[nodiscard]] std::vector<TokenLine> token_lines(std::span<const Part> query, std::span<const Part> listed, const NameScore& score);

[[nodiscard]] nlohmann::json to_json(const Explanation& explanation);

}  // namespace liaison::match
