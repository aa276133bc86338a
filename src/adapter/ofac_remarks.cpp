#include "adapter/ofac_remarks.hpp"

#include "adapter/content_ids.hpp"
#include "adapter/ofac_dates.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace liaison::adapter::ofac {
namespace {

constexpr std::string_view link_label = "Linked To:";
/// Remarks longer than this are one note: the longest published ones have some 4,000 bytes, and what is done with items
/// grows with the square of their number.
constexpr std::size_t remarks_bytes = std::size_t{64} << 10;

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Offset behind the bracket that closes the one at `open`, or npos.
std::size_t behind_bracket(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '(') {
            ++depth;
        } else if (text[at] == ')' && --depth == 0) {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

/// "Passport", "C.R." and the like before a number that no label of the table claims.
bool looks_labelled(std::string_view item) {
    static constexpr std::array<std::string_view, 5> marks{" No. ", " Number ", " # ", " ID ", " Code "};
    const auto digit = item.find_first_of("0123456789");
    return digit != std::string_view::npos && std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
               const std::size_t found = item.find(mark);
               return found != std::string_view::npos && found < 60 && found + mark.size() == digit;
           });
}

/// A date word's date at the end of the text, which is cut off: "... expires 25 May 2004".
bool take_date(std::string_view& text, std::string_view word, DateValue& date) {
    const std::size_t found = text.rfind(word);
    if (found == std::string_view::npos || (found > 0 && text[found - 1] != ' ')) {
        return false;
    }
    const auto read = read_date_text(trim(text.substr(found + word.size())));
    if (!read) {
        return false;
    }
    date = *read;
    text = trim(text.substr(0, found));
    return true;
}

}  // namespace

Remarks split_remarks(std::string_view text) {
    Remarks remarks;
    if (text.size() > remarks_bytes) {
        remarks.items.emplace_back(text);
        return remarks;
    }
    std::string rest;  // the text with each bracketed link made a parting
    const std::string opening = "(" + std::string(link_label);
    for (;;) {
        const std::size_t open = text.find(opening);
        const std::size_t end = open == std::string_view::npos ? open : behind_bracket(text, open);
        if (end == std::string_view::npos) {
            break;  // no more, or one cut in the middle of a name: that is left as an item, where the label finds it
        }
        const std::size_t name = open + opening.size();
        remarks.links.emplace_back(trim(text.substr(name, end - 1 - name)));
        rest += text.substr(0, open);
        rest += "; ";
        text.remove_prefix(end);
    }
    rest += text;
    std::string_view left = rest;
    while (!left.empty()) {
        // A semicolon parts items when white space or the end follows; inside a URL it does not.
        std::size_t cut = left.find(';');
        while (cut != std::string_view::npos && cut + 1 < left.size() && left[cut + 1] != ' ' && left[cut + 1] != ';') {
            cut = left.find(';', cut + 1);
        }
        std::string_view item = trim(left.substr(0, cut));
        left = cut == std::string_view::npos ? std::string_view() : left.substr(cut + 1);
        if (trim(left).empty() || trim(left) == ".") {
            left = {};
            if (item.ends_with('.')) {
                item.remove_suffix(1);
            }
        }
        const std::string_view bare = item.starts_with('(') ? item.substr(1) : item;
        if (bare.starts_with(link_label)) {
            remarks.links.emplace_back(trim(bare.substr(link_label.size())));
        } else if (!item.empty() && item != ".") {
            remarks.items.emplace_back(item);
        }
    }
    return remarks;
}

void read_document_text(std::string_view text, IdDocument& document) {
    text = trim(text);
    for (bool more = true; more;) {
        more = (document.expires.edtf.empty() && (take_date(text, "expires ", document.expires) || take_date(text, "expired ", document.expires))) ||
               (document.issued.edtf.empty() && take_date(text, "issued ", document.issued));
        if (!more && document.country_text.empty() && text.ends_with(')')) {
            const std::size_t open = text.rfind('(');
            const std::string_view name = open == std::string_view::npos ? std::string_view() : text.substr(open + 1, text.size() - open - 2);
            if (const auto code = country_of(name)) {
                document.country_text = name;
                document.country_code = *code;
                text = trim(text.substr(0, open));
                more = true;
            } else if (document.place.empty() && !name.empty() && !has_digit(name) && has_digit(text.substr(0, open))) {
                document.place = name;  // "Commercial Registry Number 0411518776478 (Cali)"
                text = trim(text.substr(0, open));
                more = true;
            }
        }
    }
    document.number = text;
}

