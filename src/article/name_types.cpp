// What the names found are, and which of them are one: typed by evidence over all mentions, short forms joined to full ones.

#include "article/name_reader.hpp"

#include <algorithm>

namespace liaison::article {
namespace {

/// Patronymics and the commonest endings of Slavic, Caucasian, Armenian and Iranian surnames.
bool has_surname_ending(std::string_view folded) {
    static constexpr std::array<std::string_view, 34> endings = {
        "ovich", "evich", "ovych", "ovna", "evna", "ivna", "ov", "ova", "ev", "eva", "sky", "skiy", "skyi", "skaya", "enko",
        "chuk", "shvili", "dze", "yan", "zadeh", "nejad", "inin", "ykin", "etskiy", "etski", "ski", "ska", "wicz", "vic",
        "oglu", "khin", "shin", "tin", "kin"};
    return folded.size() >= 5 &&
           std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return has_ending(folded, e); });
}

/// Whether a word has the shape of one to three romanised Korean or Chinese syllables.
bool is_syllabic(std::string_view folded) {
    std::size_t i = 0;
    int syllables = 0;
    const auto vowel = [](char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; };
    while (i < folded.size()) {
        if (folded[i] == '-' || folded[i] == '\'') {
            ++i;
            continue;
        }
        std::size_t consonants = 0;
        while (i < folded.size() && !vowel(folded[i]) && folded[i] >= 'a' && folded[i] <= 'z') {
            ++consonants;
            ++i;
        }
        if (consonants > 2 || i >= folded.size() || !vowel(folded[i])) {
            return false;
        }
        while (i < folded.size() && vowel(folded[i])) {
            ++i;
        }
        // A closing consonant: k, l, m, n, ng, p, t, r, h, s in front of another consonant or the end.
        if (i < folded.size() && std::string_view("klmnptrhs").find(folded[i]) != std::string_view::npos &&
            (i + 1 >= folded.size() || !vowel(folded[i + 1]))) {
            ++i;
            if (i < folded.size() && folded[i] == 'g' && folded[i - 1] == 'n') {
                ++i;
            }
        }
        ++syllables;
    }
    return syllables >= 1 && syllables <= 3 && folded.size() <= 14;
}

}  // namespace

