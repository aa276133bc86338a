#include "liaison/index/identifiers.hpp"

#include "liaison/identifier/reading.hpp"
#include "index/section_reader.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace liaison::index {

struct IdentifiersView::Header {
    std::uint32_t keys;
    std::uint32_t postings;
    std::uint64_t pool;
};

struct IdentifiersView::Key {
    std::uint32_t text;    ///< offset in the pool
    std::uint32_t length;
    std::uint32_t first;   ///< posting
};

struct IdentifiersView::Posting {
    Ordinal entity;
    std::uint32_t property;
};

std::string build_identifiers(const EntitiesView& entities) {
    std::vector<std::optional<identifier::Kind>> kinds(model::property_count());
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        kinds[i] = identifier::kind_of_property(model::to_string(static_cast<model::Property>(i)));
    }
    struct Entry {
        std::string key;
        IdentifiersView::Posting posting;
    };
    std::vector<Entry> entries;
    for (Ordinal ordinal = 0; ordinal < entities.size(); ++ordinal) {
        for (const ValueRecord& value : entities.values(ordinal)) {
            if (const auto kind = kinds[value.property]) {
                for (std::string& key : identifier::identifier_keys(*kind, entities.text(value))) {
                    entries.push_back({std::move(key), {ordinal, value.property}});
                }
            }
        }
    }
    const auto order = [](const Entry& entry) { return std::tie(entry.key, entry.posting.entity, entry.posting.property); };
    std::sort(entries.begin(), entries.end(), [&](const Entry& one, const Entry& other) { return order(one) < order(other); });
    std::vector<IdentifiersView::Key> keys;
    std::vector<IdentifiersView::Posting> postings;
    std::string pool;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i == 0 || entries[i].key != entries[i - 1].key) {
            keys.push_back({static_cast<std::uint32_t>(pool.size()), static_cast<std::uint32_t>(entries[i].key.size()),
                            static_cast<std::uint32_t>(postings.size())});
            pool += entries[i].key;
        } else if (order(entries[i]) == order(entries[i - 1])) {
            continue;
        }
        postings.push_back(entries[i].posting);
    }
    const IdentifiersView::Header header{static_cast<std::uint32_t>(keys.size()), static_cast<std::uint32_t>(postings.size()),
                                         pool.size()};
    keys.push_back({0, 0, header.postings});
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
    bytes.append(reinterpret_cast<const char*>(keys.data()), keys.size() * sizeof keys[0]);
    bytes.append(reinterpret_cast<const char*>(postings.data()), postings.size() * sizeof(IdentifiersView::Posting));
    return bytes + pool;
}

IdentifiersView::IdentifiersView(std::string_view section) {
    SectionReader reader(section, "identifiers");
    m_header = reader.header<Header>();
    m_keys = reader.take<Key>(std::uint64_t{m_header->keys} + 1);
    m_postings = reader.take<Posting>(m_header->postings);
    m_pool = reader.take<char>(m_header->pool);
    reader.finish();
}

std::uint32_t IdentifiersView::size() const { return m_header == nullptr ? 0 : m_header->keys; }

std::vector<IdentifierHit> IdentifiersView::find(std::string_view key) const {
    const Key* end = m_keys + size();
    const Key* found = std::lower_bound(m_keys, end, key, [&](const Key& one, std::string_view wanted) {
        return std::string_view(m_pool + one.text, one.length) < wanted;
    });
    std::vector<IdentifierHit> hits;
    if (found != end && std::string_view(m_pool + found->text, found->length) == key) {
        for (std::uint32_t i = found->first; i < (found + 1)->first; ++i) {
            hits.push_back({m_postings[i].entity, static_cast<model::Property>(m_postings[i].property)});
        }
    }
    return hits;
}

}  // namespace liaison::index
