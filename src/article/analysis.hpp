#pragma once
// The state of reading one document: tokens, phrases, mentions with their entities, chunks for the rules.

#include "liaison/article/reading.hpp"
#include "article/pattern.hpp"
#include "article/rules.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace liaison::article {

enum class Kind : std::uint8_t { person, organisation, company, public_body, place, country, thing, group, identifier, unknown };
[[nodiscard]] std::string_view schema_of(Kind kind);
[[nodiscard]] constexpr bool is_organisation(Kind kind) {
    return kind == Kind::organisation || kind == Kind::company || kind == Kind::public_body;
}

/// A mention in tokens.
struct Span {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    Kind kind = Kind::unknown;
    MentionKind mention = MentionKind::named;
    double score = 0.0;
    std::int32_t entity = -1;
    std::int32_t antecedent = -1;      ///< of a pronoun or "the company": first token of the span it stands for
    std::vector<std::string> known_as;
    bool weak = false;
    std::string schema;                ///< overrides the kind's
};

struct EntityState {
    std::string name;  ///< the fullest in the document
    std::string key;   ///< folded
    Kind kind = Kind::unknown;
    double score = 0.0;
    bool gang = false;
    std::uint32_t mentions = 0;
};

struct Analysis {
    const Rules* rules = nullptr;
    const Document* document = nullptr;
    TokenText text;
    std::vector<PhraseHit> phrases;
    std::vector<std::uint32_t> phrase_at;  ///< by token, one more than tokens
    std::vector<Span> spans;               ///< sorted by first
    std::vector<EntityState> entities;
    std::vector<Chunk> chunks;             ///< sorted by first; detail of a date: index into dates
    std::vector<std::uint32_t> chunk_at;
    std::vector<ClaimDate> dates;

    [[nodiscard]] const Token& token(std::uint32_t i) const { return text.tokens[i]; }
    [[nodiscard]] std::string_view words(std::uint32_t first, std::uint32_t last) const;
    [[nodiscard]] std::string folded(std::uint32_t first, std::uint32_t last) const { return fold(words(first, last)); }
    /// Longest phrase of a list at a token: its length in tokens, 0 when there is none.
    [[nodiscard]] std::uint32_t phrase(std::uint32_t list, std::uint32_t at, std::uint32_t* payload = nullptr) const;
    [[nodiscard]] bool is_mark(std::uint32_t i, char c) const;
    [[nodiscard]] const Block& block_of(std::uint32_t i) const {
        return document->blocks[text.sentences[text.tokens[i].sentence].block];
    }
};

/// Tokens and phrases.
[[nodiscard]] Analysis analyse(const Document& document, const Rules& rules);
/// Names: known and unknown, typed, with their entities. Fills spans and entities.
void find_names(Analysis& analysis, const NameFinder* names);
/// Pronouns and "the company" where there is one safe antecedent. Adds spans.
void resolve_references(Analysis& analysis);
/// Identifiers: wallets and the like. Adds spans.
void find_identifiers(Analysis& analysis);
/// Everything that patterns speak of. Fills chunks and dates.
void make_chunks(Analysis& analysis);
/// Runs the rules.
[[nodiscard]] std::vector<Claim> find_claims(const Analysis& analysis);
/// The date expression at a token, resolved against the publication date; 0 tokens when there is none.
[[nodiscard]] std::uint32_t date_at(const Analysis& analysis, std::uint32_t at, std::uint32_t last, ClaimDate& date);

}  // namespace liaison::article