void NameReader::classify(std::uint32_t first, std::uint32_t last, const Sentence& sentence, bool title_case, bool person_cue, bool org, bool initial) {
    const std::uint32_t length = last - first;
    const Token& t = m_a.token(first);
    if (length == 1 && (m_a.phrase(m_not_name, first) != 0 || m_a.phrase(m_month, first) != 0 || m_a.phrase(m_weekday, first) != 0 ||
                        (t.end - t.start == 1))) {
        return;
    }
    if (m_a.phrase(m_not_name, first) == length) {
        return;
    }
    Guess guess;
    const std::uint32_t before = before_name(first, sentence.first);
    bool gang = false;
    const bool suffix = holds(m_company_suffix, first + 1, last);
    if (suffix) {
        guess.take(Kind::company, 0.95);
    }
    if (org || suffix) {
        const std::uint32_t final = last - 1;
        if (m_a.phrase(m_company_head, final) != 0) {
            guess.take(Kind::company, 0.85);
        }
        if (holds(m_public_head, first, last)) {
            guess.take(Kind::public_body, length == 1 ? 0.3 : 0.86);
        }
        if (holds(m_org_head, first, last)) {
            guess.take(Kind::organisation, length == 1 ? 0.3 : 0.85);
        }
        if (holds(m_company_head, first, last)) {
            guess.take(Kind::company, length == 1 ? 0.3 : 0.84);
        }
        if (holds(m_org_lead, first, last)) {
            guess.take(Kind::organisation, length == 1 ? 0.3 : 0.8);
        }
    }
    if (ends_with_list(m_thing_cue, before, sentence.first)) {
        guess.take(Kind::thing, 0.86);
    }
    if (ends_with_list(m_org_cue, before, sentence.first)) {
        guess.take(Kind::organisation, 0.88);
    }
    if (ends_with_list(m_gang_cue, before, sentence.first)) {
        guess.take(Kind::organisation, 0.9);
        gang = true;
    }
    // Apposition behind: "Garantex, a Russian cryptocurrency exchange", "Grinex is an exchange".
    std::uint32_t k = last;
    if (k < sentence.last && m_a.is_mark(k, '(')) {
        std::uint32_t close = k;
        while (close < sentence.last && close < k + 14 && !m_a.is_mark(close, ')')) {
            ++close;
        }
        k = close < sentence.last && m_a.is_mark(close, ')') ? close + 1 : k;
    }
    const bool appositive = k < sentence.last && (m_a.is_mark(k, ',') || m_a.folded(k, k + 1) == "is" || m_a.folded(k, k + 1) == "was" ||
                                                  m_a.folded(k, k + 1) == "est" || m_a.token(k).kind == TokenKind::punctuation);
    if (appositive && k + 1 < sentence.last) {
        const std::string next = m_a.folded(k + 1, k + 2);
        if (next == "a" || next == "an" || next == "the" || next == "un" || next == "une" || next == "la" || next == "le" || next == "another" || next == "l'") {
            for (std::uint32_t n = k + 2; n < sentence.last && n < k + 10; ++n) {
                if (m_a.token(n).kind == TokenKind::punctuation || m_a.folded(n, n + 1) == "of" || m_a.folded(n, n + 1) == "that" || m_a.folded(n, n + 1) == "who") {
                    break;
                }
                if (m_a.phrase(m_gang_cue, n) != 0) {
                    guess.take(Kind::organisation, 0.89);
                    gang = true;
                }
                if (m_a.phrase(m_org_cue, n) != 0) {
                    guess.take(Kind::organisation, 0.87);
                }
                if (m_a.phrase(m_thing_cue, n) != 0 && n + 1 < sentence.last && m_a.token(n + 1).kind == TokenKind::punctuation) {
                    guess.take(Kind::thing, 0.8);
                }
                if (m_a.phrase(m_person_noun, n) != 0 || role_at(n) != 0) {
                    guess.take(Kind::person, length == 1 ? 0.6 : 0.86);
                }
            }
        } else if (m_a.is_mark(k, ',') && m_a.token(k + 1).kind == TokenKind::number && k + 2 < sentence.last && m_a.is_mark(k + 2, ',')) {
            guess.take(Kind::person, 0.95);
        } else if (m_a.is_mark(k, ',') && (role_at(k + 1) != 0 || next == "who" || next == "qui")) {
            guess.take(Kind::person, length > 1 ? 0.86 : 0.5);
        }
    }
    if (k < sentence.last && (m_a.folded(k, k + 1) == "who" || m_a.folded(k, k + 1) == "whose")) {
        guess.take(Kind::person, length > 1 ? 0.85 : 0.5);
    }
    // Persons.
    if (!org && !suffix && length <= 6) {
        const bool given = m_a.phrase(m_given, first) == 1;
        bool plain = true;
        for (std::uint32_t i = first; i < last; ++i) {
            const Token& word = m_a.token(i);
            if ((word.all_caps && word.end - word.start > 3) || (word.mixed && word.end - word.start > 2 && !mixed_surname(i)) || m_a.phrase(m_not_name, i) != 0) {
                plain = false;
            }
        }
        bool surname = false;
        for (std::uint32_t i = first + 1; i < last; ++i) {
            surname = surname || has_surname_ending(m_a.folded(i, i + 1));
        }
        bool syllabic = length >= 2 && length <= 4 && m_a.phrase(m_east, first) == 1;
        for (std::uint32_t i = first; i < last && syllabic; ++i) {
            syllabic = is_syllabic(m_a.folded(i, i + 1));
        }
        bool initials = false;
        for (std::uint32_t i = first; i < last; ++i) {
            const Token& word = m_a.token(i);
            initials = initials || (word.end - word.start == 2 && m_a.document->text[word.end - 1] == '.');
        }
        if (plain && length >= 2) {
            if (given) {
                guess.take(Kind::person, 0.92);
            }
            if (holds(m_given, first + 1, last)) {
                guess.take(Kind::person, 0.8);
            }
            if (surname) {
                guess.take(Kind::person, 0.84);
            }
            if (syllabic) {
                guess.take(Kind::person, 0.85);
            }
            if (initials) {
                guess.take(Kind::person, 0.8);
            }
            if (person_cue) {
                guess.take(Kind::person, 0.88);
            }
            bool ordinary = false;
            for (std::uint32_t i = first; i < last; ++i) {
                ordinary = ordinary || m_lower.contains(m_a.folded(i, i + 1)) || m_a.phrase(m_topic, i) != 0 || m_a.phrase(m_demonym, i) != 0;
            }
            if (length <= 4 && !ordinary && !title_case) {
                guess.take(Kind::person, 0.45);
            }
        } else if (length == 1 && plain && person_cue) {
            guess.take(Kind::person, 0.62);
        }
        if (ends_with_list(m_person_cue, before, sentence.first)) {
            guess.take(Kind::person, 0.9);
        }
    }
    // Single words: acronyms and coined names.
    if (length == 1) {
        const std::size_t size = t.end - t.start;
        if (t.all_caps && size >= 3 && size <= 8) {
            guess.take(Kind::organisation, 0.55);
        } else if (t.mixed && size >= 3 && t.kind == TokenKind::word && !initial) {
            guess.take(Kind::organisation, 0.5);
        }
    }
    if (title_case && guess.score < 0.7) {
        guess.kind = Kind::unknown;
        guess.score = 0.0;
    }
    Span span;
    span.first = first;
    span.last = last;
    span.kind = guess.kind;
    span.score = guess.score;
    if (guess.kind == Kind::unknown) {
        // Kept for the second look: the name may be typed elsewhere in the document.
        if (length == 1 && initial && m_lower.contains(m_a.folded(first, last))) {
            return;
        }
        if (title_case && (length == 1 && m_lower.contains(m_a.folded(first, last)))) {
            return;
        }
        span.score = 0.05;
    }
    if (gang) {
        m_gangs.insert(m_a.folded(first, last));
    }
    m_a.spans.push_back(std::move(span));
}

