// Which entity of the graph a name in an article means.
//
// Problem: the same name is borne by many people, and a false link accuses somebody. Choice: a known name only opens a
// candidate; evidence is counted by kind (country, entities named together, the listing itself, role, birth year), each
// kind once, so that the same hint said three times is one; any contradiction rejects. Cost: candidates times names in the
// document. Known failure: two namesakes of one country with the same employer.

#include "liaison/link/link.hpp"

#include "liaison/identifier/reading.hpp"
#include "liaison/model/country.hpp"
#include "liaison/model/date.hpp"
#include "liaison/name/fold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace liaison::link {
namespace {

struct Context {
    std::set<std::uint32_t> mentioned;
    std::map<std::uint32_t, std::string> schema;
    std::map<std::uint32_t, std::set<std::string>> known_as;
    std::map<std::uint32_t, std::set<std::string>> texts;          ///< folded mention texts
    std::map<std::uint32_t, std::set<std::string>> countries;
    std::map<std::uint32_t, std::set<std::string>> roles;
    std::map<std::uint32_t, std::vector<std::pair<std::string, std::string>>> sanctioned;  ///< authority, date
    std::map<std::uint32_t, std::set<std::string>> identifiers;
    std::map<std::uint32_t, std::set<std::string>> tied;           ///< folded names of the other sides of its claims
    std::set<std::string> names;                                    ///< folded names of everything in the document
};

std::string text_of(const article::Reading& reading, const article::Argument& argument) {
    return reading.document.text.substr(argument.start, argument.end - argument.start);
}

std::size_t word_count(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

/// Whether two authorities are one, by their usual names.
std::string authority_key(std::string_view name) {
    const std::string folded = name::fold(name);
    for (const std::string_view us : {"ofac", "office of foreign assets control", "treasury", "united states", "u.s", "washington", "tresor americain", "us"}) {
        if (folded.find(us) != std::string::npos && (us != "us" || folded == "us")) {
            return "us";
        }
    }
    for (const std::string_view gb : {"united kingdom", "uk", "fcdo", "ofsi", "britannique", "hm treasury", "royaume-uni", "london"}) {
        if (folded.find(gb) != std::string::npos) {
            return "gb";
        }
    }
    for (const std::string_view eu : {"european union", "eu", "union europeenne", "council"}) {
        if (folded == eu || folded.find("europ") != std::string::npos) {
            return "eu";
        }
    }
    return folded;
}

Context context_of(const article::Reading& reading) {
    Context context;
    for (const article::Mention& mention : reading.mentions) {
        const std::string text = name::fold(std::string_view(reading.document.text).substr(mention.start, mention.end - mention.start));
        context.schema[mention.entity] = mention.schema;
        if (!article::is_name(mention)) {
            continue;
        }
        context.mentioned.insert(mention.entity);
        context.texts[mention.entity].insert(text);
        context.names.insert(text);
        for (const std::string& id : mention.known_as) {
            context.known_as[mention.entity].insert(id);
        }
        if (mention.kind == article::MentionKind::identifier) {
            context.identifiers[mention.entity].insert(reading.entity_names[mention.entity]);
        }
    }
    for (const article::Claim& claim : reading.claims) {
        if (claim.negative || claim.modality == article::Modality::denied) {
            continue;
        }
        const std::string subject = text_of(reading, claim.subject);
        const std::string object = text_of(reading, claim.object);
        if (claim.subject.entity && (claim.relation == "nationality" || claim.relation == "located")) {
            if (const auto code = model::country_code(object)) {
                context.countries[*claim.subject.entity].insert(*code);
            }
        }
        if (claim.relation == "sanctioned" && claim.object.entity && claim.status != "lifted") {
            context.sanctioned[*claim.object.entity].emplace_back(authority_key(subject), claim.date.value);
        }
        if (claim.relation == "wallet" && claim.subject.entity) {
            context.identifiers[*claim.subject.entity].insert(object);
        }
        if (claim.subject.entity && claim.object.entity && claim.relation != "sanctioned" && claim.relation != "alias" && claim.relation != "statement_by") {
            context.tied[*claim.subject.entity].insert(name::fold(object));
            context.tied[*claim.object.entity].insert(name::fold(subject));
            if (!claim.role.empty()) {
                context.roles[*claim.subject.entity].insert(name::fold(claim.role));
            }
        }
    }
    return context;
}

bool same_or_within(std::string_view one, std::string_view other) {
    if (one == other) {
        return true;
    }
    // A short form of three letters at least that is a whole word of the other.
    const std::string padded = " " + std::string(other) + " ";
    return one.size() >= 4 && padded.find(" " + std::string(one) + " ") != std::string::npos;
}

class Linker {
public:
    Linker(const article::Reading& reading, const EntitySource& source) : m_reading(reading), m_source(source), m_context(context_of(reading)) {}

    std::vector<Link> run(std::size_t limit) {
        std::vector<Link> all;
        for (const std::uint32_t entity : m_context.mentioned) {
            std::vector<Link> links = links_of(entity);
            std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
                return a.band != b.band ? a.band < b.band : a.score != b.score ? a.score > b.score : a.target < b.target;
            });
            // Two that could both be meant: neither is.
            if (links.size() > 1 && links[0].band == Band::probable && links[1].band == Band::probable) {
                for (Link& link : links) {
                    if (link.band == Band::probable) {
                        link.band = Band::possible;
                        link.reason = "another entity fits as well";
                    }
                }
            }
            if (links.size() > limit) {
                links.resize(limit);
            }
            all.insert(all.end(), links.begin(), links.end());
        }
        return all;
    }

private:
    [[nodiscard]] std::vector<Link> links_of(std::uint32_t entity) const {
        std::vector<Link> links;
        std::map<std::string, KnownEntity> candidates;
        std::set<std::string> by_identifier;
        if (const auto ids = m_context.identifiers.find(entity); ids != m_context.identifiers.end()) {
            for (const std::string& id : ids->second) {
                for (const identifier::Reading& reading : identifier::read_any(id)) {
                    for (KnownEntity& known : m_source.by_identifier(reading.key)) {
                        by_identifier.insert(known.id);
                        candidates.emplace(known.id, std::move(known));
                    }
                }
            }
        }
        if (const auto ids = m_context.known_as.find(entity); ids != m_context.known_as.end()) {
            for (const std::string& id : ids->second) {
                if (auto known = m_source.by_id(id)) {
                    candidates.emplace(known->id, std::move(*known));
                }
            }
        }
        if (const auto texts = m_context.texts.find(entity); texts != m_context.texts.end()) {
            for (const std::string& text : texts->second) {
                for (KnownEntity& known : m_source.by_name(text)) {
                    candidates.emplace(known.id, std::move(known));
                }
            }
        }
        for (const auto& [id, known] : candidates) {
            links.push_back(judge(entity, known, by_identifier.contains(id), candidates.size()));
        }
        return links;
    }

