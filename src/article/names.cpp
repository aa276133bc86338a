// Who and what a text names.
//
// Problem: names that no list knows, in two languages, without a learned model. Choice: capitalised sequences, extended
// over the connectors that organisations use, cut at titles and roles, and typed by evidence: legal forms and head nouns,
// the words before ("exchange Garantex"), the apposition behind, given names, patronymics, the shape of East Asian names,
// lists of known bodies and places; then one type for all mentions of a name in the document, by the strongest evidence.
// Cost: linear in tokens. Known failure: single words without evidence that are neither known nor introduced.


#include "article/name_reader.hpp"

#include <algorithm>

namespace liaison::article {

NameReader::NameReader(Analysis& analysis, const NameFinder* names) : m_a(analysis), m_names(names) {
    const Rules& rules = *analysis.rules;
    const auto list = [&](std::string_view name) { return rules.list(name); };
    m_given = list("given_name");
    m_east = list("east_asian_surname");
    m_particle = list("particle");
    m_title = list("title");
    m_suffix = list("person_suffix");
    m_company_suffix = list("company_suffix");
    m_company_head = list("company_head");
    m_org_head = list("org_head");
    m_public_head = list("public_head");
    m_org_lead = list("org_lead");
    m_org_lead_lower = list("org_lead_lower");
    m_adjective = list("name_adjective");
    m_known_public = list("known_public");
    m_known_company = list("known_company");
    m_not_name = list("not_a_name");
    m_function = list("function_word");
    m_topic = list("topic_word");
    m_country = list("country");
    m_demonym = list("demonym");
    m_city = list("city");
    m_region = list("region");
    m_month = list("month");
    m_weekday = list("weekday");
    m_org_cue = list("org_cue");
    m_gang_cue = list("gang_cue");
    m_thing_cue = list("thing_cue");
    m_person_cue = list("person_cue");
    m_person_noun = list("person_noun");
    m_state_body = list("state_body");
    m_seat = list("seat_of_power");
    m_seat_verb = list("seat_verb");
    m_preposition = list("preposition");
    m_roles = {list("role_direct"), list("role_employ"), list("role_member"), list("role_represent"), list("role_own")};
}

void NameReader::run() {
    known_names();
    collect_lower_case();
    for (std::uint32_t s = 0; s < m_a.text.sentences.size(); ++s) {
        const Sentence& sentence = m_a.text.sentences[s];
        if (m_a.document->blocks[sentence.block].region != Region::furniture) {
            read_sentence(sentence);
        }
    }
    settle();
}

bool NameReader::is_cap(std::uint32_t i) const {
    const Token& t = m_a.token(i);
    return t.kind == TokenKind::word && (t.capital || (t.mixed && t.end - t.start > 2));
}

std::uint32_t NameReader::role_at(std::uint32_t i) const {
    std::uint32_t longest = 0;
    for (const std::uint32_t list : m_roles) {
        longest = std::max(longest, m_a.phrase(list, i));
    }
    return longest;
}

void NameReader::known_names() {
    if (m_names == nullptr) {
        return;
    }
    const auto& tokens = m_a.text.tokens;
    std::size_t t = 0;
    for (const NameHit& hit : m_names->find(m_a.document->text)) {
        while (t < tokens.size() && tokens[t].start < hit.start) {
            ++t;
        }
        std::size_t last = t;
        while (last < tokens.size() && tokens[last].end <= hit.end) {
            ++last;
        }
        // A known name must be written as a name here: a word in lower case is a word.
        if (t < tokens.size() && tokens[t].start == hit.start && last > t && tokens[last - 1].end == hit.end &&
            tokens[t].capital && (last - t > 1 || tokens[t].end - tokens[t].start > 3)) {
            m_known.push_back({static_cast<std::uint32_t>(t), static_cast<std::uint32_t>(last), &m_hits.emplace_back(hit)});
        }
    }
}

void NameReader::collect_lower_case() {
    for (const Sentence& sentence : m_a.text.sentences) {
        for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
            const Token& t = m_a.token(i);
            if (t.kind == TokenKind::word && !t.capital && !t.mixed && t.end - t.start >= 3) {
                m_lower.insert(m_a.folded(i, i + 1));
            }
        }
    }
}

