#include "adapter/eu_fsf_record.hpp"

#include "adapter/content_ids.hpp"
#include "adapter/list_text.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/country.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace liaison::adapter::eu {

namespace {

struct Vocabulary {
    const model::Schema& person = model::schema("Person");
    const model::Schema& organization = model::schema("Organization");
    const model::Schema& address = model::schema("Address");
    const model::Schema& passport = model::schema("Passport");
    const model::Schema& identification = model::schema("Identification");
    const model::Schema& sanction = model::schema("Sanction");
    model::Property name = model::property("name");
    model::Property alias = model::property("alias");
    model::Property weak_alias = model::property("weakAlias");
    model::Property first_name = model::property("firstName");
    model::Property middle_name = model::property("middleName");
    model::Property last_name = model::property("lastName");
    model::Property position = model::property("position");
    model::Property title = model::property("title");
    model::Property gender = model::property("gender");
    model::Property notes = model::property("notes");
    model::Property topics = model::property("topics");
    model::Property country = model::property("country");
    model::Property nationality = model::property("nationality");
    model::Property birth_date = model::property("birthDate");
    model::Property birth_place = model::property("birthPlace");
    model::Property birth_country = model::property("birthCountry");
    model::Property address_entity = model::property("addressEntity");
    model::Property full = model::property("full");
    model::Property street = model::property("street");
    model::Property post_box = model::property("postOfficeBox");
    model::Property city = model::property("city");
    model::Property postal_code = model::property("postalCode");
    model::Property region = model::property("region");
    model::Property email = model::property("email");
    model::Property phone = model::property("phone");
    model::Property website = model::property("website");
    model::Property passport_number = model::property("passportNumber");
    model::Property id_number = model::property("idNumber");
    model::Property registration_number = model::property("registrationNumber");
    model::Property tax_number = model::property("taxNumber");
    model::Property swift_bic = model::property("swiftBic");
    model::Property holder = model::property("holder");
    model::Property number = model::property("number");
    model::Property type = model::property("type");
    model::Property authority = model::property("authority");
    model::Property issue_place = model::property("issuePlace");
    model::Property note = model::property("note");
    model::Property status = model::property("status");
    model::Property start_date = model::property("startDate");
    model::Property end_date = model::property("endDate");
    model::Property entity = model::property("entity");
    model::Property unsc_id = model::property("unscId");
    model::Property authority_id = model::property("authorityId");
    model::Property program = model::property("program");
    model::Property program_id = model::property("programId");
    model::Property legal_basis = model::property("legalBasis");
    model::Property source_url = model::property("sourceUrl");
    model::Property listing_date = model::property("listingDate");
    model::Property reason = model::property("reason");
    model::Property provisions = model::property("provisions");
    model::Property summary = model::property("summary");
    model::Property record_id = model::property("recordId");
};

const Vocabulary& vocabulary() {
    static const Vocabulary all;
    return all;
}

std::string text_of(const record::XmlElement& element, Tag tag) { return base::collapse_space(element.attribute(name_of(tag))); }
bool is_true(const record::XmlElement& element, Tag tag) { return element.attribute(name_of(tag)) == "true" || element.attribute(name_of(tag)) == "1"; }

int number_of(const record::XmlElement& element, Tag tag) {
    const std::string_view text = element.attribute(name_of(tag));
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

/// ISO 639-1 of the export to ISO 639-3; what the script says where the export says nothing.
std::string_view language_of(std::string_view code, std::string_view text) {
    static const std::map<std::string_view, std::string_view> codes{
        {"AR", "ara"}, {"BE", "bel"}, {"BG", "bul"}, {"CS", "ces"}, {"DA", "dan"}, {"DE", "deu"}, {"EL", "ell"}, {"EN", "eng"}, {"ES", "spa"},
        {"ET", "est"}, {"FA", "fas"}, {"FI", "fin"}, {"FR", "fra"}, {"GA", "gle"}, {"HE", "heb"}, {"HR", "hrv"}, {"HU", "hun"}, {"IT", "ita"},
        {"JA", "jpn"}, {"KO", "kor"}, {"LT", "lit"}, {"LV", "lav"}, {"MT", "mlt"}, {"NL", "nld"}, {"PL", "pol"}, {"PT", "por"}, {"RO", "ron"},
        {"RU", "rus"}, {"SK", "slk"}, {"SL", "slv"}, {"SR", "srp"}, {"SV", "swe"}, {"TR", "tur"}, {"UK", "ukr"}, {"UR", "urd"}, {"ZH", "zho"}};
    const auto found = codes.find(code);
    return found == codes.end() ? text_language(text) : found->second;
}

}  // namespace

void RecordReader::issue(std::string_view reason, std::string message, const base::Position& position, std::string_view excerpt) {
    m_sink.issue({std::string(reason), std::move(message), position, m_record, std::string(base::truncate_utf8(excerpt, 200))});
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

RecordReader::Country RecordReader::country_of(const record::XmlElement& element) {
    const std::string code = text_of(element, Tag::country_iso2);
    const std::string text = text_of(element, Tag::country_description);
    if (code == "00" || (code.empty() && (text.empty() || ascii_lower(text) == "unknown"))) {
        return {};
    }
    auto known = model::country_code(code);
    known = known ? known : model::country_code(text);
    if (!known) {
        issue("unknown-country", fmt::format("\"{}\" ({}) is no country that is known; kept as text", code, text), element.position(), text);
    }
    return {known.value_or(std::string()), text};
}

void RecordReader::remarks(model::Entity& entity, const record::XmlElement& element, std::string_view about) {
    for (const record::XmlElement& child : element.children()) {
        std::string text;
        if (child.name() == name_of(Tag::remark)) {
            text = base::collapse_space(child.text());
        } else if (child.name() == name_of(Tag::additional_information)) {
            text = fmt::format("{}: {}", text_of(child, Tag::key), text_of(child, Tag::value));
        }
        if (!text.empty()) {
            entity.add(vocabulary().notes, about.empty() ? text : fmt::format("{}: {}", about, text));
        }
    }
}

void RecordReader::read(const record::XmlElement& root) {
    const Vocabulary& words = vocabulary();
    const std::string reference = text_of(root, Tag::eu_reference_number);
    const std::string logical = text_of(root, Tag::logical_id);
    m_record = reference.empty() ? logical : reference;
    const record::XmlElement subject = root.child(name_of(Tag::subject_type));
    const std::string kind = ascii_lower(text_of(subject, Tag::code));
    const std::string classification = text_of(subject, Tag::classification_code);
    const bool person = classification == "P" || kind == "person";
    ++m_counts[person ? "person" : "enterprise"];
    if (m_record.empty()) {
        issue("record-without-id", "a sanctionEntity without reference and id cannot be kept", root.position(), {});
        return;
    }
    if (!person && classification != "E" && kind != "enterprise") {
        issue("unknown-subject-type", fmt::format("subject type \"{}\" is not known; read as an organisation", kind), subject.position(), kind);
    }
    if (!m_known.insert(m_record).second) {
        issue("duplicate-id", fmt::format("{} comes again; both records are kept as one entity", m_record), root.position(), m_record);
    }
    model::Entity entity(m_options.feed + "-" + m_record, person ? words.person : words.organization);
    entity.position = root.position();
    for (const record::XmlElement& child : root.children()) {
        if (child.name() == name_of(Tag::name_alias)) {
            name_alias(entity, child);
        } else if (child.name() == name_of(Tag::citizenship)) {
            citizenship(entity, child);
        } else if (child.name() == name_of(Tag::birthdate)) {
            birthdate(entity, child);
        } else if (child.name() == name_of(Tag::address)) {
            address(entity, child);
        } else if (child.name() == name_of(Tag::identification)) {
            identification(entity, child);
        } else if (child.name() == name_of(Tag::regulation)) {
            listing(entity, root, child);
        }
    }
    if (!root.child(name_of(Tag::regulation))) {
        issue("party-without-listing", fmt::format("{} has no regulation", m_record), root.position(), m_record);
    }
    if (!entity.has(words.name) && entity.all(words.alias).empty()) {
        issue("record-without-name", fmt::format("{} has no name", m_record), root.position(), m_record);
    }
    remarks(entity, root, {});
    entity.add(words.topics, "sanction");
    m_sink.entity(std::move(entity));
}

void RecordReader::name_alias(model::Entity& entity, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string first = text_of(element, Tag::first_name);
    const std::string middle = text_of(element, Tag::middle_name);
    const std::string last = text_of(element, Tag::last_name);
    std::string whole = text_of(element, Tag::whole_name);
    if (whole.empty()) {
        whole = first;
        join(whole, middle, " ");
        join(whole, last, " ");
    }
    const std::string_view lang = language_of(text_of(element, Tag::name_language), whole);
    const bool weak = element.has_attribute(name_of(Tag::strong)) && !is_true(element, Tag::strong);
    entity.add(weak ? words.weak_alias : entity.has(words.name) ? words.alias : words.name, whole, lang);
    if (entity.schema == &words.person) {
        if (!weak) {
            entity.add(words.first_name, first, lang);
            entity.add(words.middle_name, middle, lang);
            entity.add(words.last_name, last, lang);
        }
        entity.add(words.position, text_of(element, Tag::function));
        entity.add(words.title, text_of(element, Tag::title));
    } else {
        for (const auto& [tag, label] : {std::pair(Tag::function, "Function"), std::pair(Tag::title, "Title")}) {
            if (const std::string text = text_of(element, tag); !text.empty()) {
                entity.add(words.notes, fmt::format("{}: {}", label, text));
            }
        }
    }
    const std::string gender = text_of(element, Tag::gender);
    if (entity.schema == &words.person && (gender == "M" || gender == "F")) {
        entity.add(words.gender, gender == "M" ? "male" : "female", {}, gender);
    } else if (!gender.empty()) {
        issue("unknown-gender", fmt::format("gender \"{}\" is not known; kept as a note", gender), element.position(), gender);
        entity.add(words.notes, "Gender: " + gender);
    }
    remarks(entity, element, whole);
}

void RecordReader::citizenship(model::Entity& entity, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const Country country = country_of(element);
    entity.add(entity.schema == &words.person ? words.nationality : words.country, country.code, {}, country.text);
    std::string more = country.code.empty() ? country.text : std::string();
    join(more, text_of(element, Tag::region), ", ");
    for (const auto& [tag, label] : {std::pair(Tag::acquisition_date, "acquired "), std::pair(Tag::disenfranchisement_date, "lost ")}) {
        if (const std::string day = text_of(element, tag); !day.empty()) {
            join(more, label + day, ", ");
        }
    }
    if (!more.empty()) {
        entity.add(words.notes, fmt::format("Citizenship{}: {}", country.text.empty() ? "" : " of " + country.text, more));
    }
    remarks(entity, element, "Citizenship");
}

void RecordReader::birthdate(model::Entity& entity, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string day = text_of(element, Tag::birthdate);
    const int year = number_of(element, Tag::year);
    const int from = number_of(element, Tag::year_range_from);
    const int to = number_of(element, Tag::year_range_to);
    const std::string calendar = text_of(element, Tag::calendar_type);
    std::optional<model::Date> date;
    std::string original = day;
    if (!day.empty()) {
        date = model::parse_date(day);
    } else if (year != 0) {
        const int month = number_of(element, Tag::month_of_year);
        const int day_of_month = number_of(element, Tag::day_of_month);
        const auto partial = model::make_partial(year, month, month == 0 ? 0 : day_of_month);
        date = partial ? std::optional(model::Date{*partial, *partial, false}) : std::nullopt;
        original = partial ? model::to_string(*partial) : fmt::format("{}-{}-{}", year, month, day_of_month);
    } else if (from != 0 || to != 0) {
        date = model::parse_edtf(fmt::format("{:04}/{:04}", from != 0 ? from : to, to != 0 ? to : from));
        original = fmt::format("{} to {}", from, to);
    }
    const bool gregorian = calendar.empty() || calendar == "GREGORIAN";
    const bool said = !original.empty();
    if (said && gregorian && date && entity.schema->has(words.birth_date)) {
        date->approximate = is_true(element, Tag::circa);
        entity.add(words.birth_date, model::to_string(*date), {}, date->approximate ? "circa " + original : day);
    } else if (said) {
        // Days of another calendar are not converted here: the months do not map to days for certain.
        entity.add(words.notes, fmt::format("Date of birth: {}{}{}", is_true(element, Tag::circa) ? "circa " : "", original, gregorian ? "" : " (" + calendar + ")"));
        issue("unreadable-date", fmt::format("date of birth \"{}\" ({}) cannot be read; kept as a note", original, calendar), element.position(), original);
    }
    std::string place;
    for (const Tag tag : {Tag::place, Tag::city, Tag::zip_code, Tag::region}) {
        join(place, text_of(element, tag), ", ");
    }
    const Country country = country_of(element);
    join(place, country.text == "UNKNOWN" ? std::string() : country.text, ", ");
    if (entity.schema->has(words.birth_place)) {
        entity.add(words.birth_place, place);
        entity.add(words.birth_country, country.code, {}, country.text);
    } else if (!place.empty()) {
        entity.add(words.notes, "Place of birth: " + place);
    }
    remarks(entity, element, "Birth");
}

void RecordReader::address(model::Entity& entity, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string street = text_of(element, Tag::street);
    const std::string box = text_of(element, Tag::po_box);
    const std::string city = text_of(element, Tag::city);
    const std::string zip = text_of(element, Tag::zip_code);
    const std::string region = text_of(element, Tag::region);
    const std::string place = text_of(element, Tag::place);
    const Country country = country_of(element);
    entity.add(words.country, country.code, {}, country.text);
    std::string full = street;
    join(full, box.empty() ? box : "P.O. Box " + box, ", ");
    join(full, place, ", ");
    std::string town = zip;
    join(town, city, " ");
    join(full, town, ", ");
    join(full, region, ", ");
    const bool only_country = full.empty();
    join(full, country.text, ", ");
    if (!only_country) {
        model::Entity node(address_id(full, country.code), words.address);
        node.position = element.position();
        node.add(words.full, full);
        node.add(words.street, street);
        node.add(words.post_box, box);
        node.add(words.city, city);
        node.add(words.postal_code, zip);
        node.add(words.region, region);
        node.add(words.country, country.code, {}, country.text);
        entity.add(words.address_entity, node.id);
        m_sink.entity(std::move(node));
    } else if (country.code.empty() && !country.text.empty()) {
        entity.add(words.notes, "Address: " + country.text);
    }
    if (is_true(element, Tag::as_at_listing_time) && !full.empty()) {
        entity.add(words.notes, fmt::format("Address: {} (as at listing time)", full));
    }
    for (const record::XmlElement& contact : element.children()) {
        if (contact.name() != name_of(Tag::contact_info)) {
            continue;
        }
        const std::string key = text_of(contact, Tag::key);
        const std::string value = text_of(contact, Tag::value);
        const std::string lower = ascii_lower(key);
        if (lower == "email") {
            entity.add(words.email, value);
        } else if (lower == "phone" || lower == "mobile") {
            entity.add(words.phone, value);
        } else if (lower == "web" || lower == "website") {
            entity.add(words.website, value);
        } else if (!value.empty()) {
            entity.add(words.notes, fmt::format("{}: {}", key, value));
        }
    }
    remarks(entity, element, only_country ? std::string("Address") : "Address: " + full);
}

void RecordReader::identification(model::Entity& entity, const record::XmlElement& element) {
    const Vocabulary& words = vocabulary();
    const std::string code = ascii_lower(text_of(element, Tag::identification_type_code));
    const std::string label = text_of(element, Tag::identification_type_description);
    const std::string number = text_of(element, Tag::number);
    const std::string latin = text_of(element, Tag::latin_number);
    const Country country = country_of(element);
    const bool passport = code == "passport";
    model::Property property = passport ? words.passport_number : words.id_number;
    if (code == "regnumber") {
        property = words.registration_number;
    } else if (code == "fiscalcode" || code == "tax") {
        property = words.tax_number;
    } else if (code == "swiftbic") {
        property = words.swift_bic;
    } else if (code != "passport" && code != "id" && code != "ssn" && code != "drivinglicence" && code != "residentperm" && code != "travelrefugee" &&
               code != "birthcert" && code != "electoral" && code != "other" && !code.empty()) {
        issue("unknown-document-type", fmt::format("identification type \"{}\" is not known; kept as an identification", code), element.position(), label);
    }
    if (!entity.schema->has(property)) {
        property = words.id_number;
    }
    const std::string& best = latin.empty() ? number : latin;
    entity.add(property, best, {}, number);
    const std::string id = best.empty() ? model::derived_id("doc", {entity.id, code, country.code, text_of(element, Tag::issue_date), text_of(element, Tag::logical_id)})
                                        : document_id(passport ? "passport" : label, best, country.code);
    model::Entity node(id, passport ? words.passport : words.identification);
    node.position = element.position();
    node.add(words.holder, entity.id);
    node.add(words.number, best, {}, number);
    if (passport) {
        node.add(words.passport_number, best, {}, number);
    }
    node.add(words.type, label.empty() ? code : label);
    node.add(words.country, country.code, {}, country.text);
    node.add(words.authority, text_of(element, Tag::issued_by));
    node.add(words.issue_place, text_of(element, Tag::region));
    date(node, words.start_date, text_of(element, Tag::issue_date), element.position());
    date(node, words.start_date, text_of(element, Tag::valid_from), element.position());
    date(node, words.end_date, text_of(element, Tag::valid_to), element.position());
    for (const auto& [tag, text] : {std::pair(Tag::known_false, "Known false"), std::pair(Tag::known_expired, "Known expired"), std::pair(Tag::reported_lost, "Reported lost"),
                                    std::pair(Tag::revoked_by_issuer, "Revoked by issuer"), std::pair(Tag::diplomatic, "Diplomatic")}) {
        if (is_true(element, tag)) {
            node.add(words.status, text);
        }
    }
    if (const std::string holder = text_of(element, Tag::name_on_document); !holder.empty()) {
        node.add(words.note, "Name on document: " + holder);
    }
    if (country.code.empty() && !country.text.empty()) {
        node.add(words.note, "Issued by: " + country.text);
    }
    for (const record::XmlElement& child : element.children()) {
        if (child.name() == name_of(Tag::remark)) {
            node.add(words.note, base::collapse_space(child.text()));
        }
    }
    m_sink.entity(std::move(node));
}

void RecordReader::listing(const model::Entity& entity, const record::XmlElement& root, const record::XmlElement& regulation) {
    const Vocabulary& words = vocabulary();
    const std::string title = text_of(regulation, Tag::number_title);
    model::Entity sanction(model::derived_id("listing", {m_options.feed, entity.id, title, text_of(regulation, Tag::programme)}), words.sanction);
    sanction.position = regulation.position();
    sanction.add(words.entity, entity.id);
    sanction.add(words.authority, "European Union");
    sanction.add(words.country, "eu");
    sanction.add(words.authority_id, text_of(root, Tag::eu_reference_number));
    sanction.add(words.unsc_id, text_of(root, Tag::united_nation_id));
    sanction.add(words.program, text_of(regulation, Tag::programme));
    sanction.add(words.program_id, text_of(regulation, Tag::programme));
    sanction.add(words.legal_basis, title);
    std::string kind = text_of(regulation, Tag::organisation_type);
    join(kind, text_of(regulation, Tag::regulation_type), " ");
    sanction.add(words.provisions, kind);
    date(sanction, words.listing_date, text_of(root, Tag::designation_date), root.position());
    date(sanction, words.listing_date, text_of(regulation, Tag::publication_date), regulation.position());
    date(sanction, words.start_date, text_of(regulation, Tag::entry_into_force_date), regulation.position());
    if (const std::string delisted = text_of(root, Tag::delisting_date); !delisted.empty()) {
        date(sanction, words.end_date, delisted, root.position());
        sanction.add(words.status, "removed");
    }
    sanction.add(words.reason, text_of(root, Tag::designation_details));
    sanction.add(words.record_id, text_of(root, Tag::logical_id));
    sanction.add(words.source_url, base::collapse_space(regulation.child_text(name_of(Tag::publication_url))));
    for (const record::XmlElement& child : regulation.children()) {
        if (child.name() == name_of(Tag::remark)) {
            sanction.add(words.summary, base::collapse_space(child.text()));
        } else if (child.name() == name_of(Tag::corrigendum)) {
            sanction.add(words.summary, fmt::format("Corrigendum: {} of {}", text_of(child, Tag::number_title), text_of(child, Tag::publication_date)));
        }
    }
    // Names, addresses and the rest say by which later regulation they came.
    for (const record::XmlElement& child : root.children()) {
        const record::XmlElement summary = child.child(name_of(Tag::regulation_summary));
        sanction.add(words.legal_basis, text_of(summary, Tag::number_title));
        sanction.add(words.source_url, text_of(summary, Tag::publication_url));
    }
    m_sink.entity(std::move(sanction));
}

}  // namespace liaison::adapter::eu
