#include "liaison/identifier/bic.hpp"

#include "identifier/check97.hpp"
#include "identifier/label.hpp"
#include "identifier/table_file.hpp"

namespace liaison::identifier {

std::optional<Reading> read_bic(std::string_view text) {
    const Labelled labelled = split_label(text);
    const std::string value = compact_upper(labelled.rest);
    if (labelled_as_other(labelled, Kind::bic) || value.empty()) {
        return std::nullopt;
    }
    const std::string_view party = std::string_view(value).substr(0, 4);
    const bool shaped = (value.size() == 8 || value.size() == 11) && ascii::all(value, ascii::is_alnum) &&
                        is_country_code(std::string_view(value).substr(4, 2));
    const bool typed_as_code = ascii::all(labelled.rest, [](char c) { return !ascii::is_lower(c); });
    if (!labelled.kind && (!shaped || !typed_as_code || !ascii::all(party, ascii::is_letter))) {
        return std::nullopt;
    }
    if (!shaped) {
        return Reading{Kind::bic, Validity::malformed, {}, value, "bic:" + value,
                       "a BIC has 8 or 11 characters with a country in the fifth and sixth", {}};
    }
    const std::string key = value.size() == 11 && value.substr(8) == std::string(3, 'X') ? value.substr(0, 8) : value;
    return Reading{Kind::bic, Validity::well_formed, {}, value, "bic:" + key, "no check digit (ISO 9362)",
                   value.substr(4, 2)};
}

}  // namespace liaison::identifier