bool NameReader::is_title_case(const Sentence& sentence) const {
    std::uint32_t caps = 0;
    std::uint32_t words = 0;
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        const Token& t = m_a.token(i);
        if (t.kind == TokenKind::word && t.end - t.start >= 4) {
            ++words;
            caps += t.capital ? 1 : 0;
        }
    }
    return words >= 4 && caps * 10 >= words * 7;
}

std::uint32_t NameReader::run_end(std::uint32_t i, std::uint32_t last) const {
    std::uint32_t j = i + 1;
    while (j < last) {
        if (is_cap(j)) {
            const Token& t = m_a.token(j);
            if (!t.space_before && m_a.text.tokens[j - 1].kind != TokenKind::punctuation && m_a.document->text[m_a.token(j - 1).end - 1] != '.' &&
                m_a.document->text[m_a.token(j - 1).end - 1] != '\'') {
                break;
            }
            if (m_a.phrase(m_function, j) != 0 && !t.all_caps && m_a.phrase(m_given, j) == 0 && m_a.phrase(m_east, j) == 0) {
                break;
            }
            ++j;
            continue;
        }
        // "Co. Ltd.", "Co., Ltd."
        if ((m_a.is_mark(j, '.') || m_a.is_mark(j, ',')) && m_a.phrase(m_company_suffix, j - 1) != 0) {
            std::uint32_t k = j + 1;
            if (m_a.is_mark(j, '.') && k < last && m_a.is_mark(k, ',')) {
                ++k;
            }
            if (k < last && m_a.phrase(m_company_suffix, k) != 0) {
                j = k;
                continue;
            }
            break;
        }
        if (m_a.is_mark(j, ',') && j + 1 < last && m_a.phrase(m_company_suffix, j + 1) != 0 && m_a.token(j + 1).capital) {
            ++j;
            continue;
        }
        if (m_a.is_mark(j, ',') && j + 1 < last && m_a.phrase(m_suffix, j + 1) != 0) {
            j += 2;
            break;
        }
        if ((m_a.is_mark(j, '&') || m_a.is_mark(j, '/')) && j + 1 < last && is_cap(j + 1) && (m_a.is_mark(j, '&') || !m_a.token(j).space_before)) {
            ++j;
            continue;
        }
        // Particles between two capitals: "van der Berg", "bin Laden", "de la Cruz".
        if (m_a.phrase(m_particle, j) != 0 && m_a.token(j).kind == TokenKind::word) {
            std::uint32_t k = j + 1;
            if (k < last && !is_cap(k) && m_a.phrase(m_particle, k) != 0) {
                ++k;
            }
            const bool french = m_a.text.sentences[m_a.token(j).sentence].language == Language::french;
            const std::string word = m_a.folded(j, j + 1);
            const bool preposition = word == "de" || word == "du" || word == "d'" || word == "d" || word == "la" || word == "le" || word == "y" || word == "e";
            if (k < last && is_cap(k) && (!french || !preposition)) {
                j = k;
                continue;
            }
        }
        break;
    }
    return j;
}

bool NameReader::holds(std::uint32_t list, std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
        const std::uint32_t length = m_a.phrase(list, i);
        if (length != 0 && i + length <= last && m_a.token(i).capital) {
            return true;
        }
    }
    return false;
}

bool NameReader::org_word(std::uint32_t first, std::uint32_t last) const {
    return holds(m_org_head, first, last) || holds(m_public_head, first, last) || holds(m_company_head, first, last) ||
           holds(m_org_lead, first, last);
}

