#include "adapter/ofac_labels.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/country.hpp"
#include "liaison_adapter_data.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <unordered_map>
#include <utility>

namespace liaison::adapter::ofac {
namespace {

/// Lower case (ASCII), single spaces, typewriter apostrophes.
std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.substr(i).starts_with("\xE2\x80\x99")) {  // U+2019
            out += '\'';
            i += 2;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            if (!out.empty() && out.back() != ' ') {
                out += ' ';
            }
        } else {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return out;
}

/// How much of `text` the folded label covers from its start, or npos.
std::size_t matched_length(std::string_view text, std::string_view folded) {
    std::size_t at = 0;
    for (const char expected : folded) {
        if (at >= text.size()) {
            return std::string_view::npos;
        }
        if (expected == '\'' && text.substr(at).starts_with("\xE2\x80\x99")) {
            at += 3;
            continue;
        }
        const char c = text[at];
        if (expected != (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c)) {
            return std::string_view::npos;
        }
        ++at;
    }
    return at;
}

std::string fold_label(std::string_view text) {
    std::string out = fold(text);
    while (!out.empty() && std::string_view(" -:.#").find(out.back()) != std::string_view::npos) {
        out.pop_back();
    }
    return out;
}

template <typename Enum, std::size_t size>
Enum named(const std::array<std::pair<std::string_view, Enum>, size>& names, const std::string& name) {
    for (const auto& [text, value] : names) {
        if (text == name) {
            return value;
        }
    }
    throw base::InternalError("ofac_labels.json: unknown word \"" + name + "\"");
}

constexpr std::array<std::pair<std::string_view, FeatureUse>, 15> use_names{{
    {"date", FeatureUse::date}, {"text", FeatureUse::text}, {"country", FeatureUse::country},
    {"gender", FeatureUse::gender}, {"location", FeatureUse::location}, {"wallet", FeatureUse::wallet},
    {"isin", FeatureUse::isin}, {"ticker", FeatureUse::ticker}, {"issuer", FeatureUse::issuer},
    {"owner", FeatureUse::owner}, {"operator", FeatureUse::operated_by}, {"summary", FeatureUse::summary},
    {"listing_date", FeatureUse::listing_date}, {"effective_date", FeatureUse::effective_date},
    {"note", FeatureUse::note}}};
constexpr std::array<std::pair<std::string_view, AliasKind>, 4> alias_names{
    {{"name", AliasKind::name}, {"aka", AliasKind::aka}, {"fka", AliasKind::fka}, {"nka", AliasKind::nka}}};
constexpr std::array<std::pair<std::string_view, PartKind>, 8> part_names{
    {{"first", PartKind::first}, {"middle", PartKind::middle}, {"last", PartKind::last}, {"maiden", PartKind::maiden},
     {"patronymic", PartKind::patronymic}, {"matronymic", PartKind::matronymic}, {"nickname", PartKind::nickname},
     {"whole", PartKind::whole}}};

struct Tables {
    std::deque<LabelRule> rules;
    std::unordered_map<std::string, const LabelRule*> labels;
    std::vector<std::pair<std::string, const LabelRule*>> prefixes;  // folded
    std::vector<std::pair<std::string, const LabelRule*>> by_length;  // folded labels, longest first
    std::unordered_map<std::string, RelationRule> relations;
    std::unordered_map<std::string, std::string> scripts;
    std::unordered_map<std::string, AliasKind> aliases;
    std::unordered_map<std::string, PartKind> parts;
    std::unordered_map<std::string, std::string> countries;

