#pragma once
// The tokens section: folded words of names to entities, for `search` (words and prefixes; fuzzy matching is match's).

#include "liaison/index/entities.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::index {

[[nodiscard]] std::string build_tokens(const EntitiesView& entities);

/// Folded words of a text, as the section holds them.
[[nodiscard]] std::vector<std::string> search_words(std::string_view text);

struct TokenHit {
    Ordinal entity;
    double score;  ///< 0..1
};

class TokensView {
public:
    TokensView() = default;
    explicit TokensView(std::string_view section);  ///< throws StoreError when the sizes do not fit

    /// Entities with all words of the query in their names (the last word may be a prefix; when nothing has them all,
    /// those with most). Ordered by score, then ordinal; `total` is how many there are.
    struct Result {
        std::vector<TokenHit> hits;
        std::size_t total = 0;
    };
    [[nodiscard]] Result search(std::string_view query, std::size_t limit) const;

    struct Header;  ///< layout of the file, known to the builder only
    struct Word;
    struct Posting;

private:
    [[nodiscard]] std::string_view word(std::uint32_t index) const;
    const Header* m_header = nullptr;
    const Word* m_words = nullptr;
    const Posting* m_postings = nullptr;
    const char* m_pool = nullptr;
};

}  // namespace liaison::index
