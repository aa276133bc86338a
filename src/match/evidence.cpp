// What each piece of evidence weighs. The unit is 1/12 of the name score; the table comes from the experiments in
// reference/matching-experiments.md, rounded, and is not fitted further. A birth date speaks loudest: an exact day agrees
// by chance once in some 15,000, but dates are mistyped, guessed and taken from forged papers, hence 4.5 and not 9.
// A shared phone, e-mail or address alone never makes a match: the name must reach the floor first.

#include "match/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

namespace liaison::match {

using index::Fact;
using index::FactKind;

namespace {

constexpr double identifier_agrees = 9;
constexpr double number_contradicts = -5;    // two valid ship numbers that differ
constexpr double nationality_agrees = 0.7;
constexpr double nationality_contradicts = -1.2;
constexpr double country_agrees = 0.5;
constexpr double country_contradicts = -0.6;
constexpr double gender_agrees = 0.1;
constexpr double gender_contradicts = -2;
constexpr double place_agrees = 0.5;
constexpr double address_agrees = 0.7;
constexpr double contact_agrees = 0.5;
constexpr double exact_birth = 4.5;

struct Weighed {
    double value = 0;
    Verdict verdict = Verdict::unknown;
};

bool exact_day(std::int32_t first, std::int32_t last) { return first == last; }

// One date of the query against one of the list; both are intervals of days.
Weighed compare_dates(const model::Date& query, const Fact& fact) {
    const model::DayInterval asked = query.days();
    const model::PartialDate one = model::from_days(asked.first);
    const model::PartialDate other = model::from_days(fact.first);
    const bool query_exact = exact_day(asked.first, asked.last) && !query.approximate;
    const bool fact_exact = exact_day(fact.first, fact.last()) && fact.approximate == 0;
    const auto yes = [](double value) { return Weighed{value, Verdict::agrees}; };
    const auto no = [](double value) { return Weighed{value, value < 0 ? Verdict::contradicts : Verdict::unknown}; };
    if (query_exact && fact_exact) {
        if (asked.first == fact.first) return yes(exact_birth);
        if (one.year == other.year && one.month == other.day && one.day == other.month) return yes(3.5);
        // The first of January stands for an unknown day on many lists and in many files.
        const bool placeholder = (one.month == 1 && one.day == 1) || (other.month == 1 && other.day == 1);
        if (one.year == other.year) {
            if (placeholder) return yes(1.5);
            if (one.month == other.month || one.day == other.day) return yes(2.0);
            return yes(0.5);
        }
        if (one.month == other.month && one.day == other.day && std::abs(one.year - other.year) <= 10 && !placeholder) return yes(1.5);
    } else if (asked.first <= fact.last() && fact.first <= asked.last) {
        const int span = std::max(asked.last - asked.first, fact.last() - fact.first);
        const bool approximate = query.approximate || fact.approximate != 0;
        if (span < 32 && !approximate) return yes(3.0);
        if (span < 367) return yes(approximate ? 1.8 : 2.2);
        return yes(span < 367 * 4 ? 1.5 : 1.0);
    }
    const std::int32_t gap = asked.first > fact.last() ? asked.first - fact.last() : fact.first - asked.last;
    // A year and a day can lie 364 days apart within neighbouring years: count calendar years.
    const int years = asked.first > fact.last() ? one.year - model::from_days(fact.last()).year : other.year - model::from_days(asked.last).year;
    const bool vague = query.approximate || fact.approximate != 0 || !fact_exact || !query_exact;
    if (years <= 1 && gap <= 732) return vague ? yes(1.2) : Weighed{0.3, Verdict::unknown};
    if (years <= 2) return vague ? Weighed{0.3, Verdict::unknown} : no(-0.7);
    if (years <= 5) return no(fact.approximate != 0 || query.approximate ? -0.8 : -1.8);
    if (years <= 10) return no(-3.5);
    return no(-5);
}

class Weigher {
public:
    Weigher(const index::NamesView& view, const index::NamesView::EntityRecord& entity, const Query& query, std::vector<EvidenceLine>* lines)
        : m_view(view), m_facts(view.facts(entity)), m_query(query), m_lines(lines) {}

    Evidence run() {
        identifiers();
        birth();
        countries();
        gender();
        places();
        contacts();
        return m_evidence;
    }

private:
    [[nodiscard]] std::string_view text(const Fact& fact) const { return m_view.text(fact.text); }
    [[nodiscard]] bool has(FactKind kind) const {
        return std::any_of(m_facts.begin(), m_facts.end(), [kind](const Fact& fact) { return fact.kind == kind; });
    }
    [[nodiscard]] std::string all(FactKind kind) const {
        std::string out;
        for (const Fact& fact : m_facts)
            if (fact.kind == kind && out.size() < 200) out += (out.empty() ? "" : "; ") + std::string(text(fact));
        return out;
    }
    static std::string join(const std::vector<std::string>& values) {
        std::string out;
        for (const std::string& value : values) out += (out.empty() ? "" : "; ") + value;
        return out;
    }

