#pragma once
// The reader of names, private to names.cpp (finding them) and name_types.cpp (saying what they are and which are one).

#include "article/analysis.hpp"

#include <array>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace liaison::article {

[[nodiscard]] inline bool has_ending(std::string_view text, std::string_view ending) {
    return text.size() > ending.size() && text.substr(text.size() - ending.size()) == ending;
}

class NameReader {
public:
    NameReader(Analysis& analysis, const NameFinder* names);

    void run();

private:
    [[nodiscard]] bool is_cap(std::uint32_t i) const;
    [[nodiscard]] std::uint32_t role_at(std::uint32_t i) const;

    void known_names();

    void collect_lower_case();

    [[nodiscard]] bool is_title_case(const Sentence& sentence) const;

    /// End of the run of capitalised words from `i`, over the connectors that hold a name together.
    [[nodiscard]] std::uint32_t run_end(std::uint32_t i, std::uint32_t last) const;

    [[nodiscard]] bool holds(std::uint32_t list, std::uint32_t first, std::uint32_t last) const;

    [[nodiscard]] bool org_word(std::uint32_t first, std::uint32_t last) const;

    /// Extends an organisation over "of", "for", "de" and what they govern.
    [[nodiscard]] std::uint32_t extend_org(std::uint32_t first, std::uint32_t end, std::uint32_t last) const;

    [[nodiscard]] bool topic_like(std::uint32_t i, std::uint32_t last) const;

    [[nodiscard]] bool list_of_topics(std::uint32_t comma, std::uint32_t last) const;

    /// Where a person's name begins inside a run that began as something else ("Financial Intelligence John Hurley").
    [[nodiscard]] std::uint32_t cut_at_person(std::uint32_t first, std::uint32_t end) const;

    /// French bodies: a head noun, adjectives, then "de ...", "pour ...": "Institut coréen pour l'unification nationale".
    [[nodiscard]] std::uint32_t french_body_end(std::uint32_t i, std::uint32_t last) const;

    struct Known {
        std::uint32_t first;
        std::uint32_t last;
        const NameHit* hit;
    };

    void add(std::uint32_t first, std::uint32_t last, Kind kind, double score);

    void read_sentence(const Sentence& sentence);

    [[nodiscard]] bool has_capital(std::uint32_t first, std::uint32_t last) const;

    /// Reads what begins with the capitalised word `i`; returns where to go on.
    std::uint32_t read_name(std::uint32_t i, const Sentence& sentence, bool title_case, bool& person_next);

    [[nodiscard]] bool org_follows(std::uint32_t first, std::uint32_t i, std::uint32_t last) const;

    [[nodiscard]] std::uint32_t extend_org_if(std::uint32_t first, std::uint32_t end, std::uint32_t last) const;

    [[nodiscard]] bool is_public(std::uint32_t first, std::uint32_t last) const;

    /// A cue noun right before the name, over quotes and commas: "the exchange Garantex".
    [[nodiscard]] std::uint32_t before_name(std::uint32_t i, std::uint32_t first) const;

    [[nodiscard]] bool ends_with_list(std::uint32_t list, std::uint32_t at, std::uint32_t first) const;

    struct Guess {
        Kind kind = Kind::unknown;
        double score = 0.0;
        void take(Kind other, double value) {
            if (value > score) {
                kind = other;
                score = value;
            }
        }
    };

    void classify(std::uint32_t first, std::uint32_t last, const Sentence& sentence, bool title_case, bool person_cue, bool org, bool initial);

    [[nodiscard]] bool mixed_surname(std::uint32_t i) const;

    // Second look over the document.

    struct Name {
        std::int32_t entity = -1;
    };

    std::int32_t make_entity(const Span& span);

    void settle();

    /// Short forms: in brackets behind the full name, surnames, the first words of a company's name.
    void short_names(std::unordered_map<std::string, std::int32_t>& by_key);

    [[nodiscard]] static bool is_subsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole);

    void join(Span& span, std::int32_t entity);

    /// Initials, a word of the name, or its beginning.
    [[nodiscard]] bool abbreviates(const Span& brief, const Span& full) const;

    Analysis& m_a;
    const NameFinder* m_names;
    std::vector<Known> m_known;
    std::deque<NameHit> m_hits;
    std::size_t m_next_known = 0;
    std::unordered_set<std::string> m_lower;
    std::unordered_set<std::string> m_gangs;
    std::array<std::uint32_t, 5> m_roles{};
    std::uint32_t m_given = 0, m_east = 0, m_particle = 0, m_title = 0, m_suffix = 0, m_company_suffix = 0, m_company_head = 0,
                  m_org_head = 0, m_public_head = 0, m_org_lead = 0, m_org_lead_lower = 0, m_adjective = 0, m_known_public = 0,
                  m_known_company = 0, m_not_name = 0, m_function = 0, m_topic = 0, m_country = 0, m_demonym = 0, m_city = 0,
                  m_region = 0, m_month = 0, m_weekday = 0, m_org_cue = 0, m_gang_cue = 0, m_thing_cue = 0, m_person_cue = 0,
                  m_person_noun = 0, m_state_body = 0, m_seat = 0,
                  m_seat_verb = 0, m_preposition = 0;
};

}  // namespace liaison::article
