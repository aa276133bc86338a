// JSON-LD: schema.org's Person and Organization where they fit, our own terms for the rest; relationships are nodes of
// their own, because they have dates and sources.

#include "export/dates.hpp"
#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/model/vocabulary.hpp"

namespace liaison::exports {

namespace {

std::string_view schema_org_type(std::string_view name) {
    const model::Schema* schema = model::find_schema(name);
    if (schema == nullptr) return "Thing";
    if (schema->is_a("Person")) return "Person";
    if (schema->is_a("Organization") || schema->is_a("Company")) return "Organization";
    if (schema->is_a("Address")) return "Place";
    if (schema->is_a("Vehicle")) return "Vehicle";
    if (schema->is_a("Document")) return "CreativeWork";
    return "Thing";
}

/// Ids become IRIs in a name space of their own: everything but unreserved characters is percent-encoded (RFC 3986).
void append_iri(std::string& out, std::string_view id) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    out += "\"urn:liaison:";
    for (const char c : id) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    out += '"';
}

}  // namespace

void write_jsonld(const Job& job) {
    const auto columns = node_columns(job.options.metrics);
    Stream stream(job.output.open(""));
    std::string& out = stream.text();
    out += "{\"@context\":{\"@vocab\":\"urn:liaison:term:\",\"schema\":\"https://schema.org/\",\"label\":"
           "\"http://www.w3.org/2000/01/rdf-schema#label\",\"aliases\":\"schema:alternateName\",\"source_url\":\"schema:citation\","
           "\"startDate\":{\"@id\":\"schema:startDate\",\"@type\":\"http://www.w3.org/2001/XMLSchema#date\"},"
           "\"endDate\":{\"@id\":\"schema:endDate\",\"@type\":\"http://www.w3.org/2001/XMLSchema#date\"},"
           "\"from\":{\"@type\":\"@id\"},\"to\":{\"@type\":\"@id\"}},\n\"@graph\":[";
    bool first = true;
    for (const auto& node : job.drawing.nodes) {
        out += first ? "\n" : ",\n";
        first = false;
        out += "{\"@id\":";
        append_iri(out, node.id);
        out += ",\"@type\":[\"schema:";
        out += schema_org_type(node.source->schema);
        out += "\"],\"label\":";
        append_json(out, node.name);
        append_json_columns(out, node, columns);
        out += '}';
        stream.step();
    }
    for (const auto& edge : job.drawing.edges) {
        out += first ? "\n" : ",\n";
        first = false;
        out += "{\"@id\":";
        append_iri(out, edge.id);
        out += ",\"@type\":[\"Relationship\"],\"kind\":";
        append_json(out, edge.kind);
        out += ",\"label\":";
        append_json(out, edge.label);
        out += ",\"from\":";
        append_iri(out, job.drawing.nodes[edge.source].id);
        out += ",\"to\":";
        append_iri(out, job.drawing.nodes[edge.target].id);
        if (!edge.when.empty() && edge.when.front().first) {
            out += ",\"startDate\":\"";
            append_day(out, *edge.when.front().first);
            out += '"';
        }
        if (!edge.when.empty() && edge.when.back().last) {
            out += ",\"endDate\":\"";
            append_day(out, *edge.when.back().last);
            out += '"';
        }
        append_json_columns(out, edge, edge_columns());
        out += '}';
        stream.step();
    }
    out += "]}\n";
    stream.finish();
}

}  // namespace liaison::exports
