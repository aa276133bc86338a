// Emitter's values of a party: addresses, documents, features, wallets, securities.

#include "adapter/ofac_emitter.hpp"

#include "adapter/content_ids.hpp"
#include "adapter/ofac_dates.hpp"
#include "adapter/ofac_vocabulary.hpp"
#include "liaison/identifier/wallet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace liaison::adapter::ofac {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "IMO 9187629" -> "IMO9187629"; nullopt when the text is not IMO and 6 to 9 digits.
std::optional<std::string> imo_number(std::string_view text) {
    if (text.size() < 3 || (text[0] | 0x20) != 'i' || (text[1] | 0x20) != 'm' || (text[2] | 0x20) != 'o') {
        return std::nullopt;
    }
    text.remove_prefix(3);
    while (!text.empty() && (text.front() == ' ' || text.front() == ':')) {
        text.remove_prefix(1);
    }
    if (text.size() < 6 || text.size() > 9 || !std::all_of(text.begin(), text.end(), is_digit)) {
        return std::nullopt;
    }
    return "IMO" + std::string(text);
}

/// ISO 17442: 18 letters and digits, 2 check digits. OFAC's "Legal Entity Number" holds other numbers as well.
bool looks_like_lei(std::string_view text) {
    return text.size() == 20 && is_digit(text[18]) && is_digit(text[19]) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

std::optional<model::Property> first_fitting(const model::Schema& schema, const std::vector<model::Property>& properties) {
    const auto found = std::find_if(properties.begin(), properties.end(),
                                    [&](model::Property property) { return schema.has(property); });
    return found == properties.end() ? std::nullopt : std::optional(*found);
}

/// "Secondary sanctions risk: section 1(b)", without doubling the label's own colon or dash.
std::string labelled(std::string_view label, std::string_view value) {
    while (!label.empty() && (label.back() == ' ' || label.back() == '-' || label.back() == ':')) {
        label.remove_suffix(1);
    }
    return std::string(label) + ": " + std::string(value);
}

std::string value_text(const Feature& feature) {
    if (!feature.value.empty()) {
        return feature.value;
    }
    return feature.date.edtf.empty() ? feature.date.original : feature.date.edtf;
}

/// "Digital Currency Address - XBT" -> "XBT".
std::string_view ticker_of(std::string_view label) {
    const std::size_t space = label.find_last_of(" -");
    return space == std::string_view::npos ? label : label.substr(space + 1);
}

}  // namespace

void Emitter::add_address(model::Entity& entity, const PostalAddress& address, const base::Position& position) {
    const Vocabulary& words = vocabulary();
    entity.add(words.country, address.country_code, {}, address.country_text);
    if (address.country_code.empty() && !address.country_text.empty()) {
        entity.add(words.notes, "Country: " + address.country_text);
    }
    PostalAddress without_country = address;
    without_country.country_text.clear();
    if (full_address(without_country).empty()) {
        entity.add(words.notes, address.remarks);
        return;
    }
    const std::string full = full_address(address);
    const bool has_street = std::any_of(address.lines.begin(), address.lines.end(),
                                        [](const std::string& line) { return !line.empty(); });
    if (!has_street) {
        // A town is no address: as a node it would join everyone who lives in Tehran.
        entity.add(words.address, full);
        entity.add(words.notes, address.remarks.empty() ? "" : full + ": " + address.remarks);
        return;
    }
    const std::string id = address_id(full, address.country_code);
    entity.add(words.address_entity, id);
    if (!m_given.insert(id + address.remarks).second) {
        return;
    }
    model::Entity node(id, words.address_schema);
    node.position = position;
    node.add(words.full, full);
    node.add(words.street, address.lines[0]);
    std::string second = address.lines[1];
    if (!address.lines[2].empty()) {
        second += (second.empty() ? "" : ", ") + address.lines[2];
    }
    node.add(words.street2, second);
    node.add(words.city, address.city);
    node.add(words.state, address.state);
    node.add(words.postal_code, address.postal_code);
    node.add(words.region, address.region);
    node.add(words.country, address.country_code, {}, address.country_text);
    node.add(words.remarks, address.remarks);
    m_sink.entity(std::move(node));
}

