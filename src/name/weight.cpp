#include "liaison/name/weight.hpp"

#include <algorithm>
#include <cmath>

namespace liaison::name {

namespace {

bool ends_with(std::string_view text, std::string_view ending) {
    return text.size() > ending.size() + 2 && text.substr(text.size() - ending.size()) == ending;
}

// East Slavic patronymics are left out as often as given.
bool patronymic(const Token& token) {
    const std::string_view text = token.latin;
    return ends_with(text, "ovich") || ends_with(text, "evich") || ends_with(text, "ovna") || ends_with(text, "evna") ||
           ends_with(text, "ovych") || ends_with(text, "yovych") || ends_with(text, "ivna");
}

}  // namespace

double token_weight(const Token& token, double frequency) {
    switch (token.token_class) {
        case TokenClass::name: {
            if (token.promoted) return weight_of_common;
            // 1 up to 10 bearers in 100,000, falling with the logarithm to 0.35 at 2,000.
            const double common = std::clamp(std::log10(std::max(frequency, 10.0) / 10.0) / std::log10(200.0), 0.0, 1.0);
            const double weight = 1 - (1 - weight_of_common) * common;
            return patronymic(token) ? std::max(weight_of_common, 0.6 * weight) : weight;
        }
        case TokenClass::generic: return weight_of_common;
        case TokenClass::number: return 0.35;
        case TokenClass::initial: return 0.25;
        case TokenClass::legal_form: return 0.10;
        case TokenClass::particle: return 0.08;
        case TokenClass::title: return 0.03;
        case TokenClass::stop: return 0.02;
    }
    return 0;
}

}  // namespace liaison::name
