#include "feed/json_schema.hpp"

#include "liaison/base/error.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <regex>
#include <vector>

namespace liaison::feed {
namespace {

using Json = nlohmann::json;
using Found = std::optional<SchemaViolation>;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxPatternInput = 4096;  // std::regex recurses on its input

std::size_t code_points(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

bool has_type(const Json& value, const std::string& type) {
    if (type == "object") {
        return value.is_object();
    }
    if (type == "array") {
        return value.is_array();
    }
    if (type == "string") {
        return value.is_string();
    }
    if (type == "boolean") {
        return value.is_boolean();
    }
    if (type == "integer") {
        return value.is_number_integer();
    }
    if (type == "number") {
        return value.is_number();
    }
    if (type == "null") {
        return value.is_null();
    }
    throw base::InternalError(fmt::format("JSON schema: unknown type {}", type));
}

class Validator {
public:
    explicit Validator(const Json& root) : m_root(root) {}

    Found check(const Json& schema, const Json& value, const std::string& pointer, int depth) const {
        if (depth > kMaxDepth) {
            return SchemaViolation{pointer, "is nested too deep"};
        }
        for (const auto& [keyword, argument] : schema.items()) {
            if (auto found = check_keyword(schema, keyword, argument, value, pointer, depth)) {
                return found;
            }
        }
        return std::nullopt;
    }

private:
    Found check_keyword(const Json& schema, const std::string& keyword, const Json& argument, const Json& value,
                        const std::string& pointer, int depth) const {
        const auto violation = [&](std::string rule) { return SchemaViolation{pointer, std::move(rule)}; };
        if (keyword == "type") {
            if (!has_type(value, argument.get<std::string>())) {
                return violation(fmt::format("is not of type {}", argument.get<std::string>()));
            }
        } else if (keyword == "required") {
            for (const auto& name : argument) {
                if (value.is_object() && !value.contains(name.get<std::string>())) {
                    return violation(fmt::format("is missing '{}'", name.get<std::string>()));
                }
            }
        } else if (keyword == "properties") {
            return check_properties(argument, value, pointer, depth);
        } else if (keyword == "additionalProperties") {
            return check_additional(schema, argument, value, pointer, depth);
        } else if (keyword == "items") {
            for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
                if (auto found = check(argument, value[i], fmt::format("{}/{}", pointer, i), depth + 1)) {
                    return found;
                }
            }
        } else if (keyword == "enum") {
            for (const auto& choice : argument) {
                if (choice == value) {
                    return std::nullopt;
                }
            }
            return violation(fmt::format("is not one of {}", argument.dump()));
        } else if (keyword == "const") {
            if (argument != value) {
                return violation(fmt::format("is not {}", argument.dump()));
            }
        } else if (keyword == "oneOf") {
            int matches = 0;
            for (const auto& choice : argument) {
                matches += check(choice, value, pointer, depth + 1) ? 0 : 1;
            }
            if (matches != 1) {
                return violation(fmt::format("fits {} of {} forms in the place of exactly one", matches, argument.size()));
            }
        } else if (keyword == "$ref") {
            const auto& target = argument.get_ref<const std::string&>();
            if (target.rfind("#/", 0) != 0) {
                throw base::InternalError(fmt::format("JSON schema: reference {} is not into this schema", target));
            }
            return check(m_root.at(Json::json_pointer(target.substr(1))), value, pointer, depth + 1);
        } else {
            return check_bound(keyword, argument, value, pointer);
        }
        return std::nullopt;
    }

    static Found check_bound(const std::string& keyword, const Json& argument, const Json& value,
                             const std::string& pointer) {
        const auto violation = [&](std::string rule) { return SchemaViolation{pointer, std::move(rule)}; };
        if (keyword == "pattern") {
            if (value.is_string()) {
                const auto& text = value.get_ref<const std::string&>();
                const auto& pattern = argument.get_ref<const std::string&>();
                if (text.size() > kMaxPatternInput || !std::regex_search(text, std::regex(pattern))) {
                    return violation(fmt::format("does not match {}", pattern));
                }
            }
        } else if (keyword == "minimum") {
            if (value.is_number() && value.get<double>() < argument.get<double>()) {
                return violation(fmt::format("is less than {}", argument.dump()));
            }
        } else if (keyword == "maximum") {
            if (value.is_number() && value.get<double>() > argument.get<double>()) {
                return violation(fmt::format("is more than {}", argument.dump()));
            }
        } else if (keyword == "minItems") {
            if (value.is_array() && value.size() < argument.get<std::size_t>()) {
                return violation(fmt::format("has fewer than {} items", argument.dump()));
            }
        } else if (keyword == "maxItems") {
            if (value.is_array() && value.size() > argument.get<std::size_t>()) {
                return violation(fmt::format("has more than {} items", argument.dump()));
            }
        } else if (keyword == "minLength") {
            if (value.is_string() && code_points(value.get_ref<const std::string&>()) < argument.get<std::size_t>()) {
                return violation(fmt::format("is shorter than {} characters", argument.dump()));
            }
        } else if (keyword == "maxLength") {
            if (value.is_string() && code_points(value.get_ref<const std::string&>()) > argument.get<std::size_t>()) {
                return violation(fmt::format("is longer than {} characters", argument.dump()));
            }
        } else if (keyword != "$schema" && keyword != "$id" && keyword != "$defs" && keyword != "title" &&
                   keyword != "description" && keyword != "$comment" && keyword != "examples" && keyword != "default") {
            throw base::InternalError(fmt::format("JSON schema: keyword {} is not supported", keyword));
        }
        return std::nullopt;
    }

    Found check_properties(const Json& properties, const Json& value, const std::string& pointer, int depth) const {
        if (!value.is_object()) {
            return std::nullopt;
        }
        for (const auto& [name, member] : value.items()) {
            const auto schema = properties.find(name);
            if (schema != properties.end()) {
                if (auto found = check(*schema, member, pointer + "/" + name, depth + 1)) {
                    return found;
                }
            }
        }
        return std::nullopt;
    }

    Found check_additional(const Json& schema, const Json& argument, const Json& value, const std::string& pointer,
                           int depth) const {
        if (!value.is_object()) {
            return std::nullopt;
        }
        const auto properties = schema.find("properties");
        for (const auto& [name, member] : value.items()) {
            if (properties != schema.end() && properties->contains(name)) {
                continue;
            }
            if (argument.is_boolean()) {
                if (!argument.get<bool>()) {
                    std::vector<std::string> known;
                    if (properties != schema.end()) {
                        for (const auto& entry : properties->items()) {
                            known.push_back(entry.key());
                        }
                    }
                    return SchemaViolation{pointer, fmt::format("has the unknown member '{}' (known: {})", name,
                                                                fmt::join(known, ", "))};
                }
            } else if (auto found = check(argument, member, pointer + "/" + name, depth + 1)) {
                return found;
            }
        }
        return std::nullopt;
    }

    const Json& m_root;
};

}  // namespace

std::optional<SchemaViolation> find_violation(const Json& schema, const Json& value) {
    return Validator(schema).check(schema, value, "", 0);
}

}  // namespace liaison::feed
