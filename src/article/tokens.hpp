#pragma once
// Tokens and sentences of a document's clean text. A token knows its folded form as a number of the vocabulary that
// rules and word lists use; words that none of them uses are 0.

#include "liaison/article/document.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace liaison::article {

/// Lower case, no accents, ligatures spelt out, one kind of apostrophe and dash.
[[nodiscard]] std::string fold(std::string_view text);

class Vocabulary {
public:
    std::uint32_t add(std::string_view folded);
    [[nodiscard]] std::uint32_t find(std::string_view folded) const;  ///< 0 when unknown

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> m_words;
};

enum class TokenKind : std::uint8_t { word, number, punctuation, quote_open, quote_close };

struct Token {
    std::uint32_t start = 0;  ///< bytes of Document::text
    std::uint32_t end = 0;
    std::uint32_t word = 0;
    std::uint32_t sentence = 0;
    TokenKind kind = TokenKind::word;
    bool capital = false;   ///< begins with an upper-case letter
    bool all_caps = false;  ///< two or more letters, none lower-case
    bool mixed = false;     ///< digits among letters, or a capital inside
    bool space_before = false;

    [[nodiscard]] bool is_quote() const { return kind == TokenKind::quote_open || kind == TokenKind::quote_close; }
};

struct Sentence {
    std::uint32_t first = 0;  ///< tokens, end exclusive
    std::uint32_t last = 0;
    std::uint32_t block = 0;
    Language language = Language::unknown;
};

struct TokenText {
    std::vector<Token> tokens;
    std::vector<Sentence> sentences;
};

/// `abbreviations` are folded words after which a full stop ends no sentence.
[[nodiscard]] TokenText tokenize(const Document& document, const Vocabulary& vocabulary,
                                 const std::vector<bool>& abbreviations);

/// Tokens of a phrase of a word list or an example, folded.
[[nodiscard]] std::vector<std::string> phrase_words(std::string_view phrase);

}  // namespace liaison::article
