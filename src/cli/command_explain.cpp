#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/match/pair.hpp"
#include "liaison/query/screening.hpp"
#include "liaison/record/csv.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace liaison::cli {
namespace {

/// What one entity says of itself, as if it were a customer's record.
match::Query query_of(const model::Entity& entity) {
    match::Query query;
    query.id = entity.id;
    query.schema = entity.schema;
    std::vector<std::string> ignored;
    const auto put = [&](const char* property, const char* column) {
        if (const auto found = model::find_property(property))
            for (const std::string_view value : entity.all(*found)) match::set_column(query, column, value, ignored);
    };
    put("name", "name");
    put("alias", "name");
    put("birthDate", "birth_date");
    put("nationality", "nationality");
    put("country", "country");
    put("gender", "gender");
    put("birthPlace", "birth_place");
    put("idNumber", "id_number");
    put("passportNumber", "id_number");
    put("imoNumber", "id_number");
    put("registrationNumber", "id_number");
    return query;
}

class ExplainCommand final : public Command {
public:
    std::string_view name() const override { return "explain"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Say why two entities, or two names, are taken for one or not"; }
    std::string_view details() const override {
        return "A and B are two ids of the store, or two names with --schema. --pairs scores a CSV with the columns schema, name1,\n"
               "name2 and optional birth_date1, birth_date2: the score a screening of name1 gives a listed name2.\n\n"
               "Examples:\n"
               "  liaison explain ofac-8279 unsc-QDi.001\n"
               "  liaison explain \"Osama bin Laden\" \"Usama ibn Ladin\" --schema Person\n"
               "  liaison explain --pairs pairs.csv -f ndjson\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app, {"table", "json", "ndjson", "csv"});
        app.add_option("A", m_one, "Id or name");
        app.add_option("B", m_other, "Id or name");
        app.add_option("--schema", m_schema, "A and B are names of this schema")->type_name("SCHEMA");
        app.add_option("--threshold", m_threshold, "Least score of a match")->check(CLI::Range(0.01, 0.9999))->capture_default_str();
        app.add_option("--pairs", m_pairs, "CSV of pairs to score")->type_name("FILE");
    }
    ExitCode run(Environment& environment) override {
        if (!m_schema.empty() && model::find_schema(m_schema) == nullptr)
            throw base::UsageError(fmt::format("no schema \"{}\"", m_schema), "try Person, Company, Organization or Vessel");
        if (!m_pairs.empty()) return pairs(environment);
        if (m_one.empty() || m_other.empty()) throw base::UsageError("explain needs two ids, or two names with --schema", "liaison explain A B");
        return m_schema.empty() ? entities(environment) : names(environment);
    }

private:
    static std::string tokens_text(const std::vector<match::TokenLine>& tokens) {
        Table table({"query", "listed", "kind", "similarity"});
        for (const match::TokenLine& line : tokens) table.add({printable(line.query), printable(line.listed), line.kind, fmt::format("{:.2f}", line.similarity)});
        return table.text();
    }

    static nlohmann::ordered_json tokens_json(const std::vector<match::TokenLine>& tokens) {
        nlohmann::ordered_json out = nlohmann::ordered_json::array();
        for (const match::TokenLine& line : tokens) out.push_back({{"query", line.query}, {"listed", line.listed}, {"kind", line.kind}, {"similarity", line.similarity}});
        return out;
    }

    ExitCode names(Environment& environment) {
        const match::PairScore scored = match::score_pair(m_one, m_other, m_schema);
        const bool matches = scored.score >= m_threshold;
        const auto tokens = match::token_lines(scored.query.parts, scored.listed.parts, scored.name);
        if (m_output.chosen() == Format::table) {
            m_output.write(environment, fmt::format("{:.2f} {} (name score {:.3f} = 1 - omission {:.3f} - contradiction {:.3f} - order {:.3f})\n{}", scored.score,
                                                    matches ? "match" : "no match", scored.name.value, scored.name.omission, scored.name.contradiction, scored.name.order,
                                                    tokens_text(tokens)));
        } else {
            m_output.write(environment, nlohmann::ordered_json{{"score", scored.score}, {"match", matches}, {"name_score", scored.name.value}, {"omission", scored.name.omission},
                                                               {"contradiction", scored.name.contradiction}, {"order", scored.name.order}, {"tokens", tokens_json(tokens)}}
                                                .dump(m_output.chosen() == Format::json ? 1 : -1) + "\n");
        }
        return matches ? ExitCode::yes : ExitCode::no;
    }

    ExitCode entities(Environment& environment) {
        const query::Engine engine = m_query.open(environment);
        const index::Ordinal one = engine.require(m_one);
        const index::Ordinal other = engine.require(m_other);
        const match::Query query = query_of(engine.entities().entity(one));
        match::Options options;
        options.threshold = m_threshold;
        const auto match = match::compare(engine.index().names(), query, other, options);
        if (!match) throw base::UsageError(fmt::format("{} is nothing that is screened against", m_other), "give a person, organisation or vessel");
        if (m_output.chosen() == Format::table) {
            std::string text = fmt::format("{:.2f} {}: {} against {} \"{}\"\n{}", match->score, match->match ? "match" : "no match", printable(match->explanation.query_name),
                                           index::to_string(match->explanation.name_kind), printable(match->explanation.listed_name), tokens_text(match->explanation.tokens));
            Table evidence({"evidence", "verdict", "one", "other", "log-odds"});
            for (const match::EvidenceLine& line : match->explanation.evidence)
                evidence.add({line.what, std::string(match::to_string(line.verdict)), printable(line.query), printable(line.listed), fmt::format("{:+.2f}", line.log_odds)});
            text += "\n" + evidence.text() + "\n" + context_lines(engine.context());
            m_output.write(environment, text);
        } else {
            query::Json json;
            json["one"] = std::string(engine.entities().id(one));
            json["other"] = std::string(engine.entities().id(other));
            json["score"] = match->score;
            json["match"] = match->match;
            json["explanation"] = query::Json(match::to_json(match->explanation));
            json["context"] = query::to_json(engine.context());
            m_output.write(environment, json.dump(m_output.chosen() == Format::json ? 1 : -1) + "\n");
        }
        return match->match ? ExitCode::yes : ExitCode::no;
    }

    ExitCode pairs(Environment& environment) {
        record::CsvReader reader(record::source_from_path(m_pairs), {});
        record::CsvRow row;
        std::array<std::size_t, 5> columns{};
        columns.fill(std::string::npos);
        static constexpr std::array<std::string_view, 5> wanted = {"schema", "name1", "name2", "birth_date1", "birth_date2"};
        if (!reader.next(row)) throw base::InputError(m_pairs + " is empty", "columns: schema, name1, name2, birth_date1, birth_date2");
        for (std::size_t i = 0; i < row.fields.size(); ++i)
            for (std::size_t k = 0; k < wanted.size(); ++k)
                if (base::collapse_space(row.fields[i]) == wanted[k]) columns[k] = i;
        if (columns[1] == std::string::npos || columns[2] == std::string::npos)
            throw base::UsageError(m_pairs + " has no columns name1 and name2", "columns: schema, name1, name2, birth_date1, birth_date2");
        std::string out = m_output.chosen() == Format::csv ? csv_line({"line", "score", "match", "problem"}) : std::string();
        nlohmann::ordered_json all = nlohmann::ordered_json::array();
        bool partial = false;
        while (reader.next(row)) {
            const auto field = [&](std::size_t column) { return columns[column] == std::string::npos ? std::string_view() : row.field(columns[column]); };
            std::string problem = row.problem == record::CsvProblem::malformed_quote || row.problem == record::CsvProblem::too_long ? std::string(record::to_string(row.problem)) : "";
            match::PairScore scored;
            if (problem.empty()) {
                match::PairDates dates;
                if (!field(3).empty()) dates.query = model::parse_date(field(3));
                if (!field(4).empty()) dates.listed = model::parse_date(field(4));
                scored = match::score_pair(field(1), field(2), field(0), dates);
                if (scored.query.carriers == 0 || scored.listed.carriers == 0) problem = "no usable name";
            }
            partial = partial || !problem.empty();
            const bool matches = problem.empty() && scored.score >= m_threshold;
            if (!problem.empty()) scored.score = 0;
            nlohmann::ordered_json json{{"line", row.position.line}, {"score", scored.score}, {"match", matches}};
            if (!problem.empty()) json["problem"] = problem;
            switch (m_output.chosen()) {
                case Format::ndjson: out += json.dump() + "\n"; break;
                case Format::json: all.push_back(std::move(json)); break;
                case Format::csv: out += csv_line({std::to_string(row.position.line), fmt::format("{:.4f}", scored.score), matches ? "yes" : "no", problem}); break;
                case Format::table:
                    out += fmt::format("{:6d}  {:.3f}  {:8s}  {} | {}{}\n", row.position.line, scored.score, matches ? "match" : "no match", printable(field(1)), printable(field(2)),
                                       problem.empty() ? "" : "  (" + problem + ")");
                    break;
            }
        }
        m_output.write(environment, m_output.chosen() == Format::json ? nlohmann::ordered_json{{"results", all}}.dump(1) + "\n" : out);
        return partial ? ExitCode::partial : ExitCode::yes;
    }

    QueryOptions m_query;
    OutputOptions m_output;
    std::string m_one;
    std::string m_other;
    std::string m_schema;
    std::string m_pairs;
    double m_threshold = 0.70;
};

}  // namespace

std::unique_ptr<Command> make_explain_command() { return std::make_unique<ExplainCommand>(); }

}  // namespace liaison::cli
