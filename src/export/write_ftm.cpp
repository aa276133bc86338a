// FollowTheMoney, one entity a line: nodes, and relationships as the entities they are. An edge that is only a reference
// ("holder", "addressEntity") goes back into the entity that has the property. Nothing is merged here: the format has
// no trouble with parallel relationships.

#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/model/vocabulary.hpp"

#include <algorithm>
#include <map>

namespace liaison::exports {

namespace {

using Properties = std::map<std::string, std::vector<std::string>>;

void append_strings(std::string& out, const std::vector<std::string>& values) {
    std::size_t stripped = 0;
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += ',';
        append_json(out, clean(values[i], stripped));
    }
    out += ']';
}

void append_entity(std::string& out, std::string_view id, std::string_view caption, std::string_view schema,
                   const Properties& properties, const std::vector<std::string>& datasets,
                   const std::vector<std::string>& referents) {
    std::size_t stripped = 0;
    out += "{\"id\":";
    append_json(out, clean(id, stripped));
    out += ",\"caption\":";
    append_json(out, clean(caption, stripped));
    out += ",\"schema\":";
    append_json(out, schema);
    out += ",\"properties\":{";
    bool first = true;
    for (const auto& [name, values] : properties) {
        if (values.empty()) continue;
        if (!first) out += ',';
        first = false;
        append_json(out, name);
        out += ':';
        append_strings(out, values);
    }
    out += "},\"datasets\":";
    append_strings(out, datasets);
    out += ",\"referents\":";
    append_strings(out, referents);
}

void add_value(Properties& properties, const std::string& name, const std::string& value) {
    auto& values = properties[name];
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

/// The end of a reference edge whose schema has the property, or null.
const query::Node* owner_of(const query::Edge& edge, const query::Node& source, const query::Node& target) {
    const auto property = model::find_property(edge.kind);
    if (!property) return nullptr;
    for (const query::Node* node : {&source, &target}) {
        const model::Schema* schema = model::find_schema(node->schema);
        if (schema != nullptr && schema->has(*property)) return node;
    }
    return nullptr;
}

}  // namespace

void write_ftm(const Job& job) {
    std::map<std::string_view, Properties> references;  // by node id
    std::size_t lost = 0;
    std::vector<const query::Edge*> relationships;
    for (const auto& drawn : job.drawing.edges) {
        const query::Node& source = *job.drawing.nodes[drawn.source].source;
        const query::Node& target = *job.drawing.nodes[drawn.target].source;
        for (const query::Edge* edge : drawn.merged) {
            const model::Schema* schema = model::find_schema(edge->kind);
            if (schema != nullptr && schema->edge) {
                relationships.push_back(edge);
            } else if (const query::Node* owner = owner_of(*edge, source, target)) {
                add_value(references[owner->id], edge->kind, owner == &source ? target.id : source.id);
            } else {
                ++lost;
            }
        }
    }
    if (lost > 0) {
        job.report.notes.push_back(std::to_string(lost) + " edges are neither a FollowTheMoney relationship nor a property and were left out");
    }
    std::sort(relationships.begin(), relationships.end(), [](const auto* a, const auto* b) { return a->id < b->id; });

    Stream stream(job.output.open(""));
    std::string& out = stream.text();
    for (const auto& drawn : job.drawing.nodes) {
        const query::Node& node = *drawn.source;
        Properties properties = node.properties;
        if (const auto found = references.find(node.id); found != references.end()) {
            for (const auto& [name, values] : found->second) {
                for (const auto& value : values) add_value(properties, name, value);
            }
        }
        append_entity(out, node.id, drawn.name, node.schema, properties, node.datasets, node.referents);
        out += ",\"first_seen\":";
        append_json(out, node.first_seen);
        out += ",\"last_seen\":";
        append_json(out, node.last_seen);
        out += node.listed ? ",\"target\":true}\n" : ",\"target\":false}\n";
        stream.step();
    }
    for (const query::Edge* edge : relationships) {
        const model::Schema& schema = model::schema(edge->kind);
        Properties properties = edge->properties;
        add_value(properties, model::to_string(schema.edge->source), edge->source);
        add_value(properties, model::to_string(schema.edge->target), edge->target);
        if (!edge->start.empty()) add_value(properties, "startDate", edge->start);
        if (!edge->end.empty()) add_value(properties, "endDate", edge->end);
        append_entity(out, edge->id, edge->label.empty() ? edge->kind : edge->label, edge->kind, properties, edge->datasets, {});
        out += ",\"target\":false}\n";
        stream.step();
    }
    stream.finish();
}

}  // namespace liaison::exports
