#pragma once
// The word tables behind tokenise(), loaded once.

#include "liaison/name/name.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace liaison::name {

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
template <typename Value>
using WordMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

struct LegalPhrase {
    std::string value;
    std::size_t words = 1;
};

class Lexicon {
public:
    [[nodiscard]] static const Lexicon& instance();

    WordMap<std::string> titles;          ///< word -> value
    WordMap<std::string> particles;
    WordMap<std::string> stop_words;
    WordMap<std::string> generic_words;
    WordMap<std::string> numbers;
    WordMap<std::string> legal_forms;     ///< words joined by blanks -> value
    std::unordered_set<std::string, StringHash, std::equal_to<>> legal_starts;  ///< first words of legal forms of several words
    WordMap<std::vector<GroupKey>> given_names;  ///< folded key -> groups
    WordMap<double> frequency;            ///< word and folded key -> bearers per 100,000
    std::size_t longest_legal_form = 1;

    /// Initial, vowel and final classes of one or two Korean syllables ("jong" -> "jo-ng"); empty when it is none.
    [[nodiscard]] std::string korean_key(std::string_view latin) const;
    [[nodiscard]] bool korean_surname(std::string_view latin) const;
    [[nodiscard]] std::string korean_surname_key(std::string_view latin) const;
    /// The pinyin readings of an older spelling; null when the table has none.
    [[nodiscard]] const std::vector<std::string>* pinyin_of(std::string_view latin) const;
    /// A word that can be one or two pinyin syllables.
    [[nodiscard]] bool is_pinyin(std::string_view latin) const;

private:
    Lexicon();
    struct Part {
        std::string spelling;
        std::string value;
    };
    std::vector<Part> m_initials;
    std::vector<Part> m_vowels;
    std::vector<Part> m_finals;
    WordMap<std::string> m_surnames;
    WordMap<std::vector<std::string>> m_pinyin;
};

[[nodiscard]] GroupKey group_key(GroupKind kind, std::string_view text);

}  // namespace liaison::name
