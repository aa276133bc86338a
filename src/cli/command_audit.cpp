#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/screening_evidence.hpp"
#include "cli/text.hpp"

#include "liaison/audit/coverage.hpp"
#include "liaison/audit/log.hpp"
#include "liaison/base/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>

namespace liaison::cli {
namespace {

constexpr std::uint64_t kPublicKeyLimit = 1024;

std::uint64_t number_of(std::string_view text, const char* what) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0) {
        throw base::UsageError(fmt::format("audit: {} is no {}", printable(text), what), "an id is a line such as 17, or a query in it such as 17.3");
    }
    return number;
}

/// Hashes of lines as the store's run reports keep them.
std::map<std::uint64_t, std::string> anchors_of(const base::Path& db) {
    std::map<std::uint64_t, std::string> anchors;
    const store::Store store = store::Store::open(db, store::Access::read);
    for (const std::string& text : store.runs(std::numeric_limits<std::int32_t>::max())) {
        const auto report = nlohmann::json::parse(text, nullptr, false);
        if (report.is_object() && report.contains("audit") && report["audit"].value("seq", std::uint64_t{0}) > 0) {
            anchors[report["audit"]["seq"].get<std::uint64_t>()] = report["audit"].value("hash", "");
        }
    }
    return anchors;
}

std::string coverage_table(const audit::Coverage& coverage) {
    std::string text = fmt::format("from {} to {}\n", coverage.from.empty() ? "the beginning" : coverage.from,
                                   coverage.to.empty() ? "now" : coverage.to);
    text += fmt::format("refreshes: {} ({} incomplete), longest gap {} hours\n", coverage.refreshes, coverage.incomplete_refreshes,
                        coverage.longest_gap_hours);
    text += fmt::format("screening: {} runs, {} screened, {} unchecked, {} with a match\n", coverage.runs, coverage.screened,
                        coverage.unchecked, coverage.alerted);
    for (const auto& [state, count] : coverage.decisions) {
        text += fmt::format("decisions {}: {}\n", state, count);
    }
    text += fmt::format("queries erased: {}\n\n", coverage.erased);
    Table table({"list", "attempts", "oldest in service", "last published", "last snapshot"});
    for (const auto& [id, list] : coverage.lists) {
        std::string attempts;
        for (const auto& [status, count] : list.attempts) {
            attempts += fmt::format("{}{} {}", attempts.empty() ? "" : ", ", status, count);
        }
        table.add({id, attempts, fmt::format("{} d", list.max_age_days), list.last_publication_date, list.last_snapshot.substr(0, 16)});
    }
    text += table.text() + "\n";
    Table operators({"operator", "lines"});
    for (const auto& [who, count] : coverage.operators) {
        operators.add({who, fmt::format("{}", count)});
    }
    return text + operators.text();
}

class AuditCommand final : public Command {
public:
    std::string_view name() const override { return "audit"; }
    Group group() const override { return Group::keep; }
    std::string_view summary() const override { return "Prove, read and summarise the record of what was done"; }
    std::string_view details() const override {
        return "FILE.audit beside the store is an append-only chain: every refresh, screening and decision with list versions,\n"
               "thresholds, scores, operator and time. Checkpoints are signed with the key in FILE.audit.key (or --key, or\n"
               "LIAISON_AUDIT_KEY: keep it where the operator of the store cannot write). FILE.audit.pub is for examiners.\n"
               "The text of queries is kept apart in FILE.queries and can be erased; the chain still holds.\n\n"
               "  verify            0 when the chain holds, 1 when a change or removal shows\n"
               "  replay ID         what line 17 recorded; query 17.3 is screened again over the lists of that day: same, differs,\n"
               "                    not-replayable, or erased\n"
               "  report            lists, ages, refreshes, screenings and decisions of a period\n"
               "  erase             delete texts of queries: --query KEY, or --id RECORD as the customer file names it\n"
               "  checkpoint        sign the newest line and print it, to be kept elsewhere\n\n"
               "Examples:\n"
               "  liaison audit verify\n"
               "  liaison audit verify --anchor 120:5f1c...e0 --public-key examiner.pub\n"
               "  liaison audit report --from 2025-01-01 --to 2025-12-31\n"
               "  liaison audit erase --id customer-4711 --reason \"request of 2025-11-20\"\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app, {"table", "json"});
        app.add_option("ACTION", m_action, "verify, replay, report, erase, checkpoint")
            ->required()
            ->check(CLI::IsMember({"verify", "replay", "report", "erase", "checkpoint"}));
        app.add_option("LINE", m_line, "Line or query id, for replay");
        app.add_option("--from", m_from, "First day of the report")->type_name("DATE");
        app.add_option("--to", m_to, "Last day of the report")->type_name("DATE");
        app.add_option("--key", m_key, "Secret key (default: LIAISON_AUDIT_KEY, else FILE.audit.key)")->type_name("FILE");
        app.add_option("--public-key", m_public_key, "Check signatures with this key (default: FILE.audit.pub)")->type_name("FILE");
        app.add_option("--anchor", m_anchors, "Hash of a line that was kept elsewhere")->type_name("LINE:HASH");
        app.add_option("--query", m_queries, "Key of a query to erase, as the chain names it")->type_name("KEY");
        app.add_option("--id", m_ids, "Record id of queries to erase")->type_name("ID");
        app.add_option("--reason", m_reason, "Why queries are erased; recorded")->type_name("TEXT");
        app.add_option("--operator", m_operator, "Who acts (default: LIAISON_OPERATOR, else USER)")->type_name("NAME");
    }
    ExitCode run(Environment& environment) override {
        if (m_action == "verify") {
            return verify(environment);
        }
        if (m_action == "replay") {
            return replay(environment);
        }
        if (m_action == "report") {
            const audit::Coverage coverage = audit::coverage(m_store.path(environment), m_from, m_to);
            m_output.write(environment, m_output.chosen() == Format::json ? audit::to_json(coverage).dump(1) + "\n" : coverage_table(coverage));
            return coverage.refreshes + coverage.runs > 0 ? ExitCode::yes : ExitCode::no;
        }
        return m_action == "erase" ? erase(environment) : checkpoint(environment);
    }

private:
    [[nodiscard]] audit::Log open(Environment& environment) const {
        return audit::Log(audit_options(environment, m_store.path(environment), m_key, m_operator), environment.files, environment.clock);
    }

