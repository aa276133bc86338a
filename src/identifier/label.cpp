#include "identifier/label.hpp"

#include "identifier/ascii.hpp"

#include <array>

namespace liaison::identifier {
namespace {

struct LabelWord {
    std::string_view word;  // upper case; longer ones before their beginnings
    Kind kind;
};

constexpr std::array labels{
    LabelWord{"SWIFT/BIC", Kind::bic},
    LabelWord{"SWIFT", Kind::bic},
    LabelWord{"BIC", Kind::bic},
    LabelWord{"IMO", Kind::imo},
    LabelWord{"MMSI", Kind::mmsi},
    LabelWord{"LEI", Kind::lei},
    LabelWord{"IBAN", Kind::iban},
    LabelWord{"INN", Kind::inn},
    LabelWord{"OGRNIP", Kind::ogrn},
    LabelWord{"OGRN", Kind::ogrn},
    LabelWord{"USCC", Kind::uscc},
    LabelWord{"UNIFIED SOCIAL CREDIT", Kind::uscc},
    LabelWord{"PASSPORT", Kind::document},
    LabelWord{"NATIONAL ID", Kind::document},
    LabelWord{"TAX ID", Kind::document},
    LabelWord{"TELEPHONE", Kind::phone},
    LabelWord{"MOBILE", Kind::phone},
    LabelWord{"PHONE", Kind::phone},
    LabelWord{"TEL", Kind::phone},
    LabelWord{"FAX", Kind::phone},
    LabelWord{"E-MAIL", Kind::email},
    LabelWord{"EMAIL", Kind::email},
};
// Upper and lower case, since ASCII folding leaves Cyrillic alone.
constexpr std::array cyrillic_labels{
    LabelWord{"ИНН", Kind::inn}, LabelWord{"инн", Kind::inn}, LabelWord{"ОГРН", Kind::ogrn}, LabelWord{"огрн", Kind::ogrn}};

constexpr std::array<std::string_view, 8> fillers{"NUMBER", "CODE", "NUM", "NO", "NR", "ADDRESS", "CARD", "№"};

bool starts_with_word(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) {
        return false;
    }
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (ascii::upper(text[i]) != word[i]) {
            return false;
        }
    }
    return text.size() == word.size() || !ascii::is_letter(text[word.size()]);
}

std::size_t skip_separators(std::string_view text, std::size_t at) {
    while (at < text.size() && (ascii::is_space(text[at]) || text[at] == ':' || text[at] == '.' || text[at] == '#' ||
                                text[at] == '-' || text[at] == '=')) {
        ++at;
    }
    return at;
}

std::size_t after_label(std::string_view text, std::size_t at) {
    at = skip_separators(text, at);
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view filler : fillers) {
            if (starts_with_word(text.substr(at), filler)) {
                at = skip_separators(text, at + filler.size());
                again = true;
            }
        }
    }
    return at;
}

}  // namespace

std::optional<LabelMatch> match_label(std::string_view text) {
    for (const LabelWord& label : labels) {
        if (starts_with_word(text, label.word)) {
            return LabelMatch{label.kind, after_label(text, label.word.size())};
        }
    }
    for (const LabelWord& label : cyrillic_labels) {
        if (text.starts_with(label.word)) {
            return LabelMatch{label.kind, after_label(text, label.word.size())};
        }
    }
    return std::nullopt;
}

std::string_view without_issuer(std::string_view text) {
    const std::size_t open = text.rfind('(');
    if (!text.ends_with(')') || open == std::string_view::npos || open == 0 ||
        ascii::any(text.substr(open), ascii::is_digit)) {
        return text;
    }
    return ascii::trim(text.substr(0, open));
}

Labelled split_label(std::string_view text) {
    const std::string_view trimmed = ascii::trim(text);
    if (const auto match = match_label(trimmed)) {
        return {match->kind, without_issuer(ascii::trim(trimmed.substr(match->length)))};
    }
    return {std::nullopt, without_issuer(trimmed)};
}

bool labelled_as_other(const Labelled& labelled, Kind kind) { return labelled.kind && *labelled.kind != kind; }

}  // namespace liaison::identifier
