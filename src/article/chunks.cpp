// What patterns speak of: names, roles, groups of unnamed people, numbers, money, dates and quotations, as chunks.

#include "article/analysis.hpp"

#include <algorithm>
#include <array>

namespace liaison::article {
namespace {

class Chunker {
public:
    explicit Chunker(Analysis& a) : m_a(a) {
        const Rules& r = *a.rules;
        m_role_lists = {r.list("role_direct"), r.list("role_employ"), r.list("role_member"), r.list("role_represent"),
                        r.list("role_own"), r.list("role_family")};
        m_modifier = r.list("role_modifier");
        m_after = r.list("role_modifier_after");
        m_group = r.list("group_noun");
        m_thing = r.list("thing_noun");
        m_demonym = r.list("demonym");
        m_number = r.list("number_word");
        m_descriptor = r.list("list_descriptor");
        m_determiner = r.list("article");
        m_quantifier = r.list("quantifier");
        m_currency = r.list("currency");
        m_magnitude = r.list("magnitude");
        m_adjective = r.list("group_adjective");
    }

    void run() {
        const auto count = static_cast<std::uint32_t>(m_a.text.tokens.size());
        m_covered.assign(count, -1);
        for (std::size_t s = 0; s < m_a.spans.size(); ++s) {
            const Span& span = m_a.spans[s];
            for (std::uint32_t i = span.first; i < span.last; ++i) {
                m_covered[i] = static_cast<std::int32_t>(s);
            }
            ChunkType type = ChunkType::capital;
            switch (span.kind) {
                case Kind::person: type = ChunkType::person; break;
                case Kind::organisation: case Kind::company: case Kind::public_body: type = ChunkType::organisation; break;
                case Kind::place: type = ChunkType::location; break;
                case Kind::country: type = ChunkType::country; break;
                case Kind::thing: type = ChunkType::thing; break;
                case Kind::identifier: type = ChunkType::identifier; break;
                case Kind::group: type = ChunkType::group; break;
                case Kind::unknown: type = ChunkType::capital; break;
            }
            // Weak guesses are names without a type: only patterns that ask for any capitalised name see them.
            if (span.score < 0.4) {
                type = ChunkType::capital;
            }
            put(type, span.first, span.last, static_cast<std::int32_t>(s));
            if (type != ChunkType::capital && type != ChunkType::country && span.mention != MentionKind::pronoun && span.mention != MentionKind::nominal) {
                put(ChunkType::capital, span.first, span.last, static_cast<std::int32_t>(s));
            }
        }
        for (const Sentence& sentence : m_a.text.sentences) {
            if (m_a.document->blocks[sentence.block].region != Region::main) {
                continue;
            }
            read(sentence);
        }
        std::stable_sort(m_a.chunks.begin(), m_a.chunks.end(), [](const Chunk& a, const Chunk& b) {
            return a.first != b.first ? a.first < b.first : a.last > b.last;
        });
        m_a.chunk_at.assign(count + 2, 0);
        std::uint32_t c = 0;
        for (std::uint32_t i = 0; i <= count; ++i) {
            while (c < m_a.chunks.size() && m_a.chunks[c].first < i) {
                ++c;
            }
            m_a.chunk_at[i] = c;
        }
        m_a.chunk_at[count + 1] = static_cast<std::uint32_t>(m_a.chunks.size());
    }

private:
    void put(ChunkType type, std::uint32_t first, std::uint32_t last, std::int32_t mention, std::uint32_t detail = 0) {
        Chunk chunk;
        chunk.type = type;
        chunk.first = first;
        chunk.last = last;
        chunk.skip = behind_brackets(last, m_a.text.sentences[m_a.token(first).sentence].last);
        chunk.mention = mention;
        chunk.detail = detail;
        m_a.chunks.push_back(chunk);
    }

    /// Behind what follows in brackets: "(KMCTC)", "(a.k.a. Jack Zhu)".
    [[nodiscard]] std::uint32_t behind_brackets(std::uint32_t at, std::uint32_t last) const {
        std::uint32_t i = at;
        while (i < last && m_a.token(i).kind == TokenKind::quote_close) {
            ++i;
        }
        // The full stop of "Ltd." before the bracket.
        if (i + 1 < last && m_a.is_mark(i, '.') && m_a.is_mark(i + 1, '(')) {
            ++i;
        }
        if (i >= last || !m_a.is_mark(i, '(')) {
            return at;
        }
        int depth = 0;
        for (std::uint32_t k = i; k < last && k < i + 30; ++k) {
            depth += m_a.is_mark(k, '(') ? 1 : m_a.is_mark(k, ')') ? -1 : 0;
            if (depth == 0) {
                return k + 1;
            }
        }
        return at;
    }

