#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/query/json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>

namespace liaison::cli {
namespace {

std::string verdict(const query::LookupResult& result) {
    if (result.listed()) {
        return "LISTED";
    }
    if (!result.hits.empty()) {
        return "known, but nobody with it is listed";
    }
    return result.readable() ? "not listed" : "malformed: this cannot be checked as an identifier; no list holds the text";
}

class LookupCommand final : public Command {
public:
    std::string_view name() const override { return "lookup"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Find an exact identifier: wallet, passport, IMO, LEI, BIC, e-mail, phone"; }
    std::string_view details() const override {
        return "Any usual spelling is understood. Answers 0 when the value is listed, 1 when it is readable but not listed,\n"
               "2 when it cannot be read and is not listed: a malformed address is never \"not listed\".\n\n"
               "Examples:\n"
               "  liaison lookup 0x098B716B8Aaf21512996dC57EB0615e2383E2f96\n"
               "  liaison lookup \"IMO 9187629\"\n"
               "  liaison lookup 12345 -f json\n";
    }
    void add_options(CLI::App& app) override {
        m_query.add(app);
        m_output.add(app, {"table", "json"});
        app.add_option("VALUE", m_value, "The identifier")->required();
    }
    ExitCode run(Environment& environment) override {
        const query::Engine engine = m_query.open(environment);
        const query::LookupResult result = query::lookup(engine, m_value);
        m_output.write(environment, m_output.chosen() == Format::json ? query::to_json(result, engine.context()).dump(1) + "\n"
                                                                      : table(result, engine.context()));
        return result.listed() ? ExitCode::yes : result.readable() ? ExitCode::no : ExitCode::usage;
    }

private:
    static std::string table(const query::LookupResult& result, const query::Context& context) {
        std::string text = printable(result.value) + ": " + verdict(result) + "\n";
        if (!result.readings.empty()) {
            Table readings({"can be", "validity", "chains", "normal form", "note"});
            for (const identifier::Reading& reading : result.readings) {
                readings.add({std::string(identifier::to_string(reading.kind)), std::string(identifier::to_string(reading.validity)),
                              join(reading.chains, ", "), reading.canonical, reading.note});
            }
            text += "\n" + readings.text();
        }
        if (!result.hits.empty()) {
            Table hits({"id", "schema", "name", "as", "listed", "programmes", "lists"});
            for (const query::LookupHit& hit : result.hits) {
                hits.add({hit.node.id, hit.node.schema, hit.node.caption,
                          hit.property.empty() ? "holder of " + join(hit.through, ", ") : hit.property, hit.node.listed ? "yes" : "no",
                          join(hit.node.programmes, ", "), join(hit.node.datasets, ", ")});
            }
            text += "\n" + hits.text();
        }
        return text + "\n" + context_lines(context);
    }

    QueryOptions m_query;
    OutputOptions m_output;
    std::string m_value;
};

}  // namespace

std::unique_ptr<Command> make_lookup_command() { return std::make_unique<LookupCommand>(); }

}  // namespace liaison::cli
