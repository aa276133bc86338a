#include "liaison/monitor/book.hpp"

#include "liaison/base/error.hpp"
#include "liaison/match/batch.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace liaison::monitor {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxName = 40;
constexpr std::uint64_t kAlertsLimit = std::uint64_t{1} << 32;

base::Path beside(const base::Path& db, std::string_view suffix) {
    base::Path path = db;
    path += std::string(suffix);
    return path;
}

Json parsed(const std::string& line, const base::Path& path, std::uint64_t number) {
    Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) {
        throw base::InputError(fmt::format("{}:{}: not a line of a book", path.string(), number), "restore the file, or give the book anew with 'liaison screen --book'");
    }
    return json;
}

}  // namespace

nlohmann::ordered_json record_json(const match::Query& query) {
    Json json;
    json["id"] = query.id;
    if (query.schema != nullptr) {
        json["schema"] = query.schema->name;
    }
    const auto put = [&](const char* column, const std::vector<std::string>& values) {
        if (!values.empty()) {
            json[column] = values;
        }
    };
    std::vector<std::string> dates;
    for (const model::Date& date : query.birth_dates) {
        dates.push_back(model::to_string(date));
    }
    put("name", query.names);
    put("birth_date", dates);
    put("country", query.countries);
    put("nationality", query.nationalities);
    put("birth_place", query.birth_places);
    put("address", query.addresses);
    put("id_number", query.identifiers);
    put("wallet", query.wallets);
    put("email", query.emails);
    put("phone", query.phones);
    if (!query.gender.empty()) {
        json["gender"] = query.gender;
    }
    return json;
}

match::Query query_from(const nlohmann::ordered_json& json) {
    match::Query query;
    query.id = json.value("id", "");
    query.schema = model::find_schema(json.value("schema", ""));
    query.gender = json.value("gender", "");
    const auto take = [&](const char* column, std::vector<std::string>& values) {
        if (json.contains(column)) {
            values = json[column].get<std::vector<std::string>>();
        }
    };
    take("name", query.names);
    take("country", query.countries);
    take("nationality", query.nationalities);
    take("birth_place", query.birth_places);
    take("address", query.addresses);
    take("id_number", query.identifiers);
    take("wallet", query.wallets);
    take("email", query.emails);
    take("phone", query.phones);
    std::vector<std::string> dates;
    take("birth_date", dates);
    for (const std::string& text : dates) {
        if (const auto date = model::parse_edtf(text)) {
            query.birth_dates.push_back(*date);
        }
    }
    return query;
}

Book::Book(base::Path db, std::string name) : m_db(std::move(db)), m_name(std::move(name)) {
    if (m_name.empty() || m_name.size() > kMaxName || m_name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos) {
        throw base::UsageError(fmt::format("\"{}\" is no name of a book", m_name), "use 1 to 40 of a-z, 0-9, - and _");
    }
}

base::Path Book::records_path() const { return beside(m_db, ".book-" + m_name); }
base::Path Book::alerts_path() const { return beside(m_db, ".alerts-" + m_name); }

std::vector<std::string> Book::all(const base::Files& files, const base::Path& db) {
    const std::string prefix = db.filename().string() + ".alerts-";
    std::vector<std::string> names;
    for (const base::Path& path : files.list(db.parent_path().empty() ? base::Path(".") : db.parent_path())) {
        const std::string file = path.filename().string();
        if (file.starts_with(prefix) && !file.ends_with(".part")) {
            names.push_back(file.substr(prefix.size()));
        }
    }
    return names;
}

void Book::save_records(base::Files& files, const std::vector<match::Query>& records, const Screening& screening) const {
    const match::Options& options = screening.options;
    std::string text = Json{{"book", m_name}, {"screened_against", screening.state}, {"threshold", options.threshold},
                            {"limit", options.limit}, {"weak_aliases", options.weak_aliases}}.dump() + "\n";
    for (const match::Query& record : records) {
        text += record_json(record).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    base::publish(files, records_path(), text);
}

std::vector<match::Query> Book::records() const {
    std::ifstream stream(records_path(), std::ios::binary);
    if (!stream) {
        throw base::InputError(fmt::format("there is no book \"{}\"", m_name), "begin one with 'liaison screen --book NAME FILE'");
    }
    std::vector<match::Query> records;
    std::string line;
    for (std::uint64_t number = 1; std::getline(stream, line); ++number) {
        const Json json = parsed(line, records_path(), number);
        if (number == 1) {
            continue;
        }
        try {
            records.push_back(query_from(json));
        } catch (const nlohmann::json::exception&) {
            throw base::InputError(fmt::format("{}:{}: not a line of a book", records_path().string(), number));
        }
    }
    return records;
}

Screening Book::screening() const {
    std::ifstream stream(records_path(), std::ios::binary);
    std::string line;
    Screening screening;
    if (std::getline(stream, line)) {
        const Json header = parsed(line, records_path(), 1);
        screening.state = header.value("screened_against", "");
        screening.options.threshold = header.value("threshold", screening.options.threshold);
        screening.options.limit = header.value("limit", screening.options.limit);
        screening.options.weak_aliases = header.value("weak_aliases", false);
    }
    return screening;
}

std::vector<Alert> Book::alerts(const base::Files& files) const {
    if (!files.exists(alerts_path())) {
        return {};
    }
    const Json json = Json::parse(files.read(alerts_path(), kAlertsLimit), nullptr, false);
    if (!json.is_array()) {
        throw base::InputError(fmt::format("{} is damaged", alerts_path().string()), "restore it from a backup");
    }
    std::vector<Alert> alerts;
    for (const Json& each : json) {
        const auto state = find_state(each.value("state", ""));
        if (!state) {
            throw base::InputError(fmt::format("{} holds an alert of unknown state", alerts_path().string()));
        }
        alerts.push_back({each.value("id", ""), each.value("record", ""), each.value("entity", ""), each.value("caption", ""),
                          each.value("score", 0.0), *state, each.value("evidence", std::map<std::string, std::string>{}),
                          each.value("opened_at", ""), each.value("changed_at", ""), each.value("reason", ""), each.value("who", "")});
    }
    return alerts;
}

void Book::save_alerts(base::Files& files, const std::vector<Alert>& alerts) const {
    Json json = Json::array();
    for (const Alert& alert : alerts) {
        json.push_back(to_json(alert));
    }
    base::publish(files, alerts_path(), json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace liaison::monitor
