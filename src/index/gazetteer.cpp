// Finding 150,000 names in text at memory speed.
//
// Problem: news text is scanned once a document against all names; a character automaton over them is large and matches
// inside words. Choice: tokens are hashed while they are scanned; a bit filter says whether a token begins any name at all
// (most do not), and only then the trie is walked, one probe of an open-addressing table a token. A hit is confirmed by
// comparing the normalised letters, so a collision of hashes cannot invent a name. Cost: one multiplication a byte.
// Known failure: languages written without spaces.

#include "liaison/index/gazetteer.hpp"

#include "liaison/base/error.hpp"
#include "liaison/name/fold.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>

namespace liaison::index {

struct GazetteerView::Header {
    std::uint32_t names;
    std::uint32_t nodes;
    std::uint32_t edge_slots;    ///< power of two
    std::uint32_t filter_words;  ///< power of two
    std::uint32_t entities;
    std::uint32_t pool;
};
struct GazetteerView::Edge {
    std::uint64_t key;  ///< 0 = empty
    std::uint32_t node;
    std::uint32_t unused;
};
struct GazetteerView::Name {
    std::uint32_t text;      ///< normalised, zero-terminated, in the pool
    std::uint32_t schema;
    std::uint32_t entities;  ///< first in the list
    std::uint32_t count : 31;
    std::uint32_t weak : 1;
};

namespace {

constexpr std::size_t max_tokens = 16;

std::uint64_t mix(std::uint64_t value) {
    value ^= value >> 32U;
    value *= 0xd6e8feb86659fd93ULL;
    value ^= value >> 32U;
    return value;
}

std::uint64_t hash_token(std::string_view token) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : token) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    return mix(hash);
}

std::uint64_t edge_key(std::uint32_t node, std::uint64_t token) {
    const std::uint64_t key = mix(token ^ (std::uint64_t{node} * 0x9e3779b97f4a7c15ULL));
    return key == 0 ? 1 : key;
}

/// What a byte is: 0 a separator, 1 a letter or digit of ASCII, 2 part of a longer character.
struct ByteClasses {
    unsigned char kind[256] = {};
    unsigned char lower[256] = {};
    ByteClasses() {
        for (int c = 0; c < 256; ++c) {
            const bool upper = c >= 'A' && c <= 'Z';
            kind[c] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || upper ? 1 : c >= 0x80 ? 2 : 0;
            lower[c] = static_cast<unsigned char>(upper ? c + 32 : c);
        }
    }
};
const ByteClasses classes;

/// Length of a separator made of several bytes: no-break space, guillemets, U+2000 to U+206F (dashes, quotes), or 0.
std::size_t wide_separator(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead == 0xC2 && at + 1 < text.size()) {
        return 2;  // U+0080..U+00BF: marks and spaces
    }
    if (lead == 0xE2 && at + 2 < text.size() && (static_cast<unsigned char>(text[at + 1]) == 0x80 || static_cast<unsigned char>(text[at + 1]) == 0x81)) {
        return 3;
    }
    return 0;
}

struct Scanned {
    std::uint32_t start;
    std::uint32_t end;
    std::uint64_t hash;
};

/// Reads the next token from `at`; false at the end.
bool next_token(std::string_view text, std::size_t& at, Scanned& token) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    const std::size_t size = text.size();
    while (at < size) {
        const unsigned char kind = classes.kind[bytes[at]];
        if (kind == 1) {
            break;
        }
        if (kind == 2) {
            const std::size_t separator = wide_separator(text, at);
            if (separator == 0) {
                break;
            }
            at += separator;
            continue;
        }
        ++at;
    }
    if (at >= size) {
        return false;
    }
    const std::size_t start = at;
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    bool plain = true;
    while (at < size) {
        const unsigned char kind = classes.kind[bytes[at]];
        if (kind == 1) {
            hash = (hash ^ classes.lower[bytes[at]]) * 0x100000001b3ULL;
            ++at;
        } else if (kind == 2 && wide_separator(text, at) == 0) {
            plain = false;
            ++at;
        } else {
            break;
        }
    }
    token.start = static_cast<std::uint32_t>(start);
    token.end = static_cast<std::uint32_t>(at);
    token.hash = plain ? mix(hash) : hash_token(name::fold(text.substr(start, at - start)));
    return true;
}

/// The tokens of a name, normalised, joined by a space.
std::string normal_form(std::string_view name, std::vector<std::uint64_t>& hashes) {
    std::string result;
    std::size_t at = 0;
    Scanned token{};
    while (next_token(name, at, token)) {
        const std::string folded = name::fold(name.substr(token.start, token.end - token.start));
        hashes.push_back(hash_token(folded));
        result += (result.empty() ? "" : " ") + folded;
    }
    return result;
}

void append(std::string& out, const void* data, std::size_t size) { out.append(static_cast<const char*>(data), size); }

}  // namespace

