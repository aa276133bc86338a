// A MISP event: one object a node after MISP's own templates (person, organization, coin-address, bank-account, vehicle,
// news-media, report), one reference a relationship. Distribution 0: stays with whoever imports it.

#include "export/stable_uuid.hpp"
#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/model/vocabulary.hpp"

#include <fmt/format.h>

#include <array>

namespace liaison::exports {

namespace {

/// Name, identifiers and versions of the MISP project's object templates (misp-objects, 2025).
struct Template {
    std::string_view schema;
    std::string_view name;
    std::string_view category;
    std::string_view uuid;
    std::string_view version;
    std::string_view name_relation;
    std::string_view name_type;
};
constexpr std::array templates = {
    Template{"Person", "person", "misc", "a15b0477-e9d1-4b9c-9546-abe78a4f4248", "21", "full-name", "full-name"},
    Template{"Organization", "organization", "misc", "f750e12b-127a-432c-b022-b3f9153c4e2a", "9", "name", "text"},
    Template{"Company", "organization", "misc", "f750e12b-127a-432c-b022-b3f9153c4e2a", "9", "name", "text"},
    Template{"CryptoWallet", "coin-address", "financial", "d0e6997e-78da-4815-a6a1-cfc1c1cb8a46", "7", "address-crypto", "text"},
    Template{"BankAccount", "bank-account", "financial", "b4712203-95a8-4883-80e9-b566f5df11c9", "3", "account", "bank-account-nr"},
    Template{"Vehicle", "vehicle", "misc", "683c076c-f695-4ff2-8efa-e98a418049f4", "5", "description", "text"},
    Template{"Document", "news-media", "misc", "691463c5-5302-4847-9bec-4c56ccfec677", "3", "source", "text"},
};
constexpr Template other = {"", "annotation", "misc", "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "3", "text", "text"};

const Template& template_of(const query::Node& node) {
    if (const model::Schema* schema = model::find_schema(node.schema)) {
        for (const auto& row : templates) {
            if (schema->is_a(row.schema)) return row;
        }
    }
    return other;
}

class Misp {
public:
    explicit Misp(const Job& job) : m_job(job), m_stream(job.output.open("")), m_columns(node_columns(false)) {}

    void run() {
        std::string& out = m_stream.text();
        const auto& drawing = m_job.drawing;
        std::string content;
        for (const auto& node : drawing.nodes) content += node.id + '\n';
        std::vector<std::vector<const DrawnEdge*>> leaving(drawing.nodes.size());
        for (const auto& edge : drawing.edges) leaving[edge.source].push_back(&edge);
        out += "{\"Event\":{\"uuid\":\"" + stable_uuid("event", content) + "\",\"info\":";
        append_json(out, drawing.description.empty() ? "liaison export" : drawing.description);
        out += ",\"date\":\"" + (drawing.data_date.empty() ? std::string("1970-01-01") : drawing.data_date) +
               "\",\"distribution\":\"0\",\"threat_level_id\":\"4\",\"analysis\":\"2\",\"Object\":[";
        for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
            out += i == 0 ? "\n" : ",\n";
            write_node(drawing.nodes[i], leaving[i]);
            m_stream.step();
        }
        out += "\n]}}\n";
        m_stream.finish();
    }

private:
    void attribute(std::string_view object, std::string_view relation, std::string_view type, std::string_view value) {
        std::string& out = m_stream.text();
        if (!m_first) out += ',';
        m_first = false;
        const std::string key = fmt::format("{}|{}|{}", object, relation, value);
        fmt::format_to(std::back_inserter(out),
                       "{{\"uuid\":\"{}\",\"object_relation\":\"{}\",\"type\":\"{}\",\"category\":\"Other\",\"to_ids\":false,"
                       "\"distribution\":\"5\",\"value\":",
                       stable_uuid("attribute", key), relation, type);
        append_json(out, value);
        out += '}';
    }

    void write_node(const DrawnNode& node, const std::vector<const DrawnEdge*>& leaving) {
        const Template& form = template_of(*node.source);
        const std::string uuid = stable_uuid("object", node.id);
        std::string& out = m_stream.text();
        fmt::format_to(std::back_inserter(out),
                       "{{\"uuid\":\"{}\",\"name\":\"{}\",\"meta-category\":\"{}\",\"template_uuid\":\"{}\",\"template_version\":\"{}\","
                       "\"distribution\":\"5\",\"comment\":",
                       uuid, form.name, form.category, form.uuid, form.version);
        append_json(out, comment_of(node));
        out += ",\"Attribute\":[";
        m_first = true;
        attribute(uuid, form.name_relation, form.name_type, node.name);
        std::vector<std::string> aliases;
        for (const auto& column : m_columns) {
            if (column.id == "aliases") column.read(node, aliases);
        }
        if (form.name == "person" || form.name == "organization") {
            for (const auto& alias : aliases) attribute(uuid, "alias", "text", alias);
        }
        out += "],\"ObjectReference\":[";
        for (std::size_t i = 0; i < leaving.size(); ++i) {
            const DrawnEdge& edge = *leaving[i];
            if (i > 0) out += ',';
            fmt::format_to(std::back_inserter(out), "{{\"uuid\":\"{}\",\"object_uuid\":\"{}\",\"referenced_uuid\":\"{}\",\"relationship_type\":",
                           stable_uuid("reference", edge.id), uuid,
                           stable_uuid("object", m_job.drawing.nodes[edge.target].id));
            append_json(out, edge.kind);
            out += ",\"comment\":";
            append_json(out, edge.label);
            out += '}';
        }
        out += "]}";
    }

    /// Type, listing and provenance, for which the templates have no field.
    [[nodiscard]] std::string comment_of(const DrawnNode& node) const {
        std::string text = node.source->schema + ' ' + node.id;
        if (node.source->listed) text += "; sanctioned";
        for (const auto& column : m_columns) {
            if (column.id != "programs" && column.id != "datasets" && column.id != "source_url") continue;
            std::vector<std::string> values;
            column.read(node, values);
            std::size_t cuts = 0;
            if (!values.empty()) text += fmt::format("; {}: {}", column.title, join_values(values, cuts));
        }
        return text;
    }

    const Job& m_job;
    Stream m_stream;
    std::vector<NodeColumn> m_columns;
    bool m_first = true;
};

}  // namespace

void write_misp(const Job& job) { Misp(job).run(); }

}  // namespace liaison::exports
