#include "liaison/index/graph.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/date.hpp"
#include "liaison_index_data.hpp"
#include "index/section_reader.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

namespace liaison::index {

struct GraphView::Header {
    std::uint32_t nodes;
    std::uint32_t edges;
    std::uint32_t incidences;
    std::uint32_t listings;
    std::uint32_t kinds;
    std::uint32_t padding;
};

namespace {

constexpr std::size_t kKindBytes = 24;

struct KindTable {
    struct Kind {
        std::string label;
        double strength = 0;
    };
    std::map<std::string, Kind, std::less<>> kinds;
    Kind fallback;
    std::set<std::string, std::less<>> not_edges;

    KindTable() {
        const auto document = nlohmann::json::parse(data::edge_kinds_json());
        for (const auto& [name, kind] : document.at("kinds").items()) {
            if (name.size() >= kKindBytes) {
                throw base::InternalError("schemas/edge_kinds.json: kind \"" + name + "\" is too long");
            }
            kinds[name] = {kind.at("label"), kind.at("strength")};
        }
        fallback = {document.at("default").at("label"), document.at("default").at("strength")};
        not_edges = document.at("not_edges").get<std::set<std::string, std::less<>>>();
    }
    [[nodiscard]] const Kind& find(std::string_view name) const {
        const auto found = kinds.find(name);
        return found == kinds.end() ? fallback : found->second;
    }
};

const KindTable& kind_table() {
    static const KindTable table;
    return table;
}

/// First and last day that any of the dates can mean.
std::int32_t earliest(const EntitiesView& entities, Ordinal ordinal, std::initializer_list<model::Property> properties) {
    std::int32_t day = kNoStart;
    for (const model::Property property : properties) {
        for (const std::string_view text : entities.all(ordinal, property)) {
            if (const auto date = model::parse_edtf(text)) {
                day = day == kNoStart ? date->days().first : std::min(day, date->days().first);
            }
        }
    }
    return day;
}

std::int32_t latest(const EntitiesView& entities, Ordinal ordinal, model::Property property) {
    std::int32_t day = kNoEnd;
    for (const std::string_view text : entities.all(ordinal, property)) {
        if (const auto date = model::parse_edtf(text)) {
            day = day == kNoEnd ? date->days().last : std::max(day, date->days().last);
        }
    }
    return day;
}

class Builder {
public:
    explicit Builder(const EntitiesView& entities) : m_entities(entities) {}

    std::string build() {
        for (Ordinal ordinal = 0; ordinal < m_entities.size(); ++ordinal) {
            const model::Schema& schema = m_entities.schema(ordinal);
            if (schema.edge) {
                add_relationship(ordinal, schema);
            } else if (schema.name == "Sanction") {
                add_listing(ordinal);
            } else if (kind_table().not_edges.count(schema.name) == 0) {
                add_references(ordinal, schema);
            }
        }
        return layout();
    }

private:
    std::uint16_t kind(std::string_view name) {
        const auto found = m_kind_ids.find(name);
        if (found != m_kind_ids.end()) {
            return found->second;
        }
        const auto id = static_cast<std::uint16_t>(m_kind_names.size());
        m_kind_names.emplace_back(name.substr(0, kKindBytes - 1));
        m_kind_ids.emplace(std::string(name), id);
        return id;
    }

    void add_relationship(Ordinal ordinal, const model::Schema& schema) {
        // Of the news only what is linked with care is an edge; the rest is shown with its article.
        const std::string_view band = m_entities.first(ordinal, m_band);
        if (band == "possible" || band == "rejected") {
            return;
        }
        EdgeRecord edge{};
        edge.relation = ordinal;
        edge.kind = kind(schema.name);
        edge.flags = schema.edge->directed ? EdgeRecord::kDirected : 0;
        if (!m_entities.first(ordinal, m_modality).empty()) {
            edge.flags |= EdgeRecord::kNews;
        }
        if (m_entities.first(ordinal, m_status) == "Former") {
            edge.flags |= EdgeRecord::kFormer;
        }
        edge.strength = static_cast<std::uint8_t>(std::lround(kind_table().find(schema.name).strength * 255));
        edge.start = earliest(m_entities, ordinal, {m_start, m_date});
        edge.end = latest(m_entities, ordinal, m_end);
        for (const std::string_view source : m_entities.all(ordinal, schema.edge->source)) {
            for (const std::string_view target : m_entities.all(ordinal, schema.edge->target)) {
                add(edge, m_entities.find(source), m_entities.find(target));
            }
        }
    }

    void add_references(Ordinal ordinal, const model::Schema& schema) {
        for (const ValueRecord& value : m_entities.values(ordinal)) {
            const auto property = static_cast<model::Property>(value.property);
            if (schema.type_of(property) != model::PropertyType::entity) {
                continue;
            }
            const std::string& name = model::to_string(property);
            EdgeRecord edge{};
            edge.relation = ordinal;
            edge.kind = kind(name);
            edge.flags = EdgeRecord::kDirected | EdgeRecord::kReference;
            edge.strength = static_cast<std::uint8_t>(std::lround(kind_table().find(name).strength * 255));
            edge.start = kNoStart;
            edge.end = kNoEnd;
            add(edge, ordinal, m_entities.find(m_entities.text(value)));
        }
    }

    void add(EdgeRecord edge, std::optional<Ordinal> source, std::optional<Ordinal> target) {
        if (source && target && *source != *target) {
            edge.source = *source;
            edge.target = *target;
            m_edges.push_back(edge);
        }
    }