    ExitCode verify(Environment& environment) const {
        const base::Path db = m_store.path(environment);
        auto anchors = anchors_of(db);
        for (const std::string& anchor : m_anchors) {
            const std::size_t colon = anchor.find(':');
            if (colon == std::string::npos) {
                throw base::UsageError("audit: --anchor takes LINE:HASH", "as 'liaison audit checkpoint' prints it");
            }
            anchors[number_of(std::string_view(anchor).substr(0, colon), "line")] = anchor.substr(colon + 1);
        }
        std::string key;
        if (!m_public_key.empty()) {
            key = environment.files.read(m_public_key, kPublicKeyLimit);
            key.erase(key.find_last_not_of(" \r\n\t") + 1);
        }
        const audit::Verification proof = audit::verify(db, key, anchors);
        if (m_output.chosen() == Format::json) {
            const nlohmann::ordered_json json{{"holds", proof.findings.empty()},      {"lines", proof.entries},
                                              {"checkpoints", proof.checkpoints},     {"unsigned", proof.unsigned_entries},
                                              {"anchors", anchors.size()},            {"torn", proof.torn},
                                              {"head", {{"seq", proof.head.seq}, {"hash", proof.head.hash}}},
                                              {"findings", proof.findings}};
            m_output.write(environment, json.dump(1) + "\n");
        } else {
            std::string text;
            for (const std::string& finding : proof.findings) {
                text += printable(finding) + "\n";
            }
            text += fmt::format("{}: {} lines, {} checkpoints, {} lines after the last one, {} hashes kept elsewhere\n",
                                proof.findings.empty() ? "the chain holds" : "THE CHAIN DOES NOT HOLD", proof.entries,
                                proof.checkpoints, proof.unsigned_entries, anchors.size());
            if (proof.torn) {
                text += "the last line was cut by a crash and never acknowledged; the next record takes its place\n";
            }
            m_output.write(environment, text);
        }
        return proof.findings.empty() ? ExitCode::yes : ExitCode::no;
    }

    ExitCode replay(Environment& environment) const {
        const base::Path db = m_store.path(environment);
        const std::size_t dot = m_line.find('.');
        const std::uint64_t seq = number_of(std::string_view(m_line).substr(0, dot), "line");
        const auto entry = audit::find_entry(db, seq);
        if (!entry) {
            throw base::UsageError(fmt::format("audit: there is no line {}", seq), "see 'liaison audit verify' for how many there are");
        }
        nlohmann::ordered_json json{{"id", m_line}, {"at", entry->at}, {"who", entry->who}, {"kind", entry->kind}};
        if (dot == std::string::npos) {
            json["body"] = entry->body;
            m_output.write(environment, json.dump(1) + "\n");
            return ExitCode::yes;
        }
        const std::uint64_t position = number_of(std::string_view(m_line).substr(dot + 1), "query");
        if (!entry->body.contains("screened") || position > entry->body["screened"].size()) {
            throw base::UsageError(fmt::format("audit: line {} has no query {}", seq, position), "see 'liaison audit replay' of the line");
        }
        const audit::Json& item = entry->body["screened"][position - 1];
        const auto run = audit::find_entry(db, entry->body.value("run", std::uint64_t{0}));
        json["run"] = run ? run->body : audit::Json();
        json["outcome"] = item["outcome"];
        const auto stored = audit::find_query(db, item.value("key", ""));
        if (!stored) {
            json["status"] = "erased";
        } else {
            json["query"] = stored->at("query");
            recompute(environment, entry->at, json);
        }
        m_output.write(environment, json.dump(1) + "\n");
        return json["status"] == "differs" ? ExitCode::no : ExitCode::yes;
    }