    Tables() {
        const auto json = nlohmann::json::parse(data::ofac_labels_json());
        for (const auto& [label, entry] : json.at("documents").items()) {
            LabelRule rule{label, true, &model::schema(entry.at("schema").get<std::string>()), {}, {}};
            add(std::move(rule), entry);
        }
        for (const auto& [label, entry] : json.at("features").items()) {
            add({label, false, nullptr, named(use_names, entry.at("as")), {}}, entry);
        }
        for (const auto& entry : json.at("feature_prefixes")) {
            rules.push_back({entry.at("prefix"), false, nullptr, named(use_names, entry.at("as")), {}});
            prefixes.emplace_back(fold(rules.back().label), &rules.back());
        }
        for (const auto& [folded, rule] : labels) {
            by_length.emplace_back(folded, rule);
        }
        std::sort(by_length.begin(), by_length.end(), [](const auto& one, const auto& other) {
            return std::pair(other.first.size(), one.first) < std::pair(one.first.size(), other.first);
        });
        for (const auto& [label, entry] : json.at("relations").items()) {
            const model::Schema& schema = model::schema(entry.at("schema").get<std::string>());
            if (!schema.edge) {
                throw base::InternalError("ofac_labels.json: " + schema.name + " is no edge");
            }
            relations[fold_label(label)] = {&schema, entry.at("direction") == "reverse"};
        }
        for (const auto& [label, language] : json.at("scripts").items()) {
            scripts[fold_label(label)] = language;
        }
        for (const auto& [label, kind] : json.at("aliases").items()) {
            aliases[fold_label(label)] = named(alias_names, kind);
        }
        for (const auto& [label, kind] : json.at("name_parts").items()) {
            parts[fold_label(label)] = named(part_names, kind);
        }
        for (const auto& [name, code] : json.at("countries").items()) {
            countries[fold(name)] = code;
        }
    }

    void add(LabelRule rule, const nlohmann::json& entry) {
        if (entry.contains("properties")) {
            for (const auto& name : entry.at("properties")) {
                rule.properties.push_back(model::property(name.get<std::string>()));
            }
        }
        rules.push_back(std::move(rule));
        if (!labels.emplace(fold_label(rules.back().label), &rules.back()).second) {
            throw base::InternalError("ofac_labels.json: label \"" + rules.back().label + "\" is given twice");
        }
    }
};

const Tables& tables() {
    static const Tables all;
    return all;
}

template <typename Map>
auto find_in(const Map& map, std::string_view label) -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(fold_label(label));
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

const LabelRule* find_label(std::string_view label) {
    const Tables& all = tables();
    if (const auto found = all.labels.find(fold_label(label)); found != all.labels.end()) {
        return found->second;
    }
    const std::string folded = fold(label);
    for (const auto& [prefix, rule] : all.prefixes) {
        if (folded.starts_with(prefix)) {
            return rule;
        }
    }
    return nullptr;
}

LabelledText split_label(std::string_view item) {
    const Tables& all = tables();
    const auto after = [&](std::string_view label, std::size_t end) {
        std::string_view value = item.substr(end);
        const std::size_t start = value.find_first_not_of(" :#.-");
        // "National ID No. -5" does not occur; a sign before a number would be part of the number.
        value.remove_prefix(std::min(start, value.size()));
        return std::pair(label, value);
    };
    for (const auto& [label, rule] : all.by_length) {
        const std::size_t end = matched_length(item, label);
        if (end != std::string_view::npos && (end == item.size() || std::string_view(" :#.-").find(item[end]) != std::string_view::npos)) {
            const auto [text, value] = after(item.substr(0, end), end);
            return {rule, text, value};
        }
    }
    for (const auto& [prefix, rule] : all.prefixes) {
        std::size_t end = matched_length(item, prefix);
        if (end == std::string_view::npos) {
            continue;
        }
        // The label goes on to its own end: a ticker, a closing bracket, a colon or a dash.
        if (rule->use == FeatureUse::wallet) {
            end = std::min(item.find(' ', end), item.size());
        } else if (prefix.ends_with('(')) {
            const std::size_t close = item.find(')', end);
            end = close == std::string_view::npos ? item.size() : close + 1;
        } else {
            const std::size_t colon = std::min(item.find(':', end), item.find(" - ", end));
            if (colon == std::string_view::npos) {
                continue;
            }
            end = colon;
        }
        const auto [text, value] = after(item.substr(0, end), end);
        return {rule, text, value};
    }
    return {};
}

const RelationRule* find_relation(std::string_view type) {
    const auto& relations = tables().relations;
    const auto found = relations.find(fold_label(type));
    return found == relations.end() ? nullptr : &found->second;
}

std::optional<std::string_view> script_language(std::string_view script) {
    const auto& scripts = tables().scripts;
    const auto found = scripts.find(fold_label(script));
    return found == scripts.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::optional<AliasKind> find_alias_kind(std::string_view label) { return find_in(tables().aliases, label); }

std::optional<PartKind> find_part_kind(std::string_view label) { return find_in(tables().parts, label); }

std::optional<std::string> country_of(std::string_view name) {
    const auto& countries = tables().countries;
    if (const auto found = countries.find(fold(name)); found != countries.end()) {
        return found->second;
    }
    return model::country_code(name);
}

}  // namespace liaison::adapter::ofac
