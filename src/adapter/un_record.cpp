#include "adapter/un_record.hpp"

#include "adapter/content_ids.hpp"
#include "adapter/list_text.hpp"
#include "adapter/un_comments.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/country.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace liaison::adapter::un {

namespace {

struct Vocabulary {
    const model::Schema& person = model::schema("Person");
    const model::Schema& organization = model::schema("Organization");
    const model::Schema& company = model::schema("Company");
    const model::Schema& address = model::schema("Address");
    const model::Schema& passport = model::schema("Passport");
    const model::Schema& identification = model::schema("Identification");
    const model::Schema& sanction = model::schema("Sanction");

    model::Property name = model::property("name");
    model::Property alias = model::property("alias");
    model::Property weak_alias = model::property("weakAlias");
    model::Property previous_name = model::property("previousName");
    model::Property first_name = model::property("firstName");
    model::Property second_name = model::property("secondName");
    model::Property middle_name = model::property("middleName");
    model::Property last_name = model::property("lastName");
    model::Property alias_birth_date = model::property("aliasBirthDate");
    model::Property alias_birth_place = model::property("aliasBirthPlace");
    model::Property alias_note = model::property("aliasNote");
    model::Property birth_date = model::property("birthDate");
    model::Property birth_place = model::property("birthPlace");
    model::Property birth_country = model::property("birthCountry");
    model::Property gender = model::property("gender");
    model::Property nationality = model::property("nationality");
    model::Property title = model::property("title");
    model::Property position = model::property("position");
    model::Property country = model::property("country");
    model::Property topics = model::property("topics");
    model::Property notes = model::property("notes");
    model::Property created_at = model::property("createdAt");
    model::Property modified_at = model::property("modifiedAt");
    model::Property address_text = model::property("address");
    model::Property address_entity = model::property("addressEntity");
    model::Property full = model::property("full");
    model::Property street = model::property("street");
    model::Property city = model::property("city");
    model::Property state = model::property("state");
    model::Property postal_code = model::property("postalCode");
    model::Property region = model::property("region");
    model::Property swift_bic = model::property("swiftBic");
    model::Property imo_number = model::property("imoNumber");
    model::Property passport_number = model::property("passportNumber");
    model::Property id_number = model::property("idNumber");
    model::Property holder = model::property("holder");
    model::Property number = model::property("number");
    model::Property type = model::property("type");
    model::Property issue_place = model::property("issuePlace");
    model::Property issuing_country = model::property("issuingCountry");
    model::Property note = model::property("note");
    model::Property start_date = model::property("startDate");
    model::Property end_date = model::property("endDate");
    model::Property entity = model::property("entity");
    model::Property authority = model::property("authority");
    model::Property unsc_id = model::property("unscId");
    model::Property program = model::property("program");
    model::Property program_id = model::property("programId");
    model::Property listing_date = model::property("listingDate");
    model::Property list = model::property("list");
    model::Property record_id = model::property("recordId");
    model::Property summary = model::property("summary");
    model::Property status = model::property("status");
    model::Property role = model::property("role");
    model::Property relationship = model::property("relationship");
    model::Property evidence = model::property("evidence");
};

const Vocabulary& vocabulary() {
    static const Vocabulary all;
    return all;
}

std::string text_of(const record::XmlElement& element) { return base::collapse_space(element.text()); }
std::string text_of(const record::XmlElement& element, Tag child) { return base::collapse_space(element.child_text(name_of(child))); }

std::string id_of(std::string_view reference) { return "unsc-" + std::string(reference); }

/// Names of North Korean listings stand with the family name in FIRST_NAME ("YUN", "HO-JIN").
bool family_name_first(std::string_view reference) { return reference.starts_with("KP"); }

/// The word behind a label in prose ("SWIFT/BIC: KUDBKPPY."), without the full stop; "" when the label is not there.
std::string_view word_behind(std::string_view text, std::string_view lower, std::string_view label) {
    const std::size_t at = lower.find(label);
    if (at == std::string_view::npos) {
        return {};
    }
    const std::size_t start = text.find_first_not_of(" :", at + label.size());
    if (start == std::string_view::npos) {
        return {};
    }
    const std::size_t end = std::min(text.find_first_of(" .,;)", start), text.size());
    return text.substr(start, end - start);
}

bool is_passport(std::string_view type) {
    const std::string lower = ascii_lower(type);
    return lower.find("passport") != std::string::npos || lower.find("passeport") != std::string::npos || lower.find("pasaporte") != std::string::npos;
}

}  // namespace

