#include "cli/diff_text.hpp"
#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/query/history.hpp"
#include "liaison/query/json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>

namespace liaison::cli {
namespace {

std::string describe(const query::Node& node) {
    std::string text;
    for (const auto& [property, values] : node.properties) {
        text += fmt::format("{}{}: {}", text.empty() ? "" : " | ", property, join(values, "; "));
    }
    return text;
}

std::string relation_lines(const query::Shown& shown, bool news) {
    std::string lines;
    for (const query::Relation& relation : shown.relations) {
        if (relation.news != news) {
            continue;
        }
        if (relation.far_ends.empty()) {
            lines += printable(fmt::format("  {:<22}{}  {}", relation.property, relation.entity.id, describe(relation.entity))) + "\n";
        }
        for (const query::Node& far_end : relation.far_ends) {
            std::string detail;
            for (const char* property : {"role", "relationship", "percentage", "status", "startDate", "modality", "evidence", "description"}) {
                const auto found = relation.entity.properties.find(property);
                if (found != relation.entity.properties.end()) {
                    detail += fmt::format("{}{}", detail.empty() ? "" : " | ", join(found->second, "; "));
                }
            }
            lines += printable(fmt::format("  {:<22}{}  {} ({}) {}", relation.property, far_end.id, far_end.caption, far_end.schema,
                                           detail.empty() ? "" : "[" + detail + "]")) + "\n";
        }
    }
    return lines;
}

std::string table(const query::Shown& shown, const query::Context& context) {
    const query::Node& node = shown.node;
    std::string text = printable(fmt::format("{}  {} ({})", node.id, node.caption, node.schema)) + "\n";
    text += fmt::format("listed: {}{}\n", node.listed ? "yes" : node.listed_to.empty() ? "no" : "until " + node.listed_to,
                        node.programmes.empty() ? "" : " under " + join(node.programmes, ", "));
    if (!node.referents.empty()) {
        text += fmt::format("also: {}\n", join(node.referents, ", "));
    }
    text += fmt::format("seen: {} to {}\n\n", node.first_seen, node.last_seen);
    Table statements({"property", "value", "as published", "list", "where", "since"});
    for (const query::Evidence& evidence : shown.statements) {
        statements.add({evidence.property, evidence.value + (evidence.lang.empty() ? "" : " [" + evidence.lang + "]"),
                        evidence.original, evidence.dataset, evidence.origin, evidence.first_seen});
    }
    text += statements.text();
    if (const std::string lines = relation_lines(shown, false); !lines.empty()) {
        text += "\nfrom the lists:\n" + lines;
    }
    if (const std::string lines = relation_lines(shown, true); !lines.empty()) {
        text += "\nfrom the news (claims, not listings):\n" + lines;
    }
    return text + "\n" + context_lines(context);
}

class ShowCommand final : public Command {
public:
    std::string_view name() const override { return "show"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show one entity with every statement and its source"; }
    std::string_view details() const override {
        return "Any source id finds its entity: ofac-36, unsc-QDi.001, or a cluster's canonical id.\n\n"
               "Examples:\n"
               "  liaison show unsc-KPe.013\n"
               "  liaison show ofac-36 -f json\n"
               "  liaison show unsc-KPe.013 --history\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app, {"table", "json"});
        app.add_option("ID", m_id, "Entity id")->required();
        app.add_flag("--history", m_history, "The life of the entity: listed, changed, delisted, with each snapshot");
    }
    ExitCode run(Environment& environment) override {
        if (m_history) {
            // What is no longer on any list has a history but no place in the index.
            const store::Store store = store::Store::open(m_query.store.path(environment), store::Access::read);
            const query::History history = query::history(store, m_id);
            m_output.write(environment, m_output.chosen() == Format::json ? query::to_json(history).dump(1) + "\n" : history_table(history));
            return ExitCode::yes;
        }
        const query::Engine engine = m_query.open(environment);
        const query::Shown shown = query::show(engine, m_id);
        m_output.write(environment, m_output.chosen() == Format::json ? query::to_json(shown, engine.context()).dump(1) + "\n"
                                                                      : table(shown, engine.context()));
        return ExitCode::yes;
    }

private:
    QueryOptions m_query;
    OutputOptions m_output;
    std::string m_id;
    bool m_history = false;
};

}  // namespace

std::unique_ptr<Command> make_show_command() { return std::make_unique<ShowCommand>(); }

}  // namespace liaison::cli
