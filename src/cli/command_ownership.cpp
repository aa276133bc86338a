#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/query/json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <ostream>

namespace liaison::cli {
namespace {

std::string percent(double low, double high) {
    return low == high ? fmt::format("{:.6g} %", low) : fmt::format("{:.6g} to {:.6g} %", low, high);
}

std::string words(graph::Verdict verdict) {
    switch (verdict) {
        case graph::Verdict::blocked: return "blocked";
        case graph::Verdict::unknown: return "unknown";
        case graph::Verdict::not_blocked: return "not blocked";
    }
    return "unknown";
}

class OwnershipCommand final : public Command {
public:
    std::string_view name() const override { return "ownership"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show owners and holdings, and who is blocked through them"; }
    std::string_view details() const override {
        return "Under --rule ofac a company is blocked when blocked parties own 50 percent or more of it, added up; under eu when\n"
               "they own more than 50 percent or control it; under uk when one of them does. Lists that do not block are named with\n"
               "their own rule. A stake of unknown size is 0 to 100 %, and the verdict is then unknown when it depends on it.\n"
               "Exit code 0: blocked or unknown; 1: not blocked.\n\n"
               "Examples:\n"
               "  liaison ownership ofac-36\n"
               "  liaison ownership ofac-36 --rule eu --on 2024-06-30 -f json\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app, {"table", "json"});
        add_limit(app, m_options.limit, "At most this many nodes");
        app.add_option("ID", m_id, "Entity id")->required();
        app.add_option("--rule", m_rule, "Whose test: ofac, eu or uk")->type_name("RULE")->check(CLI::IsMember({"ofac", "eu", "uk"}))->capture_default_str();
        app.add_option("--depth", m_options.depth, "Levels of owners and of holdings shown")->type_name("N")->check(CLI::Range(0, 10000))->capture_default_str();
        app.add_option("--dataset", m_options.datasets, "Only stakes that these feeds state")->type_name("FEED,...")->delimiter(',');
        app.add_option("--on", m_options.date, "Only stakes that can have stood on this day")->type_name("DATE");
    }
    ExitCode run(Environment& environment) override {
        const query::Engine engine = m_query.open(environment);
        m_options.rule = query::ownership_rule_of(m_rule);
        const query::OwnershipResult result = query::ownership(engine, m_id, m_options);
        m_output.write(environment, m_output.chosen() == Format::json ? query::to_json(result).dump(1) + "\n" : table(result));
        // Only what is surely clear is a "no".
        return result.asked().verdict == graph::Verdict::not_blocked ? ExitCode::no : ExitCode::yes;
    }

private:
    static std::string table(const query::OwnershipResult& result) {
        std::map<std::string, const query::Node*> nodes;
        for (const query::Node& node : result.selection.nodes) {
            nodes.emplace(node.id, &node);
        }
        const auto named = [&](const std::string& id) { return printable(fmt::format("{} ({})", nodes.at(id)->caption, id)); };
        const query::OwnershipParty& asked = result.asked();
        const bool itself = std::any_of(asked.listings.begin(), asked.listings.end(),
                                        [](const query::Listing& listing) { return listing.counts; });
        std::string text = fmt::format("{}: {} under rule {}{}; blocked parties hold {} of it\n", named(result.id),
                                       words(asked.verdict), query::to_string(result.rule), itself ? ", being listed itself" : "",
                                       percent(asked.share.low, asked.share.high));
        for (const query::OwnershipGround& ground : asked.proof) {
            text += fmt::format("  {} {} {}: owner {}\n", named(ground.owner),
                                ground.control ? "controls" : "holds " + percent(ground.stake.low, ground.stake.high) + " of",
                                named(ground.asset), words(ground.owner_verdict));
        }
        Table parties({"party", "place", "level", "verdict", "held by blocked", "lists"});
        for (const query::OwnershipParty& party : result.parties) {
            std::vector<std::string> lists;
            for (const query::Listing& listing : party.listings) {
                lists.push_back(listing.effect->name + (listing.counts ? "" : " (does not count)"));
            }
            parties.add({fmt::format("{} ({})", nodes.at(party.id)->caption, party.id), std::string(query::to_string(party.place)),
                         std::to_string(nodes.at(party.id)->distance), words(party.verdict),
                         percent(party.share.low, party.share.high), join(lists, ", ")});
        }
        text += parties.text();
        for (const query::ListEffect& effect : result.lists) {
            text += fmt::format("{}: {}\n", effect.name, effect.says);
        }
        for (const std::string& caution : result.cautions) {
            text += printable("caution: " + caution) + "\n";
        }
        for (const std::string& note : result.selection.notes) {
            text += note + "\n";
        }
        return text + context_lines(result.selection.context);
    }

    QueryOptions m_query;
    OutputOptions m_output;
    query::OwnershipOptions m_options;
    std::string m_rule = "ofac";
    std::string m_id;
};

}  // namespace

std::unique_ptr<Command> make_ownership_command() { return std::make_unique<OwnershipCommand>(); }

}  // namespace liaison::cli
