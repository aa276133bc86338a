#pragma once
// Bytes of one published file, read once from front to back, from wherever they lie.

#include "liaison/base/files.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::record {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills a prefix of `buffer`; 0 at the end. Throws InputError when the bytes cannot be read.
    [[nodiscard]] virtual std::size_t read(std::span<char> buffer) = 0;
};

/// One file of a snapshot. open() may be called more than once (content recognition, then reading).
struct SourceFile {
    std::string name;  ///< inside the snapshot, without folders, e.g. "SDN_ADVANCED.XML"
    std::function<std::unique_ptr<ByteSource>()> open;
};

/// The files of one snapshot, sorted by name.
using FileSet = std::vector<SourceFile>;

[[nodiscard]] SourceFile source_from_path(const base::Path& path);
/// The source shares the string's memory; keep it alive.
[[nodiscard]] SourceFile source_from_memory(std::string name, std::string_view bytes);

/// The first `bytes` bytes, for recognising a format from content.
[[nodiscard]] std::string peek(const SourceFile& file, std::size_t bytes = 4096);

}  // namespace liaison::record
