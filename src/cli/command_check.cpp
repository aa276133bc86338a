#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/audit/log.hpp"
#include "liaison/base/error.hpp"
#include "liaison/feed/archive.hpp"
#include "liaison/index/index.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>

namespace liaison::cli {
namespace {

class CheckCommand final : public Command {
public:
    std::string_view name() const override { return "check"; }
    Group group() const override { return Group::keep; }
    std::string_view summary() const override { return "Check store, index, archive and audit log; rebuild what is derived"; }
    std::string_view details() const override {
        return "Answers 0 when all is well and 1 when there are findings. --repair builds the index again from the store.\n\n"
               "Examples:\n"
               "  liaison check\n"
               "  liaison check --repair\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app, {"table", "json"});
        app.add_flag("--repair", m_repair, "Build the index again when it is missing, damaged or outdated");
    }
    ExitCode run(Environment& environment) override {
        const base::Path db = m_store.path(environment);
        const store::Store store = store::Store::open(db, store::Access::read);
        std::vector<std::string> findings = store.check();
        const store::View view = store.current_view();
        const base::Path index = index::path_of(db, view);
        std::vector<std::string> index_findings = check_index(environment, index, view);
        bool repaired = false;
        if (!index_findings.empty() && m_repair && !view.snapshots.empty()) {
            index::build(store, view, store.clusters(), environment.files, index, *environment.progress);
            index_findings = check_index(environment, index, view);
            repaired = true;
        }
        findings.insert(findings.end(), index_findings.begin(), index_findings.end());
        const feed::Archive archive(environment.files, feed::Archive::folder_of(db));
        for (const feed::ArchiveFault& fault : archive.verify()) {
            findings.push_back(fmt::format("archive {}: {}", fault.path, fault.message));
        }
        for (const auto& [dataset, id] : view.snapshots) {
            const auto snapshot = store.snapshot(id);
            if (snapshot && !archive.has_snapshot(dataset, snapshot->hash)) {
                findings.push_back(fmt::format("archive: the snapshot of {} in service is not there", dataset));
            }
        }
        const audit::Verification proof = audit::verify(db, "");
        for (const std::string& finding : proof.findings) {
            findings.push_back(fmt::format("audit {}", finding));
        }
        print(environment, findings, repaired);
        return findings.empty() ? ExitCode::yes : ExitCode::no;
    }

private:
    static std::vector<std::string> check_index(const Environment& environment, const base::Path& path, const store::View& view) {
        if (view.snapshots.empty()) {
            return {};
        }
        if (!environment.files.exists(path)) {
            return {fmt::format("index {}: missing", path.string())};
        }
        try {
            const index::Container container = index::Container::open(path);
            auto findings = container.verify();
            if (container.fingerprint() != view.fingerprint) {
                findings.push_back(fmt::format("index {}: older than the store", path.string()));
            }
            return findings;
        } catch (const base::StoreError& error) {
            return {error.what()};
        }
    }

    void print(Environment& environment, const std::vector<std::string>& findings, bool repaired) const {
        if (m_output.chosen() == Format::json) {
            m_output.write(environment, nlohmann::ordered_json{{"clean", findings.empty()}, {"repaired", repaired}, {"findings", findings}}.dump(1) + "\n");
            return;
        }
        std::string text = repaired ? "the index was built again\n" : "";
        for (const std::string& finding : findings) {
            text += printable(finding) + "\n";
        }
        m_output.write(environment, text + (findings.empty() ? "clean\n" : fmt::format("{} findings\n", findings.size())));
    }

    StoreOptions m_store;
    OutputOptions m_output;
    bool m_repair = false;
};

}  // namespace

std::unique_ptr<Command> make_check_command() { return std::make_unique<CheckCommand>(); }

}  // namespace liaison::cli
