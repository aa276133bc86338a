#include "export/table.hpp"

#include "export/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

namespace liaison::exports {

namespace {

using Values = std::vector<std::string>;
using Properties = std::map<std::string, std::vector<std::string>>;

constexpr std::size_t value_limit = 32768;

void put(Values& values, std::string_view text) {
    std::size_t stripped = 0;  // counted once, when the drawing was prepared
    std::string cleaned = clean(text, stripped);
    if (!cleaned.empty()) values.push_back(std::move(cleaned));
}

void put_properties(Values& values, const Properties& properties, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        const auto found = properties.find(name);
        if (found == properties.end()) continue;
        for (const auto& text : found->second) {
            if (std::find(values.begin(), values.end(), text) == values.end()) put(values, text);
        }
    }
}

void put_number(Values& values, double number) {
    std::string text;
    append_number(text, number);
    values.push_back(std::move(text));
}

/// All distinct texts of the merged edges, in order of first occurrence.
template <class Read>
void put_merged(Values& values, const DrawnEdge& edge, Read read) {
    std::vector<std::string> all;
    if (edge.merged.size() == 1) {
        read(*edge.merged.front(), all);
        if (all.size() == 1) {
            put(values, all.front());
            return;
        }
        all.clear();
    }
    for (const query::Edge* one : edge.merged) read(*one, all);
    std::set<std::string_view> seen;
    for (const auto& text : all) {
        if (seen.insert(text).second) put(values, text);
    }
}

void put_edge_property(Values& values, const DrawnEdge& edge, std::initializer_list<const char*> names) {
    put_merged(values, edge, [names](const query::Edge& one, Values& all) { put_properties(all, one.properties, names); });
}

template <class Row>
void append_columns(std::string& out, const Row& row, std::span<const Column<Row>> columns, bool html_safe) {
    Values values;
    for (const auto& column : columns) {
        values.clear();
        column.read(row, values);
        if (values.empty()) continue;
        std::string id(column.id);
        std::replace(id.begin(), id.end(), ' ', '_');
        out += ",\"" + id + "\":";
        append_json_value(out, column.type, values, html_safe);
    }
}

constexpr std::array plain_node_columns = {
    NodeColumn{"schema", "Type", ColumnType::string, [](const DrawnNode& n, Values& v) { put(v, n.source->schema); }},
    NodeColumn{"name", "Name", ColumnType::string, [](const DrawnNode& n, Values& v) { put(v, n.name); }},
    NodeColumn{"aliases", "Aliases", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   put_properties(v, n.source->properties, {"name", "alias", "weakAlias", "previousName"});
                   v.erase(std::remove(v.begin(), v.end(), n.source->caption), v.end());
               }},
    NodeColumn{"sanctioned", "Sanctioned", ColumnType::boolean,
               [](const DrawnNode& n, Values& v) { v.emplace_back(n.source->listed ? "true" : "false"); }},
    NodeColumn{"programs", "Programmes", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   for (const auto& text : n.source->programmes) put(v, text);
               }},
    NodeColumn{"topics", "Topics", ColumnType::list,
               [](const DrawnNode& n, Values& v) { put_properties(v, n.source->properties, {"topics"}); }},
    NodeColumn{"countries", "Countries", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   put_properties(v, n.source->properties,
                                  {"country", "nationality", "citizenship", "jurisdiction", "flag", "mainCountry"});
               }},
    NodeColumn{"birth_date", "Born or founded", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   put_properties(v, n.source->properties, {"birthDate", "incorporationDate", "buildDate"});
               }},
    NodeColumn{"identifiers", "Identifiers", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   put_properties(v, n.source->properties,
                                  {"passportNumber", "idNumber", "taxNumber", "registrationNumber", "leiCode", "swiftBic",
                                   "imoNumber", "mmsi", "publicKey", "iban", "accountNumber"});
               }},
    NodeColumn{"datasets", "Datasets", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   for (const auto& text : n.source->datasets) put(v, text);
               }},
    NodeColumn{"source_url", "Source", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   put_properties(v, n.source->properties, {"sourceUrl", "publisherUrl", "alephUrl"});
               }},
    NodeColumn{"origin", "Position in the source", ColumnType::string,
               [](const DrawnNode& n, Values& v) { put(v, n.source->origin); }},
    NodeColumn{"first_seen", "First seen", ColumnType::string,
               [](const DrawnNode& n, Values& v) { put(v, n.source->first_seen); }},
    NodeColumn{"last_seen", "Last seen", ColumnType::string,
               [](const DrawnNode& n, Values& v) { put(v, n.source->last_seen); }},
    NodeColumn{"start_text", "Listed from, as published", ColumnType::string,
               [](const DrawnNode& n, Values& v) { put(v, n.start_text); }},
    NodeColumn{"end_text", "Listed until, as published", ColumnType::string,
               [](const DrawnNode& n, Values& v) { put(v, n.end_text); }},
    NodeColumn{"date_precision", "Date precision", ColumnType::string,
               [](const DrawnNode& n, Values& v) { put(v, n.precision); }},
    NodeColumn{"referents", "Source ids", ColumnType::list,
               [](const DrawnNode& n, Values& v) {
                   for (const auto& text : n.source->referents) put(v, text);
               }},
    NodeColumn{"distance", "Distance", ColumnType::integer,
               [](const DrawnNode& n, Values& v) { v.push_back(fmt::format("{}", n.source->distance)); }},
    NodeColumn{"degree", "Degree", ColumnType::integer,
               [](const DrawnNode& n, Values& v) { v.push_back(fmt::format("{}", n.metrics.degree)); }},
    NodeColumn{"indegree", "In-Degree", ColumnType::integer,
               [](const DrawnNode& n, Values& v) { v.push_back(fmt::format("{}", n.metrics.in_degree)); }},
    NodeColumn{"outdegree", "Out-Degree", ColumnType::integer,
               [](const DrawnNode& n, Values& v) { v.push_back(fmt::format("{}", n.metrics.out_degree)); }},
    NodeColumn{"weighted degree", "Weighted Degree", ColumnType::real,
               [](const DrawnNode& n, Values& v) { put_number(v, n.metrics.weighted_degree); }},
};

