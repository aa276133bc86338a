#pragma once
// Lines of a file, one at a time, of bounded length. Private to adapter.

#include "liaison/record/byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace liaison::adapter {

class TextLines {
public:
    /// Lines longer than `limit` bytes come out cut, with `too_long` set.
    TextLines(const record::SourceFile& file, std::size_t limit);
    /// False at the end. The line break is left out; a byte order mark at the start is too.
    [[nodiscard]] bool next();

    std::string line;
    bool too_long = false;
    std::uint64_t number = 0;  ///< 1-based
    std::uint64_t byte = 0;    ///< where the line begins

private:
    std::unique_ptr<record::ByteSource> m_source;
    std::size_t m_limit;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::uint64_t m_read = 0;  ///< bytes taken so far
};

}  // namespace liaison::adapter