void RecordReader::issue(std::string_view reason, std::string message, const base::Position& position, std::string_view excerpt) {
    m_sink.issue({std::string(reason), std::move(message), position, m_reference, std::string(base::truncate_utf8(excerpt, 200))});
}

void RecordReader::countries(model::Entity& entity, model::Property property, std::string_view text, std::string_view label,
                             const base::Position& position) {
    const CountryText found = countries_in(text);
    for (const std::string& code : found.codes) {
        entity.add(property, code, {}, text);
    }
    if (found.codes.empty() && !found.said_nothing) {
        entity.add(vocabulary().notes, fmt::format("{}: {}", label, text));
        issue("unknown-country", fmt::format("\"{}\" names no country that is known; kept as a note", text), position, text);
    }
}

void RecordReader::date(model::Entity& entity, model::Property property, std::string_view text, const base::Position& position) {
    if (text.empty()) {
        return;
    }
    if (const auto read = model::parse_date(text)) {
        entity.add(property, model::to_string(*read), {}, text);
        return;
    }
    issue("unreadable-date", fmt::format("\"{}\" is no date that can be read", text), position, text);
}

void RecordReader::read(const record::XmlRecord& record) {
    const Vocabulary& words = vocabulary();
    const record::XmlElement root = record.root();
    const bool person = root.name() == name_of(Tag::individual);
    m_reference = text_of(root, Tag::reference_number);
    if (!person && root.name() != name_of(Tag::entity)) {
        issue("unknown-record", fmt::format("a record <{}> is not known and was not read", root.name_text()), root.position(), root.text());
        return;
    }
    ++m_counts[person ? "INDIVIDUAL" : "ENTITY"];
    if (m_reference.empty()) {
        issue("record-without-id", "a listing without REFERENCE_NUMBER cannot be kept", root.position(), text_of(root, Tag::first_name));
        return;
    }
    if (!is_reference(m_reference)) {
        issue("unusual-reference", fmt::format("\"{}\" has not the form of a permanent reference number; the listing is kept", m_reference),
              root.position(), m_reference);
    }
    if (!m_known.insert(m_reference).second) {
        issue("duplicate-id", fmt::format("{} is listed again; both records are kept as one entity", m_reference), root.position(), m_reference);
    }

    model::Entity entity(id_of(m_reference), person ? words.person : words.organization);
    entity.position = root.position();
    names(entity, root, m_reference);
    entity.add(words.topics, "sanction");
    for (const record::XmlElement& child : root.children()) {
        const std::string text = text_of(child);
        const auto each_value = [&](const auto& use) {
            if (!text.empty()) {
                use(std::string_view(text));
            }
            for (const record::XmlElement& value : child.children()) {
                if (const std::string inner = text_of(value); !inner.empty()) {
                    use(std::string_view(inner));
                }
            }
        };
        const auto add_values = [&](model::Property property, std::string_view label) {
            each_value([&](std::string_view value) {
                if (entity.schema->has(property)) {
                    entity.add(property, value);
                } else {
                    entity.add(words.notes, fmt::format("{}: {}", label, value));
                }
            });
        };
        if (!m_names.is_known(child.name())) {
            continue;  // the audit reports it
        }
        switch (static_cast<Tag>(child.name())) {
            case Tag::title: add_values(words.title, "Title"); break;
            case Tag::designation: add_values(words.position, "Designation"); break;
            case Tag::nationality:
            case Tag::nationality2:
                each_value([&](std::string_view value) {
                    countries(entity, person ? words.nationality : words.country, value, "Nationality", child.position());
                });
                break;
            case Tag::gender: {
                const std::string lower = ascii_lower(text);
                if (person && (lower == "male" || lower == "female")) {
                    entity.add(words.gender, lower, {}, text);
                } else if (!lower.empty() && lower != "unknown") {
                    issue("unknown-gender", fmt::format("gender \"{}\" is not known; kept as a note", text), child.position(), text);
                    entity.add(words.notes, "Gender: " + text);
                }
                break;
            }
            case Tag::individual_alias:
            case Tag::entity_alias: alias(entity, child); break;
            case Tag::individual_date_of_birth: birth_date(entity, child); break;
            case Tag::individual_place_of_birth: birth_place(entity, child); break;
            case Tag::individual_address:
            case Tag::entity_address: address(entity, child); break;
            case Tag::individual_document: document(entity, child); break;
            case Tag::comments:
                entity.add(words.notes, text);
                stated_facts(entity, text);
                break;
            case Tag::listed_on: date(entity, words.created_at, text, child.position()); break;
            case Tag::last_day_updated:
                each_value([&](std::string_view value) { date(entity, words.modified_at, value, child.position()); });
                break;
            case Tag::first_name:
            case Tag::second_name:
            case Tag::third_name:
            case Tag::fourth_name:
            case Tag::name_original_script:  // names() has them
            case Tag::data_id:
            case Tag::un_list_type:
            case Tag::reference_number:
            case Tag::submitted_on:
            case Tag::submitted_by:
            case Tag::delisted_on:
            case Tag::list_type:             // listing() has them
            case Tag::version:               // 1 everywhere
            case Tag::sort_key:
            case Tag::sort_key_last_mod:     // made from the name for sorting
                break;
            case Tag::consolidated_list:
            case Tag::individuals:
            case Tag::entities:
            case Tag::individual:
            case Tag::entity:
            case Tag::date_generated:
            case Tag::value:
            case Tag::quality:
            case Tag::alias_name:
            case Tag::date_of_birth:
            case Tag::city_of_birth:
            case Tag::country_of_birth:
            case Tag::note:
            case Tag::street:
            case Tag::city:
            case Tag::state_province:
            case Tag::zip_code:
            case Tag::country:
            case Tag::type_of_date:
            case Tag::date:
            case Tag::year:
            case Tag::from_year:
            case Tag::to_year:
            case Tag::type_of_document:
            case Tag::type_of_document2:
            case Tag::number:
            case Tag::issuing_country:
            case Tag::date_of_issue:
            case Tag::city_of_issue:
            case Tag::country_of_issue:
            case Tag::schema_location:
                issue("misplaced-element", fmt::format("element <{}> is not expected here and was not read", child.name_text()), child.position(), text);
                break;
        }
    }
    listing(entity, root, m_reference);
    relations(entity, root, m_reference);
    m_sink.entity(std::move(entity));
}