    /// Part of a name that has a type; a mere capital is no obstacle.
    [[nodiscard]] bool named(std::uint32_t i) const {
        return m_covered[i] >= 0 && m_a.spans[static_cast<std::size_t>(m_covered[i])].score >= 0.4;
    }

    void read(const Sentence& sentence) {
        std::uint32_t role_until = sentence.first;
        for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
            const Token& t = m_a.token(i);
            ClaimDate date;
            if (const std::uint32_t n = (t.kind == TokenKind::word || t.kind == TokenKind::number) && i >= m_date_until ? date_at(m_a, i, sentence.last, date) : 0; n != 0) {
                m_a.dates.push_back(date);
                put(ChunkType::date, i, i + n, -1, static_cast<std::uint32_t>(m_a.dates.size() - 1));
                m_date_until = i + n;
            }
            if (t.kind == TokenKind::quote_open) {
                quoted(i, sentence.last);
                continue;
            }
            number(i, sentence);
            if (t.kind != TokenKind::word) {
                continue;
            }
            if (const std::uint32_t n = m_a.phrase(m_demonym, i); n != 0 && !inside_longer(i, n)) {
                std::uint32_t payload = 0;
                (void)m_a.phrase(m_demonym, i, &payload);
                put(ChunkType::demonym, i, i + n, -1, payload);
            }
            if (i >= role_until) {
                role_until = std::max(role_until, role(i, sentence));
            }
            if (const std::uint32_t n = m_a.phrase(m_thing, i); n != 0 && !named(i)) {
                put(ChunkType::thing, i, i + n, -1);
            }
            group(i, sentence);
        }
    }

    /// A demonym that is part of an organisation's or person's name.
    [[nodiscard]] bool inside_longer(std::uint32_t i, std::uint32_t n) const {
        if (!named(i)) {
            return false;
        }
        const Span& span = m_a.spans[static_cast<std::size_t>(m_covered[i])];
        return span.last - span.first > n && span.kind != Kind::country;
    }

    void quoted(std::uint32_t open, std::uint32_t last) {
        std::uint32_t i = open + 1;
        while (i < last && i < open + 12 && m_a.token(i).kind != TokenKind::quote_close) {
            if (m_a.token(i).kind == TokenKind::quote_open) {
                return;
            }
            ++i;
        }
        if (i < last && i > open + 1 && m_a.token(i).kind == TokenKind::quote_close) {
            Chunk chunk;
            chunk.type = ChunkType::quoted;
            chunk.first = open;
            chunk.last = i + 1;
            chunk.skip = i + 1;
            chunk.mention = m_covered[open + 1];
            m_a.chunks.push_back(chunk);
        }
    }

    void number(std::uint32_t i, const Sentence& sentence) {
        const Token& t = m_a.token(i);
        const bool digits = t.kind == TokenKind::number;
        const bool word = t.kind == TokenKind::word && m_a.phrase(m_number, i) != 0 && !m_a.token(i).capital;
        if (!digits && !word) {
            return;
        }
        std::uint32_t first = i;
        std::uint32_t last = i + 1;
        bool money = false;
        while (last < sentence.last && m_a.phrase(m_magnitude, last) != 0) {
            last += m_a.phrase(m_magnitude, last);
        }
        if (first > sentence.first && m_a.phrase(m_currency, first - 1) != 0 && m_a.token(first - 1).kind == TokenKind::punctuation) {
            --first;
            money = true;
        }
        std::uint32_t unit = last;
        if (unit < sentence.last && (m_a.folded(unit, unit + 1) == "de" || m_a.folded(unit, unit + 1) == "d'")) {
            ++unit;
        }
        if (unit < sentence.last && m_a.phrase(m_currency, unit) != 0) {
            last = unit + m_a.phrase(m_currency, unit);
            money = true;
        }
        if (last < sentence.last && m_a.is_mark(last, '%')) {
            ++last;
        }
        // "près de 2 000", "more than 300", "at least $180 million"
        for (std::uint32_t back = 1; back <= 4 && first >= sentence.first + back; ++back) {
            if (m_a.phrase(m_quantifier, first - back) == back) {
                first -= back;
                break;
            }
        }
        if (digits || last > i + 1 || first < i) {
            put(money ? ChunkType::money : ChunkType::number, first, last, -1);
        }
    }