    [[nodiscard]] Link judge(std::uint32_t entity, const KnownEntity& known, bool by_identifier, std::size_t rivals) const {
        Link link;
        link.entity = entity;
        link.target = known.id;
        if (by_identifier) {
            link.band = Band::confirmed;
            link.score = 1.0;
            link.agreements.emplace_back("identifier");
            return link;
        }
        const std::string& schema = m_context.schema.at(entity);
        const bool person = schema == "Person";
        if ((known.schema == "Person") != person && known.schema != "LegalEntity") {
            link.band = Band::rejected;
            link.contradictions.emplace_back("schema");
            link.reason = fmt::format("a {} is no {}", known.schema, schema);
            return link;
        }
        // The name: a full strong name, or only a part of one.
        bool full = false;
        bool weak = false;
        for (const std::string& text : m_context.texts.at(entity)) {
            for (const std::string& name : known.names) {
                if (same_words(name::fold(name), text)) {
                    full = full || word_count(text) >= 2 || (!person && text.size() >= 5);
                    weak = weak || word_count(text) < 2;
                }
            }
            for (const std::string& name : known.weak_names) {
                weak = weak || name::fold(name) == text;
            }
        }
        if (!full) {
            link.band = Band::possible;
            link.score = 0.2;
            link.reason = weak ? "only a weak alias or a single word of the name" : "only a part of the name";
            return link;
        }
        agreements(entity, known, link);
        if (!link.contradictions.empty()) {
            link.band = Band::rejected;
            link.score = 0.1;
            link.reason = fmt::format("the text contradicts: {}", link.contradictions.front());
            return link;
        }
        link.score = std::min(0.95, 0.5 + 0.15 * static_cast<double>(link.agreements.size()) - (rivals > 1 ? 0.1 : 0.0));
        const bool single_word = std::all_of(m_context.texts.at(entity).begin(), m_context.texts.at(entity).end(),
                                             [](const std::string& text) { return word_count(text) < 2; });
        const std::size_t needed = single_word || rivals > 1 ? 3 : 2;
        if (link.agreements.size() >= needed) {
            link.band = Band::probable;
        } else {
            link.band = Band::possible;
            link.reason = fmt::format("{} of {} pieces of context agree", link.agreements.size(), needed);
        }
        return link;
    }