std::uint32_t NameReader::extend_org(std::uint32_t first, std::uint32_t end, std::uint32_t last) const {
    while (end < last) {
        const std::string word = m_a.folded(end, end + 1);
        std::uint32_t k = end;
        if (word == "of" || word == "for") {
            k = end + 1;
            if (k < last && (m_a.folded(k, k + 1) == "the")) {
                ++k;
            }
            if (k >= last || !is_cap(k) || (m_a.phrase(m_function, k) != 0)) {
                break;
            }
            std::uint32_t stop = run_end(k, last);
            stop = cut_at_person(k, stop);
            if (stop == k) {
                break;
            }
            end = stop;
            // "Terrorism and Financial Intelligence", "Science, Technology and Innovation"
            while (end + 1 < last && (m_a.folded(end, end + 1) == "and" || (m_a.is_mark(end, ',') && list_of_topics(end, last))) &&
                   is_cap(end + 1) && topic_like(end + 1, last)) {
                std::uint32_t next = cut_at_person(end + 1, run_end(end + 1, last));
                if (next == end + 1) {
                    break;
                }
                end = next;
            }
            continue;
        }
        break;
    }
    (void)first;
    return end;
}

bool NameReader::topic_like(std::uint32_t i, std::uint32_t last) const {
    // What follows "and" inside a name is a word of the trade, not a name of its own.
    const std::string word = m_a.folded(i, i + 1);
    if (m_a.phrase(m_known_public, i) != 0 || m_a.phrase(m_country, i) != 0 || m_a.phrase(m_demonym, i) != 0 ||
        m_a.phrase(m_given, i) != 0 || m_a.token(i).all_caps || m_a.token(i).mixed) {
        return false;
    }
    const std::uint32_t end = run_end(i, last);
    return m_a.phrase(m_topic, i) != 0 || m_lower.contains(word) || has_ending(word, "ion") || has_ending(word, "ment") ||
           has_ending(word, "ism") || has_ending(word, "ity") || has_ending(word, "ing") || has_ending(word, "ogy") ||
           has_ending(word, "ics") || has_ending(word, "ence") || has_ending(word, "ial") || has_ending(word, "ade") ||
           (end > i + 1 && (holds(m_public_head, i + 1, end)));
}

bool NameReader::list_of_topics(std::uint32_t comma, std::uint32_t last) const {
    // "Foreign, Commonwealth and Development Office": a comma inside a name is followed by words up to an "and".
    std::uint32_t i = comma + 1;
    for (int n = 0; n < 4 && i < last; ++n, ++i) {
        if (m_a.folded(i, i + 1) == "and") {
            return i + 1 < last && is_cap(i + 1) && topic_like(i + 1, last) && topic_like(comma + 1, last);
        }
        if (!is_cap(i)) {
            return false;
        }
    }
    return false;
}

std::uint32_t NameReader::cut_at_person(std::uint32_t first, std::uint32_t end) const {
    for (std::uint32_t k = first + 1; k < end; ++k) {
        const bool initial_next = k + 1 < end;
        if (m_a.phrase(m_given, k) == 1 && initial_next && m_a.phrase(m_given, k - 1) == 0 && m_a.phrase(m_given, k + 1) == 0 &&
            (m_a.phrase(m_topic, k - 1) != 0 || role_at(k - 1) != 0 || m_a.phrase(m_public_head, k - 1) != 0 ||
             m_a.phrase(m_org_head, k - 1) != 0 || m_a.phrase(m_demonym, k - 1) != 0 || m_a.token(k - 1).all_caps ||
             m_lower.contains(m_a.folded(k - 1, k)) || has_ending(m_a.folded(k - 1, k), "tions") ||
             m_a.phrase(m_known_company, k - 1) != 0)) {
            return k;
        }
    }
    return end;
}

