#pragma once
// Ids of nodes that several parties, records and feeds can share: the same passport, wallet, address or free-text name
// gives the same id whoever publishes it, so that those who share it are connected. Private to adapter.

#include <string>
#include <string_view>

namespace liaison::adapter {

/// Letters and digits only, ASCII in lower case; bytes of other scripts are kept. "P.O. Box 12" -> "pobox12".
[[nodiscard]] std::string content_key(std::string_view text);

/// `kind`: "passport" for all passports, else the publisher's label. Punctuation and spaces of the number do not count.
[[nodiscard]] std::string document_id(std::string_view kind, std::string_view number, std::string_view country_code);
[[nodiscard]] std::string address_id(std::string_view full, std::string_view country_code);
/// `wallet_key`: see identifier::wallet_key.
[[nodiscard]] std::string wallet_id(std::string_view wallet_key);
[[nodiscard]] std::string security_id(std::string_view isin);
/// A party that a list names in free text only ("Vessel Owner: NITC").
[[nodiscard]] std::string named_party_id(std::string_view name);

}  // namespace liaison::adapter
