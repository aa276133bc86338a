// One page that holds everything: the viewer (viewer/, built by npm, embedded) with the graph inside. What is drawn and
// what cards say are two blocks, so that the picture does not wait for the cards. Both are JSON in script elements
// of a type that browsers do not run; "<" is escaped in them, so that no name can end its element.

#include "export/table.hpp"
#include "export/text.hpp"
#include "export/writer.hpp"
#include "liaison/base/error.hpp"
#include "liaison/export/palette.hpp"
#include "liaison_export_data.hpp"

#include <algorithm>
#include <array>

namespace liaison::exports {

namespace {

// What the drawing block has already, or what only Gephi wants, is not said again in cards.
constexpr std::array node_details = {"aliases", "programs", "topics", "countries", "birth_date", "identifiers", "datasets", "source_url",
                                     "origin", "first_seen", "last_seen", "start_text", "end_text", "date_precision", "referents"};
constexpr std::array edge_details = {"role", "percentage", "evidence", "datasets", "source_url", "origin", "start_text", "end_text"};

template <class Column, class Names>
std::vector<Column> chosen(std::span<const Column> columns, const Names& names) {
    std::vector<Column> result;
    for (const auto& column : columns) {
        if (std::find(names.begin(), names.end(), column.id) != names.end()) result.push_back(column);
    }
    return result;
}

class Page {
public:
    explicit Page(const Job& job)
        : m_drawing(job.drawing), m_options(job.options), m_stream(job.output.open("")) {}

    void run() {
        std::string_view rest = data::viewer_html();
        put_until(rest, "%%TITLE%%");
        append_xml(m_stream.text(), title());
        put_until(rest, "%%GRAPH%%");
        graph();
        put_until(rest, "%%DETAILS%%");
        details();
        m_stream.text() += rest;
        m_stream.finish();
    }

private:
    [[nodiscard]] std::string_view title() const { return m_options.title.empty() ? std::string_view("liaison") : m_options.title; }

    void put_until(std::string_view& rest, std::string_view mark) {
        const std::size_t at = rest.find(mark);
        if (at == std::string_view::npos) throw base::InternalError("the HTML viewer's page has no place for " + std::string(mark));
        m_stream.text() += rest.substr(0, at);
        rest.remove_prefix(at + mark.size());
    }

    void text(std::string_view value) { append_json(m_stream.text(), value, true); }

    void texts(const std::vector<std::string>& values) {
        std::string& out = m_stream.text();
        std::size_t stripped = 0;
        out += '[';
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) out += ',';
            text(clean(values[i], stripped));
        }
        out += ']';
    }

    void spans(const std::vector<Span>& when) {
        std::string& out = m_stream.text();
        const auto day = [&out](const std::optional<std::int32_t>& value) { out += value ? std::to_string(*value) : "null"; };
        out += ",\"w\":[";
        for (std::size_t i = 0; i < when.size(); ++i) {
            out += i > 0 ? ",[" : "[";
            day(when[i].first);
            out += ',';
            day(when[i].last);
            out += ']';
        }
        out += ']';
    }

    void graph() {
        std::string& out = m_stream.text();
        out += "{\"title\":";
        text(title());
        out += ",\"description\":";
        text(m_drawing.description);
        out += ",\"types\":[";
        bool first = true;
        for (const auto& style : palette()) {
            if (!first) out += ',';
            first = false;
            out += "{\"schema\":";
            text(style.type);
            out += ",\"plural\":";
            text(style.plural);
            out += ",\"colour\":\"" + to_hex(style.colour) + "\"}";
        }
        out += "],\"nodes\":[";
        first = true;
        for (const auto& node : m_drawing.nodes) {
            out += first ? "\n" : ",\n";
            first = false;
            out += "{\"i\":";
            text(node.id);
            out += ",\"n\":";
            text(node.name);
            out += ",\"t\":" + std::to_string(node.type) + ",\"x\":";
            append_rounded(out, node.x);
            out += ",\"y\":";
            append_rounded(out, node.y);
            out += ",\"r\":";
            append_rounded(out, node.size);
            if (node.source->listed) out += ",\"s\":1";
            out += ",\"d\":";
            texts(node.source->datasets);
            if (!node.source->programmes.empty()) {
                out += ",\"p\":";
                texts(node.source->programmes);
            }
            if (node.when != Span{}) spans({node.when});
            out += '}';
            m_stream.step();
        }
        out += "],\"edges\":[";
        first = true;
        for (const auto& edge : m_drawing.edges) {
            out += first ? "\n" : ",\n";
            first = false;
            out += "{\"a\":" + std::to_string(edge.source) + ",\"b\":" + std::to_string(edge.target) + ",\"k\":";
            text(edge.kind);
            out += ",\"l\":";
            text(edge.label);
            if (edge.symmetric) out += ",\"u\":1";
            if (edge.news) out += ",\"n\":1";
            if (!edge.when.empty()) spans(edge.when);
            out += '}';
            m_stream.step();
        }
        out += "]}";
    }

    template <class Rows, class Columns>
    void rows(const Rows& all, const Columns& columns) {
        std::string& out = m_stream.text();
        bool first = true;
        std::string row_text;
        for (const auto& row : all) {
            row_text.clear();
            append_json_columns(row_text, row, columns, true);
            out += first ? "\n{" : ",\n{";
            first = false;
            if (!row_text.empty()) out += std::string_view(row_text).substr(1);  // without its leading comma
            out += '}';
            m_stream.step();
        }
    }

    void details() {
        const auto all_columns = node_columns(false);
        m_stream.text() += "{\"nodes\":[";
        rows(m_drawing.nodes, chosen<NodeColumn>(all_columns, node_details));
        m_stream.text() += "],\"edges\":[";
        rows(m_drawing.edges, chosen<EdgeColumn>(edge_columns(), edge_details));
        m_stream.text() += "]}";
    }

    const Drawing& m_drawing;
    const Options& m_options;
    Stream m_stream;
};

}  // namespace

void write_html(const Job& job) {
    if (data::viewer_html().empty()) {
        throw base::UsageError("the HTML viewer is not part of this build", "install nodejs and npm and build again, or export gexf or svg");
    }
    Page(job).run();
}

}  // namespace liaison::exports
