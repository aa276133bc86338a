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

class ExposureCommand final : public Command {
public:
    std::string_view name() const override { return "exposure"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show how an entity is tied to listed ones, by kind of tie"; }
    std::string_view details() const override {
        return "For each kind (direct, ownership, family, document, address, wallet, employer, other) the nearest listed entities,\n"
               "with distance, path and strength; mixed is a path over several kinds, shown when no single kind reaches as near.\n"
               "Exit code 0: tied to a listed entity; 1: not.\n\n"
               "Examples:\n"
               "  liaison exposure ofac-42496\n"
               "  liaison exposure ofac-42496 --max-distance 2 --no-news -f json\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app, {"table", "json"});
        add_limit(app, m_options.limit, "At most this many listed entities of each kind");
        app.add_option("ID", m_id, "Entity id")->required();
        app.add_option("--max-distance", m_options.max_distance, "Hops")->type_name("N")->check(CLI::Range(1, 30))->capture_default_str();
        app.add_option("--hub-degree", m_options.hub_degree, "Do not pass through nodes with more edges")->type_name("N")->capture_default_str();
        app.add_option("--on", m_options.date, "Only edges that can have stood on this day")->type_name("DATE");
        app.add_flag("--no-news", m_no_news, "Leave out edges from news");
    }
    ExitCode run(Environment& environment) override {
        const query::Engine engine = m_query.open(environment);
        m_options.news = !m_no_news;
        const query::ExposureResult result = query::exposure(engine, m_id, m_options);
        m_output.write(environment, m_output.chosen() == Format::json ? query::to_json(result).dump(1) + "\n" : table(result));
        return result.groups.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    std::string table(const query::ExposureResult& result) const {
        std::map<std::string, const query::Node*> nodes;
        for (const query::Node& node : result.selection.nodes) {
            nodes.emplace(node.id, &node);
        }
        std::map<std::string, const query::Edge*> edges;
        for (const query::Edge& edge : result.selection.edges) {
            edges.emplace(edge.id, &edge);
        }
        const auto named = [&](const std::string& id) { return fmt::format("{} ({})", nodes.at(id)->caption, id); };
        std::string text = printable(fmt::format("{}: {}", named(result.id), result.listed ? "listed itself" : "not listed")) + "\n";
        if (result.groups.empty()) {
            text += fmt::format("no tie to a listed entity within {} hops\n", m_options.max_distance);
        }
        for (const query::TieGroup& group : result.groups) {
            text += fmt::format("{}: {} listed at distance {}\n", query::to_string(group.kind), group.at_distance, group.distance);
            for (const query::Tie& tie : group.ties) {
                std::string way;
                for (std::size_t i = 1; i + 1 < tie.path.size(); i += 2) {
                    const query::Edge& edge = *edges.at(tie.path[i]);
                    const bool forward = edge.source == tie.path[i - 1];
                    way += fmt::format(" {} {}{} {} {}", edge.directed && !forward ? "<-" : "--", edge.kind,
                                       edge.news ? " (news)" : "", edge.directed && forward ? "->" : "--", named(tie.path[i + 1]));
                }
                text += printable(fmt::format("  {:.2f} {}{}", tie.strength, nodes.at(tie.path.front())->caption, way)) + "\n";
            }
        }
        for (const std::string& note : result.selection.notes) {
            text += note + "\n";
        }
        return text + context_lines(result.selection.context);
    }

    QueryOptions m_query;
    OutputOptions m_output;
    query::ExposureOptions m_options;
    std::string m_id;
    bool m_no_news = false;
};

}  // namespace

std::unique_ptr<Command> make_exposure_command() { return std::make_unique<ExposureCommand>(); }

}  // namespace liaison::cli
