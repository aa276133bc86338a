#include "liaison/record/csv.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>

namespace liaison::record {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{64} << 10;
constexpr std::size_t excerpt_bytes = 200;
constexpr char ctrl_z = '\x1A';

void append_utf8(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7F;
}

}  // namespace

std::string windows_1252_to_utf8(std::string_view bytes) {
    // 0x80..0x9F of Windows-1252 (Unicode's CP1252.TXT); the rest is Latin-1.
    static constexpr std::array<char16_t, 32> high{
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(out, byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte);
    }
    return out;
}

std::string_view to_string(CsvProblem problem) {
    switch (problem) {
        case CsvProblem::none: return "";
        case CsvProblem::malformed_quote: return "malformed-quote";
        case CsvProblem::invalid_encoding: return "invalid-encoding";
        case CsvProblem::control_character: return "control-character";
        case CsvProblem::too_long: return "row-too-long";
    }
    return "";
}

/// The buffer holds the bytes from the current row on; fields are views of it, or of m_owned where they had to be
/// changed (doubled quotes, encoding). A row that turns out malformed is read again from the buffer as one line.
struct CsvReader::State {
    std::string name;
    CsvOptions options;
    base::Progress* progress;
    std::unique_ptr<ByteSource> source;
    std::string buffer;
    std::size_t begin = 0;  ///< of the next row, in buffer
    std::uint64_t offset = 0;  ///< in the file, of buffer[0]
    std::uint64_t line = 1;    ///< of buffer[begin]
    bool exhausted = false;
    bool started = false;
    std::vector<std::string_view> fields;
    std::deque<std::string> owned;

    /// A row as found in the buffer: where its bytes end and where the next row begins.
    struct Extent {
        CsvProblem problem = CsvProblem::none;
        std::size_t end = 0;
        std::size_t next = 0;
    };
    struct Field {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool doubled = false;
    };
    std::vector<Field> found;

    bool fill();
    /// The byte at `at`, reading on as needed; -1 at the end of the file.
    int byte_at(std::size_t at) {
        while (at >= buffer.size()) {
            if (!fill()) {
                return -1;
            }
        }
        return static_cast<unsigned char>(buffer[at]);
    }
    void drop_read();
    Extent scan_row();
    Extent scan_quoted(std::size_t& at);
    Extent line_end(std::size_t from, CsvProblem problem);
    void make_fields(CsvRow& row);
};

bool CsvReader::State::fill() {
    if (exhausted) {
        return false;
    }
    const std::size_t size = buffer.size();
    buffer.resize(size + chunk_bytes);
    const std::size_t count = source->read(std::span(buffer).subspan(size));
    buffer.resize(size + count);
    exhausted = count == 0;
    if (progress != nullptr) {
        progress->advance(offset + buffer.size());
        if (progress->interrupted()) {
            throw base::Interrupted("interrupted while reading " + name);
        }
    }
    return !exhausted;
}

void CsvReader::State::drop_read() {
    // Once in a chunk, not once a row.
    if (begin >= chunk_bytes) {
        buffer.erase(0, begin);
        offset += begin;
        begin = 0;
    }
}

CsvReader::State::Extent CsvReader::State::line_end(std::size_t from, CsvProblem problem) {
    std::size_t at = from;
    for (;;) {
        const std::size_t newline = buffer.find('\n', at);
        if (newline != std::string::npos) {
            const std::size_t end = newline > begin && buffer[newline - 1] == '\r' ? newline - 1 : newline;
            return {problem, end, newline + 1};
        }
        at = buffer.size();
        if (problem == CsvProblem::too_long && at - begin > 2 * options.row_bytes) {
            // A line without end is skipped without being kept.
            buffer.erase(begin + options.row_bytes, at - begin - options.row_bytes);
            offset += at - begin - options.row_bytes;
            at = buffer.size();
        }
        if (!fill()) {
            return {problem, buffer.size(), buffer.size()};
        }
    }
}

/// `at` is behind the opening quote; afterwards behind the closing one.
CsvReader::State::Extent CsvReader::State::scan_quoted(std::size_t& at) {
    Field field{at, at, false};
    for (;;) {
        if (at - begin > options.row_bytes || byte_at(at) < 0) {
            return {CsvProblem::malformed_quote, 0, 0};
        }
        const std::size_t quote = buffer.find('"', at);
        if (quote == std::string::npos) {
            at = buffer.size();
            continue;
        }
        if (byte_at(quote + 1) == '"') {
            field.doubled = true;
            at = quote + 2;
            continue;
        }
        field.end = quote;
        found.push_back(field);
        at = quote + 1;
        return {};
    }
}

