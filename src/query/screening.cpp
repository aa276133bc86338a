#include "liaison/query/screening.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace liaison::query {

std::string unmet(const Context& context, const ListRequirements& requirements) {
    const auto wanted = [&](const std::string& dataset) {
        return requirements.feeds.empty() || std::find(requirements.feeds.begin(), requirements.feeds.end(), dataset) != requirements.feeds.end();
    };
    for (const std::string& feed : requirements.feeds)
        if (std::none_of(context.datasets.begin(), context.datasets.end(), [&](const DatasetVersion& version) { return version.dataset == feed; }))
            return fmt::format("the list {} is not in the store", feed);
    if (requirements.max_age)
        for (const DatasetVersion& version : context.datasets)
            if (wanted(version.dataset) && version.age_days > *requirements.max_age)
                return fmt::format("the list {} is {} days old, more than {}", version.dataset, version.age_days, *requirements.max_age);
    if (context.datasets.empty()) return "the store holds no list";
    return {};
}

ListedAs listed_as(const Engine& engine, index::Ordinal entity) {
    const index::EntitiesView& entities = engine.entities();
    ListedAs out{std::string(entities.id(entity)), std::string(entities.caption(entity)), entities.schema(entity).name, entities.datasets(entity), {}, {}, false};
    const index::NamesView& names = engine.index().names();
    if (const auto position = names.entity_of(entity)) {
        const auto& record = names.entities()[*position];
        out.listed = record.listed != 0;
        for (const index::Fact& fact : names.facts(record)) {
            if (fact.kind == index::FactKind::programme) out.programmes.emplace_back(names.text(fact.text));
            if (fact.kind == index::FactKind::listing_date) out.listing_dates.emplace_back(names.text(fact.text));
        }
        std::sort(out.programmes.begin(), out.programmes.end());
        std::sort(out.listing_dates.begin(), out.listing_dates.end());
    }
    return out;
}

Screened screen(const Engine& engine, match::BatchRecord record, const match::Options& options, const std::string& unmet_reason) {
    Screened out;
    out.record = std::move(record);
    out.reason = !out.record.unchecked.empty() ? out.record.unchecked : unmet_reason;
    if (!out.reason.empty()) return out;
    out.result = match::screen(engine.index().names(), out.record.query, options);
    out.reason = out.result.unchecked;
    if (out.result.cut) out.record.problems.emplace_back("the name is longer than is read: only its beginning was compared");
    return out;
}

Json query_json(const match::Query& query) {
    Json json = Json::object();
    if (query.schema != nullptr) json["schema"] = query.schema->name;
    const auto put = [&json](const char* key, const std::vector<std::string>& values) {
        if (!values.empty()) json[key] = values;
    };
    put("name", query.names);
    std::vector<std::string> dates;
    for (const model::Date& date : query.birth_dates) dates.push_back(model::to_string(date));
    put("birth_date", dates);
    put("nationality", query.nationalities);
    put("country", query.countries);
    if (!query.gender.empty()) json["gender"] = query.gender;
    put("birth_place", query.birth_places);
    put("address", query.addresses);
    put("id_number", query.identifiers);
    put("wallet", query.wallets);
    put("email", query.emails);
    put("phone", query.phones);
    return json;
}

Json to_json(const Engine& engine, const Screened& screened) {
    Json json;
    json["id"] = screened.record.query.id.empty() ? std::to_string(screened.record.number) : screened.record.query.id;
    if (screened.record.position.line > 0) json["line"] = screened.record.position.line;
    json["query"] = query_json(screened.record.query);
    json["status"] = screened.checked() ? "checked" : "unchecked";
    if (!screened.checked()) json["reason"] = screened.reason;
    if (!screened.record.problems.empty()) json["problems"] = screened.record.problems;
    Json matches = Json::array();
    for (const match::Match& match : screened.result.matches) {
        const ListedAs listed = listed_as(engine, match.entity);
        Json entry;
        entry["id"] = listed.id;
        entry["caption"] = listed.caption;
        entry["schema"] = listed.schema;
        entry["datasets"] = listed.datasets;
        entry["programmes"] = listed.programmes;
        entry["listing_dates"] = listed.listing_dates;
        entry["listed"] = listed.listed;
        entry["score"] = match.score;
        entry["match"] = match.match;
        entry["explanation"] = Json(match::to_json(match.explanation));
        matches.push_back(std::move(entry));
    }
    json["matches"] = std::move(matches);
    if (screened.result.total > screened.result.matches.size()) json["total"] = screened.result.total;
    return json;
}

}  // namespace liaison::query
