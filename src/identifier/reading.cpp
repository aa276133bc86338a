#include "liaison/identifier/reading.hpp"

#include "identifier/ascii.hpp"
#include "identifier/label.hpp"
#include "liaison/identifier/bic.hpp"
#include "liaison/identifier/document.hpp"
#include "liaison/identifier/domain.hpp"
#include "liaison/identifier/email.hpp"
#include "liaison/identifier/iban.hpp"
#include "liaison/identifier/imo.hpp"
#include "liaison/identifier/lei.hpp"
#include "liaison/identifier/mmsi.hpp"
#include "liaison/identifier/phone.hpp"
#include "liaison/identifier/tax.hpp"
#include "liaison/identifier/wallet.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace liaison::identifier {
namespace {

constexpr std::size_t max_text = 512;

void add(std::vector<Reading>& readings, std::optional<Reading> reading) {
    if (reading) {
        readings.push_back(std::move(*reading));
    }
}

std::vector<Reading> wallets_of(std::string_view text) {
    std::vector<Reading> readings;
    for (WalletReading& wallet : read_wallet(text)) {
        readings.push_back({Kind::wallet, wallet.validity, std::move(wallet.chains), std::move(wallet.canonical),
                            std::move(wallet.key), std::move(wallet.note), {}});
    }
    return readings;
}

/// Wallets of a text with words before it, as lists write it ("Digital Currency Address - XBT 12Qt..."): those of its last
/// word, if that is an address or nearly one.
std::vector<Reading> wallets_behind_words(std::string_view text) {
    const std::size_t space = text.find_last_of(" \t");
    auto readings = space == std::string_view::npos ? std::vector<Reading>{} : wallets_of(text.substr(space + 1));
    std::erase_if(readings, [](const Reading& reading) { return reading.validity == Validity::malformed; });
    return readings;
}

std::vector<Reading> read_kind(Kind kind, std::string_view text) {
    std::vector<Reading> readings;
    switch (kind) {
        case Kind::wallet: return wallets_of(text);
        case Kind::imo:
        case Kind::imo_company: return read_imo(text);
        case Kind::mmsi: add(readings, read_mmsi(text)); break;
        case Kind::lei: add(readings, read_lei(text)); break;
        case Kind::bic: add(readings, read_bic(text)); break;
        case Kind::iban: add(readings, read_iban(text)); break;
        case Kind::inn: add(readings, read_inn(text)); break;
        case Kind::ogrn: add(readings, read_ogrn(text)); break;
        case Kind::uscc: add(readings, read_uscc(text)); break;
        case Kind::document: add(readings, read_document(text)); break;
        case Kind::email: add(readings, read_email(text)); break;
        case Kind::domain: add(readings, read_domain(text)); break;
        case Kind::phone: add(readings, read_phone(text)); break;
    }
    return readings;
}

constexpr std::array all_kinds{Kind::wallet, Kind::imo,  Kind::mmsi, Kind::lei,   Kind::bic,    Kind::iban,    Kind::inn,
                               Kind::ogrn,   Kind::uscc, Kind::email, Kind::domain, Kind::phone};

/// The label that makes a reader accept a value known to be of its kind; "" where it needs none.
std::string_view forcing_label(Kind kind) {
    switch (kind) {
        case Kind::imo:
        case Kind::imo_company: return "IMO ";
        case Kind::mmsi: return "MMSI ";
        case Kind::lei: return "LEI ";
        case Kind::bic: return "BIC ";
        case Kind::iban: return "IBAN ";
        case Kind::inn: return "INN ";
        case Kind::ogrn: return "OGRN ";
        case Kind::uscc: return "USCC ";
        case Kind::phone: return "TEL ";
        case Kind::email: return "EMAIL ";
        case Kind::wallet:
        case Kind::document:
        case Kind::domain: return "";
    }
    return "";
}

std::string_view scheme_of(Kind kind) { return kind == Kind::imo_company ? "imo" : to_string(kind); }

/// A form or checksum that no mere document number has by chance.
bool settles(const Reading& reading) {
    switch (reading.kind) {
        case Kind::wallet: return reading.validity == Validity::valid;
        case Kind::lei:
        case Kind::iban: return reading.validity == Validity::valid;
        case Kind::email:
        case Kind::domain: return true;
        case Kind::phone: return reading.canonical.starts_with('+');
        case Kind::imo:
        case Kind::imo_company:
        case Kind::mmsi:
        case Kind::bic:
        case Kind::inn:
        case Kind::ogrn:
        case Kind::uscc:
        case Kind::document: return false;
    }
    return false;
}

bool has_number(Kind kind) { return kind != Kind::wallet && kind != Kind::email && kind != Kind::domain; }

}  // namespace

std::string_view to_string(Kind kind) {
    switch (kind) {
        case Kind::wallet: return "wallet";
        case Kind::imo: return "imo";
        case Kind::imo_company: return "imo_company";
        case Kind::mmsi: return "mmsi";
        case Kind::lei: return "lei";
        case Kind::bic: return "bic";
        case Kind::iban: return "iban";
        case Kind::inn: return "inn";
        case Kind::ogrn: return "ogrn";
        case Kind::uscc: return "uscc";
        case Kind::document: return "document";
        case Kind::email: return "email";
        case Kind::domain: return "domain";
        case Kind::phone: return "phone";
    }
    return "document";
}