std::uint32_t NameReader::french_body_end(std::uint32_t i, std::uint32_t last) const {
    std::uint32_t end = i + 1;
    const auto adjectives = [&] {
        while (end < last && m_a.token(end).kind == TokenKind::word &&
               (m_a.phrase(m_adjective, end) != 0 || (m_a.phrase(m_demonym, end) != 0 && !m_a.token(end).capital) ||
                (m_a.token(end).capital && m_a.phrase(m_adjective, end) != 0))) {
            ++end;
        }
    };
    adjectives();
    const std::uint32_t bare = end;
    bool complemented = false;
    for (int complement = 0; complement < 3 && end < last; ++complement) {
        const std::string word = m_a.folded(end, end + 1);
        std::uint32_t k = end + 1;
        bool ok = word == "de" || word == "du" || word == "des" || word == "d'" || word == "pour" || word == "contre";
        if ((word == "a" || word == "aux" || word == "au") && complemented) {
            ok = true;
        }
        if (!ok) {
            break;
        }
        while (k < last && (m_a.folded(k, k + 1) == "la" || m_a.folded(k, k + 1) == "l'" || m_a.folded(k, k + 1) == "le" || m_a.folded(k, k + 1) == "les")) {
            ++k;
        }
        if (k >= last || m_a.token(k).kind != TokenKind::word) {
            break;
        }
        // A place ends the name: "de Paris" belongs to a court, "de Séoul" is where an institute is.
        if (m_a.phrase(m_city, k) != 0 || m_a.phrase(m_region, k) != 0 || m_a.phrase(m_country, k) != 0) {
            const std::string head = m_a.folded(i, i + 1);
            if (head == "tribunal" || head == "parquet" || head == "cour" || head == "section" || head == "prefecture" || head == "universite" || head == "banque") {
                end = k + std::max(m_a.phrase(m_city, k), std::max(m_a.phrase(m_region, k), m_a.phrase(m_country, k)));
                complemented = true;
            }
            break;
        }
        // Another body begins its own name: "direction générale de la Police nationale du ministère".
        if (complemented && (m_a.phrase(m_org_lead_lower, k) != 0 || m_a.phrase(m_org_lead, k) != 0 || m_a.phrase(m_known_public, k) != 0)) {
            break;
        }
        // Within a body's name only forces and the like follow: "Direction centrale de la police judiciaire".
        const std::string governed = m_a.folded(k, k + 1);
        if (!complemented && bare > i + 1 && (governed == "ministere" || governed == "direction" || governed == "gouvernement" || governed == "sous-direction")) {
            break;
        }
        std::uint32_t stop = k + 1;
        if (m_a.token(k).capital) {
            stop = run_end(k, last);
        }
        end = stop;
        complemented = true;
        adjectives();
        if (end + 1 < last && m_a.folded(end, end + 1) == "et" && (m_a.folded(end + 1, end + 2) == "de" || m_a.folded(end + 1, end + 2) == "la" || m_a.folded(end + 1, end + 2) == "du")) {
            std::uint32_t tail = end + 2;
            while (tail < last && (m_a.folded(tail, tail + 1) == "la" || m_a.folded(tail, tail + 1) == "l'")) {
                ++tail;
            }
            if (tail < last && m_a.token(tail).kind == TokenKind::word) {
                end = tail + 1;
                adjectives();
            }
        }
    }
    const bool capital = m_a.token(i).capital;
    return complemented || (capital && bare > i + 1) ? end : i;
}

void NameReader::add(std::uint32_t first, std::uint32_t last, Kind kind, double score) {
    Span span;
    span.first = first;
    span.last = last;
    span.kind = kind;
    span.score = score;
    m_a.spans.push_back(std::move(span));
}

