#pragma once
// Adding to the end of a file that is never rewritten.

#include "liaison/base/files.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace liaison::base {

/// Opens for writing at `offset`, cutting off what follows; creates a missing file. The caller knows where the last whole
/// record ends. Throws StoreError.
[[nodiscard]] std::unique_ptr<OutputFile> open_append(const Path& path, std::uint64_t offset);

/// open_append, or a test's that fails at the N-th call.
using OpenAppend = std::function<std::unique_ptr<OutputFile>(const Path&, std::uint64_t)>;

}  // namespace liaison::base
