#include "liaison/query/exposure.hpp"

#include "liaison/graph/exposure.hpp"
#include "query/edge_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

// One search a kind of tie, each over the edges of that kind only, so that a shared address never lends its weight to
// an ownership. What is mixed of kinds is its own kind, looked for over all edges and told only where no single kind
// reaches as near. A holder of a wallet and a holder of a passport are the same kind of edge; the schema of what is
// held tells them apart.

namespace liaison::query {
namespace {

constexpr int shared_distance = 2;  ///< I, the thing shared, the listed one

constexpr std::array single_kinds{TieKind::ownership, TieKind::family,   TieKind::document, TieKind::address,
                                  TieKind::wallet,    TieKind::employer, TieKind::other};

class Question {
public:
    Question(const Engine& engine, const ExposureOptions& options)
        : m_engine(engine), m_options(options), m_view(graph::view_of(engine.graph())),
          m_filter(engine, {{}, {}, options.news, options.date}) {}

    ExposureResult answer(std::string_view id) {
        const index::Ordinal asked = m_engine.require(id);
        ExposureResult result;
        result.id = m_engine.entities().id(asked);
        result.listed = is_listed(asked);
        m_nodes.emplace(asked, 0);
        result.groups.reserve(single_kinds.size() + 2);
        search(asked, TieKind::direct, result);
        for (const TieKind kind : single_kinds) {
            search(asked, kind, result);
        }
        search(asked, TieKind::mixed, result);
        select(result);
        return result;
    }

private:
    [[nodiscard]] TieKind kind_of(const index::EdgeRecord& edge) const {
        const std::string_view kind = m_engine.graph().kind_name(edge.kind);
        if (kind == "Ownership" || kind == "owner" || kind == "parent") {
            return TieKind::ownership;
        }
        if (kind == "Family") {
            return TieKind::family;
        }
        if (kind == "addressEntity") {
            return TieKind::address;
        }
        if (kind == "holder") {
            return m_engine.entities().schema(edge.relation).is_a("CryptoWallet") ? TieKind::wallet : TieKind::document;
        }
        return kind == "Employment" || kind == "Directorship" || kind == "Membership" ? TieKind::employer : TieKind::other;
    }

    [[nodiscard]] bool is_listed(index::Ordinal ordinal) const {
        static const model::Property end_date = model::property("endDate");
        const auto listings = m_engine.graph().listings(ordinal);
        return std::any_of(listings.begin(), listings.end(), [&](index::Ordinal listing) {
            return m_engine.entities().first(listing, end_date).empty();
        });
    }

    [[nodiscard]] std::uint32_t reach(TieKind kind) const {
        switch (kind) {
            case TieKind::direct: return 1;
            case TieKind::document:
            case TieKind::address:
            case TieKind::wallet: return static_cast<std::uint32_t>(std::min(shared_distance, m_options.max_distance));
            case TieKind::ownership:
            case TieKind::family:
            case TieKind::employer:
            case TieKind::other:
            case TieKind::mixed: break;
        }
        return static_cast<std::uint32_t>(m_options.max_distance);
    }

    void search(index::Ordinal asked, TieKind kind, ExposureResult& result) {
        graph::ExposureOptions options;
        options.max_distance = reach(kind);
        options.limit = m_options.limit;
        options.hubs = {graph::Hubs::Policy::avoid, static_cast<std::uint32_t>(std::min<std::size_t>(m_options.hub_degree, UINT32_MAX))};
        options.filter.former = false;
        const bool any_kind = kind == TieKind::direct || kind == TieKind::mixed;
        options.filter.also = [&, any_kind](const index::EdgeRecord& edge) {
            return m_filter.passes(edge) && (any_kind || kind_of(edge) == kind);
        };
        const auto found =
            graph::nearest_listed(m_view, asked, [&](graph::Node node) { return is_listed(node); }, options);
        m_hubs.insert(found.hubs.begin(), found.hubs.end());
        if (kind == TieKind::mixed && std::any_of(result.groups.begin(), result.groups.end(), [&](const TieGroup& group) {
                return group.distance <= found.distance;
            })) {
            return;
        }
        TieGroup group{kind, found.distance, found.at_distance, {}};
        for (const graph::Exposure& exposure : found.nearest) {
            group.ties.push_back(tie(exposure));
        }
        if (!group.ties.empty()) {
            result.groups.push_back(std::move(group));
        }
    }

    Tie tie(const graph::Exposure& exposure) {
        const auto& [nodes, edges, cost] = exposure.path;
        Tie made{std::string(m_engine.entities().id(nodes.back())), {std::string(m_engine.entities().id(nodes.front()))}, exposure.strength};
        for (std::size_t i = 0; i < edges.size(); ++i) {
            made.path.push_back(m_engine.edge(edges[i], false).id);
            made.path.emplace_back(m_engine.entities().id(nodes[i + 1]));
            m_edges.insert(edges[i]);
            const auto [known, is_new] = m_nodes.emplace(nodes[i + 1], static_cast<int>(i + 1));
            known->second = std::min(known->second, static_cast<int>(i + 1));
        }
        return made;
    }

    void select(ExposureResult& result) const {
        Selection& selection = result.selection;
        selection.context = m_engine.context();
        for (const auto& [node, distance] : m_nodes) {
            selection.nodes.push_back(m_engine.node(node));
            selection.nodes.back().distance = distance;
        }
        for (const graph::EdgeNumber edge : m_edges) {
            selection.edges.push_back(m_engine.edge(edge, true));
        }
        std::sort(selection.edges.begin(), selection.edges.end(), [](const Edge& one, const Edge& other) {
            return std::tie(one.id, one.source, one.target) < std::tie(other.id, other.source, other.target);
        });
        for (const graph::Node hub : m_hubs) {
            result.hubs.emplace_back(m_engine.entities().id(hub));
        }
        if (!result.hubs.empty()) {
            selection.notes.push_back(fmt::format("{} nodes with more than {} edges were not passed through", result.hubs.size(),
                                                  m_options.hub_degree));
        }
    }

    const Engine& m_engine;
    const ExposureOptions& m_options;
    graph::View m_view;
    ReadyFilter m_filter;
    std::map<graph::Node, int> m_nodes;  ///< of all paths: least distance
    std::set<graph::EdgeNumber> m_edges;
    std::set<graph::Node> m_hubs;
};

}  // namespace

std::string_view to_string(TieKind kind) {
    switch (kind) {
        case TieKind::direct: return "direct";
        case TieKind::ownership: return "ownership";
        case TieKind::family: return "family";
        case TieKind::document: return "document";
        case TieKind::address: return "address";
        case TieKind::wallet: return "wallet";
        case TieKind::employer: return "employer";
        case TieKind::other: return "other";
        case TieKind::mixed: return "mixed";
    }
    return "other";
}

ExposureResult exposure(const Engine& engine, std::string_view id, const ExposureOptions& options) {
    return Question(engine, options).answer(id);
}

}  // namespace liaison::query
