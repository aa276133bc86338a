// Candidate pairs. Every entity is screened with its own names and facts against all others by the matcher's complete
// index, so a pair is missed only when its score is under the candidate threshold; that is tested against a full scan in
// match. Pairs are then compared in both directions, since a list with many aliases knows the other's name better than
// the other way round.

#include "liaison/resolve/resolve.hpp"

#include "liaison/base/error.hpp"
#include "liaison/match/calibration.hpp"
#include "liaison_resolve_data.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace liaison::resolve {
namespace {

constexpr std::size_t kMaxQueryNames = 24;
constexpr double kNameAgrees = 0.85;
constexpr double kSameName = 2.7;   // name scores of 0.97 and 0.80, as the feature counts them
constexpr double kLikeName = 1.0;
constexpr double kBirthDay = 4.5;   // match's weight of the same day

struct Weights {
    Features weights{};
    double bias = 0;
    double merge_probability = 1;
    double review_probability = 1;

    Weights() {
        const auto document = nlohmann::json::parse(data::resolve_weights_json());
        bias = document.at("bias");
        merge_probability = document.at("merge_probability");
        review_probability = document.at("review_probability");
        const auto& table = document.at("weights");
        if (table.size() != kFeatures) {
            throw base::InternalError("schemas/resolve_weights.json names other features than the program");
        }
        for (std::size_t i = 0; i < kFeatures; ++i) {
            weights[i] = table.at(std::string(to_string(static_cast<Feature>(i))));
        }
    }
};

const Weights& weights() {
    static const Weights table;
    return table;
}

/// Programme -> regimes, as bits.
class Regimes {
public:
    Regimes() {
        const auto document = nlohmann::json::parse(data::regimes_json());
        std::uint32_t bit = 1;
        for (const auto& [regime, programmes] : document.at("regimes").items()) {
            for (const std::string programme : programmes) {
                m_bits[programme] |= bit;
            }
            bit <<= 1;
        }
    }
    [[nodiscard]] std::uint32_t bits(std::string_view programme) const {
        const auto found = m_bits.find(programme);
        return found == m_bits.end() ? 0 : found->second;
    }

private:
    std::map<std::string, std::uint32_t, std::less<>> m_bits;
};

double& at(Features& features, Feature feature) { return features[static_cast<std::size_t>(feature)]; }

class Finder {
public:
    Finder(const index::EntitiesView& entities, const index::NamesView& names, const Options& options)
        : m_entities(entities), m_names(names), m_options(options) {}

    std::vector<Pair> run() {
        const auto records = m_names.entities();
        m_best.assign(records.size(), {});
        parallel(records.size(), [&](std::size_t position) { find_best(static_cast<std::uint32_t>(position)); });
        std::set<std::pair<std::uint32_t, std::uint32_t>> wanted;  // positions; entities are in order of id
        for (std::uint32_t position = 0; position < m_best.size(); ++position) {
            for (const std::uint32_t other : m_best[position]) {
                wanted.emplace(std::min(position, other), std::max(position, other));
            }
        }
        std::vector<Pair> pairs(wanted.size());
        std::vector<std::pair<std::uint32_t, std::uint32_t>> order(wanted.begin(), wanted.end());
        parallel(order.size(), [&](std::size_t i) { pairs[i] = compare(order[i].first, order[i].second); });
        return pairs;
    }

private:
    /// Splits [0, count) among threads by turns; each result has its own place, so the order of work does not show.
    template <typename Work>
    void parallel(std::size_t count, Work work) const {
        std::atomic<std::size_t> next{0};
        const auto loop = [&] {
            constexpr std::size_t kBatch = 64;
            for (std::size_t start = next.fetch_add(kBatch); start < count; start = next.fetch_add(kBatch)) {
                for (std::size_t i = start; i < std::min(count, start + kBatch); ++i) {
                    work(i);
                }
            }
        };
        std::vector<std::thread> threads;
        for (unsigned i = 1; i < m_options.jobs; ++i) {
            threads.emplace_back(loop);
        }
        loop();
        for (std::thread& thread : threads) {
            thread.join();
        }
    }