void add_labelled_value(const LabelRule* rule, std::string_view label, std::string_view value, Party& party,
                        const base::Position& position, Emitter& emitter) {
    if (rule != nullptr && rule->document) {
        IdDocument document;
        document.rule = rule;
        document.type = label;
        document.position = position;
        read_document_text(value, document);
        party.documents.push_back(std::move(document));
        return;
    }
    Feature feature;
    feature.rule = rule;
    feature.label = label;
    feature.value = value;
    feature.position = position;
    if (rule != nullptr && (rule->use == FeatureUse::date || rule->use == FeatureUse::listing_date ||
                            rule->use == FeatureUse::effective_date)) {
        if (auto date = read_date_text(value)) {
            feature.date = std::move(*date);
        } else {
            emitter.issue("impossible-date", fmt::format("\"{}\" is no date", value), position, party.uid,
                          fmt::format("{} {}", label, value));
        }
    }
    party.features.push_back(std::move(feature));
}

void add_remark_item(std::string_view item, Party& party, Emitter& emitter) {
    if (item.starts_with("alt. ")) {
        item.remove_prefix(5);
    }
    static constexpr std::array<std::pair<std::string_view, AliasKind>, 3> aliases{
        {{"a.k.a. '", AliasKind::aka}, {"f.k.a. '", AliasKind::fka}, {"n.k.a. '", AliasKind::nka}}};
    for (const auto& [opening, kind] : aliases) {
        if (item.starts_with(opening) && item.ends_with('\'') && item.size() > opening.size()) {
            const std::string_view text = item.substr(opening.size(), item.size() - opening.size() - 1);
            party.names.push_back({kind, true, {}, split_name(text, party.kind)});
            return;
        }
    }
    const LabelledText labelled = split_label(item);
    // "Passport issued in Sarajevo" begins like a document and is none.
    const bool free_text = labelled.rule != nullptr && labelled.rule->document && !has_digit(labelled.value);
    if (labelled.rule != nullptr && !labelled.value.empty() && !free_text) {
        const std::string_view label = labelled.rule->document ? std::string_view(labelled.rule->label) : labelled.label;
        add_labelled_value(labelled.rule, label, labelled.value, party, party.position, emitter);
        return;
    }
    if (item.find(' ') == std::string_view::npos) {
        // Addresses of the net that stand without a label: "info@example.org; www.example.org".
        const bool mail = item.find('@') != std::string_view::npos && !item.starts_with('@') && !item.ends_with('@');
        const bool site = item.starts_with("www.") || item.starts_with("http://") || item.starts_with("https://");
        if (mail || site) {
            const LabelRule* rule = find_label(site ? "Website" : "Email Address");
            add_labelled_value(rule, rule->label, item, party, party.position, emitter);
            return;
        }
    }
    if (looks_labelled(item)) {
        emitter.issue("unknown-remark", "a remark looks like a label and a number, but the label is not known; kept as a note",
                      party.position, party.uid, item);
    }
    party.notes.emplace_back(item);
}

std::vector<NamePart> split_name(std::string_view name, PartyKind kind) {
    const std::size_t comma = name.find(", ");
    if (kind != PartyKind::individual || comma == std::string_view::npos) {
        return {{PartKind::whole, std::string(trim(name))}};
    }
    return {{PartKind::last, std::string(trim(name.substr(0, comma)))},
            {PartKind::first, std::string(trim(name.substr(comma + 2)))}};
}

std::string list_name(const ReadOptions& options, const record::FileSet& files) {
    if (options.settings != nullptr && options.settings->is_object() && options.settings->contains("list")) {
        return options.settings->at("list").get<std::string>();
    }
    const auto is_consolidated = [](std::string_view name) { return content_key(name).starts_with("cons"); };
    if (options.feed == "us_ofac_cons" ||
        std::any_of(files.begin(), files.end(), [&](const record::SourceFile& file) { return is_consolidated(file.name); })) {
        return "Consolidated List";
    }
    const bool sdn = options.feed == "us_ofac_sdn" ||
                     std::any_of(files.begin(), files.end(), [](const record::SourceFile& file) {
                         return content_key(file.name).starts_with("sdn");
                     });
    return sdn ? "SDN List" : "";
}

}  // namespace liaison::adapter::ofac
