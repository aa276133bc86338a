#include "adapter/un_comments.hpp"

#include "adapter/list_text.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison_adapter_data.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <unordered_set>
#include <utility>

namespace liaison::adapter::un {

namespace {

enum class Kind : std::uint8_t { family, leadership, membership, ownership, behalf, support, association, succession, part, same };
constexpr std::array<std::string_view, 10> kind_names{"family", "leadership", "membership", "ownership", "behalf",
                                                      "support", "association", "succession", "part", "same"};

struct Cue {
    std::vector<std::string> words;  ///< lower case; "*" stands for up to three words
    Kind kind = Kind::association;
    bool passive = false;            ///< "led by": what is named is the one who acts
    bool near = false;               ///< counts only right before the name: a noun that may belong to anything
};

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(' ', at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

struct CueTable {
    std::vector<Cue> before;
    std::vector<Cue> after;
    std::unordered_set<std::string> former;
    std::unordered_set<std::string> former_first;  ///< says so only at the start of the clause
    std::unordered_set<std::string> abbreviations;
};

const CueTable& cues() {
    static const CueTable table = [] {
        CueTable built;
        try {
            const auto json = nlohmann::json::parse(data::un_relation_cues_json());
            const auto passive = json.at("passive").get<std::unordered_set<std::string>>();
            const auto near = json.at("near").get<std::unordered_set<std::string>>();
            const auto fill = [&](const char* where, std::vector<Cue>& cues_of) {
                for (const auto& [kind, phrases] : json.at(where).items()) {
                    const auto found = std::find(kind_names.begin(), kind_names.end(), kind);
                    if (found == kind_names.end()) {
                        throw base::InternalError("schemas/un_relation_cues.json: unknown kind " + kind);
                    }
                    for (const auto& phrase : phrases) {
                        const auto text = phrase.get<std::string>();
                        cues_of.push_back({split_words(text), static_cast<Kind>(found - kind_names.begin()), passive.contains(text),
                                           near.contains(text)});
                    }
                }
            };
            fill("before", built.before);
            fill("after", built.after);
            built.former = json.at("former").get<std::unordered_set<std::string>>();
            built.former_first = json.at("former_first").get<std::unordered_set<std::string>>();
            built.abbreviations = json.at("abbreviations").get<std::unordered_set<std::string>>();
        } catch (const nlohmann::json::exception& error) {
            throw base::InternalError(std::string("schemas/un_relation_cues.json: ") + error.what());
        }
        return built;
    }();
    return table;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_capital(c) || is_small(c) || static_cast<unsigned char>(c) >= 0x80; }

/// Where sentences end: at ". ", "! ", "? " that follow no abbreviation, and at ".A" (a missing space).
std::vector<std::string_view> sentences_of(std::string_view text) {
    std::vector<std::string_view> sentences;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '.' && text[i] != '!' && text[i] != '?') {
            continue;
        }
        const bool space = i + 1 < text.size() && text[i + 1] == ' ';
        const bool glued = i + 2 < text.size() && is_capital(text[i + 1]) && is_small(text[i + 2]) && i > 0 &&
                           (is_small(text[i - 1]) || is_digit(text[i - 1]) || text[i - 1] == ')');
        if (!space && !glued) {
            continue;
        }
        std::size_t word = i;
        while (word > start && (is_letter(text[word - 1]) || text[word - 1] == '.')) {
            --word;
        }
        const std::string last = ascii_lower(text.substr(word, i - word));
        const bool initial = i - word == 1 && is_capital(text[word]);
        const bool reference = i >= 3 && text.substr(i - 3, 3).find_first_not_of("QDTAKPIRSOCFYELHGBie") == std::string_view::npos &&
                               i + 2 < text.size() && is_digit(text[i + 2]);  // "QDe. 092"
        const bool next_small = space && i + 2 < text.size() && is_small(text[i + 2]);
        if ((text[i] == '.' && (cues().abbreviations.contains(last) || initial)) || reference || next_small) {
            continue;
        }
        sentences.push_back(text.substr(start, i + 1 - start));
        start = space ? i + 2 : i + 1;
    }
    if (start < text.size()) {
        sentences.push_back(text.substr(start));
    }
    return sentences;
}

struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string lower;
};

