// GraphML, twice. The generic one is what igraph, NetworkX, Cytoscape and Gephi read: plain keys, Gephi's names for place,
// size and colour, its reader's INF and null guarded as in GEXF. The one for yEd carries yWorks' shapes, because
// yEd ignores everything else and puts all nodes on one spot.

#include "export/dates.hpp"
#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/export/palette.hpp"

#include <fmt/format.h>

#include <iterator>

namespace liaison::exports {

namespace {

std::string_view graphml_type(ColumnType type) {
    switch (type) {
        case ColumnType::boolean: return "boolean";
        case ColumnType::integer: return "int";
        case ColumnType::real: return "double";
        case ColumnType::string:
        case ColumnType::list: break;
    }
    return "string";
}

class GraphMl {
public:
    GraphMl(const Job& job, GraphMlFlavour flavour)
        : m_job(job), m_flavour(flavour), m_stream(job.output.open("")), m_columns(node_columns(job.options.metrics)) {}

    void run() {
        head();
        for (const auto& node : m_job.drawing.nodes) {
            write_node(node);
            m_stream.step();
        }
        for (const auto& edge : m_job.drawing.edges) {
            write_edge(edge);
            m_stream.step();
        }
        m_stream.text() += "  </graph>\n</graphml>\n";
        m_stream.finish();
    }

private:
    void key(std::string_view id, std::string_view owner, std::string_view name, std::string_view type) {
        fmt::format_to(std::back_inserter(m_stream.text()),
                       "  <key id=\"{}\" for=\"{}\" attr.name=\"{}\" attr.type=\"{}\"/>\n", id, owner, name, type);
    }

    void head() {
        std::string& out = m_stream.text();
        out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"";
        switch (m_flavour) {
            case GraphMlFlavour::generic:
                out += ">\n";
                key("label", "node", "label", "string");
                for (const std::string_view name : {"x", "y", "size"}) key(name, "node", name, "double");
                for (const std::string_view name : {"r", "g", "b"}) key(name, "node", name, "int");
                key("start", "node", "start", "string");
                key("end", "node", "end", "string");
                key("edge_label", "edge", "label", "string");
                key("kind", "edge", "kind", "string");
                key("weight", "edge", "weight", "double");
                key("intervals", "edge", "intervals", "string");
                break;
            case GraphMlFlavour::yed:
                out += " xmlns:y=\"http://www.yworks.com/xml/graphml\">\n"
                       "  <key id=\"graphics\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n"
                       "  <key id=\"edgegraphics\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n";
                break;
        }
        for (const auto& column : m_columns) key(node_key(column.id), "node", column.id, graphml_type(column.type));
        for (const auto& column : edge_columns()) key(edge_key(column.id), "edge", column.id, graphml_type(column.type));
        out += "  <graph id=\"G\" edgedefault=\"directed\">\n";
    }

    static std::string node_key(std::string_view id) { return "n_" + underscored(id); }
    static std::string edge_key(std::string_view id) { return "e_" + underscored(id); }
    static std::string underscored(std::string_view id) {
        std::string text(id);
        for (char& c : text) {
            if (c == ' ') c = '_';
        }
        return text;
    }

    void text(std::string_view value) {
        if (m_job.options.guard) {
            m_job.report.guarded_values += append_guarded(m_stream.text(), value) ? 1 : 0;
        } else {
            append_xml(m_stream.text(), value);
        }
    }

    void datum(std::string_view id, std::string_view value) {
        std::string& out = m_stream.text();
        out += "<data key=\"";
        out += id;
        out += "\">";
        text(value);
        out += "</data>";
    }

    void number(std::string_view id, double value) {
        std::string& out = m_stream.text();
        out += "<data key=\"";
        out += id;
        out += "\">";
        append_rounded(out, value);
        out += "</data>";
    }

    template <class Row, class Columns>
    void values(const Row& row, const Columns& columns, std::string (*key_of)(std::string_view)) {
        for (const auto& column : columns) {
            m_values.clear();
            column.read(row, m_values);
            if (!m_values.empty()) datum(key_of(column.id), join_values(m_values, m_job.report.cut_values));
        }
    }

