// DOT for Graphviz: quoted, not strict (strict would drop parallel edges), labels as plain text.

#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/export/palette.hpp"

#include <fmt/format.h>

#include <iterator>

namespace liaison::exports {

namespace {

/// Only the quote needs escaping for the reader, the backslash for the labels' own escapes (\N, \G, \l).
void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n' || c == '\r') {
            out += ' ';
        } else {
            out += c;
        }
    }
    out += '"';
}

std::string_view dot_shape(Shape shape) {
    switch (shape) {
        case Shape::circle: return "circle";
        case Shape::square: return "square";
        case Shape::diamond: return "diamond";
        case Shape::triangle: return "triangle";
        case Shape::hexagon: return "hexagon";
        case Shape::pentagon: return "pentagon";
        case Shape::star: return "star";
        case Shape::cross: return "plus";
    }
    return "circle";
}

}  // namespace

void write_dot(const Job& job) {
    Stream stream(job.output.open(""));
    std::string& out = stream.text();
    constexpr std::size_t small = 500;  // Graphviz' dot is for hierarchies of some hundred nodes, sfdp for the rest
    fmt::format_to(std::back_inserter(out),
                   "digraph liaison {{\n  graph [layout={}, overlap=prism, splines=line, outputorder=edgesfirst, label=",
                   job.drawing.nodes.size() <= small ? "neato" : "sfdp");
    append_quoted(out, job.drawing.description);
    out += "];\n  node [style=filled, fontname=\"Sans\", fontsize=10, fixedsize=true];\n  edge [color=\"#888888\", fontsize=8];\n";
    for (const auto& node : job.drawing.nodes) {
        const TypeStyle& style = palette()[node.type];
        out += "  ";
        append_quoted(out, node.id);
        out += " [xlabel=";
        append_quoted(out, node.label);
        fmt::format_to(std::back_inserter(out), ", label=\"\", shape={}, fillcolor=\"{}\", peripheries={}, width={:.3f}, pos=\"{:.3f},{:.3f}\"];\n",
                       dot_shape(style.shape), to_hex(style.colour), node.source->listed ? 2 : 1, node.size / 36, node.x, node.y);
        stream.step();
    }
    for (const auto& edge : job.drawing.edges) {
        out += "  ";
        append_quoted(out, job.drawing.nodes[edge.source].id);
        out += " -> ";
        append_quoted(out, job.drawing.nodes[edge.target].id);
        out += " [id=";
        append_quoted(out, edge.id);
        out += ", label=";
        append_quoted(out, edge.label);
        out += ", tooltip=";
        append_quoted(out, edge.kind);
        if (edge.symmetric) out += ", dir=none";
        if (edge.news) out += ", style=dashed";
        out += "];\n";
        stream.step();
    }
    out += "}\n";
    stream.finish();
}

}  // namespace liaison::exports