void NameReader::read_sentence(const Sentence& sentence) {
    const bool title_case = is_title_case(sentence);
    const std::uint32_t last = sentence.last;
    std::uint32_t i = sentence.first;
    bool person_next = false;  // a title or role stood right before
    while (i < last) {
        const Token& t = m_a.token(i);
        if (t.kind != TokenKind::word) {
            person_next = person_next && t.is_quote();
            ++i;
            continue;
        }
        while (m_next_known < m_known.size() && m_known[m_next_known].first < i) {
            ++m_next_known;
        }
        if (m_next_known < m_known.size() && m_known[m_next_known].first == i && m_known[m_next_known].last <= last) {
            const Known& known = m_known[m_next_known];
            const std::uint32_t end = run_end(i, last);
            // The list's name must not be a part of a longer one.
            if (end <= known.last && !(known.hit->weak && known.last - known.first == 1)) {
                const Kind kind = known.hit->schema == "Person" ? Kind::person
                                  : known.hit->schema == "Company" ? Kind::company
                                  : known.hit->schema == "PublicBody" ? Kind::public_body
                                  : known.hit->schema == "Vessel" ? Kind::thing : Kind::organisation;
                add(i, known.last, kind, 0.97);
                m_a.spans.back().mention = MentionKind::known;
                m_a.spans.back().known_as = known.hit->entities;
                m_a.spans.back().weak = known.hit->weak;
                i = known.last;
                continue;
            }
        }
        // "gouvernement britannique", "autorités néerlandaises"; "U.S. authorities", "Dutch police"
        if (const std::uint32_t body = m_a.phrase(m_state_body, i); body != 0 && !t.capital) {
            const std::uint32_t after = i + body < last ? m_a.phrase(m_demonym, i + body) : 0;
            if (sentence.language == Language::french && after != 0) {
                add(i, i + body + after, Kind::public_body, 0.8);
                i += body + after;
                person_next = false;
                continue;
            }
        }
        if (const std::uint32_t people = m_a.phrase(m_demonym, i); people != 0 && sentence.language == Language::english && i + people < last) {
            const std::uint32_t body = m_a.phrase(m_state_body, i + people);
            if (body != 0 && !m_a.token(i + people).capital) {
                add(i, i + people + body, Kind::public_body, 0.8);
                i += people + body;
                person_next = false;
                continue;
            }
        }
        // Lower-case French bodies: "ministère de l'Intérieur", "direction centrale de la police judiciaire".
        if (!t.capital && sentence.language == Language::french && m_a.phrase(m_org_lead_lower, i) == 1) {
            const std::uint32_t end = french_body_end(i, last);
            if (end > i + 1 && (has_capital(i, end) || (m_a.phrase(m_adjective, i + 1) != 0 && end > i + 2))) {
                add(i, end, Kind::public_body, 0.7);
                i = end;
                person_next = false;
                continue;
            }
        }
        if (const std::uint32_t length = m_a.phrase(m_known_public, i); length != 0 && !t.capital) {
            // Known bodies written in lower case ("armée américaine"): only entries of two words and more.
            if (length > 1) {
                add(i, i + length, Kind::public_body, 0.9);
                i += length;
                continue;
            }
        }
        if (!is_cap(i)) {
            const std::uint32_t title = m_a.phrase(m_title, i);
            const std::uint32_t role = role_at(i);
            person_next = title != 0 || role != 0;
            i += std::max<std::uint32_t>({title, role, 1});
            continue;
        }
        i = read_name(i, sentence, title_case, person_next);
    }
}

bool NameReader::has_capital(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
        if (m_a.token(i).capital) {
            return true;
        }
    }
    return false;
}

