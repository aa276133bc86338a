#pragma once
// The language of rules: regular expressions over the tokens of a sentence and over what was found in it.
//
//   word  a|b          a folded word, or one of several
//   %list              a phrase of a word list
//   <PER|ORG:subject>  a chunk of one of these types, kept under a name; <PER+:object> takes a coordinated list,
//                      <PER++:object> one with descriptions between the names ("and its president, X")
//   ( a | b c )        groups and alternatives; ? and * behind a word, chunk or group
//   ..5                up to five tokens, as few as possible, not over a semicolon or colon
//   ~5                 up to five tokens of one phrase: not over a comma, a bracket or a word that opens a clause
//   LP  RP             the brackets ( and )
//   !word  !%list      the next token is not this
//   @role( ... )       keeps the words that the group matched
//   <BEFORE:object>    the sentence up to here; <CLAUSE:object> up to the end of the clause; <REST:object> up to its end
//   ^  $               begin and end of the sentence
//   {name}             a macro of the same file
//
// Quotation marks in the text are passed over. Matching backtracks with an explicit stack and a step limit, so that no
// rule and no text can make it slow: an attempt that exceeds the limit counts as no match.

#include "article/tokens.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::article {

enum class ChunkType : std::uint8_t {
    person, organisation, location, country, demonym, group, thing, role, number, money, date, quoted, capital, identifier
};
constexpr std::uint32_t bit(ChunkType type) { return 1U << static_cast<unsigned>(type); }

/// Something found in the text: tokens [first, last), with what follows it in brackets up to `skip`.
struct Chunk {
    ChunkType type = ChunkType::person;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t skip = 0;
    std::int32_t mention = -1;  ///< index of the mention it stands for
    std::uint32_t detail = 0;   ///< role class, country, date: by type
};

struct PhraseHit {
    std::uint32_t list = 0;
    std::uint32_t length = 0;
    std::uint32_t payload = 0;
};

/// What lists may hold besides names, by word.
namespace word_class {
constexpr std::uint8_t conjunction = 1;  ///< and, et, or
constexpr std::uint8_t determiner = 2;   ///< articles, possessives, number words
constexpr std::uint8_t descriptor = 4;   ///< nouns and adjectives that introduce a name in a list: national, firm, including
constexpr std::uint8_t clause = 8;       ///< that, which, who, for, because, qui, que, pour: a phrase ends before them
constexpr std::uint8_t alias = 16;       ///< a.k.a., alias: another name of the item follows
}  // namespace word_class

/// What a pattern is matched against.
struct MatchText {
    const std::vector<Token>* tokens = nullptr;
    std::string_view text;
    const std::vector<Chunk>* chunks = nullptr;          ///< sorted by first
    const std::vector<std::uint32_t>* chunk_at = nullptr;  ///< index of the first chunk with first >= token; one more than tokens
    const std::vector<PhraseHit>* phrases = nullptr;
    const std::vector<std::uint32_t>* phrase_at = nullptr;
    const std::vector<std::uint8_t>* word_classes = nullptr;
};

struct Capture {
    std::uint32_t name = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::int32_t chunk = -1;
};

enum class Op : std::uint8_t { words, phrase, chunk, gap, split, jump, open, close, before, rest, clause, not_words, not_phrase, begin, end, accept };

struct Instruction {
    Op op = Op::accept;
    std::uint32_t a = 0;  ///< word set, list, chunk mask, gap, first target, capture name
    std::uint32_t b = 0;  ///< second target, capture name
    bool list = false;
    bool described = false;  ///< of a list
};

struct Program {
    std::vector<Instruction> code;
    std::vector<std::vector<std::uint32_t>> word_sets;
    // What a match can begin with.
    std::vector<std::uint32_t> first_words;
    std::vector<std::uint32_t> first_lists;
    std::uint32_t first_chunks = 0;
};

/// Names of captures in patterns, by number.
enum class Slot : std::uint32_t { none, subject, object, role, date, authority, programme, count };

struct PatternContext {
    std::function<std::uint32_t(std::string_view)> word;  ///< number of a word, added when new
    std::function<std::uint32_t(std::string_view)> list;  ///< number of a word list; throws InputError when there is none
};

/// Throws InputError saying what is wrong with the pattern.
[[nodiscard]] Program compile_pattern(std::string_view pattern, const PatternContext& context);

/// Matches at token `at` inside tokens [first, last); true with the captures, in order, and the end of the match.
[[nodiscard]] bool match_at(const Program& program, const MatchText& text, std::uint32_t first, std::uint32_t last,
                            std::uint32_t at, std::vector<Capture>& captures, std::uint32_t& end);

/// End of the clause that contains token `at`: before a full stop, semicolon, or a comma that opens something new.
[[nodiscard]] std::uint32_t clause_end(const MatchText& text, std::uint32_t at, std::uint32_t last);

}  // namespace liaison::article
