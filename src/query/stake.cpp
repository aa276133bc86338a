// What registers write in a percentage column, as an interval.

#include "liaison/query/ownership.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace liaison::query {
namespace {

/// The smallest step that graph::settle keeps: what is more than 50 is at least 50 and one step.
constexpr double step = 0.000001;

struct Numbers {
    std::vector<double> values;
    std::string words;  ///< the text between them, lower case, without "%" and white space
};

Numbers split(std::string_view text) {
    Numbers found;
    std::string number;
    const auto finish = [&] {
        if (!number.empty()) {
            double value = 0;
            std::from_chars(number.data(), number.data() + number.size(), value);
            found.values.push_back(value);
            number.clear();
        }
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = c >= '0' && c <= '9';
        const bool point = (c == '.' || c == ',') && !number.empty() && number.find('.') == std::string::npos &&
                           i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9';
        if (digit || point) {
            number += digit ? c : '.';
            continue;
        }
        finish();
        if (c != '%' && c != ' ' && c != '\t') {
            found.words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    finish();
    return found;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

StakeInterval read_stake(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    constexpr StakeInterval unreadable{0, 100, false};
    const auto [values, words] = split(text);
    if (values.empty() || values.size() > 2 ||
        std::any_of(values.begin(), values.end(), [](double value) { return value > 100; })) {
        return unreadable;
    }
    const double value = values.front();
    if (values.size() == 2) {
        return is_one_of(words, {"-", "\xE2\x80\x93", "to", "..", "and", "between"}) && value <= values[1]
                   ? StakeInterval{value, values[1], true}
                   : unreadable;
    }
    if (is_one_of(words, {"", "percent", "pct", "="})) {
        return {value, value, true};
    }
    if (is_one_of(words, {">", "morethan", "over", "above"})) {
        return {std::min(value + step, 100.0), 100, true};
    }
    if (is_one_of(words, {">=", "\xE2\x89\xA5", "+", "ormore", "atleast", "min"})) {
        return {value, 100, true};
    }
    if (is_one_of(words, {"<", "lessthan", "under", "below"})) {
        return {0, std::max(value - step, 0.0), true};
    }
    if (is_one_of(words, {"<=", "\xE2\x89\xA4", "orless", "atmost", "upto", "max"})) {
        return {0, value, true};
    }
    return unreadable;
}

}  // namespace liaison::query
