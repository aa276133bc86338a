// Parts have ids derived from their content: when a programme is added to a listing, one Sanction ends and another
// begins. A reader wants "Sanction:program + IRAN", so parts of one schema that went and came are paired, those with
// most values in common first, and compared property by property. What is left over came or went as a whole.

#include "query/life.hpp"

#include "liaison/base/utf8.hpp"
#include "liaison/model/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace liaison::query {
namespace {

constexpr std::size_t kSummaryBytes = 200;

/// The newest schema that the statements give; null when it is not in the vocabulary.
const model::Schema* schema_of(const std::vector<store::Statement>& statements) {
    const model::Schema* schema = nullptr;
    for (const store::Statement& statement : statements) {
        if (statement.property == "schema") {
            if (const model::Schema* found = model::find_schema(statement.value)) {
                schema = found;
            }
        }
    }
    return schema;
}

bool is_part(const model::Schema& schema) {
    return schema.edge.has_value() || (schema.is_a("Interval") && !schema.is_a("Thing")) || schema.is_a("Address") ||
           schema.is_a("CryptoWallet");
}

/// The property by which a part names its owner, "" when the owner names the part.
std::string owner_property(const model::Schema& schema) {
    if (schema.edge) {
        return model::to_string(schema.edge->source);
    }
    for (const char* name : {"entity", "holder"}) {
        const auto property = model::find_property(name);
        if (property && schema.has(*property)) {
            return name;
        }
    }
    return "";
}

const std::string* value_of(const std::vector<store::Statement>& statements, std::string_view property) {
    const std::string* found = nullptr;
    for (const store::Statement& statement : statements) {
        if (statement.property == property) {
            found = &statement.value;
        }
    }
    return found;
}

std::string caption_of(const std::vector<store::Statement>& statements, std::int64_t snapshot, const model::Schema* schema) {
    if (schema == nullptr) {
        return "";
    }
    for (const model::Property property : schema->captions) {
        const std::string& name = model::to_string(property);
        for (const store::Statement& statement : statements) {
            if (statement.property == name && stands(statement, snapshot)) {
                return statement.value;
            }
        }
    }
    return "";
}

std::map<std::string, std::vector<Text>> values_at(const std::vector<store::Statement>& statements, std::int64_t snapshot) {
    std::map<std::string, std::vector<Text>> values;
    for (const store::Statement& statement : statements) {
        if (statement.property != "schema" && stands(statement, snapshot)) {
            values[statement.property].push_back({statement.value, statement.original});
        }
    }
    return values;
}

bool is_reference(std::string_view schema_name, std::string_view property_name) {
    const model::Schema* schema = model::find_schema(schema_name);
    const auto property = model::find_property(property_name);
    return schema != nullptr && property && schema->has(*property) &&
           schema->type_of(*property) == model::PropertyType::entity;
}

/// Values of one that the other lacks, each once, in order.
std::vector<std::string> missing_in(const std::vector<Text>& one, const std::vector<Text>& other, bool originals) {
    std::vector<std::string> missing;
    const auto text = [&](const Text& value) -> const std::string& { return originals ? value.original : value.value; };
    for (const Text& value : one) {
        const bool known = std::any_of(other.begin(), other.end(), [&](const Text& each) { return text(each) == text(value); });
        if (!known && !text(value).empty() && std::find(missing.begin(), missing.end(), text(value)) == missing.end()) {
            missing.push_back(text(value));
        }
    }
    return missing;
}

void compare_values(Lives& lives, std::string_view schema, const std::string& part, const std::string& skip,
                    const std::map<std::string, std::vector<Text>>& before,
                    const std::map<std::string, std::vector<Text>>& after, std::vector<PropertyChange>& changes) {
    static const std::vector<Text> kNone;
    std::set<std::string> properties;
    for (const auto* side : {&before, &after}) {
        for (const auto& [property, values] : *side) {
            properties.insert(property);
        }
    }
    properties.erase(skip);
    for (const std::string& property : properties) {
        const auto old = before.find(property);
        const auto now = after.find(property);
        const std::vector<Text>& old_values = old == before.end() ? kNone : old->second;
        const std::vector<Text>& new_values = now == after.end() ? kNone : now->second;
        PropertyChange change;
        change.property = part.empty() ? property : fmt::format("{}:{}", schema, property);
        change.part = part;
        change.removed = missing_in(old_values, new_values, false);
        change.added = missing_in(new_values, old_values, false);
        if (change.removed.empty() && change.added.empty()) {
            change.removed = missing_in(old_values, new_values, true);
            change.added = missing_in(new_values, old_values, true);
            change.property += " (as published)";
            if (change.removed.empty() && change.added.empty()) {
                continue;
            }
        } else if (is_reference(schema, property)) {
            for (auto* side : {&change.removed, &change.added}) {
                for (std::string& value : *side) {
                    value = lives.reference(value);
                }
            }
        }
        changes.push_back(std::move(change));
    }
}

std::size_t in_common(const State::PartState& one, const State::PartState& other) {
    std::size_t count = 0;
    for (const auto& [property, values] : one.values) {
        const auto found = other.values.find(property);
        if (property == one.owner_property || found == other.values.end()) {
            continue;
        }
        for (const Text& value : values) {
            count += static_cast<std::size_t>(std::any_of(found->second.begin(), found->second.end(),
                                                          [&](const Text& each) { return each.value == value.value; }));
        }
    }
    return count;
}

std::string summary(Lives& lives, const State::PartState& part) {
    std::string text;
    for (const auto& [property, values] : part.values) {
        if (property == part.owner_property) {
            continue;
        }
        for (const Text& value : values) {
            const bool reference = is_reference(part.schema, property);
            text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", property, reference ? lives.reference(value.value) : value.value);
        }
    }
    return text.size() > kSummaryBytes ? std::string(base::truncate_utf8(text, kSummaryBytes)) + "…" : text;
}

}  // namespace

