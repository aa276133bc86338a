// From merged entities to what screening needs of each: names with their kind, and evidence, its listings', documents',
// addresses' and wallets' included.

#include "liaison/identifier/wallet.hpp"
#include "liaison/index/name_kind.hpp"
#include "liaison/index/names.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <unordered_map>

namespace liaison::index {

namespace {

using model::Property;

struct PropertyFacts {
    const char* property;
    FactKind kind;
};

constexpr PropertyFacts properties[] = {
    {"birthDate", FactKind::birth_date},      {"nationality", FactKind::nationality}, {"citizenship", FactKind::nationality},
    {"country", FactKind::country},           {"jurisdiction", FactKind::country},    {"mainCountry", FactKind::country},
    {"flag", FactKind::country},              {"birthCountry", FactKind::country},    {"gender", FactKind::gender},
    {"birthPlace", FactKind::place},          {"address", FactKind::address},         {"full", FactKind::address},
    {"idNumber", FactKind::identifier},       {"passportNumber", FactKind::identifier},
    {"registrationNumber", FactKind::identifier}, {"taxNumber", FactKind::identifier}, {"innCode", FactKind::identifier},
    {"ogrnCode", FactKind::identifier},       {"leiCode", FactKind::identifier},      {"imoNumber", FactKind::identifier},
    {"mmsi", FactKind::identifier},           {"callSign", FactKind::identifier},     {"swiftBic", FactKind::identifier},
    {"serialNumber", FactKind::identifier},   {"dunsCode", FactKind::identifier},     {"uscCode", FactKind::identifier},
    {"vatCode", FactKind::identifier},        {"okpoCode", FactKind::identifier},     {"socialSecurityNumber", FactKind::identifier},
    {"registrationNumber", FactKind::identifier}, {"number", FactKind::identifier},   {"isin", FactKind::identifier},
    {"publicKey", FactKind::wallet},          {"email", FactKind::email},             {"phone", FactKind::phone},
    {"program", FactKind::programme},         {"listingDate", FactKind::listing_date}, {"startDate", FactKind::listing_date},
};

struct NameProperty {
    const char* property;
    NameKind kind;
};
constexpr NameProperty name_properties[] = {
    {"name", NameKind::name}, {"alias", NameKind::alias}, {"weakAlias", NameKind::weak}, {"previousName", NameKind::previous},
    {"abbreviation", NameKind::weak}};

class Extractor {
public:
    explicit Extractor(const EntitiesView& entities) : m_entities(entities) {
        for (const PropertyFacts& entry : properties)
            if (const auto property = model::find_property(entry.property)) m_kinds.emplace(*property, entry.kind);
        for (const NameProperty& entry : name_properties)
            if (const auto property = model::find_property(entry.property)) m_names.emplace(*property, entry.kind);
    }

    std::vector<NamedEntity> run() {
        for (Ordinal ordinal = 0; ordinal < m_entities.size(); ++ordinal) read(ordinal);
        for (Ordinal ordinal = 0; ordinal < m_entities.size(); ++ordinal) give_to_holder(ordinal);
        std::vector<NamedEntity> out;
        for (NamedEntity& entity : m_out) {
            const bool wallet = std::any_of(entity.facts.begin(), entity.facts.end(), [](const auto& fact) { return fact.kind == FactKind::wallet; });
            if (!entity.names.empty() || wallet) out.push_back(std::move(entity));
        }
        return out;
    }

private:
    void read(Ordinal ordinal) {
        const model::Schema& schema = m_entities.schema(ordinal);
        if (!schema.matchable && schema.name != "CryptoWallet") return;
        if (schema.is_a("Address") || schema.is_a("Document")) return;
        // What only the news names is nobody to be screened against.
        if (m_entities.first(ordinal, model::property("topics")) == "news") return;
        if (schema.name == "CryptoWallet" && !m_entities.first(ordinal, model::property("holder")).empty()) return;
        m_position.emplace(ordinal, m_out.size());
        NamedEntity entity;
        entity.ordinal = ordinal;
        entity.schema = &schema;
        for (const ValueRecord& value : m_entities.values(ordinal)) {
            const auto property = static_cast<Property>(value.property);
            const std::string_view text = m_entities.text(value);
            if (const auto name = m_names.find(property); name != m_names.end()) {
                if (schema.name != "CryptoWallet") entity.names.push_back({text, name->second});
            } else {
                add(entity, property, text);
            }
        }
        for (const std::string& dataset : m_entities.datasets(ordinal)) entity.facts.push_back({FactKind::dataset, dataset, {}});
        m_out.push_back(std::move(entity));
    }

