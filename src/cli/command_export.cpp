#include "cli/edge_options.hpp"
#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"
#include "liaison/export/export.hpp"
#include "liaison/export/narrow.hpp"
#include "liaison/model/date.hpp"
#include "liaison/query/queries.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>

namespace liaison::cli {
namespace {

/// An option whose value is one of some words.
template <class Value>
void add_choice(CLI::App& app, const std::string& name, Value& target, const std::map<std::string, Value>& values, const std::string& help) {
    std::vector<std::string> words;
    for (const auto& [word, value] : values) {
        words.push_back(word);
    }
    app.add_option_function<std::string>(name, [&target, values](const std::string& word) { target = values.at(word); }, help)
        ->type_name(fmt::format("{}", fmt::join(words, "|")))
        ->check(CLI::IsMember(words).description(""));
}

const exports::Format& choose_format(const std::string& name, const std::string& file) {
    const exports::Format* format = !name.empty() ? exports::find_format(name) : exports::format_of_file(file);
    if (format == nullptr) {
        std::vector<std::string> names;
        for (const exports::Format& known : exports::formats()) {
            names.emplace_back(known.name);
        }
        throw base::UsageError(name.empty() ? fmt::format("export: the ending of \"{}\" names no format", file)
                                            : fmt::format("export: no format \"{}\"", name),
                               fmt::format("formats: {}", fmt::join(names, ", ")));
    }
    if (format->folder && file == "-") {
        throw base::UsageError(fmt::format("export: {} is a folder of files and cannot go to stdout", format->name),
                               "name a folder with -o");
    }
    return *format;
}

class ExportCommand final : public Command {
public:
    std::string_view name() const override { return "export"; }
    Group group() const override { return Group::data_out; }
    std::string_view summary() const override { return "Write a part of the graph, or all, for Gephi and other programs"; }
    std::string_view details() const override {
        static const std::string text = [] {
            std::string made =
                "What to write: --around, --path, --query and --programme add up; --all is everything. What is around them to\n"
                "--depth goes with them. --schema, --since, --min-score and --limit then take away.\n"
                "A cut by --limit drops the farthest nodes first, then those with the weakest edges; what was cut, merged\n"
                "and guarded is said on stderr.\n\nFormats:\n";
            for (const exports::Format& format : exports::formats()) {
                made += fmt::format("  {:<10} {}{}\n", format.name, format.description, format.folder ? " (-o names a folder)" : "");
            }
            made += "\nExamples:\n"
                    "  liaison export --around unsc-KPe.013 --depth 2 -o bank.gexf\n"
                    "  liaison export --path ofac-36 ofac-4238 -o path.svg\n"
                    "  liaison export --programme DPRK3 --schema Person,Company --no-news -o dprk.html\n"
                    "  liaison export --around ofac-36 --timeline -o times.png\n"
                    "  liaison export --all -f neo4j -o graph/\n";
            return made;
        }();
        return text;
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_edges.add(app);
        app.add_option("-f,--format", m_format, "Writer (default: by the file's ending)")->type_name("FORMAT");
        app.add_option("-o,--output", m_output, "File or folder, or - for stdout")->type_name("FILE")->required();
        auto* around = app.add_option("--around", m_around, "Entities to start from")->type_name("ID");
        auto* path = app.add_option("--path", m_path, "The shortest ways from one entity to another")->type_name("FROM TO")->expected(2);
        auto* search = app.add_option("--query", m_search, "Entities found by these words")->type_name("TEXT");
        auto* programme = app.add_option("--programme", m_programmes, "Entities listed under it")->type_name("CODE,...")->delimiter(',');
        app.add_option("--depth", m_depth, "Hops around them (default 2; 1 for --query and --programme)")->type_name("N")->check(CLI::Range(0, 20));
        app.add_flag("--all", m_all, "Everything")->excludes(around)->excludes(path)->excludes(search)->excludes(programme);
        app.add_option("--schema", m_narrowing.schemata, "Only nodes of these schemata, besides those asked for")->type_name("NAME,...")->delimiter(',');
        app.add_option("--since", m_narrowing.since, "Only what was first seen, listed or begun on this day or later")->type_name("DATE");
        app.add_option("--min-score", m_narrowing.least_strength, "Only edges at least this strong")->type_name("0..1")->check(CLI::Range(0.0, 1.0));
        app.add_flag("--no-isolated", m_narrowing.drop_isolated, "Leave out nodes that lose their last edge that way");
        m_limit_option = app.add_option("-n,--limit", m_limit, "At most this many nodes (default 5000; --all: everything)")
                             ->type_name("N")->check(CLI::Range(std::size_t{1}, std::size_t{100000000}));
        add_picture_options(app);
    }
    ExitCode run(Environment& environment) override {
        const exports::Format& format = choose_format(m_format, m_output);
        check_date();
        const query::Engine engine = m_query.open(environment);
        query::Selection selection = select(engine);
        if (m_all && m_limit_option->count() == 0) {
            m_limit = 0;  // everything is asked for
        }
        m_narrowing.limit = m_limit;
        exports::narrow(selection, m_narrowing);
        add_origins(engine, selection);
        const exports::Report report = write(selection, format, environment);
        if (environment.verbosity >= 0) {
            for (const std::string& line : exports::describe(report)) {
                environment.err << printable(line) << '\n';
            }
        }
        return selection.nodes.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    void add_picture_options(CLI::App& app) {
        app.add_option("--title", m_options.title, "A line for the picture and the file's description")->type_name("TEXT");
        add_choice<exports::SizeBy>(app, "--size-by", m_options.size_by,
                                    {{"degree", exports::SizeBy::degree},
                                     {"page-rank", exports::SizeBy::page_rank},
                                     {"betweenness", exports::SizeBy::betweenness},
                                     {"evidence", exports::SizeBy::evidence},
                                     {"none", exports::SizeBy::none}},
                                    "What the size of a node says (default degree)");
        add_choice<exports::LayoutKind>(app, "--layout", m_options.layout,
                                        {{"force-atlas2", exports::LayoutKind::force_atlas2}, {"spiral", exports::LayoutKind::spiral}},
                                        "Where nodes stand; spiral knows no forces and is for very large exports");
        app.add_option("--iterations", m_options.iterations, "Rounds of the layout (default: by size)")->type_name("N")->check(CLI::Range(1, 100000));
        app.add_flag_callback("--no-metrics", [this] { m_options.metrics = false; }, "Leave out page rank, betweenness and communities");
        app.add_flag_callback("--no-marks", [this] { m_options.mark_listed = false; }, "No triangle behind the labels of listed entities");
        add_choice<exports::GexfVersion>(app, "--gexf-version", m_options.gexf_version,
                                         {{"1.3", exports::GexfVersion::v1_3}, {"1.2", exports::GexfVersion::v1_2}}, "1.2 is for old readers");
        app.add_flag_callback("--no-guard", [this] { m_options.guard = false; }, "Write INF and null as they are, though Gephi reads them wrongly");
        app.add_flag("--lists", m_options.lists, "GEXF: several values as a list in place of \"a; b\"");
        add_choice<exports::Theme>(app, "--theme", m_options.theme, {{"light", exports::Theme::light}, {"dark", exports::Theme::dark}},
                                   "Pictures");
        app.add_flag("--timeline", m_options.timeline, "Pictures: listings and relationships over time");
        app.add_option("--width", m_options.width, "Pictures: pixels")->type_name("N")->check(CLI::Range(200, 16000))->capture_default_str();
        app.add_option("--height", m_options.height, "Pictures: pixels")->type_name("N")->check(CLI::Range(200, 16000))->capture_default_str();
        app.add_option("-j,--jobs", m_options.jobs, "Threads of the layout; never changes the file")->type_name("N")->check(CLI::Range(1, 64))->capture_default_str();
    }

    void check_date() const {
        const auto date = model::parse_edtf(m_narrowing.since);
        if (!m_narrowing.since.empty() && (!date || date->is_range() || date->from.day == 0)) {
            throw base::UsageError(fmt::format("export: --since takes a day such as 2025-11-04, not \"{}\"", m_narrowing.since));
        }
    }

    query::Selection select(const query::Engine& engine) {
        if (m_all) {
            return query::everything(engine, m_edges.get(), true);
        }
        std::vector<std::string> starts = m_around;
        if (!m_search.empty()) {
            constexpr std::size_t most = 20;
            for (const query::SearchHit& hit : query::search(engine, m_search, {most, "", ""}).hits) {
                starts.push_back(hit.node.id);
            }
        }
        if (!m_programmes.empty()) {
            for (const query::Node& node : query::everything(engine, m_edges.get(), false).nodes) {
                const bool listed_so = std::any_of(node.programmes.begin(), node.programmes.end(), [this](const std::string& programme) {
                    return std::find(m_programmes.begin(), m_programmes.end(), programme) != m_programmes.end();
                });
                if (listed_so) {
                    starts.push_back(node.id);
                }
            }
        }
        if (!m_path.empty()) {
            query::PathOptions options;
            options.filter = m_edges.get();
            query::Selection selection = query::path(engine, m_path[0], m_path[1], options).selection;
            if (starts.empty()) {
                return selection;
            }
            for (const query::Node& node : selection.nodes) {
                starts.push_back(node.id);
            }
        }
        if (starts.empty()) {
            if (m_search.empty() && m_programmes.empty()) {
                throw base::UsageError("export: say what: --around ID, --path A B, --query TEXT, --programme CODE or --all",
                                       "see 'liaison export --help'");
            }
            query::Selection nothing;
            nothing.notes.emplace_back("nothing found");
            return nothing;
        }
        query::NeighboursOptions options;
        options.depth = m_depth >= 0 ? m_depth : m_around.empty() ? 1 : 2;
        options.limit = m_limit == 0 ? SIZE_MAX : std::max(m_limit, starts.size());
        options.filter = m_edges.get();
        return query::neighbours(engine, starts, options);
    }

    /// Where each node was first read, so that the file can be followed back to the list.
    static void add_origins(const query::Engine& engine, query::Selection& selection) {
        for (query::Node& node : selection.nodes) {
            if (!node.origin.empty()) {
                continue;
            }
            const std::vector<query::Evidence> statements = engine.statements(engine.require(node.id));
            if (!statements.empty()) {
                node.origin = statements.front().origin;
            }
        }
    }

    exports::Report write(const query::Selection& selection, const exports::Format& format, Environment& environment) const {
        if (m_output == "-") {
            exports::MemoryOutput output;
            exports::Report report = exports::write(selection, format, m_options, output);
            environment.out << output.text();
            return report;
        }
        exports::FileOutput output(environment.files, m_output);
        exports::Report report = exports::write(selection, format, m_options, output);
        output.commit();
        return report;
    }

    QueryOptions m_query;
    EdgeOptions m_edges;
    exports::Narrowing m_narrowing;
    exports::Options m_options;
    std::string m_format;
    std::string m_output;
    std::vector<std::string> m_around;
    std::vector<std::string> m_path;
    std::string m_search;
    std::vector<std::string> m_programmes;
    int m_depth = -1;
    std::size_t m_limit = 5000;             ///< nodes; 0: all
    const CLI::Option* m_limit_option = nullptr;  ///< owned by the app that parses
    bool m_all = false;
};

}  // namespace

std::unique_ptr<Command> make_export_command() { return std::make_unique<ExportCommand>(); }

}  // namespace liaison::cli