std::vector<std::string> State::programmes() const {
    std::set<std::string> found;
    for (const auto& [id, part] : parts) {
        if (part.schema == "Sanction") {
            if (const auto named = part.values.find("program"); named != part.values.end()) {
                for (const Text& value : named->second) {
                    found.insert(value.value);
                }
            }
        }
    }
    return {found.begin(), found.end()};
}

std::vector<store::Statement> Lives::statements(const std::string& id) const {
    std::vector<store::Statement> found = m_store.statements_of(id, {}, true);
    std::erase_if(found, [&](const store::Statement& statement) { return statement.dataset != m_dataset; });
    return found;
}

std::map<std::string, Life> Lives::load(const std::set<std::string>& touched) {
    std::map<std::string, std::vector<store::Statement>> parts;  // by id
    std::map<std::string, std::string> owner_of;                 // part -> owner, where the part says so
    std::set<std::string> owned_by_reference;
    std::set<std::string> subjects;
    for (const std::string& id : touched) {
        std::vector<store::Statement> own = statements(id);
        const model::Schema* schema = schema_of(own);
        if (schema == nullptr || !is_part(*schema)) {
            if (!own.empty()) {
                subjects.insert(id);
            }
            continue;
        }
        const std::string property = owner_property(*schema);
        const std::string* owner = property.empty() ? nullptr : value_of(own, property);
        if (owner != nullptr) {
            owner_of[id] = *owner;
        } else {
            owned_by_reference.insert(id);
        }
        parts[id] = std::move(own);
    }
    std::map<std::string, std::set<std::string>> named;  // owner -> parts it names
    for (const store::Statement& statement : m_store.statements_referring_to(owned_by_reference)) {
        if (statement.dataset == m_dataset) {
            named[statement.entity].insert(statement.value);
        }
    }
    for (const auto& [owner, ids] : named) {
        subjects.insert(owner);
        for (const std::string& id : ids) {
            owned_by_reference.erase(id);
        }
    }
    // What nobody owns speaks for itself.
    for (const std::string& id : owned_by_reference) {
        subjects.insert(id);
    }
    for (const auto& [part, owner] : owner_of) {
        subjects.insert(owner);
    }
    // A part of a part (a wallet's own listing) counts for itself unless its owner is a subject.
    for (const store::Statement& statement : m_store.statements_referring_to(subjects)) {
        if (statement.dataset != m_dataset || owner_of.contains(statement.entity)) {
            continue;
        }
        std::vector<store::Statement> own = statements(statement.entity);
        const model::Schema* schema = schema_of(own);
        if (schema != nullptr && is_part(*schema) && owner_property(*schema) == statement.property) {
            owner_of[statement.entity] = statement.value;
            parts[statement.entity] = std::move(own);
        }
    }
    std::map<std::string, Life> lives;
    for (const std::string& id : subjects) {
        if (owner_of.contains(id) && subjects.contains(owner_of[id])) {
            continue;
        }
        Life& life = lives[id];
        life.id = id;
        life.own = statements(id);
    }
    for (const auto& [part, owner] : owner_of) {
        if (const auto life = lives.find(owner); life != lives.end() && part != owner) {
            life->second.parts[part] = {parts[part], false};
        }
    }
    for (const auto& [owner, ids] : named) {
        if (const auto life = lives.find(owner); life != lives.end()) {
            for (const std::string& id : ids) {
                life->second.parts[id] = {parts[id], true};
            }
        }
    }
    return lives;
}