    void add(NamedEntity& entity, Property property, std::string_view text) {
        const auto found = m_kinds.find(property);
        if (found == m_kinds.end()) return;
        NamedEntity::Value value{found->second, std::string(text), {}};
        switch (found->second) {
            case FactKind::birth_date:
                value.date = model::parse_edtf(text);
                if (!value.date) return;
                break;
            case FactKind::listing_date:
                if (entity.schema->is_a("Thing") && entity.schema->name != "CryptoWallet" && !m_listing) return;
                break;
            case FactKind::programme:
                if (!m_listing) return;
                break;
            case FactKind::address:
                if (model::find_schema(text) != nullptr) return;
                break;
            case FactKind::country: case FactKind::nationality: case FactKind::gender: case FactKind::place: case FactKind::identifier:
            case FactKind::wallet: case FactKind::email: case FactKind::phone: case FactKind::dataset: break;
        }
        for (const NamedEntity::Value& known : entity.facts)
            if (known.kind == value.kind && known.text == value.text) return;
        entity.facts.push_back(std::move(value));
    }

    NamedEntity* holder(std::string_view id) {
        const auto ordinal = m_entities.find(id);
        if (!ordinal) return nullptr;
        const auto found = m_position.find(*ordinal);
        return found == m_position.end() ? nullptr : &m_out[found->second];
    }

    // Listings, documents and wallets point to their holder; addresses are pointed to by theirs.
    void give_to_holder(Ordinal ordinal) {
        const model::Schema& schema = m_entities.schema(ordinal);
        const bool listing = schema.is_a("Sanction");
        const bool document = schema.is_a("Identification");
        const bool wallet = schema.name == "CryptoWallet";
        if (listing || document || wallet) {
            for (const std::string_view id : m_entities.all(ordinal, model::property(listing ? "entity" : "holder"))) {
                NamedEntity* entity = holder(id);
                if (entity == nullptr) continue;
                entity->listed = entity->listed || listing;
                m_listing = listing;
                for (const ValueRecord& value : m_entities.values(ordinal)) {
                    const auto property = static_cast<Property>(value.property);
                    const auto kind = m_kinds.find(property);
                    if (kind == m_kinds.end()) continue;
                    const bool wanted = listing    ? kind->second == FactKind::programme || kind->second == FactKind::listing_date
                                        : document ? kind->second == FactKind::identifier || kind->second == FactKind::birth_date
                                                   : kind->second == FactKind::wallet;
                    if (wanted) add(*entity, property, m_entities.text(value));
                }
                m_listing = false;
            }
        } else if (const auto position = m_position.find(ordinal); position != m_position.end()) {
            NamedEntity& entity = m_out[position->second];
            for (const std::string_view id : m_entities.all(ordinal, model::property("addressEntity"))) {
                const auto address = m_entities.find(id);
                if (!address) continue;
                for (const ValueRecord& value : m_entities.values(*address)) {
                    const auto property = static_cast<Property>(value.property);
                    if (property == model::property("full") || property == model::property("country")) add(entity, property, m_entities.text(value));
                }
            }
        }
    }

    const EntitiesView& m_entities;
    std::map<Property, FactKind> m_kinds;
    std::map<Property, NameKind> m_names;
    std::vector<NamedEntity> m_out;
    std::unordered_map<Ordinal, std::size_t> m_position;
    bool m_listing = false;
};

}  // namespace

std::string_view to_string(NameKind kind) {
    switch (kind) {
        case NameKind::name: return "name";
        case NameKind::alias: return "alias";
        case NameKind::weak: return "weakAlias";
        case NameKind::previous: return "previousName";
    }
    return "";
}

std::vector<NamedEntity> named_entities(const EntitiesView& entities) { return Extractor(entities).run(); }

std::string identifier_key(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isdigit(byte) != 0 || (byte >= 'A' && byte <= 'Z') || byte >= 0x80) out += c;
        else if (byte >= 'a' && byte <= 'z') out += static_cast<char>(byte - 32);
    }
    return out.substr(0, 3) == "IMO" && out.size() == 10 ? out.substr(3) : out;
}

std::string wallet_key(std::string_view text) { return identifier::wallet_key(text); }

}  // namespace liaison::index
