#include "liaison/record/csv.hpp"

#include "liaison/base/utf8.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace liaison;
using namespace liaison::record;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Read {
    Rows rows;
    std::vector<std::uint64_t> lines;
    std::vector<CsvProblem> problems;
};

Read read(const SourceFile& file, const CsvOptions& options = {}) {
    Read result;
    CsvReader reader(file, options);
    CsvRow row;
    while (reader.next(row)) {
        result.rows.emplace_back(row.fields.begin(), row.fields.end());
        result.lines.push_back(row.position.line);
        result.problems.push_back(row.problem);
    }
    return result;
}

Read read(std::string_view text, const CsvOptions& options = {}) { return read(source_from_memory("a.csv", text), options); }

}  // namespace

TEST_CASE("rows end with CRLF, LF or the end of the file") {
    CHECK(read("a,b\r\nc,\n,d").rows == Rows{{"a", "b"}, {"c", ""}, {"", "d"}});
    CHECK(read("a\r\n").rows == Rows{{"a"}});
    CHECK(read("a,\r\n").rows == Rows{{"a", ""}});
    CHECK(read("").rows.empty());
    CHECK(read("\xEF\xBB\xBF" "a\n").rows == Rows{{"a"}});
}

TEST_CASE("quotes hold separators, doubled quotes and line breaks, and lines are counted through them") {
    const Read got = read("\"a,\"\"b\"\"\",c\n\"x\ny\r\nz\"\nlast\n");
    CHECK(got.rows == Rows{{"a,\"b\"", "c"}, {"x\ny\r\nz"}, {"last"}});
    CHECK(got.lines == std::vector<std::uint64_t>{1, 2, 5});
    CHECK(read("\"\",\"\"\r\n").rows == Rows{{"", ""}});
    CHECK(read("5' 6\" tall,x\n").rows == Rows{{"5' 6\" tall", "x"}});  // a quote inside a bare field is text
}

TEST_CASE("Ctrl-Z on a line of its own ends the file, elsewhere it is text") {
    CHECK(read("a,b\r\n\x1A").rows == Rows{{"a", "b"}});
    CHECK(read("a,b\r\n\x1A\r\nafter").rows == Rows{{"a", "b"}});
    CHECK(read("\x1A" "a\n").problems == std::vector<CsvProblem>{CsvProblem::control_character});
}

TEST_CASE("a malformed quote costs its own line only") {
    const Read got = read("a,\"b\"c,d\nnext,row\n\"never closed,x\nlast,row\n");
    CHECK(got.rows == Rows{{}, {"next", "row"}, {}, {"last", "row"}});
    CHECK(got.lines == std::vector<std::uint64_t>{1, 2, 3, 4});
    CHECK(got.problems == std::vector<CsvProblem>{CsvProblem::malformed_quote, CsvProblem::none,
                                                  CsvProblem::malformed_quote, CsvProblem::none});
    CHECK(to_string(CsvProblem::malformed_quote) == "malformed-quote");
}

TEST_CASE("the raw row is there for issues, valid and cut") {
    const std::string text = "\"a\"b\xFF\n" + std::string(300, 'x') + "\n";
    CsvReader reader(source_from_memory("a.csv", text), {});
    CsvRow row;
    REQUIRE(reader.next(row));
    CHECK(row.raw == "\"a\"b\xEF\xBF\xBD");
    REQUIRE(reader.next(row));
    CHECK(row.raw.size() == 200);
}

TEST_CASE("bytes that are not UTF-8 are a problem, or Windows-1252 where the caller says so") {
    CHECK(read("caf\xE9\n").rows == Rows{{"caf\xEF\xBF\xBD"}});
    CHECK(read("caf\xE9\n").problems == std::vector<CsvProblem>{CsvProblem::invalid_encoding});
    CsvOptions options;
    options.encoding = CsvEncoding::utf8_or_windows_1252;
    CHECK(read("caf\xE9,\x80\ncaf\xC3\xA9\n", options).rows ==
          Rows{{"caf\xC3\xA9", "\xE2\x82\xAC"}, {"caf\xC3\xA9"}});
    options.encoding = CsvEncoding::windows_1252;
    CHECK(read("caf\xC3\xA9\n", options).rows == Rows{{"caf\xC3\x83\xC2\xA9"}});
}

TEST_CASE("NUL and control characters are a problem of their row") {
    CHECK(read(std::string_view("a\0b,c\nd\n", 8)).problems ==
          std::vector<CsvProblem>{CsvProblem::control_character, CsvProblem::none});
}

TEST_CASE("limits hold: a long row, a line of 100 MB, too many fields, a quote that is never closed") {
    const std::string big(std::size_t{100} << 20, 'x');
    const Read got = read(big + "\nb\n");
    CHECK(got.rows == Rows{{}, {"b"}});
    CHECK(got.problems[0] == CsvProblem::too_long);
    CHECK(got.lines == std::vector<std::uint64_t>{1, 2});
    CHECK(read(std::string(5000, ',') + "\nb\n").problems ==
          std::vector<CsvProblem>{CsvProblem::too_long, CsvProblem::none});
    std::string open = "\"open\n";
    for (int i = 0; i < 300'000; ++i) {
        open += "row,x\n";
    }
    const Read rows = read(open);
    CHECK(rows.rows.size() == 300'001);
    CHECK(rows.problems[0] == CsvProblem::malformed_quote);
    CHECK(rows.rows[300'000] == std::vector<std::string>{"row", "x"});
}

TEST_CASE("what is written by the rules is read back, whatever the chunks") {
    std::mt19937 random(11);
    class Dripping final : public ByteSource {
    public:
        Dripping(std::string_view bytes, std::uint32_t seed) : m_rest(bytes), m_random(seed) {}
        std::size_t read(std::span<char> buffer) override {
            const std::size_t count = std::min({buffer.size(), m_rest.size(), static_cast<std::size_t>(1 + m_random() % 5)});
            std::copy_n(m_rest.begin(), count, buffer.begin());
            m_rest.remove_prefix(count);
            return count;
        }

    private:
        std::string_view m_rest;
        std::mt19937 m_random;
    };
    for (int round = 0; round < 200; ++round) {
        Rows rows;
        std::string text;
        const auto row_count = 1 + random() % 8;
        for (std::uint32_t r = 0; r < row_count; ++r) {
            std::vector<std::string> fields;
            const auto field_count = 2 + random() % 4;
            for (std::uint32_t f = 0; f < field_count; ++f) {
                std::string field;
                const auto length = random() % 6;
                for (std::uint32_t c = 0; c < length; ++c) {
                    static constexpr std::string_view letters = "ab,\"\n\r 'c";
                    field += letters[random() % letters.size()];
                }
                const bool quote = field.find_first_of(",\"\r\n") != std::string::npos || random() % 2 == 0;
                text += f == 0 ? "" : ",";
                if (quote) {
                    text += '"';
                    for (const char c : field) {
                        text += c;
                        text += c == '"' ? "\"" : "";
                    }
                    text += '"';
                } else {
                    text += field;
                }
                fields.push_back(std::move(field));
            }
            text += random() % 2 == 0 ? "\n" : "\r\n";
            rows.push_back(std::move(fields));
        }
        CHECK(read(text).rows == rows);
        CHECK(read({"a.csv", [&] { return std::make_unique<Dripping>(text, 3); }}).rows == rows);
    }
}
