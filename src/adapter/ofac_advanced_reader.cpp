#include "adapter/ofac_advanced_reader.hpp"

#include "adapter/ofac_dates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace liaison::adapter::ofac::advanced {
namespace {

using record::XmlElement;

Tag tag_of(const XmlElement& element) { return static_cast<Tag>(element.name()); }
std::string_view attribute(const XmlElement& element, Tag name) { return element.attribute(name_of(name)); }
XmlElement child(const XmlElement& element, Tag name) { return element.child(name_of(name)); }

/// "1962-05-04" of Year, Month and Day, as far as they are given; nothing is checked.
std::string point_text(const XmlElement& point) {
    const std::string_view year = child(point, Tag::year).text();
    if (year.empty()) {
        return {};
    }
    std::string text = fmt::format("{:0>4}", year);
    for (const Tag part : {Tag::month, Tag::day}) {
        const std::string_view number = child(point, part).text();
        if (number.empty()) {
            break;
        }
        text += fmt::format("-{:0>2}", number);
    }
    return text;
}

/// A fallback for documents of a kind that the table does not know: an identification with a plain number.
const LabelRule& other_document() {
    static const LabelRule& rule = *find_label("Identification Number");
    return rule;
}

}  // namespace

Reader::Reader(const ReadOptions& options, const record::XmlNames& names, model::StatementSink& sink)
    : m_emitter(options, sink), m_audit(names, sink), m_references(m_emitter) {}

void Reader::read(const record::XmlRecord& record) {
    const XmlElement root = record.root();
    switch (tag_of(root)) {
        case Tag::date_of_issue: read_date_of_issue(root); break;
        case Tag::reference_value_sets: m_references.read(record); break;
        case Tag::location: read_location(root); break;
        case Tag::id_reg_document: read_document(root); break;
        case Tag::distinct_party: read_party(root); break;
        case Tag::profile_relationship: read_relationship(root); break;
        case Tag::sanctions_entry: read_entry(root); break;
        default: m_audit.misplaced(root, {}); break;
    }
    m_audit.check(record, attribute(root, Tag::id));
}

ReadSummary Reader::finish() {
    // In order of the file, whatever the order of the table.
    std::map<std::uint64_t, const IdDocument*> left;
    for (const auto& [identity, documents] : m_documents) {
        for (const IdDocument& document : documents) {
            left.emplace(document.position.byte, &document);
        }
    }
    for (const auto& [byte, document] : left) {
        m_emitter.issue("dangling-reference",
                        fmt::format("{} {} belongs to an identity that is not in the file", document->type, document->number),
                        document->position, {}, document->number);
    }
    m_emitter.finish();
    return m_summary;
}

void Reader::read_date_of_issue(const XmlElement& element) { m_summary.publication_date = read_point(element, {}).edtf; }

void Reader::impossible_date(const XmlElement& where, std::string_view text, std::string_view uid) {
    m_emitter.issue("impossible-date", fmt::format("\"{}\" is no date", text), where.position(), uid, text);
}

DateValue Reader::read_point(const XmlElement& point, std::string_view uid) {
    const std::string text = point_text(point);
    if (text.empty()) {
        return {};
    }
    if (auto date = read_date_span(text, text, false)) {
        return *date;
    }
    impossible_date(point, text, uid);
    return {{}, text};
}

DateValue Reader::read_period(const XmlElement& period, std::string_view uid) {
    const XmlElement start = child(period, Tag::start);
    const XmlElement end = child(period, Tag::end);
    const bool approximate =
        attribute(start, Tag::approximate) == "true" || attribute(end, Tag::approximate) == "true";
    // Each boundary is itself a span; the earliest and the latest day of all four are what the period can mean.
    const auto first_given = [](const XmlElement& boundary, Tag one, Tag other) {
        std::string text = point_text(child(boundary, one));
        return text.empty() ? point_text(child(boundary, other)) : text;
    };
    std::string from = first_given(start, Tag::from, Tag::to);
    std::string to = first_given(end, Tag::to, Tag::from);
    if (from.empty() && to.empty()) {
        return {};
    }
    from = from.empty() ? to : from;
    to = to.empty() ? from : to;
    if (auto date = read_date_span(from, to, approximate)) {
        return *date;
    }
    const std::string text = from == to ? from : from + " to " + to;
    impossible_date(period, text, uid);
    return {{}, text};
}

