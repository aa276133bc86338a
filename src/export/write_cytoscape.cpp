// Cytoscape JSON (.cyjs): what Cytoscape desktop and cytoscape.js open. Its y axis points down.

#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/export/palette.hpp"

namespace liaison::exports {

void write_cytoscape(const Job& job) {
    Stream stream(job.output.open(""));
    std::string& out = stream.text();
    const auto columns = node_columns(job.options.metrics);
    out += "{\"format_version\":\"1.0\",\"generated_by\":";
    append_json(out, job.options.creator);
    out += ",\"data\":{\"name\":";
    append_json(out, job.drawing.description);
    out += "},\"elements\":{\"nodes\":[";
    bool first = true;
    for (const auto& node : job.drawing.nodes) {
        out += first ? "\n" : ",\n";
        first = false;
        out += "{\"data\":{\"id\":";
        append_json(out, node.id);
        out += ",\"label\":";
        append_json(out, node.label);
        out += ",\"color\":\"" + to_hex(palette()[node.type].colour) + "\",\"size\":";
        append_rounded(out, node.size);
        append_json_columns(out, node, columns);
        out += "},\"position\":{\"x\":";
        append_rounded(out, node.x);
        out += ",\"y\":";
        append_rounded(out, -node.y);
        out += "}}";
        stream.step();
    }
    out += "],\"edges\":[";
    first = true;
    for (const auto& edge : job.drawing.edges) {
        out += first ? "\n" : ",\n";
        first = false;
        out += "{\"data\":{\"id\":";
        append_json(out, edge.id);
        out += ",\"source\":";
        append_json(out, job.drawing.nodes[edge.source].id);
        out += ",\"target\":";
        append_json(out, job.drawing.nodes[edge.target].id);
        out += ",\"interaction\":";
        append_json(out, edge.kind);
        out += ",\"label\":";
        append_json(out, edge.label);
        out += ",\"weight\":";
        append_number(out, edge.weight);
        append_json_columns(out, edge, edge_columns());
        out += "}}";
        stream.step();
    }
    out += "]}}\n";
    stream.finish();
}

}  // namespace liaison::exports