std::string build_gazetteer(const std::vector<GazetteerName>& names) {
    struct Entry {
        std::vector<std::uint64_t> hashes;
        std::vector<std::string_view> entities;
        std::string_view schema;
        bool mixed = false;
        bool weak = true;
    };
    std::map<std::string, Entry> entries;
    for (const GazetteerName& name : names) {
        std::vector<std::uint64_t> hashes;
        std::string form = normal_form(name.name, hashes);
        // A word of three letters or digits at least, counted in characters.
        std::size_t longest = 0;
        std::size_t length = 0;
        for (const char c : form) {
            length = c == ' ' ? 0 : length + ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0);
            longest = std::max(longest, length);
        }
        if (longest < 3 || hashes.size() > max_tokens) {
            continue;
        }
        Entry& entry = entries[std::move(form)];
        entry.mixed = entry.mixed || (!entry.entities.empty() && entry.schema != name.schema);
        entry.schema = name.schema;
        entry.weak = entry.weak && name.weak;
        entry.hashes = std::move(hashes);
        entry.entities.push_back(name.entity);
    }
    std::string pool(1, '\0');
    std::unordered_map<std::string_view, std::uint32_t> strings;
    const auto intern = [&](std::string_view text) {
        if (text.empty()) {
            return std::uint32_t{0};
        }
        const auto [slot, is_new] = strings.try_emplace(text, static_cast<std::uint32_t>(pool.size()));
        if (is_new) {
            pool.append(text);
            pool += '\0';
        }
        return slot->second;
    };
    std::vector<std::pair<std::uint64_t, std::uint32_t>> edges;
    std::unordered_map<std::uint64_t, std::uint32_t> children;
    std::vector<std::uint32_t> nodes(1, 0);
    std::vector<GazetteerView::Name> records;
    std::vector<std::uint32_t> lists;
    std::vector<std::uint64_t> firsts;
    for (auto& [form, entry] : entries) {
        std::uint32_t node = 0;
        firsts.push_back(entry.hashes.front());
        for (const std::uint64_t hash : entry.hashes) {
            const std::uint64_t key = edge_key(node, hash);
            const auto [child, is_new] = children.try_emplace(key, static_cast<std::uint32_t>(nodes.size()));
            if (is_new) {
                nodes.push_back(0);
                edges.emplace_back(key, child->second);
            }
            node = child->second;
        }
        GazetteerView::Name record{};
        record.text = intern(form);
        record.schema = entry.mixed ? 0 : intern(entry.schema);
        record.entities = static_cast<std::uint32_t>(lists.size());
        std::sort(entry.entities.begin(), entry.entities.end());
        entry.entities.erase(std::unique(entry.entities.begin(), entry.entities.end()), entry.entities.end());
        for (const std::string_view entity : entry.entities) {
            lists.push_back(intern(entity));
        }
        record.count = static_cast<std::uint32_t>(entry.entities.size()) & 0x7FFFFFFFU;
        record.weak = entry.weak ? 1 : 0;
        records.push_back(record);
        nodes[node] = static_cast<std::uint32_t>(records.size());
    }
    std::uint32_t slots = 16;
    while (slots < edges.size() * 2) {
        slots *= 2;
    }
    std::vector<GazetteerView::Edge> table(slots, {0, 0, 0});
    for (const auto& [key, node] : edges) {
        std::uint32_t at = static_cast<std::uint32_t>(key) & (slots - 1);
        while (table[at].key != 0) {
            at = (at + 1) & (slots - 1);
        }
        table[at] = {key, node, 0};
    }
    std::uint32_t words = 1024;
    while (words * 4 < records.size()) {
        words *= 2;
    }
    std::vector<std::uint64_t> filter(words, 0);
    for (const std::uint64_t hash : firsts) {
        filter[(hash >> 6U) & (words - 1)] |= std::uint64_t{1} << (hash & 63U);
    }
    GazetteerView::Header header{static_cast<std::uint32_t>(records.size()), static_cast<std::uint32_t>(nodes.size()), slots, words,
                                 static_cast<std::uint32_t>(lists.size()), static_cast<std::uint32_t>(pool.size())};
    std::string out;
    append(out, &header, sizeof(header));
    append(out, filter.data(), filter.size() * sizeof(std::uint64_t));
    append(out, table.data(), table.size() * sizeof(GazetteerView::Edge));
    append(out, records.data(), records.size() * sizeof(GazetteerView::Name));
    append(out, nodes.data(), nodes.size() * sizeof(std::uint32_t));
    append(out, lists.data(), lists.size() * sizeof(std::uint32_t));
    out += pool;
    return out;
}

std::string build_gazetteer(const EntitiesView& entities) {
    const model::Property strong[] = {model::property("name"), model::property("alias"), model::property("previousName")};
    const model::Property weak = model::property("weakAlias");
    std::vector<GazetteerName> names;
    for (Ordinal i = 0; i < entities.size(); ++i) {
        const model::Schema& schema = entities.schema(i);
        const bool person = schema.is_a("Person");
        if ((!schema.is_a("LegalEntity") && !schema.is_a("Vessel")) || entities.first(i, model::property("topics")) == "news") {
            continue;  // what only the news names must not become a known name by being read
        }
        for (const model::Property property : strong) {
            for (const std::string_view name : entities.all(i, property)) {
                names.push_back({name, entities.id(i), schema.name, person && name.find(' ') == std::string_view::npos});
            }
        }
        for (const std::string_view name : entities.all(i, weak)) {
            names.push_back({name, entities.id(i), schema.name, true});
        }
    }
    return build_gazetteer(names);
}