void Reader::read_location(const XmlElement& element) {
    const std::string_view id = attribute(element, Tag::id);
    Place place;
    PostalAddress& address = place.address;
    const Reference* area = nullptr;
    const Reference* country = nullptr;
    std::string unknown;  // a part of type "Unknown": the country of a nationality, as a rule
    std::vector<std::string> more;
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::location_area_code:
                area = m_references.find(Tag::area_code, attribute(part, Tag::area_code_id), part, {});
                break;
            case Tag::location_country: {
                const Reference* found = m_references.find(Tag::country, attribute(part, Tag::country_id), part, {});
                if (country != nullptr && found != nullptr) {
                    more.push_back(found->text);
                } else if (found != nullptr) {
                    country = found;
                }
                break;
            }
            case Tag::location_part: {
                const std::string_view type =
                    m_references.text(Tag::loc_part_type, attribute(part, Tag::loc_part_type_id), part, {});
                bool first = true;
                for (const XmlElement value : part.children()) {
                    if (tag_of(value) != Tag::location_part_value) {
                        m_audit.misplaced(value, id);
                        continue;
                    }
                    const std::string_view text = child(value, Tag::value).text();
                    if (const std::string_view comment = child(value, Tag::comment).text(); !comment.empty()) {
                        more.emplace_back(comment);
                    }
                    std::string* target = type == "ADDRESS1"         ? &address.lines[0]
                                          : type == "ADDRESS2"       ? &address.lines[1]
                                          : type == "ADDRESS3"       ? &address.lines[2]
                                          : type == "CITY"           ? &address.city
                                          : type == "STATE/PROVINCE" ? &address.state
                                          : type == "POSTAL CODE"    ? &address.postal_code
                                          : type == "REGION"         ? &address.region
                                                                     : nullptr;
                    if (target != nullptr && first && target->empty()) {
                        *target = text;
                    } else if (target == nullptr && unknown.empty()) {
                        unknown = text;
                    } else if (!text.empty()) {
                        more.emplace_back(text);
                    }
                    first = false;
                }
                break;
            }
            case Tag::feature_version_reference:
            case Tag::id_reg_document_reference: break;  // the other ends name this location
            default: m_audit.misplaced(part, id); break;
        }
    }
    if (country == nullptr) {
        country = area;
    } else if (area != nullptr && area->country_code != country->country_code) {
        more.push_back("Area: " + area->text);
    }
    if (country != nullptr && country->text != "undetermined") {
        // A country without ISO code was reported with the reference values.
        (void)set_country(address, country->text);
        address.country_code = country->country_code;
    } else if (const auto code = country_of("Region: " + address.region); code && !address.region.empty()) {
        address.country_code = *code;
    }
    if (!unknown.empty()) {
        if (const auto code = country_of(unknown); country == nullptr && code) {
            (void)set_country(address, unknown);
        } else {
            address.city_line = unknown;
        }
    }
    for (const std::string& text : more) {
        address.remarks += (address.remarks.empty() ? "" : "; ") + text;
    }
    PostalAddress without_country = address;
    without_country.country_text.clear();
    place.country_only = full_address(without_country).empty();
    if (!m_places.emplace(id, std::move(place)).second) {
        m_emitter.issue("duplicate-id", fmt::format("location {} is given twice; the first one is kept", id),
                        element.position(), {}, id);
    }
    ++m_summary.records["Location"];
}

void Reader::read_document(const XmlElement& element) {
    IdDocument document;
    document.position = element.position();
    const Reference* type =
        m_references.find(Tag::id_reg_doc_type, attribute(element, Tag::id_reg_doc_type_id), element, {});
    document.type = type == nullptr ? std::string("Document") : type->text;
    document.rule = type == nullptr ? nullptr : type->rule;
    if (document.rule == nullptr || !document.rule->document) {
        if (type != nullptr) {
            m_emitter.issue("unknown-document-type",
                            fmt::format("document type \"{}\" is not known; kept as an identification", document.type),
                            document.position, {}, document.type);
        }
        document.rule = &other_document();
    }
    if (const Reference* country =
            m_references.find(Tag::country, attribute(element, Tag::issued_by_country_id), element, {})) {
        document.country_text = country->text;
        document.country_code = country->country_code;
    }
    if (const std::string_view place = attribute(element, Tag::issued_in_location_id); !place.empty()) {
        if (const auto found = m_places.find(std::string(place)); found != m_places.end()) {
            document.place = full_address(found->second.address);
        } else {
            m_emitter.issue("dangling-reference", fmt::format("location {} is not in the file", place),
                            document.position, {}, place);
        }
    }
    document.fraudulent =
        m_references.text(Tag::validity, attribute(element, Tag::validity_id), element, {}) == "Fraudulent";
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::id_registration_no: document.number = part.text(); break;
            case Tag::issuing_authority: document.authority = part.text(); break;
            case Tag::comment: document.note = part.text(); break;
            case Tag::document_date: {
                const std::string_view kind = m_references.text(
                    Tag::id_reg_doc_date_type, attribute(part, Tag::id_reg_doc_date_type_id), part, {});
                DateValue date = read_period(child(part, Tag::date_period), {});
                if (kind == "Issue Date") {
                    document.issued = std::move(date);
                } else if (kind == "Expiration Date") {
                    document.expires = std::move(date);
                } else if (!date.edtf.empty()) {
                    m_emitter.issue("unknown-document-date",
                                    fmt::format("document date of kind \"{}\" is not known; kept as a note", kind),
                                    part.position(), {}, kind);
                    document.note += fmt::format("{}{}: {}", document.note.empty() ? "" : "; ", kind, date.edtf);
                }
                break;
            }
            case Tag::documented_name_reference: break;  // says under which of the party's names it was issued
            default: m_audit.misplaced(part, {}); break;
        }
    }
    m_documents[std::string(attribute(element, Tag::identity_id))].push_back(std::move(document));
    ++m_summary.records["IDRegDocument"];
}

