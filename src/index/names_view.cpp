// Finding the tokens like a token, completely.
//
// Problem. similarity() is above 0 for equal texts, equal folded keys, shared groups and spellings within a fixed number
// of edits. The first three are hash lookups. Edits need a neighbourhood.
// Choice. Deletion neighbourhoods (Mor and Fraenkel 1982; SymSpell): if two words are within k edits, deleting at most k
// letters from each gives one common word, because each insertion, deletion, substitution or swap is undone by deleting at
// most one letter on either side. The same holds for their first 7 letters: take an optimal alignment; a letter of one
// prefix is unmatched when it is edited itself or when its partner lies beyond the other prefix, and the second happens
// at most as often as the alignment has shifted, that is once for each insertion before it; so a prefix has at most k
// unmatched letters, and deleting them leaves the matched pairs on both sides. Hence 29 keys at most a word, instead of
// (n choose 2). Words of 3-5 letters have radius 1 and longer ones 2; both words of a pair have at least the radius of the
// shorter one. Everything found is verified by similarity() itself, so extra survivors of the hash cost time only.
// Alternatives measured by others and in reference/matching-experiments.md: a scan of the vocabulary with letter
// signatures (14 times slower), bigram lists with a count filter (30 times).
// Cost: about 5 us for a word that the lists do not hold; for those they hold the neighbours are stored.
// Known failure: none; a test compares with a scan of the vocabulary.

#include "index/names_layout.hpp"
#include "liaison/base/error.hpp"
#include "liaison/name/weight.hpp"

#include <cstring>

