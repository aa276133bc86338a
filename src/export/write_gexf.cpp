// GEXF 1.3 as Gephi really reads it (and 1.2 for NetworkX before 3.0). One attributes block a class, before the nodes;
// time is always said the same way, so that a later export can be appended to an open workspace; sizes before positions
// because some readers take the first child of viz they know.

#include "export/dates.hpp"
#include "liaison/export/palette.hpp"
#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"

#include <fmt/format.h>

#include <iterator>

namespace liaison::exports {

namespace {

constexpr std::size_t list_limit = 32768;
constexpr std::size_t list_frame = 32;  // quotes, comma, and the mark of a cut

class GexfWriter {
public:
    explicit GexfWriter(const Job& job)
        : m_drawing(job.drawing), m_options(job.options), m_report(job.report), m_stream(job.output.open("")),
          m_node_columns(node_columns(job.options.metrics)) {}

    void run() {
        head();
        m_stream.text() += "    <nodes>\n";
        for (const auto& node : m_drawing.nodes) {
            write_node(node);
            m_stream.step();
        }
        m_stream.text() += "    </nodes>\n    <edges>\n";
        for (const auto& edge : m_drawing.edges) {
            write_edge(edge);
            m_stream.step();
        }
        m_stream.text() += "    </edges>\n  </graph>\n</gexf>\n";
        m_stream.finish();
    }

private:
    void head() {
        std::string& out = m_stream.text();
        out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        switch (m_options.gexf_version) {
            case GexfVersion::v1_3:
                out += "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n";
                break;
            case GexfVersion::v1_2:
                out += "<gexf xmlns=\"http://www.gexf.net/1.2draft\" xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" "
                       "version=\"1.2\">\n";
                break;
        }
        out += "  <meta";
        if (!m_drawing.data_date.empty()) attribute("lastmodifieddate", m_drawing.data_date);
        out += "><creator>";
        append_xml(out, m_options.creator);
        out += "</creator><description>";
        append_xml(out, m_drawing.description);
        out += "</description></meta>\n";
        out += m_drawing.dynamic ? "  <graph mode=\"dynamic\"" : "  <graph mode=\"static\"";
        out += " defaultedgetype=\"directed\" timeformat=\"date\"";
        // Gephi refuses to append a file whose time settings differ from the workspace's, so a static one says them too.
        if (m_options.gexf_version == GexfVersion::v1_3) out += " timerepresentation=\"interval\" timezone=\"UTC\"";
        out += ">\n";
        declare("node", m_node_columns);
        declare("edge", edge_columns());
    }

    void attribute(std::string_view name, std::string_view value) {
        std::string& out = m_stream.text();
        out += ' ';
        out += name;
        out += "=\"";
        append_xml(out, value);
        out += '"';
    }

    template <class Columns>
    void declare(std::string_view kind, const Columns& columns) {
        std::string& out = m_stream.text();
        fmt::format_to(std::back_inserter(out), "    <attributes class=\"{}\" mode=\"static\">\n", kind);
        for (const auto& column : columns) {
            out += "      <attribute";
            attribute("id", column.id);
            attribute("title", column.title);
            attribute("type", gexf_type(column.type, m_options.lists));
            out += "/>\n";
        }
        out += "    </attributes>\n";
    }

    /// A list as Gephi parses it: ["a", "b, c"], with backslash and quote escaped.
    [[nodiscard]] std::string list_text(const std::vector<std::string>& values) {
        std::string text = "[";
        for (const auto& value : values) {
            std::string item;
            for (const char c : value) {
                if (c == '"' || c == '\\') item += '\\';
                item += c;
            }
            if (text.size() + item.size() + list_frame > list_limit) {
                // The rest is said to be missing rather than cut in the middle of a quoted item.
                text += text.size() > 1 ? ", \"\xE2\x80\xA6 [cut]\"" : "\"\xE2\x80\xA6 [cut]\"";
                ++m_report.cut_values;
                break;
            }
            if (text.size() > 1) text += ", ";
            text += '"' + item + '"';
        }
        return text + "]";
    }

    template <class Row, class Columns>
    void values(const Row& row, const Columns& columns) {
        std::string& out = m_stream.text();
        bool any = false;
        for (const auto& column : columns) {
            m_values.clear();
            column.read(row, m_values);
            if (m_values.empty()) continue;
            const std::string text = column.type == ColumnType::list && m_options.lists
                                         ? list_text(m_values)
                                         : join_values(m_values, m_report.cut_values);
            if (!any) out += "<attvalues>";
            any = true;
            out += "<attvalue for=\"";
            out += column.id;
            out += "\" value=\"";
            const bool textual = column.type == ColumnType::string || column.type == ColumnType::list;
            if (textual && m_options.guard) {
                m_report.guarded_values += append_guarded(out, text) ? 1 : 0;
            } else {
                append_xml(out, text);
            }
            out += "\"/>";
        }
        if (any) out += "</attvalues>";
    }

    void bounds(const Span& span) {
        std::string& out = m_stream.text();
        if (span.first) {
            out += " start=\"";
            append_day(out, *span.first);
            out += '"';
        }
        if (span.last) {
            out += " end=\"";
            append_day(out, *span.last);
            out += '"';
        }
    }

    void write_node(const DrawnNode& node) {
        std::string& out = m_stream.text();
        out += "      <node";
        attribute("id", node.id);
        attribute("label", node.label);
        if (m_drawing.dynamic) bounds(node.when);
        out += '>';
        values(node, m_node_columns);
        out += "<viz:size value=\"";
        append_rounded(out, node.size);
        out += "\"/><viz:position x=\"";
        append_rounded(out, node.x);
        out += "\" y=\"";
        append_rounded(out, node.y);
        out += "\" z=\"0\"/>";
        const Colour colour = palette()[node.type].colour;
        fmt::format_to(std::back_inserter(out), "<viz:color r=\"{}\" g=\"{}\" b=\"{}\"/></node>\n", colour.red, colour.green,
                       colour.blue);
    }

    void write_edge(const DrawnEdge& edge) {
        std::string& out = m_stream.text();
        out += "      <edge";
        attribute("id", edge.id);
        attribute("source", m_drawing.nodes[edge.source].id);
        attribute("target", m_drawing.nodes[edge.target].id);
        attribute("kind", edge.kind);
        attribute("label", edge.label);
        out += " weight=\"";
        append_number(out, edge.weight);
        out += '"';
        if (m_drawing.dynamic && edge.when.size() == 1) bounds(edge.when[0]);
        out += '>';
        values(edge, edge_columns());
        if (m_drawing.dynamic && edge.when.size() > 1) {
            out += "<spells>";
            for (const Span& span : edge.when) {
                out += "<spell";
                bounds(span);
                out += "/>";
            }
            out += "</spells>";
        }
        out += "</edge>\n";
    }

    const Drawing& m_drawing;
    const Options& m_options;
    Report& m_report;
    Stream m_stream;
    std::vector<NodeColumn> m_node_columns;
    std::vector<std::string> m_values;
};

}  // namespace

void write_gexf(const Job& job) { GexfWriter(job).run(); }

}  // namespace liaison::exports
