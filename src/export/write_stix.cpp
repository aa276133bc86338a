// STIX 2.1 bundle: identities (people, organizations), locations, reports (documents) and relationships. What STIX has no
// object for (vessels, wallets, accounts) is an identity of class "unknown" whose type stands in the property extension.
// Listing, programmes and the rest of our columns are in the same extension (section 7.3 of the standard).

#include "export/dates.hpp"
#include "export/stable_uuid.hpp"
#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/model/country.hpp"
#include "liaison/model/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liaison::exports {

namespace {

enum class StixKind : std::uint8_t { individual, organization, location, report, unknown };

/// A location needs a region, a country or coordinates: an address without country is none.
std::string_view country_of(const query::Node& node) {
    const auto found = node.properties.find("country");
    if (found == node.properties.end()) return {};
    for (const auto& code : found->second) {
        if (code.size() == 2) return code;
    }
    return {};
}

StixKind kind_of(const query::Node& node) {
    const model::Schema* schema = model::find_schema(node.schema);
    if (schema == nullptr) return StixKind::unknown;
    if (schema->is_a("Person")) return StixKind::individual;
    if (schema->is_a("Organization") || schema->is_a("Company")) return StixKind::organization;
    if (schema->is_a("Address") && !country_of(node).empty()) return StixKind::location;
    if (schema->is_a("Document")) return StixKind::report;
    return StixKind::unknown;
}

std::string_view type_of(StixKind kind) {
    switch (kind) {
        case StixKind::location: return "location";
        case StixKind::report: return "report";
        case StixKind::individual:
        case StixKind::organization:
        case StixKind::unknown: break;
    }
    return "identity";
}

std::string stamp(std::string_view date, std::string_view fallback) {
    const Widened day = widen(date, "");
    std::string text;
    if (day.span.first) {
        append_day(text, *day.span.first);
    } else {
        text = fallback;
    }
    return text + "T00:00:00.000Z";
}

/// "UnknownLink" becomes "unknown-link": lower case, digits and hyphens only.
std::string relationship_type(std::string_view kind) {
    std::string name;
    for (std::size_t i = 0; i < kind.size(); ++i) {
        const char c = kind[i];
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !name.empty() && name.back() != '-') name += '-';
        if (upper) {
            name += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            name += c;
        } else if (!name.empty() && name.back() != '-') {
            name += '-';
        }
    }
    while (!name.empty() && name.back() == '-') name.pop_back();
    return name.empty() ? "related-to" : name;
}

class Stix {
public:
    explicit Stix(const Job& job)
        : m_job(job), m_stream(job.output.open("")), m_columns(node_columns(job.options.metrics)),
          m_extension("extension-definition--" + stable_uuid("extension", "liaison")),
          m_creator("identity--" + stable_uuid("identity", "liaison itself")),
          m_fallback(job.drawing.data_date.empty() ? "1970-01-01" : job.drawing.data_date) {}

    void run() {
        std::string& out = m_stream.text();
        std::string content = m_fallback;
        for (const auto& node : m_job.drawing.nodes) {
            const std::string id = fmt::format("{}--{}", type_of(kind_of(*node.source)), stable_uuid("node", node.id));
            m_ids.push_back(id);
            content += id;
        }
        out += "{\"type\":\"bundle\",\"id\":\"bundle--" + stable_uuid("bundle", content) + "\",\"objects\":[\n";
        frame();
        for (std::size_t i = 0; i < m_ids.size(); ++i) write_node(i);
        for (const auto& edge : m_job.drawing.edges) write_edge(edge);
        out += "\n]}\n";
        m_stream.finish();
    }

private:
    void open(std::string_view type, std::string_view id, std::string_view created) {
        fmt::format_to(std::back_inserter(m_stream.text()),
                       "{{\"type\":\"{}\",\"spec_version\":\"2.1\",\"id\":\"{}\",\"created\":\"{}\",\"modified\":\"{}\"", type, id,
                       created, created);
    }

    void frame() {
        std::string& out = m_stream.text();
        open("identity", m_creator, stamp("", "1970-01-01"));
        out += ",\"name\":";
        append_json(out, m_job.options.creator);
        out += ",\"identity_class\":\"system\"},\n";
        open("extension-definition", m_extension, stamp("", "1970-01-01"));
        out += ",\"created_by_ref\":\"" + m_creator +
               "\",\"name\":\"liaison columns\",\"description\":\"Listing, programmes, datasets, sources and measures of "
               "entities and relationships\",\"schema\":\"https://json-schema.org/draft/2020-12/schema\",\"version\":\"1.0.0\","
               "\"extension_types\":[\"property-extension\"]}";
    }

