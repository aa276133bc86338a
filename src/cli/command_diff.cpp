#include "cli/diff_text.hpp"
#include "cli/options.hpp"
#include "cli/registry.hpp"

#include "liaison/query/history.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace liaison::cli {
namespace {

std::string ndjson(const query::Difference& difference) {
    std::string lines;
    for (const query::EntityChange& change : difference.entities) {
        lines += query::to_json(change).dump() + "\n";
    }
    nlohmann::ordered_json last;
    last["from"] = difference.from;
    last["to"] = difference.to;
    last["feeds"] = nlohmann::ordered_json::array();
    for (const query::FeedChange& feed : difference.feeds) {
        last["feeds"].push_back(query::to_json(feed));
    }
    return lines + last.dump() + "\n";
}

class DiffCommand final : public Command {
public:
    std::string_view name() const override { return "diff"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show what changed between two days or snapshots"; }
    std::string_view details() const override {
        return "FROM and TO are dates (of publication, or of fetching with --known), snapshots (number or hash, see\n"
               "'liaison info'), now or last. As FROM, last is the state before the newest lists came in. Only what was\n"
               "in service is compared: a refused or failed download never looks like a delisting.\n"
               "Answers 0 when there are differences and 1 when there are none.\n\n"
               "Examples:\n"
               "  liaison diff last\n"
               "  liaison diff 2024-09-30 2026-03-01\n"
               "  liaison diff 2024-09-30 now -f markdown -o report.md\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app, {"table", "json", "ndjson", "csv", "markdown"});
        app.add_option("FROM", m_from, "Date, snapshot, last")->required();
        app.add_option("TO", m_to, "Date, snapshot, now")->capture_default_str();
        app.add_flag("--known", m_known, "Dates are those of fetching, not of publication");
    }
    ExitCode run(Environment& environment) override {
        const store::Store store = store::Store::open(m_store.path(environment), store::Access::read);
        const query::Difference difference = query::diff(store, m_from, m_to, m_known);
        m_output.write(environment, text(difference));
        return difference.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    [[nodiscard]] std::string text(const query::Difference& difference) const {
        if (m_output.format == "markdown") {
            return diff_markdown(difference);
        }
        switch (m_output.chosen()) {
            case Format::table: return diff_table(difference);
            case Format::json: return query::to_json(difference).dump(1) + "\n";
            case Format::ndjson: return ndjson(difference);
            case Format::csv: return diff_csv(difference);
        }
        return "";
    }

    StoreOptions m_store;
    OutputOptions m_output;
    std::string m_from;
    std::string m_to = "now";
    bool m_known = false;
};

}  // namespace

std::unique_ptr<Command> make_diff_command() { return std::make_unique<DiffCommand>(); }

}  // namespace liaison::cli
