#include "liaison/match/screen.hpp"

#include "liaison/index/name_kind.hpp"
#include "liaison/match/calibration.hpp"
#include "match/candidates.hpp"
#include "match/evidence.hpp"
#include "match/ofac.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

namespace liaison::match {

using index::NameKind;
using index::NamesView;

namespace {

// A candidate's name must score this much before evidence is looked at. A bonus of 6.8 units could in principle lift a
// name of 0.13; that is policy, not a bound, and the same with and without the index.
constexpr double evidence_floor = 0.55;
constexpr double identified_name_least = -4;   // a strong identifier outweighs any name

struct Reading {
    PreparedName name;
    name::Kind kind = name::Kind::any;
    std::size_t source = 0;  // which of the query's names
};

// The best name of an entity so far.
struct Best {
    std::uint32_t name = 0;
    std::size_t reading = 0;
    double units = -1e9;  // 12 (score - 0.70) - penalties
};

double units_of(double name_score) { return units_per_name_score * (name_score - name_pivot); }

void view_parts(const NamesView& view, const NamesView::NameRecord& record, std::vector<Part>& parts) {
    parts.clear();
    for (const index::TokenId token : view.tokens_of(record)) {
        const auto& entry = view.tokens()[token];
        parts.push_back({view.token_view(token), view.text(entry.value), static_cast<name::TokenClass>(entry.token_class),
                         entry.promoted != 0, entry.weight});
    }
}

bool kinds_meet(const model::Schema* asked, const model::Schema& listed) {
    for (const name::Kind one : index::name_kinds(asked))
        for (const name::Kind other : index::name_kinds(&listed))
            if (one == other) return true;
    return false;
}

class Screener {
public:
    Screener(const NamesView& view, const Query& query, const Options& options) : m_view(view), m_query(query), m_options(options) {}

