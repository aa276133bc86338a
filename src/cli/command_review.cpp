#include "cli/decide.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"
#include "liaison/query/json.hpp"
#include "liaison/record/csv.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace liaison::cli {
namespace {

constexpr const char* kJudgements[] = {"same", "different", "unsure"};
const std::vector<std::string> kColumns = {"one", "one_name", "one_facts", "other", "other_name", "other_facts", "probability", "judgement", "reason"};

std::string facts(const query::Node& node) {
    std::string text;
    for (const char* property : {"birthDate", "birthPlace", "nationality", "country", "gender", "passportNumber", "idNumber", "imoNumber", "position"}) {
        const auto found = node.properties.find(property);
        if (found != node.properties.end()) {
            text += fmt::format("{}{}: {}", text.empty() ? "" : " | ", property, join(found->second, "; "));
        }
    }
    return text + (node.programmes.empty() ? "" : " | programmes: " + join(node.programmes, ", "));
}

class ReviewCommand final : public Command {
public:
    std::string_view name() const override { return "review"; }
    Group group() const override { return Group::keep; }
    std::string_view summary() const override { return "Judge pairs of records that may be one: same, different, unsure"; }
    std::string_view details() const override {
        return "Without ids: the next pairs, most probable first, side by side. With two ids and a judgement: records it, with who,\n"
               "when, why and what was known; a later judgement stands in place of an earlier one, which stays on record.\n"
               "A team can work outside: --export writes a CSV file, --import takes its column \"judgement\".\n\n"
               "Examples:\n"
               "  liaison review\n"
               "  liaison review unsc-QDi.001 ofac-6365 --same --reason \"same passport, seen 2025-11-20\"\n"
               "  liaison review --export pairs.csv\n"
               "  liaison review --import pairs.csv\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app, {"table", "json"});
        app.add_option("--operator", m_operator, "Who decides (default: LIAISON_OPERATOR, else USER)")->type_name("NAME");
        add_limit(app, m_limit, "Show this many pairs");
        app.add_option("ID", m_ids, "Two records of lists")->expected(0, 2);
        auto* same = app.add_flag("--same", m_same, "They are one");
        auto* different = app.add_flag("--different", m_different, "They are not")->excludes(same);
        app.add_flag("--unsure", m_unsure, "It cannot be told")->excludes(same)->excludes(different);
        app.add_option("--reason", m_reason, "Why; recorded")->type_name("TEXT");
        auto* out = app.add_option("--export", m_export, "Write all waiting pairs as CSV")->type_name("FILE");
        app.add_option("--import", m_import, "Record the judgements of such a file")->type_name("FILE")->excludes(out);
    }
    ExitCode run(Environment& environment) override {
        const base::Path db = m_store.path(environment);
        if (!m_import.empty()) {
            return report(environment, import(environment, db), db);
        }
        if (m_same || m_different || m_unsure) {
            if (m_ids.size() != 2) {
                throw base::UsageError("review: a judgement needs two ids", "see 'liaison review --help'");
            }
            require_source_ids(open(environment, db), m_ids[0], m_ids[1]);
            const char* judgement = kJudgements[m_same ? 0 : m_different ? 1 : 2];
            return report(environment, {make_decision(environment, m_ids[0], m_ids[1], judgement, operator_of(environment, m_operator), m_reason)}, db);
        }
        if (!m_ids.empty()) {
            throw base::UsageError("review: ids need a judgement: --same, --different or --unsure");
        }
        return show(environment, open(environment, db));
    }

private:
    query::Engine open(Environment& environment, const base::Path& db) const {
        return query::Engine::open({db, "", ""}, m_store.registry(environment), environment.files, environment.clock, *environment.progress);
    }

