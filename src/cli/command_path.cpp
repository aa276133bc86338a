#include "cli/edge_options.hpp"
#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/query/json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <ostream>

namespace liaison::cli {
namespace {

class PathCommand final : public Command {
public:
    std::string_view name() const override { return "path"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show how two entities are tied, hop by hop with sources"; }
    std::string_view details() const override {
        return "All shortest paths up to --max-length edges. Nodes with very many edges are not passed through (--hub-degree);\n"
               "the answer says when that happened.\n"
               "With --strongest the K paths of strongest edges, without loops; nodes with very many edges then cost more.\n\n"
               "Examples:\n"
               "  liaison path ofac-36 ofac-4238\n"
               "  liaison path unsc-KPi.001 unsc-KPe.013 --types Ownership,Directorship,Membership -f json\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app, {"table", "json"});
        m_edges.add(app);
        add_limit(app, m_options.limit, "At most this many paths");
        app.add_option("FROM", m_from, "Entity id")->required();
        app.add_option("TO", m_to, "Entity id")->required();
        app.add_option("--max-length", m_options.max_length, "Longest path, in edges")->type_name("N")->check(CLI::Range(1, 30))->capture_default_str();
        app.add_option("--strongest", m_options.strongest, "The K strongest paths in place of all shortest")->type_name("K")->check(CLI::Range(1, 1000));
        app.add_option("--hub-degree", m_options.hub_degree, "Do not pass through nodes with more edges")->type_name("N")->capture_default_str();
    }
    ExitCode run(Environment& environment) override {
        const query::Engine engine = m_query.open(environment);
        m_options.filter = m_edges.get();
        const query::PathResult result = query::path(engine, m_from, m_to, m_options);
        m_output.write(environment, m_output.chosen() == Format::json ? query::to_json(result).dump(1) + "\n" : table(result));
        return result.paths.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    std::string table(const query::PathResult& result) const {
        std::map<std::string, const query::Node*> nodes;
        for (const query::Node& node : result.selection.nodes) {
            nodes.emplace(node.id, &node);
        }
        std::string text;
        if (result.paths.empty()) {
            text = fmt::format("no path of at most {} edges\n", m_options.max_length);
        }
        for (std::size_t p = 0; p < result.paths.size(); ++p) {
            const auto& path = result.paths[p];
            text += fmt::format("path {} ({} edges{})\n", p + 1, path.size() / 2,
                                result.costs.empty() ? "" : fmt::format(", cost {:.3f}", result.costs[p]));
            for (std::size_t i = 0; i < path.size(); i += 2) {
                const query::Node& node = *nodes.at(path[i]);
                text += printable(fmt::format("  {} ({}, {})", node.caption, node.schema, node.id)) + "\n";
                if (i + 2 >= path.size()) {
                    continue;
                }
                for (const query::Edge& edge : result.selection.edges) {
                    const bool forward = edge.source == path[i] && edge.target == path[i + 2];
                    if (!forward && !(edge.target == path[i] && edge.source == path[i + 2])) {
                        continue;
                    }
                    std::string says;
                    std::string where;
                    for (const query::Evidence& evidence : edge.evidence) {
                        where = evidence.dataset + " " + evidence.origin;
                        if (evidence.property == "evidence") {
                            says = ": " + evidence.value;
                        }
                    }
                    text += printable(fmt::format("    {} {} {}{}{}  [{}]", edge.directed && !forward ? "<-" : "--", edge.kind,
                                                  edge.directed && forward ? "->" : "--",
                                                  edge.label == edge.kind ? "" : " " + edge.label, says, where)) + "\n";
                }
            }
        }
        for (const std::string& note : result.selection.notes) {
            text += note + "\n";
        }
        return text + context_lines(result.selection.context);
    }

    QueryOptions m_query;
    OutputOptions m_output;
    EdgeOptions m_edges;
    query::PathOptions m_options;
    std::string m_from;
    std::string m_to;
};

}  // namespace

std::unique_ptr<Command> make_path_command() { return std::make_unique<PathCommand>(); }

}  // namespace liaison::cli
