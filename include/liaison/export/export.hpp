#pragma once
// Pictures and files of a part of the graph. A selection becomes a drawing (drawing.hpp: merged, dated, coloured, placed)
// and one writer a format puts it down. The namespace is `exports` because `export` is a keyword of C++.

#include "liaison/export/output.hpp"
#include "liaison/query/selection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::exports {

enum class LayoutKind : std::uint8_t {
    force_atlas2,  ///< ForceAtlas2 a component, components packed, isolates outside
    spiral,        ///< no forces: nodes by component and degree on a spiral; for very large exports
};
enum class SizeBy : std::uint8_t { degree, page_rank, betweenness, evidence, none };
enum class GexfVersion : std::uint8_t { v1_3, v1_2 };
enum class GraphMlFlavour : std::uint8_t { generic, yed };
enum class Theme : std::uint8_t { light, dark };

struct Options {
    std::string title;                         ///< a line for people; "" = none
    std::string creator = "liaison";           ///< program and version
    LayoutKind layout = LayoutKind::force_atlas2;
    int iterations = 0;                        ///< of the layout; 0 = by size
    SizeBy size_by = SizeBy::degree;
    bool metrics = true;                       ///< page rank, betweenness, communities; degrees are always there
    std::size_t exact_betweenness = 2000;      ///< nodes up to which betweenness is exact; sampled above
    bool guard = true;                         ///< protect INF and null from Gephi's reader (gexf, graphml)
    bool mark_listed = true;                   ///< " ▲" behind the label of listed entities
    bool lists = false;                        ///< GEXF list columns in place of "a; b" strings
    GexfVersion gexf_version = GexfVersion::v1_3;
    Theme theme = Theme::light;
    bool timeline = false;                     ///< svg and png: listings and events over time in place of the graph
    int width = 1600;                          ///< svg and png, pixels
    int height = 1200;
    unsigned jobs = 1;                         ///< threads; never changes a byte
};

/// What happened on the way, for the person who exported.
struct Report {
    std::size_t nodes = 0;
    std::size_t edges = 0;
    std::size_t merged_edges = 0;      ///< parallel edges of one kind joined into another
    std::size_t dropped_edges = 0;     ///< with an end outside the selection
    std::size_t repeated_nodes = 0;    ///< second nodes of one id, left out
    std::size_t folded_kinds = 0;      ///< rare kinds written as "Other" because there were more than 50
    std::size_t guarded_values = 0;    ///< INF or null protected by U+2060
    std::size_t stripped_characters = 0;  ///< that XML cannot carry
    std::size_t cut_values = 0;        ///< longer than 32,768 characters
    std::size_t widened_dates = 0;     ///< partial dates made first or last day
    std::size_t unusable_dates = 0;    ///< not a date at all, or an end before its start: no interval, text kept
    std::size_t components = 0;
    std::size_t communities = 0;
    std::vector<std::string> notes;    ///< the selection's own and the writer's, sentences
};
/// One sentence a line, without line ends.
[[nodiscard]] std::vector<std::string> describe(const Report& report);

/// A row of the registry: `gexf`, `graphml`, ...
struct Format {
    std::string_view name;
    std::string_view description;
    std::string_view extension;   ///< with its dot; the one that `format_of_file` recognises
    bool folder = false;          ///< several files: -o names a folder
    bool needs_layout = false;    ///< positions are part of the format
};
[[nodiscard]] std::span<const Format> formats();
/// Null when there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);
/// By the ending ("x.gexf", "x.gexf.gz"); null when unknown or shared by formats.
[[nodiscard]] const Format* format_of_file(std::string_view path);

/// Writes. Throws base::UsageError for a format that this build lacks (viewer without Node at build time) and
/// base::StoreError when the output fails. Same selection and options, same bytes.
Report write(const query::Selection& selection, const Format& format, const Options& options, Output& output);

}  // namespace liaison::exports