void Emitter::add_document(model::Entity& entity, const Party& party, const IdDocument& document) {
    const Vocabulary& words = vocabulary();
    const LabelRule& rule = *document.rule;
    if (document.number.empty()) {
        issue("document-without-number", fmt::format("{} of party {} has no number", document.type, party.uid),
              document.position, party.uid, document.type);
        entity.add(words.notes, labelled(document.type, document.note));
        return;
    }
    std::string number = document.number;
    std::optional<model::Property> property = first_fitting(*entity.schema, rule.properties);
    if (const auto imo = imo_number(number); imo && entity.schema->has(words.imo_number)) {
        number = *imo;
        property = words.imo_number;
    } else if (property == words.imo_number || (property == words.lei_code && !looks_like_lei(number)) || !property) {
        property = entity.schema->has(words.registration_number) ? words.registration_number : words.id_number;
    }
    entity.add(*property, number, {}, document.number);

    const bool has_more = !document.country_text.empty() || !document.authority.empty() || !document.place.empty() ||
                          !document.issued.edtf.empty() || !document.expires.edtf.empty() || !document.note.empty();
    if (!entity.schema->is_a(words.legal_entity)) {
        // Only legal entities hold documents in FollowTheMoney; what a ship's papers say beside the number is kept as text.
        if (has_more) {
            entity.add(words.notes, fmt::format("{} {}{}{}{}{}{}", document.type, document.number,
                                                document.country_text.empty() ? "" : " (" + document.country_text + ")",
                                                document.issued.edtf.empty() ? "" : " issued " + document.issued.edtf,
                                                document.expires.edtf.empty() ? "" : " expires " + document.expires.edtf,
                                                document.authority.empty() ? "" : " " + document.authority,
                                                document.note.empty() ? "" : " " + document.note));
        }
        return;
    }
    const bool passport = rule.schema == &words.passport;
    model::Entity node(document_id(passport ? "passport" : rule.label, document.number, document.country_code),
                       *rule.schema);
    node.position = document.position;
    node.add(words.holder, entity.id);
    node.add(words.number, document.number);
    if (passport) {
        node.add(words.passport_number, document.number);
    }
    node.add(words.type, document.type);
    node.add(words.country, document.country_code, {}, document.country_text);
    node.add(words.authority, document.authority);
    node.add(words.issue_place, document.place);
    node.add(words.start_date, document.issued.edtf, {}, document.issued.original);
    node.add(words.end_date, document.expires.edtf, {}, document.expires.original);
    node.add(words.note, document.note);
    if (document.country_code.empty()) {
        node.add(words.note, document.country_text.empty() ? "" : "Issued by: " + document.country_text);
    }
    if (document.fraudulent) {
        node.add(words.status, "Fraudulent");
    }
    m_sink.entity(std::move(node));
}

void Emitter::add_feature(model::Entity& entity, Known& known, const Party& party, const Feature& feature) {
    const Vocabulary& words = vocabulary();
    if (feature.rule == nullptr) {
        issue("unknown-feature-type", fmt::format("feature \"{}\" is not known; kept as a note", feature.label),
              feature.position, party.uid, labelled(feature.label, value_text(feature)));
        entity.add(words.notes, labelled(feature.label, value_text(feature)));
        return;
    }
    const auto property = first_fitting(*entity.schema, feature.rule->properties);
    const auto keep_as_note = [&] { entity.add(words.notes, labelled(feature.label, value_text(feature))); };
    switch (feature.rule->use) {
        case FeatureUse::text:
            property && !feature.value.empty() ? entity.add(*property, feature.value) : keep_as_note();
            break;
        case FeatureUse::date: {
            // "Vessel Year of Build" is a text in ADVANCED and a date elsewhere.
            const DateValue date = feature.date.edtf.empty() ? read_date_text(feature.value).value_or(DateValue{}) : feature.date;
            property && !date.edtf.empty() ? entity.add(*property, date.edtf, {}, date.original) : keep_as_note();
            break;
        }
        case FeatureUse::country: {
            const auto code = feature.country_code.empty() ? country_of(feature.value) : feature.country_code;
            if (!code) {
                issue("unknown-country", fmt::format("\"{}\" is no country that is known; kept as a note", feature.value),
                      feature.position, party.uid, labelled(feature.label, feature.value));
            }
            property && code && !code->empty() ? entity.add(*property, *code, {}, feature.value) : keep_as_note();
            break;
        }
        case FeatureUse::gender: {
            const std::string gender = content_key(feature.value);
            if (gender == "male" || gender == "female") {
                property ? entity.add(*property, gender, {}, feature.value) : keep_as_note();
            } else {
                issue("unknown-gender", fmt::format("gender \"{}\" is not known; kept as a note", feature.value),
                      feature.position, party.uid, feature.value);
                keep_as_note();
            }
            break;
        }
        case FeatureUse::location: keep_as_note(); break;  // addresses come as such; this is one that did not resolve
        case FeatureUse::wallet: add_wallet(entity, party, feature); break;
        case FeatureUse::isin:
        case FeatureUse::ticker:
        case FeatureUse::issuer: break;  // add_securities
        case FeatureUse::owner:
        case FeatureUse::operated_by: add_named_owner(entity, feature); break;
        case FeatureUse::summary: known.summaries.push_back(labelled(feature.label, value_text(feature))); break;
        case FeatureUse::listing_date:
        case FeatureUse::effective_date:
            if (!feature.date.edtf.empty()) {
                auto& dates = feature.rule->use == FeatureUse::listing_date ? known.listing_dates : known.effective_dates;
                dates.emplace_back(feature.label, feature.date);
            }
            known.summaries.push_back(labelled(feature.label, value_text(feature)));
            break;
        case FeatureUse::note: keep_as_note(); break;
    }
    if (!feature.note.empty()) {
        entity.add(words.notes, labelled(feature.label, value_text(feature) + " (" + feature.note + ")"));
    }
}

