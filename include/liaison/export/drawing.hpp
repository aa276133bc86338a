#pragma once
// A selection made ready to draw: text cleaned, parallel edges merged, dates widened, metrics, sizes, colours, positions.
// Every writer reads this and nothing else, so that all formats show the same graph.

#include "liaison/export/export.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace liaison::exports {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    friend bool operator==(const Colour&, const Colour&) = default;
};
[[nodiscard]] std::string to_hex(Colour colour);  ///< "#0072b2"

/// Whole days, inclusive, as days since 1970-01-01; an open side is empty.
struct Span {
    std::optional<std::int32_t> first;
    std::optional<std::int32_t> last;
    friend bool operator==(const Span&, const Span&) = default;
};

struct Metrics {
    std::uint32_t degree = 0;  ///< edges at the node after merging; a loop counts twice
    std::uint32_t in_degree = 0;
    std::uint32_t out_degree = 0;
    double weighted_degree = 0;
    std::uint32_t component = 0;  ///< numbered by falling size, ties by smallest node id
    std::uint32_t community = 0;  ///< likewise
    double page_rank = 0;
    double betweenness = 0;  ///< undirected, not normalised, as Gephi's
};

struct DrawnNode {
    const query::Node* source = nullptr;
    std::string id;
    std::string name;   ///< the caption, else the id
    std::string label;  ///< name and, for listed ones, the mark
    std::size_t type = 0;  ///< index into palette()
    Span when;          ///< listing
    std::string start_text;
    std::string end_text;
    std::string precision;  ///< coarsest of the dates: "day", "month", "year", "approximate", "range", or "" without date
    Metrics metrics;
    double size = 4;    ///< radius in position units, 4..100
    double x = 0;
    double y = 0;       ///< up, as Gephi draws
};

struct DrawnEdge {
    const query::Edge* source_edge = nullptr;  ///< the first of those merged
    std::string id;
    std::uint32_t source = 0;  ///< index into nodes
    std::uint32_t target = 0;
    std::string kind;
    std::string label;
    bool symmetric = false;
    bool news = false;
    double weight = 1;       ///< (0, 1]
    std::vector<Span> when;  ///< sorted, neither overlapping nor touching; empty = always
    std::string start_text;  ///< as published, joined with "; "
    std::string end_text;
    std::string precision;
    std::vector<const query::Edge*> merged;  ///< all of them, sorted by id
};

struct Drawing {
    std::vector<DrawnNode> nodes;  ///< sorted by id
    std::vector<DrawnEdge> edges;  ///< sorted by id
    bool dynamic = false;          ///< two distinct finite dates at least
    std::string data_date;         ///< latest publication date behind it, ISO, or ""
    std::string description;       ///< <= 300 characters
};

/// Everything but positions and sizes.
[[nodiscard]] Drawing prepare(const query::Selection& selection, const Options& options, Report& report);
/// Metrics of all nodes; page rank, betweenness and communities only when options say so.
void measure(Drawing& drawing, const Options& options, Report& report);
/// Sizes, then positions: the identity recipe of Gephi's autoscale (sizes 4..100 with both hit, mean 0, within 5000).
void arrange(Drawing& drawing, const Options& options);
/// The three in order.
[[nodiscard]] Drawing draw(const query::Selection& selection, const Options& options, bool with_layout, Report& report);

}  // namespace liaison::exports
