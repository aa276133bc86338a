#include "cli/hook.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <stdio.h>
#include <sys/wait.h>

namespace liaison::cli {

std::string run_hook(const std::string& command, const std::string& status, const std::string& input) {
    // The status is one of our own words, so it needs no quoting. What the hook prints must not mix with our data.
    const std::string line = fmt::format("exec 1>&2; LIAISON_STATUS={}; export LIAISON_STATUS; {}", status, command);
    FILE* pipe = ::popen(line.c_str(), "we");
    if (pipe == nullptr) {
        return fmt::format("the hook cannot be run: {}", std::strerror(errno));
    }
    const std::size_t written = ::fwrite(input.data(), 1, input.size(), pipe);
    const int code = ::pclose(pipe);
    if (code == -1 || !WIFEXITED(code) || WEXITSTATUS(code) != 0) {
        return fmt::format("the hook ended with {}", WIFEXITED(code) ? WEXITSTATUS(code) : code);
    }
    return written < input.size() ? "the hook did not read the whole report" : "";
}

}  // namespace liaison::cli
