#include "liaison/index/entities.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/date.hpp"
#include "index/section_reader.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>

namespace liaison::index {

struct EntitiesView::Header {
    std::uint32_t entities;
    std::uint32_t values;
    std::uint32_t lists;   ///< length of the list array
    std::uint32_t ids;     ///< number of pairs
    std::uint32_t langs;   ///< position in the list array of the list of languages
    std::uint32_t padding;
    std::uint64_t pool;    ///< bytes
};

struct EntitiesView::Record {
    std::uint32_t id;
    std::uint32_t caption;
    std::uint32_t first_value;
    std::uint32_t referents;  ///< position in the list array
    std::uint32_t datasets;   ///< position in the list array
    std::int32_t first_seen;
    std::int32_t last_seen;
    std::uint32_t schema;
};

namespace {

/// Strings once each, with their length before them.
class Pool {
public:
    Pool() { (void)intern(""); }

    std::uint32_t intern(std::string_view text) {
        // Views of our own bytes would move when the pool grows, so the key is the hash and equality is checked.
        const std::size_t hash = std::hash<std::string_view>{}(text);
        const auto [begin, end] = m_offsets.equal_range(hash);
        for (auto it = begin; it != end; ++it) {
            if (at(it->second) == text) {
                return it->second;
            }
        }
        if (m_bytes.size() + text.size() + 8 > UINT32_MAX) {
            throw base::StoreError("the index would hold more than 4 GiB of text",
                                   "load fewer feeds into one store, or split it");
        }
        const auto offset = static_cast<std::uint32_t>(m_bytes.size());
        const auto length = static_cast<std::uint32_t>(text.size());
        m_bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
        m_bytes.append(text);
        m_bytes += '\0';
        m_offsets.emplace(hash, offset);
        return offset;
    }
    [[nodiscard]] std::string_view at(std::uint32_t offset) const {
        std::uint32_t length;
        std::memcpy(&length, m_bytes.data() + offset, sizeof length);
        return {m_bytes.data() + offset + sizeof length, length};
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
    std::unordered_multimap<std::size_t, std::uint32_t> m_offsets;
};

std::string_view caption_of(const EntityInput& entity) {
    for (const model::Property property : entity.schema->captions) {
        for (const auto& value : entity.values) {
            if (value.property == property && value.lang.empty()) {
                return value.text;
            }
        }
    }
    for (const model::Property property : entity.schema->captions) {
        for (const auto& value : entity.values) {
            if (value.property == property) {
                return value.text;
            }
        }
    }
    return entity.id;
}

template <typename T>
void append(std::string& bytes, const std::vector<T>& values) {
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

}  // namespace

struct EntitiesBuilder::State {
    Pool pool;
    std::vector<EntitiesView::Record> records;
    std::vector<ValueRecord> values;
    std::vector<std::uint32_t> lists;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ids;
    std::map<std::vector<std::string_view>, std::uint32_t> dataset_sets;
    std::vector<std::string> dataset_names;
    std::map<std::string, std::uint16_t, std::less<>> langs{{"", 0}};
    std::vector<std::string> lang_names{""};

