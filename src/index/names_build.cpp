#include "index/names_layout.hpp"
#include "liaison/base/error.hpp"
#include "liaison/index/name_kind.hpp"
#include "liaison/name/join.hpp"
#include "liaison/name/weight.hpp"

#include <fmt/core.h>

#include <bit>
#include <cstring>
#include <map>
#include <set>
#include <unordered_map>

namespace liaison::index {

namespace {

constexpr std::size_t most = 0xFFFFFE;  // ids take 24 bits
// The lists concentrate what they are about ("Wagner", "Haqqani"): their frequencies count a third.
constexpr double list_share = 0.3;
constexpr double least_entities = 20'000;

class Pool {
public:
    std::uint32_t add(std::string_view text) {
        if (text.size() > 0xFFFF) text = text.substr(0, 0xFFFF);
        const auto [at, added] = m_offsets.try_emplace(std::string(text), 0);
        if (added) {
            if (m_bytes.size() > 0xF0000000U) throw base::StoreError("the names are larger than an index can hold (4 GB of text)");
            at->second = static_cast<std::uint32_t>(m_bytes.size());
            const auto size = static_cast<std::uint16_t>(text.size());
            m_bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
            m_bytes += text;
        }
        return at->second;
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    std::unordered_map<std::string, std::uint32_t> m_offsets;
    std::string m_bytes;
};

std::string identity(const name::Token& token) {
    std::string out = token.text;
    out += '\0';
    out += static_cast<char>(token.token_class);
    out += token.promoted ? '1' : '0';
    out += static_cast<char>(token.script);
    out += token.latin;
    for (const name::GroupKey group : token.groups) out.append(reinterpret_cast<const char*>(&group), sizeof group);
    return out;
}

class Builder {
public:
    std::string build(std::span<const NamedEntity> entities) {
        for (const NamedEntity& entity : entities) add(entity);
        weigh();
        add_postings();
        file_tokens();
        std::sort(m_joins.begin(), m_joins.end(), [](const auto& one, const auto& other) {
            return std::tie(one.key, one.name, one.first) < std::tie(other.key, other.name, other.first);
        });
        std::sort(m_identifiers.begin(), m_identifiers.end());
        // The neighbours of the lists' own tokens are looked for once, here, with the tables just made.
        const std::string draft = bytes();
        const NamesView view(draft);
        std::vector<TokenId> found;
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            auto& record = m_tokens[i];
            if (!name::carries_name(static_cast<name::TokenClass>(record.token_class))) continue;
            found.clear();
            view.alike(m_vocabulary[i], found);
            std::sort(found.begin(), found.end());
            record.first_neighbour = static_cast<std::uint32_t>(m_neighbours.size());
            record.neighbour_count = static_cast<std::uint32_t>(found.size());
            m_neighbours.insert(m_neighbours.end(), found.begin(), found.end());
        }
        return bytes();
    }

private:
    void add(const NamedEntity& entity) {
        NamesView::EntityRecord record{};
        record.ordinal = entity.ordinal;
        record.schema = entity.schema->index;
        record.listed = entity.listed ? 1 : 0;
        record.first_name = static_cast<std::uint32_t>(m_names.size());
        std::set<std::pair<std::string, std::uint8_t>> seen;
        std::set<std::string> words;
        // The strongest kind of a text that stands twice is the one that counts: names come first.
        for (const NameKind kind : {NameKind::name, NameKind::alias, NameKind::previous, NameKind::weak})
            for (const NamedEntity::Text& text : entity.names) {
                if (text.kind != kind) continue;
                for (const name::Kind reading : name_kinds(entity.schema)) add_name(text, reading, seen, words);
            }
        for (const std::string& word : words) ++m_bearers[word];
        record.name_count = static_cast<std::uint32_t>(m_names.size()) - record.first_name;
        record.first_fact = static_cast<std::uint32_t>(m_facts.size());
        for (const NamedEntity::Value& value : entity.facts) {
            if (m_facts.size() - record.first_fact == 0xFFFF) break;
            add_fact(value, static_cast<std::uint32_t>(m_entities.size()));
        }
        record.fact_count = static_cast<std::uint16_t>(m_facts.size() - record.first_fact);
        m_entities.push_back(record);
    }

