#include "liaison/identifier/mmsi.hpp"

#include "identifier/ascii.hpp"
#include "identifier/label.hpp"

namespace liaison::identifier {
namespace {

bool is_mid(std::string_view digits) { return digits.substr(0, 3) >= "201" && digits.substr(0, 3) <= "775"; }

bool has_form(std::string_view digits) {
    if (digits.size() != 9 || !ascii::all_digits(digits)) {
        return false;
    }
    if (digits.starts_with("970") || digits.starts_with("972") || digits.starts_with("974")) {
        return true;
    }
    for (const std::string_view prefix : {"111", "99", "98", "00", "0", ""}) {
        if (digits.starts_with(prefix)) {
            return is_mid(digits.substr(prefix.size()));
        }
    }
    return false;
}

}  // namespace

std::optional<Reading> read_mmsi(std::string_view text) {
    const Labelled labelled = split_label(text);
    const std::string digits(labelled.rest);
    if (labelled_as_other(labelled, Kind::mmsi) || digits.empty()) {
        return std::nullopt;
    }
    if (has_form(digits)) {
        return Reading{Kind::mmsi, Validity::well_formed, {}, digits, "mmsi:" + digits, "nine digits, no check digit", {}};
    }
    if (labelled.kind) {
        return Reading{Kind::mmsi, Validity::malformed, {}, digits, "mmsi:" + digits,
                       "an MMSI has nine digits with a maritime identification digit", {}};
    }
    return std::nullopt;
}

}  // namespace liaison::identifier
