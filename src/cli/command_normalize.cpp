#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/utf8.hpp"
#include "liaison/name/name.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace liaison::cli {
namespace {

class NormalizeCommand final : public Command {
public:
    std::string_view name() const override { return "normalize"; }
    Group group() const override { return Group::look; }
    std::string_view summary() const override { return "Show how names are read: normal form, tokens, classes, keys"; }
    std::string_view details() const override {
        return "Examples:\n"
               "  liaison normalize \"JSC Murom Plant\" --as organisation\n"
               "  liaison normalize \"Сергей Лавров\" -f json\n";
    }
    void add_options(CLI::App& app) override {
        m_output.add(app, {"table", "json", "ndjson"});
        app.add_option("TEXT", m_texts, "Names")->required();
        app.add_option("--as", m_kind, "How to read them")->check(CLI::IsMember({"person", "organisation", "vessel"}))->capture_default_str();
    }
    ExitCode run(Environment& environment) override {
        const name::Kind kind = m_kind == "person" ? name::Kind::person : m_kind == "vessel" ? name::Kind::vessel : name::Kind::organisation;
        nlohmann::ordered_json results = nlohmann::ordered_json::array();
        std::string text;
        for (const std::string& input : m_texts) {
            const name::Name read = name::tokenise(input, kind);
            nlohmann::ordered_json tokens = nlohmann::ordered_json::array();
            Table table({"token", "class", "script", "latin", "key", "value"});
            for (const name::Token& token : read.tokens) {
                tokens.push_back({{"text", token.text}, {"class", name::to_string(token.token_class)}, {"script", name::to_string(token.script)},
                                  {"latin", token.latin}, {"key", token.key}, {"value", token.value}});
                table.add({printable(token.text), std::string(name::to_string(token.token_class)), std::string(name::to_string(token.script)), token.latin,
                           printable(token.key), printable(token.value)});
            }
            const std::string normal = name::normalise(input);
            results.push_back({{"text", base::repair_utf8(input)}, {"normal", normal}, {"tokens", tokens}, {"cut", read.cut}});
            text += printable(input) + "\nnormal form: " + printable(normal) + "\n" + table.text() + (read.cut ? "cut: longer than a name\n\n" : "\n");
        }
        switch (m_output.chosen()) {
            case Format::json: m_output.write(environment, nlohmann::ordered_json{{"results", results}}.dump(1) + "\n"); break;
            case Format::ndjson: {
                std::string lines;
                for (const auto& result : results) lines += result.dump() + "\n";
                m_output.write(environment, lines);
                break;
            }
            case Format::csv:
            case Format::table: m_output.write(environment, text); break;
        }
        return ExitCode::yes;
    }

private:
    OutputOptions m_output;
    std::vector<std::string> m_texts;
    std::string m_kind = "person";
};

}  // namespace

std::unique_ptr<Command> make_normalize_command() { return std::make_unique<NormalizeCommand>(); }

}  // namespace liaison::cli