    void add_listing(Ordinal ordinal) {
        for (const std::string_view id : m_entities.all(ordinal, m_entity)) {
            if (const auto listed = m_entities.find(id)) {
                m_listings.emplace_back(*listed, ordinal);
            }
        }
    }

    std::string layout() {
        const std::uint32_t nodes = m_entities.size();
        std::sort(m_edges.begin(), m_edges.end(), [](const EdgeRecord& one, const EdgeRecord& other) {
            return std::tie(one.source, one.target, one.kind, one.relation) <
                   std::tie(other.source, other.target, other.kind, other.relation);
        });
        std::vector<std::uint32_t> offsets(nodes + 1, 0);
        for (const EdgeRecord& edge : m_edges) {
            ++offsets[edge.source + 1];
            ++offsets[edge.target + 1];
        }
        for (std::uint32_t i = 0; i < nodes; ++i) {
            offsets[i + 1] += offsets[i];
        }
        std::vector<Incidence> incidences(offsets.back());
        std::vector<std::uint32_t> next(offsets.begin(), offsets.end() - 1);
        for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
            incidences[next[m_edges[i].source]++] = {m_edges[i].target, i};
            incidences[next[m_edges[i].target]++] = {m_edges[i].source, i};
        }
        for (std::uint32_t i = 0; i < nodes; ++i) {
            std::sort(incidences.begin() + offsets[i], incidences.begin() + offsets[i + 1],
                      [](const Incidence& one, const Incidence& other) {
                          return std::tie(one.neighbour, one.edge) < std::tie(other.neighbour, other.edge);
                      });
        }
        std::sort(m_listings.begin(), m_listings.end());
        std::vector<std::uint32_t> listing_offsets(nodes + 1, 0);
        std::vector<Ordinal> listings;
        for (const auto& [listed, listing] : m_listings) {
            ++listing_offsets[listed + 1];
            listings.push_back(listing);
        }
        for (std::uint32_t i = 0; i < nodes; ++i) {
            listing_offsets[i + 1] += listing_offsets[i];
        }
        const GraphView::Header header{nodes,
                                       static_cast<std::uint32_t>(m_edges.size()),
                                       static_cast<std::uint32_t>(incidences.size()),
                                       static_cast<std::uint32_t>(listings.size()),
                                       static_cast<std::uint32_t>(m_kind_names.size()),
                                       0};
        std::string bytes;
        const auto append = [&](const auto* data, std::size_t count) {
            bytes.append(reinterpret_cast<const char*>(data), count * sizeof *data);
        };
        append(&header, 1);
        append(offsets.data(), offsets.size());
        append(incidences.data(), incidences.size());
        append(m_edges.data(), m_edges.size());
        append(listing_offsets.data(), listing_offsets.size());
        append(listings.data(), listings.size());
        for (const std::string& name : m_kind_names) {
            std::string padded = name;
            padded.resize(kKindBytes, '\0');
            bytes += padded;
        }
        return bytes;
    }

    const EntitiesView& m_entities;
    std::vector<EdgeRecord> m_edges;
    std::vector<std::pair<Ordinal, Ordinal>> m_listings;
    std::map<std::string, std::uint16_t, std::less<>> m_kind_ids;
    std::vector<std::string> m_kind_names;
    const model::Property m_start = model::property("startDate");
    const model::Property m_end = model::property("endDate");
    const model::Property m_date = model::property("date");
    const model::Property m_entity = model::property("entity");
    const model::Property m_modality = model::property("modality");
    const model::Property m_status = model::property("status");
    const model::Property m_band = model::property("band");
};

}  // namespace

std::string build_graph(const EntitiesView& entities) { return Builder(entities).build(); }

GraphView::GraphView(std::string_view section) {
    SectionReader reader(section, "graph");
    m_header = reader.header<Header>();
    m_offsets = reader.take<std::uint32_t>(std::uint64_t{m_header->nodes} + 1);
    m_incidences = reader.take<Incidence>(m_header->incidences);
    m_edges = reader.take<EdgeRecord>(m_header->edges);
    m_listing_offsets = reader.take<std::uint32_t>(std::uint64_t{m_header->nodes} + 1);
    m_listings = reader.take<Ordinal>(m_header->listings);
    m_kinds = reader.take<char>(std::uint64_t{m_header->kinds} * kKindBytes);
    reader.finish();
}

std::uint32_t GraphView::nodes() const { return m_header == nullptr ? 0 : m_header->nodes; }
std::span<const EdgeRecord> GraphView::edges() const { return {m_edges, m_header == nullptr ? 0 : m_header->edges}; }
std::span<const Incidence> GraphView::incident(Ordinal node) const {
    return {m_incidences + m_offsets[node], m_incidences + m_offsets[node + 1]};
}
std::span<const std::uint32_t> GraphView::offsets() const { return {m_offsets, nodes() + std::size_t{1}}; }
std::span<const Incidence> GraphView::incidences() const {
    return {m_incidences, m_header == nullptr ? 0 : m_header->incidences};
}
std::span<const Ordinal> GraphView::listings(Ordinal node) const {
    return {m_listings + m_listing_offsets[node], m_listings + m_listing_offsets[node + 1]};
}
std::string_view GraphView::kind_name(std::uint16_t kind) const {
    const char* name = m_kinds + kind * kKindBytes;
    return {name, ::strnlen(name, kKindBytes)};
}
std::uint16_t GraphView::kinds() const {
    return m_header == nullptr ? std::uint16_t{0} : static_cast<std::uint16_t>(m_header->kinds);
}

std::string_view kind_label(std::string_view kind) { return kind_table().find(kind).label; }

}  // namespace liaison::index
