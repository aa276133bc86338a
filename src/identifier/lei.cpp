#include "liaison/identifier/lei.hpp"

#include "identifier/check97.hpp"
#include "identifier/label.hpp"

namespace liaison::identifier {

std::optional<Reading> read_lei(std::string_view text) {
    const Labelled labelled = split_label(text);
    const std::string value = compact_upper(labelled.rest);
    if (labelled_as_other(labelled, Kind::lei) || value.empty()) {
        return std::nullopt;
    }
    const bool shaped = value.size() == 20 && ascii::all(value, ascii::is_alnum) && ascii::all_digits(value.substr(18));
    if (!shaped && !labelled.kind) {
        return std::nullopt;
    }
    Reading reading{Kind::lei, Validity::malformed, {}, value, "lei:" + value, "an LEI has 20 letters and digits", {}};
    if (shaped) {
        const bool verifies = mod97(value) == 1;
        // Twenty bare digits that fail are some other number.
        if (!verifies && !labelled.kind && ascii::all_digits(value)) {
            return std::nullopt;
        }
        reading.validity = verifies ? Validity::valid : Validity::invalid;
        reading.note = verifies ? "check digits verify (ISO 17442)" : "the check digits are wrong (ISO 17442)";
    }
    return reading;
}

}  // namespace liaison::identifier
