#include "liaison/match/batch.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/country.hpp"
#include "liaison/record/csv.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace liaison::match {

namespace {

constexpr std::size_t line_limit = std::size_t{1} << 20;
constexpr std::size_t name_limit = 1'500;  // bytes of a name: longer ones are not names
constexpr int depth_limit = 16;

std::vector<std::string> values_of(std::string_view text) {
    std::vector<std::string> values;
    while (true) {
        const std::size_t end = text.find(';');
        std::string value = base::collapse_space(text.substr(0, end));
        if (!value.empty()) values.push_back(std::move(value));
        if (end == std::string_view::npos) return values;
        text.remove_prefix(end + 1);
    }
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

// FollowTheMoney properties and a few usual spellings, by known column.
struct PropertyColumn {
    std::string_view property;
    std::string_view column;
};
constexpr std::array property_columns = {
    PropertyColumn{"name", "name"}, PropertyColumn{"alias", "name"}, PropertyColumn{"previousName", "name"}, PropertyColumn{"birthDate", "birth_date"},
    PropertyColumn{"nationality", "nationality"}, PropertyColumn{"citizenship", "nationality"}, PropertyColumn{"country", "country"},
    PropertyColumn{"jurisdiction", "country"}, PropertyColumn{"flag", "country"}, PropertyColumn{"gender", "gender"}, PropertyColumn{"birthPlace", "birth_place"},
    PropertyColumn{"address", "address"}, PropertyColumn{"idNumber", "id_number"}, PropertyColumn{"passportNumber", "id_number"},
    PropertyColumn{"registrationNumber", "id_number"}, PropertyColumn{"taxNumber", "id_number"}, PropertyColumn{"imoNumber", "id_number"},
    PropertyColumn{"leiCode", "id_number"}, PropertyColumn{"innCode", "id_number"}, PropertyColumn{"ogrnCode", "id_number"},
    PropertyColumn{"publicKey", "wallet"}, PropertyColumn{"email", "email"}, PropertyColumn{"phone", "phone"}};

bool known_column(std::string_view column) {
    const auto& columns = batch_columns();
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

void judge(BatchRecord& record) {
    if (!record.unchecked.empty()) return;
    if (record.query.names.empty() && record.query.identifiers.empty() && record.query.wallets.empty()) {
        record.unchecked = "no name, identifier or wallet to check";
        return;
    }
    for (const std::string& name : record.query.names)
        if (name.size() > name_limit) record.unchecked = fmt::format("the name has {} bytes; at most {} are read as a name", name.size(), name_limit);
}

}  // namespace

const std::vector<std::string>& batch_columns() {
    static const std::vector<std::string> columns = {"id", "name", "schema", "birth_date", "nationality", "country", "gender", "birth_place",
                                                     "address", "id_number", "wallet", "email", "phone"};
    return columns;
}

void set_column(Query& query, std::string_view column, std::string_view text, std::vector<std::string>& problems) {
    const auto complain = [&problems](std::string_view what, const std::string& value, std::string_view why) {
        problems.push_back(fmt::format("{} \"{}\" {}; not used", what, base::truncate_utf8(value, 80), why));
    };
    if (column == "id") {
        query.id = base::collapse_space(text);
        return;
    }
    for (std::string& value : values_of(text)) {
        if (column == "name") {
            query.names.push_back(std::move(value));
        } else if (column == "schema") {
            const model::Schema* schema = model::find_schema(value);
            if (schema == nullptr) {
                std::string capital = lower(value);
                if (!capital.empty() && capital[0] >= 'a' && capital[0] <= 'z') capital[0] = static_cast<char>(capital[0] - 32);
                schema = model::find_schema(capital);
            }
            if (schema == nullptr) complain("schema", value, "is not known");
            else query.schema = schema;
        } else if (column == "birth_date") {
            if (const auto date = model::parse_date(value)) query.birth_dates.push_back(*date);
            else complain("birth date", value, "is not a date that exists");
        } else if (column == "nationality" || column == "country") {
            const auto code = model::country_code(value);
            if (!code) complain(column, value, "is no country");
            else (column == "country" ? query.countries : query.nationalities).push_back(*code);
        } else if (column == "gender") {
            const std::string gender = lower(value);
            if (gender == "m" || gender == "male" || gender == "man") query.gender = "male";
            else if (gender == "f" || gender == "female" || gender == "woman" || gender == "w") query.gender = "female";
            else if (gender != "other" && gender != "x" && gender != "unknown") complain("gender", value, "is neither male nor female");
        } else if (column == "birth_place") {
            query.birth_places.push_back(std::move(value));
        } else if (column == "address") {
            query.addresses.push_back(std::move(value));
        } else if (column == "id_number") {
            query.identifiers.push_back(std::move(value));
        } else if (column == "wallet") {
            query.wallets.push_back(std::move(value));
        } else if (column == "email") {
            query.emails.push_back(std::move(value));
        } else if (column == "phone") {
            query.phones.push_back(std::move(value));
        }
    }
}

struct BatchReader::State {
    State(record::SourceFile source_file, BatchOptions batch_options, base::Progress* batch_progress)
        : file(std::move(source_file)), options(std::move(batch_options)), progress(batch_progress) {}

    record::SourceFile file;
    BatchOptions options;
    base::Progress* progress;
    std::uint64_t count = 0;

    // CSV
    std::optional<record::CsvReader> csv;
    std::vector<std::string> columns;  // known column of each field, "" to ignore

    // NDJSON
    std::unique_ptr<record::ByteSource> source;
    std::string buffer;
    std::size_t at = 0;
    std::uint64_t line = 0;
    std::uint64_t byte = 0;
    bool ended = false;

    [[nodiscard]] std::string known(std::string_view column) const {
        const std::string trimmed = base::collapse_space(column);
        if (const auto mapped = options.columns.find(trimmed); mapped != options.columns.end()) return mapped->second;
        const std::string folded = lower(trimmed);
        if (known_column(folded)) return folded;
        return {};
    }

    void check_mapping() const {
        for (const auto& [column, target] : options.columns)
            if (!target.empty() && !known_column(target))
                throw base::UsageError(fmt::format("column \"{}\" is mapped to \"{}\", which is no column that screening knows", column, target),
                                       "known: " + fmt::format("{}", fmt::join(batch_columns(), ", ")));
    }

    void open_csv() {
        record::CsvOptions csv_options;
        csv_options.separator = options.separator;
        csv_options.encoding = record::CsvEncoding::utf8;
        csv.emplace(file, csv_options, progress);
        record::CsvRow header;
        if (!csv->next(header)) throw base::InputError(fmt::format("{} is empty", file.name), "the first line names the columns, e.g. id,name,birth_date");
        if (header.problem != record::CsvProblem::none)
            throw base::InputError(fmt::format("the heading of {} is not a CSV line: {}", file.name, record::to_string(header.problem)));
        bool usable = false;
        for (const std::string_view field : header.fields) {
            const std::string column = known(field);
            const bool mapped = options.columns.count(base::collapse_space(field)) != 0;
            if (column.empty() && !mapped && !options.ignore_columns)
                throw base::UsageError(fmt::format("{} line {}: no column \"{}\" is known", file.name, header.position.line, base::truncate_utf8(field, 60)),
                                       fmt::format("known: {}; map it with --column {}=NAME, or skip unknown ones with --ignore-columns",
                                                   fmt::join(batch_columns(), ", "), base::truncate_utf8(field, 60)));
            usable = usable || column == "name" || column == "id_number" || column == "wallet";
            columns.push_back(column);
        }
        if (!usable)
            throw base::UsageError(fmt::format("{} has no column name, id_number or wallet: nothing could be checked", file.name),
                                   "the first line names the columns; map yours with --column THEIRS=name");
    }

    bool next_csv(BatchRecord& record) {
        record::CsvRow row;
        if (!csv->next(row)) return false;
        record.position = row.position;
        if (row.problem == record::CsvProblem::malformed_quote || row.problem == record::CsvProblem::too_long) {
            record.unchecked = fmt::format("line {}: {}: {}", row.position.line, record::to_string(row.problem), base::truncate_utf8(base::repair_utf8(row.raw), 80));
            return true;
        }
        if (row.fields.size() > columns.size()) {
            record.unchecked = fmt::format("line {}: {} fields under {} columns", row.position.line, row.fields.size(), columns.size());
            return true;
        }
        if (row.problem == record::CsvProblem::invalid_encoding) record.problems.push_back(fmt::format("line {}: bytes that are not UTF-8 were replaced", row.position.line));
        if (row.problem == record::CsvProblem::control_character) record.problems.push_back(fmt::format("line {}: holds a control character", row.position.line));
        for (std::size_t i = 0; i < row.fields.size(); ++i)
            if (!columns[i].empty()) set_column(record.query, columns[i], row.fields[i], record.problems);
        return true;
    }

    /// A line without its end; false at the end of the file. Longer ones than the limit are cut and told.
    bool next_line(std::string& text, bool& cut) {
        text.clear();
        cut = false;
        while (true) {
            const std::size_t end = buffer.find('\n', at);
            const std::size_t stop = end == std::string::npos ? buffer.size() : end;
            if (text.size() + (stop - at) > line_limit) cut = true;
            else text.append(buffer, at, stop - at);
            if (end != std::string::npos) {
                at = end + 1;
                return true;
            }
            if (ended) {
                at = buffer.size();
                return !text.empty() || cut;
            }
            buffer.resize(1 << 16);
            const std::size_t got = source->read({buffer.data(), buffer.size()});
            buffer.resize(got);
            at = 0;
            byte += got;
            if (progress != nullptr) {
                if (progress->interrupted()) throw base::Interrupted("interrupted");
            }
            ended = got == 0;
        }
    }

    bool next_json(BatchRecord& record) {
        std::string text;
        bool cut = false;
        do {
            if (!next_line(text, cut)) return false;
            ++line;
            if (!text.empty() && text.back() == '\r') text.pop_back();
            if (line == 1 && text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);
        } while (!cut && text.find_first_not_of(" \t") == std::string::npos);
        record.position = {file.name, line, 0};
        if (cut) {
            record.unchecked = fmt::format("line {}: longer than {} bytes", line, line_limit);
            return true;
        }
        int deepest = 0;
        const auto too_deep = [&deepest](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
            deepest = std::max(deepest, depth);
            return depth < depth_limit;
        };
        const nlohmann::json json = nlohmann::json::parse(text, too_deep, false);
        if (json.is_discarded() || !json.is_object() || deepest >= depth_limit) {
            record.unchecked = fmt::format("line {}: not a JSON object: {}", line, base::truncate_utf8(base::repair_utf8(text), 80));
            return true;
        }
        read_object(json, record);
        return true;
    }

    void read_object(const nlohmann::json& json, BatchRecord& record) const {
        const auto properties = json.find("properties");
        const bool ftm = properties != json.end() && properties->is_object();
        for (const auto& [key, value] : json.items()) {
            if (ftm && key == "properties") continue;
            std::string column = known(key);
            if (column.empty() && !ftm) column = property_column(key);
            if (column.empty()) {
                if (!ftm && !options.ignore_columns && options.columns.count(key) == 0)
                    record.problems.push_back(fmt::format("\"{}\" is no column that screening knows; not used", base::truncate_utf8(key, 60)));
                continue;
            }
            set_values(column, value, record);
        }
        if (!ftm) return;
        for (const auto& [key, value] : properties->items())
            if (const std::string column = property_column(key); !column.empty()) set_values(column, value, record);
    }

    static std::string property_column(std::string_view property) {
        for (const PropertyColumn& entry : property_columns)
            if (entry.property == property) return std::string(entry.column);
        return {};
    }

    static void set_values(const std::string& column, const nlohmann::json& value, BatchRecord& record) {
        if (value.is_string()) {
            set_column(record.query, column, value.get_ref<const std::string&>(), record.problems);
        } else if (value.is_number_integer()) {
            set_column(record.query, column, std::to_string(value.get<std::int64_t>()), record.problems);
        } else if (value.is_array()) {
            for (const auto& item : value)
                if (item.is_string()) set_column(record.query, column, item.get_ref<const std::string&>(), record.problems);
        } else if (!value.is_null()) {
            record.problems.push_back(fmt::format("{} is neither text nor a list of texts; not used", column));
        }
    }
};

BatchReader::BatchReader(const record::SourceFile& file, BatchOptions options, base::Progress* progress)
    : m_state(std::make_unique<State>(file, std::move(options), progress)) {
    State& state = *m_state;
    state.check_mapping();
    if (state.options.format == BatchFormat::automatic) {
        const std::string head = record::peek(file, 64);
        const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        state.options.format = first != std::string::npos && head[first] == '{' ? BatchFormat::ndjson : BatchFormat::csv;
    }
    if (state.options.format == BatchFormat::csv) state.open_csv();
    else state.source = file.open();
}

BatchReader::~BatchReader() = default;
BatchReader::BatchReader(BatchReader&&) noexcept = default;
BatchReader& BatchReader::operator=(BatchReader&&) noexcept = default;

bool BatchReader::next(BatchRecord& record) {
    record = {};
    record.query.schema = m_state->options.schema;
    const bool read = m_state->csv ? m_state->next_csv(record) : m_state->next_json(record);
    if (!read) return false;
    record.number = ++m_state->count;
    judge(record);
    return true;
}

}  // namespace liaison::match