    ExitCode show(Environment& environment, const query::Engine& engine) const {
        const auto reviews = engine.store().reviews();
        if (!m_export.empty()) {
            std::string text = csv_line(kColumns);
            for (const store::Store::Review& review : reviews) {
                const query::Node one = engine.node(engine.require(review.one));
                const query::Node other = engine.node(engine.require(review.other));
                text += csv_line({review.one, one.caption, facts(one), review.other, other.caption, facts(other), fmt::format("{:.4f}", review.score), "", ""});
            }
            base::publish(environment.files, m_export, text);
            if (environment.verbosity >= 0) {
                environment.err << fmt::format("{} pairs written to {}\n", reviews.size(), m_export);
            }
            return reviews.empty() ? ExitCode::no : ExitCode::yes;
        }
        query::Json json{{"waiting", reviews.size()}, {"pairs", query::Json::array()}};
        std::string text;
        for (std::size_t i = 0; i < std::min(m_limit, reviews.size()); ++i) {
            const store::Store::Review& review = reviews[i];
            const query::Node one = engine.node(engine.require(review.one));
            const query::Node other = engine.node(engine.require(review.other));
            json["pairs"].push_back({{"one", query::to_json(one)}, {"other", query::to_json(other)}, {"ids", {review.one, review.other}},
                                     {"probability", review.score}, {"features", query::Json::parse(review.explanation)}});
            text += fmt::format("{:.3f}\n", review.score);
            for (const auto& [id, node] : {std::pair(review.one, one), std::pair(review.other, other)}) {
                text += printable(fmt::format("  {}  {} ({})", id, node.caption, node.schema)) + "\n";
                text += printable("    " + facts(node)) + "\n";
                if (const auto aliases = node.properties.find("alias"); aliases != node.properties.end()) {
                    text += printable("    also: " + join(aliases->second, "; ")) + "\n";
                }
            }
            text += printable("  why: " + review.explanation) + "\n";
        }
        text += fmt::format("{} pairs wait; judge with 'liaison review ID ID --same|--different|--unsure --reason TEXT'\n", reviews.size());
        m_output.write(environment, m_output.chosen() == Format::json ? json.dump(1) + "\n" : text);
        return reviews.empty() ? ExitCode::no : ExitCode::yes;
    }

    std::vector<store::Store::Decision> import(Environment& environment, const base::Path& db) const {
        constexpr std::uint64_t kLimit = 64U << 20U;
        const std::string bytes = environment.files.read(m_import, kLimit);
        const record::SourceFile file = record::source_from_memory(m_import, bytes);
        const std::string who = operator_of(environment, m_operator);
        const query::Engine engine = open(environment, db);
        std::vector<store::Store::Decision> decisions;
        std::vector<std::size_t> columns;
        record::CsvReader reader(file, {});
        record::CsvRow row;
        while (reader.next(row)) {
            const auto cell = [&](std::size_t column) { return columns[column] < row.fields.size() ? std::string(row.fields[columns[column]]) : std::string(); };
            if (columns.empty()) {
                for (const char* wanted : {"one", "other", "judgement", "reason"}) {
                    const auto found = std::find(row.fields.begin(), row.fields.end(), wanted);
                    if (found == row.fields.end()) {
                        throw base::InputError(fmt::format("{}:{}: no column \"{}\"", m_import, row.position.line, wanted), "take the file that --export writes");
                    }
                    columns.push_back(static_cast<std::size_t>(found - row.fields.begin()));
                }
                continue;
            }
            const std::string judgement = cell(2);
            if (judgement.empty()) {
                continue;  // not judged yet
            }
            if (std::find(std::begin(kJudgements), std::end(kJudgements), judgement) == std::end(kJudgements)) {
                throw base::InputError(fmt::format("{}:{}: \"{}\" is no judgement", m_import, row.position.line, judgement), "same, different or unsure");
            }
            require_source_ids(engine, cell(0), cell(1));
            decisions.push_back(make_decision(environment, cell(0), cell(1), judgement, who, cell(3)));
        }
        return decisions;
    }

    ExitCode report(Environment& environment, const std::vector<store::Store::Decision>& decisions, const base::Path& db) const {
        if (decisions.empty()) {
            m_output.write(environment, "no judgements\n");
            return ExitCode::no;
        }
        const pipeline::Derived derived = decide(environment, db, decisions);
        if (m_output.chosen() == Format::json) {
            m_output.write(environment, query::Json{{"recorded", decisions.size()}, {"waiting", derived.resolution.review.size()}}.dump(1) + "\n");
        } else {
            m_output.write(environment, fmt::format("{} judgements recorded; {} pairs wait\n", decisions.size(), derived.resolution.review.size()));
        }
        return ExitCode::yes;
    }

    StoreOptions m_store;
    OutputOptions m_output;
    std::string m_operator;
    std::size_t m_limit = 1;
    std::vector<std::string> m_ids;
    bool m_same = false;
    bool m_different = false;
    bool m_unsure = false;
    std::string m_reason;
    std::string m_export;
    std::string m_import;
};

}  // namespace

std::unique_ptr<Command> make_review_command() { return std::make_unique<ReviewCommand>(); }

}  // namespace liaison::cli
