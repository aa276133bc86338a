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

class SearchCommand final : public Command {
public:
    std::string_view name() const override { return "search"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Find entities by words of their names"; }
    std::string_view details() const override {
        return "Words may be prefixes; case, diacritics and script do not count. Misspelt names are the work of 'screen'.\n\n"
               "Examples:\n"
               "  liaison search cheil credit\n"
               "  liaison search \"kim jong\" --schema Person -n 20\n"
               "  liaison search lazarus -f json\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app);
        add_limit(app, m_options.limit, "At most this many");
        app.add_option("WORD", m_words, "Words of a name")->required();
        app.add_option("--schema", m_options.schema, "Only entities of this schema, e.g. Person, Company, Vessel")->type_name("SCHEMA");
        app.add_option("--dataset", m_options.dataset, "Only entities of this feed")->type_name("FEED");
    }
    ExitCode run(Environment& environment) override {
        const query::Engine engine = m_query.open(environment);
        const query::SearchResult result = query::search(engine, join(m_words, " "), m_options);
        m_output.write(environment, text(result, engine.context()));
        return result.hits.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    std::string text(const query::SearchResult& result, const query::Context& context) const {
        const query::Json json = query::to_json(result, context);
        std::string lines;
        switch (m_output.chosen()) {
            case Format::json: return json.dump(1) + "\n";
            case Format::ndjson:
                for (const query::Json& entity : json.at("results")) {
                    lines += entity.dump() + "\n";
                }
                return lines + query::Json{{"context", json.at("context")}}.dump() + "\n";
            case Format::csv:
                lines = csv_line({"id", "caption", "schema", "score", "listed", "programmes", "datasets"});
                for (const query::SearchHit& hit : result.hits) {
                    lines += csv_line({hit.node.id, hit.node.caption, hit.node.schema, fmt::format("{:.4f}", hit.score),
                                       hit.node.listed ? "yes" : "no", join(hit.node.programmes, ";"), join(hit.node.datasets, ";")});
                }
                return lines;
            case Format::table: break;
        }
        Table table({"score", "id", "schema", "name", "programmes", "lists"});
        for (const query::SearchHit& hit : result.hits) {
            table.add({fmt::format("{:.2f}", hit.score), hit.node.id, hit.node.schema, hit.node.caption,
                       join(hit.node.programmes, ", "), join(hit.node.datasets, ", ")});
        }
        if (result.hits.empty()) {
            lines = "nothing found\n";
        } else {
            lines = table.text();
            if (result.total > result.hits.size()) {
                lines += fmt::format("{} of {}; more with --limit\n", result.hits.size(), result.total);
            }
        }
        return lines + context_lines(context);
    }

    QueryOptions m_query;
    OutputOptions m_output;
    query::SearchOptions m_options;
    std::vector<std::string> m_words;
};

}  // namespace

std::unique_ptr<Command> make_search_command() { return std::make_unique<SearchCommand>(); }

}  // namespace liaison::cli