    [[nodiscard]] bool strong(const index::NamesView::NameRecord& name) const {
        return name.kind != static_cast<std::uint8_t>(index::NameKind::weak);
    }

    [[nodiscard]] match::Query query_of(std::uint32_t position) const {
        const auto& record = m_names.entities()[position];
        match::Query query;
        query.schema = &model::schema_at(record.schema);
        for (std::uint32_t i = record.first_name; i < record.first_name + record.name_count; ++i) {
            const std::string text(m_names.text(m_names.names()[i].text));
            // A name stands once for each kind it can be read as.
            if (strong(m_names.names()[i]) && query.names.size() < kMaxQueryNames &&
                std::find(query.names.begin(), query.names.end(), text) == query.names.end()) {
                query.names.push_back(text);
            }
        }
        for (const index::Fact& fact : m_names.facts(record)) {
            const std::string text(m_names.text(fact.text));
            switch (fact.kind) {
                case index::FactKind::birth_date:
                    if (const auto date = model::parse_edtf(text)) {
                        query.birth_dates.push_back(*date);
                    }
                    break;
                case index::FactKind::country: query.countries.push_back(text); break;
                case index::FactKind::nationality: query.nationalities.push_back(text); break;
                case index::FactKind::gender: query.gender = text; break;
                case index::FactKind::place: query.birth_places.push_back(text); break;
                case index::FactKind::address: query.addresses.push_back(text); break;
                case index::FactKind::identifier: query.identifiers.push_back(text); break;
                case index::FactKind::wallet: query.wallets.push_back(text); break;
                case index::FactKind::email: query.emails.push_back(text); break;
                case index::FactKind::phone: query.phones.push_back(text); break;
                case index::FactKind::programme:
                case index::FactKind::dataset:
                case index::FactKind::listing_date: break;
            }
        }
        return query;
    }

    /// Only what can be one thing and is no mere holder of documents.
    [[nodiscard]] bool comparable(std::uint32_t one, std::uint32_t other) const {
        return one != other && model::common_schema(model::schema_at(m_names.entities()[one].schema),
                                                    model::schema_at(m_names.entities()[other].schema)) != nullptr;
    }

    void find_best(std::uint32_t position) {
        const match::Query query = query_of(position);
        match::Options options;
        options.threshold = m_options.candidate_threshold;
        options.limit = m_options.candidates + 1;  // it finds itself
        for (const match::Match& match : match::screen(m_names, query, options).matches) {
            const auto other = m_names.entity_of(match.entity);
            if (other && comparable(position, *other) && m_best[position].size() < m_options.candidates) {
                m_best[position].push_back(*other);
            }
        }
    }

    /// The best candidate outside the entity's own lists.
    [[nodiscard]] std::uint32_t best_elsewhere(std::uint32_t position) const {
        const std::set<std::string> own = datasets(position);
        for (const std::uint32_t other : m_best[position]) {
            const std::set<std::string> theirs = datasets(other);
            if (!std::any_of(theirs.begin(), theirs.end(), [&](const std::string& dataset) { return own.count(dataset) != 0; })) {
                return other;
            }
        }
        return UINT32_MAX;
    }

    [[nodiscard]] std::set<std::string> datasets(std::uint32_t position) const {
        std::set<std::string> found;
        for (const index::Fact& fact : m_names.facts(m_names.entities()[position])) {
            if (fact.kind == index::FactKind::dataset) {
                found.emplace(m_names.text(fact.text));
            }
        }
        if (found.empty()) {
            const auto all = m_entities.datasets(m_names.entities()[position].ordinal);
            found.insert(all.begin(), all.end());
        }
        return found;
    }

    [[nodiscard]] std::uint32_t regimes(std::uint32_t position) const {
        std::uint32_t bits = 0;
        for (const index::Fact& fact : m_names.facts(m_names.entities()[position])) {
            if (fact.kind == index::FactKind::programme) {
                bits |= m_regimes.bits(m_names.text(fact.text));
            }
        }
        return bits;
    }