std::uint32_t NameReader::read_name(std::uint32_t i, const Sentence& sentence, bool title_case, bool& person_next) {
    const std::uint32_t last = sentence.last;
    const bool initial = i == sentence.first || m_a.token(i - 1).is_quote() || m_a.is_mark(i - 1, ':');
    const bool french = sentence.language == Language::french;
    const std::uint32_t known = std::max(m_a.phrase(m_known_public, i), m_a.phrase(m_known_company, i));
    if (const std::uint32_t title = m_a.phrase(m_title, i); title > known && i + title < last && is_cap(i + title)) {
        person_next = true;
        return i + title;
    }
    const std::uint32_t role = role_at(i);
    if (role > known && role != 0) {
        const bool office = i + role < last && (m_a.phrase(m_public_head, i + role) != 0 && m_a.token(i + role).capital);
        if (!office && !org_follows(i, i + role, last)) {
            person_next = true;
            return i + role;
        }
    }
    if (m_a.phrase(m_function, i) != 0 && m_a.phrase(m_given, i) == 0 && known == 0) {
        // "An Hye Jin" is a name, "Le Monde" is not: three words of that shape at the beginning of a sentence.
        const bool surname = m_a.phrase(m_east, i) != 0 && i + 1 < last && is_cap(i + 1) && (!initial || run_end(i + 1, last) >= i + 3);
        if (!surname) {
            person_next = false;
            return i + 1;
        }
    }
    std::uint32_t end = run_end(i, last);
    // French bodies with lower-case adjectives.
    if (french && m_a.phrase(m_org_lead, i) != 0 && end <= i + 2) {
        const std::uint32_t body = french_body_end(i, last);
        if (body > end || (body > i && body >= end)) {
            add(i, body, is_public(i, body) ? Kind::public_body : Kind::organisation, 0.85);
            person_next = false;
            return body;
        }
    }
    const bool had_person_cue = person_next;
    person_next = false;
    // A possessive with a body behind: cut there is natural, as "'s" is a token of its own.
    if (known > 0 && i + known >= end) {
        std::uint32_t stop = extend_org_if(i, i + known, last);
        add(i, stop, m_a.phrase(m_known_public, i) == known ? Kind::public_body : Kind::company, 0.95);
        return stop;
    }
    if (known > 0 && !org_word(i + known, end) && !holds(m_company_suffix, i + known, end) && i + known < end &&
        (m_a.phrase(m_given, i + known) != 0 || m_a.phrase(m_east, i + known) != 0 || m_a.token(i).all_caps)) {
        // A body's name right before a person's: "AFP Hong Min".
        add(i, i + known, m_a.phrase(m_known_public, i) == known ? Kind::public_body : Kind::company, 0.95);
        person_next = true;
        return i + known;
    }
    const std::uint32_t country = m_a.phrase(m_country, i);
    const std::uint32_t demonym = m_a.phrase(m_demonym, i);
    const std::uint32_t city = std::max(m_a.phrase(m_city, i), m_a.phrase(m_region, i));
    const std::uint32_t place = std::max({country, demonym, city});
    bool org = org_word(i, end) || holds(m_company_suffix, i + 1, end);
    if (place != 0 && i + place >= end && !(m_a.phrase(m_given, i) != 0 && had_person_cue)) {
        if (country >= demonym && country >= city) {
            add(i, i + country, Kind::country, 0.95);
        } else if (city > demonym) {
            // "Washington imposed", "Pyongyang a averti": the government that sits there.
            const bool acts = m_a.phrase(m_seat, i) == city && i + city < last && m_a.phrase(m_seat_verb, i + city) != 0 &&
                              (i == sentence.first || m_a.phrase(m_preposition, i - 1) == 0);
            add(i, i + city, acts ? Kind::public_body : Kind::place, 0.9);
        }
        return i + place;
    }
    if (place != 0 && !org && !(m_a.phrase(m_given, i) != 0)) {
        // "Russian Ivan Petrov", "U.S. Attorney": the place or people is apart from the name.
        const std::uint32_t after = i + place;
        const bool east = m_a.phrase(m_east, i) != 0;
        if (!east) {
            if (country >= demonym && country >= city && country != 0) {
                add(i, after, Kind::country, 0.9);
            } else if (city > demonym) {
                add(i, after, Kind::place, 0.7);
            }
            person_next = demonym != 0;
            return after;
        }
    }
    // Leading words that are ordinary in this text, at the beginning of a sentence.
    if (initial && end > i + 1 && !org && m_lower.contains(m_a.folded(i, i + 1)) && m_a.phrase(m_given, i) == 0 && m_a.phrase(m_east, i) == 0) {
        return i + 1;
    }
    // Cut before a role: "Garantex Director", "Evil Corp leader".
    for (std::uint32_t k = i + 1; k < end; ++k) {
        const std::uint32_t inner = role_at(k);
        if (inner != 0 && m_a.phrase(m_given, k) == 0 && !(k + inner < end && org_word(k + inner, end)) && !m_a.phrase(m_east, k)) {
            end = k;
            org = org_word(i, end) || holds(m_company_suffix, i + 1, end);
            break;
        }
    }
    const std::uint32_t cut = cut_at_person(i, end);
    if (cut < end && (org || m_a.phrase(m_topic, i) != 0 || role_at(i) != 0)) {
        end = cut;
        org = org_word(i, end);
    } else if (cut < end) {
        end = cut;
    }
    // A demonym in the middle parts two names: rare; left alone.
    if (org) {
        end = extend_org(i, end, last);
    } else if (end < last && end == i + 1 && m_a.phrase(m_org_lead, i) != 0) {
        end = extend_org(i, end, last);
        org = end > i + 1;
    } else if (end + 1 < last && (m_a.folded(end, end + 1) == "and" || m_a.is_mark(end, ',')) && is_cap(end + 1) && m_a.phrase(m_topic, i) != 0) {
        // "Counterintelligence and Export Control Section"
        const std::uint32_t tail = run_end(end + 1, last);
        if (tail > end + 2 && holds(m_public_head, tail - 1, tail) && m_a.folded(end, end + 1) == "and") {
            end = tail;
            org = true;
        }
    }
    // Legal form behind: "Aqua Pure Water Inc."
    while (end > i + 1 && m_a.phrase(m_function, end - 1) != 0 && !m_a.token(end - 1).all_caps && m_a.phrase(m_east, end - 1) == 0) {
        --end;
    }
    classify(i, end, sentence, title_case, had_person_cue, org, initial);
    return end;
}

