#include "adapter/ofac_emitter.hpp"

#include "adapter/content_ids.hpp"
#include "adapter/ofac_vocabulary.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liaison::adapter::ofac {
namespace {

constexpr std::string_view authority_name = "Office of Foreign Assets Control";

const model::Schema& schema_of_kind(PartyKind kind) {
    const Vocabulary& words = vocabulary();
    switch (kind) {
        case PartyKind::individual: return words.person;
        case PartyKind::entity: return words.organization;
        case PartyKind::vessel: return words.vessel;
        case PartyKind::aircraft: return words.airplane;
    }
    return words.organization;
}

}  // namespace

Emitter::Emitter(const ReadOptions&, model::StatementSink& sink) : m_sink(sink) {}

void Emitter::issue(std::string_view reason, std::string message, const base::Position& position,
                    std::string_view record, std::string_view excerpt) {
    m_sink.issue({std::string(reason), std::move(message), position, std::string(record),
                  std::string(base::truncate_utf8(excerpt, 200))});
}

bool Emitter::party(const Party& party) {
    const Vocabulary& words = vocabulary();
    if (party.uid.empty()) {
        issue("record-without-id", "a party without an id cannot be kept", party.position, {},
              party.names.empty() ? std::string_view() : std::string_view(full_name(party.names.front())));
        return false;
    }
    const auto [place, fresh] = m_parties.try_emplace(party.uid);
    Known& known = place->second;
    if (!fresh) {
        issue("duplicate-id", fmt::format("party {} is given again; the first one is kept", party.uid), party.position,
              party.uid, party.names.empty() ? std::string() : full_name(party.names.front()));
        return false;
    }
    known.kind = party.kind;
    known.position = party.position;

    model::Entity entity(entity_id(party.uid), schema_of_kind(party.kind));
    entity.position = party.position;
    add_names(entity, party);
    for (const std::string& title : party.titles) {
        if (entity.schema->has(words.position)) {
            entity.add(words.position, title);
        } else {
            entity.add(words.notes, "Title: " + title);
        }
    }
    for (const PostalAddress& address : party.addresses) {
        add_address(entity, address, party.position);
    }
    for (const IdDocument& document : party.documents) {
        add_document(entity, party, document);
    }
    for (const Feature& feature : party.features) {
        add_feature(entity, known, party, feature);
    }
    add_securities(entity, party);
    for (const std::string& note : party.notes) {
        entity.add(words.notes, note);
    }
    entity.add(words.topics, "sanction");
    m_sink.entity(std::move(entity));
    return true;
}

void Emitter::add_names(model::Entity& entity, const Party& party) {
    const Vocabulary& words = vocabulary();
    bool named = false;
    // The Latin primary name comes first, wherever it stands in the file: the first name is the one shown.
    std::vector<const Name*> ordered;
    for (const Name& name : party.names) {
        ordered.push_back(&name);
    }
    std::stable_partition(ordered.begin(), ordered.end(),
                          [](const Name* name) { return name->kind == AliasKind::name && name->lang.empty(); });
    for (const Name* place : ordered) {
        const Name& name = *place;
        const std::string full = full_name(name);
        if (full.empty()) {
            continue;
        }
        model::Property property = words.alias;
        switch (name.kind) {
            case AliasKind::name:
            case AliasKind::nka: property = words.name; break;
            case AliasKind::aka: property = words.alias; break;
            case AliasKind::fka: property = words.previous_name; break;
        }
        entity.add(name.weak ? words.weak_alias : property, full, name.lang);
        named = named || (property == words.name && !name.weak);
        if (name.kind == AliasKind::name) {
            m_by_name[published_name_key(name)].push_back(party.uid);
        }
        if (name.weak || party.kind != PartyKind::individual) {
            continue;
        }
        for (const NamePart& part : name.parts) {
            switch (part.kind) {
                case PartKind::first: entity.add(words.first_name, part.text, name.lang); break;
                case PartKind::middle: entity.add(words.middle_name, part.text, name.lang); break;
                case PartKind::last:
                case PartKind::maiden: entity.add(words.last_name, part.text, name.lang); break;
                case PartKind::patronymic: entity.add(words.father_name, part.text, name.lang); break;
                case PartKind::matronymic: entity.add(words.mother_name, part.text, name.lang); break;
                case PartKind::nickname:
                case PartKind::whole: break;
            }
        }
    }
    if (!named) {
        issue("party-without-name", fmt::format("party {} has no primary name", party.uid), party.position, party.uid);
    }
}

