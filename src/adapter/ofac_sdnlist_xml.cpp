// OFAC sdnList XML (SDN.XML, CONSOLIDATED.XML): one element a party, texts inline.

#include "adapter/adapters.hpp"
#include "adapter/ofac_dates.hpp"
#include "adapter/ofac_remarks.hpp"
#include "adapter/xml_audit.hpp"
#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <vector>

namespace liaison::adapter {
namespace {

using namespace ofac;
using record::XmlElement;

enum class Tag : record::XmlName {
    sdn_list, publish_information, sdn_entry, publish_date, record_count, uid, first_name, last_name, title, sdn_type,
    nsp_type, remarks, program_list, program, id_list, id, id_type, id_number, id_country, issue_date, expiration_date,
    aka_list, aka, type, category, address_list, address, address1, address2, address3, city, state, postal_code,
    country, region, nationality_list, nationality, main_entry, citizenship_list, citizenship, date_of_birth_list,
    date_of_birth_item, date_of_birth, place_of_birth_list, place_of_birth_item, place_of_birth, vessel_info, call_sign,
    vessel_type, vessel_flag, vessel_owner, tonnage, gross_tonnage, schema_location, count
};
constexpr std::array<std::string_view, static_cast<std::size_t>(Tag::count)> tag_names{
    "sdnList", "publshInformation", "sdnEntry", "Publish_Date", "Record_Count", "uid", "firstName", "lastName", "title",
    "sdnType", "nspType", "remarks", "programList", "program", "idList", "id", "idType", "idNumber", "idCountry",
    "issueDate", "expirationDate", "akaList", "aka", "type", "category", "addressList", "address", "address1", "address2",
    "address3", "city", "stateOrProvince", "postalCode", "country", "region", "nationalityList", "nationality",
    "mainEntry", "citizenshipList", "citizenship", "dateOfBirthList", "dateOfBirthItem", "dateOfBirth",
    "placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "vesselInfo", "callSign", "vesselType", "vesselFlag",
    "vesselOwner", "tonnage", "grossRegisteredTonnage", "schemaLocation"};

constexpr record::XmlName name_of(Tag tag) { return static_cast<record::XmlName>(tag); }
Tag tag_of(const XmlElement& element) { return static_cast<Tag>(element.name()); }
std::string_view text_of(const XmlElement& element, Tag child) { return element.child_text(name_of(child)); }

class Reader {
public:
    Reader(const record::FileSet& files, const ReadOptions& options, const record::XmlNames& names,
           model::StatementSink& sink)
        : m_emitter(options, sink), m_audit(names, sink), m_list(list_name(options, files)) {}

    void read(const record::XmlRecord& record) {
        const XmlElement root = record.root();
        if (tag_of(root) == Tag::publish_information) {
            read_information(root);
        } else if (tag_of(root) == Tag::sdn_entry) {
            read_entry(root);
        } else {
            m_audit.misplaced(root, {});
        }
        m_audit.check(record, text_of(root, Tag::uid));
    }

    [[nodiscard]] ReadSummary finish() {
        m_emitter.finish();
        const std::uint64_t read = m_summary.records["sdnEntry"];
        if (m_summary.stated_count != 0 && m_summary.stated_count != read) {
            m_emitter.issue("record-count-mismatch",
                            fmt::format("the file says it holds {} records; {} were read", m_summary.stated_count, read),
                            m_information, {});
        }
        return m_summary;
    }

private:
    void read_information(const XmlElement& element) {
        m_information = element.position();
        const std::string_view date = text_of(element, Tag::publish_date);  // MM/DD/YYYY
        const std::string iso = date.size() == 10
                                    ? fmt::format("{}-{}-{}", date.substr(6, 4), date.substr(0, 2), date.substr(3, 2))
                                    : std::string(date);
        if (const auto read = read_date_span(iso, iso, false)) {
            m_summary.publication_date = read->edtf;
        } else {
            m_emitter.issue("impossible-date", fmt::format("publication date \"{}\" is no date", date), element.position(),
                            {}, date);
        }
        const std::string_view count = text_of(element, Tag::record_count);
        (void)std::from_chars(count.data(), count.data() + count.size(), m_summary.stated_count);
    }

    void read_entry(const XmlElement& element);
    void read_type(std::string_view text, Party& party);
    void read_id(const XmlElement& element, Party& party);
    void read_aka(const XmlElement& element, Party& party);
    void read_address(const XmlElement& element, Party& party);
    void read_vessel(const XmlElement& element, Party& party);
    void add_value(std::string_view label, std::string_view value, const XmlElement& where, Party& party) {
        if (!value.empty()) {
            add_labelled_value(find_label(label), label, value, party, where.position(), m_emitter);
        }
    }
    [[nodiscard]] static std::vector<NamePart> name_parts(const XmlElement& element, PartyKind kind);