constexpr std::array metric_node_columns = {
    NodeColumn{"componentnumber", "Component ID", ColumnType::integer,
               [](const DrawnNode& n, Values& v) { v.push_back(fmt::format("{}", n.metrics.component)); }},
    NodeColumn{"modularity_class", "Modularity Class", ColumnType::integer,
               [](const DrawnNode& n, Values& v) { v.push_back(fmt::format("{}", n.metrics.community)); }},
    NodeColumn{"pageranks", "PageRank", ColumnType::real,
               [](const DrawnNode& n, Values& v) { put_number(v, n.metrics.page_rank); }},
    NodeColumn{"betweenesscentrality", "Betweenness Centrality", ColumnType::real,
               [](const DrawnNode& n, Values& v) { put_number(v, n.metrics.betweenness); }},
};

constexpr std::array all_edge_columns = {
    EdgeColumn{"relation", "Relation", ColumnType::list,
               [](const DrawnEdge& e, Values& v) {
                   // Said only where the kind that is drawn is not the one of the source.
                   if (e.merged.size() > 1 || e.source_edge->kind != e.kind) {
                       put_merged(v, e, [](const query::Edge& one, Values& all) { all.push_back(one.kind); });
                   }
               }},
    EdgeColumn{"role", "Role", ColumnType::list,
               [](const DrawnEdge& e, Values& v) {
                   put_edge_property(v, e, {"role", "relationship", "ownershipType", "status"});
               }},
    EdgeColumn{"percentage", "Share", ColumnType::list,
               [](const DrawnEdge& e, Values& v) { put_edge_property(v, e, {"percentage"}); }},
    EdgeColumn{"symmetric", "Symmetric", ColumnType::boolean,
               [](const DrawnEdge& e, Values& v) { v.emplace_back(e.symmetric ? "true" : "false"); }},
    EdgeColumn{"news", "From news", ColumnType::boolean,
               [](const DrawnEdge& e, Values& v) { v.emplace_back(e.news ? "true" : "false"); }},
    EdgeColumn{"evidence", "Evidence", ColumnType::list,
               [](const DrawnEdge& e, Values& v) {
                   put_edge_property(v, e, {"evidence", "description", "summary"});
                   if (v.empty()) {
                       put_merged(v, e, [](const query::Edge& one, Values& all) {
                           for (const auto& item : one.evidence) {
                               if (item.property == "evidence" || item.property == "description") all.push_back(item.value);
                           }
                       });
                   }
               }},
    EdgeColumn{"statements", "Statements", ColumnType::integer,
               [](const DrawnEdge& e, Values& v) {
                   std::size_t count = 0;
                   for (const auto* one : e.merged) count += one->evidence.size();
                   v.push_back(fmt::format("{}", count));
               }},
    EdgeColumn{"merged", "Relations merged", ColumnType::integer,
               [](const DrawnEdge& e, Values& v) { v.push_back(fmt::format("{}", e.merged.size())); }},
    EdgeColumn{"relations", "Relation ids", ColumnType::list,
               [](const DrawnEdge& e, Values& v) {
                   if (e.merged.size() > 1 || e.source_edge->id != e.id) {
                       put_merged(v, e, [](const query::Edge& one, Values& all) { all.push_back(one.id); });
                   }
               }},
    EdgeColumn{"datasets", "Datasets", ColumnType::list,
               [](const DrawnEdge& e, Values& v) {
                   put_merged(v, e, [](const query::Edge& one, Values& all) {
                       all.insert(all.end(), one.datasets.begin(), one.datasets.end());
                   });
               }},
    EdgeColumn{"source_url", "Source", ColumnType::list,
               [](const DrawnEdge& e, Values& v) { put_edge_property(v, e, {"sourceUrl", "publisherUrl"}); }},
    EdgeColumn{"origin", "Position in the source", ColumnType::list,
               [](const DrawnEdge& e, Values& v) {
                   put_merged(v, e, [](const query::Edge& one, Values& all) {
                       for (const auto& item : one.evidence) all.push_back(item.origin);
                   });
               }},
    EdgeColumn{"first_seen", "First seen", ColumnType::string,
               [](const DrawnEdge& e, Values& v) {
                   std::string first;
                   for (const auto* one : e.merged) {
                       for (const auto& item : one->evidence) {
                           if (!item.first_seen.empty() && (first.empty() || item.first_seen < first)) first = item.first_seen;
                       }
                   }
                   put(v, first);
               }},
    EdgeColumn{"last_seen", "Last seen", ColumnType::string,
               [](const DrawnEdge& e, Values& v) {
                   std::string last;
                   for (const auto* one : e.merged) {
                       for (const auto& item : one->evidence) {
                           if (item.last_seen.empty()) return;  // one statement is live: so is the edge
                           last = std::max(last, item.last_seen);
                       }
                   }
                   put(v, last);
               }},
    EdgeColumn{"start_text", "From, as published", ColumnType::string,
               [](const DrawnEdge& e, Values& v) { put(v, e.start_text); }},
    EdgeColumn{"end_text", "Until, as published", ColumnType::string,
               [](const DrawnEdge& e, Values& v) { put(v, e.end_text); }},
    EdgeColumn{"date_precision", "Date precision", ColumnType::string,
               [](const DrawnEdge& e, Values& v) { put(v, e.precision); }},
};

}  // namespace