void RecordReader::names(model::Entity& entity, const record::XmlElement& root, std::string_view reference) {
    const Vocabulary& words = vocabulary();
    std::vector<std::string> parts;
    for (const Tag tag : {Tag::first_name, Tag::second_name, Tag::third_name, Tag::fourth_name}) {
        if (std::string part = text_of(root, tag); !part.empty() && ascii_lower(part) != "na") {
            parts.push_back(std::move(part));
        }
    }
    if (parts.empty()) {
        issue("record-without-name", fmt::format("{} has no name", reference), root.position(), reference);
    }
    entity.add(words.name, fmt::format("{}", fmt::join(parts, " ")));
    if (entity.schema == &words.person && parts.size() > 1) {
        // What stands in the middle may be a patronymic or a given name; only the ends are told apart.
        if (family_name_first(reference)) {
            entity.add(words.last_name, parts.front());
            entity.add(words.first_name, fmt::format("{}", fmt::join(parts.begin() + 1, parts.end(), " ")));
        } else {
            entity.add(words.first_name, parts.front());
            if (parts.size() > 2) {
                entity.add(words.second_name, parts[1]);
            }
            if (parts.size() > 3) {
                entity.add(words.middle_name, parts[2]);
            }
            entity.add(words.last_name, parts.back());
        }
    }
    const std::string original = text_of(root, Tag::name_original_script);
    for (const NameText& name : split_names(original)) {
        entity.add(words.alias, name.text, name.lang, original);
    }
}

