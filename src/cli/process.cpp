#include "liaison/cli/process.hpp"

#include "liaison/cli/command.hpp"

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace liaison::cli {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;

extern "C" void on_signal(int) { g_interrupted = 1; }

void catch_signals() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESETHAND | SA_RESTART;  // the second Ctrl-C ends the process at once
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
}

std::optional<std::string> variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// Stands still; waiting takes no time.
class StoppedClock final : public base::Clock {
public:
    explicit StoppedClock(std::int64_t seconds) : m_now(std::chrono::seconds(seconds)) {}
    [[nodiscard]] base::Instant now() const override { return m_now; }
    void sleep_for(std::chrono::milliseconds) override {}

private:
    base::Instant m_now;
};

std::unique_ptr<base::Clock> make_clock() {
    const auto epoch = variable("SOURCE_DATE_EPOCH");
    std::int64_t seconds = 0;
    if (epoch && std::from_chars(epoch->data(), epoch->data() + epoch->size(), seconds).ptr == epoch->data() + epoch->size() &&
        !epoch->empty()) {
        return std::make_unique<StoppedClock>(seconds);
    }
    return std::make_unique<base::SystemClock>();
}

}  // namespace

int run_process(const std::vector<std::string>& arguments) {
    std::ios::sync_with_stdio(false);
    catch_signals();
    const auto clock = make_clock();
    const auto files = base::make_system_files();
    Environment environment{std::cin,
                            std::cout,
                            std::cerr,
                            ::isatty(STDOUT_FILENO) == 1,
                            ::isatty(STDERR_FILENO) == 1,
                            *clock,
                            *files,
                            [&clock] {
                                feed::TransportOptions options;
                                options.user_agent = variable("LIAISON_USER_AGENT").value_or(feed::default_user_agent());
                                options.ca_file = variable("LIAISON_CA_FILE").value_or("");
                                options.proxy = variable("LIAISON_PROXY").value_or("");
                                return feed::make_curl_transport(options, *clock);
                            },
                            variable,
                            [] { return g_interrupted != 0; }};
    return static_cast<int>(run(arguments, environment));
}

}  // namespace liaison::cli
