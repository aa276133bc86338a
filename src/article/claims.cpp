// Runs the rules over the sentences of the main text and turns matches into claims.

#include "article/analysis.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace liaison::article {
namespace {

/// Relations whose fact is an act of state: they are asserted even when what for is not.
bool is_act(std::string_view relation) { return relation == "sanctioned" || relation == "charged" || relation == "convicted"; }

struct Side {
    Argument argument;
    std::int32_t entity = -1;
    Kind kind = Kind::unknown;
    ChunkType type = ChunkType::capital;
    bool gang = false;
};

struct Found {
    const Rule* rule;
    std::uint32_t begin;
    std::uint32_t end;
    std::vector<Capture> captures;
};

class Claimant {
public:
    explicit Claimant(const Analysis& a) : m_a(a), m_rules(*a.rules) {
        m_match.tokens = &a.text.tokens;
        m_match.text = a.document->text;
        m_match.chunks = &a.chunks;
        m_match.chunk_at = &a.chunk_at;
        m_match.phrases = &a.phrases;
        m_match.phrase_at = &a.phrase_at;
        m_match.word_classes = &m_rules.word_classes;
        m_hedge = m_rules.list("hedge");
        m_deny = m_rules.list("deny");
        m_negation = m_rules.list("negation");
        m_nonfact = m_rules.list("nonfact");
        m_said = m_rules.list("said");
        m_said_fr = m_rules.list("said_fr");
        m_according = m_rules.list("according");
        m_venue = m_rules.list("venue");
        m_authority_list = m_rules.list("sanction_authority");
    }

    std::vector<Claim> run() {
        std::uint32_t block = ~0U;
        for (const Sentence& sentence : m_a.text.sentences) {
            if (m_a.document->blocks[sentence.block].region != Region::main) {
                continue;
            }
            if (sentence.block != block) {
                new_block(block, sentence);
                block = sentence.block;
            }
            // Headlines say in short what the text says with its names in full.
            if (m_a.document->blocks[block].kind == BlockKind::heading) {
                continue;
            }
            for (const Found& found : matches(sentence)) {
                claims_of(found, sentence);
            }
        }
        drop_conflicts();
        std::stable_sort(m_claims.begin(), m_claims.end(), [](const Claim& x, const Claim& y) {
            return std::tie(x.evidence_start, x.relation, x.subject.start, x.object.start) <
                   std::tie(y.evidence_start, y.relation, y.subject.start, y.object.start);
        });
        return std::move(m_claims);
    }

private:
    /// What a block is about: the name it begins with; list items go on with the block before.
    void new_block(std::uint32_t previous, const Sentence& sentence) {
        std::uint32_t i = sentence.first;
        while (i < sentence.last && (m_a.token(i).kind != TokenKind::word)) {
            ++i;
        }
        std::int32_t topic = -1;
        if (i < sentence.last) {
            for (std::uint32_t c = m_a.chunk_at[i]; c < m_a.chunk_at[i + 1]; ++c) {
                const Chunk& chunk = m_a.chunks[c];
                if (chunk.type == ChunkType::person || chunk.type == ChunkType::organisation) {
                    topic = static_cast<std::int32_t>(c);
                    break;
                }
            }
        }
        const Block& block = m_a.document->blocks[sentence.block];
        const bool goes_on = block.kind == BlockKind::list_item && previous != ~0U && sentence.block == previous + 1;
        if (topic >= 0) {
            m_topic = topic;
        } else if (!goes_on) {
            m_topic = -1;
        }
    }

    [[nodiscard]] std::vector<Found> matches(const Sentence& sentence) {
        std::vector<Found> result;
        std::vector<std::uint32_t> keys;
        for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
            keys.clear();
            const Token& token = m_a.token(i);
            const auto take = [&](const std::vector<std::uint32_t>& more) { keys.insert(keys.end(), more.begin(), more.end()); };
            if (token.word != 0 && token.word < m_rules.rules_by_word.size()) {
                take(m_rules.rules_by_word[token.word]);
            }
            for (std::uint32_t p = m_a.phrase_at[i]; p < m_a.phrase_at[i + 1]; ++p) {
                take(m_rules.rules_by_list[m_a.phrases[p].list]);
            }
            for (std::uint32_t c = m_a.chunk_at[i]; c < m_a.chunk_at[i + 1]; ++c) {
                take(m_rules.rules_by_chunk[static_cast<std::size_t>(m_a.chunks[c].type)]);
            }
            if (keys.empty()) {
                continue;
            }
            std::sort(keys.begin(), keys.end());
            keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
            for (const std::uint32_t key : keys) {
                const Rule& rule = m_rules.rules[key / 16];
                if (rule.language != Language::unknown && sentence.language != Language::unknown && rule.language != sentence.language) {
                    continue;
                }
                Found found{&rule, i, 0, {}};
                if (match_at(rule.programs[key % 16], m_match, sentence.first, sentence.last, i, found.captures, found.end)) {
                    result.push_back(std::move(found));
                }
            }
        }
        return result;
    }

