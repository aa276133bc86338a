// Word search. A vocabulary of folded words, sorted, so that a prefix is a range; for each word the entities whose names
// hold it, with the length of the shortest such name and the kind of name.
//
// Score: for each query word its inverse document frequency, in full for the word itself, 0.85 for a longer word that it
// begins; the sum over the sum of all query words; then damped by how much of the name the query covers (a query "kim"
// is all of "Kim" and a third of "Kim Jong Un"), by alias (0.97) and weak alias (0.9). Entities that have every word
// come alone; only when there is none do those with the most words.

#include "liaison/index/tokens.hpp"

#include "liaison/name/fold.hpp"
#include "index/section_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <unordered_map>

namespace liaison::index {

struct TokensView::Header {
    std::uint32_t entities;
    std::uint32_t words;
    std::uint32_t postings;
    std::uint32_t pool;
};

struct TokensView::Word {
    std::uint32_t text;    ///< offset in the pool
    std::uint32_t length;
    std::uint32_t first;   ///< posting
};

struct TokensView::Posting {
    Ordinal entity;
    std::uint8_t name_words;  ///< of the shortest name with this word, at most 255
    std::uint8_t kind;        ///< 0 name, 1 alias or previous name, 2 weak alias
    std::uint16_t padding;
};

namespace {

constexpr std::size_t kMaxQueryWords = 16;
constexpr std::size_t kMinPrefix = 2;
constexpr double kPrefixWeight = 0.85;
constexpr double kKindWeight[] = {1.0, 0.97, 0.9};

bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// Apostrophes and dots inside a word vanish ("d.o.o." = "doo", "Cho'ng" = "chong"); all else that is no letter or digit
/// separates.
bool joins(std::string_view folded, std::size_t i) { return folded[i] == '\'' || folded[i] == '.' || folded[i] == '`'; }

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
    const std::string folded = name::fold(text);
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (is_word_byte(folded[i])) {
            word += folded[i];
        } else if (!joins(folded, i) && !word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

std::string build_tokens(const EntitiesView& entities) {
    struct NameProperty {
        model::Property property;
        std::uint8_t kind;
    };
    const NameProperty properties[] = {{model::property("name"), 0},         {model::property("alias"), 1},
                                       {model::property("previousName"), 1}, {model::property("weakAlias"), 2},
                                       {model::property("abbreviation"), 1}, {model::property("title"), 0}};
    std::unordered_map<std::string, std::vector<TokensView::Posting>> postings;
    for (Ordinal ordinal = 0; ordinal < entities.size(); ++ordinal) {
        const model::Schema& schema = entities.schema(ordinal);
        if (schema.edge || !schema.is_a("Thing")) {
            continue;
        }
        for (const ValueRecord& value : entities.values(ordinal)) {
            const auto* match = std::find_if(std::begin(properties), std::end(properties), [&](const NameProperty& p) {
                return static_cast<std::uint16_t>(p.property) == value.property;
            });
            // Only documents are found by title; a person's title is no name.
            if (match == std::end(properties) ||
                (match->property == properties[5].property && !schema.is_a("Document"))) {
                continue;
            }
            const auto words = search_words(entities.text(value));
            const auto count = static_cast<std::uint8_t>(std::min<std::size_t>(words.size(), 255));
            for (const std::string& word : words) {
                auto& list = postings[word];
                if (list.empty() || list.back().entity != ordinal) {
                    list.push_back({ordinal, count, match->kind, 0});
                } else {
                    list.back().name_words = std::min(list.back().name_words, count);
                    list.back().kind = std::min(list.back().kind, match->kind);
                }
            }
        }
    }
    std::vector<const std::string*> order;
    order.reserve(postings.size());
    for (const auto& [word, list] : postings) {
        order.push_back(&word);
    }
    std::sort(order.begin(), order.end(), [](const auto* one, const auto* other) { return *one < *other; });
    std::vector<TokensView::Word> words;
    std::vector<TokensView::Posting> all;
    std::string pool;
    for (const std::string* word : order) {
        words.push_back({static_cast<std::uint32_t>(pool.size()), static_cast<std::uint32_t>(word->size()),
                         static_cast<std::uint32_t>(all.size())});
        pool += *word;
        const auto& list = postings.find(*word)->second;
        all.insert(all.end(), list.begin(), list.end());
    }
    words.push_back({0, 0, static_cast<std::uint32_t>(all.size())});
    const TokensView::Header header{entities.size(), static_cast<std::uint32_t>(order.size()),
                                    static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(pool.size())};
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
    bytes.append(reinterpret_cast<const char*>(words.data()), words.size() * sizeof words[0]);
    bytes.append(reinterpret_cast<const char*>(all.data()), all.size() * sizeof(TokensView::Posting));
    bytes += pool;
    return bytes;
}

TokensView::TokensView(std::string_view section) {
    SectionReader reader(section, "tokens");
    m_header = reader.header<Header>();
    m_words = reader.take<Word>(std::uint64_t{m_header->words} + 1);
    m_postings = reader.take<Posting>(m_header->postings);
    m_pool = reader.take<char>(m_header->pool);
    reader.finish();
}

std::string_view TokensView::word(std::uint32_t index) const {
    return {m_pool + m_words[index].text, m_words[index].length};
}

TokensView::Result TokensView::search(std::string_view query, std::size_t limit) const {
    Result result;
    std::vector<std::string> words = search_words(query);
    words.resize(std::min(words.size(), kMaxQueryWords));
    if (m_header == nullptr || words.empty()) {
        return result;
    }
    struct Found {
        double score = 0;
        std::uint16_t words = 0;
        std::uint8_t name_words = 255;
        std::uint8_t kind = 0;
    };
    std::unordered_map<Ordinal, Found> found;
    double total_weight = 0;
    for (const std::string& query_word : words) {
        std::uint32_t begin = 0;
        std::uint32_t end = m_header->words;
        while (begin < end) {
            const std::uint32_t middle = begin + (end - begin) / 2;
            if (word(middle) < query_word) {
                begin = middle + 1;
            } else {
                end = middle;
            }
        }
        struct Best {
            double weight;
            const Posting* posting;
        };
        std::unordered_map<Ordinal, Best> best;
        std::uint32_t exact_count = 0;
        for (std::uint32_t i = begin; i < m_header->words && word(i).substr(0, query_word.size()) == query_word; ++i) {
            const bool exact = word(i).size() == query_word.size();
            if (!exact && query_word.size() < kMinPrefix) {
                break;
            }
            for (std::uint32_t p = m_words[i].first; p < m_words[i + 1].first; ++p) {
                const Posting& posting = m_postings[p];
                best.try_emplace(posting.entity, Best{exact ? 1.0 : kPrefixWeight, &posting});
            }
            if (exact) {
                exact_count = m_words[i + 1].first - m_words[i].first;
            }
        }
        const double frequency = std::max<double>(1, exact_count > 0 ? exact_count : static_cast<double>(best.size()));
        const double weight = std::log(1 + (m_header->entities + 1) / frequency);
        total_weight += weight;
        for (const auto& [entity, hit] : best) {
            Found& entry = found[entity];
            entry.score += weight * hit.weight;
            ++entry.words;
            entry.name_words = std::min(entry.name_words, hit.posting->name_words);
            entry.kind = std::max(entry.kind, hit.posting->kind);
        }
    }
    std::uint16_t most = 0;
    for (const auto& [entity, entry] : found) {
        most = std::max(most, entry.words);
    }
    for (const auto& [entity, entry] : found) {
        if (entry.words < most) {
            continue;
        }
        const double coverage = std::min(1.0, static_cast<double>(words.size()) / entry.name_words);
        result.hits.push_back(
            {entity, entry.score / total_weight * (0.5 + 0.5 * coverage) * kKindWeight[entry.kind]});
    }
    result.total = result.hits.size();
    const auto better = [](const TokenHit& one, const TokenHit& other) {
        return one.score != other.score ? one.score > other.score : one.entity < other.entity;
    };
    const std::size_t kept = std::min(limit, result.hits.size());
    std::partial_sort(result.hits.begin(), result.hits.begin() + static_cast<std::ptrdiff_t>(kept), result.hits.end(),
                      better);
    result.hits.resize(kept);
    return result;
}

}  // namespace liaison::index
