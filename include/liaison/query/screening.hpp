#pragma once
// Screening over an engine: records in, answers with ids, captions, lists, programmes and listing dates out. The same
// shapes for the command and the server.

#include "liaison/match/batch.hpp"
#include "liaison/match/screen.hpp"
#include "liaison/query/engine.hpp"
#include "liaison/query/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace liaison::query {

/// A record and its answer. `reason` says why it was not checked, "" when it was.
struct Screened {
    match::BatchRecord record;
    match::Result result;
    std::string reason;
    [[nodiscard]] bool checked() const { return reason.empty(); }
};

/// What must stand behind an answer, else nothing counts as checked.
struct ListRequirements {
    std::vector<std::string> feeds;          ///< each must be in the index
    std::optional<std::int64_t> max_age;     ///< days; of every list, or of `feeds` when given
};
/// "" when the context fulfils them, else what is missing or too old.
[[nodiscard]] std::string unmet(const Context& context, const ListRequirements& requirements);

/// What a match says of itself beside its score.
struct ListedAs {
    std::string id;
    std::string caption;
    std::string schema;
    std::vector<std::string> datasets;
    std::vector<std::string> programmes;
    std::vector<std::string> listing_dates;  ///< earliest first
    bool listed = false;
};
[[nodiscard]] ListedAs listed_as(const Engine& engine, index::Ordinal entity);

/// Thread-safe. `unmet_reason`: see unmet().
[[nodiscard]] Screened screen(const Engine& engine, match::BatchRecord record, const match::Options& options, const std::string& unmet_reason = {});

[[nodiscard]] Json to_json(const Engine& engine, const Screened& screened);
[[nodiscard]] Json query_json(const match::Query& query);

}  // namespace liaison::query
