#pragma once
// How groups of vertices are numbered: by falling size, ties by smallest member, so that colours stay from run to run.

#include <cstdint>
#include <vector>

namespace liaison::exports {

/// Values must be below the number of vertices.
[[nodiscard]] std::vector<std::uint32_t> number_by_size(std::vector<std::uint32_t> groups);

}  // namespace liaison::exports
