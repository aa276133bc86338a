#include "liaison/model/entity.hpp"

#include "liaison/base/hash.hpp"

#include <algorithm>

namespace liaison::model {

void Entity::add(Property property, std::string_view text, std::string_view lang, std::string_view original) {
    if (text.empty()) {
        return;
    }
    const bool known = std::any_of(values.begin(), values.end(), [&](const Value& value) {
        return value.property == property && value.text == text && value.lang == lang;
    });
    if (!known) {
        values.push_back({property, std::string(text), std::string(lang),
                          original == text ? std::string() : std::string(original)});
    }
}

std::vector<std::string_view> Entity::all(Property property) const {
    std::vector<std::string_view> texts;
    for (const Value& value : values) {
        if (value.property == property) {
            texts.push_back(value.text);
        }
    }
    return texts;
}

std::string_view Entity::first(Property property) const {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const Value& value) { return value.property == property; });
    return found == values.end() ? std::string_view() : std::string_view(found->text);
}

bool Entity::has(Property property) const {
    return std::any_of(values.begin(), values.end(), [&](const Value& value) { return value.property == property; });
}

std::string_view Entity::caption() const {
    for (const Property property : schema->captions) {
        if (const auto text = first(property); !text.empty()) {
            return text;
        }
    }
    return id;
}

std::string derived_id(std::string_view prefix, std::initializer_list<std::string_view> parts) {
    std::string joined;
    for (const std::string_view part : parts) {
        joined += std::to_string(part.size());
        joined += ':';
        joined += part;
    }
    const auto digest = base::sha256(joined);
    return std::string(prefix) + '-' + base::to_hex(std::span(digest).first(10));
}

}  // namespace liaison::model
