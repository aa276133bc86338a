#pragma once
// Identifiers inside running text, for articles: precision counts, words are never wallets.

#include "liaison/identifier/reading.hpp"

#include <cstddef>

namespace liaison::identifier {

struct Span {
    std::size_t start = 0;  ///< byte offsets in the text given
    std::size_t end = 0;
    Reading reading;
};

/// Non-overlapping spans in order. Found without a label: wallets whose checksum verifies and 0x addresses, LEI, IBAN,
/// e-mail addresses, host names under a real top-level domain, URLs, telephone numbers with a plus sign. Found behind
/// their label ("IMO 9187629", "SWIFT: ABCDKPPY", "INN 7707083893"): IMO, MMSI, BIC, INN, OGRN, USCC that verify. Solana
/// addresses, which have no checksum, only near the words Solana, SOL, wallet or address. Linear in the text.
[[nodiscard]] std::vector<Span> find_identifiers(std::string_view text);

}  // namespace liaison::identifier
