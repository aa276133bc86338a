#include "liaison/index/index.hpp"

#include "liaison/index/gazetteer.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <map>

namespace liaison::index {
namespace {

/// Text of the statements, kept in large blocks; views into it stay valid.
class Arena {
public:
    std::string_view keep(std::string_view text) {
        if (text.empty()) {
            return {};
        }
        if (m_blocks.empty() || m_blocks.back().capacity() - m_blocks.back().size() < text.size()) {
            m_blocks.emplace_back().reserve(std::max(kBlock, text.size()));
        }
        std::string& block = m_blocks.back();
        const std::size_t start = block.size();
        block.append(text);
        return std::string_view(block).substr(start, text.size());
    }

private:
    static constexpr std::size_t kBlock = 1 << 20;
    std::deque<std::string> m_blocks;
};

/// One statement as the index needs it.
struct Row {
    std::uint32_t cluster;
    std::uint32_t property;  ///< model::Property, or kSchemaMarker
    std::string_view text;
    std::uint32_t lang;      ///< term
    std::uint32_t dataset;   ///< term
    std::int64_t first;      ///< snapshot
};
constexpr std::uint32_t kSchemaMarker = UINT32_MAX;
constexpr std::uint32_t kUnknownProperty = UINT32_MAX - 1;
constexpr std::uint32_t kNone = UINT32_MAX;

/// Statements of a view, by cluster.
class Gatherer {
public:
    Gatherer(const store::Store& store, const store::View& view, const Clusters& clusters)
        : m_store(store), m_view(view), m_clusters(clusters) {}

    std::string entities_section() {
        read_keys();
        read_rows();
        return merge();
    }

private:
    /// Entity keys, and which of them share a canonical id.
    void read_keys() {
        m_cluster_of.assign(static_cast<std::size_t>(m_store.max_entity()) + 1, kNone);
        std::map<std::string, std::uint32_t, std::less<>> canonical;
        m_store.for_each_entity([&](std::int64_t id, std::string_view key) {
            const auto found = m_clusters.find(std::string(key));
            std::uint32_t cluster;
            if (found == m_clusters.end()) {
                cluster = static_cast<std::uint32_t>(m_ids.size());
                m_ids.push_back(m_arena.keep(key));
                m_members.emplace_back();
            } else {
                const auto [entry, inserted] = canonical.try_emplace(found->second, static_cast<std::uint32_t>(m_ids.size()));
                if (inserted) {
                    m_ids.push_back(m_arena.keep(found->second));
                    m_members.emplace_back();
                }
                cluster = entry->second;
                m_members[cluster].push_back(m_arena.keep(key));
            }
            m_cluster_of[static_cast<std::size_t>(id)] = cluster;
        });
    }

    void read_rows() {
        std::vector<std::uint32_t> property_of_term;
        m_store.for_each_statement(m_view, [&](const store::Store::Row& row) {
            if (property_of_term.size() <= row.property) {
                property_of_term.resize(row.property + 1, kNone);
            }
            std::uint32_t& property = property_of_term[row.property];
            if (property == kNone) {
                const std::string& name = m_store.term(row.property);
                const auto known = model::find_property(name);
                property = name == "schema" ? kSchemaMarker : known ? static_cast<std::uint32_t>(*known) : kUnknownProperty;
            }
            if (property != kUnknownProperty) {
                m_rows.push_back({m_cluster_of[static_cast<std::size_t>(row.entity)], property, m_arena.keep(row.value),
                                  row.lang, row.dataset, row.first});
            }
        });
    }

