#pragma once
// What an OFAC record says, the same for all four formats: the readers fill it, Emitter turns it into entities. So
// that one party gives the same entities whatever file it came from. Private to adapter.

#include "adapter/ofac_labels.hpp"
#include "liaison/base/issue.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::ofac {

enum class PartyKind { individual, entity, vessel, aircraft };

/// A date as read: EDTF, and the publisher's text where there is one and it differs. Empty when there is none.
struct DateValue {
    std::string edtf;
    std::string original;
};

struct NamePart {
    PartKind kind = PartKind::whole;
    std::string text;
};

struct Name {
    AliasKind kind = AliasKind::aka;
    bool weak = false;
    std::string lang;
    std::vector<NamePart> parts;
};

struct PostalAddress {
    std::array<std::string, 3> lines;
    std::string city;
    std::string state;
    std::string postal_code;
    std::string region;
    std::string city_line;     ///< CSV: city, state and postal code in one
    std::string country_text;
    std::string country_code;  ///< "" when unknown
    std::string remarks;
};

struct IdDocument {
    std::string type;           ///< label as published
    const LabelRule* rule = nullptr;
    std::string number;
    std::string country_text;
    std::string country_code;
    std::string authority;
    std::string place;
    std::string note;
    DateValue issued;
    DateValue expires;
    bool fraudulent = false;
    base::Position position;
};

struct Feature {
    const LabelRule* rule = nullptr;
    std::string label;          ///< as published
    std::string value;          ///< text, or the country's name
    std::string country_code;   ///< where the format gives the code
    DateValue date;
    std::string note;           ///< comment and reliability, where they say something
    base::Position position;
};

struct Party {
    std::string uid;
    PartyKind kind = PartyKind::entity;
    base::Position position;
    std::vector<Name> names;
    std::vector<PostalAddress> addresses;
    std::vector<IdDocument> documents;
    std::vector<Feature> features;
    std::vector<std::string> titles;
    std::vector<std::string> notes;
};

/// One entry on one list.
struct Listing {
    std::string uid;
    std::string list;
    std::vector<std::string> programs;
    std::vector<std::string> measures;
    std::vector<DateValue> listing_dates;
    std::vector<std::string> legal_bases;
    std::vector<std::string> notes;
    base::Position position;
};

struct Relationship {
    std::string from;
    std::string to;
    std::string from_name;   ///< where the format gives it and the end may be outside the file
    std::string to_name;
    std::string type;
    bool former = false;
    std::string note;
    std::string record_id;
    base::Position position;
};

/// "ofac-36".
[[nodiscard]] std::string entity_id(std::string_view uid);
/// Given names first: "Abu Bakr SMITH"; scripts that write the family name first and without spaces (zho, jpn, kor) so.
[[nodiscard]] std::string full_name(const Name& name);
/// "LAST, First Middle" as the CSV and "Linked To" write it, folded for comparison.
[[nodiscard]] std::string published_name_key(const Name& name);
[[nodiscard]] std::string published_name_key(std::string_view text);
/// One line: lines, city, state, postal code, region, country.
[[nodiscard]] std::string full_address(const PostalAddress& address);

/// Country text and code, or region where OFAC names one in the place of a country ("Region: Gaza"). False when the text
/// is no country that is known: the text is kept, the code is empty, and an issue is due.
[[nodiscard]] bool set_country(PostalAddress& address, std::string_view text);

}  // namespace liaison::adapter::ofac