void RecordReader::alias(model::Entity& entity, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string text = text_of(element, Tag::alias_name);
    const std::string quality = text_of(element, Tag::quality);
    const std::string note = text_of(element, Tag::note);
    const std::string lower = ascii_lower(quality);
    model::Property property = words.alias;
    if (lower == "low") {
        property = words.weak_alias;
    } else if (lower == "f.k.a.") {
        property = words.previous_name;
    } else if (lower != "good" && lower != "a.k.a." && !(lower.empty() && text.empty())) {
        issue("unknown-alias-quality", fmt::format("alias quality \"{}\" is not known; kept as an alias", quality), element.position(), text);
    }
    for (const NameText& name : split_names(text)) {
        entity.add(property, name.text, name.lang, text);
    }
    // A note may hold the alias in another script, or its variants.
    const std::size_t colon = note.find(':');
    const std::string_view after = colon == std::string::npos ? std::string_view() : std::string_view(note).substr(colon + 1);
    if (!after.empty() && !text_language(after).empty() && text_language(text).empty()) {
        for (const NameText& name : split_names(base::collapse_space(after))) {
            if (!name.lang.empty()) {
                entity.add(property, name.text, name.lang, note);
            }
        }
    }
    const bool prose = note.find_first_of("0123456789:().") != std::string::npos;
    if (!text_language(text).empty() && note.find(';') != std::string::npos && !prose) {
        for (const NameText& name : split_names(note)) {
            entity.add(property, name.text, name.lang, note);
        }
    }
    if (!note.empty()) {
        const std::string said = text.empty() ? note : fmt::format("{}: {}", text, note);
        entity.add(entity.schema->has(words.alias_note) ? words.alias_note : words.notes, said);
    }

    std::string born = text_of(element, Tag::date_of_birth);
    if (born == "null") {  // the publisher's software wrote an empty field so in 2024
        born.clear();
    }
    std::string place = text_of(element, Tag::city_of_birth);
    join(place, text_of(element, Tag::country_of_birth), ", ");
    if (!born.empty()) {
        if (const auto read = model::parse_date(born); read && entity.schema->has(words.alias_birth_date)) {
            entity.add(words.alias_birth_date, model::to_string(*read), {}, fmt::format("{} (as {})", born, text));
        } else {
            issue("unreadable-date", fmt::format("birth date \"{}\" of alias {} cannot be read; kept as a note", born, text), element.position(), born);
            entity.add(words.notes, fmt::format("Born {} as {}", born, text));
        }
    }
    if (!place.empty()) {
        if (entity.schema->has(words.alias_birth_place)) {
            entity.add(words.alias_birth_place, place, {}, fmt::format("{} (as {})", place, text));
        } else {
            entity.add(words.notes, fmt::format("Born in {} as {}", place, text));
        }
    }
}

/// What comments state in a fixed form: gender, BIC and IMO company number. They stay in the notes as well.
void RecordReader::stated_facts(model::Entity& entity, std::string_view comments) {
    const Vocabulary& words = vocabulary();
    const std::string lower = ascii_lower(comments);
    if (entity.schema == &words.person) {
        for (const std::string_view label : {"gender:", "sex:"}) {
            const std::string gender = ascii_lower(word_behind(comments, lower, label));
            if (gender == "male" || gender == "female") {
                entity.add(words.gender, gender, {}, comments.substr(lower.find(label), label.size() + 1 + gender.size()));
            }
        }
        return;
    }
    for (const std::string_view label : {"swift/bic:", "swift:"}) {
        const std::string_view code = word_behind(comments, lower, label);
        const bool bic = (code.size() == 8 || code.size() == 11) && code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
        entity.add(words.swift_bic, bic ? code : std::string_view());
    }
    const std::string_view imo = word_behind(comments, lower, "imo number:");
    if (imo.size() == 7 && imo.find_first_not_of("0123456789") == std::string_view::npos) {
        entity.add(words.imo_number, "IMO" + std::string(imo), {}, imo);
    }
}

void RecordReader::birth_date(model::Entity& person, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string type = text_of(element, Tag::type_of_date);
    const std::string day = text_of(element, Tag::date);
    const std::string year = text_of(element, Tag::year);
    const std::string from = text_of(element, Tag::from_year);
    const std::string to = text_of(element, Tag::to_year);
    const std::string note = text_of(element, Tag::note);
    if (day.empty() && year.empty() && from.empty() && to.empty() && note.empty()) {
        return;
    }
    const std::string lower_type = ascii_lower(type);
    if (lower_type != "exact" && lower_type != "approximately" && lower_type != "between" && !type.empty()) {
        issue("unknown-date-type", fmt::format("type of date \"{}\" is not known", type), element.position(), type);
    }
    std::string original = lower_type == "exact" ? std::string() : type;
    join(original, !day.empty() ? day : year, " ");
    join(original, from.empty() && to.empty() ? std::string() : fmt::format("{} to {}", from, to), " ");
    const bool bare = original.empty();
    join(original, note, bare ? "" : "; ");

    std::optional<model::Date> date;
    if (!day.empty()) {
        date = model::parse_date(day);
    } else if (!from.empty() && !to.empty()) {
        date = model::parse_edtf(from + "/" + to);
    } else if (!from.empty() || !to.empty()) {
        date = model::parse_edtf(from.empty() ? to : from);
    } else if (!year.empty()) {
        date = model::parse_date(note.empty() ? year : note + " " + year);  // "Sep." and 1958
        date = date ? date : model::parse_date(year);
    } else {
        date = model::parse_date(note);
    }
    if (!date) {
        issue("unreadable-date", fmt::format("birth date \"{}\" cannot be read; kept as a note", original), element.position(), original);
        person.add(words.notes, "Date of birth: " + original);
        return;
    }
    if (lower_type == "approximately" || ascii_lower(note).starts_with("approx")) {
        date->approximate = true;
    }
    person.add(words.birth_date, model::to_string(*date), {}, original);
}