    std::string merge() {
        const auto count = static_cast<std::uint32_t>(m_ids.size());
        // Counting sort by cluster keeps the store's order inside each.
        std::vector<std::uint32_t> start(count + 1, 0);
        for (const Row& row : m_rows) {
            ++start[row.cluster + 1];
        }
        for (std::uint32_t i = 0; i < count; ++i) {
            start[i + 1] += start[i];
        }
        std::vector<std::uint32_t> sorted(m_rows.size());
        {
            std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
            for (std::uint32_t i = 0; i < m_rows.size(); ++i) {
                sorted[next[m_rows[i].cluster]++] = i;
            }
        }
        std::vector<std::uint32_t> order;
        for (std::uint32_t cluster = 0; cluster < count; ++cluster) {
            if (start[cluster] != start[cluster + 1]) {  // the rest does not stand in this view
                order.push_back(cluster);
            }
        }
        std::sort(order.begin(), order.end(), [&](std::uint32_t one, std::uint32_t other) { return m_ids[one] < m_ids[other]; });
        canonical_of_members();

        std::map<std::int64_t, std::int32_t> published;
        std::map<std::uint32_t, std::int32_t> seen_last;
        for (const store::Snapshot& snapshot : m_store.snapshots()) {
            const auto date = model::parse_edtf(snapshot.published);
            published[snapshot.id] = date ? date->days().first : 0;
        }

        EntitiesBuilder builder;
        EntityInput input;
        std::vector<std::uint32_t> datasets;
        for (const std::uint32_t cluster : order) {
            input.id = m_ids[cluster];
            input.schema = nullptr;
            input.values.clear();
            input.datasets.clear();
            input.referents.clear();
            datasets.clear();
            input.first_seen = INT32_MAX;
            input.last_seen = INT32_MIN;
            for (std::uint32_t i = start[cluster]; i < start[cluster + 1]; ++i) {
                const Row& row = m_rows[sorted[i]];
                if (std::find(datasets.begin(), datasets.end(), row.dataset) == datasets.end()) {
                    datasets.push_back(row.dataset);
                }
                input.first_seen = std::min(input.first_seen, published[row.first]);
                if (row.property == kSchemaMarker) {
                    merge_schema(input, row.text);
                } else {
                    input.values.push_back({static_cast<model::Property>(row.property), row.text,
                                            row.lang == 0 ? std::string_view() : std::string_view(m_store.term(row.lang))});
                }
            }
            if (input.schema == nullptr) {
                input.schema = &model::schema("Thing");
            }
            for (EntityInput::Value& value : input.values) {
                if (input.schema->type_of(value.property) == model::PropertyType::entity) {
                    if (const auto found = m_canonical.find(value.text); found != m_canonical.end()) {
                        value.text = found->second;
                    }
                }
            }
            for (const std::uint32_t dataset : datasets) {
                const std::string& name = m_store.term(dataset);
                input.datasets.push_back(name);
                input.last_seen = std::max(input.last_seen, published[m_view.snapshots.at(name)]);
            }
            std::sort(input.datasets.begin(), input.datasets.end());
            for (const std::string_view member : m_members[cluster]) {
                if (member != input.id) {
                    input.referents.push_back(member);
                }
            }
            std::sort(input.referents.begin(), input.referents.end());
            builder.add(input);
        }
        return builder.finish();
    }

    void canonical_of_members() {
        for (std::uint32_t cluster = 0; cluster < m_ids.size(); ++cluster) {
            for (const std::string_view member : m_members[cluster]) {
                m_canonical.emplace(member, m_ids[cluster]);
            }
        }
    }

    static void merge_schema(EntityInput& input, std::string_view name) {
        const model::Schema* schema = model::find_schema(name);
        if (schema == nullptr) {
            return;
        }
        // Schemata that cannot be one thing were an issue when loaded; the first one stands.
        const model::Schema* both = input.schema == nullptr ? schema : model::common_schema(*input.schema, *schema);
        if (both != nullptr) {
            input.schema = both;
        }
    }

    const store::Store& m_store;
    const store::View& m_view;
    const Clusters& m_clusters;
    Arena m_arena;
    std::vector<std::uint32_t> m_cluster_of;             // by entity row
    std::vector<std::string_view> m_ids;                 // by cluster
    std::vector<std::vector<std::string_view>> m_members;
    std::map<std::string_view, std::string_view> m_canonical;
    std::vector<Row> m_rows;
};

}  // namespace

std::string build_entities(const store::Store& store, const store::View& view, const Clusters& clusters) {
    return Gatherer(store, view, clusters).entities_section();
}

void build(const store::Store& store, const store::View& view, const Clusters& clusters, base::Files& files,
           const base::Path& path, base::Progress& progress) {
    progress.begin("building the index", 4, "sections");
    Writer writer;
    std::string entities = build_entities(store, view, clusters);
    const EntitiesView entities_view(entities);
    progress.advance(1);
    std::string graph = build_graph(entities_view);
    progress.advance(2);
    std::string tokens = build_tokens(entities_view);
    progress.advance(3);
    std::string identifiers = build_identifiers(entities_view);
    progress.advance(4);
    writer.add("view", nlohmann::json{{"snapshots", view.snapshots}, {"as_of", view.as_of}}.dump());
    writer.add("graph", std::move(graph));
    writer.add("tokens", std::move(tokens));
    writer.add("names", build_names(entities_view));
    writer.add("gazetteer", build_gazetteer(entities_view));
    writer.add("identifiers", std::move(identifiers));
    writer.add("entities", std::move(entities));
    writer.publish(files, path, view.fingerprint);
    progress.end();
}

base::Path path_of(const base::Path& store, const store::View& view) {
    base::Path path = store;
    path += view.as_of.empty() ? std::string(".index") : ".index-" + view.fingerprint;
    return path;
}

Index Index::open(const base::Path& path) { return Index(Container::open(path)); }

Index::Index(Container container)
    : m_container(std::move(container)),
      m_entities(m_container.section("entities")),
      m_graph(m_container.section("graph")),
      m_tokens(m_container.section("tokens")),
      m_identifiers(m_container.section("identifiers")),
      m_names(m_container.section("names")) {
    const auto view = nlohmann::json::parse(m_container.section("view"), nullptr, false);
    if (!view.is_object()) {
        throw base::StoreError("the view section of the index is damaged",
                               "run 'liaison check --repair' to build it again from the store");
    }
    m_view.snapshots = view.at("snapshots").get<std::map<std::string, std::int64_t>>();
    m_view.as_of = view.at("as_of");
    m_view.fingerprint = m_container.fingerprint();
}

}  // namespace liaison::index