bool NameReader::mixed_surname(std::uint32_t i) const {
    const std::string_view word = m_a.words(i, i + 1);
    return word.substr(0, 2) == "Mc" || word.substr(0, 3) == "Mac" || word.substr(0, 2) == "De" || word.substr(0, 2) == "La" || word.substr(0, 2) == "Le" ||
           word.substr(0, 2) == "O'" || word.substr(0, 2) == "Di" || word.find('-') != std::string_view::npos || word.find('\'') != std::string_view::npos ||
           word.find("\xE2\x80\x99") != std::string_view::npos;
}

std::int32_t NameReader::make_entity(const Span& span) {
    EntityState entity;
    entity.name = std::string(m_a.words(span.first, span.last));
    entity.key = fold(entity.name);
    entity.kind = span.kind;
    entity.score = span.score;
    m_a.entities.push_back(std::move(entity));
    return static_cast<std::int32_t>(m_a.entities.size() - 1);
}

void NameReader::settle() {
    auto& spans = m_a.spans;
    std::stable_sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.first < b.first; });
    std::unordered_map<std::string, std::int32_t> by_key;
    // Evidence adds up over the mentions of a name; the strongest decides.
    struct Votes {
        double best[10] = {};
    };
    std::unordered_map<std::string, Votes> votes;
    for (const Span& span : spans) {
        auto& best = votes[m_a.folded(span.first, span.last)].best[static_cast<std::size_t>(span.kind)];
        best = std::max(best, span.score);
    }
    for (Span& span : spans) {
        if (span.mention == MentionKind::known) {
            continue;
        }
        const Votes& v = votes[m_a.folded(span.first, span.last)];
        for (std::size_t k = 0; k < 10; ++k) {
            if (v.best[k] > span.score && static_cast<Kind>(k) != Kind::unknown) {
                span.score = v.best[k];
                span.kind = static_cast<Kind>(k);
            }
        }
    }
    // Full names first, so that short forms find them.
    std::vector<std::size_t> order(spans.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    for (const std::size_t i : order) {
        Span& span = spans[i];
        if (span.kind == Kind::unknown || span.kind == Kind::place || span.kind == Kind::country || span.kind == Kind::thing) {
            continue;
        }
        const std::string key = m_a.folded(span.first, span.last);
        auto found = by_key.find(key);
        if (found == by_key.end()) {
            found = by_key.emplace(key, make_entity(span)).first;
        }
        span.entity = found->second;
    }
    short_names(by_key);
    for (Span& span : spans) {
        if (span.entity >= 0) {
            EntityState& entity = m_a.entities[static_cast<std::size_t>(span.entity)];
            ++entity.mentions;
            if (span.score > entity.score) {
                entity.score = span.score;
                entity.kind = span.kind;
            }
        }
    }
    for (Span& span : spans) {
        if (span.entity >= 0) {
            EntityState& entity = m_a.entities[static_cast<std::size_t>(span.entity)];
            span.kind = entity.kind;
            entity.gang = entity.gang || m_gangs.contains(m_a.folded(span.first, span.last));
        }
    }
}