CsvReader::State::Extent CsvReader::State::scan_row() {
    found.clear();
    std::size_t at = begin;
    for (;;) {
        if (found.size() >= options.fields || at - begin > options.row_bytes) {
            return line_end(at, CsvProblem::too_long);
        }
        if (byte_at(at) == '"') {
            ++at;
            if (scan_quoted(at).problem != CsvProblem::none) {
                return line_end(begin, CsvProblem::malformed_quote);
            }
        } else {
            const std::size_t start = at;
            for (int c = byte_at(at); c >= 0 && c != options.separator && c != '\n'; c = byte_at(at)) {
                ++at;
                if (at - begin > options.row_bytes) {
                    return line_end(at, CsvProblem::too_long);
                }
            }
            const std::size_t end = at > start && byte_at(at) != options.separator && buffer[at - 1] == '\r' ? at - 1 : at;
            found.push_back({start, end, false});
        }
        const int c = byte_at(at);
        if (c == options.separator) {
            ++at;
            continue;
        }
        if (c < 0) {
            return {CsvProblem::none, at, at};
        }
        if (c == '\n') {
            const bool carriage_return = at > begin && buffer[at - 1] == '\r';
            return {CsvProblem::none, carriage_return ? at - 1 : at, at + 1};
        }
        if (c == '\r' && (byte_at(at + 1) == '\n' || byte_at(at + 1) < 0)) {
            return {CsvProblem::none, at, std::min(at + 2, buffer.size())};
        }
        return line_end(begin, CsvProblem::malformed_quote);
    }
}

void CsvReader::State::make_fields(CsvRow& row) {
    const std::string_view bytes(buffer);
    for (const Field& field : found) {
        std::string_view text = bytes.substr(field.begin, field.end - field.begin);
        if (field.doubled) {
            std::string& plain = owned.emplace_back();
            for (std::size_t i = 0; i < text.size(); ++i) {
                plain += text[i];
                i += text[i] == '"' ? 1 : 0;
            }
            text = plain;
        }
        const bool invalid =
            options.encoding == CsvEncoding::windows_1252 || base::find_invalid_utf8(text) != std::string_view::npos;
        if (invalid && options.encoding == CsvEncoding::utf8) {
            row.problem = CsvProblem::invalid_encoding;
            text = owned.emplace_back(base::repair_utf8(text));
        } else if (invalid) {
            text = owned.emplace_back(windows_1252_to_utf8(text));
        }
        if (row.problem == CsvProblem::none && std::any_of(text.begin(), text.end(), is_control)) {
            row.problem = CsvProblem::control_character;
        }
        fields.push_back(text);
    }
}

CsvReader::CsvReader(const SourceFile& file, const CsvOptions& options, base::Progress* progress)
    : m_state(std::make_unique<State>()) {
    m_state->name = file.name;
    m_state->options = options;
    m_state->progress = progress;
    m_state->source = file.open();
}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;

bool CsvReader::next(CsvRow& row) {
    State& state = *m_state;
    if (!state.started) {
        state.started = true;
        if (state.byte_at(2) >= 0 && state.buffer.starts_with("\xEF\xBB\xBF")) {
            state.begin = 3;
        }
    }
    state.drop_read();
    for (;;) {  // empty lines
        const int c = state.byte_at(state.begin);
        if (c < 0) {
            return false;
        }
        if (c == '\r' && state.byte_at(state.begin + 1) == '\n') {
            state.begin += 1;
        } else if (c != '\n') {
            break;
        }
        state.begin += 1;
        state.line += 1;
        state.drop_read();
    }
    if (state.buffer[state.begin] == ctrl_z) {
        const int after = state.byte_at(state.begin + 1);
        if (after < 0 || after == '\r' || after == '\n') {
            return false;
        }
    }
    state.fields.clear();
    state.owned.clear();
    row = {};
    row.position = {state.name, state.line, state.offset + state.begin};
    const State::Extent extent = state.scan_row();
    row.problem = extent.problem;
    if (extent.problem == CsvProblem::none) {
        state.make_fields(row);
    }
    row.fields = state.fields;
    const std::string_view whole = std::string_view(state.buffer).substr(state.begin, extent.end - state.begin);
    std::string_view raw = base::truncate_utf8(whole, excerpt_bytes);
    if (base::find_invalid_utf8(raw) != std::string_view::npos) {
        raw = base::truncate_utf8(state.owned.emplace_back(base::repair_utf8(raw)), excerpt_bytes);
    }
    row.raw = raw;
    state.line += static_cast<std::uint64_t>(std::count(state.buffer.begin() + static_cast<std::ptrdiff_t>(state.begin),
                                                        state.buffer.begin() + static_cast<std::ptrdiff_t>(extent.next), '\n'));
    state.begin = extent.next;
    return true;
}

}  // namespace liaison::record
