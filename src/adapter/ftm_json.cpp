// FollowTheMoney entities, one JSON object a line: full ("entities.ftm.json") or as a delta
// ({"op": "ADD" | "MOD" | "DEL", "entity": {...}}), so that every OpenSanctions dataset loads.
//
// The publisher's ids are kept; the manifest's adapter setting "id_prefix" puts something before them. Of several files
// the later ones (by name) overrule the earlier ones: what a delta adds, changes or deletes is not taken from the files
// before it. A delta alone gives what it adds and changes; it says nothing of the rest.

#include "adapter/adapters.hpp"
#include "adapter/text_lines.hpp"
#include "adapter/typed_values.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <unordered_map>
#include <utility>

namespace liaison::adapter {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t line_limit = std::size_t{64} << 20;  // documents carry their text
constexpr int depth_limit = 32;
constexpr std::size_t id_limit = 255;

/// Brackets inside each other, strings left out: a cheap check before a parser sees the line.
bool too_deep(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > depth_limit) {
                return true;
            }
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

std::string string_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

enum class Operation { full, add, modify, remove };

struct Line {
    Operation operation = Operation::full;
    Json entity;
    std::string id;
};

class Reader {
public:
    Reader(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink)
        : m_files(files), m_options(options), m_sink(sink), m_values(sink, model::DayOrder::unknown) {
        if (options.settings != nullptr && options.settings->is_object()) {
            m_prefix = options.settings->value("id_prefix", std::string());
        }
    }

    ReadSummary read() {
        // First what the last word on each id is, where a delta has one; then the entities that still stand.
        bool delta = false;
        for (std::size_t file = 0; file < m_files.size(); ++file) {
            each_line(file, false, [&](const Line& line, const base::Position& position) {
                if (line.operation != Operation::full) {
                    delta = true;
                    m_last[line.id] = {file, position.line};
                }
                return file + 1 < m_files.size() || file > 0 || delta;  // one full file needs no first pass
            });
        }
        std::uint64_t usable = 0;
        for (std::size_t file = 0; file < m_files.size(); ++file) {
            each_line(file, true, [&](const Line& line, const base::Position& position) {
                ++usable;
                ++m_counts[line.operation == Operation::remove ? "DEL" : line.operation == Operation::add ? "ADD" : line.operation == Operation::modify ? "MOD" : "entity"];
                const auto last = m_last.find(line.id);
                const bool stands = last == m_last.end() || (last->second == std::pair(file, position.line) && line.operation != Operation::remove);
                if (stands) {
                    entity(line.entity, position);
                }
                return true;
            });
        }
        if (usable == 0 && m_lines > 0) {
            throw base::InputError(fmt::format("{}: no line is a FollowTheMoney entity", m_files.front().name),
                                   "give a file with one {\"id\", \"schema\", \"properties\"} object a line");
        }
        return {"", m_counts, 0};
    }

private:
    /// Calls `use` for each readable line until it says false; reports the others when `report`.
    template <typename Use>
    void each_line(std::size_t file, bool report, const Use& use) {
        TextLines lines(m_files[file], line_limit);
        while (lines.next()) {
            if (lines.line.find_first_not_of(" \t") == std::string::npos) {
                continue;
            }
            const base::Position position{m_files[file].name, lines.number, lines.byte};
            m_lines += report ? 1 : 0;
            const auto line = read_line(lines, position, report);
            if (line && !use(*line, position)) {
                return;
            }
            if (m_options.progress != nullptr && m_options.progress->interrupted()) {
                throw base::Interrupted("interrupted while reading " + m_files[file].name);
            }
            if (report && m_options.progress != nullptr) {
                m_options.progress->advance(lines.byte + lines.line.size());
            }
        }
    }

