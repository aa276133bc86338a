#pragma once
// Rules and word lists as read from schemas/news/*.json, compiled.

#include "liaison/article/reading.hpp"
#include "article/pattern.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace liaison::article {

/// Phrases of all word lists in one trie over word numbers.
class PhraseTrie {
public:
    void add(const std::vector<std::uint32_t>& words, std::uint32_t list, std::uint32_t payload);
    /// Appends every phrase that begins at token `at`.
    void find(const std::vector<Token>& tokens, std::uint32_t at, std::uint32_t last, std::vector<PhraseHit>& out) const;

private:
    struct Leaf {
        std::uint32_t list;
        std::uint32_t payload;
    };
    std::unordered_map<std::uint64_t, std::uint32_t> m_edges;  ///< (node, word) to node
    std::vector<std::vector<Leaf>> m_leaves = std::vector<std::vector<Leaf>>(1);
    std::vector<bool> m_begins;  ///< by word: some phrase begins with it
};

/// Where a side of a claim comes from when the pattern does not hold it.
enum class Source : std::uint8_t {
    pattern,
    topic,        ///< the name that the block begins with
    authority,    ///< who sanctions in this document, said last
    protagonist,  ///< the person named most in the document
    speaker,      ///< the last one quoted
    next          ///< the next sentence
};

struct Rule {
    std::string id;
    std::string relation;
    Language language = Language::unknown;
    std::vector<Program> programs;
    double confidence = 0.9;
    Source subject = Source::pattern;
    Source object = Source::pattern;
    bool swap = false;
    std::string role;
    std::string stage;
    std::string status;
    std::string modality;
    std::string subject_schema;
    std::string object_schema;
    bool negative = false;
    std::vector<std::pair<std::string, std::vector<std::string>>> examples;
};

struct Country {
    std::string code;
    std::string name;
};

class Rules {
public:
    struct Lists;  // numbers of the lists that the code itself uses

    /// Adds one file; `origin` is named in errors.
    void add(std::string_view json, const std::string& origin);
    /// Compiles what was added. Throws InputError.
    void finish();

    [[nodiscard]] std::uint32_t list(std::string_view name) const;  ///< 0 when there is none
    [[nodiscard]] const std::string& payload(std::uint32_t index) const { return m_payloads[index]; }

    Vocabulary vocabulary;
    PhraseTrie trie;
    std::vector<bool> abbreviations;
    std::vector<std::uint8_t> word_classes;
    std::vector<Rule> rules;
    std::vector<std::vector<std::uint32_t>> rules_by_word;   ///< word to rule * 16 + program
    std::vector<std::vector<std::uint32_t>> rules_by_list;
    std::vector<std::vector<std::uint32_t>> rules_by_chunk;  ///< chunk type to rule * 16 + program
    std::size_t list_count = 1;

private:
    struct RawRule;
    std::map<std::string, std::vector<std::string>, std::less<>> m_raw_lists;
    std::map<std::string, std::uint32_t, std::less<>> m_list_numbers;
    std::vector<std::string> m_payloads;
    std::map<std::string, std::string, std::less<>> m_raw_rules;  ///< id to JSON text of the rule
    std::map<std::string, std::string, std::less<>> m_macros;
    std::vector<std::string> m_order;
    std::map<std::string, std::string, std::less<>> m_origins;
};

}  // namespace liaison::article