    /// Screens the query again over the lists of that day. Sets status: same, differs, or not-replayable when the store no
    /// longer gives the recorded list versions.
    void recompute(Environment& environment, const std::string& at, nlohmann::ordered_json& json) const {
        const base::Path db = m_store.path(environment);
        const feed::Registry feeds = m_store.registry(environment);
        const audit::Json& run = json["run"];
        const auto recorded = [&](const query::Engine& engine) {
            std::map<std::string, std::string> then;
            for (const audit::Json& dataset : run.value("datasets", audit::Json::array())) {
                then[dataset.value("id", "")] = dataset.value("snapshot", "");
            }
            std::map<std::string, std::string> now;
            for (const query::DatasetVersion& version : engine.context().datasets) {
                now[version.dataset] = version.snapshot;
            }
            return then == now;
        };
        const std::string as_of = run.value("as_of", "");
        json["status"] = "not-replayable";
        for (const query::EngineOptions& options : {query::EngineOptions{db, as_of, ""}, query::EngineOptions{db, "", at.substr(0, 10)}}) {
            const query::Engine engine = query::Engine::open(options, feeds, environment.files, environment.clock, *environment.progress);
            if (!recorded(engine)) {
                continue;
            }
            match::Options screening;
            screening.threshold = run.value("threshold", screening.threshold);
            screening.limit = run.value("limit", screening.limit);
            screening.weak_aliases = run.value("weak_aliases", false);
            screening.mode = run.value("mode", "") == "ofac" ? match::Mode::ofac : match::Mode::liaison;
            match::BatchRecord record;
            record.query = monitor::query_from(json["query"]);
            const query::Screened screened = query::screen(engine, std::move(record), screening);
            json["recomputed"] = outcome_of(engine, screened);
            json["status"] = json["recomputed"] == json["outcome"] ? "same" : "differs";
            return;
        }
    }

    ExitCode erase(Environment& environment) const {
        if ((m_queries.empty() && m_ids.empty()) || m_reason.empty()) {
            throw base::UsageError("audit: erase needs --query KEY or --id ID, and --reason TEXT", "the reason is recorded, what was erased is not");
        }
        const auto chosen = [](const std::vector<std::string>& list, const std::string& text) {
            return std::find(list.begin(), list.end(), text) != list.end();
        };
        const std::uint64_t erased = open(environment).erase_queries(
            [&](const audit::Json& stored) {
                const audit::Json query = stored.value("query", audit::Json::object());
                return chosen(m_queries, stored.value("key", "")) ||
                       (query.contains("id") && query["id"].is_string() && chosen(m_ids, query["id"].get<std::string>()));
            },
            m_reason);
        m_output.write(environment, m_output.chosen() == Format::json ? nlohmann::ordered_json{{"erased", erased}}.dump(1) + "\n"
                                                                      : fmt::format("{} queries erased\n", erased));
        return erased > 0 ? ExitCode::yes : ExitCode::no;
    }

    ExitCode checkpoint(Environment& environment) const {
        const audit::Head head = open(environment).checkpoint();
        m_output.write(environment, m_output.chosen() == Format::json
                                        ? nlohmann::ordered_json{{"seq", head.seq}, {"hash", head.hash}}.dump(1) + "\n"
                                        : fmt::format("{}:{}\n", head.seq, head.hash));
        return head.seq > 0 ? ExitCode::yes : ExitCode::no;
    }

    StoreOptions m_store;
    OutputOptions m_output;
    std::string m_action;
    std::string m_line;
    std::string m_from;
    std::string m_to;
    std::string m_key;
    std::string m_public_key;
    std::vector<std::string> m_anchors;
    std::vector<std::string> m_queries;
    std::vector<std::string> m_ids;
    std::string m_reason;
    std::string m_operator;
};

}  // namespace

std::unique_ptr<Command> make_audit_command() { return std::make_unique<AuditCommand>(); }

}  // namespace liaison::cli
