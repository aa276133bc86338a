#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/screening_evidence.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <ostream>
#include <thread>

namespace liaison::cli {
namespace {

class AlertsCommand final : public Command {
public:
    std::string_view name() const override { return "alerts"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show and decide the alerts on your books; screen them again after a refresh"; }
    std::string_view details() const override {
        return "A book is begun with 'liaison screen --book NAME FILE'. After a refresh 'alerts update' screens each book whose\n"
               "lists have changed. An alert is about a pair and its evidence: a decision stands while name, birth date,\n"
               "programmes and the rest that the score rests on stand; when they change the alert is new again and says why.\n"
               "Records lie in FILE.book-NAME, which may be deleted; alerts hold ids, not names of your records.\n\n"
               "  list (default)     0 when there are alerts to show, 1 when there are none\n"
               "  update             0 when something is new, 1 when nothing is\n"
               "  set ID STATE       new, under_review, false_positive, confirmed, closed\n\n"
               "Examples:\n"
               "  liaison alerts update\n"
               "  liaison alerts --book customers --state new -f csv\n"
               "  liaison alerts set alert-4f2a90c1d3e7 false_positive --reason \"another birth date, passport seen\"\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app);
        app.add_option("ACTION", m_action, "list, update or set")->check(CLI::IsMember({"list", "update", "set"}))->capture_default_str();
        app.add_option("ID", m_id, "Alert to set");
        app.add_option("STATE", m_state_to_set, "Its state from now on");
        app.add_option("--book", m_book, "Only this book")->type_name("NAME");
        app.add_option("--state", m_state, "List only alerts of this state")->type_name("STATE");
        app.add_option("--reason", m_reason, "Why it is set; recorded")->type_name("TEXT");
        app.add_option("--operator", m_operator, "Who acts (default: LIAISON_OPERATOR, else USER)")->type_name("NAME");
        app.add_option("-j,--jobs", m_jobs, "Threads; the answers do not depend on it")->check(CLI::Range(1, 256));
    }
    ExitCode run(Environment& environment) override {
        const base::Path db = m_query.store.path(environment);
        if (m_action == "set") {
            return set(environment, db);
        }
        return m_action == "update" ? update(environment, db) : list(environment, db);
    }

private:
    [[nodiscard]] std::vector<std::string> books(const Environment& environment, const base::Path& db) const {
        if (!m_book.empty()) {
            return {m_book};
        }
        return monitor::Book::all(environment.files, db);
    }

    static monitor::State state_named(const std::string& name) {
        const auto state = monitor::find_state(name);
        if (!state) {
            throw base::UsageError(fmt::format("alerts: no state \"{}\"", printable(name)), "states: new, under_review, false_positive, confirmed, closed");
        }
        return *state;
    }

    ExitCode list(Environment& environment, const base::Path& db) const {
        std::vector<std::pair<std::string, monitor::Alert>> shown;
        for (const std::string& name : books(environment, db)) {
            for (monitor::Alert& alert : monitor::Book(db, name).alerts(environment.files)) {
                if (m_state.empty() || alert.state == state_named(m_state)) {
                    shown.emplace_back(name, std::move(alert));
                }
            }
        }
        m_output.write(environment, text(shown));
        return shown.empty() ? ExitCode::no : ExitCode::yes;
    }

    [[nodiscard]] std::string text(const std::vector<std::pair<std::string, monitor::Alert>>& alerts) const {
        const std::vector<std::string> heading{"alert", "book", "state", "record", "entity", "listed name", "score", "since", "reason"};
        Table table(heading);
        std::string csv = csv_line(heading);
        std::string lines;
        nlohmann::ordered_json json{{"alerts", nlohmann::ordered_json::array()}};
        for (const auto& [book, alert] : alerts) {
            const std::vector<std::string> row{alert.id, book, std::string(monitor::name_of(alert.state)), alert.record, alert.entity, alert.caption,
                                               fmt::format("{:.2f}", alert.score), alert.changed_at, alert.reason};
            nlohmann::ordered_json each = monitor::to_json(alert);
            each["book"] = book;
            table.add(row);
            csv += csv_line(row);
            lines += each.dump() + "\n";
            json["alerts"].push_back(std::move(each));
        }
        switch (m_output.chosen()) {
            case Format::table: return table.text();
            case Format::json: return json.dump(1) + "\n";
            case Format::ndjson: return lines;
            case Format::csv: return csv;
        }
        return "";
    }

    ExitCode update(Environment& environment, const base::Path& db) const {
        const query::Engine engine = m_query.open(environment);
        nlohmann::ordered_json json{{"books", nlohmann::ordered_json::array()}};
        std::string lines;
        bool news = false;
        for (const std::string& name : books(environment, db)) {
            const monitor::Book book(db, name);
            if (!environment.files.exists(book.records_path())) {
                lines += fmt::format("{}: its records were deleted; alerts are kept\n", name);
                continue;
            }
            const monitor::Screening last = book.screening();
            if (last.state == state_of(engine)) {
                lines += fmt::format("{}: no list has changed since it was screened\n", name);
                continue;
            }
            const std::vector<match::Query> records = book.records();
            const std::vector<query::Screened> screened = screen_all(engine, records, last.options);
            std::vector<monitor::Pair> pairs;
            ScreeningRecorder recorder(audit::Log(audit_options(environment, db, "", m_operator), environment.files, environment.clock),
                                       circumstances_of(engine, last.options));
            for (const query::Screened& each : screened) {
                add_pairs(engine, each, pairs);
                recorder.add(engine, each);
            }
            recorder.finish();
            std::vector<monitor::Alert> alerts = book.alerts(environment.files);
            const monitor::Update change = monitor::update(alerts, pairs, name, base::to_iso(environment.clock.now()));
            book.save_alerts(environment.files, alerts);
            book.save_records(environment.files, records, {state_of(engine), last.options});
            news = news || !change.news.empty();
            lines += fmt::format("{}: {} records, {} alerts opened, {} opened again, {} closed, {} as before\n", name, records.size(), change.opened,
                                 change.reopened, change.closed, change.quiet);
            json["books"].push_back({{"book", name}, {"records", records.size()}, {"opened", change.opened}, {"reopened", change.reopened},
                                     {"closed", change.closed}, {"quiet", change.quiet}, {"news", change.news}});
        }
        m_output.write(environment, m_output.chosen() == Format::json || m_output.chosen() == Format::ndjson ? json.dump() + "\n" : lines);
        return news ? ExitCode::yes : ExitCode::no;
    }

    [[nodiscard]] std::vector<query::Screened> screen_all(const query::Engine& engine, const std::vector<match::Query>& records, const match::Options& screening) const {
        std::vector<query::Screened> screened(records.size());
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < records.size(); i = next++) {
                match::BatchRecord record;
                record.number = i + 1;
                record.query = records[i];
                screened[i] = query::screen(engine, std::move(record), screening);
            }
        };
        std::vector<std::thread> threads;
        for (int i = 1; i < m_jobs; ++i) {
            threads.emplace_back(work);
        }
        work();
        for (std::thread& thread : threads) {
            thread.join();
        }
        return screened;
    }

