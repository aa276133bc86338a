#include "cli/screening_evidence.hpp"

#include "liaison/cli/version.hpp"
#include "liaison/name/name.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace liaison::cli {
namespace {

/// Records held back for one durable write: a fsync costs as much as some screenings.
constexpr std::size_t kBlock = 4096;

double rounded(double value) { return std::round(value * 10000) / 10000; }

std::string record_name(const query::Screened& screened) {
    return screened.record.query.id.empty() ? std::to_string(screened.record.number) : screened.record.query.id;
}

}  // namespace

audit::Json circumstances_of(const query::Engine& engine, const match::Options& options) {
    audit::Json json;
    json["command"] = "screen";
    json["engine"] = kVersion;
    json["threshold"] = options.threshold;
    json["limit"] = options.limit;
    json["weak_aliases"] = options.weak_aliases;
    json["mode"] = options.mode == match::Mode::ofac ? "ofac" : "liaison";
    json["as_of"] = engine.context().as_of;
    json["datasets"] = audit::Json::array();
    for (const query::DatasetVersion& version : engine.context().datasets) {
        json["datasets"].push_back({{"id", version.dataset},
                                    {"snapshot", version.snapshot},
                                    {"publication_date", version.publication_date},
                                    {"age_days", version.age_days},
                                    {"stale", version.stale}});
    }
    return json;
}

audit::Json outcome_of(const query::Engine& engine, const query::Screened& screened) {
    audit::Json json;
    json["status"] = screened.checked() ? "checked" : "unchecked";
    json["matches"] = audit::Json::array();
    for (const match::Match& match : screened.result.matches) {
        audit::Json each{{"id", engine.entities().id(match.entity)}, {"score", rounded(match.score)}};
        for (const match::PartLine& part : match.explanation.parts) {
            each["parts"][part.what] = rounded(part.log_odds);
        }
        json["matches"].push_back(std::move(each));
    }
    return json;
}

void ScreeningRecorder::add(const query::Engine& engine, const query::Screened& screened) {
    audit::Json query = monitor::record_json(screened.record.query);
    query["id"] = record_name(screened);
    query["normalised"] = audit::Json::array();
    for (const std::string& name : screened.record.query.names) {
        query["normalised"].push_back(name::normalise(name));
    }
    m_waiting.push_back({std::move(query), outcome_of(engine, screened)});
    if (m_waiting.size() >= kBlock) {
        flush();
    }
}

void ScreeningRecorder::flush() {
    m_log.append_screening(m_circumstances, m_waiting);
    m_waiting.clear();
}

void ScreeningRecorder::finish() {
    if (!m_waiting.empty()) {
        flush();
    }
    m_log.checkpoint();
}

void add_pairs(const query::Engine& engine, const query::Screened& screened, std::vector<monitor::Pair>& pairs) {
    for (const match::Match& match : screened.result.matches) {
        const query::ListedAs listed = query::listed_as(engine, match.entity);
        pairs.push_back({record_name(screened), listed.id, listed.caption, rounded(match.score),
                         monitor::evidence_of(match.explanation, listed.datasets, listed.programmes, listed.listed)});
    }
}

std::string state_of(const query::Engine& engine) { return engine.index().view().fingerprint; }

}  // namespace liaison::cli
