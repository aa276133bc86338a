#pragma once
// The names section: every name of every listed or otherwise matchable entity, tokenised, with the tables that find the
// names near a query, and the evidence (dates, countries, identifiers, ...) that scoring needs. Position-independent;
// opened in microseconds and read in place. Which candidates a score needs is match's knowledge (match/candidates.hpp);
// here is what can be asked: the tokens like a token, the names with a token, the names in which neighbours make a token.

#include "liaison/index/entities.hpp"
#include "liaison/model/date.hpp"
#include "liaison/name/name.hpp"
#include "liaison/name/similarity.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::index {

enum class NameKind : std::uint8_t { name, alias, weak, previous };
[[nodiscard]] std::string_view to_string(NameKind kind);

enum class FactKind : std::uint8_t {
    birth_date, country, nationality, gender, place, address, identifier, wallet, email, phone, programme, dataset, listing_date
};

/// One piece of evidence as it lies in the file.
struct Fact {
    FactKind kind{};
    std::uint8_t approximate = 0;
    std::uint16_t span = 0;   ///< days from the first to the last day a date can mean
    std::uint32_t text = 0;   ///< offset in the pool
    std::int32_t first = 0;   ///< days since 1970-01-01
    [[nodiscard]] std::int32_t last() const { return first + span; }
};

/// What the builder takes: an entity with everything that speaks for or against it.
struct NamedEntity {
    Ordinal ordinal = 0;
    const model::Schema* schema = nullptr;
    bool listed = false;
    struct Text {
        std::string_view text;
        NameKind kind = NameKind::name;
    };
    std::vector<Text> names;
    struct Value {
        FactKind kind{};
        std::string text;
        std::optional<model::Date> date;
    };
    std::vector<Value> facts;
};

/// Collects what the entities section says of each entity that can be screened against, with its listings, documents,
/// addresses and wallets; in order of ordinals. Views into `entities`.
[[nodiscard]] std::vector<NamedEntity> named_entities(const EntitiesView& entities);

/// At most 16 million names and tokens; throws StoreError beyond.
[[nodiscard]] std::string build_names(std::span<const NamedEntity> entities);
[[nodiscard]] inline std::string build_names(const EntitiesView& entities) { return build_names(named_entities(entities)); }

/// Canonical form of an identifier for comparison: letters and digits, upper case.
[[nodiscard]] std::string identifier_key(std::string_view text);
/// Wallet addresses by their bytes where they can be decoded, else as written.
[[nodiscard]] std::string wallet_key(std::string_view text);

/// A way of reading a name and its size, in one byte: kind of name 2 bits, carriers up to 15 in 4, initials up to 3 in 2.
struct Shape {
    std::uint8_t bits = 0;
    [[nodiscard]] static Shape of(name::Kind kind, std::size_t carriers, std::size_t initials);
    [[nodiscard]] name::Kind kind() const { return static_cast<name::Kind>(bits >> 6); }
    [[nodiscard]] std::uint32_t carriers() const { return bits >> 2 & 15U; }  ///< 15 means 15 or more
    [[nodiscard]] std::uint32_t initials() const { return bits & 3U; }        ///< 3 means 3 or more
};

using TokenId = std::uint32_t;
inline constexpr TokenId no_token = 0xFFFFFF;

/// A name that bears a token, with up to three of its other carriers, so that most names are rejected without a look at
/// them. Lists are sorted by shape, then name.
struct Posting {
    std::uint32_t name;
    std::uint32_t others[2];          ///< token ids or no_token
    std::uint32_t shape_and_other;    ///< shape in the high byte, the third other token in the rest
    [[nodiscard]] Shape shape() const { return {static_cast<std::uint8_t>(shape_and_other >> 24)}; }
    [[nodiscard]] TokenId third() const { return shape_and_other & 0xFFFFFF; }
};

class NamesView {
public:
    NamesView() = default;
    explicit NamesView(std::string_view section);  ///< throws StoreError when the sizes do not fit; empty is valid

