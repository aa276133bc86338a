#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/article/reading.hpp"
#include "liaison/base/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <ostream>

namespace liaison::cli {
namespace {

constexpr std::uint64_t document_limit = std::uint64_t{64} << 20U;

class ReadCommand final : public Command {
public:
    std::string_view name() const override { return "read"; }
    Group group() const override { return Group::data_in; }
    std::string_view summary() const override { return "Print what news documents say, without a store"; }
    std::string_view details() const override {
        return "One claim a line: relation, subject, object, role, date, modality, polarity, and the sentence that says so with\n"
               "its offsets in code points of the file. HTML, Markdown with front matter and plain text; English and French.\n\n"
               "Examples:\n"
               "  liaison read article.html\n"
               "  liaison read --mentions release.md\n"
               "  liaison read --published 2025-12 --rules my-rules/ note.txt\n";
    }
    void add_options(CLI::App& app) override {
        m_output.add(app, {"ndjson"});
        app.add_option("DOCUMENT", m_files, "Documents to read")->required();
        app.add_flag("--mentions", m_mentions, "Print who and what is named, one mention a line");
        app.add_option("--published", m_published, "Publication date, where the document does not say it")->type_name("DATE");
        app.add_option("--rules", m_rules, "Folder of rule files on top of the built-in ones (or LIAISON_RULES)")->type_name("DIR");
    }
    ExitCode run(Environment& environment) override {
        article::ReadOptions options;
        options.document.published = m_published;
        const char* const folder = std::getenv("LIAISON_RULES");
        const std::string rules = !m_rules.empty() ? m_rules : folder != nullptr ? folder : "";
        options.rules = rules.empty() ? article::embedded_rules() : article::load_rules(rules);
        std::string text;
        for (const std::string& file : m_files) {
            const article::Reading reading = article::read_document(file, environment.files.read(file, document_limit), options);
            if (m_mentions) {
                for (const article::Mention& mention : reading.mentions) {
                    if (article::is_name(mention)) {
                        text += article::mention_line(reading, mention) + "\n";
                    }
                }
            } else {
                for (const article::Claim& claim : reading.claims) {
                    text += article::claim_line(reading, claim) + "\n";
                }
            }
            if (environment.verbosity >= 0) {
                for (const base::Issue& issue : reading.issues) {
                    environment.err << printable(fmt::format("{}: {}: {}", issue.position.file, issue.reason, issue.message)) << '\n';
                }
            }
        }
        m_output.write(environment, text);
        return text.empty() ? ExitCode::no : ExitCode::yes;
    }

private:
    OutputOptions m_output;
    std::vector<std::string> m_files;
    bool m_mentions = false;
    std::string m_published;
    std::string m_rules;
};

}  // namespace

std::unique_ptr<Command> make_read_command() { return std::make_unique<ReadCommand>(); }

}  // namespace liaison::cli
