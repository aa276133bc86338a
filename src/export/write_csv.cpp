// Tables: nodes.csv and edges.csv as Gephi's "Import spreadsheet" wants them (its Kind column keeps parallel edges), and
// the one-row-a-link table that i2 Analyst's Notebook imports by a saved specification.

#include "export/dates.hpp"
#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"

namespace liaison::exports {

namespace {

void append_timeset(std::string& out, const std::vector<Span>& spans) {
    if (spans.empty()) return;
    // Gephi's own notation; an open side is infinite.
    std::string text = "<";
    for (const Span& span : spans) {
        if (text.size() > 1) text += "; ";
        text += '[';
        if (span.first) {
            append_day(text, *span.first);
        } else {
            text += "-Infinity";
        }
        text += ", ";
        if (span.last) {
            append_day(text, *span.last);
        } else {
            text += "Infinity";
        }
        text += ']';
    }
    append_csv(out, text + ">", false);
}

template <class Row, class Columns>
void append_cells(std::string& out, const Row& row, const Columns& columns, std::size_t& cuts) {
    std::vector<std::string> values;
    for (const auto& column : columns) {
        values.clear();
        column.read(row, values);
        out += ',';
        append_csv(out, join_values(values, cuts), column.type == ColumnType::string || column.type == ColumnType::list);
    }
    out += "\r\n";
}

template <class Columns>
void append_titles(std::string& out, const Columns& columns) {
    for (const auto& column : columns) {
        out += ',';
        out += column.id;
    }
    out += "\r\n";
}

}  // namespace

void write_csv(const Job& job) {
    const auto columns = node_columns(job.options.metrics);
    Stream nodes(job.output.open("nodes.csv"));
    nodes.text() += "Id,Label,timeset";
    append_titles(nodes.text(), columns);
    for (const auto& node : job.drawing.nodes) {
        std::string& out = nodes.text();
        append_csv(out, node.id, true);
        out += ',';
        append_csv(out, node.label, true);
        out += ',';
        if (node.when != Span{}) append_timeset(out, {node.when});
        append_cells(out, node, columns, job.report.cut_values);
        nodes.step();
    }
    nodes.finish();

    Stream edges(job.output.open("edges.csv"));
    edges.text() += "Source,Target,Type,Kind,Id,Label,Weight,timeset";
    append_titles(edges.text(), edge_columns());
    for (const auto& edge : job.drawing.edges) {
        std::string& out = edges.text();
        append_csv(out, job.drawing.nodes[edge.source].id, true);
        out += ',';
        append_csv(out, job.drawing.nodes[edge.target].id, true);
        out += ",Directed,";
        append_csv(out, edge.kind, true);
        out += ',';
        append_csv(out, edge.id, true);
        out += ',';
        append_csv(out, edge.label, true);
        out += ',';
        append_number(out, edge.weight);
        out += ',';
        append_timeset(out, edge.when);
        append_cells(out, edge, edge_columns(), job.report.cut_values);
        edges.step();
    }
    edges.finish();
}

void write_i2(const Job& job) {
    Stream stream(job.output.open(""));
    // Analyst's Notebook takes the encoding from the byte order mark.
    stream.text() += "\xEF\xBB\xBF" "End1 Id,End1 Type,End1 Label,End1 Listed,End2 Id,End2 Type,End2 Label,End2 Listed,Link Id,"
                     "Link Type,Link Label,Link Direction,Link Start,Link End,Strength,Datasets,Source,Description\r\n";
    const auto columns = edge_columns();
    const auto append_column = [&](std::string& out, const DrawnEdge& edge, std::string_view id) {
        std::vector<std::string> values;
        for (const auto& column : columns) {
            if (column.id == id) column.read(edge, values);
        }
        append_csv(out, join_values(values, job.report.cut_values), true);
    };
    const auto append_end = [](std::string& out, const DrawnNode& node) {
        append_csv(out, node.id, true);
        out += ',';
        append_csv(out, node.source->schema, true);
        out += ',';
        append_csv(out, node.name, true);
        out += node.source->listed ? ",yes," : ",no,";
    };
    std::vector<std::uint8_t> linked(job.drawing.nodes.size(), 0);
    for (const auto& edge : job.drawing.edges) {
        std::string& out = stream.text();
        append_end(out, job.drawing.nodes[edge.source]);
        append_end(out, job.drawing.nodes[edge.target]);
        linked[edge.source] = linked[edge.target] = 1;
        append_csv(out, edge.id, true);
        out += ',';
        append_csv(out, edge.kind, true);
        out += ',';
        append_csv(out, edge.label, true);
        out += edge.symmetric ? ",none," : ",end1 to end2,";
        if (!edge.when.empty() && edge.when.front().first) append_day(out, *edge.when.front().first);
        out += ',';
        if (!edge.when.empty() && edge.when.back().last) append_day(out, *edge.when.back().last);
        out += ',';
        append_number(out, edge.weight);
        for (const std::string_view id : {"datasets", "source_url", "evidence"}) {
            out += ',';
            append_column(out, edge, id);
        }
        out += "\r\n";
        stream.step();
    }
    // A row is a link; those without one come as a row whose second end is empty, which the importer takes for an entity.
    for (std::size_t i = 0; i < linked.size(); ++i) {
        if (linked[i] != 0) continue;
        append_end(stream.text(), job.drawing.nodes[i]);
        stream.text() += ",,,,,,,,,,,,,\r\n";
        stream.step();
    }
    stream.finish();
}

}  // namespace liaison::exports
