#pragma once
// What a document says: who and what it names, and typed claims with the sentence that says so. Works offline by rules
// that are data (schemas/news/*.json): see src/article/pattern.hpp for their language. Same input, same output.

#include "liaison/article/document.hpp"
#include "liaison/article/name_finder.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::article {

enum class MentionKind : std::uint8_t { named, known, pronoun, nominal, unnamed_group, identifier };

/// A place where something is named. Spans are bytes of Document::text.
struct Mention {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string schema;  ///< Person, Organization, Company, PublicBody, Vessel, CryptoWallet, Group, Address, Country, ...
    MentionKind kind = MentionKind::named;
    std::uint32_t entity = 0;               ///< the same number for all mentions of one thing in this document
    std::vector<std::string> known_as;      ///< ids of listed entities that bear the name, from the NameFinder
    bool weak = false;                      ///< only a weak alias or a surname of them
    double confidence = 0.0;
};

enum class Modality : std::uint8_t { asserted, attributed, alleged, denied };
[[nodiscard]] std::string_view to_string(Modality modality);

/// One side of a claim: a span of Document::text and what it is.
struct Argument {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string schema;
    std::optional<std::uint32_t> entity;  ///< Mention::entity
};

struct ClaimDate {
    std::string value;      ///< EDTF
    std::string precision;  ///< day, month, year, range
    bool resolved = false;  ///< worked out from the publication date
};

struct Claim {
    std::string relation;
    Argument subject;
    Argument object;
    std::string role;
    std::string stage;    ///< of charged and convicted
    std::string status;   ///< past, current, planned, lifted; "" when not said
    ClaimDate date;
    Modality modality = Modality::asserted;
    bool negative = false;
    std::uint32_t evidence_start = 0;
    std::uint32_t evidence_end = 0;
    double confidence = 0.0;
    std::string rule;
};

struct Reading {
    Document document;
    std::vector<Mention> mentions;  ///< in order of start
    std::vector<Claim> claims;      ///< in order of evidence
    std::vector<std::string> entity_names;  ///< by Mention::entity: the fullest name in the document
    std::vector<base::Issue> issues;
};

/// Rules and word lists, compiled once; safe to use from several threads.
class Rules;
/// The rules that liaison carries.
[[nodiscard]] std::shared_ptr<const Rules> embedded_rules();
/// The embedded rules with the *.json files of a folder on top: a rule or list of the same id replaces, a new one adds.
/// Throws InputError with file and rule for a file that cannot be used.
[[nodiscard]] std::shared_ptr<const Rules> load_rules(const std::string& folder);

/// An example of a rule, for tests: reading `text` must give `claims` ("subject > object"), or nothing when empty.
struct RuleExample {
    std::string rule;
    std::string relation;
    std::string language;
    std::string text;
    std::vector<std::string> claims;
};
[[nodiscard]] std::vector<RuleExample> rule_examples(const Rules& rules);

struct ReadOptions {
    DocumentOptions document;
    const NameFinder* names = nullptr;            ///< known names; may be null
    std::shared_ptr<const Rules> rules;           ///< null: the embedded ones
};

[[nodiscard]] Reading read_document(std::string_view name, std::string_view bytes, const ReadOptions& options = {});

/// Whether the mention names its thing, and does not only point at it ("she", "the company").
[[nodiscard]] constexpr bool is_name(const Mention& mention) {
    return mention.kind != MentionKind::pronoun && mention.kind != MentionKind::nominal;
}

/// The shapes of `liaison read`: one JSON object without a line end.
[[nodiscard]] std::string claim_line(const Reading& reading, const Claim& claim);
[[nodiscard]] std::string mention_line(const Reading& reading, const Mention& mention);

}  // namespace liaison::article