    std::optional<Line> read_line(const TextLines& lines, const base::Position& position, bool report) {
        const auto refuse = [&](std::string_view reason, std::string message) {
            if (report) {
                m_sink.issue({std::string(reason), std::move(message), position, {}, std::string(base::truncate_utf8(base::repair_utf8(std::string_view(lines.line).substr(0, 400)), 200))});
            }
            return std::nullopt;
        };
        if (lines.too_long) {
            return refuse("line-too-long", "a line of over 64 MB is not read");
        }
        if (base::find_invalid_utf8(lines.line) != std::string_view::npos) {
            return refuse("invalid-encoding", "the line is not valid UTF-8");
        }
        if (too_deep(lines.line)) {
            return refuse("malformed-json", fmt::format("the line has over {} brackets inside each other", depth_limit));
        }
        Json json = Json::parse(lines.line, nullptr, false);
        if (json.is_discarded() || !json.is_object()) {
            return refuse("malformed-json", "the line is no JSON object");
        }
        Line line;
        if (const auto op = json.find("op"); op != json.end()) {
            const std::string name = op->is_string() ? op->get<std::string>() : std::string();
            if (name != "ADD" && name != "MOD" && name != "DEL") {
                return refuse("unknown-operation", fmt::format("operation \"{}\" is not ADD, MOD or DEL", base::truncate_utf8(name, 40)));
            }
            line.operation = name == "ADD" ? Operation::add : name == "MOD" ? Operation::modify : Operation::remove;
            const auto inner = json.find("entity");
            if (inner == json.end() || !inner->is_object()) {
                return refuse("record-without-id", "an operation without an entity");
            }
            line.entity = std::move(*inner);
        } else {
            line.entity = std::move(json);
        }
        line.id = string_of(line.entity, "id");
        if (line.id.empty() || line.id.size() > id_limit) {
            return refuse("record-without-id", "an entity without a usable id cannot be kept");
        }
        return line;
    }

    /// The entity and those nested in it, as the API answers nest them.
    void entity(const Json& first, const base::Position& position) {
        std::vector<const Json*> waiting{&first};
        while (!waiting.empty()) {
            const Json& json = *waiting.back();
            waiting.pop_back();
            const std::string id = string_of(json, "id");
            const std::string name = string_of(json, "schema");
            const model::Schema* schema = model::find_schema(name);
            if (schema == nullptr) {
                m_sink.issue({"unknown-schema", fmt::format("schema \"{}\" is not known; the entity was not read", base::truncate_utf8(name, 80)), position, id,
                              std::string(base::truncate_utf8(string_of(json, "caption"), 200))});
                continue;
            }
            model::Entity entity(m_prefix + id, *schema);
            entity.position = position;
            const auto properties = json.find("properties");
            if (properties != json.end() && properties->is_object()) {
                for (const auto& [property, values] : properties->items()) {
                    if (!values.is_array()) {
                        value(entity, property, values, waiting);
                        continue;
                    }
                    for (const Json& each : values) {
                        value(entity, property, each, waiting);
                    }
                }
            }
            if (const auto referents = json.find("referents"); referents != json.end() && referents->is_array() && schema->has(m_referent)) {
                for (const Json& referent : *referents) {
                    if (referent.is_string() && referent.get_ref<const std::string&>() != id) {
                        entity.add(m_referent, referent.get_ref<const std::string&>());
                    }
                }
            }
            m_sink.entity(std::move(entity));
        }
    }

    void value(model::Entity& entity, const std::string& property, const Json& json, std::vector<const Json*>& waiting) {
        std::string text;
        if (json.is_string()) {
            text = json.get<std::string>();
        } else if (json.is_object()) {
            text = string_of(json, "id");
            if (!text.empty() && json.contains("schema")) {  // else a bare reference
                waiting.push_back(&json);
            }
        } else if (!json.is_null()) {
            text = json.dump();
        }
        const auto known = model::find_property(property);
        const bool reference = known && entity.schema->has(*known) && entity.schema->type_of(*known) == model::PropertyType::entity;
        if (json.is_object() && !reference) {
            return;  // the reverse view of a nested entity's own property, which says the same
        }
        m_values.add(entity, property, reference && !text.empty() ? m_prefix + text : text);
    }

    const record::FileSet& m_files;
    const ReadOptions& m_options;
    model::StatementSink& m_sink;
    TypedValues m_values;
    std::string m_prefix;
    model::Property m_referent = model::property("referent");
    std::unordered_map<std::string, std::pair<std::size_t, std::uint64_t>> m_last;  ///< id -> file and line of the last operation
    std::map<std::string, std::uint64_t> m_counts;
    std::uint64_t m_lines = 0;
};

class FtmJson final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "ftm_ndjson"; }

    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        if (files.empty()) {
            return false;
        }
        const std::string head = record::peek(files.front(), std::size_t{64} << 10);
        const std::size_t start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (start == std::string::npos || head[start] != '{') {
            return false;
        }
        const bool entity = head.find("\"schema\"") != std::string::npos && head.find("\"properties\"") != std::string::npos;
        const bool delta = head.find("\"op\"") != std::string::npos && head.find("\"entity\"") != std::string::npos;
        return entity || delta || (head.size() >= (std::size_t{64} << 10) && head.find("\"id\"") != std::string::npos);
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink) const override {
        return Reader(files, options, sink).read();
    }
};

}  // namespace

const Adapter& ftm_json() {
    static const FtmJson adapter;
    return adapter;
}

}  // namespace liaison::adapter
