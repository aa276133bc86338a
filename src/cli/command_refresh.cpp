#include "cli/hook.hpp"
#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"
#include "liaison/cli/version.hpp"
#include "liaison/pipeline/metrics.hpp"
#include "liaison/pipeline/refresh.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace liaison::cli {
namespace {

std::string table(const pipeline::RunReport& report) {
    Table table({"feed", "status", "published", "age", "entities", "added", "ended", "issues", "seconds"});
    std::string remarks;
    for (const pipeline::FeedReport& feed : report.feeds) {
        const bool loaded = feed.status == "fetched";
        table.add({feed.id + (feed.sample ? " (sample)" : ""), feed.status, feed.publication_date,
                   feed.snapshot.empty() ? "" : fmt::format("{} d", feed.age_days), loaded ? fmt::format("{}", feed.entities) : "",
                   loaded ? fmt::format("{}", feed.added) : "", loaded ? fmt::format("{}", feed.ended) : "",
                   loaded || feed.issues > 0 ? fmt::format("{}", feed.issues) : "", fmt::format("{:.1f}", feed.seconds)});
        if (!feed.message.empty() && feed.status != "absent") {
            remarks += fmt::format("{}: {}: {}\n", feed.id, feed.status, printable(feed.message));
            if (!feed.snapshot.empty() && (feed.status == "refused" || feed.status == "failed")) {
                remarks += fmt::format("  in service stays the list of {} ({} days old)\n", feed.publication_date, feed.age_days);
            }
            if (!feed.hint.empty()) {
                remarks += fmt::format("  {}\n", printable(feed.hint));
            }
        }
        for (const std::string& warning : feed.warnings) {
            remarks += fmt::format("{}: {}\n", feed.id, printable(warning));
        }
    }
    for (const std::string& warning : report.warnings) {
        remarks += fmt::format("warning: {}\n", printable(warning));
    }
    for (const std::string& canary : report.canaries) {
        remarks += fmt::format("ALARM: {} is no longer found, although it has been listed for years\n", printable(canary));
    }
    return table.text() + remarks;
}

class RefreshCommand final : public Command {
public:
    std::string_view name() const override { return "refresh"; }
    Group group() const override { return Group::data_in; }
    std::string_view summary() const override { return "Fetch, read, store and index the lists"; }
    std::string_view details() const override {
        return "Takes every enabled feed, or those named. A list that is damaged, cut, much smaller than the last good one\n"
               "or older is refused; the last good one stays in service and is shown as stale. After review it can be\n"
               "published with --accept.\n\n"
               "--metrics writes ages, counts and outcomes for Prometheus. --hook runs a command of yours after each run, with\n"
               "the report as JSON on its standard input and LIAISON_STATUS = complete, partial or overdue.\n\n"
               "Examples:\n"
               "  liaison refresh\n"
               "  liaison refresh un_sc us_ofac_sdn\n"
               "  liaison refresh --mirror /srv/mirror --db /var/lib/liaison/lists.db -f json\n"
               "  liaison refresh --accept un_sc --reason \"UN removed a regime, see press release\"\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app, {"table", "json"});
        app.add_option("FEED", m_feeds, "Feeds to refresh (default: all enabled ones)");
        app.add_option("--mirror", m_mirror, "Take each feed's files from DIR/<feed id>/")->type_name("DIR");
        app.add_flag("--offline", m_offline, "Do not use the network");
        auto* accept = app.add_option("--accept", m_accept, "Publish the refused snapshot of this feed")->type_name("FEED");
        app.add_option("--reason", m_reason, "Why it is accepted; recorded")->type_name("TEXT")->needs(accept);
        app.add_option("--metrics", m_metrics, "Write the run for Prometheus' text file collector")->type_name("FILE");
        app.add_option("--hook", m_hook, "Run this command with the report on its standard input")->type_name("COMMAND");
        app.add_option("--audit-key", m_key, "Secret key of the audit log (default: LIAISON_AUDIT_KEY, else FILE.audit.key)")->type_name("FILE");
        app.add_option("--retention", m_retention, "Days to keep raw snapshots that are out of service")
            ->type_name("DAYS")
            ->check(CLI::Range(std::int64_t{1}, std::int64_t{36500}))
            ->capture_default_str();
        app.add_option("--operator", m_operator, "Who runs it, or accepts (default: LIAISON_OPERATOR, else USER)")->type_name("NAME");
    }
    ExitCode run(Environment& environment) override {
        if (!m_accept.empty() && m_reason.empty()) {
            throw base::UsageError("refresh: --accept needs --reason TEXT", "say why the snapshot is right; it is recorded");
        }
        pipeline::RefreshOptions options;
        options.db = m_store.path(environment);
        options.feeds = m_feeds;
        options.mirror = m_mirror;
        options.offline = m_offline;
        options.accept = m_accept;
        options.accept_reason = m_reason;
        options.operator_name = operator_of(environment, m_operator);
        options.version = kVersion;
        options.audit_key = audit_options(environment, options.db, m_key, m_operator).key;
        options.retention_days = m_retention;
        pipeline::World world{environment.files, environment.clock, *environment.progress, environment.make_transport};
        const pipeline::RunReport report = pipeline::refresh(options, m_store.registry(environment), world);
        m_output.write(environment, m_output.chosen() == Format::json ? pipeline::to_json(report).dump(1) + "\n" : table(report));
        if (!m_metrics.empty()) {
            base::publish(environment.files, m_metrics, pipeline::prometheus_text(report, environment.clock.now()));
        }
        if (!m_hook.empty()) {
            environment.out.flush();
            const std::string fault = run_hook(m_hook, status_of(report), pipeline::to_json(report).dump() + "\n");
            if (!fault.empty()) {
                environment.err << "liaison: warning: " << fault << '\n';
            }
        }
        return report.complete() ? ExitCode::yes : ExitCode::partial;
    }

private:
    static std::string status_of(const pipeline::RunReport& report) {
        const bool overdue = std::any_of(report.feeds.begin(), report.feeds.end(), [](const auto& feed) { return feed.overdue; });
        return !report.complete() ? "partial" : overdue ? "overdue" : "complete";
    }

    StoreOptions m_store;
    OutputOptions m_output;
    std::vector<std::string> m_feeds;
    std::string m_mirror;
    bool m_offline = false;
    std::string m_accept;
    std::string m_reason;
    std::string m_operator;
    std::string m_metrics;
    std::string m_hook;
    std::string m_key;
    std::int64_t m_retention = pipeline::kRetentionDays;
};

}  // namespace

std::unique_ptr<Command> make_refresh_command() { return std::make_unique<RefreshCommand>(); }

}  // namespace liaison::cli