State Lives::state(const Life& life, std::int64_t snapshot) {
    State state;
    std::vector<store::Statement> standing;
    for (const store::Statement& statement : life.own) {
        if (stands(statement, snapshot)) {
            standing.push_back(statement);
        }
    }
    const model::Schema* schema = schema_of(standing);
    state.exists = schema != nullptr;
    state.schema = schema == nullptr ? "" : schema->name;
    state.caption = caption_of(standing, snapshot, schema);
    state.values = values_at(standing, snapshot);
    for (const auto& [id, part] : life.parts) {
        std::vector<store::Statement> now;
        for (const store::Statement& statement : part.statements) {
            if (stands(statement, snapshot)) {
                now.push_back(statement);
            }
        }
        const model::Schema* part_schema = schema_of(now);
        if (part_schema == nullptr) {
            continue;
        }
        State::PartState each;
        each.schema = part_schema->name;
        each.owner_property = owner_property(*part_schema);
        each.named_by_owner = part.named_by_owner;
        each.values = values_at(now, snapshot);
        state.listed = state.listed || (each.schema == "Sanction" && !each.values.contains("endDate"));
        state.parts.emplace(id, std::move(each));
    }
    return state;
}

const std::string& Lives::reference(const std::string& id) {
    const auto known = m_references.find(id);
    if (known != m_references.end()) {
        return known->second;
    }
    const std::vector<store::Statement> found = statements(id);
    std::string caption;
    // The newest words first: a reference of the past may be to something that is gone.
    for (auto statement = found.rbegin(); statement != found.rend() && caption.empty(); ++statement) {
        caption = caption_of(found, statement->first, schema_of(found));
    }
    return m_references.emplace(id, caption.empty() || caption == id ? id : fmt::format("{} ({})", caption, id)).first->second;
}

std::vector<PropertyChange> compare(Lives& lives, const State& before, const State& after) {
    std::vector<PropertyChange> changes;
    if (before.schema != after.schema && before.exists && after.exists) {
        changes.push_back({"schema", "", {before.schema}, {after.schema}});
    }
    compare_values(lives, after.exists ? after.schema : before.schema, "", "", before.values, after.values, changes);

    std::vector<std::string> gone;
    std::vector<std::string> come;
    for (const auto& [id, part] : before.parts) {
        const auto same = after.parts.find(id);
        if (same != after.parts.end()) {
            compare_values(lives, part.schema, id, part.owner_property, part.values, same->second.values, changes);
        } else if (!part.named_by_owner) {
            gone.push_back(id);
        }
    }
    for (const auto& [id, part] : after.parts) {
        if (!before.parts.contains(id) && !part.named_by_owner) {
            come.push_back(id);
        }
    }
    std::vector<std::tuple<std::size_t, std::string, std::string>> pairs;
    for (const std::string& old : gone) {
        for (const std::string& now : come) {
            const State::PartState& one = before.parts.at(old);
            const State::PartState& other = after.parts.at(now);
            const std::size_t shared = one.schema == other.schema ? in_common(one, other) : 0;
            if (shared > 0) {
                pairs.emplace_back(shared, old, now);
            }
        }
    }
    std::sort(pairs.begin(), pairs.end(), [](const auto& one, const auto& other) {
        return std::get<0>(one) != std::get<0>(other) ? std::get<0>(one) > std::get<0>(other) : one < other;
    });
    std::set<std::string> used;
    for (const auto& [shared, old, now] : pairs) {
        if (used.contains(old) || used.contains(now)) {
            continue;
        }
        used.insert(old);
        used.insert(now);
        const State::PartState& part = after.parts.at(now);
        compare_values(lives, part.schema, now, part.owner_property, before.parts.at(old).values, part.values, changes);
    }
    for (const std::string& id : gone) {
        if (!used.contains(id)) {
            const State::PartState& part = before.parts.at(id);
            changes.push_back({part.schema, id, {summary(lives, part)}, {}});
        }
    }
    for (const std::string& id : come) {
        if (!used.contains(id)) {
            const State::PartState& part = after.parts.at(id);
            changes.push_back({part.schema, id, {}, {summary(lives, part)}});
        }
    }
    return changes;
}

}  // namespace liaison::query