    void add_name(const NamedEntity::Text& text, name::Kind reading, std::set<std::pair<std::string, std::uint8_t>>& seen,
                  std::set<std::string>& words) {
        const name::Name read = name::tokenise(text.text, reading);
        if (read.tokens.empty()) return;
        std::string key;
        std::size_t carriers = 0;
        std::size_t initials = 0;
        for (const name::Token& token : read.tokens) {
            key += token.text + ' ';
            carriers += name::carries_name(token.token_class) ? 1 : 0;
            initials += token.token_class == name::TokenClass::initial ? 1 : 0;
        }
        if (!seen.emplace(key, static_cast<std::uint8_t>(reading)).second) return;
        NamesView::NameRecord record{};
        record.entity = static_cast<std::uint32_t>(m_entities.size());
        record.text = m_pool.add(text.text);
        record.first_token = static_cast<std::uint32_t>(m_sequence.size());
        record.token_count = static_cast<std::uint8_t>(read.tokens.size());
        record.kind = static_cast<std::uint8_t>(text.kind);
        record.shape = Shape::of(reading, carriers, initials);
        if (m_names.size() >= most) throw base::StoreError(fmt::format("more than {} names in one index", most));
        const auto position = static_cast<std::uint32_t>(m_names.size());
        for (const name::Token& token : read.tokens) {
            m_sequence.push_back(token_id(token));
            words.insert(token.text);
        }
        m_names.push_back(record);
        add_joins(read, reading, position);
    }

    TokenId token_id(const name::Token& token) {
        const auto [at, added] = m_ids.try_emplace(identity(token), static_cast<TokenId>(m_tokens.size()));
        if (added) {
            if (m_tokens.size() >= most) throw base::StoreError(fmt::format("more than {} different words in one index", most));
            NamesView::TokenRecord record{};
            record.text = m_pool.add(token.text);
            record.latin = m_pool.add(token.latin);
            record.key = m_pool.add(token.key);
            record.value = m_pool.add(token.value);
            record.first_group = static_cast<std::uint32_t>(m_groups.size());
            record.group_count = static_cast<std::uint8_t>(std::min<std::size_t>(token.groups.size(), 255));
            m_groups.insert(m_groups.end(), token.groups.begin(), token.groups.begin() + record.group_count);
            record.token_class = static_cast<std::uint8_t>(token.token_class);
            record.script = static_cast<std::uint8_t>(token.script);
            record.promoted = token.promoted ? 1 : 0;
            m_tokens.push_back(record);
            m_vocabulary.push_back(token);
        }
        return at->second;
    }

    void add_joins(const name::Name& read, name::Kind reading, std::uint32_t position) {
        name::visit_joins(read.tokens, [&](const name::JoinedWord& join) {
            const auto first = static_cast<std::uint32_t>(salted(join.first, KeySalt::key));
            m_joins.push_back({static_cast<std::uint32_t>(salted(join.key, KeySalt::key)), first, position});
            for (const name::GroupKey group : name::groups_of_joined(join.key))
                m_joins.push_back({static_cast<std::uint32_t>(salted(group, KeySalt::group)), first, position});
        });
        if (reading == name::Kind::person) return;
        const std::string letters = name::acronym_of(read.tokens);
        if (!letters.empty()) m_joins.push_back({static_cast<std::uint32_t>(salted(letters, KeySalt::acronym)), 0, position});
    }

    void add_fact(const NamedEntity::Value& value, std::uint32_t entity) {
        Fact fact;
        fact.kind = value.kind;
        fact.text = m_pool.add(value.text);
        if (value.date) {
            fact.approximate = value.date->approximate ? 1 : 0;
            fact.first = value.date->days().first;
            fact.span = static_cast<std::uint16_t>(std::clamp(value.date->days().last - value.date->days().first, 0, 0xFFFF));
        }
        m_facts.push_back(fact);
        if (value.kind == FactKind::identifier) {
            const std::string key = identifier_key(value.text);
            if (key.size() >= 4) add_identifier(key, entity);
        } else if (value.kind == FactKind::wallet) {
            add_identifier(wallet_key(value.text), entity);
        }
    }

    void add_identifier(std::string_view key, std::uint32_t entity) {
        m_identifiers.push_back(base::hash64(key) >> 32 << 32 | entity);
    }

    void weigh() {
        const double entities = std::max(least_entities, static_cast<double>(m_entities.size()));
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            const auto found = m_bearers.find(m_vocabulary[i].text);
            const double bearers = found == m_bearers.end() ? 0 : found->second;
            const double frequency = std::max(0.0, bearers - 2) * list_share * 100'000 / entities;
            m_tokens[i].weight = static_cast<float>(
                name::token_weight(m_vocabulary[i], std::max(frequency, name::prior_frequency(m_vocabulary[i]))));
        }
    }