    [[nodiscard]] Pair compare(std::uint32_t one, std::uint32_t other) const {
        Pair pair;
        pair.one = m_names.entities()[one].ordinal;
        pair.other = m_names.entities()[other].ordinal;
        Features& features = pair.features;
        double best_name = 0;
        std::map<std::string, double> weights_by_evidence;
        std::set<std::string> agreeing;
        for (const auto& [from, to] : {std::pair(one, other), std::pair(other, one)}) {
            const auto match = match::compare(m_names, query_of(from), m_names.entities()[to].ordinal);
            if (!match) {
                continue;
            }
            if (match->explanation.name_score > best_name) {
                best_name = match->explanation.name_score;
                pair.words = static_cast<int>(std::count_if(
                    match->explanation.tokens.begin(), match->explanation.tokens.end(),
                    [](const match::TokenLine& line) { return line.kind != "absent" && line.kind != "contradicting"; }));
            }
            for (const match::EvidenceLine& line : match->explanation.evidence) {
                const double units = line.log_odds / match::log_odds_per_unit;
                double& weight = weights_by_evidence[line.what];
                // The direction that sees more agreement counts: of several dates or papers one in common is enough.
                if (units > weight || weight == 0) {
                    weight = units;
                }
                if (line.verdict == match::Verdict::agrees) {
                    agreeing.insert(line.what);
                }
            }
        }
        const auto weight = [&](const char* what) {
            const auto found = weights_by_evidence.find(what);
            return found == weights_by_evidence.end() ? 0.0 : found->second;
        };
        const double birth = weight("birth date");
        const double identifier = weight("identifier") + weight("wallet");
        const double nationality = weight("nationality") != 0 ? weight("nationality") : weight("country");
        at(features, Feature::name) = (best_name - match::name_pivot) * 10;
        at(features, Feature::names_agree) = share_of_names(one, other);
        at(features, Feature::birth_agrees) = std::max(0.0, birth);
        at(features, Feature::birth_contradicts) = std::max(0.0, -birth);
        at(features, Feature::identifier_agrees) = identifier > 0 ? 1 : 0;
        at(features, Feature::identifier_contradicts) = identifier < 0 ? 1 : 0;
        at(features, Feature::nationality_agrees) = nationality > 0 ? 1 : 0;
        at(features, Feature::nationality_contradicts) = nationality < 0 ? 1 : 0;
        at(features, Feature::place_agrees) = weight("birth place") > 0 || weight("address") > 0 ? 1 : 0;
        const std::uint32_t regimes_one = regimes(one);
        const std::uint32_t regimes_other = regimes(other);
        at(features, Feature::regime_agrees) = (regimes_one & regimes_other) != 0 ? 1 : 0;
        at(features, Feature::regime_contradicts) = regimes_one != 0 && regimes_other != 0 && (regimes_one & regimes_other) == 0 ? 1 : 0;
        at(features, Feature::gender_contradicts) = weight("gender") < 0 ? 1 : 0;
        at(features, Feature::mutual_best) = best_elsewhere(one) == other && best_elsewhere(other) == one ? 1 : 0;
        const std::set<std::string> lists = datasets(one);
        const std::set<std::string> other_lists = datasets(other);
        at(features, Feature::same_dataset) =
            std::any_of(lists.begin(), lists.end(), [&](const std::string& list) { return other_lists.count(list) != 0; }) ? 1 : 0;
        const bool person = m_entities.schema(pair.one).is_a("Person") || m_entities.schema(pair.other).is_a("Person");
        at(features, Feature::organisation) = person ? 0 : 1;
        pair.probability = probability_of(features);
        pair.independent = static_cast<int>(agreeing.count("birth date") + agreeing.count("identifier") + agreeing.count("wallet") +
                                            (at(features, Feature::nationality_agrees) > 0 ? 1 : 0) +
                                            (at(features, Feature::place_agrees) > 0 ? 1 : 0)) +
                           (at(features, Feature::regime_agrees) > 0 ? 1 : 0);
        return pair;
    }