    void add(const char* what, Weighed weighed, std::string query, std::string listed) {
        m_evidence.total += weighed.value;
        if (weighed.verdict == Verdict::agrees) ++m_evidence.agreeing;
        if (m_lines != nullptr) m_lines->push_back({what, weighed.verdict, std::move(query), std::move(listed), weighed.value});
    }

    /// Says what is unknown when either side lacks it; true when both have it.
    bool both(const char* what, bool asked, FactKind kind, const std::string& query) {
        const bool listed = has(kind);
        if (asked && listed) return true;
        if (m_lines != nullptr && (asked || listed)) m_lines->push_back({what, Verdict::unknown, query, listed ? all(kind) : std::string(), 0});
        return false;
    }

    void identifiers() {
        identify("identifier", m_query.identifiers, FactKind::identifier, index::identifier_key);
        identify("wallet", m_query.wallets, FactKind::wallet, index::wallet_key);
    }

    template <typename Key>
    void identify(const char* what, const std::vector<std::string>& asked, FactKind kind, Key key) {
        if (m_lines == nullptr && asked.empty()) return;
        if (!both(what, !asked.empty(), kind, join(asked))) return;
        bool ship_number_differs = false;
        for (const std::string& value : asked) {
            const std::string wanted = key(value);
            if (wanted.size() < 4) continue;
            for (const Fact& fact : m_facts) {
                if (fact.kind != kind) continue;
                const std::string have = key(text(fact));
                if (have == wanted) {
                    m_evidence.identified = true;
                    add(what, {identifier_agrees, Verdict::agrees}, value, std::string(text(fact)));
                    return;
                }
                ship_number_differs = ship_number_differs || (imo(wanted) && imo(have));
            }
        }
        add(what, ship_number_differs ? Weighed{number_contradicts, Verdict::contradicts} : Weighed{}, join(asked), all(kind));
    }

    // Seven digits with the IMO check digit (IMO resolution A.1117(30)).
    static bool imo(std::string_view key) {
        if (key.size() != 7) return false;
        int sum = 0;
        for (int i = 0; i < 7; ++i) {
            const int digit = key[static_cast<std::size_t>(i)] - '0';
            if (digit < 0 || digit > 9) return false;
            if (i < 6) sum += digit * (7 - i);
        }
        return sum % 10 == key[6] - '0';
    }

    void birth() {
        std::string asked;
        if (m_lines != nullptr)
            for (const model::Date& date : m_query.birth_dates) asked += (asked.empty() ? "" : "; ") + model::to_string(date);
        if (!both("birth date", !m_query.birth_dates.empty(), FactKind::birth_date, asked)) return;
        Weighed best{-100, Verdict::unknown};
        std::string_view listed;
        for (const model::Date& date : m_query.birth_dates)
            for (const Fact& fact : m_facts) {
                if (fact.kind != FactKind::birth_date) continue;
                const Weighed weighed = compare_dates(date, fact);
                if (weighed.value > best.value) {
                    best = weighed;
                    listed = text(fact);
                }
            }
        add("birth date", best, asked, std::string(listed));
    }

    void countries() {
        const auto shares = [this](const std::vector<std::string>& codes, std::initializer_list<FactKind> kinds) {
            for (const Fact& fact : m_facts)
                for (const FactKind kind : kinds)
                    if (fact.kind == kind && std::find(codes.begin(), codes.end(), text(fact)) != codes.end()) return true;
            return false;
        };
        if (!m_query.nationalities.empty() && has(FactKind::nationality)) {
            const bool same = shares(m_query.nationalities, {FactKind::nationality});
            const bool lives = !same && shares(m_query.nationalities, {FactKind::country});
            add("nationality", same ? Weighed{nationality_agrees, Verdict::agrees} : lives ? Weighed{0, Verdict::unknown} : Weighed{nationality_contradicts, Verdict::contradicts},
                join(m_query.nationalities), all(FactKind::nationality));
        } else if (!m_query.nationalities.empty() && has(FactKind::country)) {
            const bool same = shares(m_query.nationalities, {FactKind::country});
            add("nationality", same ? Weighed{country_agrees, Verdict::agrees} : Weighed{country_contradicts, Verdict::contradicts},
                join(m_query.nationalities), all(FactKind::country));
        } else {
            both("nationality", !m_query.nationalities.empty(), FactKind::nationality, join(m_query.nationalities));
        }
        if (m_query.countries.empty()) return;
        if (has(FactKind::country) || has(FactKind::nationality)) {
            const bool same = shares(m_query.countries, {FactKind::country, FactKind::nationality});
            add("country", same ? Weighed{country_agrees, Verdict::agrees} : Weighed{country_contradicts, Verdict::contradicts},
                join(m_query.countries), has(FactKind::country) ? all(FactKind::country) : all(FactKind::nationality));
        } else {
            both("country", true, FactKind::country, join(m_query.countries));
        }
    }

