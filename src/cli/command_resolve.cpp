#include "cli/decide.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <ostream>

namespace liaison::cli {
namespace {

class ResolveCommand final : public Command {
public:
    std::string_view name() const override { return "resolve"; }
    Group group() const override { return Group::keep; }
    std::string_view summary() const override { return "Find records that are one person, company or vessel; split what is not"; }
    std::string_view details() const override {
        return "Pairs merge by themselves only when they are very probable and something beside the name agrees; the others\n"
               "wait in 'review'. refresh does this after every change. --split takes a cluster apart for good: its records are\n"
               "decided to be different, and that decision survives refreshes.\n\n"
               "Examples:\n"
               "  liaison resolve\n"
               "  liaison resolve --split lia-0123456789abcdef --reason \"father and son\"\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app, {"table", "json"});
        app.add_option("--operator", m_operator, "Who decides (default: LIAISON_OPERATOR, else USER)")->type_name("NAME");
        auto* split = app.add_option("--split", m_split, "Take this cluster apart")->type_name("ID");
        app.add_option("--reason", m_reason, "Why; recorded")->type_name("TEXT")->needs(split);
    }
    ExitCode run(Environment& environment) override {
        const base::Path db = m_store.path(environment);
        std::vector<store::Store::Decision> decisions;
        if (!m_split.empty()) {
            decisions = split(environment, db);
        }
        const pipeline::Derived derived = decide(environment, db, decisions);
        const resolve::Outcome& outcome = derived.resolution;
        std::map<std::string, std::vector<std::string>> members;
        for (const auto& [member, canonical] : outcome.clusters) {
            members[canonical].push_back(member);
        }
        std::string text;
        if (m_output.chosen() == Format::json) {
            text = nlohmann::ordered_json{{"pairs", outcome.pairs},     {"merged", outcome.merged}, {"clusters", members},
                                          {"largest", outcome.largest}, {"review", outcome.review.size()}, {"refused", outcome.refused},
                                          {"decisions", decisions.size()}}
                       .dump(1) + "\n";
        } else {
            text = fmt::format("{} candidate pairs, {} merged; {} clusters, the largest of {} records; {} pairs wait for review\n",
                               outcome.pairs, outcome.merged, members.size(), outcome.largest, outcome.review.size());
            for (const std::string& refused : outcome.refused) {
                text += printable(refused) + "\n";
            }
        }
        m_output.write(environment, text);
        return ExitCode::yes;
    }

private:
    std::vector<store::Store::Decision> split(Environment& environment, const base::Path& db) const {
        const query::Engine engine =
            query::Engine::open({db, "", ""}, m_store.registry(environment), environment.files, environment.clock, *environment.progress);
        const auto members = engine.entities().referents(engine.require(m_split));
        if (members.size() < 2) {
            throw base::UsageError(fmt::format("{} is one record; there is nothing to split", m_split));
        }
        const std::string who = operator_of(environment, m_operator);
        std::vector<store::Store::Decision> decisions;
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                decisions.push_back(make_decision(environment, members[i], members[j], "different", who, m_reason));
            }
        }
        return decisions;
    }

    StoreOptions m_store;
    OutputOptions m_output;
    std::string m_operator;
    std::string m_split;
    std::string m_reason;
};

}  // namespace

std::unique_ptr<Command> make_resolve_command() { return std::make_unique<ResolveCommand>(); }

}  // namespace liaison::cli
