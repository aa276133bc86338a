#include "cli/registry.hpp"

namespace liaison::cli {

std::vector<std::unique_ptr<Command>> make_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(make_refresh_command());
    commands.push_back(make_feeds_command());
    commands.push_back(make_issues_command());
    commands.push_back(make_parse_command());
    commands.push_back(make_read_command());
    commands.push_back(make_search_command());
    commands.push_back(make_lookup_command());
    commands.push_back(make_show_command());
    commands.push_back(make_neighbors_command());
    commands.push_back(make_path_command());
    commands.push_back(make_ownership_command());
    commands.push_back(make_exposure_command());
    commands.push_back(make_screen_command());
    commands.push_back(make_explain_command());
    commands.push_back(make_normalize_command());
    commands.push_back(make_export_command());
    commands.push_back(make_diff_command());
    commands.push_back(make_resolve_command());
    commands.push_back(make_review_command());
    commands.push_back(make_alerts_command());
    commands.push_back(make_info_command());
    commands.push_back(make_check_command());
    commands.push_back(make_audit_command());
    return commands;
}

}  // namespace liaison::cli