    [[nodiscard]] std::vector<Capture> all(const Found& found, Slot slot) const {
        std::vector<Capture> result;
        for (const Capture& capture : found.captures) {
            if (capture.name == static_cast<std::uint32_t>(slot)) {
                result.push_back(capture);
            }
        }
        return result;
    }

    [[nodiscard]] Side side_of(const Capture& capture, const std::string& schema) const {
        Side side;
        std::uint32_t first = capture.first;
        std::uint32_t last = capture.last;
        if (capture.chunk >= 0) {
            const Chunk& chunk = m_a.chunks[static_cast<std::size_t>(capture.chunk)];
            side.type = chunk.type;
            if (chunk.type == ChunkType::quoted) {
                ++first;
                --last;
            }
            if (chunk.mention >= 0 && chunk.type != ChunkType::quoted) {
                const Span& span = m_a.spans[static_cast<std::size_t>(chunk.mention)];
                side.entity = span.entity;
                side.kind = span.kind;
                side.argument.schema = span.schema.empty() ? std::string(schema_of(span.kind)) : span.schema;
                if (span.antecedent >= 0) {
                    for (const Span& of : m_a.spans) {
                        if (of.first == static_cast<std::uint32_t>(span.antecedent) && of.antecedent < 0) {
                            first = of.first;
                            last = of.last;
                            break;
                        }
                    }
                }
                if (span.entity >= 0) {
                    side.gang = m_a.entities[static_cast<std::size_t>(span.entity)].gang;
                    side.argument.entity = static_cast<std::uint32_t>(span.entity);
                }
            }
            switch (chunk.type) {
                case ChunkType::group: side.argument.schema = "Group"; side.kind = Kind::group; break;
                case ChunkType::thing: side.argument.schema = "Thing"; break;
                case ChunkType::demonym: case ChunkType::country: side.argument.schema = side.argument.schema == "PublicBody" ? "PublicBody" : "Country"; side.kind = Kind::country; break;
                case ChunkType::location: side.argument.schema = "Address"; break;
                case ChunkType::number: case ChunkType::money: side.argument.schema = "Quantity"; break;
                case ChunkType::quoted: side.argument.schema = "Name"; break;
                case ChunkType::capital:
                    // A name without a type of its own: an organisation for all that the text shows.
                    if (side.kind == Kind::unknown) {
                        side.argument.schema = "Organization";
                    }
                    break;
                case ChunkType::person: case ChunkType::organisation: case ChunkType::role: case ChunkType::date:
                case ChunkType::identifier: break;
            }
        }
        while (last > first + 1 && (m_a.token(last - 1).kind == TokenKind::punctuation || m_a.token(last - 1).is_quote()) && !m_a.is_mark(last - 1, ')')) {
            --last;
        }
        while (last > first + 1 && m_a.token(first).is_quote()) {
            ++first;
        }
        side.argument.start = m_a.token(first).start;
        side.argument.end = m_a.token(last - 1).end;
        if (!schema.empty()) {
            side.argument.schema = schema;
        }
        if (side.argument.schema.empty()) {
            side.argument.schema = "Text";
        }
        return side;
    }

    [[nodiscard]] std::vector<Side> sides(const Found& found, Slot slot, Source source, const std::string& schema) const {
        std::vector<Side> result;
        for (const Capture& capture : all(found, slot)) {
            result.push_back(side_of(capture, schema));
        }
        if (!result.empty()) {
            return result;
        }
        switch (source) {
            case Source::pattern: break;
            case Source::topic:
                if (m_topic >= 0) {
                    const Chunk& chunk = m_a.chunks[static_cast<std::size_t>(m_topic)];
                    result.push_back(side_of({0, chunk.first, chunk.last, m_topic}, schema));
                }
                break;
            case Source::authority:
                if (m_authority) {
                    result.push_back(*m_authority);
                }
                break;
            case Source::speaker:
                if (m_speaker) {
                    result.push_back(*m_speaker);
                }
                break;
            case Source::protagonist:
                if (const auto who = protagonist()) {
                    result.push_back(*who);
                }
                break;
            case Source::next: {
                const std::uint32_t next = m_a.token(found.begin).sentence + 1;
                if (next < m_a.text.sentences.size() && m_a.document->blocks[m_a.text.sentences[next].block].region == Region::main) {
                    const Sentence& sentence = m_a.text.sentences[next];
                    result.push_back(side_of({0, sentence.first, sentence.last, -1}, schema));
                }
                break;
            }
        }
        return result;
    }

