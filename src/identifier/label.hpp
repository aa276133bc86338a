#pragma once
// The label in front of a number ("IMO No. 9187629", "SWIFT/BIC: ABCDKPPY") and what it announces.

#include "liaison/identifier/reading.hpp"

#include <optional>
#include <string_view>

namespace liaison::identifier {

struct Labelled {
    std::optional<Kind> kind;  ///< what the label announces; imo for both kinds of IMO number
    std::string_view rest;     ///< the value, trimmed, without an issuer in brackets behind it
};

/// Recognises labels in English and, for Russian numbers, Cyrillic, in any case, with "No.", "number", "code" and
/// punctuation behind them. Without one, the trimmed text.
[[nodiscard]] Labelled split_label(std::string_view text);

/// True when `text` carries a label of another kind than `kind`: then it is not for that reader.
[[nodiscard]] bool labelled_as_other(const Labelled& labelled, Kind kind);

/// "A123456 (Iran)" without the bracket at its end: an issuer or a remark, when it holds no digit.
[[nodiscard]] std::string_view without_issuer(std::string_view text);

/// Length in bytes of a label that stands at the beginning of `text` with a separator behind it, filler words included;
/// 0 when there is none.
struct LabelMatch {
    Kind kind = Kind::document;
    std::size_t length = 0;
};
[[nodiscard]] std::optional<LabelMatch> match_label(std::string_view text);

}  // namespace liaison::identifier
