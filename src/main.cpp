// argv to exit code; what the world outside is.

#include "liaison/cli/command.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace {

volatile std::sig_atomic_t g_interrupted = 0;

extern "C" void on_signal(int) { g_interrupted = 1; }

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESETHAND | SA_RESTART;  // the second Ctrl-C ends the process at once
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);

    liaison::base::SystemClock clock;
    const auto files = liaison::base::make_system_files();
    liaison::cli::Environment environment{
        std::cin,
        std::cout,
        std::cerr,
        ::isatty(STDOUT_FILENO) == 1,
        ::isatty(STDERR_FILENO) == 1,
        clock,
        *files,
        [&clock] {
            liaison::feed::TransportOptions options;
            options.user_agent = liaison::feed::default_user_agent();
            return liaison::feed::make_curl_transport(options, clock);
        },
        [](const char* name) -> std::optional<std::string> {
            const char* value = std::getenv(name);
            return value == nullptr ? std::nullopt : std::optional<std::string>(value);
        },
        [] { return g_interrupted != 0; }};
    return static_cast<int>(liaison::cli::run({argv + 1, argv + argc}, environment));
}
