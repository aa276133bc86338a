#pragma once
// Names as the matcher sees them: Unicode made calm, scripts made Latin, tokens told apart by what they do in a name.
// The tables (letters, titles, particles, legal forms, given names, ...) are schemas/names/*.txt, embedded and validated
// at first use; each says where it comes from. All functions are thread-safe, never throw on any input, and take
// invalid UTF-8 (repaired first). A name is read up to max_tokens tokens of at most max_token_letters letters.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::name {

inline constexpr std::size_t max_tokens = 32;
inline constexpr std::size_t max_token_letters = 48;

/// How a text is read: "de" is a particle of a person and a stop word of an organisation.
enum class Kind : std::uint8_t { person, organisation, vessel, any };

enum class TokenClass : std::uint8_t {
    name,        ///< what a name is told by
    generic,     ///< business words: trading, shipping, bank
    particle,    ///< al, bin, de, van
    title,       ///< Dr, Sheikh, Mullah
    legal_form,  ///< OOO, GmbH, "limited liability company"
    number,      ///< 5, III, forty-four
    initial,     ///< a single letter
    stop         ///< the, of, and
};
[[nodiscard]] std::string_view to_string(TokenClass token_class);

enum class Script : std::uint8_t {
    latin, cyrillic, greek, armenian, georgian, arabic, hebrew, han, kana, hangul, thai, devanagari, other, digit
};
[[nodiscard]] std::string_view to_string(Script script);

/// Why two different spellings can be one name; in order of strength.
enum class GroupKind : std::uint8_t { variant, chinese, korean, skeleton };

/// A hash of one such reading, its GroupKind in the two highest bits. Tokens that share one are alike.
using GroupKey = std::uint64_t;
[[nodiscard]] GroupKind kind_of(GroupKey key) noexcept;

struct Token {
    std::string text;               ///< lower case, Latin without diacritics, other scripts as they are
    std::string latin;              ///< lower-case ASCII; "" where no romanisation is known
    std::string key;                ///< folded spelling: Sergey = Sergei = Serguei; = text where there is no Latin
    std::string value;              ///< canonical legal form, title, particle, word or number; "" of plain names
    std::vector<GroupKey> groups;   ///< sorted
    TokenClass token_class = TokenClass::name;
    Script script = Script::latin;
    bool promoted = false;          ///< a particle, title, ... that stands for the name for want of another
};

struct Name {
    std::vector<Token> tokens;
    bool cut = false;               ///< had more or longer tokens than are read
};

/// Reads a name. Near-duplicate neighbours ("Shoigu Shoigu Sergey") count once. Empty when the text has no letter or digit.
[[nodiscard]] Name tokenise(std::string_view text, Kind kind);

/// The token texts with a space between: the form in which two spellings of one text agree.
/// normalise(normalise(x)) == normalise(x).
[[nodiscard]] std::string normalise(std::string_view text);

/// The folded spelling of a lower-case ASCII word (what Token::key holds).
[[nodiscard]] std::string fold_key(std::string_view latin);

/// Consonants of a lower-case ASCII word as an Arabic or Hebrew reader would write them: "mohammed" -> "mhmd".
[[nodiscard]] std::string skeleton(std::string_view latin);

/// Group keys of a spelling made by joining neighbours ("salah" "al" "din"): given-name variants only.
[[nodiscard]] std::vector<GroupKey> groups_of_joined(std::string_view key);

/// Bearers per 100,000 by the shipped prior (frequency.txt); 0 when not in it.
[[nodiscard]] double prior_frequency(const Token& token);

}  // namespace liaison::name