    std::uint32_t add_list(const std::vector<std::string_view>& texts) {
        const auto position = static_cast<std::uint32_t>(lists.size());
        lists.push_back(static_cast<std::uint32_t>(texts.size()));
        for (const std::string_view text : texts) {
            lists.push_back(pool.intern(text));
        }
        return position;
    }
};

EntitiesBuilder::EntitiesBuilder() : m_state(std::make_unique<State>()) { m_state->lists.push_back(0); }
EntitiesBuilder::~EntitiesBuilder() = default;

void EntitiesBuilder::add(const EntityInput& entity) {
    State& state = *m_state;
    const auto ordinal = static_cast<std::uint32_t>(state.records.size());
    EntitiesView::Record record{};
    record.id = state.pool.intern(entity.id);
    record.caption = state.pool.intern(caption_of(entity));
    record.first_value = static_cast<std::uint32_t>(state.values.size());
    record.schema = entity.schema->index;
    record.first_seen = entity.first_seen;
    record.last_seen = entity.last_seen;
    std::vector<const EntityInput::Value*> order;
    order.reserve(entity.values.size());
    for (const auto& value : entity.values) {
        order.push_back(&value);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* one, const auto* other) { return one->property < other->property; });
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& value = *order[i];
        // Clusters say the same thing more than once.
        bool repeated = false;
        for (std::size_t j = i; j-- > 0 && order[j]->property == value.property && !repeated;) {
            repeated = order[j]->text == value.text && order[j]->lang == value.lang;
        }
        if (repeated) {
            continue;
        }
        auto lang = state.langs.find(value.lang);
        if (lang == state.langs.end()) {
            lang = state.langs.emplace(std::string(value.lang), static_cast<std::uint16_t>(state.lang_names.size())).first;
            state.lang_names.emplace_back(value.lang);
        }
        state.values.push_back({state.pool.intern(value.text), static_cast<std::uint16_t>(value.property), lang->second});
    }
    record.referents = entity.referents.empty() ? 0 : state.add_list(entity.referents);
    auto set = state.dataset_sets.find(entity.datasets);
    if (set == state.dataset_sets.end()) {
        const std::uint32_t position = state.add_list(entity.datasets);
        set = state.dataset_sets.emplace(entity.datasets, position).first;
    }
    record.datasets = set->second;
    state.records.push_back(record);
    state.ids.emplace_back(record.id, ordinal);
    for (const std::string_view referent : entity.referents) {
        state.ids.emplace_back(state.pool.intern(referent), ordinal);
    }
}

std::string EntitiesBuilder::finish() {
    State& state = *m_state;
    EntitiesView::Record end{};
    end.first_value = static_cast<std::uint32_t>(state.values.size());
    const auto count = static_cast<std::uint32_t>(state.records.size());
    state.records.push_back(end);
    std::sort(state.ids.begin(), state.ids.end(), [&](const auto& one, const auto& other) {
        return state.pool.at(one.first) < state.pool.at(other.first);
    });
    const std::vector<std::string_view> langs(state.lang_names.begin(), state.lang_names.end());
    const std::uint32_t lang_list = state.add_list(langs);
    EntitiesView::Header header{count,
                                end.first_value,
                                static_cast<std::uint32_t>(state.lists.size()),
                                static_cast<std::uint32_t>(state.ids.size()),
                                lang_list,
                                0,
                                state.pool.bytes().size()};
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
    append(bytes, state.records);
    append(bytes, state.values);
    append(bytes, state.lists);
    append(bytes, state.ids);
    bytes += state.pool.bytes();
    m_state = std::make_unique<State>();
    return bytes;
}

EntitiesView::EntitiesView(std::string_view section) {
    SectionReader reader(section, "entities");
    m_header = reader.header<Header>();
    m_records = reader.take<Record>(std::uint64_t{m_header->entities} + 1);
    m_values = reader.take<ValueRecord>(m_header->values);
    m_lists = reader.take<std::uint32_t>(m_header->lists);
    m_ids = reader.take<std::uint32_t>(std::uint64_t{m_header->ids} * 2);
    m_pool = reader.take<char>(m_header->pool);
    reader.finish();
}

std::uint32_t EntitiesView::size() const { return m_header == nullptr ? 0 : m_header->entities; }

const EntitiesView::Record& EntitiesView::record(Ordinal ordinal) const { return m_records[ordinal]; }

std::string_view EntitiesView::string(std::uint32_t offset) const {
    std::uint32_t length;
    std::memcpy(&length, m_pool + offset, sizeof length);
    return {m_pool + offset + sizeof length, length};
}

std::optional<Ordinal> EntitiesView::find(std::string_view id) const {
    std::uint32_t low = 0;
    std::uint32_t high = m_header == nullptr ? 0 : m_header->ids;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        const int order = string(m_ids[middle * 2]).compare(id);
        if (order == 0) {
            return m_ids[middle * 2 + 1];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return std::nullopt;
}

std::string_view EntitiesView::id(Ordinal ordinal) const { return string(record(ordinal).id); }
std::string_view EntitiesView::caption(Ordinal ordinal) const { return string(record(ordinal).caption); }
const model::Schema& EntitiesView::schema(Ordinal ordinal) const {
    return model::schema_at(static_cast<std::uint8_t>(record(ordinal).schema));
}

std::span<const ValueRecord> EntitiesView::values(Ordinal ordinal) const {
    return {m_values + record(ordinal).first_value, m_values + record(ordinal + 1).first_value};
}

std::string_view EntitiesView::text(const ValueRecord& value) const { return string(value.text); }

std::string_view EntitiesView::lang(const ValueRecord& value) const {
    return string(m_lists[m_header->langs + 1 + value.lang]);
}

std::string_view EntitiesView::first(Ordinal ordinal, model::Property property) const {
    for (const ValueRecord& value : values(ordinal)) {
        if (value.property == static_cast<std::uint16_t>(property)) {
            return text(value);
        }
    }
    return {};
}

std::vector<std::string_view> EntitiesView::all(Ordinal ordinal, model::Property property) const {
    std::vector<std::string_view> found;
    for (const ValueRecord& value : values(ordinal)) {
        if (value.property == static_cast<std::uint16_t>(property)) {
            found.push_back(text(value));
        }
    }
    return found;
}

std::vector<std::string> EntitiesView::datasets(Ordinal ordinal) const {
    const std::uint32_t* list = m_lists + record(ordinal).datasets;
    std::vector<std::string> found;
    for (std::uint32_t i = 1; i <= list[0]; ++i) {
        found.emplace_back(string(list[i]));
    }
    return found;
}

std::vector<std::string> EntitiesView::referents(Ordinal ordinal) const {
    const std::uint32_t* list = m_lists + record(ordinal).referents;
    std::vector<std::string> found;
    for (std::uint32_t i = 1; i <= list[0]; ++i) {
        found.emplace_back(string(list[i]));
    }
    return found;
}

std::string EntitiesView::first_seen(Ordinal ordinal) const {
    return model::to_string(model::from_days(record(ordinal).first_seen));
}

std::string EntitiesView::last_seen(Ordinal ordinal) const {
    return model::to_string(model::from_days(record(ordinal).last_seen));
}

model::Entity EntitiesView::entity(Ordinal ordinal) const {
    model::Entity entity(std::string(id(ordinal)), schema(ordinal));
    for (const ValueRecord& value : values(ordinal)) {
        entity.values.push_back({static_cast<model::Property>(value.property), std::string(text(value)),
                                 std::string(lang(value)), {}});
    }
    return entity;
}

std::vector<std::string> EntitiesView::similar_ids(std::string_view id, std::size_t limit) const {
    // Damerau-Levenshtein over all ids would take milliseconds at most; plain Levenshtein with an early length test
    // is enough for a hint.
    const auto distance = [&](std::string_view other, std::size_t bound) {
        if (other.size() > id.size() + bound || id.size() > other.size() + bound) {
            return bound + 1;
        }
        std::vector<std::size_t> row(other.size() + 1);
        for (std::size_t j = 0; j <= other.size(); ++j) {
            row[j] = j;
        }
        for (std::size_t i = 1; i <= id.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= other.size(); ++j) {
                const bool same = std::tolower(static_cast<unsigned char>(id[i - 1])) ==
                                  std::tolower(static_cast<unsigned char>(other[j - 1]));
                const std::size_t cost = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (same ? 0 : 1)});
                diagonal = row[j];
                row[j] = cost;
            }
        }
        return row.back();
    };
    std::vector<std::pair<std::size_t, std::string>> found;
    for (std::uint32_t i = 0; m_header != nullptr && i < m_header->ids; ++i) {
        const std::string_view other = string(m_ids[i * 2]);
        if (const std::size_t edits = distance(other, 2); edits <= 2) {
            found.emplace_back(edits, other);
        }
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) {
        ids.push_back(found[i].second);
    }
    return ids;
}

}  // namespace liaison::index