bool NameReader::org_follows(std::uint32_t first, std::uint32_t i, std::uint32_t last) const {
    // "General Staff", "Executive Office", "Director Trading Company": the role word belongs to a name.
    const std::uint32_t end = run_end(first, last);
    return end > i && org_word(i, end) && !holds(m_given, i, end) && m_a.phrase(m_known_public, i) == 0 &&
           m_a.phrase(m_east, i) == 0;
}

std::uint32_t NameReader::extend_org_if(std::uint32_t first, std::uint32_t end, std::uint32_t last) const {
    return org_word(first, end) ? extend_org(first, end, last) : end;
}

bool NameReader::is_public(std::uint32_t first, std::uint32_t last) const {
    return holds(m_public_head, first, last);
}

std::uint32_t NameReader::before_name(std::uint32_t i, std::uint32_t first) const {
    while (i > first && (m_a.token(i - 1).is_quote())) {
        --i;
    }
    return i;
}

bool NameReader::ends_with_list(std::uint32_t list, std::uint32_t at, std::uint32_t first) const {
    // Some phrase of the list ends right before `at`.
    for (std::uint32_t back = 1; back <= 4 && at >= first + back; ++back) {
        if (m_a.phrase(list, at - back) == back) {
            return true;
        }
    }
    return false;
}

std::string_view schema_of(Kind kind) {
    switch (kind) {
        case Kind::person: return "Person";
        case Kind::organisation: return "Organization";
        case Kind::company: return "Company";
        case Kind::public_body: return "PublicBody";
        case Kind::place: return "Address";
        case Kind::country: return "Country";
        case Kind::thing: return "Thing";
        case Kind::group: return "Group";
        case Kind::identifier: return "CryptoWallet";
        case Kind::unknown: return "Thing";
    }
    return "Thing";
}

std::string_view Analysis::words(std::uint32_t first, std::uint32_t last) const {
    const std::uint32_t start = text.tokens[first].start;
    return std::string_view(document->text).substr(start, text.tokens[last - 1].end - start);
}

std::uint32_t Analysis::phrase(std::uint32_t list, std::uint32_t at, std::uint32_t* payload) const {
    std::uint32_t longest = 0;
    if (at + 1 >= phrase_at.size()) {
        return 0;
    }
    for (std::uint32_t i = phrase_at[at]; i < phrase_at[at + 1]; ++i) {
        if (phrases[i].list == list && phrases[i].length > longest) {
            longest = phrases[i].length;
            if (payload != nullptr) {
                *payload = phrases[i].payload;
            }
        }
    }
    return longest;
}

bool Analysis::is_mark(std::uint32_t i, char c) const {
    return text.tokens[i].kind == TokenKind::punctuation && document->text[text.tokens[i].start] == c;
}

Analysis analyse(const Document& document, const Rules& rules) {
    Analysis a;
    a.rules = &rules;
    a.document = &document;
    a.text = tokenize(document, rules.vocabulary, rules.abbreviations);
    const auto& tokens = a.text.tokens;
    a.phrase_at.reserve(tokens.size() + 1);
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
        a.phrase_at.push_back(static_cast<std::uint32_t>(a.phrases.size()));
        rules.trie.find(tokens, i, a.text.sentences[tokens[i].sentence].last, a.phrases);
    }
    a.phrase_at.push_back(static_cast<std::uint32_t>(a.phrases.size()));
    return a;
}

void find_names(Analysis& analysis, const NameFinder* names) { NameReader(analysis, names).run(); }

}  // namespace liaison::article