    /// The person with the most mentions, when no other has as many.
    [[nodiscard]] std::optional<Side> protagonist() const {
        std::map<std::int32_t, std::uint32_t> counts;
        for (const Span& span : m_a.spans) {
            if (span.kind == Kind::person && span.entity >= 0 && span.score >= 0.5) {
                ++counts[span.entity];
            }
        }
        std::int32_t best = -1;
        bool tie = false;
        for (const auto& [entity, count] : counts) {
            if (best < 0 || count > counts[best]) {
                best = entity;
                tie = false;
            } else if (count == counts[best]) {
                tie = true;
            }
        }
        if (best < 0 || tie) {
            return std::nullopt;
        }
        for (std::size_t c = 0; c < m_a.chunks.size(); ++c) {
            const Chunk& chunk = m_a.chunks[c];
            if (chunk.type == ChunkType::person && chunk.mention >= 0 && m_a.spans[static_cast<std::size_t>(chunk.mention)].entity == best) {
                return side_of({0, chunk.first, chunk.last, static_cast<std::int32_t>(c)}, {});
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] bool any_in(std::uint32_t list, std::uint32_t first, std::uint32_t last) const {
        for (std::uint32_t i = first; i < last; ++i) {
            if (m_a.phrase(list, i) != 0) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool in_capture(const Found& found, std::uint32_t i) const {
        return std::any_of(found.captures.begin(), found.captures.end(), [&](const Capture& c) { return i >= c.first && i < c.last; });
    }

    /// Negation and doubt among the words of the match that are no part of its sides.
    [[nodiscard]] bool any_between(const Found& found, std::uint32_t list, bool lower_case = false) const {
        for (std::uint32_t i = found.begin; i < found.end; ++i) {
            // "May" is a month where it has a capital.
            if (!in_capture(found, i) && m_a.phrase(list, i) != 0 && !(lower_case && m_a.token(i).capital)) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] Modality modality_of(const Found& found, const Sentence& sentence) const {
        if (!found.rule->modality.empty()) {
            return found.rule->modality == "alleged" ? Modality::alleged : found.rule->modality == "attributed" ? Modality::attributed : Modality::asserted;
        }
        if (is_act(found.rule->relation) || found.rule->relation == "statement_by") {
            return Modality::asserted;
        }
        const std::uint32_t near = found.begin > sentence.first + 8 ? found.begin - 8 : sentence.first;
        if (any_in(m_deny, near, found.end)) {
            return Modality::denied;
        }
        if (any_in(m_hedge, near, found.end)) {
            return Modality::alleged;
        }
        // Inside quotation marks with a verb of speech, or "according to".
        bool inside = false;
        for (std::uint32_t i = sentence.first; i < found.begin; ++i) {
            inside = m_a.token(i).kind == TokenKind::quote_open ? true : m_a.token(i).kind == TokenKind::quote_close ? false : inside;
        }
        const bool said = any_in(m_said, sentence.first, sentence.last) || any_in(m_said_fr, sentence.first, sentence.last);
        if (any_in(m_according, sentence.first, sentence.last) || (said && inside)) {
            return Modality::attributed;
        }
        if (said && found.begin > sentence.first + 1 && (any_in(m_said, sentence.first, found.begin) || any_in(m_said_fr, sentence.first, found.begin))) {
            return Modality::attributed;
        }
        return Modality::asserted;
    }

    [[nodiscard]] ClaimDate date_of(const Found& found, const Sentence& sentence) const {
        for (const Capture& capture : all(found, Slot::date)) {
            if (capture.chunk >= 0) {
                return m_a.dates[m_a.chunks[static_cast<std::size_t>(capture.chunk)].detail];
            }
        }
        const std::string& r = found.rule->relation;
        if (!is_act(r) && r != "operated" && r != "event" && r != "statement_by") {
            return {};
        }
        if (found.rule->status == "past") {
            return {};
        }
        // The date nearest to the match, those inside and before it first.
        const Chunk* best = nullptr;
        std::uint32_t distance = ~0U;
        for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
            for (std::uint32_t c = m_a.chunk_at[i]; c < m_a.chunk_at[i + 1]; ++c) {
                const Chunk& chunk = m_a.chunks[c];
                if (chunk.type != ChunkType::date) {
                    continue;
                }
                const std::uint32_t d = chunk.first >= found.end ? (chunk.first - found.end) * 2 + 2
                                        : chunk.last <= found.begin ? found.begin - chunk.last + 1 : 0;
                if (d < distance) {
                    distance = d;
                    best = &chunk;
                }
            }
        }
        return best != nullptr && distance < 60 ? m_a.dates[best->detail] : ClaimDate{};
    }

    void claims_of(const Found& found, const Sentence& sentence) {
        const Rule& rule = *found.rule;
        if (any_between(found, m_nonfact, true)) {
            return;
        }
        std::vector<Side> subjects = sides(found, Slot::subject, rule.subject, rule.subject_schema);
        std::vector<Side> objects = sides(found, Slot::object, rule.object, rule.object_schema);
        if (subjects.empty() || objects.empty()) {
            return;
        }
        if (rule.swap) {
            std::swap(subjects, objects);
        }
        if (rule.relation == "sanctioned" && rule.subject == Source::pattern) {
            m_authority = subjects.front();
        }
        if (rule.relation == "statement_by" && rule.subject == Source::pattern && subjects.front().kind == Kind::person) {
            m_speaker = subjects.front();
        }
        std::vector<Capture> roles = all(found, Slot::role);
        if (roles.empty()) {
            roles.push_back({0, 0, 0, -1});
        }
        const ClaimDate date = date_of(found, sentence);
        const Modality modality = modality_of(found, sentence);
        const bool negative = rule.negative || any_between(found, m_negation);
        for (const Side& subject : subjects) {
            for (const Side& object : objects) {
                for (const Capture& role : roles) {
                    Claim claim;
                    claim.relation = rule.relation;
                    claim.role = rule.role;
                    if (role.last > role.first) {
                        claim.role = std::string(m_a.words(role.first, role.last));
                    }
                    if (rule.relation == "role") {
                        by_role(claim, role, subject, object);
                    }
                    if (claim.relation.empty()) {
                        continue;
                    }
                    claim.subject = subject.argument;
                    claim.object = object.argument;
                    claim.stage = rule.stage;
                    claim.status = rule.status;
                    claim.date = date;
                    claim.modality = modality;
                    claim.negative = negative;
                    claim.rule = rule.id;
                    claim.confidence = rule.confidence;
                    claim.evidence_start = m_a.token(sentence.first).start;
                    claim.evidence_end = m_a.token(sentence.last - 1).end;
                    keep(std::move(claim), subject, object);
                }
            }
        }
    }

    /// What a role at an organisation means: a director, an employee, a member, a representative or an owner.
    void by_role(Claim& claim, const Capture& role, const Side& subject, const Side& object) const {
        std::uint32_t kind = 1;
        if (role.chunk >= 0) {
            kind = m_a.chunks[static_cast<std::size_t>(role.chunk)].detail & 0xFFU;
        }
        (void)subject;
        claim.relation = kind == 0   ? (object.kind == Kind::public_body || object.kind == Kind::country ? "employment" : "directorship")
                         : kind == 1 ? (object.gang ? "membership" : "employment")
                         : kind == 2 ? "membership"
                         : kind == 3 ? "representation"
                         : kind == 4 ? "ownership" : "";
        if (object.kind == Kind::public_body && kind == 2) {
            claim.relation = "membership";
        }
    }

    [[nodiscard]] std::string key_of(const Side& side) const {
        return side.entity >= 0 ? "#" + std::to_string(side.entity)
                                : fold(std::string_view(m_a.document->text).substr(side.argument.start, side.argument.end - side.argument.start));
    }

    void keep(Claim claim, const Side& subject, const Side& object) {
        const std::string& r = claim.relation;
        const std::string subject_key = key_of(subject);
        std::string object_key = key_of(object);
        if (r != "alias" && subject_key == object_key) {
            return;
        }
        const bool person_side = r == "employment" || r == "directorship";
        if (person_side && (subject.kind == Kind::country || is_organisation(subject.kind))) {
            return;
        }
        if (person_side && object.entity >= 0) {
            // Where something was said or published is nobody's employer.
            const std::string& name = m_a.entities[static_cast<std::size_t>(object.entity)].key;
            if (is_venue(name) && claim.rule.find("venue") == std::string::npos && claim.role.empty()) {
                return;
            }
        }
        if (r == "sanctioned" && object.type == ChunkType::group) {
            // "its leader", "another exchange", "these criminals" point at somebody who is named elsewhere.
            const std::string words = fold(std::string_view(m_a.document->text).substr(claim.object.start, claim.object.end - claim.object.start));
            for (const std::string_view pointer : {"its ", "the ", "these ", "those ", "another ", "a ", "an ", "this ", "their ", "more ", "le ", "la ", "les ", "l'", "ces ", "cette "}) {
                if (words.substr(0, pointer.size()) == pointer) {
                    return;
                }
            }
        }
        if (r == "alias") {
            const auto text = [&](const Argument& a) { return fold(std::string_view(m_a.document->text).substr(a.start, a.end - a.start)); };
            if (text(claim.subject) == text(claim.object)) {
                return;
            }
            object_key = text(claim.object);
        }
        if (r == "nationality" || r == "located") {
            object_key = country_key(object);
        }
        auto [slot, is_new] = m_seen.try_emplace(std::make_tuple(r, subject_key, object_key), m_claims.size());
        if (!is_new) {
            Claim& before = m_claims[slot->second];
            const bool other_date = !claim.date.value.empty() && !before.date.value.empty() &&
                                    claim.date.value.substr(0, 7) != before.date.value.substr(0, 7);
            if (!other_date || !is_act(r)) {
                before.confidence = std::max(before.confidence, claim.confidence);
                if (before.date.value.empty()) {
                    before.date = claim.date;
                }
                if (before.role.empty()) {
                    before.role = claim.role;
                }
                return;
            }
            auto [again, fresh] = m_seen.try_emplace(std::make_tuple(r, subject_key, object_key + "@" + claim.date.value.substr(0, 7)), m_claims.size());
            if (!fresh) {
                return;
            }
        }
        m_claims.push_back(std::move(claim));
    }

    [[nodiscard]] std::string country_key(const Side& side) const {
        // "North Korea", "DPRK" and "North Korean" are one country.
        const std::string text = fold(std::string_view(m_a.document->text).substr(side.argument.start, side.argument.end - side.argument.start));
        for (std::uint32_t i = 0; i < m_a.text.tokens.size(); ++i) {
            if (m_a.token(i).start == side.argument.start) {
                for (const char* list : {"country", "demonym"}) {
                    std::uint32_t payload = 0;
                    if (m_a.phrase(m_rules.list(list), i, &payload) != 0 && payload != 0) {
                        return "country:" + m_rules.payload(payload);
                    }
                }
                break;
            }
        }
        return text;
    }

    [[nodiscard]] bool is_venue(const std::string& key) const {
        for (const Span& span : m_a.spans) {
            if (span.entity >= 0 && m_a.entities[static_cast<std::size_t>(span.entity)].key == key) {
                return m_a.phrase(m_venue, span.first) == span.last - span.first;
            }
        }
        return false;
    }

    /// One pair cannot be both director and employee by the same words; the stronger relation stays.
    void drop_conflicts() {
        std::set<std::tuple<std::uint32_t, std::uint32_t>> directed;
        for (const Claim& claim : m_claims) {
            if (claim.relation == "directorship" && claim.subject.entity && claim.object.entity) {
                directed.insert({*claim.subject.entity, *claim.object.entity});
            }
        }
        std::erase_if(m_claims, [&](const Claim& claim) {
            return (claim.relation == "employment" || claim.relation == "membership") && claim.subject.entity && claim.object.entity &&
                   directed.contains({*claim.subject.entity, *claim.object.entity});
        });
    }

    const Analysis& m_a;
    const Rules& m_rules;
    MatchText m_match;
    std::int32_t m_topic = -1;
    std::optional<Side> m_authority;
    std::optional<Side> m_speaker;
    std::vector<Claim> m_claims;
    std::map<std::tuple<std::string, std::string, std::string>, std::size_t> m_seen;
    std::uint32_t m_hedge = 0, m_deny = 0, m_negation = 0, m_nonfact = 0, m_said = 0, m_said_fr = 0, m_according = 0, m_venue = 0,
                  m_authority_list = 0;
};

}  // namespace

std::vector<Claim> find_claims(const Analysis& analysis) { return Claimant(analysis).run(); }

}  // namespace liaison::article
