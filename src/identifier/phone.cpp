#include "liaison/identifier/phone.hpp"

#include "identifier/ascii.hpp"
#include "identifier/label.hpp"

#include <phonenumbers/phonenumberutil.h>

namespace liaison::identifier {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t max_phone = 64;

struct Spelling {
    std::string digits;  // all digits, in order
    bool plus = false;
    bool grouped = false;  // has brackets, or two separators between digits
    bool foreign = false;  // has a character that no telephone number has
};

Spelling spelling_of(std::string_view text) {
    Spelling spelling;
    int separators = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (ascii::is_digit(c)) {
            spelling.digits += c;
        } else if (c == '+' && spelling.digits.empty()) {
            spelling.plus = true;
        } else if (c == '(' || c == ')') {
            spelling.grouped = true;
        } else if (c == ' ' || c == '-' || c == '.' || c == '/') {
            ++separators;
        } else {
            spelling.foreign = true;
        }
    }
    spelling.grouped = spelling.grouped || separators >= 2;
    return spelling;
}

/// The number of "+digits", if libphonenumber can read it at all.
std::optional<Reading> parse(const std::string& digits) {
    const auto& util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (util.Parse("+" + digits, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR || !util.IsPossibleNumber(number)) {
        return std::nullopt;
    }
    std::string canonical;
    util.Format(number, PhoneNumberUtil::E164, &canonical);
    std::string region;
    util.GetRegionCodeForNumber(number, &region);
    const bool valid = util.IsValidNumber(number);
    return Reading{Kind::phone, valid ? Validity::valid : Validity::well_formed, {}, canonical, "phone:" + canonical,
                   valid ? "in the country's numbering plan" : "of a possible length, but not in the numbering plan",
                   region.size() == 2 && ascii::all(region, ascii::is_upper) ? region : ""};
}

}  // namespace

std::optional<Reading> read_phone(std::string_view text) {
    const Labelled labelled = split_label(text);
    if (labelled_as_other(labelled, Kind::phone) || labelled.rest.empty() || labelled.rest.size() > max_phone) {
        return std::nullopt;
    }
    const Spelling spelling = spelling_of(labelled.rest);
    const bool international = spelling.plus || spelling.digits.starts_with("00");
    if (spelling.foreign || (!labelled.kind && !international && !(spelling.grouped && spelling.digits.size() >= 9))) {
        return std::nullopt;
    }
    const bool zeros = !spelling.plus && spelling.digits.starts_with("00");
    const auto reading = parse(zeros ? spelling.digits.substr(2) : spelling.digits);
    // Without a plus sign the country code is a guess, which only the numbering plan can confirm.
    if (reading && (international || reading->validity == Validity::valid)) {
        return reading;
    }
    if (!labelled.kind && !spelling.plus) {
        return std::nullopt;
    }
    return Reading{Kind::phone, labelled.kind && !international ? Validity::well_formed : Validity::malformed, {},
                   spelling.digits, "phone:" + spelling.digits,
                   labelled.kind && !international ? "a national number: its country is not said"
                                                   : "not a possible international number",
                   {}};
}

}  // namespace liaison::identifier