std::string_view gexf_type(ColumnType type, bool lists) {
    switch (type) {
        case ColumnType::string: return "string";
        case ColumnType::boolean: return "boolean";
        case ColumnType::integer: return "integer";
        case ColumnType::real: return "double";
        case ColumnType::list: return lists ? "liststring" : "string";
    }
    return "string";
}

std::vector<NodeColumn> node_columns(bool metrics) {
    std::vector<NodeColumn> columns(plain_node_columns.begin(), plain_node_columns.end());
    if (metrics) columns.insert(columns.end(), metric_node_columns.begin(), metric_node_columns.end());
    return columns;
}

std::span<const EdgeColumn> edge_columns() { return all_edge_columns; }

void append_json_value(std::string& out, ColumnType type, const Values& values, bool html_safe) {
    switch (type) {
        case ColumnType::boolean:
        case ColumnType::integer:
        case ColumnType::real: out += values.front(); return;
        case ColumnType::string: append_json(out, values.front(), html_safe); return;
        case ColumnType::list: break;
    }
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += ',';
        append_json(out, values[i], html_safe);
    }
    out += ']';
}

void append_json_columns(std::string& out, const DrawnNode& node, std::span<const NodeColumn> columns, bool html_safe) {
    append_columns(out, node, columns, html_safe);
}

void append_json_columns(std::string& out, const DrawnEdge& edge, std::span<const EdgeColumn> columns, bool html_safe) {
    append_columns(out, edge, columns, html_safe);
}

std::string join_values(const std::vector<std::string>& values, std::size_t& cuts) {
    std::string joined;
    for (const auto& value : values) {
        if (!joined.empty()) joined += "; ";
        joined += value;
    }
    return cut(std::move(joined), value_limit, cuts);
}

}  // namespace liaison::exports
