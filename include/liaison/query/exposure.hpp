#pragma once
// How an entity, listed or not, is tied to listed ones, each kind of tie by itself. Never part of a name score.

#include "liaison/query/queries.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::query {

enum class TieKind : std::uint8_t { direct, ownership, family, document, address, wallet, employer, other, mixed };
[[nodiscard]] std::string_view to_string(TieKind kind);

struct ExposureOptions {
    int max_distance = 4;          ///< hops; shared documents, addresses and wallets are looked at within 2
    std::size_t limit = 5;         ///< listed entities of each kind
    std::size_t hub_degree = 200;  ///< nodes of more edges are not passed through
    bool news = true;
    std::string date;              ///< ISO date: only edges that can have stood that day; "" for all
};

/// The way to one listed entity.
struct Tie {
    std::string listed;             ///< its id
    std::vector<std::string> path;  ///< node id, edge id, node id, ..., listed
    double strength = 0;            ///< product of the edges' strengths, 0..1
};

struct TieGroup {
    TieKind kind = TieKind::direct;
    std::uint32_t distance = 0;     ///< of the nearest
    std::size_t at_distance = 0;    ///< listed entities at that distance, those beyond the limit too
    std::vector<Tie> ties;          ///< cheapest first
};

struct ExposureResult {
    std::string id;
    bool listed = false;            ///< itself
    std::vector<TieGroup> groups;   ///< kinds with a tie, in the order of TieKind
    std::vector<std::string> hubs;  ///< ids that were not passed through
    Selection selection;
};

/// Edges that the publisher calls former are left out. Throws UsageError for an unknown id and a date that is none.
[[nodiscard]] ExposureResult exposure(const Engine& engine, std::string_view id, const ExposureOptions& options);

}  // namespace liaison::query
