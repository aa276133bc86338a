#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/screening_evidence.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"
#include "liaison/query/screening.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <iostream>
#include <thread>

namespace liaison::cli {
namespace {

/// Where answers go as they come: stdout, or a file that appears under its name when complete.
class Sink {
public:
    Sink(Environment& environment, const std::string& file) : m_environment(environment), m_file(file) {
        if (!m_file.empty() && m_file != "-") m_output = environment.files.create(m_file + ".part");
    }
    void write(const std::string& text) {
        if (m_output) m_output->write(text);
        else m_environment.out << text;
    }
    void finish() {
        if (!m_output) {
            m_environment.out.flush();
            return;
        }
        m_output->sync();
        m_output->close();
        m_environment.files.rename(m_file + ".part", m_file);
    }

private:
    Environment& m_environment;
    std::string m_file;
    std::unique_ptr<base::OutputFile> m_output;
};

/// stdin as a source of bytes.
class StreamSource final : public record::ByteSource {
public:
    explicit StreamSource(std::istream& in) : m_in(in) {}
    std::size_t read(std::span<char> buffer) override {
        m_in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        return static_cast<std::size_t>(m_in.gcount());
    }

private:
    std::istream& m_in;
};

class ScreenCommand final : public Command {
public:
    std::string_view name() const override { return "screen"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Check names, dates, identifiers and wallets against the lists"; }
    std::string_view details() const override {
        return "One record by flags, or a file (CSV with named columns, NDJSON, FollowTheMoney JSON; - is stdin).\n"
               "Columns: id, name, schema, birth_date, nationality, country, gender, birth_place, address, id_number, wallet,\n"
               "email, phone; several values split by \";\". The score is a probability; every part of it is in the JSON.\n"
               "No match is not clearance: a record that could not be checked says so.\n\n"
               "Exit codes: 0 every record was checked, 5 some were not; with --exit-code 0 a match, 1 none.\n\n"
               "Examples:\n"
               "  liaison screen --name \"Viktor But\" --schema Person --birth-date 1967\n"
               "  liaison screen customers.csv -f ndjson -j 4 --require un_sc,us_ofac_sdn\n"
               "  liaison screen --wallet 0x098B716B8Aaf21512996dC57EB0615e2383E2f96\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app);
        add_limit(app, m_options.limit, "At most this many matches a record");
        app.add_option("FILE", m_file, "Records to screen, - for stdin");
        const auto text = [&app, this](const char* flag, const char* column, const char* help) {
            app.add_option_function<std::vector<std::string>>(flag, [this, column](const std::vector<std::string>& values) {
                   for (const std::string& value : values) m_fields.emplace_back(column, value);
               }, help)->type_size(1)->expected(1, -1)->allow_extra_args(false);
        };
        text("--name", "name", "Name to check; may be given more than once");
        text("--birth-date", "birth_date", "Date of birth, whole or partial");
        text("--nationality", "nationality", "Nationality, code or name");
        text("--country", "country", "Country, code or name");
        text("--gender", "gender", "male or female");
        text("--birth-place", "birth_place", "Place of birth");
        text("--address", "address", "Address");
        text("--id", "id_number", "Passport, registration, IMO or other number");
        text("--wallet", "wallet", "Wallet address");
        text("--email", "email", "E-mail address");
        text("--phone", "phone", "Telephone number");
        app.add_option("--schema", m_schema, "What the records are: Person, Company, Vessel, ...")->type_name("SCHEMA");
        app.add_option("--threshold", m_options.threshold, "Least score of a match")->check(CLI::Range(0.01, 0.9999))->capture_default_str();
        app.add_flag("--weak-aliases", m_options.weak_aliases, "Let weak aliases open a match alone");
        app.add_flag("--exhaustive", m_options.exhaustive, "Score every listed name: slow, the same answers");
        app.add_option("--mode", m_mode, "liaison, or ofac: an imitation of OFAC's own search, for comparison")
            ->check(CLI::IsMember({"liaison", "ofac"}))->capture_default_str();
        app.add_option("-j,--jobs", m_jobs, "Threads; the answers and their order do not depend on it")->check(CLI::Range(1, 256));
        app.add_option("--book", m_book, "Keep the file's records as this book, for 'liaison alerts'")->type_name("NAME");
        app.add_flag("--no-audit", m_no_audit, "Leave no record in the audit log")->excludes(app.get_option("--book"));
        app.add_option("--operator", m_operator, "Who screens, for the record (default: LIAISON_OPERATOR, else USER)")->type_name("NAME");
        app.add_flag("--exit-code", m_exit_code, "Answer 0 for a match and 1 for none");
        app.add_option("--require", m_required, "Feeds that must be in the store, else every record is unchecked")->delimiter(',')->type_name("FEED,...");
        app.add_option("--max-age", m_max_age, "Oldest list that counts, in days, else every record is unchecked")->check(CLI::Range(0, 100000))->type_name("DAYS");
        app.add_option("--column", m_columns, "Read column THEIRS as one of ours")->type_name("THEIRS=OURS");
        app.add_option("--columns", m_column_file, "File of THEIRS=OURS lines")->type_name("FILE");
        app.add_flag("--ignore-columns", m_batch.ignore_columns, "Skip unknown columns");
    }

    ExitCode run(Environment& environment) override {
        if (m_file.empty() == m_fields.empty())
            throw base::UsageError(m_file.empty() ? "nothing to screen" : "a file and a name at once", "give a file of records, or --name, --id or --wallet");
        if (!m_schema.empty()) {
            m_batch.schema = model::find_schema(m_schema);
            if (m_batch.schema == nullptr) throw base::UsageError(fmt::format("no schema \"{}\"", m_schema), "try Person, Company, Organization or Vessel");
        }
        m_options.mode = m_mode == "ofac" ? match::Mode::ofac : match::Mode::liaison;
        read_columns(environment);
        const query::Engine engine = m_query.open(environment);
        query::ListRequirements requirements;
        requirements.feeds = m_required;
        if (m_max_age >= 0) requirements.max_age = m_max_age;
        const std::string unmet = query::unmet(engine.context(), requirements);
        Sink sink(environment, m_output.file);
        if (!m_book.empty() && m_file.empty()) throw base::UsageError("screen: --book takes a file of records", "give the file that the book is to hold");
        const base::Path db = m_query.store.path(environment);
        const std::optional<monitor::Book> book = m_book.empty() ? std::nullopt : std::optional<monitor::Book>(std::in_place, db, m_book);
        if (!m_no_audit)
            m_recorder.emplace(audit::Log(audit_options(environment, db, "", m_operator), environment.files, environment.clock), circumstances_of(engine, m_options));
        begin(sink);
        if (m_file.empty()) {
            match::BatchRecord record;
            record.number = 1;
            record.query.schema = m_batch.schema;
            for (const auto& [column, value] : m_fields) match::set_column(record.query, column, value, record.problems);
            answer(sink, engine, query::screen(engine, std::move(record), m_options, unmet));
        } else {
            batch(environment, sink, engine, unmet);
        }
        if (m_recorder) m_recorder->finish();
        if (book) keep_book(environment, engine, *book);
        end(sink, engine);
        sink.finish();
        if (m_unchecked > 0) {
            if (environment.verbosity >= 0 && !m_file.empty())
                environment.err << fmt::format("{} of {} records could not be checked\n", m_unchecked, m_count);
            return ExitCode::partial;
        }
        return m_exit_code && m_matched == 0 ? ExitCode::no : ExitCode::yes;
    }

private:
    void read_columns(Environment& environment) {
        std::vector<std::string> lines = m_columns;
        if (!m_column_file.empty()) {
            const std::string text = environment.files.read(m_column_file, 1 << 20);
            for (std::size_t at = 0; at < text.size();) {
                const std::size_t stop = std::min(text.find('\n', at), text.size());
                std::string line = text.substr(at, stop - at);
                if (!line.empty() && line.back() == '\r') line.pop_back();
                if (!line.empty() && line.front() != '#') lines.push_back(std::move(line));
                at = stop + 1;
            }
        }
        for (const std::string& line : lines) {
            const std::size_t sign = line.rfind('=');
            if (sign == std::string::npos || sign == 0) throw base::UsageError(fmt::format("\"{}\" is no mapping of a column", line), "write THEIRS=OURS, e.g. --column \"Full name=name\"");
            m_batch.columns[line.substr(0, sign)] = line.substr(sign + 1);
        }
    }

    // Blocks are read by one thread, screened by all, and written in order.
    void batch(Environment& environment, Sink& sink, const query::Engine& engine, const std::string& unmet) {
        record::SourceFile source = m_file == "-" ? stdin_source(environment) : record::source_from_path(m_file);
        match::BatchReader reader(source, m_batch, environment.progress);
        if (environment.progress != nullptr) environment.progress->begin("screening", 0, "records");
        std::vector<query::Screened> block;
        bool more = true;
        while (more) {
            block.clear();
            const std::size_t size = 256 * static_cast<std::size_t>(m_jobs);
            match::BatchRecord record;
            while (block.size() < size && (more = reader.next(record))) {
                block.emplace_back();
                block.back().record = std::move(record);
            }
            std::atomic<std::size_t> next{0};
            const auto work = [&] {
                for (std::size_t i = next++; i < block.size(); i = next++) block[i] = query::screen(engine, std::move(block[i].record), m_options, unmet);
            };
            std::vector<std::thread> threads;
            for (int i = 1; i < m_jobs; ++i) threads.emplace_back(work);
            work();
            for (std::thread& thread : threads) thread.join();
            for (const query::Screened& screened : block) answer(sink, engine, screened);
            if (environment.progress != nullptr) {
                if (environment.progress->interrupted()) throw base::Interrupted("screening was interrupted");
                environment.progress->advance(m_count);
            }
        }
        if (environment.progress != nullptr) environment.progress->end();
    }

    // stdin cannot be opened twice: its beginning is kept for the recognition of the format.
    static record::SourceFile stdin_source(Environment& environment) {
        auto text = std::make_shared<std::string>();  // shared by the opens of one source
        return {"stdin", [&environment, text]() -> std::unique_ptr<record::ByteSource> {
                    class Replay final : public record::ByteSource {
                    public:
                        Replay(std::istream& in, std::shared_ptr<std::string> kept) : m_in(in), m_kept(std::move(kept)) {}
                        std::size_t read(std::span<char> buffer) override {
                            if (m_at < m_kept->size()) {
                                const std::size_t count = m_kept->copy(buffer.data(), buffer.size(), m_at);
                                m_at += count;
                                return count;
                            }
                            const std::size_t count = m_in.read(buffer);
                            if (m_kept->size() < 8192) {  // only what a look at the format may have taken
                                m_kept->append(buffer.data(), count);
                                m_at = m_kept->size();
                            }
                            return count;
                        }

                    private:
                        StreamSource m_in;
                        std::shared_ptr<std::string> m_kept;
                        std::size_t m_at = 0;
                    };
                    return std::make_unique<Replay>(environment.in, text);
                }};
    }

    void begin(Sink& sink) const {
        switch (m_output.chosen()) {
            case Format::json: sink.write("{\"results\": ["); break;
            case Format::csv:
                sink.write(csv_line({"record", "line", "status", "reason", "name", "match_id", "match_name", "schema", "score", "matched_name", "lists", "programmes",
                                     "listing_date", "problems"}));
                break;
            case Format::ndjson:
            case Format::table: break;
        }
    }

    void end(Sink& sink, const query::Engine& engine) const {
        switch (m_output.chosen()) {
            case Format::json: sink.write(fmt::format("\n], \"context\": {}}}\n", query::to_json(engine.context()).dump(1))); break;
            case Format::ndjson: sink.write(query::Json{{"context", query::to_json(engine.context())}}.dump() + "\n"); break;
            case Format::table: sink.write(context_lines(engine.context())); break;
            case Format::csv: break;
        }
    }

    void answer(Sink& sink, const query::Engine& engine, const query::Screened& screened) {
        ++m_count;
        m_unchecked += screened.checked() ? 0 : 1;
        m_matched += screened.result.matches.empty() ? 0 : 1;
        if (m_recorder) m_recorder->add(engine, screened);
        if (!m_book.empty()) {
            m_records.push_back(screened.record.query);
            m_records.back().id = record_name(screened);
            add_pairs(engine, screened, m_pairs);
        }
        switch (m_output.chosen()) {
            case Format::json: sink.write((m_count > 1 ? ",\n" : "\n") + query::to_json(engine, screened).dump()); break;
            case Format::ndjson: sink.write(query::to_json(engine, screened).dump() + "\n"); break;
            case Format::csv: sink.write(csv(engine, screened)); break;
            case Format::table: sink.write(table(engine, screened)); break;
        }
    }

    void keep_book(Environment& environment, const query::Engine& engine, const monitor::Book& book) const {
        std::vector<monitor::Alert> alerts = book.alerts(environment.files);
        const monitor::Update change = monitor::update(alerts, m_pairs, book.name(), base::to_iso(environment.clock.now()));
        book.save_alerts(environment.files, alerts);
        book.save_records(environment.files, m_records, {state_of(engine), m_options});
        if (environment.verbosity >= 0)
            environment.err << fmt::format("book {}: {} records, {} alerts opened, {} opened again, {} closed\n", book.name(), m_records.size(), change.opened,
                                           change.reopened, change.closed);
    }

    static std::string record_name(const query::Screened& screened) {
        return screened.record.query.id.empty() ? std::to_string(screened.record.number) : screened.record.query.id;
    }

    static std::string csv(const query::Engine& engine, const query::Screened& screened) {
        const std::string line = screened.record.position.line > 0 ? std::to_string(screened.record.position.line) : std::string();
        const std::vector<std::string> head = {record_name(screened), line, screened.checked() ? "checked" : "unchecked", screened.reason, join(screened.record.query.names, ";")};
        const std::string problems = join(screened.record.problems, "; ");
        std::string out;
        const auto put = [&](std::vector<std::string> rest) {
            std::vector<std::string> cells = head;
            cells.insert(cells.end(), rest.begin(), rest.end());
            cells.push_back(problems);
            out += csv_line(cells);
        };
        for (const match::Match& match : screened.result.matches) {
            const query::ListedAs listed = query::listed_as(engine, match.entity);
            put({listed.id, listed.caption, listed.schema, fmt::format("{:.4f}", match.score), match.explanation.listed_name, join(listed.datasets, ";"),
                 join(listed.programmes, ";"), listed.listing_dates.empty() ? std::string() : listed.listing_dates.front()});
        }
        if (screened.result.matches.empty()) put({"", "", "", "", "", "", "", ""});
        return out;
    }

    static std::string table(const query::Engine& engine, const query::Screened& screened) {
        std::string out = fmt::format("{}: {}\n", printable(record_name(screened)), printable(join(screened.record.query.names, "; ")));
        for (const std::string& problem : screened.record.problems) out += "  note: " + printable(problem) + "\n";
        if (!screened.checked()) return out + "  UNCHECKED: " + printable(screened.reason) + "\n\n";
        if (screened.result.matches.empty()) return out + "  checked, no match (this is not clearance)\n\n";
        for (const match::Match& match : screened.result.matches) {
            const query::ListedAs listed = query::listed_as(engine, match.entity);
            const match::Explanation& why = match.explanation;
            out += fmt::format("  {:.2f}  {}  {}  {}\n", match.score, listed.id, listed.schema, printable(listed.caption));
            out += fmt::format("        lists {}; programmes {}; listed {}\n", join(listed.datasets, ", "), listed.programmes.empty() ? "unknown" : join(listed.programmes, ", "),
                               listed.listing_dates.empty() ? std::string(listed.listed ? "yes, date unknown" : "no") : listed.listing_dates.front());
            if (!why.tokens.empty()) {
                out += fmt::format("        {} \"{}\":", index::to_string(why.name_kind), printable(why.listed_name));
                for (const match::TokenLine& line : why.tokens)
                    out += fmt::format(" {}{}{} {};", printable(line.query), line.query.empty() || line.listed.empty() ? "" : "~", printable(line.listed), line.kind);
                out += "\n";
            }
            for (const match::EvidenceLine& line : why.evidence)
                out += fmt::format("        {} {}: {} / {}\n", line.what, match::to_string(line.verdict), line.query.empty() ? "not given" : printable(line.query),
                                   line.listed.empty() ? "not listed" : printable(line.listed));
            out += "        log-odds";
            for (const match::PartLine& part : why.parts) out += fmt::format(" {:+.2f} {}", part.log_odds, part.what);
            out += fmt::format(" = {:+.2f}\n", why.log_odds);
        }
        if (screened.result.total > screened.result.matches.size())
            out += fmt::format("  {} of {} matches; more with --limit\n", screened.result.matches.size(), screened.result.total);
        return out + "\n";
    }

    QueryOptions m_query;
    OutputOptions m_output;
    match::Options m_options;
    match::BatchOptions m_batch;
    std::string m_file;
    std::string m_schema;
    std::string m_mode = "liaison";
    std::vector<std::pair<std::string, std::string>> m_fields;
    std::vector<std::string> m_required;
    std::vector<std::string> m_columns;
    std::string m_column_file;
    int m_jobs = 1;
    int m_max_age = -1;
    bool m_exit_code = false;
    bool m_no_audit = false;
    std::string m_book;
    std::string m_operator;
    std::optional<ScreeningRecorder> m_recorder;
    std::vector<match::Query> m_records;
    std::vector<monitor::Pair> m_pairs;
    std::size_t m_count = 0;
    std::size_t m_unchecked = 0;
    std::size_t m_matched = 0;
};

}  // namespace

std::unique_ptr<Command> make_screen_command() { return std::make_unique<ScreenCommand>(); }

}  // namespace liaison::cli