void NameReader::short_names(std::unordered_map<std::string, std::int32_t>& by_key) {
    auto& spans = m_a.spans;
    std::unordered_map<std::string, std::int32_t> aliases;
    // "(Jang)", "(KMCTC)", "(Prince Bank)" behind a name.
    for (std::size_t i = 0; i + 1 < spans.size(); ++i) {
        const Span& full = spans[i];
        Span& brief = spans[i + 1];
        std::uint32_t open = full.last;
        if (open + 1 < m_a.text.tokens.size() && m_a.is_mark(open, '.') && m_a.is_mark(open + 1, '(')) {
            ++open;
        }
        if (full.entity < 0 || open >= m_a.text.tokens.size() || !m_a.is_mark(open, '(')) {
            continue;
        }
        std::uint32_t begin = open + 1;
        while (begin < brief.first && (m_a.token(begin).is_quote() || m_a.folded(begin, begin + 1) == "the")) {
            ++begin;
        }
        std::uint32_t close = brief.last;
        while (close < m_a.text.tokens.size() && m_a.token(close).is_quote()) {
            ++close;
        }
        if (begin != brief.first || close >= m_a.text.tokens.size() || !m_a.is_mark(close, ')')) {
            continue;
        }
        if (abbreviates(brief, full)) {
            aliases[m_a.folded(brief.first, brief.last)] = full.entity;
        }
    }
    // Surnames and other single words of a person's name, where only one person bears them.
    std::unordered_map<std::string, std::int32_t> surnames;
    for (std::size_t e = 0; e < m_a.entities.size(); ++e) {
        const EntityState& entity = m_a.entities[e];
        if (entity.kind != Kind::person) {
            continue;
        }
        for (const std::string& part : phrase_words(entity.key)) {
            if (part.size() < 2 || part == entity.key) {
                continue;
            }
            auto [slot, is_new] = surnames.try_emplace(part, static_cast<std::int32_t>(e));
            if (!is_new && slot->second != static_cast<std::int32_t>(e)) {
                slot->second = -2;
            }
        }
    }
    std::unordered_map<std::string, std::int32_t> prefixes;
    for (std::size_t e = 0; e < m_a.entities.size(); ++e) {
        const EntityState& entity = m_a.entities[e];
        if (!is_organisation(entity.kind) || entity.kind == Kind::public_body) {
            continue;
        }
        const std::vector<std::string> words = phrase_words(entity.key);
        std::string prefix;
        for (std::size_t n = 0; n + 1 < words.size(); ++n) {
            prefix += (n == 0 ? "" : " ") + words[n];
            auto [slot, is_new] = prefixes.try_emplace(prefix, static_cast<std::int32_t>(e));
            if (!is_new && slot->second != static_cast<std::int32_t>(e)) {
                slot->second = -2;
            }
        }
    }
    for (Span& span : spans) {
        if (span.kind == Kind::place || span.kind == Kind::country) {
            continue;
        }
        const std::string key = m_a.folded(span.first, span.last);
        if (const auto alias = aliases.find(key); alias != aliases.end()) {
            join(span, alias->second);
            continue;
        }
        const bool strong = span.entity >= 0 && (span.score >= 0.85 || is_organisation(span.kind)) ;
        if (span.last - span.first == 1 || span.kind == Kind::person || span.kind == Kind::unknown) {
            const auto surname = surnames.find(key);
            if (surname != surnames.end() && surname->second >= 0 && surname->second != span.entity &&
                (!strong || span.kind == Kind::person) && span.last - span.first == 1) {
                join(span, surname->second);
                continue;
            }
            // "Aleksandr Ryzhenkov" for "Aleksandr Viktorovich Ryzhenkov", "Mira Serda" for "Aleksandr Mira Serda".
            if (span.kind != Kind::organisation && span.kind != Kind::company && span.last - span.first >= 2) {
                std::int32_t match = -1;
                for (std::size_t e = 0; e < m_a.entities.size() && match != -2; ++e) {
                    if (m_a.entities[e].kind == Kind::person && static_cast<std::int32_t>(e) != span.entity &&
                        is_subsequence(phrase_words(key), phrase_words(m_a.entities[e].key))) {
                        match = match == -1 ? static_cast<std::int32_t>(e) : -2;
                    }
                }
                if (match >= 0) {
                    join(span, match);
                    continue;
                }
            }
        }
        if (span.kind == Kind::unknown || (is_organisation(span.kind) && span.kind != Kind::public_body)) {
            if (const auto prefix = prefixes.find(key); prefix != prefixes.end() && prefix->second >= 0 && prefix->second != span.entity &&
                (span.kind != Kind::unknown || span.last - span.first > 1)) {
                join(span, prefix->second);
            }
        }
    }
    (void)by_key;
    // Names that nothing has typed stay as plain capitals.
    std::erase_if(spans, [](const Span& span) { return span.kind == Kind::unknown && span.entity < 0 && span.score < 0.05; });
}