/// Words of a stretch; punctuation at their ends does not count.
std::vector<Word> words_in(std::string_view text, std::size_t begin, std::size_t end) {
    std::vector<Word> words;
    constexpr std::string_view edge = ",;:()[]\"“”";
    for (std::size_t at = begin; at < end;) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        std::size_t stop = std::min(text.find(' ', at), end);
        std::size_t first = at;
        std::size_t last = stop;
        while (first < last && edge.find(text[first]) != std::string_view::npos) {
            ++first;
        }
        while (first < last && (edge.find(text[last - 1]) != std::string_view::npos || text[last - 1] == '.')) {
            --last;
        }
        if (first < last) {
            words.push_back({first, last, ascii_lower(text.substr(first, last - first))});
        }
        at = stop;
    }
    return words;
}

/// Index after the last word when the cue stands at `at`, else nullopt.
std::optional<std::size_t> matches(const Cue& cue, std::span<const Word> words, std::size_t at) {
    std::size_t i = at;
    for (std::size_t c = 0; c < cue.words.size(); ++c) {
        if (cue.words[c] != "*") {
            if (i >= words.size() || words[i].lower != cue.words[c]) {
                return std::nullopt;
            }
            ++i;
            continue;
        }
        constexpr std::size_t gap = 3;
        std::size_t skip = 0;
        while (skip <= gap && i + skip < words.size() && words[i + skip].lower != cue.words[c + 1]) {
            ++skip;
        }
        if (skip > gap) {
            return std::nullopt;
        }
        i += skip;
    }
    return i;
}

struct Found {
    const Cue* cue = nullptr;
    std::size_t first = 0;  ///< word index
    std::size_t last = 0;   ///< word index after it
};

/// The cue that ends last; of several, the longest. `near_from`: the first word from which "near" cues count.
std::optional<Found> last_cue(std::span<const Cue> table, std::span<const Word> words, std::size_t near_from, bool from_person,
                              bool to_person) {
    std::optional<Found> best;
    for (std::size_t at = 0; at < words.size(); ++at) {
        for (const Cue& cue : table) {
            const bool far = cue.near && at < near_from;
            // Of two persons, "leader" before the name of one is his title, not their relation.
            const bool title = cue.near && from_person && to_person && (cue.kind == Kind::leadership || cue.kind == Kind::membership) && cue.words.front() != "deputy";
            const bool structure = cue.kind == Kind::part && (from_person || to_person);
            if (far || title || structure) {
                continue;
            }
            const auto end = matches(cue, words, at);
            if (end && (!best || *end > best->last || (*end == best->last && at < best->first))) {
                best = Found{&cue, at, *end};
            }
        }
    }
    return best;
}

std::optional<Found> first_cue_at(std::span<const Cue> table, std::span<const Word> words, std::size_t at) {
    std::optional<Found> best;
    for (const Cue& cue : table) {
        if (const auto end = matches(cue, words, at); end && (!best || *end > best->last)) {
            best = Found{&cue, at, *end};
        }
    }
    return best;
}

struct Mention {
    std::string reference;
    std::size_t begin = 0;     ///< of the reference
    std::size_t end = 0;
    std::size_t bracket = 0;   ///< of the bracket around it, or begin
    std::size_t close = 0;     ///< after the closing bracket, or end
};

/// Two capitals, i or e, digits: where it begins at `at`. Sets `end`; `dotted` says whether it is well-formed.
bool reference_at(std::string_view text, std::size_t at, std::string& reference, std::size_t& end, bool& dotted) {
    if (at + 6 > text.size() || !is_capital(text[at]) || !is_capital(text[at + 1]) || (text[at + 2] != 'i' && text[at + 2] != 'e') ||
        (at > 0 && is_letter(text[at - 1]))) {
        return false;
    }
    std::size_t i = at + 3;
    dotted = text[i] == '.';
    i += dotted ? 1 : 0;
    i += dotted && i < text.size() && text[i] == ' ' ? 1 : 0;
    std::size_t digits = 0;
    while (i + digits < text.size() && is_digit(text[i + digits]) && digits < 4) {
        ++digits;
    }
    if (digits != 3) {
        return false;
    }
    end = i + digits;
    reference = std::string(text.substr(at, 3)) + "." + std::string(text.substr(i, digits));
    return true;
}

std::vector<Mention> mentions_in(std::string_view sentence, std::vector<std::string>& malformed) {
    std::vector<Mention> mentions;
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        Mention mention;
        bool dotted = false;
        if (!reference_at(sentence, at, mention.reference, mention.end, dotted)) {
            continue;
        }
        if (!dotted) {
            malformed.emplace_back(sentence.substr(at, mention.end - at));
            continue;
        }
        mention.begin = at;
        const std::size_t open = sentence.rfind('(', at);
        const bool inside = open != std::string_view::npos && sentence.find(')', open) > at;
        mention.bracket = inside ? open : at;
        const std::size_t close = inside ? sentence.find(')', mention.end) : std::string_view::npos;
        mention.close = close == std::string_view::npos ? mention.end : close + 1;
        at = mention.end - 1;
        mentions.push_back(std::move(mention));
    }
    return mentions;
}

