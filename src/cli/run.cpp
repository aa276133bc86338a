// Arguments to a command, errors to messages and exit codes. `help` and `version` live here because they are about the
// program and its list of commands.

#include "liaison/base/error.hpp"
#include "liaison/cli/command.hpp"
#include "liaison/cli/version.hpp"
#include "cli/terminal_progress.hpp"
#include "cli/text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace liaison::cli {
namespace {

constexpr std::string_view kGroups[] = {"Data in", "Look", "Data out", "Keep", "Serve", "About"};

constexpr std::string_view kExitCodes =
    "Exit codes: 0 yes or done, 1 the answer is no, 2 usage, 3 bad input or store, 4 network, 5 finished in part, "
    "70 internal error, 130 interrupted. An error is never 1.\n";

using Commands = std::vector<std::unique_ptr<Command>>;

Command* find_command(const Commands& commands, std::string_view name) {
    const auto found =
        std::find_if(commands.begin(), commands.end(), [&](const auto& command) { return command->name() == name; });
    return found == commands.end() ? nullptr : found->get();
}

/// Optimal string alignment distance: typing errors of one's own commands are short and often swaps.
std::size_t edits(std::string_view one, std::string_view other) {
    std::vector<std::vector<std::size_t>> d(one.size() + 1, std::vector<std::size_t>(other.size() + 1));
    for (std::size_t i = 0; i <= one.size(); ++i) {
        d[i][0] = i;
    }
    for (std::size_t j = 0; j <= other.size(); ++j) {
        d[0][j] = j;
    }
    for (std::size_t i = 1; i <= one.size(); ++i) {
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t substitution = d[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, substitution});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[one.size()][other.size()];
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = 3;
    for (const std::string& candidate : known) {
        if (const std::size_t distance = edits(wrong, candidate); distance < least && distance < candidate.size()) {
            least = distance;
            best = candidate;
        }
    }
    return best.empty() ? "" : fmt::format("did you mean {}?", best);
}

std::string overview(const Commands& commands) {
    std::string text =
        "liaison: sanctions lists and news as a graph of sourced statements\n\nUsage: liaison COMMAND [OPTIONS]\n";
    for (std::size_t group = 0; group < std::size(kGroups); ++group) {
        std::string lines;
        for (const auto& command : commands) {
            if (static_cast<std::size_t>(command->group()) == group) {
                lines += fmt::format("  {:<11}{}\n", command->name(), command->summary());
            }
        }
        if (group == static_cast<std::size_t>(Group::about)) {
            lines += "  help       Show this, or the help of a command\n  version    Show version and build\n";
        }
        if (!lines.empty()) {
            text += fmt::format("\n{}:\n{}", kGroups[group], lines);
        }
    }
    return text + "\nEvery command has --help with examples. A first run: liaison refresh && liaison search \"cheil credit\"\n" +
           std::string(kExitCodes);
}

std::string version_text() {
    return fmt::format("liaison {} ({}, C++20)\n", kVersion, __VERSION__);
}

struct CommonFlags {
    std::string progress = "auto";
    bool verbose = false;
    bool quiet = false;
};

std::unique_ptr<CLI::App> make_app(Command& command, CommonFlags& flags) {
    auto app = std::make_unique<CLI::App>(std::string(command.summary()), "liaison " + std::string(command.name()));
    app->set_help_flag("-h,--help", "Show this help");
    app->allow_extras(false);
    app->get_formatter()->column_width(34);
    command.add_options(*app);
    app->add_option("--progress", flags.progress, "auto|always|never (auto: when stderr is a terminal)")
        ->type_name("WHEN")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    app->add_flag("-v,--verbose", flags.verbose, "Say more on stderr");
    app->add_flag("-q,--quiet", flags.quiet, "Say only errors on stderr");
    app->footer("\n" + std::string(command.details()) + "\n" + std::string(kExitCodes));
    return app;
}

std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

/// CLI11's complaint in our words, with the nearest option where one was misspelt.
base::UsageError usage_error(const CLI::ParseError& error, const CLI::App& app, const std::vector<std::string>& arguments,
                             std::string_view command) {
    const std::string hint = fmt::format("see 'liaison {} --help'", command);
    if (error.get_name() == "ExtrasError") {
        const auto known = option_names(app);
        for (const std::string& argument : arguments) {
            const std::string name = argument.substr(0, argument.find('='));
            if (name.rfind("--", 0) == 0 && std::find(known.begin(), known.end(), name) == known.end()) {
                const std::string guess = did_you_mean(name, known);
                return base::UsageError(fmt::format("{}: unknown option {}", command, name), guess.empty() ? hint : guess);
            }
        }
    }
    return base::UsageError(fmt::format("{}: {}", command, error.what()), hint);
}

ExitCode run_command(Command& command, const std::vector<std::string>& arguments, Environment& environment) {
    CommonFlags flags;
    const auto app = make_app(command, flags);
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app->parse(reversed);
    } catch (const CLI::CallForHelp&) {
        environment.out << app->help();
        return ExitCode::yes;
    } catch (const CLI::ParseError& error) {
        throw usage_error(error, *app, arguments, command.name());
    }
    const bool draw = flags.progress == "always" || (flags.progress == "auto" && environment.err_is_terminal && !flags.quiet);
    TerminalProgress progress(environment.err, draw, environment.interrupted);
    environment.progress = &progress;
    environment.verbosity = flags.quiet ? -1 : flags.verbose ? 1 : 0;
    return command.run(environment);
}

