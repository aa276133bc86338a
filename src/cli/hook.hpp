#pragma once
// A command of the operator's that is told of the outcome of a refresh: a webhook, an e-mail, a ticket.

#include <string>

namespace liaison::cli {

/// Runs `command` by the shell with `input` on its standard input and LIAISON_STATUS set to `status`. Returns "" or why it
/// failed, for a message; a failing hook never changes the outcome of what it reports.
[[nodiscard]] std::string run_hook(const std::string& command, const std::string& status, const std::string& input);

}  // namespace liaison::cli