    /// The same words in any order: lists write "HO, Chong Son".
    [[nodiscard]] static bool same_words(std::string_view one, std::string_view other) {
        const auto words = [](std::string_view text) {
            std::vector<std::string> result(1);
            for (const char c : text) {
                if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0) {
                    result.back() += c;
                } else if (!result.back().empty() && c != '\'') {
                    result.emplace_back();
                }
            }
            if (result.back().empty()) {
                result.pop_back();
            }
            std::sort(result.begin(), result.end());
            return result;
        };
        return words(one) == words(other);
    }

    void agreements(std::uint32_t entity, const KnownEntity& known, Link& link) const {
        if (const auto said = m_context.countries.find(entity); said != m_context.countries.end() && !known.countries.empty()) {
            const bool agrees = std::any_of(known.countries.begin(), known.countries.end(), [&](const std::string& c) { return said->second.contains(c); });
            if (agrees) {
                link.agreements.push_back("country:" + *said->second.begin());
            } else {
                link.contradictions.emplace_back("country");
            }
        }
        for (const std::string& related : known.related) {
            const std::string folded = name::fold(related);
            const bool together = std::any_of(m_context.names.begin(), m_context.names.end(), [&](const std::string& name) {
                return word_count(name) >= 2 ? same_words(folded, name) : name == folded || (name.size() >= 4 && same_or_within(name, folded));
            });
            if (together && !m_context.texts.at(entity).contains(folded)) {
                link.agreements.push_back("co-mentioned:" + related);
                break;
            }
        }
        if (const auto said = m_context.sanctioned.find(entity); said != m_context.sanctioned.end()) {
            for (const auto& [authority, date] : said->second) {
                const bool listed = std::any_of(known.authorities.begin(), known.authorities.end(), [&](const std::string& a) { return authority_key(a) == authority; });
                if (!listed) {
                    continue;
                }
                link.agreements.push_back("listed-by:" + authority);
                if (std::any_of(known.listed_dates.begin(), known.listed_dates.end(), [&](const std::string& d) { return near(d, date); })) {
                    link.agreements.push_back("listed-on:" + date);
                }
                break;
            }
        }
        if (const auto said = m_context.roles.find(entity); said != m_context.roles.end()) {
            for (const std::string& role : known.roles) {
                const std::string folded = name::fold(role);
                if (std::any_of(said->second.begin(), said->second.end(), [&](const std::string& r) { return same_or_within(r, folded); })) {
                    link.agreements.push_back("role:" + role);
                    break;
                }
            }
        }
    }

    /// Within a week, or the same month or year where no day is known.
    [[nodiscard]] static bool near(const std::string& one, const std::string& other) {
        const auto a = model::parse_edtf(one);
        const auto b = model::parse_edtf(other);
        if (!a || !b) {
            return false;
        }
        const model::DayInterval x = a->days();
        const model::DayInterval y = b->days();
        return x.first - 7 <= y.last && y.first - 7 <= x.last && y.last - y.first < 40;
    }

    const article::Reading& m_reading;
    const EntitySource& m_source;
    Context m_context;
};

}  // namespace

std::string_view to_string(Band band) {
    switch (band) {
        case Band::confirmed: return "confirmed";
        case Band::probable: return "probable";
        case Band::possible: return "possible";
        case Band::rejected: return "rejected";
    }
    return "";
}

std::vector<Link> link_reading(const article::Reading& reading, const EntitySource& source, std::size_t limit) {
    return Linker(reading, source).run(limit);
}

}  // namespace liaison::link
