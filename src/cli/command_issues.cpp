#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>

namespace liaison::cli {
namespace {

nlohmann::ordered_json issue_json(const store::StoredIssue& stored) {
    nlohmann::ordered_json json;
    json["feed"] = stored.dataset;
    json["reason"] = stored.issue.reason;
    json["message"] = stored.issue.message;
    json["file"] = stored.issue.position.file;
    json["line"] = stored.issue.position.line;
    json["byte"] = stored.issue.position.byte;
    json["record"] = stored.issue.record;
    json["excerpt"] = stored.issue.excerpt;
    return json;
}

class IssuesCommand final : public Command {
public:
    std::string_view name() const override { return "issues"; }
    Group group() const override { return Group::data_in; }
    std::string_view summary() const override { return "List what could not be used of the lists in service, and why"; }
    std::string_view details() const override {
        return "Examples:\n"
               "  liaison issues\n"
               "  liaison issues us_ofac_sdn --reason unknown-feature-type -n 20\n"
               "  liaison issues -f ndjson\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app);
        add_limit(app, m_limit, "At most this many");
        app.add_option("FEED", m_feed, "Only of this feed");
        app.add_option("--reason", m_reason, "Only with this reason")->type_name("REASON");
    }
    ExitCode run(Environment& environment) override {
        const store::Store store = store::Store::open(m_store.path(environment), store::Access::read);
        const store::View view = store.current_view();
        const auto issues = store.issues(view, m_feed, m_reason, m_limit);
        const auto counts = store.issue_counts(view);
        std::string text;
        switch (m_output.chosen()) {
            case Format::json: {
                nlohmann::ordered_json json;
                json["counts"] = counts;
                json["issues"] = nlohmann::ordered_json::array();
                for (const auto& issue : issues) {
                    json["issues"].push_back(issue_json(issue));
                }
                text = json.dump(1) + "\n";
                break;
            }
            case Format::ndjson:
                for (const auto& issue : issues) {
                    text += issue_json(issue).dump() + "\n";
                }
                break;
            case Format::csv:
                text = csv_line({"feed", "reason", "file", "line", "record", "message", "excerpt"});
                for (const auto& issue : issues) {
                    text += csv_line({issue.dataset, issue.issue.reason, issue.issue.position.file,
                                      fmt::format("{}", issue.issue.position.line), issue.issue.record, issue.issue.message,
                                      issue.issue.excerpt});
                }
                break;
            case Format::table: {
                Table summary({"feed", "reason", "count"});
                for (const auto& [feed, reasons] : counts) {
                    for (const auto& [reason, count] : reasons) {
                        if ((m_feed.empty() || m_feed == feed) && (m_reason.empty() || m_reason == reason)) {
                            summary.add({feed, reason, fmt::format("{}", count)});
                        }
                    }
                }
                Table table({"where", "record", "reason", "message"});
                for (const auto& issue : issues) {
                    table.add({fmt::format("{} {}:{}", issue.dataset, issue.issue.position.file, issue.issue.position.line),
                               issue.issue.record, issue.issue.reason, issue.issue.message});
                }
                text = issues.empty() ? "no issues\n" : summary.text() + "\n" + table.text();
                break;
            }
        }
        m_output.write(environment, text);
        return issues.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    StoreOptions m_store;
    OutputOptions m_output;
    std::size_t m_limit = 50;
    std::string m_feed;
    std::string m_reason;
};

}  // namespace

std::unique_ptr<Command> make_issues_command() { return std::make_unique<IssuesCommand>(); }

}  // namespace liaison::cli