    Emitter m_emitter;
    XmlAudit m_audit;
    std::string m_list;
    base::Position m_information;
    ReadSummary m_summary;
};

std::vector<NamePart> Reader::name_parts(const XmlElement& element, PartyKind kind) {
    const std::string_view last = text_of(element, Tag::last_name);
    const std::string_view first = text_of(element, Tag::first_name);
    if (kind != PartyKind::individual && first.empty()) {
        return {{PartKind::whole, std::string(last)}};
    }
    std::vector<NamePart> parts;
    if (first.empty() && last.find(", ") != std::string_view::npos) {
        return split_name(last, kind);  // weak aliases of persons stand whole in the last name
    }
    if (!last.empty()) {
        parts.push_back({PartKind::last, std::string(last)});
    }
    if (!first.empty()) {
        parts.push_back({PartKind::first, std::string(first)});
    }
    return parts;
}

void Reader::read_type(std::string_view text, Party& party) {
    if (text == "Individual") {
        party.kind = PartyKind::individual;
    } else if (text == "Vessel") {
        party.kind = PartyKind::vessel;
    } else if (text == "Aircraft") {
        party.kind = PartyKind::aircraft;
    } else if (text != "Entity") {
        m_emitter.issue("unknown-party-type",
                        fmt::format("party {} is of type \"{}\", which is not known; taken for an organisation", party.uid, text),
                        party.position, party.uid, text);
    }
}

void Reader::read_id(const XmlElement& element, Party& party) {
    const std::string_view type = text_of(element, Tag::id_type);
    const std::string_view number = text_of(element, Tag::id_number);
    const std::string_view country = text_of(element, Tag::id_country);
    const LabelRule* rule = find_label(type);
    if (rule == nullptr || !rule->document) {
        add_value(type, number.empty() ? country : number, element, party);
        if (!country.empty() && !number.empty()) {
            party.features.back().note = country;
        }
        return;
    }
    IdDocument document;
    document.rule = rule;
    document.type = type;
    document.number = number;
    document.position = element.position();
    document.country_text = country;
    if (!country.empty()) {
        if (const auto code = country_of(country)) {
            document.country_code = *code;
        } else {
            m_emitter.issue("unknown-country", fmt::format("\"{}\" is no country that is known; kept as a note", country),
                            document.position, party.uid, country);
        }
    }
    for (const auto& [tag, date] : {std::pair(Tag::issue_date, &document.issued), {Tag::expiration_date, &document.expires}}) {
        const std::string_view text = text_of(element, tag);
        if (auto read = read_date_text(text)) {
            *date = std::move(*read);
        } else if (!text.empty()) {
            m_emitter.issue("impossible-date", fmt::format("\"{}\" is no date", text), document.position, party.uid, text);
            document.note = text;
        }
    }
    party.documents.push_back(std::move(document));
}

void Reader::read_aka(const XmlElement& element, Party& party) {
    const std::string_view type = text_of(element, Tag::type);
    const std::string_view category = text_of(element, Tag::category);
    auto kind = find_alias_kind(type);
    if (!kind) {
        m_emitter.issue("unknown-alias-type", fmt::format("alias type \"{}\" is not known; taken for an alias", type),
                        element.position(), party.uid, type);
        kind = AliasKind::aka;
    }
    if (category != "strong" && category != "weak") {
        m_emitter.issue("unknown-alias-category", fmt::format("alias category \"{}\" is not known; taken for strong", category),
                        element.position(), party.uid, category);
    }
    party.names.push_back({*kind, category == "weak", {}, name_parts(element, party.kind)});
    ++m_summary.records[category == "weak" ? "aka (weak)" : "aka"];
}

void Reader::read_address(const XmlElement& element, Party& party) {
    PostalAddress& address = party.addresses.emplace_back();
    for (const XmlElement part : element.children()) {
        const std::string_view text = part.text();
        switch (tag_of(part)) {
            case Tag::address1: address.lines[0] = text; break;
            case Tag::address2: address.lines[1] = text; break;
            case Tag::address3: address.lines[2] = text; break;
            case Tag::city: address.city = text; break;
            case Tag::state: address.state = text; break;
            case Tag::postal_code: address.postal_code = text; break;
            case Tag::region: address.region = text; break;
            case Tag::country:
                if (!set_country(address, text)) {
                    m_emitter.issue("unknown-country", fmt::format("\"{}\" is no country that is known; kept as a note", text),
                                    part.position(), party.uid, text);
                }
                break;
            case Tag::uid: break;
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
}

void Reader::read_vessel(const XmlElement& element, Party& party) {
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::call_sign: add_value("Vessel Call Sign", part.text(), part, party); break;
            case Tag::vessel_type: add_value("VESSEL TYPE", part.text(), part, party); break;
            case Tag::vessel_flag: add_value("Vessel Flag", part.text(), part, party); break;
            case Tag::vessel_owner: add_value("Vessel Owner", part.text(), part, party); break;
            case Tag::tonnage: add_value("Vessel Tonnage", part.text(), part, party); break;
            case Tag::gross_tonnage: add_value("Vessel Gross Registered Tonnage", part.text(), part, party); break;
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
}

void Reader::read_entry(const XmlElement& element) {
    Party party;
    party.position = element.position();
    party.uid = text_of(element, Tag::uid);
    const XmlElement nsp = element.child(name_of(Tag::nsp_type));
    read_type(nsp ? nsp.text() : text_of(element, Tag::sdn_type), party);
    party.names.push_back({AliasKind::name, false, {}, name_parts(element, party.kind)});
    Listing listing;
    listing.uid = party.uid;
    listing.list = m_list;
    listing.position = party.position;
    Remarks remarks;
    for (const XmlElement part : element.children()) {
        switch (tag_of(part)) {
            case Tag::uid:
            case Tag::first_name:
            case Tag::last_name:
            case Tag::sdn_type:
            case Tag::nsp_type: break;
            case Tag::title:
                if (!part.text().empty()) {
                    party.titles.emplace_back(part.text());
                }
                break;
            case Tag::remarks: remarks = split_remarks(part.text()); break;
            case Tag::program_list:
                for (const XmlElement program : part.children()) {
                    if (!program.text().empty()) {
                        listing.programs.emplace_back(program.text());
                    }
                }
                break;
            case Tag::id_list:
                for (const XmlElement id : part.children()) {
                    read_id(id, party);
                    ++m_summary.records["id"];
                }
                break;
            case Tag::aka_list:
                for (const XmlElement aka : part.children()) {
                    read_aka(aka, party);
                }
                break;
            case Tag::address_list:
                for (const XmlElement address : part.children()) {
                    read_address(address, party);
                }
                break;
            case Tag::nationality_list:
                for (const XmlElement item : part.children()) {
                    add_value("nationality", text_of(item, Tag::country), item, party);
                }
                break;
            case Tag::citizenship_list:
                for (const XmlElement item : part.children()) {
                    add_value("citizen", text_of(item, Tag::country), item, party);
                }
                break;
            case Tag::date_of_birth_list:
                for (const XmlElement item : part.children()) {
                    add_value("DOB", text_of(item, Tag::date_of_birth), item, party);
                }
                break;
            case Tag::place_of_birth_list:
                for (const XmlElement item : part.children()) {
                    add_value("POB", text_of(item, Tag::place_of_birth), item, party);
                }
                break;
            case Tag::vessel_info: read_vessel(part, party); break;
            default: m_audit.misplaced(part, party.uid); break;
        }
    }
    // The remarks of this format are free text: everything with a label stands in an element of its own.
    party.notes = std::move(remarks.items);
    ++m_summary.records["sdnEntry"];
    if (!m_emitter.party(party)) {
        return;
    }
    m_emitter.listing(listing);
    for (std::string& name : remarks.links) {
        m_emitter.link_by_name(party.uid, std::move(name), party.position);
    }
}

class OfacSdnListXml final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "ofac_sdnlist_xml"; }
    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        return files.size() == 1 && record::xml_head(record::peek(files.front())).root == "sdnList";
    }
    ReadSummary read(const record::FileSet& files, const ReadOptions& options,
                     model::StatementSink& sink) const override {
        record::XmlNames names(tag_names);
        const std::array containers{name_of(Tag::sdn_list)};
        Reader reader(files, options, names, sink);
        read_rooted_xml(files.front(), names, containers, "OFAC's sdnList XML", sink, options.progress,
                        [&](const record::XmlRecord& record) { reader.read(record); });
        return reader.finish();
    }
};

}  // namespace

const Adapter& ofac_sdnlist_xml() {
    static const OfacSdnListXml adapter;
    return adapter;
}

}  // namespace liaison::adapter