struct Typed {
    std::string schema;
    Direction direction = Direction::outward;
};

/// What a cue means between two records: see the head of un_comments.hpp.
Typed typed(Kind kind, bool passive, bool from_person, bool to_person) {
    const Direction acting = passive ? Direction::inward : Direction::outward;
    const std::string loose = from_person && to_person ? "Associate" : "UnknownLink";
    switch (kind) {
        case Kind::family: return from_person && to_person ? Typed{"Family", Direction::outward} : Typed{"UnknownLink", Direction::outward};
        case Kind::leadership:
            if (from_person != to_person) {  // the person leads the entity, whoever the record is
                return {"Directorship", from_person ? Direction::outward : Direction::inward};
            }
            return {loose, Direction::outward};
        case Kind::membership:
            if (to_person && !from_person) {
                return {"Membership", Direction::inward};
            }
            return to_person ? Typed{loose, Direction::outward} : Typed{"Membership", acting};
        case Kind::ownership:
            if (from_person != to_person) {
                return {"Ownership", from_person ? Direction::outward : Direction::inward};
            }
            return from_person ? Typed{loose, Direction::outward} : Typed{"Ownership", acting};
        case Kind::behalf: return {"Representation", acting};
        case Kind::succession:
            return from_person || to_person ? Typed{loose, Direction::outward} : Typed{"Succession", acting};
        case Kind::part: return {from_person || to_person ? "UnknownLink" : "Membership", Direction::outward};
        case Kind::support:
        case Kind::same: return {"UnknownLink", Direction::outward};
        case Kind::association: return {loose, Direction::outward};
    }
    return {loose, Direction::outward};
}

/// The publisher's words from the start of the clause to the end of the cue: "Former operational and military leader of".
std::string role_text(std::string_view sentence, std::size_t clause, std::size_t cue_begin, std::size_t cue_end) {
    constexpr std::size_t longest = 80;
    std::string_view role = sentence.substr(clause, cue_end - clause);
    constexpr std::string_view edge = " ,;:.)(";
    const std::size_t first = role.find_first_not_of(edge);
    role.remove_prefix(std::min(first, role.size()));
    for (const std::string_view joint : {"and ", "or ", "who ", "He ", "he "}) {
        if (role.starts_with(joint)) {
            role.remove_prefix(joint.size());
        }
    }
    if (role.size() > longest || role.size() < cue_end - cue_begin) {
        role = sentence.substr(cue_begin, cue_end - cue_begin);
    }
    return std::string(role);
}

bool says_former(std::span<const Word> words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool known_as = i + 1 < words.size() && words[i + 1].lower == "known";  // "(formerly known as ...)" is a name
        if (cues().former.contains(words[i].lower) && !known_as) {
            return true;
        }
    }
    return !words.empty() && cues().former_first.contains(words.front().lower);
}

/// The name before a reference: back over words with a capital and the small words inside names.
std::string name_before(std::string_view sentence, std::size_t clause, std::size_t bracket) {
    static const std::unordered_set<std::string> inner{"al", "bin", "ben", "ibn", "of", "the", "for", "ul", "i", "e", "de", "in", "pour", "la", "et", "le", "y", "abu", "ur", "du", "a", "u"};
    const auto words = words_in(sentence, clause, bracket);
    std::size_t first = words.size();
    for (std::size_t i = words.size(); i-- > 0;) {
        const char initial = sentence[words[i].begin];
        const bool named = is_capital(initial) || static_cast<unsigned char>(initial) >= 0x80 || is_digit(initial) || initial == '\'';
        const bool quiet = inner.contains(words[i].lower) || words[i].lower.starts_with("al-") || words[i].lower.starts_with("ul-") || words[i].lower.starts_with("e-");
        // A comma or semicolon after the word ends the stretch, unless it is the last one.
        const bool cut = i + 1 < words.size() && sentence.substr(words[i].end, words[i + 1].begin - words[i].end).find_first_of(",;:") != std::string_view::npos;
        if ((!named && !quiet) || cut) {
            break;
        }
        if (named) {
            first = i;
        }
    }
    if (first == words.size()) {
        return {};
    }
    std::size_t end = words.back().end;
    if (end < bracket && sentence[end] == ')') {
        ++end;  // "Al-Haramain Islamic Foundation (Somalia) (QDe.072)"
    }
    return base::collapse_space(sentence.substr(words[first].begin, end - words[first].begin));
}