void Emitter::add_wallet(model::Entity& entity, const Party& party, const Feature& feature) {
    const Vocabulary& words = vocabulary();
    const std::string_view ticker = ticker_of(feature.label);
    const std::string key = identifier::wallet_key(feature.value, ticker);
    if (key.empty()) {
        issue("unreadable-wallet", fmt::format("a {} address of party {} is blank", ticker, party.uid), feature.position,
              party.uid, feature.label);
        return;
    }
    model::Entity wallet(wallet_id(key), words.wallet);
    wallet.position = feature.position;
    wallet.add(words.public_key, feature.value);
    wallet.add(words.currency, ticker);
    if (entity.schema->is_a(words.legal_entity)) {
        wallet.add(words.holder, entity.id);
    } else {
        entity.add(words.notes, labelled(feature.label, feature.value));
    }
    wallet.add(words.topics, "sanction");
    const auto readings = identifier::read_wallet(feature.value);
    if (readings.empty() || (readings.front().validity != identifier::Validity::valid &&
                             readings.front().validity != identifier::Validity::well_formed)) {
        issue("unreadable-wallet",
              fmt::format("the {} address of party {} cannot be read{}", ticker, party.uid,
                          readings.empty() ? std::string() : ": " + readings.front().note),
              feature.position, party.uid, feature.value);
    } else {
        for (const std::string& chain : readings.front().chains) {
            wallet.add(words.chain, chain);
        }
        const bool fits = std::any_of(readings.begin(), readings.end(), [&](const identifier::WalletReading& reading) {
            return identifier::ticker_fits(ticker, reading);
        });
        if (!fits) {
            issue("wallet-ticker-mismatch",
                  fmt::format("party {} has an address under {} that is one of another chain", party.uid, ticker),
                  feature.position, party.uid, feature.value);
        }
    }
    m_sink.entity(std::move(wallet));
}

void Emitter::add_securities(model::Entity& entity, const Party& party) {
    const Vocabulary& words = vocabulary();
    std::vector<const Feature*> isins;
    std::vector<std::string_view> tickers;
    std::vector<std::string_view> issuers;
    for (const Feature& feature : party.features) {
        if (feature.rule == nullptr) {
            continue;
        }
        if (feature.rule->use == FeatureUse::isin) {
            isins.push_back(&feature);
        } else if (feature.rule->use == FeatureUse::ticker) {
            tickers.push_back(feature.value);
        } else if (feature.rule->use == FeatureUse::issuer) {
            issuers.push_back(feature.value);
        }
    }
    for (const std::string_view ticker : tickers) {
        entity.add(words.notes, "Equity Ticker: " + std::string(ticker));
    }
    for (const std::string_view issuer : issuers) {
        entity.add(words.notes, "Issuer Name: " + std::string(issuer));
    }
    for (const Feature* feature : isins) {
        model::Entity security(security_id(feature->value), words.security);
        security.position = feature->position;
        security.add(words.isin, feature->value);
        if (entity.schema->is_a(words.legal_entity)) {
            security.add(words.issuer, entity.id);
        }
        // Which ticker or issuer name goes with which security is said only where there is one of each.
        if (isins.size() == 1 && tickers.size() == 1) {
            security.add(words.ticker, tickers.front());
        }
        if (issuers.size() == 1) {
            security.add(words.name, issuers.front());
        }
        m_sink.entity(std::move(security));
        entity.add(words.notes, "ISIN: " + feature->value);
    }
}

void Emitter::add_named_owner(const model::Entity& entity, const Feature& feature) {
    const Vocabulary& words = vocabulary();
    const std::string id = named_party_id(feature.value);
    if (content_key(feature.value).empty()) {
        return;
    }
    if (m_given.insert(id).second) {
        model::Entity party(id, words.legal_entity);
        party.position = feature.position;
        party.add(words.name, feature.value);
        m_sink.entity(std::move(party));
    }
    model::Entity fragment(entity.id, *entity.schema);
    fragment.position = feature.position;
    if (feature.rule->use == FeatureUse::operated_by && entity.schema->has(words.operated_by)) {
        fragment.add(words.operated_by, id);
        m_sink.entity(std::move(fragment));
        return;
    }
    if (!entity.schema->is_a(words.asset)) {
        fragment.add(words.notes, labelled(feature.label, feature.value));
        m_sink.entity(std::move(fragment));
        return;
    }
    model::Entity edge(model::derived_id("ofac-relation", {"Ownership", id, entity.id, feature.label}), words.ownership);
    edge.position = feature.position;
    edge.add(words.owner, id);
    edge.add(words.asset_of, entity.id);
    edge.add(words.role, feature.label);
    m_sink.entity(std::move(edge));
}

}  // namespace liaison::adapter::ofac
