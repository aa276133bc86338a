#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/query/json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <ostream>

namespace liaison::cli {
namespace {

class InfoCommand final : public Command {
public:
    std::string_view name() const override { return "info"; }
    Group group() const override { return Group::keep; }
    std::string_view summary() const override { return "Show what the store holds: lists, ages, counts, snapshots"; }
    std::string_view details() const override {
        return "Examples:\n"
               "  liaison info\n"
               "  liaison info -f json\n"
               "  liaison info --as-of 2024-09-30\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app, {"table", "json"});
    }
    ExitCode run(Environment& environment) override {
        const query::Engine engine = m_query.open(environment);
        std::map<std::string, std::uint64_t> schemata;
        std::map<std::string, std::uint64_t> kinds;
        std::uint64_t listed = 0;
        for (index::Ordinal ordinal = 0; ordinal < engine.entities().size(); ++ordinal) {
            ++schemata[engine.entities().schema(ordinal).name];
            listed += engine.graph().listings(ordinal).empty() ? 0 : 1;
        }
        for (const index::EdgeRecord& edge : engine.graph().edges()) {
            ++kinds[std::string(engine.graph().kind_name(edge.kind))];
        }
        nlohmann::ordered_json json;
        json["db"] = m_query.store.path(environment).string();
        json["entities"] = engine.entities().size();
        json["listed"] = listed;
        json["edges"] = engine.graph().edges().size();
        json["schemata"] = schemata;
        json["edge_kinds"] = kinds;
        json["index_sections"] = nlohmann::ordered_json::object();
        for (const auto& [tag, size] : engine.index().container().sections()) {
            json["index_sections"][tag] = size;
        }
        json["snapshots"] = nlohmann::ordered_json::array();
        for (const store::Snapshot& snapshot : engine.store().snapshots()) {
            json["snapshots"].push_back({{"id", snapshot.id}, {"feed", snapshot.dataset}, {"hash", snapshot.hash},
                                         {"format", snapshot.format}, {"published", snapshot.published},
                                         {"fetched_at", snapshot.fetched_at},
                                         {"status", snapshot.status == store::SnapshotStatus::published ? "published" : "refused"},
                                         {"sample", snapshot.sample}, {"note", snapshot.note}});
        }
        json["context"] = query::to_json(engine.context());
        m_output.write(environment, m_output.chosen() == Format::json ? json.dump(1) + "\n" : table(json, engine.context()));
        return ExitCode::yes;
    }

private:
    static std::string table(const nlohmann::ordered_json& json, const query::Context& context) {
        std::string text = fmt::format("store {}: {} entities, {} listed, {} edges\n\n", json.at("db").get<std::string>(),
                                       json.at("entities").get<std::uint64_t>(), json.at("listed").get<std::uint64_t>(),
                                       json.at("edges").get<std::uint64_t>());
        for (const char* what : {"schemata", "edge_kinds"}) {
            Table counts({what == std::string_view("schemata") ? "schema" : "edge kind", "count"});
            for (const auto& [name, count] : json.at(what).items()) {
                counts.add({name, fmt::format("{}", count.get<std::uint64_t>())});
            }
            text += counts.text() + "\n";
        }
        Table snapshots({"snapshot", "feed", "published", "fetched", "format", "status", "hash"});
        for (const auto& snapshot : json.at("snapshots")) {
            snapshots.add({fmt::format("{}", snapshot.at("id").get<std::int64_t>()), snapshot.at("feed"), snapshot.at("published"),
                           snapshot.at("fetched_at"), snapshot.at("format"), snapshot.at("status"),
                           snapshot.at("hash").get<std::string>().substr(0, 16)});
        }
        return text + snapshots.text() + "\n" + context_lines(context);
    }

    QueryOptions m_query;
    OutputOptions m_output;
};

}  // namespace

std::unique_ptr<Command> make_info_command() { return std::make_unique<InfoCommand>(); }

}  // namespace liaison::cli
