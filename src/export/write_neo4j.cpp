// Neo4j twice: CSV files with typed headers and a script for `neo4j-admin database import full` into an empty database, and
// Cypher statements that merge into one that is in use.

#include "export/dates.hpp"
#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>

namespace liaison::exports {

namespace {

// Values hold no control characters, so this one can part array items without escaping; ";" occurs in names.
constexpr char array_delimiter = '\x1f';
constexpr std::size_t batch = 500;  // rows a statement

std::string_view neo4j_type(ColumnType type) {
    switch (type) {
        case ColumnType::string: return "string";
        case ColumnType::boolean: return "boolean";
        case ColumnType::integer: return "long";
        case ColumnType::real: return "double";
        case ColumnType::list: return "string[]";
    }
    return "string";
}

std::string property_name(std::string_view id) {
    std::string name(id);
    for (char& c : name) {
        if (c == ' ') c = '_';
    }
    return name;
}

/// Letters, digits and underscores only: what needs no quoting anywhere.
std::string type_name(std::string_view kind) {
    std::string name;
    for (std::size_t i = 0; i < kind.size(); ++i) {
        const char c = kind[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool lower = c >= 'a' && c <= 'z';
        const bool digit = c >= '0' && c <= '9';
        if (upper && i > 0 && !name.empty() && name.back() != '_' && kind[i - 1] >= 'a' && kind[i - 1] <= 'z') name += '_';
        if (upper || digit) {
            name += c;
        } else if (lower) {
            name += static_cast<char>(c - 'a' + 'A');
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    while (!name.empty() && name.back() == '_') name.pop_back();
    return name.empty() || (name[0] >= '0' && name[0] <= '9') ? "LINK_" + name : name;
}

template <class Row, class Columns>
void append_fields(std::string& out, const Row& row, const Columns& columns, std::size_t& cuts) {
    std::vector<std::string> values;
    for (const auto& column : columns) {
        values.clear();
        column.read(row, values);
        std::string joined;
        for (const auto& value : values) {
            if (!joined.empty()) joined += array_delimiter;
            joined += cut(value, 32768, cuts);
        }
        out += ',';
        // An empty quoted string would be a value; nothing at all is none.
        if (!joined.empty()) append_csv(out, joined, false);
    }
}

void append_header(std::string& out, std::string_view start, const auto& columns) {
    out += start;
    for (const auto& column : columns) {
        out += ',' + property_name(column.id) + ':';
        out += neo4j_type(column.type);
    }
    out += '\n';
}

constexpr std::string_view load_script = R"sh(#!/bin/sh
# Loads this folder into an EMPTY Neo4j 5 database: ./load.sh [DATABASE]
set -eu
cd "$(dirname "$0")"
exec neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --id-type=string \
  --array-delimiter=U+001F --multiline-fields=true --overwrite-destination=false "${1:-neo4j}"
)sh";

// Neo4j resolves \uXXXX before it reads the statement, even behind an escaped backslash (a known way to inject), so
// a backslash and a "u" never stand side by side.
void append_cypher(std::string& out, std::string_view text) {
    out += '\'';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '\'': out += "\\'"; break;
            case '\\':
                out += "\\\\";
                if (i + 1 < text.size() && (text[i + 1] == 'u' || text[i + 1] == 'U')) out += "' + '";
                break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: out += c;
        }
    }
    out += '\'';
}

template <class Row, class Columns>
void append_map(std::string& out, const Row& row, const Columns& columns) {
    std::vector<std::string> values;
    for (const auto& column : columns) {
        values.clear();
        column.read(row, values);
        if (values.empty()) continue;
        out += ", " + property_name(column.id) + ": ";
        switch (column.type) {
            case ColumnType::boolean:
            case ColumnType::integer:
            case ColumnType::real: out += values.front(); break;
            case ColumnType::string: append_cypher(out, values.front()); break;
            case ColumnType::list:
                out += '[';
                for (std::size_t i = 0; i < values.size(); ++i) {
                    if (i > 0) out += ", ";
                    append_cypher(out, values[i]);
                }
                out += ']';
                break;
        }
    }
}

/// Rows of one kind, written as UNWIND statements of some hundred rows each.
template <class Append>
void append_batches(Stream& stream, std::size_t count, std::string_view tail, Append append) {
    for (std::size_t first = 0; first < count; first += batch) {
        std::string& out = stream.text();
        out += "UNWIND [\n";
        for (std::size_t i = first; i < std::min(first + batch, count); ++i) {
            out += i == first ? "  " : ",\n  ";
            append(out, i);
            stream.step();
        }
        out += "\n] AS row\n";
        out += tail;
        out += ";\n";
    }
}

}  // namespace

void write_neo4j(const Job& job) {
    const auto columns = node_columns(job.options.metrics);
    Stream nodes(job.output.open("nodes.csv"));
    append_header(nodes.text(), "id:ID(Entity),:LABEL,label:string", columns);
    for (const auto& node : job.drawing.nodes) {
        std::string& out = nodes.text();
        append_csv(out, node.id, false);
        out += ",Entity";
        out += array_delimiter;
        append_csv(out, property_name(node.source->schema), false);
        out += ',';
        append_csv(out, node.label, false);
        append_fields(out, node, columns, job.report.cut_values);
        out += '\n';
        nodes.step();
    }
    nodes.finish();

    Stream edges(job.output.open("relationships.csv"));
    append_header(edges.text(), ":START_ID(Entity),:END_ID(Entity),:TYPE,id:string,label:string,weight:double,start:date,end:date",
                  edge_columns());
    for (const auto& edge : job.drawing.edges) {
        std::string& out = edges.text();
        append_csv(out, job.drawing.nodes[edge.source].id, false);
        out += ',';
        append_csv(out, job.drawing.nodes[edge.target].id, false);
        out += ',' + type_name(edge.kind) + ',';
        append_csv(out, edge.id, false);
        out += ',';
        append_csv(out, edge.label, false);
        out += ',';
        append_number(out, edge.weight);
        out += ',';
        if (!edge.when.empty() && edge.when.front().first) append_day(out, *edge.when.front().first);
        out += ',';
        if (!edge.when.empty() && edge.when.back().last) append_day(out, *edge.when.back().last);
        append_fields(out, edge, edge_columns(), job.report.cut_values);
        out += '\n';
        edges.step();
    }
    edges.finish();

    Stream script(job.output.open("load.sh"));
    script.text() += load_script;
    script.finish();
}

void write_cypher(const Job& job) {
    const auto columns = node_columns(job.options.metrics);
    Stream stream(job.output.open(""));
    stream.text() += "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n";
    std::map<std::string, std::vector<const DrawnNode*>> by_label;
    for (const auto& node : job.drawing.nodes) by_label[type_name(node.source->schema)].push_back(&node);
    for (const auto& [label, nodes] : by_label) {
        std::string schema = "Thing";
        for (const char c : nodes.front()->source->schema) {
            const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (schema == "Thing") schema.clear();
            schema += plain ? c : '_';
        }
        append_batches(stream, nodes.size(), "MERGE (n:Entity {id: row.id}) SET n += row, n:`" + schema + "`",
                       [&](std::string& out, std::size_t i) {
                           out += "{id: ";
                           append_cypher(out, nodes[i]->id);
                           out += ", label: ";
                           append_cypher(out, nodes[i]->label);
                           append_map(out, *nodes[i], columns);
                           out += '}';
                       });
    }
    std::map<std::string, std::vector<const DrawnEdge*>> by_type;
    for (const auto& edge : job.drawing.edges) by_type[type_name(edge.kind)].push_back(&edge);
    for (const auto& [type, edges] : by_type) {
        append_batches(stream, edges.size(),
                       "MATCH (a:Entity {id: row.source}), (b:Entity {id: row.target})\nMERGE (a)-[r:" + type +
                           " {id: row.properties.id}]->(b) SET r += row.properties",
                       [&](std::string& out, std::size_t i) {
                           const DrawnEdge& edge = *edges[i];
                           out += "{source: ";
                           append_cypher(out, job.drawing.nodes[edge.source].id);
                           out += ", target: ";
                           append_cypher(out, job.drawing.nodes[edge.target].id);
                           out += ", properties: {id: ";
                           append_cypher(out, edge.id);
                           out += ", label: ";
                           append_cypher(out, edge.label);
                           out += ", weight: ";
                           append_number(out, edge.weight);
                           if (!edge.when.empty() && edge.when.front().first) {
                               out += ", start: date('";
                               append_day(out, *edge.when.front().first);
                               out += "')";
                           }
                           if (!edge.when.empty() && edge.when.back().last) {
                               out += ", end: date('";
                               append_day(out, *edge.when.back().last);
                               out += "')";
                           }
                           append_map(out, edge, edge_columns());
                           out += "}}";
                       });
    }
    stream.finish();
}

}  // namespace liaison::exports
