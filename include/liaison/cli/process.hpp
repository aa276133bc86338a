#pragma once
// A command in the real world: the process's streams, clock, files, network and signals.

#include <string>
#include <vector>

namespace liaison::cli {

/// Returns the exit code. SOURCE_DATE_EPOCH (seconds since 1970, reproducible-builds.org) stops the clock, so that runs
/// can be repeated byte for byte.
int run_process(const std::vector<std::string>& arguments);

}  // namespace liaison::cli
