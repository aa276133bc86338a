#include "liaison/identifier/iban.hpp"

#include "identifier/check97.hpp"
#include "identifier/label.hpp"
#include "identifier/table_file.hpp"
#include "liaison_identifier_data.hpp"

#include <map>

namespace liaison::identifier {

std::size_t iban_length(std::string_view country) {
    static const auto lengths = [] {
        std::map<std::string_view, std::size_t> table;
        for (const std::string_view line : table_lines(data::iban_lengths_txt(), "iban_lengths.txt")) {
            table.emplace(line.substr(0, 2), std::stoul(std::string(line.substr(3))));
        }
        return table;
    }();
    const auto found = lengths.find(country);
    return found == lengths.end() ? 0 : found->second;
}

std::optional<Reading> read_iban(std::string_view text) {
    const Labelled labelled = split_label(text);
    const std::string value = compact_upper(labelled.rest);
    if (labelled_as_other(labelled, Kind::iban) || value.empty()) {
        return std::nullopt;
    }
    const std::size_t length = iban_length(std::string_view(value).substr(0, 2));
    const bool shaped = value.size() > 4 && length != 0 && ascii::is_digit(value[2]) && ascii::is_digit(value[3]) &&
                        ascii::all(value, ascii::is_alnum);
    // Without a label a wrong length is read only when it is near: "DE12345" is no attempt at an IBAN.
    const bool near = shaped && value.size() + 2 >= length && value.size() <= length + 2;
    if (!labelled.kind && !near) {
        return std::nullopt;
    }
    Reading reading{Kind::iban, Validity::malformed, {}, value, "iban:" + value, {}, {}};
    if (!shaped) {
        reading.note = "an IBAN begins with a country that has them and two digits";
        return reading;
    }
    reading.country = value.substr(0, 2);
    if (value.size() != length) {
        reading.note = "an IBAN of " + reading.country + " has " + std::to_string(length) + " characters, not " +
                       std::to_string(value.size());
        return reading;
    }
    const bool verifies = mod97(value.substr(4) + value.substr(0, 4)) == 1;
    reading.validity = verifies ? Validity::valid : Validity::invalid;
    reading.note = verifies ? "check digits verify (ISO 13616)" : "the check digits are wrong (ISO 13616)";
    return reading;
}

}  // namespace liaison::identifier
