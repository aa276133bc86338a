#pragma once
// The questions that need one engine and give plain values. Each is answered in its own file of src/query/.

#include "liaison/identifier/reading.hpp"
#include "liaison/query/engine.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::query {

// --- search: words and prefixes of names -----------------------------------------------------------------------------
struct SearchOptions {
    std::size_t limit = 10;
    std::string schema;   ///< only entities of this schema or one that extends it; "" for all
    std::string dataset;  ///< only entities of this feed; "" for all
};
struct SearchHit {
    Node node;
    double score = 0;
};
struct SearchResult {
    std::vector<SearchHit> hits;
    std::size_t total = 0;
};
[[nodiscard]] SearchResult search(const Engine& engine, std::string_view text, const SearchOptions& options);

// --- lookup: exact identifiers ---------------------------------------------------------------------------------------
struct LookupHit {
    Node node;                         ///< bears the value itself, or holds the wallet or document that does
    std::string property;              ///< under which it bears it; "" for a holder
    std::vector<std::string> through;  ///< of a holder: ids of the wallets and documents
};
struct LookupResult {
    std::string value;
    std::vector<identifier::Reading> readings;  ///< all that the text can be, best first
    std::vector<LookupHit> hits;                ///< bearers, then holders, each in order of id
    [[nodiscard]] bool readable() const;        ///< something in it verifies or is well formed; a failed wallet is not saved by looking like a document
    [[nodiscard]] bool listed() const;          ///< a bearer or holder is listed
};
[[nodiscard]] LookupResult lookup(const Engine& engine, std::string_view value);

// --- show: everything about one entity -------------------------------------------------------------------------------
/// A relation of the entity shown, under the reverse name of FollowTheMoney ("sanctions", "ownershipAsset", ...) or,
/// for a reference that the entity itself bears, under the property's own name.
struct Relation {
    std::string property;
    Node entity;                ///< the relationship, listing, document, ... or the entity referred to
    std::vector<Node> far_ends; ///< of a relationship: whom it ties to
    bool news = false;
};
struct Shown {
    Node node;
    std::vector<Evidence> statements;
    std::vector<Relation> relations;  ///< ordered by property, then id
};
[[nodiscard]] Shown show(const Engine& engine, std::string_view id);

// --- neighbours and paths --------------------------------------------------------------------------------------------
/// Which edges count.
struct EdgeFilter {
    std::vector<std::string> kinds;     ///< edge schemata or reference properties, case ignored; empty: all. "employments" finds Employment
    std::vector<std::string> datasets;  ///< at least one of them; empty: all
    bool news = true;
    std::string date;                   ///< ISO date: only edges that can have stood that day; "" for all
};
struct NeighboursOptions {
    int depth = 1;
    std::size_t limit = 500;            ///< nodes; nearest first, then strongest
    EdgeFilter filter;
    bool evidence = true;
};
/// Throws UsageError for unknown ids and kinds. What was cut is in Selection::notes.
[[nodiscard]] Selection neighbours(const Engine& engine, const std::vector<std::string>& ids,
                                   const NeighboursOptions& options);

struct PathOptions {
    int max_length = 6;                 ///< edges
    std::size_t limit = 10;             ///< paths
    std::size_t strongest = 0;          ///< that many loopless paths by strength (Yen), hubs passed at a price; 0: all shortest
    EdgeFilter filter;
    /// Nodes of more edges than this are not passed through (a shared "Pyongyang" address is no link); they may be ends.
    std::size_t hub_degree = 200;
};
struct PathResult {
    Selection selection;                                ///< all nodes and edges of all paths
    std::vector<std::vector<std::string>> paths;        ///< each: node id, edge id, node id, ...
    std::vector<double> costs;                          ///< of strongest paths: 1 a certain hop, 1 more for each halving of strength
    std::vector<std::string> hubs;                      ///< ids that were not passed through, or at a price
};
[[nodiscard]] PathResult path(const Engine& engine, std::string_view from, std::string_view to, const PathOptions& options);

/// The whole graph, or the part of it that a selection of nodes induces.
[[nodiscard]] Selection everything(const Engine& engine, const EdgeFilter& filter, bool evidence);

}  // namespace liaison::query
