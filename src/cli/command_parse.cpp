#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"
#include "liaison/query/json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <ostream>

namespace liaison::cli {
namespace {

/// Fragments of one entity are one line: kept in order of first appearance until the end of the file.
class Collector final : public model::StatementSink {
public:
    void entity(model::Entity entity) override {
        const auto [found, inserted] = m_position.try_emplace(entity.id, m_entities.size());
        if (inserted) {
            m_entities.push_back(std::move(entity));
            return;
        }
        model::Entity& known = m_entities[found->second];
        if (const model::Schema* both = model::common_schema(*known.schema, *entity.schema)) {
            known.schema = both;
        }
        for (const model::Value& value : entity.values) {
            known.add(value.property, value.text, value.lang, value.original);
        }
    }
    void issue(base::Issue issue) override { m_issues.push_back(std::move(issue)); }

    [[nodiscard]] const std::vector<model::Entity>& entities() const { return m_entities; }
    [[nodiscard]] const std::vector<base::Issue>& issues() const { return m_issues; }

private:
    std::vector<model::Entity> m_entities;
    std::map<std::string, std::size_t> m_position;
    std::vector<base::Issue> m_issues;
};

class ParseCommand final : public Command {
public:
    std::string_view name() const override { return "parse"; }
    Group group() const override { return Group::data_in; }
    std::string_view summary() const override { return "Print what one list says, without a store"; }
    std::string_view details() const override {
        return "One FollowTheMoney entity a line on stdout; issues go to stderr, or to --issues FILE as JSON lines.\n\n"
               "Examples:\n"
               "  liaison parse un_sc consolidated.xml > un.ftm.json\n"
               "  liaison parse us_ofac_sdn sdn.csv add.csv alt.csv sdn_comments.csv\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app, {"ndjson"});
        app.add_option("FEED", m_feed, "Feed id, for accepted formats and the ids of entities")->required();
        app.add_option("FILE", m_files, "The file, or all files of the set")->required();
        app.add_option("--issues", m_issues_file, "Write issues to this file, one JSON object a line")->type_name("FILE");
    }
    ExitCode run(Environment& environment) override {
        const feed::Registry registry = m_store.registry(environment);
        const feed::Manifest* manifest = registry.find(m_feed);
        if (manifest == nullptr) {
            throw base::UsageError(fmt::format("no feed \"{}\"", m_feed), "list them with 'liaison feeds'");
        }
        record::FileSet files;
        for (const std::string& file : m_files) {
            if (!environment.files.exists(file)) {
                throw base::InputError(fmt::format("there is no file {}", file));
            }
            files.push_back(record::source_from_path(file));
        }
        std::sort(files.begin(), files.end(), [](const auto& one, const auto& other) { return one.name < other.name; });
        const adapter::Adapter* adapter = adapter::recognise(files, manifest->formats);
        if (adapter == nullptr) {
            throw base::InputError(fmt::format("{} is in no format of {}: {}", m_files.front(), manifest->id, join(manifest->formats, ", ")),
                                   "name the feed that publishes it, and all files of the set");
        }
        Collector collector;
        adapter::ReadOptions options;
        options.feed = manifest->id;
        options.settings = manifest->adapter.get();
        options.progress = environment.progress;
        environment.progress->begin(fmt::format("parsing {}", files.front().name), 0, "bytes");
        (void)adapter->read(files, options, collector);
        environment.progress->end();
        std::string text;
        for (const model::Entity& entity : collector.entities()) {
            text += query::to_json(entity, manifest->id).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
            text += '\n';
        }
        m_output.write(environment, text);
        report_issues(environment, collector.issues());
        return collector.entities().empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    void report_issues(Environment& environment, const std::vector<base::Issue>& issues) const {
        if (!m_issues_file.empty()) {
            std::string text;
            for (const base::Issue& issue : issues) {
                text += nlohmann::ordered_json{{"reason", issue.reason},       {"message", issue.message},
                                               {"file", issue.position.file},  {"line", issue.position.line},
                                               {"byte", issue.position.byte},  {"record", issue.record},
                                               {"excerpt", issue.excerpt}}
                            .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
            }
            base::publish(environment.files, m_issues_file, text);
        } else if (environment.verbosity >= 0) {
            for (const base::Issue& issue : issues) {
                environment.err << printable(fmt::format("{}:{}: {}: {}", issue.position.file, issue.position.line, issue.reason,
                                                         issue.message)) << '\n';
            }
        }
    }

    StoreOptions m_store;
    OutputOptions m_output;
    std::string m_feed;
    std::vector<std::string> m_files;
    std::string m_issues_file;
};

}  // namespace

std::unique_ptr<Command> make_parse_command() { return std::make_unique<ParseCommand>(); }

}  // namespace liaison::cli