void Emitter::listing(const Listing& listing) {
    const Vocabulary& words = vocabulary();
    ++m_listings;
    const auto found = m_parties.find(listing.uid);
    ensure_party("listing", listing.uid, {}, "LegalEntity", listing.position);
    // A party stands on a list once; should it stand there twice, the entries are numbered in file order.
    const std::uint32_t ordinal = m_ordinals[listing.uid + '\n' + listing.list]++;
    model::Entity sanction(
        model::derived_id("ofac-listing",
                          {listing.uid, listing.list, ordinal == 0 ? std::string() : std::to_string(ordinal)}),
        words.sanction);
    sanction.position = listing.position;
    sanction.add(words.entity, entity_id(listing.uid));
    sanction.add(words.authority, authority_name);
    sanction.add(words.country, "us");
    sanction.add(words.authority_id, listing.uid);
    sanction.add(words.list, listing.list);
    for (const std::string& program : listing.programs) {
        sanction.add(words.program, program);
    }
    for (const DateValue& date : listing.listing_dates) {
        sanction.add(words.listing_date, date.edtf, {}, date.original);
    }
    for (const std::string& basis : listing.legal_bases) {
        sanction.add(words.legal_basis, basis);
    }
    for (const std::string& measure : listing.measures) {
        sanction.add(words.measure, measure);
    }
    for (const std::string& note : listing.notes) {
        sanction.add(words.summary, note);
    }
    if (found != m_parties.end()) {
        Known& known = found->second;
        known.listed = true;
        for (const std::string& summary : known.summaries) {
            sanction.add(words.summary, summary);
        }
        for (const auto& [label, date] : known.listing_dates) {
            sanction.add(words.listing_date, date.edtf, {}, label + ' ' + (date.original.empty() ? date.edtf : date.original));
        }
        for (const auto& [label, date] : known.effective_dates) {
            sanction.add(words.start_date, date.edtf, {}, label + ' ' + (date.original.empty() ? date.edtf : date.original));
        }
    }
    m_sink.entity(std::move(sanction));
}

void Emitter::link_by_name(std::string uid, std::string name, base::Position position) {
    m_links.push_back({std::move(uid), std::move(name), std::move(position)});
}

void Emitter::finish() {
    for (const NamedLink& link : m_links) {
        const auto found = m_by_name.find(published_name_key(link.name));
        if (found == m_by_name.end()) {
            issue("unresolved-link", fmt::format("\"Linked To: {}\" names nobody in the file", link.name), link.position,
                  link.uid, link.name);
            continue;
        }
        if (found->second.size() > 1) {
            issue("ambiguous-link",
                  fmt::format("\"Linked To: {}\" names {} parties in the file ({})", link.name, found->second.size(),
                              fmt::join(found->second, ", ")),
                  link.position, link.uid, link.name);
            continue;
        }
        relationship({link.uid, found->second.front(), {}, link.name, "Linked To", false, {}, {}, link.position});
    }
    // Sorted, because the order of an unordered_map is not part of anything we give.
    std::vector<const std::string*> unlisted;
    for (const auto& [uid, known] : m_parties) {
        if (!known.listed) {
            unlisted.push_back(&uid);
        }
    }
    std::sort(unlisted.begin(), unlisted.end(), [](const auto* one, const auto* other) {
        return std::pair(one->size(), *one) < std::pair(other->size(), *other);
    });
    for (const std::string* uid : unlisted) {
        const Known& known = m_parties.at(*uid);
        issue("party-without-listing", fmt::format("no sanctions entry names party {}", *uid), known.position, *uid);
        if (!known.summaries.empty()) {
            model::Entity entity(entity_id(*uid), schema_of_kind(known.kind));
            entity.position = known.position;
            for (const std::string& summary : known.summaries) {
                entity.add(vocabulary().notes, summary);
            }
            m_sink.entity(std::move(entity));
        }
    }
}

}  // namespace liaison::adapter::ofac