    Result run() {
        read_names();
        if (m_readings.empty() && m_query.identifiers.empty() && m_query.wallets.empty()) {
            m_result.unchecked = m_query.names.empty() || all_blank() ? "no name, identifier or wallet to check"
                                                                      : "no usable name: a name needs a word of two letters or more";
            return std::move(m_result);
        }
        const double threshold_units = (log_odds_of(std::clamp(m_options.threshold, 0.01, 0.9999)) - threshold_log_odds) / log_odds_per_unit;
        const double name_threshold = name_pivot + threshold_units / units_per_name_score;
        m_floor = std::min(name_threshold, std::max(std::min(evidence_floor, name_threshold), name_threshold - most_evidence(m_query) / units_per_name_score));
        for (std::size_t r = 0; r < m_readings.size(); ++r) score_reading(r);
        identified();
        weigh(threshold_units);
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool all_blank() const {
        return std::all_of(m_query.names.begin(), m_query.names.end(), [](const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; });
    }

public:
    /// The best comparison with one entity, whatever its score.
    Match against(std::uint32_t entity) {
        read_names();
        const auto& record = m_view.entities()[entity];
        std::vector<Part> parts;
        for (std::size_t r = 0; r < m_readings.size(); ++r)
            for (std::uint32_t i = record.first_name; i < record.first_name + record.name_count; ++i) {
                if (m_view.names()[i].shape.kind() != m_readings[r].kind) continue;
                view_parts(m_view, m_view.names()[i], parts);
                const NameScore score = score_names(m_readings[r].name.parts, parts, m_readings[r].kind != name::Kind::person, false, nullptr);
                consider(i, r, units_of(score.value) - penalty(m_view.names()[i], m_readings[r].name));
            }
        const auto best = m_best.find(entity);
        return explain(entity, best == m_best.end() ? Best{record.name_count > 0 ? record.first_name : no_name, no_name, units_of(0)} : best->second,
                       weigh_evidence(m_view, record, m_query, nullptr).agreeing);
    }

private:
    void read_names() {
        for (std::size_t i = 0; i < m_query.names.size(); ++i)
            for (const name::Kind kind : index::name_kinds(m_query.schema)) {
                name::Name tokens = name::tokenise(m_query.names[i], kind);
                m_result.cut = m_result.cut || tokens.cut;
                PreparedName prepared(std::move(tokens), m_view);
                if (prepared.carriers == 0) continue;
                bool usable = false;
                for (const Part& part : prepared.parts)
                    usable = usable || (name::carries_name(part.token_class) &&
                                        (part.view.text.size() > 1 || static_cast<unsigned char>(part.view.text.front()) >= 0x80));
                if (!usable) continue;
                m_readings.push_back({std::move(prepared), kind, i});
            }
    }

    void score_reading(std::size_t r) {
        const Reading& reading = m_readings[r];
        static thread_local std::vector<std::uint32_t> names;
        names.clear();
        if (m_options.exhaustive) {
            for (std::uint32_t i = 0; i < m_view.names().size(); ++i)
                if (m_view.names()[i].shape.kind() == reading.kind) names.push_back(i);
        } else {
            find_candidates(m_view, reading.name, reading.kind, m_floor, names);
        }
        static thread_local std::vector<Part> parts;
        const PreparedJoins joins(reading.name.parts);
        for (const std::uint32_t position : names) {
            const auto& record = m_view.names()[position];
            if (record.kind == static_cast<std::uint8_t>(NameKind::weak) && !m_options.weak_aliases) continue;
            view_parts(m_view, record, parts);
            const NameScore score = score_names(reading.name.parts, parts, reading.kind != name::Kind::person, false, &joins);
            if (score.value < m_floor) continue;
            consider(position, r, units_of(score.value) - penalty(record, reading.name));
        }
    }

    [[nodiscard]] static double penalty(const NamesView::NameRecord& record, const PreparedName& query) {
        double units = record.kind == static_cast<std::uint8_t>(NameKind::weak) ? weak_alias_penalty : 0;
        if (record.shape.carriers() == 1 && query.carriers > 1) units += single_word_penalty;
        return units;
    }

    void consider(std::uint32_t position, std::size_t reading, double units) {
        Best& best = m_best[m_view.names()[position].entity];
        if (units > best.units || (units == best.units && position < best.name)) best = {position, reading, units};
    }

    // Whoever bears an identifier or a wallet of the query, whatever the name.
    void identified() {
        std::vector<std::uint32_t> entities;
        for (const std::string& value : m_query.identifiers)
            if (const std::string key = index::identifier_key(value); key.size() >= 4) m_view.with_identifier(key, entities);
        for (const std::string& value : m_query.wallets) m_view.with_identifier(index::wallet_key(value), entities);
        std::vector<Part> parts;
        for (const std::uint32_t entity : entities) {
            const auto& record = m_view.entities()[entity];
            if (m_query.schema != nullptr && record.name_count > 0 && !kinds_meet(m_query.schema, model::schema_at(record.schema))) continue;
            Best& best = m_best[entity];
            for (std::size_t r = 0; r < m_readings.size(); ++r)
                for (std::uint32_t i = record.first_name; i < record.first_name + record.name_count; ++i) {
                    if (m_view.names()[i].shape.kind() != m_readings[r].kind) continue;
                    view_parts(m_view, m_view.names()[i], parts);
                    const NameScore score = score_names(m_readings[r].name.parts, parts, m_readings[r].kind != name::Kind::person, false, nullptr);
                    consider(i, r, units_of(score.value) - penalty(m_view.names()[i], m_readings[r].name));
                }
            if (best.units < -1e8) best = {record.name_count > 0 ? record.first_name : no_name, no_name, identified_name_least};
        }
    }

    void weigh(double threshold_units) {
        struct Scored {
            std::uint32_t entity;
            Best best;
            double units;
            int agreeing;
        };
        std::vector<Scored> hits;
        for (const auto& [entity, best] : m_best) {
            const Evidence evidence = weigh_evidence(m_view, m_view.entities()[entity], m_query, nullptr);
            double units = best.units;
            if (evidence.identified) units = std::max(units, identified_name_least);
            else if (best.reading == no_name) continue;
            units += evidence.total;
            if (units >= threshold_units - 1e-9) hits.push_back({entity, best, units, evidence.agreeing});
        }
        std::sort(hits.begin(), hits.end(), [](const Scored& one, const Scored& other) {
            if (one.units != other.units) return one.units > other.units;
            if (one.agreeing != other.agreeing) return one.agreeing > other.agreeing;
            return one.entity < other.entity;
        });
        m_result.total = hits.size();
        if (hits.size() > m_options.limit) hits.resize(m_options.limit);
        for (const Scored& hit : hits) m_result.matches.push_back(explain(hit.entity, hit.best, hit.agreeing));
    }

    [[nodiscard]] Match explain(std::uint32_t entity, const Best& best, int agreeing) const {
        const auto& record = m_view.entities()[entity];
        Match match;
        match.entity = record.ordinal;
        match.agreeing = agreeing;
        Explanation& out = match.explanation;
        const Evidence evidence = weigh_evidence(m_view, record, m_query, &out.evidence);
        double name_units = best.units;
        out.parts.push_back({"threshold", threshold_log_odds});
        if (best.reading != no_name) {
            const Reading& reading = m_readings[best.reading];
            const auto& name = m_view.names()[best.name];
            std::vector<Part> parts;
            view_parts(m_view, name, parts);
            const NameScore score = score_names(reading.name.parts, parts, reading.kind != name::Kind::person, true, nullptr);
            out.query_name = m_query.names[reading.source];
            out.listed_name = m_view.text(name.text);
            out.name_kind = static_cast<NameKind>(name.kind);
            out.name_score = score.value;
            out.omission = score.omission;
            out.contradiction = score.contradiction;
            out.order = score.order;
            out.tokens = token_lines(reading.name.parts, parts, score);
            const double penalty_units = penalty(name, reading.name);
            const double raised = evidence.identified ? std::max(0.0, identified_name_least - name_units) : 0;
            out.parts.push_back({"name", units_of(score.value) * log_odds_per_unit});
            if (penalty_units > 0) out.parts.push_back({"weak or one-word listed name", -penalty_units * log_odds_per_unit});
            if (raised > 0) out.parts.push_back({"the identifier outweighs the name", raised * log_odds_per_unit});
            name_units += raised;
            corroborate(record, reading, best.name, out);
        } else {
            out.parts.push_back({"no name compared", name_units * log_odds_per_unit});
            if (best.name != no_name) out.listed_name = m_view.text(m_view.names()[best.name].text);
        }
        for (EvidenceLine& line : out.evidence) {
            line.log_odds *= log_odds_per_unit;
            if (line.verdict != Verdict::unknown || line.log_odds != 0) out.parts.push_back({line.what, line.log_odds});
        }
        out.log_odds = threshold_log_odds + (name_units + evidence.total) * log_odds_per_unit;
        match.score = probability(out.log_odds);
        match.match = match.score >= m_options.threshold - 1e-12;
        return match;
    }

    void corroborate(const NamesView::EntityRecord& record, const Reading& reading, std::uint32_t used, Explanation& out) const {
        std::vector<Part> parts;
        for (std::uint32_t i = record.first_name; i < record.first_name + record.name_count; ++i) {
            const auto& name = m_view.names()[i];
            if (i == used || name.kind != static_cast<std::uint8_t>(NameKind::weak) || name.shape.kind() != reading.kind) continue;
            view_parts(m_view, name, parts);
            if (score_names(reading.name.parts, parts, reading.kind != name::Kind::person, false, nullptr).value >= name_pivot)
                out.corroborating_aliases.emplace_back(m_view.text(name.text));
        }
    }

    static constexpr std::uint32_t no_name = 0xFFFFFFFF;

    const NamesView& m_view;
    const Query& m_query;
    const Options& m_options;
    double m_floor = 1;
    std::vector<Reading> m_readings;
    std::map<std::uint32_t, Best> m_best;  // by entity
    Result m_result;
};

}  // namespace

Result screen(const NamesView& view, const Query& query, const Options& options) {
    if (options.mode == Mode::ofac) return screen_like_ofac(view, query, options);
    return Screener(view, query, options).run();
}

std::optional<Match> compare(const NamesView& view, const Query& query, index::Ordinal entity, const Options& options) {
    const auto position = view.entity_of(entity);
    if (!position) return std::nullopt;
    return Screener(view, query, options).against(*position);
}

std::vector<TokenLine> token_lines(std::span<const Part> query, std::span<const Part> listed, const NameScore& score) {
    const auto words = [](std::span<const Part> parts, std::uint32_t bits) {
        std::string out;
        for (std::size_t i = 0; i < parts.size(); ++i)
            if ((bits >> i & 1U) != 0) out += (out.empty() ? "" : " ") + std::string(parts[i].view.text);
        return out;
    };
    std::vector<TokenLine> lines;
    for (const TokenPair& pair : score.pairs) {
        TokenLine line;
        line.query = words(query, pair.query);
        line.listed = words(listed, pair.listed);
        line.similarity = pair.similarity.value;
        switch (pair.verdict) {
            case TokenVerdict::agrees: line.kind = name::to_string(pair.similarity.kind); break;
            case TokenVerdict::absent: line.kind = "absent"; break;
            case TokenVerdict::contradicting: line.kind = "contradicting"; break;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

nlohmann::json to_json(const Explanation& explanation) {
    nlohmann::json tokens = nlohmann::json::array();
    for (const TokenLine& line : explanation.tokens)
        tokens.push_back({{"query", line.query}, {"listed", line.listed}, {"kind", line.kind}, {"similarity", line.similarity}});
    nlohmann::json evidence = nlohmann::json::array();
    for (const EvidenceLine& line : explanation.evidence)
        evidence.push_back({{"what", line.what}, {"verdict", to_string(line.verdict)}, {"query", line.query}, {"listed", line.listed}, {"log_odds", line.log_odds}});
    nlohmann::json parts = nlohmann::json::array();
    for (const PartLine& line : explanation.parts) parts.push_back({{"what", line.what}, {"log_odds", line.log_odds}});
    return {{"query_name", explanation.query_name},
            {"listed_name", explanation.listed_name},
            {"name_kind", index::to_string(explanation.name_kind)},
            {"name_score", explanation.name_score},
            {"costs", {{"omission", explanation.omission}, {"contradiction", explanation.contradiction}, {"order", explanation.order}}},
            {"tokens", tokens},
            {"evidence", evidence},
            {"corroborating_aliases", explanation.corroborating_aliases},
            {"parts", parts},
            {"log_odds", explanation.log_odds}};
}

}  // namespace liaison::match