    void gender() {
        if (!both("gender", !m_query.gender.empty(), FactKind::gender, m_query.gender)) return;
        bool same = false;
        bool known = false;
        for (const Fact& fact : m_facts)
            if (fact.kind == FactKind::gender) {
                known = known || text(fact) == "male" || text(fact) == "female";
                same = same || text(fact) == m_query.gender;
            }
        if (!known) add("gender", {}, m_query.gender, all(FactKind::gender));
        else add("gender", same ? Weighed{gender_agrees, Verdict::agrees} : Weighed{gender_contradicts, Verdict::contradicts}, m_query.gender, all(FactKind::gender));
    }

    // Words of four letters and more that both have, over those of the shorter text.
    static double shared_words(std::string_view one, std::string_view other) {
        const auto words = [](std::string_view value) {
            std::set<std::string> out;
            for (const name::Token& token : name::tokenise(value, name::Kind::any).tokens)
                if (token.text.size() >= 4 && token.text != "district" && token.text != "province" && token.text != "village" &&
                    token.text != "city" && token.text != "street" && token.text != "road" && token.text != "region")
                    out.insert(token.text);
            return out;
        };
        const std::set<std::string> a = words(one);
        const std::set<std::string> b = words(other);
        if (a.empty() || b.empty()) return 0;
        std::size_t both = 0;
        for (const std::string& word : a) both += b.count(word);
        return static_cast<double>(both) / static_cast<double>(std::min(a.size(), b.size()));
    }

    void places() {
        share("birth place", m_query.birth_places, FactKind::place, place_agrees);
        share("address", m_query.addresses, FactKind::address, address_agrees);
    }

    void share(const char* what, const std::vector<std::string>& asked, FactKind kind, double value) {
        if (m_lines == nullptr && asked.empty()) return;
        if (!both(what, !asked.empty(), kind, join(asked))) return;
        double best = 0;
        std::string_view listed;
        for (const std::string& place : asked)
            for (const Fact& fact : m_facts) {
                if (fact.kind != kind) continue;
                const double shared = shared_words(place, text(fact));
                if (shared > best || listed.empty()) listed = text(fact);
                best = std::max(best, shared);
            }
        add(what, best >= 0.5 ? Weighed{value, Verdict::agrees} : Weighed{}, join(asked), std::string(listed));
    }

    void contacts() {
        contact("e-mail", m_query.emails, FactKind::email);
        contact("phone", m_query.phones, FactKind::phone);
    }

    void contact(const char* what, const std::vector<std::string>& asked, FactKind kind) {
        if (m_lines == nullptr && asked.empty()) return;
        if (!both(what, !asked.empty(), kind, join(asked))) return;
        for (const std::string& value : asked)
            for (const Fact& fact : m_facts)
                if (fact.kind == kind && index::identifier_key(value) == index::identifier_key(text(fact)) && value.size() >= 5) {
                    add(what, {contact_agrees, Verdict::agrees}, value, std::string(text(fact)));
                    return;
                }
        add(what, {}, join(asked), all(kind));
    }

    const index::NamesView& m_view;
    std::span<const Fact> m_facts;
    const Query& m_query;
    std::vector<EvidenceLine>* m_lines;
    Evidence m_evidence;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::agrees: return "agrees";
        case Verdict::contradicts: return "contradicts";
        case Verdict::unknown: return "unknown";
    }
    return "";
}

Evidence weigh_evidence(const index::NamesView& view, const index::NamesView::EntityRecord& entity, const Query& query,
                        std::vector<EvidenceLine>* lines) {
    return Weigher(view, entity, query, lines).run();
}

EvidenceLine compare_birth_dates(const model::Date& query, const model::Date& listed) {
    Fact fact;
    fact.kind = FactKind::birth_date;
    fact.approximate = listed.approximate ? 1 : 0;
    fact.first = listed.days().first;
    fact.span = static_cast<std::uint16_t>(std::clamp(listed.days().last - listed.days().first, 0, 0xFFFF));
    const Weighed weighed = compare_dates(query, fact);
    return {"birth date", weighed.verdict, model::to_string(query), model::to_string(listed), weighed.value};
}

double most_evidence(const Query& query) {
    double most = 0;
    if (!query.birth_dates.empty()) most += exact_birth;
    if (!query.nationalities.empty()) most += nationality_agrees;
    if (!query.countries.empty()) most += country_agrees;
    if (!query.gender.empty()) most += gender_agrees;
    if (!query.birth_places.empty()) most += place_agrees;
    if (!query.addresses.empty()) most += address_agrees;
    if (!query.emails.empty()) most += contact_agrees;
    if (!query.phones.empty()) most += contact_agrees;
    return most;
}

}  // namespace liaison::match
