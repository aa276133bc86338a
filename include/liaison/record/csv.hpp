#pragma once
// Streaming CSV after RFC 4180: quoted fields may hold separators, doubled quotes and line breaks; rows end with CRLF or
// LF. A malformed row is reported as such and costs only itself.

#include "liaison/base/issue.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/record/byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::record {

enum class CsvEncoding {
    utf8,                  ///< anything else is a problem of its row
    utf8_or_windows_1252,  ///< a row that is not valid UTF-8 is read as Windows-1252
    windows_1252,
};

struct CsvOptions {
    char separator = ',';
    CsvEncoding encoding = CsvEncoding::utf8;
    std::size_t row_bytes = std::size_t{1} << 20;  ///< limit of one row
    std::size_t fields = 1024;                     ///< limit of one row
};

enum class CsvProblem {
    none,
    malformed_quote,    ///< text after a closing quote, or a quote that is never closed within the limit
    invalid_encoding,   ///< not UTF-8: fields hold U+FFFD for the bad bytes
    control_character,  ///< NUL or another control character but tab and line breaks: kept as read
    too_long,           ///< over a limit; the row is skipped to its line end
};
/// The stable kebab-case code for issues ("malformed-quote"); "" for none.
[[nodiscard]] std::string_view to_string(CsvProblem problem);

/// Valid until the next call of next().
struct CsvRow {
    std::span<const std::string_view> fields;
    CsvProblem problem = CsvProblem::none;
    base::Position position;     ///< of the row's first character
    std::string_view raw;        ///< the row as it stands in the file, for issues; cut at 200 bytes
    /// "" past the end: short rows are common.
    [[nodiscard]] std::string_view field(std::size_t index) const {
        return index < fields.size() ? fields[index] : std::string_view();
    }
};

/// Rows of one file. After a malformed quote reading goes on at the line after the row's first. Empty lines are
/// skipped. A line of only Ctrl-Z (0x1A), the DOS end-of-file mark, ends the file. A UTF-8 byte order mark is skipped.
/// Throws InputError when the source cannot be read; Interrupted when `progress` says so.
class CsvReader {
public:
    CsvReader(const SourceFile& file, const CsvOptions& options, base::Progress* progress = nullptr);
    ~CsvReader();
    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;
    /// False at the end.
    [[nodiscard]] bool next(CsvRow& row);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Windows-1252 to UTF-8; the five bytes that have no character there become U+FFFD.
[[nodiscard]] std::string windows_1252_to_utf8(std::string_view bytes);

}  // namespace liaison::record