void RecordReader::birth_place(model::Entity& person, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string country = text_of(element, Tag::country);
    const CountryText found = countries_in(country);
    std::string place;
    for (const Tag tag : {Tag::street, Tag::city, Tag::state_province}) {
        join(place, text_of(element, tag), ", ");
    }
    join(place, found.said_nothing ? std::string() : country, ", ");
    if (const std::string note = text_of(element, Tag::note); !note.empty()) {
        join(place, note.starts_with('(') ? note : "(" + note + ")", " ");
    }
    person.add(words.birth_place, place);
    for (const std::string& code : found.codes) {
        person.add(words.birth_country, code, {}, country);
    }
    if (found.codes.empty() && !found.said_nothing) {
        issue("unknown-country", fmt::format("\"{}\" names no country that is known; kept in the place of birth", country), element.position(), country);
    }
}

void RecordReader::address(model::Entity& entity, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string street = text_of(element, Tag::street);
    const std::string city = text_of(element, Tag::city);
    const std::string state = text_of(element, Tag::state_province);
    const std::string zip = text_of(element, Tag::zip_code);
    const std::string country = text_of(element, Tag::country);
    const std::string note = text_of(element, Tag::note);
    const bool zip_is_code = zip.find_first_of("0123456789") != std::string::npos;

    const CountryText found = countries_in(country);
    for (const std::string& code : found.codes) {
        entity.add(words.country, code, {}, country);
    }
    if (found.codes.empty() && !found.said_nothing) {
        issue("unknown-country", fmt::format("\"{}\" names no country that is known; kept in the address", country), element.position(), country);
    }
    std::string full;
    for (const std::string* part : {&street, &city, &state, &zip}) {
        join(full, *part, ", ");
    }
    const bool only_country = full.empty();
    join(full, found.said_nothing ? std::string() : country, ", ");
    if (only_country) {  // the country property has it; what else is said is kept as text
        if (!note.empty()) {
            entity.add(full.empty() ? words.address_text : words.notes, full.empty() ? note : fmt::format("Address: {} ({})", full, note));
        } else if (found.codes.empty()) {
            entity.add(words.address_text, full);
        }
        return;
    }
    const std::string code = found.codes.empty() ? std::string() : found.codes.front();
    model::Entity node(address_id(full, code), words.address);
    node.position = element.position();
    node.add(words.full, full);
    node.add(words.street, street);
    node.add(words.city, city);
    node.add(words.state, state);
    node.add(zip_is_code ? words.postal_code : words.region, zip);
    node.add(words.country, code, {}, country);
    entity.add(words.address_entity, node.id);
    // The node is shared by all who live there; what the note says is true of this party only.
    if (!note.empty()) {
        entity.add(words.notes, fmt::format("Address: {} ({})", full, note));
    }
    m_sink.entity(std::move(node));
}

