#pragma once
// Any identifier at all: what a text can be, and the normal key under which the index holds it. One header a kind
// (wallet.hpp, imo.hpp, ...) has the rules; here they come together for `lookup`, the index and the resolver.

#include "liaison/identifier/validity.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::identifier {

enum class Kind : std::uint8_t {
    wallet, imo, imo_company, mmsi, lei, bic, iban, inn, ogrn, uscc, document, email, domain, phone
};

[[nodiscard]] std::string_view to_string(Kind kind);

struct Reading {
    Kind kind = Kind::document;
    Validity validity = Validity::well_formed;
    std::vector<std::string> chains;  ///< wallets: sorted chain symbols
    std::string canonical;            ///< normal spelling for people
    std::string key;                  ///< normal key, "<scheme>:<value>"; equal keys are one identifier
    std::string note;                 ///< what was checked or what is wrong; may be empty
    std::string country;              ///< ISO 3166-1 alpha-2, upper case, where the identifier says it (BIC, IBAN, phone)
};

/// All that a text typed by a person can plausibly be, in any usual spelling: spaces, dashes, a label in front ("IMO
/// 9187629", "passport no. A123"), 0X, URI schemes, defanged e-mail and domains ("name[at]x[.]com", "hxxps://x[.]com/").
/// Best first: what verifies, what is well formed, what fails. Anything with a digit that may be a number of a document
/// also has a `document` reading, unless a checksum or form settles that it is something else. Empty for blank text,
/// plain words and over 512 bytes.
[[nodiscard]] std::vector<Reading> read_any(std::string_view text);

/// The key of a value that a source published as being of this kind. Values that are not well formed keep their letters
/// and digits, so that every published value can be found. "" only for blank text.
[[nodiscard]] std::string identifier_key(Kind kind, std::string_view text);

/// All keys under which a published value is to be found, identifier_key first: a document number that is an IMO number
/// or a wallet is found as one, and a tax number also as a bare number. Sorted after the first, without duplicates.
[[nodiscard]] std::vector<std::string> identifier_keys(Kind kind, std::string_view text);

/// The kind of a property's values by its FollowTheMoney name ("imoNumber", "swiftBic", "passportNumber"); nullopt for
/// properties that hold no identifier of a thing (a programme id, a URL of the publisher).
[[nodiscard]] std::optional<Kind> kind_of_property(std::string_view property);

}  // namespace liaison::identifier