GazetteerView::GazetteerView(std::string_view section) {
    if (section.empty()) {
        return;
    }
    const auto damaged = [] { throw base::StoreError("the gazetteer section of the index is damaged", "run 'liaison refresh' to rebuild the index"); };
    if (section.size() < sizeof(Header)) {
        damaged();
    }
    const auto* header = reinterpret_cast<const Header*>(section.data());
    const auto power = [](std::uint32_t n) { return n != 0 && (n & (n - 1)) == 0; };
    const std::uint64_t filter_at = sizeof(Header);
    const std::uint64_t edges_at = filter_at + std::uint64_t{header->filter_words} * 8;
    const std::uint64_t names_at = edges_at + std::uint64_t{header->edge_slots} * sizeof(Edge);
    const std::uint64_t nodes_at = names_at + std::uint64_t{header->names} * sizeof(Name);
    const std::uint64_t entities_at = nodes_at + std::uint64_t{header->nodes} * 4;
    const std::uint64_t pool_at = entities_at + std::uint64_t{header->entities} * 4;
    if (!power(header->filter_words) || !power(header->edge_slots) || header->nodes == 0 || header->pool == 0 ||
        pool_at + header->pool != section.size() || section.back() != '\0') {
        damaged();
    }
    m_header = header;
    m_filter = reinterpret_cast<const std::uint64_t*>(section.data() + filter_at);
    m_edges = reinterpret_cast<const Edge*>(section.data() + edges_at);
    m_names = reinterpret_cast<const Name*>(section.data() + names_at);
    m_nodes = reinterpret_cast<const std::uint32_t*>(section.data() + nodes_at);
    m_entities = reinterpret_cast<const std::uint32_t*>(section.data() + entities_at);
    m_pool = section.data() + pool_at;
    for (std::uint32_t n = 0; n < header->names; ++n) {
        const Name& name = m_names[n];
        if (name.text >= header->pool || name.schema >= header->pool || std::uint64_t{name.entities} + name.count > header->entities) {
            damaged();
        }
    }
    for (std::uint32_t e = 0; e < header->entities; ++e) {
        if (m_entities[e] >= header->pool) {
            damaged();
        }
    }
}

std::uint32_t GazetteerView::size() const { return m_header == nullptr ? 0 : m_header->names; }

std::vector<article::NameHit> GazetteerView::find(std::string_view text) const {
    std::vector<article::NameHit> hits;
    if (m_header == nullptr) {
        return hits;
    }
    const std::uint32_t filter_mask = m_header->filter_words - 1;
    const std::uint32_t edge_mask = m_header->edge_slots - 1;
    std::size_t at = 0;
    Scanned token{};
    while (next_token(text, at, token)) {
        if ((m_filter[(token.hash >> 6U) & filter_mask] >> (token.hash & 63U) & 1U) == 0) {
            continue;
        }
        std::uint32_t node = 0;
        std::uint32_t best = 0;
        std::uint32_t best_end = 0;
        Scanned step = token;
        std::size_t ahead = at;
        for (std::size_t n = 0; n < max_tokens; ++n) {
            const std::uint64_t key = edge_key(node, step.hash);
            std::uint32_t slot = static_cast<std::uint32_t>(key) & edge_mask;
            std::uint32_t probes = 0;
            while (m_edges[slot].key != 0 && m_edges[slot].key != key && probes < m_header->edge_slots) {
                slot = (slot + 1) & edge_mask;
                ++probes;
            }
            if (m_edges[slot].key != key || m_edges[slot].node >= m_header->nodes) {
                break;
            }
            node = m_edges[slot].node;
            if (m_nodes[node] != 0 && m_nodes[node] <= m_header->names) {
                best = m_nodes[node];
                best_end = step.end;
            }
            // A line feed ends a name: paragraphs do not run on.
            const std::size_t before = ahead;
            if (!next_token(text, ahead, step) || std::memchr(text.data() + before, '\n', step.start - before) != nullptr) {
                break;
            }
        }
        if (best == 0) {
            continue;
        }
        const Name& name = m_names[best - 1];
        std::vector<std::uint64_t> unused;
        if (normal_form(text.substr(token.start, best_end - token.start), unused) != std::string_view(m_pool + name.text)) {
            continue;
        }
        article::NameHit hit;
        hit.start = token.start;
        hit.end = best_end;
        for (std::uint32_t e = 0; e < name.count; ++e) {
            hit.entities.emplace_back(m_pool + m_entities[name.entities + e]);
        }
        hit.schema = m_pool + name.schema;
        hit.weak = name.weak != 0;
        hits.push_back(std::move(hit));
        at = best_end;
    }
    return hits;
}

}  // namespace liaison::index