    std::uint32_t role(std::uint32_t i, const Sentence& sentence) {
        std::uint32_t at = i;
        std::uint32_t head = 0;
        std::size_t kind = 0;
        std::uint32_t payload = 0;
        for (int modifiers = 0; modifiers < 5 && at < sentence.last; ++modifiers) {
            if (named(at)) {
                return i;
            }
            head = 0;
            for (std::size_t k = 0; k < m_role_lists.size(); ++k) {
                std::uint32_t value = 0;
                if (const std::uint32_t n = m_a.phrase(m_role_lists[k], at, &value); n > head) {
                    head = n;
                    kind = k;
                    payload = value;
                }
            }
            const std::uint32_t n = m_a.phrase(m_modifier, at);
            // "vice president", "head of": the longest reading; a modifier goes on only when a role follows.
            if (head != 0 && (n == 0 || !role_or_modifier(at + n, sentence))) {
                break;
            }
            if (n == 0) {
                return i;
            }
            head = 0;
            at += n;
            if (at < sentence.last && m_a.is_mark(at, '-')) {
                ++at;
            }
        }
        if (head == 0) {
            return i;
        }
        std::uint32_t end = at + head;
        while (end < sentence.last && m_a.phrase(m_after, end) != 0 && !named(end)) {
            end += m_a.phrase(m_after, end);
        }
        // "head of security", "chef de la sécurité": a trade that is no organisation belongs to the role.
        (void)payload;
        put(ChunkType::role, i, end, -1, static_cast<std::uint32_t>(kind) | (payload << 8U));
        return end;
    }

    [[nodiscard]] bool role_or_modifier(std::uint32_t at, const Sentence& sentence) const {
        if (at >= sentence.last) {
            return false;
        }
        return m_a.phrase(m_modifier, at) != 0 ||
               std::any_of(m_role_lists.begin(), m_role_lists.end(), [&](std::uint32_t list) { return m_a.phrase(list, at) != 0; });
    }

