// Pronouns and "the company": resolved only where there is one candidate, in the same block, so that a wrong guess is rare.
// He and she go to the only person of the sentence before (or the subject of the block); "the group", "la banque" to the
// last organisation named before it in the block.

#include "article/analysis.hpp"

#include <algorithm>

namespace liaison::article {
namespace {

class Resolver {
public:
    explicit Resolver(Analysis& a)
        : m_a(a), m_person(a.rules->list("person_pronoun")), m_nominal(a.rules->list("nominal_org")),
          m_gang(a.rules->list("nominal_gang")) {}

    void run() {
        const std::size_t named = m_a.spans.size();
        std::size_t next = 0;
        std::uint32_t block = ~0U;
        std::int32_t last_org = -1;
        std::int32_t last_gang = -1;
        for (const Sentence& sentence : m_a.text.sentences) {
            if (sentence.block != block) {
                block = sentence.block;
                m_previous.clear();
                last_org = -1;
            }
            std::vector<std::int32_t> persons;
            for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
                while (next < named && m_a.spans[next].first < i) {
                    ++next;
                }
                if (next < named && m_a.spans[next].first == i) {
                    const Span& span = m_a.spans[next];
                    if (span.entity >= 0 && span.score >= 0.5) {
                        if (span.kind == Kind::person) {
                            persons.push_back(static_cast<std::int32_t>(next));
                        } else if (span.kind == Kind::company || span.kind == Kind::organisation) {
                            last_org = static_cast<std::int32_t>(next);
                            if (m_a.entities[static_cast<std::size_t>(span.entity)].gang) {
                                last_gang = last_org;
                            }
                        }
                    }
                    i = span.last - 1;
                    continue;
                }
                if (m_a.token(i).kind != TokenKind::word) {
                    continue;
                }
                if (const std::uint32_t n = m_a.phrase(m_person, i); n != 0 && i <= sentence.first + 1) {
                    if (const std::int32_t who = only(persons.empty() ? m_previous : persons); who >= 0) {
                        add(i, i + n, who, MentionKind::pronoun);
                        persons.push_back(who);
                    }
                } else if (const std::uint32_t g = m_a.phrase(m_gang, i); g != 0 && last_gang >= 0) {
                    add(i, i + g, last_gang, MentionKind::nominal);
                } else if (const std::uint32_t o = m_a.phrase(m_nominal, i); o != 0 && last_org >= 0 && !followed_by_name(i + o, sentence)) {
                    add(i, i + o, last_org, MentionKind::nominal);
                }
            }
            if (!persons.empty()) {
                m_previous = persons;
            }
        }
        std::stable_sort(m_a.spans.begin(), m_a.spans.end(), [](const Span& a, const Span& b) { return a.first < b.first; });
    }

private:
    [[nodiscard]] bool followed_by_name(std::uint32_t at, const Sentence& sentence) const {
        return at < sentence.last && (m_a.token(at).capital || m_a.token(at).is_quote() || m_a.token(at).mixed);
    }

    /// The first person, when all mentions are of one.
    [[nodiscard]] std::int32_t only(const std::vector<std::int32_t>& persons) const {
        std::int32_t entity = -1;
        std::int32_t who = -1;
        for (const std::int32_t p : persons) {
            const std::int32_t e = m_a.spans[static_cast<std::size_t>(p)].entity;
            if (who < 0) {
                who = p;
                entity = e;
            } else if (e != entity) {
                return -1;
            }
        }
        return who;
    }

    void add(std::uint32_t first, std::uint32_t last, std::int32_t antecedent, MentionKind kind) {
        const Span& of = m_a.spans[static_cast<std::size_t>(antecedent)];
        Span span;
        span.first = first;
        span.last = last;
        span.kind = of.kind;
        span.mention = kind;
        span.score = of.score * 0.9;
        span.entity = of.entity;
        span.antecedent = static_cast<std::int32_t>(of.first);
        m_a.spans.push_back(std::move(span));
    }

    Analysis& m_a;
    std::uint32_t m_person;
    std::uint32_t m_nominal;
    std::uint32_t m_gang;
    std::vector<std::int32_t> m_previous;
};

}  // namespace

void resolve_references(Analysis& analysis) { Resolver(analysis).run(); }

}  // namespace liaison::article