    void references(const std::vector<std::string>& urls, std::string_view source) {
        if (urls.empty()) return;
        std::string& out = m_stream.text();
        out += ",\"external_references\":[";
        for (std::size_t i = 0; i < urls.size(); ++i) {
            if (i > 0) out += ',';
            out += "{\"source_name\":";
            append_json(out, source.empty() ? "source" : source);
            out += ",\"url\":";
            append_json(out, urls[i]);
            out += '}';
        }
        out += ']';
    }

    template <class Row, class Columns>
    static std::vector<std::string> read(const Row& row, const Columns& columns, std::string_view id) {
        std::vector<std::string> values;
        for (const auto& column : columns) {
            if (column.id == id) column.read(row, values);
        }
        return values;
    }

    void write_node(std::size_t index) {
        const DrawnNode& node = m_job.drawing.nodes[index];
        const StixKind kind = kind_of(*node.source);
        std::string& out = m_stream.text();
        out += ",\n";
        const std::string created = stamp(node.source->first_seen, m_fallback);
        open(type_of(kind), m_ids[index], created);
        out += ",\"created_by_ref\":\"" + m_creator + "\",\"name\":";
        append_json(out, node.name);
        switch (kind) {
            case StixKind::individual: out += ",\"identity_class\":\"individual\""; break;
            case StixKind::organization: out += ",\"identity_class\":\"organization\""; break;
            case StixKind::unknown: out += ",\"identity_class\":\"unknown\""; break;
            case StixKind::location:
                out += ",\"country\":";
                append_json(out, country_of(*node.source));
                break;
            case StixKind::report: write_report(index, created); break;
        }
        const auto datasets = read(node, m_columns, "datasets");
        references(read(node, m_columns, "source_url"), datasets.empty() ? "" : datasets.front());
        extension(node, m_columns);
        out += '}';
        m_stream.step();
    }

    /// A report must refer to something: to what its document is linked with, else to the creator.
    void write_report(std::size_t index, std::string_view published) {
        std::vector<std::string> linked;
        for (const auto& edge : m_job.drawing.edges) {
            if (edge.source == index) linked.push_back(m_ids[edge.target]);
            if (edge.target == index) linked.push_back(m_ids[edge.source]);
        }
        if (linked.empty()) linked.push_back(m_creator);
        std::sort(linked.begin(), linked.end());
        linked.erase(std::unique(linked.begin(), linked.end()), linked.end());
        std::string& out = m_stream.text();
        fmt::format_to(std::back_inserter(out), ",\"published\":\"{}\",\"object_refs\":[\"{}\"]", published,
                       fmt::join(linked, "\",\""));
    }

    template <class Row, class Columns>
    void extension(const Row& row, const Columns& columns) {
        std::string& out = m_stream.text();
        out += ",\"extensions\":{\"" + m_extension + "\":{\"extension_type\":\"property-extension\"";
        append_json_columns(out, row, columns);
        out += "}}";
    }

    void write_edge(const DrawnEdge& edge) {
        std::string& out = m_stream.text();
        out += ",\n";
        const auto first_seen = read(edge, edge_columns(), "first_seen");
        open("relationship", "relationship--" + stable_uuid("edge", edge.id),
             stamp(first_seen.empty() ? "" : first_seen.front(), m_fallback));
        out += ",\"created_by_ref\":\"" + m_creator + "\",\"relationship_type\":\"" + relationship_type(edge.kind) +
               "\",\"description\":";
        append_json(out, edge.label);
        out += ",\"source_ref\":\"" + m_ids[edge.source] + "\",\"target_ref\":\"" + m_ids[edge.target] + '"';
        if (!edge.when.empty()) {
            const auto start = edge.when.front().first;
            const auto stop = edge.when.back().last;
            if (start) {
                out += ",\"start_time\":\"";
                append_day(out, *start);
                out += "T00:00:00.000Z\"";
            }
            if (stop) {
                // The last day is included, so that a one-day relation still ends after it starts.
                out += ",\"stop_time\":\"";
                append_day(out, *stop);
                out += "T23:59:59.000Z\"";
            }
        }
        // The standard's confidence is 0..100.
        fmt::format_to(std::back_inserter(out), ",\"confidence\":{}", static_cast<int>(edge.weight * 100));
        const auto datasets = read(edge, edge_columns(), "datasets");
        references(read(edge, edge_columns(), "source_url"), datasets.empty() ? "" : datasets.front());
        extension(edge, edge_columns());
        out += '}';
        m_stream.step();
    }

    const Job& m_job;
    Stream m_stream;
    std::vector<NodeColumn> m_columns;
    std::string m_extension;
    std::string m_creator;
    std::string m_fallback;
    std::vector<std::string> m_ids;
};

}  // namespace

void write_stix(const Job& job) { Stix(job).run(); }

}  // namespace liaison::exports