    ExitCode set(Environment& environment, const base::Path& db) const {
        if (m_id.empty() || m_state_to_set.empty() || m_reason.empty()) {
            throw base::UsageError("alerts: set takes ID STATE and --reason TEXT", "the reason is recorded with the decision");
        }
        const monitor::State state = state_named(m_state_to_set);
        for (const std::string& name : books(environment, db)) {
            const monitor::Book book(db, name);
            std::vector<monitor::Alert> alerts = book.alerts(environment.files);
            const bool here = std::any_of(alerts.begin(), alerts.end(), [&](const monitor::Alert& alert) { return alert.id == m_id; });
            if (!here) {
                continue;
            }
            const audit::LogOptions options = audit_options(environment, db, "", m_operator);
            const monitor::Alert& alert = monitor::decide(alerts, m_id, state, options.who, m_reason, base::to_iso(environment.clock.now()));
            audit::Log log(options, environment.files, environment.clock);
            // The record's id is the operator's own data: the chain names the pair by the alert.
            log.append("decision", {{"alert", alert.id}, {"book", name}, {"entity", alert.entity}, {"state", monitor::name_of(state)},
                                    {"evidence", alert.evidence}, {"reason", m_reason}});
            book.save_alerts(environment.files, alerts);
            m_output.write(environment, m_output.chosen() == Format::json ? monitor::to_json(alert).dump(1) + "\n"
                                                                          : fmt::format("{} is {}\n", alert.id, monitor::name_of(state)));
            return ExitCode::yes;
        }
        throw base::UsageError(fmt::format("there is no alert \"{}\"", printable(m_id)), "list them with 'liaison alerts'");
    }

    QueryOptions m_query;
    OutputOptions m_output;
    std::string m_action = "list";
    std::string m_id;
    std::string m_state_to_set;
    std::string m_book;
    std::string m_state;
    std::string m_reason;
    std::string m_operator;
    int m_jobs = 1;
};

}  // namespace

std::unique_ptr<Command> make_alerts_command() { return std::make_unique<AlertsCommand>(); }

}  // namespace liaison::cli
