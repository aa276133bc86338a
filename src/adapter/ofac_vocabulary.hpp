#pragma once
// The schemata and properties that the OFAC adapters write, looked up once. Private to adapter.

#include "liaison/model/vocabulary.hpp"

namespace liaison::adapter::ofac {

struct Vocabulary {
    const model::Schema& person = model::schema("Person");
    const model::Schema& organization = model::schema("Organization");
    const model::Schema& company = model::schema("Company");
    const model::Schema& legal_entity = model::schema("LegalEntity");
    const model::Schema& asset = model::schema("Asset");
    const model::Schema& vessel = model::schema("Vessel");
    const model::Schema& airplane = model::schema("Airplane");
    const model::Schema& address_schema = model::schema("Address");
    const model::Schema& identification = model::schema("Identification");
    const model::Schema& passport = model::schema("Passport");
    const model::Schema& wallet = model::schema("CryptoWallet");
    const model::Schema& security = model::schema("Security");
    const model::Schema& sanction = model::schema("Sanction");
    const model::Schema& ownership = model::schema("Ownership");
    const model::Schema& unknown_link = model::schema("UnknownLink");

    model::Property name = model::property("name");
    model::Property alias = model::property("alias");
    model::Property weak_alias = model::property("weakAlias");
    model::Property previous_name = model::property("previousName");
    model::Property first_name = model::property("firstName");
    model::Property middle_name = model::property("middleName");
    model::Property last_name = model::property("lastName");
    model::Property father_name = model::property("fatherName");
    model::Property mother_name = model::property("motherName");
    model::Property country = model::property("country");
    model::Property address = model::property("address");
    model::Property topics = model::property("topics");
    model::Property notes = model::property("notes");
    model::Property position = model::property("position");
    model::Property gender = model::property("gender");
    model::Property address_entity = model::property("addressEntity");
    model::Property full = model::property("full");
    model::Property street = model::property("street");
    model::Property street2 = model::property("street2");
    model::Property city = model::property("city");
    model::Property state = model::property("state");
    model::Property postal_code = model::property("postalCode");
    model::Property region = model::property("region");
    model::Property remarks = model::property("remarks");
    model::Property holder = model::property("holder");
    model::Property number = model::property("number");
    model::Property passport_number = model::property("passportNumber");
    model::Property id_number = model::property("idNumber");
    model::Property registration_number = model::property("registrationNumber");
    model::Property imo_number = model::property("imoNumber");
    model::Property lei_code = model::property("leiCode");
    model::Property type = model::property("type");
    model::Property authority = model::property("authority");
    model::Property issue_place = model::property("issuePlace");
    model::Property note = model::property("note");
    model::Property start_date = model::property("startDate");
    model::Property end_date = model::property("endDate");
    model::Property status = model::property("status");
    model::Property public_key = model::property("publicKey");
    model::Property currency = model::property("currency");
    model::Property chain = model::property("chain");
    model::Property isin = model::property("isin");
    model::Property isin_code = model::property("isinCode");
    model::Property ticker = model::property("ticker");
    model::Property issuer = model::property("issuer");
    model::Property operated_by = model::property("operator");
    model::Property owner = model::property("owner");
    model::Property asset_of = model::property("asset");
    model::Property role = model::property("role");
    model::Property relationship = model::property("relationship");
    model::Property summary = model::property("summary");
    model::Property record_id = model::property("recordId");
    model::Property entity = model::property("entity");
    model::Property authority_id = model::property("authorityId");
    model::Property program = model::property("program");
    model::Property listing_date = model::property("listingDate");
    model::Property list = model::property("list");
    model::Property legal_basis = model::property("legalBasis");
    model::Property measure = model::property("measure");
};

[[nodiscard]] inline const Vocabulary& vocabulary() {
    static const Vocabulary all;
    return all;
}

}  // namespace liaison::adapter::ofac