    void write_node(const DrawnNode& node) {
        std::string& out = m_stream.text();
        out += "    <node id=\"";
        append_xml(out, node.id);
        out += "\">";
        switch (m_flavour) {
            case GraphMlFlavour::generic: plain_node(node); break;
            case GraphMlFlavour::yed: yed_node(node); break;
        }
        values(node, m_columns, node_key);
        out += "</node>\n";
    }

    void plain_node(const DrawnNode& node) {
        datum("label", node.label);
        number("x", node.x);
        number("y", node.y);
        number("size", node.size);
        const Colour colour = palette()[node.type].colour;
        number("r", colour.red);
        number("g", colour.green);
        number("b", colour.blue);
        std::string day;
        if (node.when.first) {
            append_day(day, *node.when.first);
            datum("start", day);
        }
        if (node.when.last) {
            day.clear();
            append_day(day, *node.when.last);
            datum("end", day);
        }
    }

    static std::string_view yed_shape(Shape shape) {
        switch (shape) {
            case Shape::circle: return "ellipse";
            case Shape::square: return "rectangle";
            case Shape::diamond: return "diamond";
            case Shape::triangle: return "triangle";
            case Shape::hexagon: return "hexagon";
            case Shape::pentagon: return "trapezoid";
            case Shape::star: return "star5";
            case Shape::cross: return "octagon";
        }
        return "ellipse";
    }

    void yed_node(const DrawnNode& node) {
        std::string& out = m_stream.text();
        const TypeStyle& style = palette()[node.type];
        // yEd's y axis points down, and its places are the upper left corners.
        out += "<data key=\"graphics\"><y:ShapeNode><y:Geometry height=\"";
        append_rounded(out, 2 * node.size);
        out += "\" width=\"";
        append_rounded(out, 2 * node.size);
        out += "\" x=\"";
        append_rounded(out, node.x - node.size);
        out += "\" y=\"";
        append_rounded(out, -node.y - node.size);
        fmt::format_to(std::back_inserter(out),
                       "\"/><y:Fill color=\"{}\" transparent=\"false\"/><y:BorderStyle color=\"#000000\" type=\"line\" "
                       "width=\"{}\"/><y:NodeLabel modelName=\"sides\" modelPosition=\"s\">",
                       to_hex(style.colour), node.source->listed ? "3.0" : "1.0");
        append_xml(out, node.label);
        out += "</y:NodeLabel><y:Shape type=\"";
        out += yed_shape(style.shape);
        out += "\"/></y:ShapeNode></data>";
    }

    void write_edge(const DrawnEdge& edge) {
        std::string& out = m_stream.text();
        out += "    <edge id=\"";
        append_xml(out, edge.id);
        out += "\" source=\"";
        append_xml(out, m_job.drawing.nodes[edge.source].id);
        out += "\" target=\"";
        append_xml(out, m_job.drawing.nodes[edge.target].id);
        out += "\">";
        switch (m_flavour) {
            case GraphMlFlavour::generic: plain_edge(edge); break;
            case GraphMlFlavour::yed:
                out += "<data key=\"edgegraphics\"><y:PolyLineEdge><y:LineStyle color=\"#888888\" type=\"";
                out += edge.news ? "dashed" : "line";
                out += "\" width=\"1.0\"/><y:Arrows source=\"none\" target=\"";
                out += edge.symmetric ? "none" : "standard";
                out += "\"/><y:EdgeLabel>";
                append_xml(out, edge.label);
                out += "</y:EdgeLabel></y:PolyLineEdge></data>";
                break;
        }
        values(edge, edge_columns(), edge_key);
        out += "</edge>\n";
    }

    void plain_edge(const DrawnEdge& edge) {
        datum("edge_label", edge.label);
        datum("kind", edge.kind);
        number("weight", edge.weight);
        if (edge.when.empty()) return;
        std::string spans;
        for (const Span& span : edge.when) {
            if (!spans.empty()) spans += "; ";
            if (span.first) append_day(spans, *span.first);
            spans += "..";
            if (span.last) append_day(spans, *span.last);
        }
        datum("intervals", spans);
    }

    const Job& m_job;
    GraphMlFlavour m_flavour;
    Stream m_stream;
    std::vector<NodeColumn> m_columns;
    std::vector<std::string> m_values;
};

}  // namespace

void write_graphml(const Job& job) { GraphMl(job, GraphMlFlavour::generic).run(); }
void write_yed(const Job& job) { GraphMl(job, GraphMlFlavour::yed).run(); }

}  // namespace liaison::exports