std::vector<Reading> read_any(std::string_view text) {
    const std::string_view trimmed = ascii::trim(text);
    if (trimmed.empty() || trimmed.size() > max_text) {
        return {};
    }
    std::vector<Reading> readings;
    for (const Kind kind : all_kinds) {
        auto more = read_kind(kind, trimmed);
        std::move(more.begin(), more.end(), std::back_inserter(readings));
    }
    if (readings.empty()) {
        readings = wallets_behind_words(trimmed);
    }
    const auto is = [](Validity validity) {
        return [validity](const Reading& reading) { return reading.validity == validity; };
    };
    const bool settled = std::any_of(readings.begin(), readings.end(), settles);
    if (settled) {
        // "not a wallet" and "not a host" say nothing once the text is known to be something else.
        std::erase_if(readings, [](const Reading& reading) {
            return (reading.kind == Kind::wallet || reading.kind == Kind::email) && reading.validity == Validity::malformed;
        });
    } else {
        add(readings, read_document(trimmed));
    }
    if (std::any_of(readings.begin(), readings.end(), is(Validity::valid))) {
        std::erase_if(readings, [](const Reading& reading) {
            return reading.kind == Kind::wallet && reading.validity != Validity::valid;
        });
    }
    const auto rank = [](const Reading& reading) { return reading.validity; };
    std::stable_sort(readings.begin(), readings.end(), [&](const Reading& one, const Reading& other) {
        const auto order = [&](const Reading& reading) {
            switch (rank(reading)) {
                case Validity::valid: return 0;
                case Validity::well_formed: return reading.kind == Kind::document ? 3 : 1;
                case Validity::invalid: return 2;
                case Validity::malformed: return 4;
            }
            return 4;
        };
        return order(one) < order(other);
    });
    return readings;
}

std::string identifier_key(Kind kind, std::string_view text) {
    const std::string_view trimmed = ascii::trim(text);
    if (trimmed.empty()) {
        return {};
    }
    if (kind == Kind::wallet) {
        return wallet_key(trimmed);
    }
    const bool labelled = split_label(trimmed).kind.has_value();
    const auto readings = read_kind(kind, labelled ? std::string(trimmed) : std::string(forcing_label(kind)).append(trimmed));
    if (!readings.empty()) {
        return readings.front().key;
    }
    const std::string number = normal_number(split_label(trimmed).rest);
    const std::string prefix = std::string(scheme_of(kind)) + ":";
    return prefix + (number.empty() || !has_number(kind) ? ascii::lower(trimmed) : number);
}

std::vector<std::string> identifier_keys(Kind kind, std::string_view text) {
    const std::string first = identifier_key(kind, text);
    if (first.empty()) {
        return {};
    }
    std::vector<std::string> more;
    if (has_number(kind)) {
        const std::string number = normal_number(split_label(text).rest);
        if (!number.empty()) {
            more.push_back("document:" + number);
        }
    }
    if (kind == Kind::document) {
        for (const Reading& reading : read_any(text)) {
            if (reading.validity == Validity::valid || reading.validity == Validity::well_formed) {
                more.push_back(reading.key);
            }
        }
    }
    std::sort(more.begin(), more.end());
    more.erase(std::unique(more.begin(), more.end()), more.end());
    std::erase(more, first);
    more.insert(more.begin(), first);
    return more;
}

std::optional<Kind> kind_of_property(std::string_view property) {
    struct Entry {
        std::string_view property;
        Kind kind;
    };
    constexpr std::array table{
        Entry{"accountNumber", Kind::document}, Entry{"bic", Kind::bic}, Entry{"bikCode", Kind::document},
        Entry{"bvdId", Kind::document}, Entry{"cageCode", Kind::document}, Entry{"callSign", Kind::document},
        Entry{"cikCode", Kind::document}, Entry{"crsNumber", Kind::document}, Entry{"dunsCode", Kind::document},
        Entry{"email", Kind::email}, Entry{"emailMentioned", Kind::email}, Entry{"fnsCode", Kind::document},
        Entry{"giiNumber", Kind::document}, Entry{"iban", Kind::iban}, Entry{"ibcRuc", Kind::document},
        Entry{"icaoCode", Kind::document}, Entry{"idNumber", Kind::document}, Entry{"imoNumber", Kind::imo},
        Entry{"innCode", Kind::inn}, Entry{"irsCode", Kind::document}, Entry{"isin", Kind::document},
        Entry{"isinCode", Kind::document}, Entry{"jibCode", Kind::document}, Entry{"kppCode", Kind::document},
        Entry{"leiCode", Kind::lei}, Entry{"licenseNumber", Kind::document}, Entry{"mbsCode", Kind::document},
        Entry{"mmsi", Kind::mmsi}, Entry{"npiCode", Kind::document}, Entry{"number", Kind::document},
        Entry{"ogrnCode", Kind::ogrn}, Entry{"okpoCode", Kind::document}, Entry{"passportNumber", Kind::document},
        Entry{"permId", Kind::document}, Entry{"personalNumber", Kind::document}, Entry{"phone", Kind::phone},
        Entry{"phoneMentioned", Kind::phone}, Entry{"publicKey", Kind::wallet}, Entry{"registrationNumber", Kind::document},
        Entry{"serialNumber", Kind::document}, Entry{"socialSecurityNumber", Kind::document}, Entry{"swiftBic", Kind::bic},
        Entry{"taxNumber", Kind::document}, Entry{"unscId", Kind::document}, Entry{"uscCode", Kind::uscc},
        Entry{"vatCode", Kind::document}, Entry{"voenCode", Kind::document}, Entry{"website", Kind::domain}};
    static_assert(std::is_sorted(table.begin(), table.end(),
                                 [](const Entry& one, const Entry& other) { return one.property < other.property; }));
    const auto found = std::lower_bound(table.begin(), table.end(), property,
                                        [](const Entry& entry, std::string_view name) { return entry.property < name; });
    return found != table.end() && found->property == property ? std::optional(found->kind) : std::nullopt;
}

}  // namespace liaison::identifier
