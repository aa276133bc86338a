#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/monitor/book.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace liaison::monitor {
namespace {

constexpr State kStates[] = {State::fresh, State::under_review, State::false_positive, State::confirmed, State::closed};
constexpr std::size_t kIdDigits = 12;
constexpr std::string_view kNoLongerMatches = "no longer matches";

/// "birth date: unknown -> agrees (1962)" for each piece that differs.
std::string what_changed(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after) {
    std::vector<std::string> changes;
    std::map<std::string, std::pair<std::string, std::string>> both;
    for (const auto& [key, value] : before) {
        both[key].first = value;
    }
    for (const auto& [key, value] : after) {
        both[key].second = value;
    }
    for (const auto& [key, values] : both) {
        if (values.first != values.second) {
            changes.push_back(fmt::format("{}: {} -> {}", key, values.first.empty() ? "nothing" : values.first,
                                          values.second.empty() ? "nothing" : values.second));
        }
    }
    return fmt::format("{}", fmt::join(changes, "; "));
}

bool decided(State state) { return state == State::false_positive || state == State::confirmed || state == State::closed; }

}  // namespace

std::string_view name_of(State state) noexcept {
    switch (state) {
        case State::fresh: return "new";
        case State::under_review: return "under_review";
        case State::false_positive: return "false_positive";
        case State::confirmed: return "confirmed";
        case State::closed: return "closed";
    }
    return "";
}

std::optional<State> find_state(std::string_view name) {
    for (const State state : kStates) {
        if (name_of(state) == name) {
            return state;
        }
    }
    return std::nullopt;
}

std::map<std::string, std::string> evidence_of(const match::Explanation& explanation, const std::vector<std::string>& datasets,
                                               const std::vector<std::string>& programmes, bool listed) {
    std::map<std::string, std::string> evidence;
    evidence["name"] = explanation.listed_name;
    evidence["lists"] = fmt::format("{}", fmt::join(datasets, ", "));
    evidence["programmes"] = fmt::format("{}", fmt::join(programmes, ", "));
    evidence["listed"] = listed ? "yes" : "no";
    for (const match::EvidenceLine& line : explanation.evidence) {
        if (line.verdict != match::Verdict::unknown) {
            evidence[line.what] = fmt::format("{}{}", match::to_string(line.verdict), line.listed.empty() ? "" : " (" + line.listed + ")");
        }
    }
    return evidence;
}

std::string alert_id(std::string_view book, std::string_view record, std::string_view entity) {
    return "alert-" + base::to_hex(base::sha256(fmt::format("{}\n{}\n{}", book, record, entity))).substr(0, kIdDigits);
}

Update update(std::vector<Alert>& alerts, const std::vector<Pair>& pairs, std::string_view book, std::string_view now) {
    Update update;
    std::map<std::string, Alert*> known;
    for (Alert& alert : alerts) {
        known.emplace(alert.id, &alert);
    }
    std::map<std::string, Alert> opened;
    std::map<std::string, bool> seen;
    for (const Pair& pair : pairs) {
        const std::string id = alert_id(book, pair.record, pair.entity);
        if (!seen.emplace(id, true).second) {
            continue;  // a record that stands twice in the book
        }
        const auto found = known.find(id);
        if (found == known.end()) {
            opened.emplace(id, Alert{id, pair.record, pair.entity, pair.caption, pair.score, State::fresh, pair.evidence,
                                     std::string(now), std::string(now), "", ""});
            ++update.opened;
            update.news.push_back(id);
            continue;
        }
        Alert& alert = *found->second;
        alert.score = pair.score;
        alert.caption = pair.caption;
        if (alert.evidence == pair.evidence && !(alert.state == State::closed && alert.reason == kNoLongerMatches)) {
            ++update.quiet;
            continue;
        }
        const std::string changes = alert.evidence == pair.evidence ? "matches again" : what_changed(alert.evidence, pair.evidence);
        alert.evidence = pair.evidence;
        if (!decided(alert.state)) {
            ++update.quiet;
            continue;
        }
        alert.reason = fmt::format("was {}; {}", name_of(alert.state), changes);
        alert.state = State::fresh;
        alert.changed_at = now;
        alert.who.clear();
        ++update.reopened;
        update.news.push_back(id);
    }
    for (Alert& alert : alerts) {
        if (!seen.contains(alert.id) && alert.state != State::closed) {
            alert.state = State::closed;
            alert.reason = kNoLongerMatches;
            alert.changed_at = now;
            alert.who.clear();
            ++update.closed;
        }
    }
    for (auto& [id, alert] : opened) {
        alerts.push_back(std::move(alert));
    }
    std::sort(alerts.begin(), alerts.end(), [](const Alert& one, const Alert& other) {
        return std::tie(one.record, one.entity) < std::tie(other.record, other.entity);
    });
    std::sort(update.news.begin(), update.news.end());
    return update;
}

Alert& decide(std::vector<Alert>& alerts, std::string_view id, State state, std::string_view who, std::string_view reason,
              std::string_view now) {
    const auto found = std::find_if(alerts.begin(), alerts.end(), [&](const Alert& alert) { return alert.id == id; });
    if (found == alerts.end()) {
        throw base::UsageError(fmt::format("there is no alert \"{}\"", id), "list them with 'liaison alerts --book NAME'");
    }
    found->state = state;
    found->who = who;
    found->reason = reason;
    found->changed_at = now;
    return *found;
}

nlohmann::ordered_json to_json(const Alert& alert) {
    nlohmann::ordered_json json;
    json["id"] = alert.id;
    json["record"] = alert.record;
    json["entity"] = alert.entity;
    json["caption"] = alert.caption;
    json["score"] = alert.score;
    json["state"] = name_of(alert.state);
    json["evidence"] = alert.evidence;
    json["opened_at"] = alert.opened_at;
    json["changed_at"] = alert.changed_at;
    json["reason"] = alert.reason;
    json["who"] = alert.who;
    return json;
}

}  // namespace liaison::monitor