    /// Of the side with fewer strong names: how many of them the other side has too.
    [[nodiscard]] double share_of_names(std::uint32_t one, std::uint32_t other) const {
        match::Query few = query_of(one);
        const match::Query many = query_of(other);
        const std::uint32_t target = few.names.size() <= many.names.size() ? other : one;
        if (target == one) {
            few = many;
        }
        if (few.names.empty()) {
            return 0;
        }
        match::Query single;
        single.schema = few.schema;
        std::size_t shared = 0;
        for (const std::string& name : few.names) {
            single.names = {name};
            const auto match = match::compare(m_names, single, m_names.entities()[target].ordinal);
            shared += match && match->explanation.name_score >= kNameAgrees ? 1 : 0;
        }
        return static_cast<double>(shared) / static_cast<double>(few.names.size());
    }

    const index::EntitiesView& m_entities;
    const index::NamesView& m_names;
    const Options& m_options;
    Regimes m_regimes;
    std::vector<std::vector<std::uint32_t>> m_best;  // by position: candidates, best first
};

}  // namespace

std::string_view to_string(Feature feature) {
    switch (feature) {
        case Feature::name: return "name";
        case Feature::names_agree: return "names_agree";
        case Feature::birth_agrees: return "birth_agrees";
        case Feature::birth_contradicts: return "birth_contradicts";
        case Feature::identifier_agrees: return "identifier_agrees";
        case Feature::identifier_contradicts: return "identifier_contradicts";
        case Feature::nationality_agrees: return "nationality_agrees";
        case Feature::nationality_contradicts: return "nationality_contradicts";
        case Feature::place_agrees: return "place_agrees";
        case Feature::regime_agrees: return "regime_agrees";
        case Feature::regime_contradicts: return "regime_contradicts";
        case Feature::gender_contradicts: return "gender_contradicts";
        case Feature::mutual_best: return "mutual_best";
        case Feature::same_dataset: return "same_dataset";
        case Feature::organisation: return "organisation";
    }
    return "";
}

std::vector<Pair> find_pairs(const index::EntitiesView& entities, const index::NamesView& names, const Options& options) {
    return Finder(entities, names, options).run();
}

double probability_of(const Features& features) {
    double log_odds = weights().bias;
    for (std::size_t i = 0; i < kFeatures; ++i) {
        log_odds += weights().weights[i] * features[i];
    }
    return match::probability(log_odds);
}

bool merges(const Pair& pair) {
    const auto value = [&](Feature feature) { return pair.features[static_cast<std::size_t>(feature)]; };
    if (pair.probability < weights().merge_probability) {
        return false;
    }
    if (value(Feature::identifier_agrees) > 0) {
        return true;
    }
    // Two records of one list are two things unless a document says otherwise.
    if (value(Feature::same_dataset) > 0) {
        return false;
    }
    const double places = value(Feature::nationality_agrees) + value(Feature::place_agrees);
    if (value(Feature::organisation) > 0) {
        return value(Feature::regime_agrees) + places >= 1;
    }
    // A birth year that both give exactly, a vaguer one that a country or place supports, or, where a list gives no birth
    // dates at all, a name of three words and more that is the same in all of them, under the same regime.
    const bool whole_name = value(Feature::name) >= kSameName && value(Feature::names_agree) >= 1 && pair.words >= 3;
    return value(Feature::birth_agrees) >= 2 || (value(Feature::birth_agrees) >= 1 && places >= 1) ||
           (whole_name && value(Feature::regime_agrees) > 0 && value(Feature::birth_contradicts) == 0);
}

bool waits_for_review(const Pair& pair) {
    const auto value = [&](Feature feature) { return pair.features[static_cast<std::size_t>(feature)]; };
    if (pair.probability < weights().review_probability || value(Feature::name) < kLikeName) {
        return false;
    }
    // A list seldom says one thing twice, and names its companies in series; a birth day or a document makes it worth a look.
    return value(Feature::same_dataset) == 0 || value(Feature::identifier_agrees) > 0 || value(Feature::birth_agrees) >= kBirthDay;
}

}  // namespace liaison::resolve