namespace liaison::index {

NamesView::NamesView(std::string_view section) {
    if (section.empty()) return;
    const auto broken = [] {
        return base::StoreError("the names section of the index is damaged", "delete the index file; the next refresh or query builds it again");
    };
    if (section.size() < sizeof(Header) || reinterpret_cast<std::uintptr_t>(section.data()) % 8 != 0) throw broken();
    m_header = reinterpret_cast<const Header*>(section.data());
    if (m_header->magic != names_magic) throw broken();
    std::size_t at = sizeof(Header);
    const auto take = [&]<typename Item>(std::span<const Item>& items, std::uint64_t count) {
        if (count > section.size() / sizeof(Item) || at + count * sizeof(Item) > section.size()) throw broken();
        items = {reinterpret_cast<const Item*>(section.data() + at), static_cast<std::size_t>(count)};
        at = (at + count * sizeof(Item) + 7) / 8 * 8;
    };
    take(m_entities, m_header->entities);
    take(m_names, m_header->names);
    take(m_tokens, m_header->tokens);
    take(m_sequence, m_header->sequence);
    take(m_postings, m_header->postings);
    take(m_neighbours, m_header->neighbours);
    take(m_groups, m_header->groups);
    take(m_bucket_starts, m_header->buckets);
    take(m_bucket_entries, m_header->bucket_entries);
    take(m_joins, m_header->joins);
    take(m_identifiers, m_header->identifiers);
    take(m_facts, m_header->facts);
    std::span<const char> pool;
    take(pool, m_header->pool);
    m_pool = {pool.data(), pool.size()};
}

std::vector<std::pair<std::string, std::size_t>> NamesView::parts() const {
    return {{"entities", m_entities.size_bytes()}, {"names", m_names.size_bytes()},       {"tokens", m_tokens.size_bytes()},
            {"sequence", m_sequence.size_bytes()}, {"postings", m_postings.size_bytes()}, {"neighbours", m_neighbours.size_bytes()},
            {"groups", m_groups.size_bytes()},     {"buckets", m_bucket_starts.size_bytes() + m_bucket_entries.size_bytes()},
            {"joins", m_joins.size_bytes()},       {"identifiers", m_identifiers.size_bytes()},
            {"facts", m_facts.size_bytes()},       {"text", m_pool.size()}};
}

std::string_view NamesView::text(std::uint32_t offset) const {
    if (std::size_t{offset} + 2 > m_pool.size()) return {};
    std::uint16_t size = 0;
    std::memcpy(&size, m_pool.data() + offset, sizeof size);
    return m_pool.substr(offset + 2, size);
}

std::span<const TokenId> NamesView::tokens_of(const NameRecord& name) const { return m_sequence.subspan(name.first_token, name.token_count); }

std::span<const Posting> NamesView::postings(TokenId token) const {
    return m_postings.subspan(m_tokens[token].first_posting, m_tokens[token].posting_count);
}

name::TokenView NamesView::token_view(TokenId token) const {
    const TokenRecord& record = m_tokens[token];
    return {text(record.text), text(record.latin), text(record.key), m_groups.data() + record.first_group, record.group_count,
            static_cast<name::Script>(record.script)};
}

std::span<const Fact> NamesView::facts(const EntityRecord& entity) const { return m_facts.subspan(entity.first_fact, entity.fact_count); }

std::optional<std::uint32_t> NamesView::entity_of(Ordinal ordinal) const {
    const auto found = std::lower_bound(m_entities.begin(), m_entities.end(), ordinal,
                                        [](const EntityRecord& record, Ordinal wanted) { return record.ordinal < wanted; });
    if (found == m_entities.end() || found->ordinal != ordinal) return std::nullopt;
    return static_cast<std::uint32_t>(found - m_entities.begin());
}

template <typename Visit>
void NamesView::visit_bucket(std::uint64_t hash, Visit visit) const {
    if (m_bucket_starts.size() < 2) return;
    const std::size_t bucket = hash & (m_bucket_starts.size() - 2);
    const std::uint32_t fingerprint = fingerprint_of(hash);
    for (std::uint32_t i = m_bucket_starts[bucket]; i < m_bucket_starts[bucket + 1]; ++i)
        if ((m_bucket_entries[i] & 0xFF) == fingerprint) visit(m_bucket_entries[i] >> 8);
}

std::optional<TokenId> NamesView::find_same(const name::Token& token) const {
    if (m_neighbours.empty()) return std::nullopt;
    std::optional<TokenId> same;
    visit_bucket(salted(token.text, KeySalt::text), [&](TokenId candidate) {
        const TokenRecord& record = m_tokens[candidate];
        if (same || record.promoted != (token.promoted ? 1 : 0) || record.script != static_cast<std::uint8_t>(token.script)) return;
        const name::TokenView view = token_view(candidate);
        if (view.text == token.text && view.latin == token.latin && view.key == token.key && view.group_count == token.groups.size() &&
            std::equal(token.groups.begin(), token.groups.end(), view.groups))
            same = candidate;
    });
    return same;
}

void NamesView::alike(const name::Token& token, std::vector<TokenId>& out) const {
    if (const auto same = find_same(token)) {
        const TokenRecord& record = m_tokens[*same];
        const auto stored = m_neighbours.subspan(record.first_neighbour, record.neighbour_count);
        out.insert(out.end(), stored.begin(), stored.end());
        return;
    }
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    const name::TokenView view = name::view_of(token);
    visit_keys(view, token.promoted, [&](std::uint64_t hash) { visit_bucket(hash, [&](TokenId candidate) { out.push_back(candidate); }); });
    std::sort(out.begin() + begin, out.end());
    out.erase(std::unique(out.begin() + begin, out.end()), out.end());
    if (token.promoted) return;  // promoted tokens are compared by text and value: every survivor is a candidate
    out.erase(std::remove_if(out.begin() + begin, out.end(),
                             [&](TokenId candidate) {
                                 if (m_tokens[candidate].promoted != 0) return text(m_tokens[candidate].text) != token.text;
                                 return name::similarity(view, token_view(candidate)).value <= 0;
                             }),
              out.end());
}

void NamesView::joined_tokens(std::string_view key, std::vector<TokenId>& out) const {
    visit_bucket(salted(key, KeySalt::key), [&](TokenId candidate) {
        if (text(m_tokens[candidate].key) == key && m_tokens[candidate].promoted == 0) out.push_back(candidate);
    });
    for (const name::GroupKey group : name::groups_of_joined(key))
        visit_bucket(salted(group, KeySalt::group), [&](TokenId candidate) {
            const name::TokenView view = token_view(candidate);
            if (m_tokens[candidate].promoted == 0 && std::find(view.groups, view.groups + view.group_count, group) != view.groups + view.group_count)
                out.push_back(candidate);
        });
}

void NamesView::written(std::string_view wanted, std::vector<TokenId>& out) const {
    visit_bucket(salted(wanted, KeySalt::text), [&](TokenId candidate) {
        if (text(m_tokens[candidate].text) == wanted) out.push_back(candidate);
    });
}

namespace {

template <typename Visit>
void visit_joins_with(std::span<const NamesView::JoinRecord> joins, std::uint32_t key, Visit visit) {
    auto at = std::lower_bound(joins.begin(), joins.end(), key, [](const NamesView::JoinRecord& record, std::uint32_t wanted) { return record.key < wanted; });
    for (; at != joins.end() && at->key == key; ++at) visit(*at);
}

}  // namespace

void NamesView::joined_names(std::string_view key, std::string_view first, std::vector<std::uint32_t>& out) const {
    const auto split = static_cast<std::uint32_t>(salted(first, KeySalt::key));
    visit_joins_with(m_joins, static_cast<std::uint32_t>(salted(key, KeySalt::key)), [&](const JoinRecord& record) {
        if (first.empty() || record.first != split) out.push_back(record.name);
    });
}

void NamesView::joined_names(name::GroupKey group, std::vector<std::uint32_t>& out) const {
    visit_joins_with(m_joins, static_cast<std::uint32_t>(salted(group, KeySalt::group)), [&](const JoinRecord& record) { out.push_back(record.name); });
}

void NamesView::acronym_names(std::string_view letters, std::vector<std::uint32_t>& out) const {
    visit_joins_with(m_joins, static_cast<std::uint32_t>(salted(letters, KeySalt::acronym)), [&](const JoinRecord& record) { out.push_back(record.name); });
}

void NamesView::with_identifier(std::string_view key, std::vector<std::uint32_t>& out) const {
    const std::uint64_t hash = base::hash64(key) >> 32 << 32;
    for (auto at = std::lower_bound(m_identifiers.begin(), m_identifiers.end(), hash); at != m_identifiers.end() && *at >> 32 == hash >> 32; ++at)
        out.push_back(static_cast<std::uint32_t>(*at));
}

double NamesView::weight_of(const name::Token& token) const {
    double weight = -1;
    visit_bucket(salted(token.text, KeySalt::text), [&](TokenId candidate) {
        const TokenRecord& record = m_tokens[candidate];
        if (record.token_class == static_cast<std::uint8_t>(token.token_class) && record.promoted == (token.promoted ? 1 : 0) &&
            text(record.text) == token.text)
            weight = static_cast<double>(record.weight);
    });
    return weight >= 0 ? weight : name::token_weight(token, name::prior_frequency(token));
}

}  // namespace liaison::index
