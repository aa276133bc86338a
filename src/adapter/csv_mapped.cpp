// Any table as CSV, by the column mapping in the manifest: company registers, ownership tables, internal lists.
//
// A row gives the entities of the mapping: nodes and edges. A node's id is the prefix and its key columns; a node whose
// key columns are all empty is not there, and neither is an edge that has an end missing. Rows of one key add up.

#include "adapter/adapters.hpp"
#include "adapter/csv_mapping.hpp"
#include "adapter/typed_values.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace liaison::adapter {
namespace {

class Reader {
public:
    Reader(const ReadOptions& options, model::StatementSink& sink)
        : m_options(options), m_sink(sink), m_mapping(read_csv_mapping(options.settings, options.feed)), m_values(sink, m_mapping.date_order) {}

    void read(const record::SourceFile& file) {
        record::CsvReader rows(file, m_mapping.csv, m_options.progress);
        record::CsvRow row;
        m_columns.clear();
        if (!m_mapping.header) {
            name_columns(m_mapping.columns, file.name, {file.name, 1, 0});
        }
        while (rows.next(row)) {
            if (m_columns.empty()) {
                name_columns({row.fields.begin(), row.fields.end()}, file.name, row.position);
                continue;
            }
            if (row.problem != record::CsvProblem::none) {
                m_sink.issue({std::string(record::to_string(row.problem)), "a row that cannot be read", row.position, {}, std::string(row.raw)});
                if (row.problem != record::CsvProblem::control_character) {
                    continue;
                }
            }
            if (row.fields.size() > m_column_count) {
                m_sink.issue({"too-many-fields", fmt::format("the row has {} fields, the header {}; the rest was not read", row.fields.size(), m_column_count), row.position, {}, std::string(row.raw)});
            }
            ++m_rows;
            read_row(row);
        }
    }

    [[nodiscard]] ReadSummary summary() const { return {"", {{"row", m_rows}}, 0}; }

private:
    void name_columns(const std::vector<std::string>& names, const std::string& file, const base::Position& position) {
        m_column_count = names.size();
        for (std::size_t i = 0; i < names.size(); ++i) {
            m_columns.emplace(base::collapse_space(names[i]), i);
        }
        std::vector<std::string> used = m_mapping.ignored;
        for (const MappedEntity& entity : m_mapping.entities) {
            used.insert(used.end(), entity.key.begin(), entity.key.end());
            used.push_back(entity.schema_column);
            for (const MappedValue& value : entity.values) {
                used.push_back(value.column);
            }
        }
        for (const std::string& column : used) {
            const bool ignored = std::find(m_mapping.ignored.begin(), m_mapping.ignored.end(), column) != m_mapping.ignored.end();
            if (!column.empty() && !ignored && !m_columns.contains(column)) {
                throw base::InputError(fmt::format("{}: there is no column \"{}\" (there are: {})", file, column, fmt::join(names, ", ")),
                                       "correct the mapping in the manifest, or check which file this is");
            }
        }
        for (const std::string& name : names) {
            const std::string clean = base::collapse_space(name);
            if (!clean.empty() && std::find(used.begin(), used.end(), clean) == used.end()) {
                m_sink.issue({"unmapped-column", fmt::format("column \"{}\" is neither mapped nor ignored", clean), position, {}, clean});
            }
        }
    }

    [[nodiscard]] std::string field(const record::CsvRow& row, const std::string& column) const {
        const auto found = m_columns.find(column);
        return found == m_columns.end() ? std::string() : base::collapse_space(base::repair_utf8(row.field(found->second)));
    }