ExitCode dispatch(const std::vector<std::string>& arguments, Environment& environment) {
    const Commands commands = make_commands();
    if (arguments.empty()) {
        environment.err << overview(commands);
        return ExitCode::usage;
    }
    const std::string& name = arguments.front();
    if (name == "version" || name == "--version") {
        environment.out << version_text();
        return ExitCode::yes;
    }
    std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
    if (name == "help" || name == "--help" || name == "-h") {
        if (rest.empty()) {
            environment.out << overview(commands);
            return ExitCode::yes;
        }
        return dispatch({rest.front(), "--help"}, environment);
    }
    Command* command = find_command(commands, name);
    if (command == nullptr) {
        std::vector<std::string> known{"help", "version"};
        for (const auto& each : commands) {
            known.emplace_back(each->name());
        }
        const std::string guess = did_you_mean(name, known);
        throw base::UsageError(fmt::format("no command \"{}\"", printable(name)),
                               guess.empty() ? "see 'liaison help'" : guess);
    }
    return run_command(*command, rest, environment);
}

bool wants_json(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--format=json" || argument == "-fjson" ||
            ((argument == "-f" || argument == "--format") && i + 1 < arguments.size() && arguments[i + 1] == "json")) {
            return true;
        }
    }
    return false;
}

ExitCode report(const std::vector<std::string>& arguments, Environment& environment, ExitCode code,
                std::string_view message, std::string_view hint) {
    if (wants_json(arguments)) {
        nlohmann::ordered_json json;
        json["error"] = message;
        if (!hint.empty()) {
            json["hint"] = hint;
        }
        json["exit_code"] = static_cast<int>(code);
        environment.err << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } else {
        environment.err << "liaison: " << printable(message) << '\n';
        if (!hint.empty()) {
            environment.err << "  " << printable(hint) << '\n';
        }
    }
    return code;
}

}  // namespace

ExitCode run(const std::vector<std::string>& arguments, Environment& environment) {
    try {
        const ExitCode code = dispatch(arguments, environment);
        environment.out.flush();
        return code;
    } catch (const base::UsageError& error) {
        return report(arguments, environment, ExitCode::usage, error.what(), error.hint());
    } catch (const base::NetworkError& error) {
        return report(arguments, environment, ExitCode::network, error.what(), error.hint());
    } catch (const base::Interrupted& error) {
        return report(arguments, environment, ExitCode::interrupted, error.what(), error.hint());
    } catch (const base::InternalError& error) {
        return report(arguments, environment, ExitCode::internal, error.what(), error.hint());
    } catch (const base::Error& error) {  // InputError, StoreError
        return report(arguments, environment, ExitCode::bad_input, error.what(), error.hint());
    } catch (const std::bad_alloc&) {
        return report(arguments, environment, ExitCode::internal, "out of memory", "give the process more memory, or a smaller input");
    } catch (const std::exception& error) {
        return report(arguments, environment, ExitCode::internal, fmt::format("internal error: {}", error.what()),
                      "please report this with the command that led to it");
    }
}

}  // namespace liaison::cli