void RecordReader::document(model::Entity& person, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    std::string type = text_of(element, Tag::type_of_document);
    const std::string subtype = text_of(element, Tag::type_of_document2);
    const std::string published = text_of(element, Tag::number);
    const std::string issuer = text_of(element, Tag::issuing_country);
    const std::string issued = text_of(element, Tag::date_of_issue);
    const std::string city = text_of(element, Tag::city_of_issue);
    const std::string issued_in = text_of(element, Tag::country_of_issue);
    const std::string note = text_of(element, Tag::note);
    if (element.children().empty() || (type.empty() && published.empty() && note.empty() && issuer.empty())) {
        return;
    }
    const bool passport = is_passport(type);
    if (!passport && !type.empty() && !ascii_lower(type).starts_with("national identification n")) {
        issue("unknown-document-type", fmt::format("type of document \"{}\" is not known; kept as an identification", type), element.position(), type);
    }
    NumberText number = document_number(published);
    if (published.empty()) {  // "Residential card number 665", "Indonesian National Identity Card number 112..."
        const NumberText from_type = document_number(subtype);
        const NumberText from_note = document_number(note);
        if (!from_type.rest.empty() && !from_type.number.empty()) {
            number = from_type;
        } else if (ascii_lower(note).find("number") != std::string::npos || (!note.empty() && note.front() >= '0' && note.front() <= '9')) {
            number = from_note;
        }
    }
    const CountryText issuers = countries_in(issuer);
    const CountryText places = countries_in(issued_in);
    std::string country = !issuers.codes.empty() ? issuers.codes.front() : std::string();
    std::string country_text = issuer;
    if (country.empty() && !places.codes.empty()) {
        country = places.codes.front();
        country_text = issued_in;
    }
    if (country.empty() && !number.country.empty()) {
        country = number.country;
        country_text = number.rest;
    }
    for (const auto& [text, read] : {std::pair(issuer, &issuers), std::pair(issued_in, &places)}) {
        if (read->codes.empty() && !read->said_nothing) {
            issue("unknown-country", fmt::format("\"{}\" names no country that is known; kept as a note of the document", text), element.position(), text);
        }
    }
    if (!subtype.empty() && ascii_lower(subtype) != ascii_lower(type)) {
        join(type, subtype, ": ");
    }
    // Without a number nothing says that two documents are one: the holder is part of the id.
    const std::string id = number.number.empty() ? model::derived_id("doc", {person.id, type, country, issued, note})
                                                 : document_id(passport ? "passport" : text_of(element, Tag::type_of_document), number.number, country);
    model::Entity node(id, passport ? words.passport : words.identification);
    node.position = element.position();
    node.add(words.holder, person.id);
    node.add(words.type, type);
    node.add(words.number, number.number, {}, published);
    if (passport) {
        node.add(words.passport_number, number.number, {}, published);
        person.add(words.passport_number, number.number, {}, published);
    } else {
        person.add(words.id_number, number.number, {}, published);
    }
    node.add(words.country, country, {}, country_text);
    if (!places.codes.empty() && places.codes.front() != country) {
        node.add(words.issuing_country, places.codes.front(), {}, issued_in);
    }
    std::string place = city;
    join(place, issued_in, ", ");
    node.add(words.issue_place, place);
    node.add(words.note, note);
    if (!number.rest.empty()) {
        node.add(words.note, number.rest);
    }
    if (issuers.codes.empty() && !issuers.said_nothing) {
        node.add(words.note, "Issued by: " + issuer);
    }
    if (!issued.empty()) {
        date(node, words.start_date, issued, element.position());
    } else if (const auto start = date_after(note, {"issued on", "date of issue"})) {
        node.add(words.start_date, model::to_string(*start), {}, note);
    }
    const std::string about = published + "; " + note;
    if (const auto end = date_after(about, {"expir", "valid until"})) {
        node.add(words.end_date, model::to_string(*end), {}, ascii_lower(note).find("expir") == std::string::npos && ascii_lower(note).find("valid") == std::string::npos ? published : note);
    }
    m_sink.entity(std::move(node));
}

void RecordReader::listing(const model::Entity& entity, const record::XmlElement& root, std::string_view reference) {
    const Vocabulary& words = vocabulary();
    model::Entity sanction(model::derived_id("listing", {"unsc", reference}), words.sanction);
    sanction.position = root.position();
    sanction.add(words.entity, entity.id);
    sanction.add(words.authority, "United Nations Security Council");
    sanction.add(words.unsc_id, reference);
    sanction.add(words.program, text_of(root, Tag::un_list_type));
    sanction.add(words.program_id, reference.substr(0, 2));
    for (const record::XmlElement& value : root.child(name_of(Tag::list_type)).children()) {
        sanction.add(words.list, text_of(value));
    }
    date(sanction, words.listing_date, text_of(root, Tag::listed_on), root.position());
    date(sanction, words.start_date, text_of(root, Tag::listed_on), root.position());
    if (const std::string delisted = text_of(root, Tag::delisted_on); !delisted.empty()) {
        date(sanction, words.end_date, delisted, root.position());
        sanction.add(words.status, "removed");
    }
    for (const record::XmlElement& value : root.child(name_of(Tag::last_day_updated)).children()) {
        date(sanction, words.modified_at, text_of(value), value.position());
    }
    sanction.add(words.record_id, text_of(root, Tag::data_id));
    if (const std::string by = text_of(root, Tag::submitted_by); !by.empty()) {
        sanction.add(words.summary, "Submitted by: " + by);
    }
    if (const std::string on = text_of(root, Tag::submitted_on); !on.empty()) {
        sanction.add(words.summary, "Submitted on: " + on);
    }
    m_sink.entity(std::move(sanction));
}

