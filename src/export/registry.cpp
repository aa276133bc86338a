// The formats: one line each.

#include "liaison/base/error.hpp"
#include "liaison/export/export.hpp"
#include "export/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace liaison::exports {

namespace {

struct Row {
    Format format;
    void (*write)(const Job&);
};

constexpr std::array rows = {
    Row{{"gexf", "GEXF for Gephi and Gephi Lite: layout, colours, kinds, time, provenance", ".gexf", false, true}, write_gexf},
    Row{{"graphml", "GraphML for igraph, NetworkX, Cytoscape (no edge kinds, no time)", ".graphml", false, true}, write_graphml},
    Row{{"yed", "GraphML with shapes and places for yEd", ".yed.graphml", false, true}, write_yed},
    Row{{"cytoscape", "Cytoscape JSON", ".cyjs", false, true}, write_cytoscape},
    Row{{"neo4j", "CSV files and a script for neo4j-admin import", "", true, false}, write_neo4j},
    Row{{"cypher", "Cypher statements that merge into a Neo4j database in use", ".cypher", false, false}, write_cypher},
    Row{{"csv", "nodes.csv and edges.csv, as Gephi's spreadsheet import wants them", "", true, false}, write_csv},
    Row{{"dot", "DOT for Graphviz", ".dot", false, true}, write_dot},
    Row{{"ftm", "FollowTheMoney entities, one JSON object a line", ".ftm.json", false, false}, write_ftm},
    Row{{"jsonld", "JSON-LD with schema.org terms", ".jsonld", false, false}, write_jsonld},
    Row{{"stix", "STIX 2.1 bundle", ".stix.json", false, false}, write_stix},
    Row{{"misp", "MISP event", ".misp.json", false, false}, write_misp},
    Row{{"i2", "one link a row, for i2 Analyst's Notebook", ".i2.csv", false, false}, write_i2},
    Row{{"html", "one page with a viewer inside, works from disk without network", ".html", false, true}, write_html},
    Row{{"svg", "picture for reports", ".svg", false, true}, write_svg},
    Row{{"png", "picture for reports, in pixels", ".png", false, true}, write_png},
};

constexpr auto list = [] {
    std::array<Format, rows.size()> formats{};
    for (std::size_t i = 0; i < rows.size(); ++i) formats[i] = rows[i].format;
    return formats;
}();

void say(std::vector<std::string>& lines, std::size_t count, std::string_view one, std::string_view many) {
    if (count > 0) lines.push_back(fmt::format("{} {}", count, count == 1 ? one : many));
}

}  // namespace

std::span<const Format> formats() { return list; }

const Format* find_format(std::string_view name) {
    const auto found = std::find_if(list.begin(), list.end(), [name](const Format& format) { return format.name == name; });
    return found == list.end() ? nullptr : &*found;
}

const Format* format_of_file(std::string_view path) {
    if (path.ends_with(".gz")) path.remove_suffix(3);
    const Format* found = nullptr;
    for (const Format& format : list) {
        // The longest ending wins: ".cyjs" before ".js", "x.misp.json" before "x.json".
        if (!format.folder && path.ends_with(format.extension) && (found == nullptr || format.extension.size() > found->extension.size())) {
            found = &format;
        }
    }
    return found;
}

std::vector<std::string> describe(const Report& report) {
    std::vector<std::string> lines;
    lines.push_back(fmt::format("{} nodes, {} edges", report.nodes, report.edges));
    say(lines, report.merged_edges, "parallel edge of one kind merged into another", "parallel edges of one kind merged into others");
    say(lines, report.dropped_edges, "edge left out: an end is outside the selection",
        "edges left out: an end is outside the selection");
    say(lines, report.repeated_nodes, "node left out: its id came twice", "nodes left out: their ids came twice");
    say(lines, report.folded_kinds, "edge of a rare kind written as \"Other\"", "edges of rare kinds written as \"Other\"");
    say(lines, report.guarded_values, "value guarded against Gephi's reading of INF and null",
        "values guarded against Gephi's reading of INF and null");
    say(lines, report.stripped_characters, "character left out that XML cannot carry",
        "characters left out that XML cannot carry");
    say(lines, report.cut_values, "value cut to 32,768 bytes or less", "values cut to 32,768 bytes or less");
    say(lines, report.widened_dates, "element with partial dates widened to whole days",
        "elements with partial dates widened to whole days");
    say(lines, report.unusable_dates, "element without interval: its dates cannot be used",
        "elements without interval: their dates cannot be used");
    lines.insert(lines.end(), report.notes.begin(), report.notes.end());
    return lines;
}

Report write(const query::Selection& selection, const Format& format, const Options& options, Output& output) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.format.name == format.name; });
    if (row == rows.end()) throw base::InternalError(fmt::format("export: no writer for \"{}\"", format.name));
    Report report;
    const Drawing drawing = draw(selection, options, format.needs_layout, report);
    row->write({selection, drawing, options, output, report});
    return report;
}

}  // namespace liaison::exports
