#pragma once
// One line a command: who makes it. The list itself is in registry.cpp.

#include "liaison/cli/command.hpp"

namespace liaison::cli {

std::unique_ptr<Command> make_refresh_command();
std::unique_ptr<Command> make_feeds_command();
std::unique_ptr<Command> make_issues_command();
std::unique_ptr<Command> make_parse_command();
std::unique_ptr<Command> make_read_command();
std::unique_ptr<Command> make_search_command();
std::unique_ptr<Command> make_lookup_command();
std::unique_ptr<Command> make_screen_command();
std::unique_ptr<Command> make_explain_command();
std::unique_ptr<Command> make_normalize_command();
std::unique_ptr<Command> make_show_command();
std::unique_ptr<Command> make_neighbors_command();
std::unique_ptr<Command> make_path_command();
std::unique_ptr<Command> make_ownership_command();
std::unique_ptr<Command> make_exposure_command();
std::unique_ptr<Command> make_export_command();
std::unique_ptr<Command> make_diff_command();
std::unique_ptr<Command> make_resolve_command();
std::unique_ptr<Command> make_review_command();
std::unique_ptr<Command> make_alerts_command();
std::unique_ptr<Command> make_info_command();
std::unique_ptr<Command> make_check_command();
std::unique_ptr<Command> make_audit_command();

}  // namespace liaison::cli