void Reader::read_relationship(const XmlElement& element) {
    Relationship relationship;
    relationship.position = element.position();
    relationship.record_id = attribute(element, Tag::id);
    relationship.from = attribute(element, Tag::from_profile_id);
    relationship.to = attribute(element, Tag::to_profile_id);
    relationship.former = attribute(element, Tag::former) == "true";
    relationship.type =
        m_references.text(Tag::relation_type, attribute(element, Tag::relation_type_id), element, relationship.from);
    const std::string_view quality = m_references.text(
        Tag::relation_quality, attribute(element, Tag::relation_quality_id), element, relationship.from);
    if (!quality.empty() && quality != "Unknown") {
        relationship.note = "Quality: " + std::string(quality);
    }
    if (const std::string_view comment = child(element, Tag::comment).text(); !comment.empty()) {
        relationship.note += (relationship.note.empty() ? "" : "; ") + std::string(comment);
    }
    if (relationship.from.empty() || relationship.to.empty()) {
        m_emitter.issue("incomplete-relationship", "a relationship names only one party", relationship.position,
                        relationship.from + relationship.to, relationship.type);
    } else {
        m_emitter.relationship(relationship);
    }
    ++m_summary.records["ProfileRelationship"];
}

void Reader::read_entry(const XmlElement& element) {
    Listing listing;
    listing.position = element.position();
    listing.uid = attribute(element, Tag::profile_id);
    listing.list = m_references.text(Tag::list, attribute(element, Tag::list_id), element, listing.uid);
    for (const XmlElement part : element.children()) {
        const std::string_view comment = child(part, Tag::comment).text();
        if (tag_of(part) == Tag::entry_event) {
            const std::string_view kind = m_references.text(
                Tag::entry_event_type, attribute(part, Tag::entry_event_type_id), part, listing.uid);
            DateValue date = read_point(child(part, Tag::date), listing.uid);
            if (kind == "Created") {
                if (!date.edtf.empty()) {
                    listing.listing_dates.push_back(std::move(date));
                }
            } else {
                m_emitter.issue("unknown-entry-event",
                                fmt::format("entry event \"{}\" is not known; kept in the summary", kind), part.position(),
                                listing.uid, kind);
                listing.notes.push_back(fmt::format("{}: {}", kind, date.edtf));
            }
            const std::string_view basis =
                m_references.text(Tag::legal_basis, attribute(part, Tag::legal_basis_id), part, listing.uid);
            if (!basis.empty() && basis != "Unknown") {
                listing.legal_bases.emplace_back(basis);
            }
            if (!comment.empty()) {
                listing.notes.emplace_back(comment);
            }
        } else if (tag_of(part) == Tag::sanctions_measure) {
            const std::string_view kind = m_references.text(
                Tag::sanctions_type, attribute(part, Tag::sanctions_type_id), part, listing.uid);
            const DateValue date = read_period(child(part, Tag::date_period), listing.uid);
            const std::string when = date.edtf.empty() ? "" : " (" + date.edtf + ")";
            if (kind == "Program") {
                if (comment.empty()) {
                    m_emitter.issue("programme-without-name", fmt::format("a listing of party {} has a programme without name", listing.uid),
                                    part.position(), listing.uid);
                } else {
                    listing.programs.emplace_back(comment);
                }
                if (!when.empty()) {
                    listing.notes.push_back(std::string(comment) + when);
                }
            } else if (!kind.empty()) {
                listing.measures.push_back(std::string(kind) + when);
                if (!comment.empty()) {
                    listing.notes.push_back(fmt::format("{}: {}", kind, comment));
                }
            }
        } else {
            m_audit.misplaced(part, listing.uid);
        }
    }
    m_emitter.listing(listing);
    ++m_summary.records["SanctionsEntry"];
}

}  // namespace liaison::adapter::ofac::advanced
