#include "cli/edge_options.hpp"

#include "cli/text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>

namespace liaison::cli {

void EdgeOptions::add(CLI::App& app) {
    app.add_option("--types", filter.kinds, "Only these kinds of edge, e.g. Ownership,Family,holder")->type_name("KIND,...")->delimiter(',');
    app.add_option("--dataset", filter.datasets, "Only edges that these feeds say")->type_name("FEED,...")->delimiter(',');
    app.add_option("--on", filter.date, "Only edges that can have stood on this day")->type_name("DATE");
    app.add_flag("--no-news", no_news, "Leave out edges from news");
}

query::EdgeFilter EdgeOptions::get() const {
    query::EdgeFilter ready = filter;
    ready.news = !no_news;
    return ready;
}

std::string edge_table(const query::Selection& selection) {
    std::map<std::string, const query::Node*> nodes;
    for (const query::Node& node : selection.nodes) {
        nodes.emplace(node.id, &node);
    }
    const auto caption = [&](const std::string& id) {
        const auto found = nodes.find(id);
        return found == nodes.end() ? id : found->second->caption;
    };
    Table table({"from", "kind", "to", "what", "says", "where"});
    for (const query::Edge& edge : selection.edges) {
        std::string where;
        std::string says;
        for (const query::Evidence& evidence : edge.evidence) {
            if (where.empty()) {
                where = evidence.dataset + " " + evidence.origin;
            }
            if (evidence.property == "evidence") {
                says = evidence.value;
            }
        }
        table.add({fmt::format("{} ({})", caption(edge.source), edge.source), edge.kind + (edge.news ? " (news)" : ""),
                   fmt::format("{} ({})", caption(edge.target), edge.target), edge.label, says, where});
    }
    return table.text();
}

}  // namespace liaison::cli