Relation relation_of(std::string_view reference, std::string_view sentence, std::span<const Mention> mentions, std::size_t index) {
    const Mention& mention = mentions[index];
    const bool from_person = is_person_reference(reference);
    const bool to_person = is_person_reference(mention.reference);
    Relation relation;
    relation.reference = mention.reference;
    relation.sentence = base::collapse_space(sentence);

    const auto before = words_in(sentence, 0, mention.bracket);
    const std::size_t clause = index == 0 ? 0 : mentions[index - 1].close;
    relation.name = name_before(sentence, clause, mention.bracket);

    // Directly after the reference: "(TAe.012) member", "(HTi.007) is the leader of the Gran Grif gang".
    const auto following = words_in(sentence, mention.close, sentence.size());
    std::optional<Found> after;
    const std::size_t reach = from_person ? 1 : 8;
    for (std::size_t at = 0; at < std::min(reach, following.size()) && !after && from_person != to_person; ++at) {
        after = first_cue_at(cues().after, following, at);
        const bool parted = after && after->cue->words.size() == 1 && sentence.find(',', mention.close) < following[at].begin;
        if (parted) {
            after.reset();  // "ISIL (QDe.115), leader Abu Bakr": the next party's title
        }
    }
    const std::size_t name_words = words_in(relation.name, 0, relation.name.size()).size();
    const std::size_t around_name = name_words + 3;
    auto cue = last_cue(cues().before, before, before.size() - std::min(before.size(), around_name), from_person, to_person);
    // "ISIL (QDe.115), and its leader X": whose leader? Of the party just named, not of the record.
    if (cue && index > 0 && cue->first > 0 && before[cue->first - 1].lower == "its" && before[cue->first - 1].begin >= clause &&
        !is_person_reference(mentions[index - 1].reference)) {
        cue.reset();
    }
    // What follows wins unless the words before say more than "associated with".
    const bool single = after && after->cue->words.size() == 1;
    if (after && (!cue || cue->cue->near || (!single && cue->cue->kind != Kind::family) ||
                  (cue->cue->kind == Kind::association && !single))) {
        const auto edge = typed(after->cue->kind, false, from_person, to_person);
        relation.schema = edge.schema;
        relation.direction = edge.direction;
        relation.role = std::string(sentence.substr(following[after->first].begin, following[after->last - 1].end - following[after->first].begin));
        relation.former = says_former(before);
        return relation;
    }
    if (cue && before[cue->last - 1].end > clause) {
        relation.name = name_before(sentence, before[cue->last - 1].end, mention.bracket);
    }
    if (!cue) {
        relation.schema = from_person && to_person ? "Associate" : "UnknownLink";
        return relation;
    }
    const auto edge = typed(cue->cue->kind, cue->cue->passive, from_person, to_person);
    relation.schema = edge.schema;
    relation.direction = edge.direction;
    // The clause of the cue begins after the reference that stands before it.
    std::size_t start = 0;
    for (const Mention& other : mentions.first(index)) {
        if (other.close <= before[cue->first].begin) {
            start = other.close;
        }
    }
    relation.role = role_text(sentence, start, before[cue->first].begin, before[cue->last - 1].end);
    const bool founding = before[cue->last - 1].lower == "by";  // "was founded by X" says nothing of today
    relation.former = !founding && says_former(words_in(sentence, start, before[cue->last - 1].end));
    return relation;
}

}  // namespace

bool is_reference(std::string_view text) {
    std::string reference;
    std::size_t end = 0;
    bool dotted = false;
    return reference_at(text, 0, reference, end, dotted) && dotted && end == text.size() && reference == text;
}

bool is_person_reference(std::string_view reference) { return reference.size() > 2 && reference[2] == 'i'; }

Comments read_comments(std::string_view reference, std::string_view text) {
    Comments comments;
    const std::string clean = base::collapse_space(text);
    for (const std::string_view sentence : sentences_of(clean)) {
        const auto mentions = mentions_in(sentence, comments.malformed);
        for (std::size_t i = 0; i < mentions.size(); ++i) {
            if (mentions[i].reference != reference) {
                comments.relations.push_back(relation_of(reference, sentence, mentions, i));
            }
        }
    }
    return comments;
}

}  // namespace liaison::adapter::un
