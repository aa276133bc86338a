#include "cli/edge_options.hpp"
#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"
#include "liaison/export/export.hpp"
#include "liaison/query/queries.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <ostream>

namespace liaison::cli {
namespace {

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
    return *format;
}

class ExportCommand final : public Command {
public:
    std::string_view name() const override { return "export"; }
    Group group() const override { return Group::data_out; }
    std::string_view summary() const override { return "Write a part of the graph, or all, for Gephi and other programs"; }
    std::string_view details() const override {
        return "Examples:\n"
               "  liaison export --around unsc-KPe.013 --depth 2 -o bank.gexf\n"
               "  liaison export --all -o everything.gexf\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_edges.add(app);
        app.add_option("-f,--format", m_format, "Writer (default: by the file's ending)")->type_name("FORMAT");
        app.add_option("-o,--output", m_output, "File, or - for stdout")->type_name("FILE")->required();
        auto* around = app.add_option("--around", m_around, "Entities to start from")->type_name("ID");
        app.add_option("--depth", m_depth, "Hops around them")->type_name("N")->capture_default_str();
        add_limit(app, m_limit, "At most this many nodes around, nearest and strongest first");
        app.add_flag("--all", m_all, "Everything")->excludes(around);
    }
    ExitCode run(Environment& environment) override {
        if (!m_all && m_around.empty()) {
            throw base::UsageError("export: say what: --around ID or --all", "see 'liaison export --help'");
        }
        const exports::Format& format = choose_format(m_format, m_output);
        const query::Engine engine = m_query.open(environment);
        query::NeighboursOptions options;
        options.depth = m_depth;
        options.limit = m_limit;
        options.filter = m_edges.get();
        const query::Selection selection =
            m_all ? query::everything(engine, options.filter, false) : query::neighbours(engine, m_around, options);
        exports::Options export_options;
        const exports::Report report = write(selection, format, export_options, environment);
        if (environment.verbosity >= 0) {
            for (const std::string& line : exports::describe(report)) {
                environment.err << printable(line) << '\n';
            }
        }
        return selection.nodes.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    exports::Report write(const query::Selection& selection, const exports::Format& format, const exports::Options& options,
                          Environment& environment) const {
        if (m_output == "-") {
            exports::MemoryOutput output;
            exports::Report report = exports::write(selection, format, options, output);
            environment.out << output.text();
            return report;
        }
        exports::FileOutput output(environment.files, m_output);
        exports::Report report = exports::write(selection, format, options, output);
        output.commit();
        return report;
    }

    QueryOptions m_query;
    EdgeOptions m_edges;
    std::string m_format;
    std::string m_output;
    std::vector<std::string> m_around;
    int m_depth = 2;
    std::size_t m_limit = 5000;
    bool m_all = false;
};

}  // namespace

std::unique_ptr<Command> make_export_command() { return std::make_unique<ExportCommand>(); }

}  // namespace liaison::cli