bool NameReader::is_subsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
    if (part.size() >= whole.size()) {
        return false;
    }
    std::size_t at = 0;
    for (const std::string& word : whole) {
        if (at < part.size() && part[at] == word) {
            ++at;
        }
    }
    return at == part.size();
}

void NameReader::join(Span& span, std::int32_t entity) {
    const EntityState& state = m_a.entities[static_cast<std::size_t>(entity)];
    span.entity = entity;
    span.kind = state.kind;
    span.score = std::max(span.score, state.score * 0.98);
}

bool NameReader::abbreviates(const Span& brief, const Span& full) const {
    const std::string key = m_a.folded(brief.first, brief.last);
    const std::vector<std::string> words = phrase_words(m_a.folded(full.first, full.last));
    const std::vector<std::string> parts = phrase_words(key);
    if (std::all_of(parts.begin(), parts.end(), [&](const std::string& p) { return std::find(words.begin(), words.end(), p) != words.end(); })) {
        return true;
    }
    std::string initials;
    for (const std::string& word : words) {
        initials += word[0];
    }
    std::size_t at = 0;
    std::string letters;
    for (const char c : key) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            letters += c;
        }
    }
    for (const char c : initials) {
        if (at < letters.size() && letters[at] == c) {
            ++at;
        }
    }
    if (parts.size() == 1 && (at == letters.size() || (at + 1 >= letters.size() && letters.size() >= 3))) {
        return true;
    }
    // Any acronym behind an organisation's full name.
    return parts.size() == 1 && m_a.token(brief.first).all_caps && words.size() >= 2 && is_organisation(full.kind);
}

}  // namespace liaison::article