    void add_postings() {
        std::vector<std::vector<Posting>> lists(m_tokens.size());
        std::vector<TokenId> carriers;
        for (std::uint32_t position = 0; position < m_names.size(); ++position) {
            const auto& record = m_names[position];
            carriers.clear();
            for (std::uint32_t i = 0; i < record.token_count; ++i) {
                const TokenId token = m_sequence[record.first_token + i];
                if (name::carries_name(static_cast<name::TokenClass>(m_tokens[token].token_class))) carriers.push_back(token);
            }
            for (std::size_t i = 0; i < carriers.size(); ++i) {
                if (std::find(carriers.begin(), carriers.begin() + static_cast<std::ptrdiff_t>(i), carriers[i]) !=
                    carriers.begin() + static_cast<std::ptrdiff_t>(i)) continue;
                TokenId others[3] = {no_token, no_token, no_token};
                std::size_t count = 0;
                for (std::size_t k = 0; k < carriers.size() && count < 3; ++k)
                    if (k != i) others[count++] = carriers[k];
                lists[carriers[i]].push_back({position, {others[0], others[1]}, std::uint32_t{record.shape.bits} << 24 | others[2]});
            }
        }
        for (std::size_t i = 0; i < lists.size(); ++i) {
            std::sort(lists[i].begin(), lists[i].end(), [](const Posting& one, const Posting& other) {
                return one.shape().bits != other.shape().bits ? one.shape().bits < other.shape().bits : one.name < other.name;
            });
            m_tokens[i].first_posting = static_cast<std::uint32_t>(m_postings.size());
            m_tokens[i].posting_count = static_cast<std::uint32_t>(lists[i].size());
            m_postings.insert(m_postings.end(), lists[i].begin(), lists[i].end());
        }
    }

    void file_tokens() {
        std::vector<std::pair<std::uint64_t, TokenId>> entries;
        std::vector<std::uint64_t> hashes;
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            if (!name::carries_name(static_cast<name::TokenClass>(m_tokens[i].token_class))) continue;
            hashes.clear();
            visit_keys(name::view_of(m_vocabulary[i]), m_vocabulary[i].promoted, [&](std::uint64_t hash) { hashes.push_back(hash); });
            std::sort(hashes.begin(), hashes.end());
            hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
            for (const std::uint64_t hash : hashes) entries.emplace_back(hash, static_cast<TokenId>(i));
        }
        const std::size_t buckets = std::bit_floor(std::max<std::size_t>(entries.size() / 3, 64));
        m_bucket_starts.assign(buckets + 1, 0);
        for (const auto& [hash, token] : entries) ++m_bucket_starts[(hash & (buckets - 1)) + 1];
        for (std::size_t i = 0; i < buckets; ++i) m_bucket_starts[i + 1] += m_bucket_starts[i];
        m_bucket_entries.resize(entries.size());
        std::vector<std::uint32_t> next(m_bucket_starts.begin(), m_bucket_starts.end() - 1);
        for (const auto& [hash, token] : entries) m_bucket_entries[next[hash & (buckets - 1)]++] = token << 8 | fingerprint_of(hash);
    }

    [[nodiscard]] std::string bytes() const {
        NamesView::Header header{names_magic, m_entities.size(), m_names.size(), m_tokens.size(), m_sequence.size(), m_postings.size(),
                                 m_neighbours.size(), m_groups.size(), m_bucket_starts.size(), m_bucket_entries.size(), m_joins.size(),
                                 m_identifiers.size(), m_facts.size(), m_pool.bytes().size()};
        std::string out(reinterpret_cast<const char*>(&header), sizeof header);
        const auto put = [&out](const auto& items) {
            if (!items.empty()) out.append(reinterpret_cast<const char*>(items.data()), items.size() * sizeof items[0]);
            out.resize((out.size() + 7) / 8 * 8);
        };
        put(m_entities);
        put(m_names);
        put(m_tokens);
        put(m_sequence);
        put(m_postings);
        put(m_neighbours);
        put(m_groups);
        put(m_bucket_starts);
        put(m_bucket_entries);
        put(m_joins);
        put(m_identifiers);
        put(m_facts);
        put(m_pool.bytes());
        return out;
    }

    Pool m_pool;
    std::vector<NamesView::EntityRecord> m_entities;
    std::vector<NamesView::NameRecord> m_names;
    std::vector<NamesView::TokenRecord> m_tokens;
    std::vector<name::Token> m_vocabulary;
    std::unordered_map<std::string, TokenId> m_ids;
    std::unordered_map<std::string, std::uint32_t> m_bearers;
    std::vector<TokenId> m_sequence;
    std::vector<Posting> m_postings;
    std::vector<TokenId> m_neighbours;
    std::vector<name::GroupKey> m_groups;
    std::vector<std::uint32_t> m_bucket_starts;
    std::vector<std::uint32_t> m_bucket_entries;
    std::vector<NamesView::JoinRecord> m_joins;
    std::vector<std::uint64_t> m_identifiers;
    std::vector<Fact> m_facts;
};

}  // namespace

Shape Shape::of(name::Kind kind, std::size_t carriers, std::size_t initials) {
    return {static_cast<std::uint8_t>(static_cast<std::size_t>(kind) << 6 | std::min<std::size_t>(carriers, 15) << 2 |
                                      std::min<std::size_t>(initials, 3))};
}

std::string build_names(std::span<const NamedEntity> entities) { return Builder().build(entities); }

}  // namespace liaison::index
