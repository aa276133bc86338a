#pragma once
// Shared by the files of this module: how a line is written and read.

#include "liaison/audit/log.hpp"

#include <fstream>
#include <string>

namespace liaison::audit {

/// Sets entry.hash and returns the line with its newline.
[[nodiscard]] std::string entry_line(Entry& entry);

/// What a checkpoint signs.
[[nodiscard]] std::string checkpoint_message(const Head& head);

/// Lines with their offsets, and whether the last one is whole.
class LineReader {
public:
    explicit LineReader(const base::Path& path);  ///< a missing file has no lines
    bool next(std::string& line);
    [[nodiscard]] bool whole() const { return m_whole; }              ///< the line ended with a newline
    [[nodiscard]] std::uint64_t offset() const { return m_offset; }   ///< of the line's first byte
    [[nodiscard]] std::uint64_t end() const { return m_end; }

private:
    std::ifstream m_stream;
    std::uint64_t m_offset = 0;
    std::uint64_t m_end = 0;
    bool m_whole = true;
};

}  // namespace liaison::audit
