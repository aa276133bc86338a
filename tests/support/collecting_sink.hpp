#pragma once
// Collects what an adapter gives, fragments of one id joined as the store joins them.

#include "liaison/model/entity.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::test {

class CollectingSink final : public model::StatementSink {
public:
    void entity(model::Entity entity) override {
        const auto [place, added] = entities.try_emplace(entity.id, entity);
        if (added) {
            return;
        }
        if (const model::Schema* common = model::common_schema(*place->second.schema, *entity.schema)) {
            place->second.schema = common;
        } else {
            conflicts.push_back(entity.id);
        }
        for (const model::Value& value : entity.values) {
            place->second.add(value.property, value.text, value.lang, value.original);
        }
    }
    void issue(base::Issue issue) override { issues.push_back(std::move(issue)); }

    [[nodiscard]] std::size_t count(std::string_view schema) const {
        return static_cast<std::size_t>(std::count_if(entities.begin(), entities.end(), [&](const auto& item) { return item.second.schema->name == schema; }));
    }
    [[nodiscard]] std::size_t issues_of(std::string_view reason) const {
        return static_cast<std::size_t>(std::count_if(issues.begin(), issues.end(), [&](const auto& issue) { return issue.reason == reason; }));
    }
    /// All texts of a property, joined by " | ".
    [[nodiscard]] std::string text(const std::string& id, std::string_view property) const {
        std::string joined;
        const auto found = entities.find(id);
        if (found == entities.end()) {
            return "no " + id;
        }
        for (const std::string_view value : found->second.all(model::property(property))) {
            joined += joined.empty() ? "" : " | ";
            joined += value;
        }
        return joined;
    }
    /// The first entity of that schema of which the property has that value, or null.
    [[nodiscard]] const model::Entity* find(std::string_view schema, std::string_view property, std::string_view value) const {
        for (const auto& [id, entity] : entities) {
            const auto all = entity.all(model::property(property));
            if (entity.schema->name == schema && std::find(all.begin(), all.end(), value) != all.end()) {
                return &entity;
            }
        }
        return nullptr;
    }

    std::map<std::string, model::Entity> entities;
    std::vector<base::Issue> issues;
    std::vector<std::string> conflicts;  ///< ids of fragments whose schemata cannot be one thing
};

}  // namespace liaison::test
