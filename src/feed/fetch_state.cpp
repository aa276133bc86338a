#include "liaison/feed/fetch.hpp"

#include <nlohmann/json.hpp>

namespace liaison::feed {

std::string_view name_of(FetchStatus status) noexcept {
    switch (status) {
    case FetchStatus::fetched: return "fetched";
    case FetchStatus::unchanged: return "unchanged";
    case FetchStatus::absent: return "absent";
    case FetchStatus::failed: return "failed";
    case FetchStatus::refused: return "refused";
    }
    return "failed";
}

std::string FetchState::to_text() const {
    nlohmann::json json{{"snapshot", snapshot}, {"polls_since_full", polls_since_full}, {"documents", documents}};
    nlohmann::json& all = json["validators"] = nlohmann::json::object();
    for (const auto& [url, validator] : validators) {
        all[url] = {validator.etag, validator.last_modified};
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

FetchState FetchState::from_text(std::string_view text) {
    FetchState state;
    try {
        const auto json = nlohmann::json::parse(text);
        state.snapshot = json.at("snapshot");
        state.polls_since_full = json.at("polls_since_full");
        state.documents = json.at("documents").get<std::map<std::string, std::string>>();
        for (const auto& [url, pair] : json.at("validators").items()) {
            state.validators[url] = {pair.at(0), pair.at(1)};
        }
    } catch (const nlohmann::json::exception&) {
        return {};
    }
    return state;
}

}  // namespace liaison::feed
