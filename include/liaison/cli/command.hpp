#pragma once
// A command: `liaison NAME`. One file src/cli/command_NAME.cpp and one line in registry.cpp each.

#include "liaison/base/clock.hpp"
#include "liaison/base/files.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/cli/exit_code.hpp"
#include "liaison/feed/transport.hpp"

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace liaison::cli {

/// The world a command runs in; tests bring their own.
struct Environment {
    std::istream& in;
    std::ostream& out;  ///< data only
    std::ostream& err;  ///< messages and progress
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    base::Clock& clock;
    base::Files& files;
    std::function<std::unique_ptr<feed::Transport>()> make_transport;
    std::function<std::optional<std::string>(const char*)> variable;  ///< environment variables
    std::function<bool()> interrupted;                                ///< the user asked to stop
    base::Progress* progress = nullptr;  ///< set by run() from --progress before a command runs
    int verbosity = 0;                   ///< -1 quiet, 0, 1 verbose; set by run()
};

/// Help groups, in the order of the flow of data.
enum class Group { data_in, look, data_out, keep, serve, about };

class Command {
public:
    virtual ~Command() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual Group group() const = 0;
    [[nodiscard]] virtual std::string_view summary() const = 0;   ///< one line, no full stop
    [[nodiscard]] virtual std::string_view details() const = 0;   ///< paragraphs and examples, shown by --help
    virtual void add_options(CLI::App& app) = 0;                  ///< opens nothing
    virtual ExitCode run(Environment& environment) = 0;
};

/// All commands, in the order in which help lists them.
[[nodiscard]] std::vector<std::unique_ptr<Command>> make_commands();

/// The one way in: parses, runs, and is the only place where errors become messages and exit codes. `arguments` without
/// the program's name.
ExitCode run(const std::vector<std::string>& arguments, Environment& environment);

}  // namespace liaison::cli