    struct NameRecord {
        std::uint32_t entity;      ///< position among the entities of this section
        std::uint32_t text;
        std::uint32_t first_token; ///< into the sequence of token ids
        std::uint8_t token_count;
        std::uint8_t kind;         ///< NameKind
        Shape shape;
        std::uint8_t reserved;
    };
    struct TokenRecord {
        std::uint32_t text, latin, key, value;
        std::uint32_t first_group;
        std::uint32_t first_posting;
        std::uint32_t posting_count;
        std::uint32_t first_neighbour;
        std::uint32_t neighbour_count;
        float weight;
        std::uint8_t group_count;
        std::uint8_t token_class;
        std::uint8_t script;
        std::uint8_t promoted;
    };
    struct EntityRecord {
        Ordinal ordinal;
        std::uint32_t first_name;
        std::uint32_t name_count;
        std::uint32_t first_fact;
        std::uint16_t fact_count;
        std::uint8_t schema;
        std::uint8_t listed;
    };
    /// Names in which neighbours joined make a word.
    struct JoinRecord {
        std::uint32_t key;    ///< hash of the joined key, a variant group or an acronym
        std::uint32_t first;  ///< hash of the first part's key
        std::uint32_t name;
    };

    [[nodiscard]] std::span<const EntityRecord> entities() const { return m_entities; }
    [[nodiscard]] std::span<const NameRecord> names() const { return m_names; }
    [[nodiscard]] std::span<const TokenRecord> tokens() const { return m_tokens; }
    [[nodiscard]] std::string_view text(std::uint32_t offset) const;
    [[nodiscard]] std::span<const TokenId> tokens_of(const NameRecord& name) const;
    [[nodiscard]] std::span<const Posting> postings(TokenId token) const;
    [[nodiscard]] name::TokenView token_view(TokenId token) const;
    [[nodiscard]] std::span<const Fact> facts(const EntityRecord& entity) const;
    [[nodiscard]] std::optional<std::uint32_t> entity_of(Ordinal ordinal) const;

    /// Appends the carriers alike to a query token (similarity above 0, or promoted ones that may agree), each once.
    /// Complete: the deletion neighbourhoods of both spellings meet within the edit radius; the essay is in names.cpp.
    void alike(const name::Token& token, std::vector<TokenId>& out) const;
    /// Appends tokens whose folded key, or a variant group of it, is that of a word joined from neighbours.
    void joined_tokens(std::string_view key, std::vector<TokenId>& out) const;
    /// Appends tokens written so.
    void written(std::string_view text, std::vector<TokenId>& out) const;
    /// Names in which neighbours make `key` (or share a variant of it); not those split as `first`, unless empty.
    void joined_names(std::string_view key, std::string_view first, std::vector<std::uint32_t>& out) const;
    /// The same by groups: for a query token that a listed "salah al din" may spell.
    void joined_names(name::GroupKey group, std::vector<std::uint32_t>& out) const;
    /// Names whose initials are `letters`.
    void acronym_names(std::string_view letters, std::vector<std::uint32_t>& out) const;
    /// Entities (positions) that bear an identifier or a wallet.
    void with_identifier(std::string_view key, std::vector<std::uint32_t>& out) const;
    /// The weight of a token as the lists know it: of the same spelling, else of the prior.
    [[nodiscard]] double weight_of(const name::Token& token) const;

    struct Header;
    /// Bytes of each part, for the measurements.
    [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> parts() const;

private:
    std::optional<TokenId> find_same(const name::Token& token) const;
    template <typename Visit>
    void visit_bucket(std::uint64_t hash, Visit visit) const;

    const Header* m_header = nullptr;
    std::span<const EntityRecord> m_entities;
    std::span<const NameRecord> m_names;
    std::span<const TokenRecord> m_tokens;
    std::span<const TokenId> m_sequence;
    std::span<const Posting> m_postings;
    std::span<const TokenId> m_neighbours;
    std::span<const name::GroupKey> m_groups;
    std::span<const std::uint32_t> m_bucket_starts;
    std::span<const std::uint32_t> m_bucket_entries;
    std::span<const JoinRecord> m_joins;
    std::span<const std::uint64_t> m_identifiers;  ///< hash in the high half, entity in the low
    std::span<const Fact> m_facts;
    std::string_view m_pool;
};

}  // namespace liaison::index
