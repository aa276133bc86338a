#include "cli/edge_options.hpp"
#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/query/json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>

namespace liaison::cli {
namespace {

class NeighborsCommand final : public Command {
public:
    std::string_view name() const override { return "neighbors"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show who and what an entity is tied to"; }
    std::string_view details() const override {
        return "Examples:\n"
               "  liaison neighbors ofac-36\n"
               "  liaison neighbors unsc-KPe.013 --depth 2 --types Ownership,Directorship,UnknownLink\n"
               "  liaison neighbors ofac-36 --types employments -f json\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app);
        m_edges.add(app);
        add_limit(app, m_options.limit, "At most this many nodes, nearest and strongest first");
        app.add_option("ID", m_ids, "Entity ids")->required();
        app.add_option("--depth", m_options.depth, "Hops")->type_name("N")->capture_default_str();
    }
    ExitCode run(Environment& environment) override {
        const query::Engine engine = m_query.open(environment);
        m_options.filter = m_edges.get();
        const query::Selection selection = query::neighbours(engine, m_ids, m_options);
        m_output.write(environment, text(selection));
        return selection.edges.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    std::string text(const query::Selection& selection) const {
        std::string lines;
        switch (m_output.chosen()) {
            case Format::json: return query::to_json(selection).dump(1) + "\n";
            case Format::ndjson:
                for (const query::Node& node : selection.nodes) {
                    lines += query::Json{{"node", query::to_json(node)}}.dump() + "\n";
                }
                for (const query::Edge& edge : selection.edges) {
                    lines += query::Json{{"edge", query::to_json(edge)}}.dump() + "\n";
                }
                return lines + query::Json{{"notes", selection.notes}, {"context", query::to_json(selection.context)}}.dump() + "\n";
            case Format::csv:
                lines = csv_line({"id", "source", "target", "kind", "label", "start", "end", "news", "datasets"});
                for (const query::Edge& edge : selection.edges) {
                    lines += csv_line({edge.id, edge.source, edge.target, edge.kind, edge.label, edge.start, edge.end,
                                       edge.news ? "yes" : "no", join(edge.datasets, ";")});
                }
                return lines;
            case Format::table: break;
        }
        lines = selection.edges.empty() ? "no neighbours\n" : edge_table(selection);
        lines += fmt::format("{} nodes, {} edges\n", selection.nodes.size(), selection.edges.size());
        for (const std::string& note : selection.notes) {
            lines += note + "\n";
        }
        return lines + context_lines(selection.context);
    }

    QueryOptions m_query;
    OutputOptions m_output;
    EdgeOptions m_edges;
    query::NeighboursOptions m_options;
    std::vector<std::string> m_ids;
};

}  // namespace

std::unique_ptr<Command> make_neighbors_command() { return std::make_unique<NeighborsCommand>(); }

}  // namespace liaison::cli