    void read_row(const record::CsvRow& row) {
        std::unordered_map<std::string, std::string> ids;
        for (const MappedEntity& mapped : m_mapping.entities) {
            const model::Schema* schema = schema_of(mapped, row);
            std::string key;
            bool empty = true;
            for (const std::string& column : mapped.key) {
                const std::string part = field(row, column);
                empty = empty && part.empty();
                key += key.empty() ? part : "-" + part;
            }
            model::Entity entity({}, *schema);
            entity.position = row.position;
            const bool edge = schema->edge.has_value();
            if (!edge && mapped.key.empty()) {
                key = content_of(mapped, row);
                empty = key.empty();
            }
            if (!edge && empty) {
                continue;
            }
            entity.id = edge ? std::string("row") : m_mapping.id_prefix + key;
            if (!fill(entity, mapped, row, ids)) {
                continue;
            }
            if (edge) {
                entity.id = model::derived_id("rel", {m_mapping.id_prefix, schema->name, entity.first(schema->edge->source), entity.first(schema->edge->target), key});
            }
            ids[mapped.name] = entity.id;
            m_sink.entity(std::move(entity));
        }
        if (ids.empty()) {
            m_sink.issue({"row-without-entity", "the row gives no entity: its key columns are empty", row.position, {}, std::string(row.raw)});
        }
    }

    /// Without key columns an entity is what its columns say.
    [[nodiscard]] std::string content_of(const MappedEntity& mapped, const record::CsvRow& row) const {
        std::string all;
        for (const MappedValue& value : mapped.values) {
            const std::string text = value.column.empty() ? std::string() : field(row, value.column);
            if (!text.empty()) {
                all += model::to_string(value.property) + '=' + text + '\n';
            }
        }
        return all.empty() ? all : model::derived_id("content", {all});
    }

    const model::Schema* schema_of(const MappedEntity& mapped, const record::CsvRow& row) {
        const std::string name = mapped.schema_column.empty() ? std::string() : field(row, mapped.schema_column);
        if (name.empty()) {
            return &model::schema(mapped.schema);
        }
        if (const model::Schema* schema = model::find_schema(name)) {
            return schema;
        }
        m_sink.issue({"unknown-schema", fmt::format("\"{}\" is no schema; {} is used", base::truncate_utf8(name, 80), mapped.schema), row.position, {}, name.substr(0, 100)});
        return &model::schema(mapped.schema);
    }

    /// False when an end of an edge is missing.
    bool fill(model::Entity& entity, const MappedEntity& mapped, const record::CsvRow& row, const std::unordered_map<std::string, std::string>& ids) {
        for (const MappedValue& value : mapped.values) {
            if (!value.constant.empty()) {
                m_values.add(entity, model::to_string(value.property), value.constant);
            } else if (!value.entity.empty()) {
                const auto found = ids.find(value.entity);
                if (found != ids.end()) {
                    entity.add(value.property, found->second);
                }
            } else {
                const std::string text = field(row, value.column);
                const std::string& separator = value.list_separator ? *value.list_separator : m_mapping.list_separator;
                if (separator.empty()) {
                    m_values.add(entity, model::to_string(value.property), text);
                    continue;
                }
                for (std::size_t start = 0; start <= text.size();) {
                    const std::size_t end = std::min(text.find(separator, start), text.size());
                    const std::string part = base::collapse_space(std::string_view(text).substr(start, end - start));
                    if (!part.empty()) {
                        m_values.add(entity, model::to_string(value.property), part);
                    }
                    start = end + separator.size();
                }
            }
        }
        return !entity.schema->edge || (entity.has(entity.schema->edge->source) && entity.has(entity.schema->edge->target));
    }

    const ReadOptions& m_options;
    model::StatementSink& m_sink;
    CsvMapping m_mapping;
    TypedValues m_values;
    std::map<std::string, std::size_t> m_columns;
    std::size_t m_column_count = 0;
    std::uint64_t m_rows = 0;
};

class CsvMapped final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "csv"; }

    /// Content cannot tell whose table it is: anything that looks like rows will do, and the mapping decides.
    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        if (files.empty()) {
            return false;
        }
        const std::string head = record::peek(files.front());
        const std::string first = head.substr(0, head.find('\n'));
        return !first.empty() && first.front() != '<' && first.front() != '{' && first.find('\0') == std::string::npos &&
               first.find_first_of(",;\t|") != std::string::npos;
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink) const override {
        Reader reader(options, sink);
        for (const record::SourceFile& file : files) {
            reader.read(file);
        }
        return reader.summary();
    }
};

}  // namespace

const Adapter& csv_mapped() {
    static const CsvMapped adapter;
    return adapter;
}

}  // namespace liaison::adapter