    /// Unnamed people or firms: "eight individuals", "two North Korean bankers", "une Américaine", "members of Evil Corp".
    void group(std::uint32_t i, const Sentence& sentence) {
        if (i < m_group_until) {
            return;
        }
        const auto is_start = [&](std::uint32_t at) {
            const Token& t = m_a.token(at);
            return t.kind == TokenKind::number || m_a.phrase(m_number, at) != 0 || m_a.phrase(m_determiner, at) == 1 ||
                   m_a.phrase(m_quantifier, at) != 0 || m_a.phrase(m_demonym, at) != 0 || m_a.phrase(m_adjective, at) != 0 ||
                   m_a.phrase(m_group, at) != 0;
        };
        if (!is_start(i) || (named(i) && m_a.spans[static_cast<std::size_t>(m_covered[i])].kind != Kind::country)) {
            return;
        }
        const bool french = sentence.language == Language::french;
        std::uint32_t at = i;
        std::uint32_t noun = 0;
        bool counted = false;
        bool demonym_person = false;
        for (int steps = 0; steps < 9 && at < sentence.last; ++steps) {
            const Token& t = m_a.token(at);
            const std::uint32_t g = m_a.phrase(m_group, at);
            const std::uint32_t d = m_a.phrase(m_demonym, at);
            if (g != 0 && (french || !group_continues(at + g, sentence))) {
                noun = at + g;
                break;
            }
            if (t.kind == TokenKind::number || m_a.phrase(m_number, at) != 0) {
                counted = true;
                at += std::max<std::uint32_t>(1, m_a.phrase(m_number, at));
                continue;
            }
            if (const std::uint32_t q = m_a.phrase(m_quantifier, at); q != 0) {
                at += q;
                continue;
            }
            if (d != 0) {
                // "une Américaine", "des Nord-Coréens", "four Americans": the people's name is the noun.
                if (t.capital && (at + d >= sentence.last || !group_continues(at + d, sentence)) && at > i &&
                    (french || m_a.document->text[m_a.token(at + d - 1).end - 1] == 's' || counted)) {
                    noun = at + d;
                    demonym_person = true;
                    break;
                }
                at += d;
                continue;
            }
            if (m_a.phrase(m_determiner, at) == 1 && at == i) {
                ++at;
                continue;
            }
            if (const std::uint32_t a = m_a.phrase(m_adjective, at); a != 0) {
                at += a;
                continue;
            }
            if (g != 0) {
                at += g;
                continue;
            }
            if (named(at) && at > i) {
                // "Prince Group TCO-affiliated businesses", "North Korea-based entities"
                const Span& span = m_a.spans[static_cast<std::size_t>(m_covered[at])];
                at = span.last;
                continue;
            }
            break;
        }
        if (noun == 0) {
            return;
        }
        const bool bare_single = noun == i + 1;
        std::uint32_t end = noun;
        m_group_until = noun;
        // Adjectives behind in French; "of the TrickBot gang", "du FSB".
        while (french && end < sentence.last && (m_a.phrase(m_demonym, end) != 0 || m_a.phrase(m_adjective, end) != 0)) {
            end += std::max(m_a.phrase(m_demonym, end), m_a.phrase(m_adjective, end));
        }
        if (end + 1 < sentence.last) {
            const std::string word = m_a.folded(end, end + 1);
            if (word == "of" || word == "du" || word == "de" || word == "des" || word == "d'" || word == "within") {
                std::uint32_t k = end + 1;
                while (k < sentence.last && (m_a.folded(k, k + 1) == "the" || m_a.folded(k, k + 1) == "la" || m_a.folded(k, k + 1) == "l'")) {
                    ++k;
                }
                if (k < sentence.last && named(k)) {
                    const Span& span = m_a.spans[static_cast<std::size_t>(m_covered[k])];
                    if (is_organisation(span.kind) && span.score >= 0.4) {
                        end = span.last;
                    }
                }
            }
        }
        // "eight individuals and two entities"
        if (counted && end + 2 < sentence.last && (m_a.folded(end, end + 1) == "and" || m_a.folded(end, end + 1) == "et")) {
            std::uint32_t k = end + 1;
            if (m_a.phrase(m_group, k) != 0) {
                end = k + m_a.phrase(m_group, k);  // "plusieurs individus et entités russes"
                while (french && end < sentence.last && m_a.phrase(m_demonym, end) != 0) {
                    end += m_a.phrase(m_demonym, end);
                }
                m_group_until = end;
            } else if ((m_a.phrase(m_number, k) != 0 || m_a.token(k).kind == TokenKind::number)) {
                ++k;
                while (k < sentence.last && (m_a.phrase(m_adjective, k) != 0 || m_a.phrase(m_demonym, k) != 0)) {
                    k += std::max(m_a.phrase(m_adjective, k), m_a.phrase(m_demonym, k));
                }
                if (k < sentence.last && m_a.phrase(m_group, k) != 0) {
                    end = k + m_a.phrase(m_group, k);
                }
            }
        }
        // A bare noun is a group only where it is said of whom.
        if (bare_single && end == noun && !m_a.token(i).capital) {
            return;
        }
        put(ChunkType::group, i, end, -1, (counted ? 1U : 0U) | (demonym_person ? 2U : 0U) | (bare_single ? 4U : 0U));
    }

    [[nodiscard]] bool group_continues(std::uint32_t at, const Sentence& sentence) const {
        return at < sentence.last && (m_a.phrase(m_group, at) != 0 || m_a.phrase(m_adjective, at) != 0) &&
               !(m_a.token(at).capital);
    }

    Analysis& m_a;
    std::vector<std::int32_t> m_covered;
    std::array<std::uint32_t, 6> m_role_lists{};
    std::uint32_t m_modifier = 0, m_after = 0, m_group = 0, m_thing = 0, m_demonym = 0, m_number = 0, m_descriptor = 0,
                  m_determiner = 0, m_quantifier = 0, m_currency = 0, m_magnitude = 0, m_adjective = 0;
    std::uint32_t m_group_until = 0;
    std::uint32_t m_date_until = 0;
};

}  // namespace

void make_chunks(Analysis& analysis) { Chunker(analysis).run(); }

}  // namespace liaison::article