void RecordReader::relations(const model::Entity& entity, const record::XmlElement& root, std::string_view reference) {
    const Vocabulary& words = vocabulary();
    const Comments comments = read_comments(reference, root.child_text(name_of(Tag::comments)));
    for (const std::string& text : comments.malformed) {
        issue("malformed-reference", fmt::format("\"{}\" in the comments looks like a reference number and is none; no relation was made of it", text),
              root.position(), text);
    }
    // One edge for a pair and schema; where a pair has a telling one, the loose ones only add their sentence to it.
    std::map<std::string, std::vector<const Relation*>> by_pair;
    std::vector<std::string> order;
    for (const Relation& relation : comments.relations) {
        auto& of_pair = by_pair[relation.reference];
        if (of_pair.empty()) {
            order.push_back(relation.reference);
        }
        of_pair.push_back(&relation);
    }
    const auto loose = [](const Relation& relation) { return relation.schema == "UnknownLink" || relation.schema == "Associate"; };
    for (const std::string& other : order) {
        m_pairs.emplace_back(std::string(reference), other);
        m_positions.emplace(std::string(reference), root.position());
        const auto& of_pair = by_pair[other];
        const auto strong = std::find_if(of_pair.begin(), of_pair.end(), [&](const Relation* r) { return !loose(*r); });
        std::map<std::pair<std::string, Direction>, model::Entity> edges;
        for (const Relation* relation : of_pair) {
            if (!relation->name.empty()) {
                m_named.try_emplace(other, Missing{relation->name, root.position()});
            }
            const Relation& shape = loose(*relation) && strong != of_pair.end() ? **strong : *relation;
            const model::Schema& schema = model::schema(shape.schema);
            const bool outward = shape.direction == Direction::outward;
            const auto [place, added] = edges.try_emplace({shape.schema, shape.direction});
            model::Entity& edge = place->second;
            if (added) {
                const std::string ends[2] = {entity.id, id_of(other)};
                edge = model::Entity(model::derived_id("rel", {"unsc", reference, shape.schema, ends[outward ? 0 : 1], ends[outward ? 1 : 0]}), schema);
                edge.position = root.position();
                edge.add(schema.edge->source, ends[outward ? 0 : 1]);
                edge.add(schema.edge->target, ends[outward ? 1 : 0]);
                if (shape.schema == "Ownership" && !is_person_reference(outward ? other : reference)) {
                    model::Entity owned(ends[outward ? 1 : 0], words.company);  // only a Company can be owned
                    owned.position = root.position();
                    m_sink.entity(std::move(owned));
                }
            }
            edge.add(schema.has(words.role) ? words.role : words.relationship, relation->role);
            edge.add(words.evidence, relation->sentence);
            if (relation->former) {
                edge.add(words.status, "former");
            }
        }
        for (auto& [key, edge] : edges) {
            m_sink.entity(std::move(edge));
        }
    }
}

void RecordReader::finish() {
    const Vocabulary& words = vocabulary();
    std::set<std::string> given;
    for (const auto& [reference, other] : m_pairs) {
        if (m_known.contains(other)) {
            continue;
        }
        m_reference = reference;
        const base::Position& position = m_positions.at(reference);
        issue("reference-not-on-list", fmt::format("{} names {}, which is not on the list; kept as a stub", reference, other), position, other);
        if (given.insert(other).second) {
            model::Entity stub(id_of(other), is_person_reference(other) ? words.person : words.organization);
            stub.position = position;
            const auto named = m_named.find(other);
            stub.add(words.name, named == m_named.end() ? std::string() : named->second.name);
            m_sink.entity(std::move(stub));
        }
    }
}

}  // namespace liaison::adapter::un
