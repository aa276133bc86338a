#include "adapter/ofac_actions_entry.hpp"

#include "adapter/content_ids.hpp"
#include "adapter/list_text.hpp"
#include "adapter/ofac_remarks.hpp"
#include "liaison/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace liaison::adapter::ofac {

namespace {

std::string_view trim(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_small(c) || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

/// Offset of `text` outside brackets at or after `from`, or npos.
std::size_t find_outside(std::string_view text, std::string_view wanted, std::size_t from = 0) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i >= from && depth == 0 && text.substr(i).starts_with(wanted)) {
            return i;
        }
        depth += text[i] == '(' ? 1 : 0;
        depth -= text[i] == ')' && depth > 0 ? 1 : 0;
    }
    return std::string_view::npos;
}

std::vector<std::string_view> split_outside(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (std::size_t at = find_outside(text, separator); at != std::string_view::npos; at = find_outside(text, separator, start)) {
        parts.push_back(trim(text.substr(start, at - start)));
        start = at + separator.size();
    }
    parts.push_back(trim(text.substr(start)));
    return parts;
}

/// Offset behind the bracket that opens at the start, or npos.
std::size_t behind_bracket(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : 0;
        depth -= text[i] == ')' ? 1 : 0;
        if (depth == 0) {
            return i + 1;
        }
    }
    return std::string_view::npos;
}

/// Takes "[DPRK4] [CYBER4]" and "(individual)" off the end.
void take_tags(std::string_view& text, ActionEntry& entry) {
    static constexpr std::array<std::pair<std::string_view, PartyKind>, 3> kinds{
        {{"(individual)", PartyKind::individual}, {"(vessel)", PartyKind::vessel}, {"(aircraft)", PartyKind::aircraft}}};
    std::vector<std::string> programs;
    for (bool more = true; more;) {
        more = false;
        text = trim(text);
        while (text.ends_with('.') || text.ends_with(';')) {
            text = trim(text.substr(0, text.size() - 1));
        }
        if (text.ends_with(']')) {
            const std::size_t open = text.rfind('[');
            if (open != std::string_view::npos) {
                programs.emplace_back(trim(text.substr(open + 1, text.size() - open - 2)));
                text = text.substr(0, open);
                more = true;
            }
        }
        for (const auto& [mark, kind] : kinds) {
            if (text.ends_with(mark)) {
                entry.party.kind = kind;
                text = text.substr(0, text.size() - mark.size());
                more = true;
            }
        }
    }
    entry.programs.assign(programs.rbegin(), programs.rend());
}

/// A segment that can only belong to a name in capitals: "S.A. DE C.V.", "LTD.", not "14A" nor "Beijing".
bool belongs_to_name(std::string_view segment) {
    return !segment.empty() && is_letter(segment.front()) && std::none_of(segment.begin(), segment.end(), is_small) &&
           std::count_if(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; }) == 0;
}

/// Where the name ends: at its brackets, or at the comma before the first address.
std::size_t end_of_name(std::string_view text, PartyKind kind) {
    const std::size_t bracket = text.find(" (");
    const std::size_t item = find_outside(text, "; ");
    std::size_t limit = std::min({bracket, item, text.size()});
    if (kind == PartyKind::individual) {
        const std::size_t surname = text.find(", ");
        const std::size_t given = surname == std::string_view::npos ? surname : text.find(", ", surname + 2);
        return std::min(limit, given);
    }
    std::size_t end = 0;
    while (end < limit) {
        const std::size_t comma = std::min(text.find(", ", end == 0 ? 0 : end + 2), limit);
        if (end != 0 && !belongs_to_name(trim(text.substr(end + 2, comma - end - 2)))) {
            return end;
        }
        end = comma;
    }
    return limit;
}

/// A name with its other scripts in brackets: "HAN, Hong Gil (Korean: 한홍길)"; quotes make it weak.
void add_name(Party& party, AliasKind kind, std::string_view text) {
    text = trim(text);
    if (text.empty()) {
        return;
    }
    std::string_view rest;
    if (const std::size_t open = text.find(" ("); open != std::string_view::npos) {
        const auto bracket = trim(text.substr(open));
        const std::size_t colon = bracket.find(':');
        if (colon != std::string_view::npos && script_language(bracket.substr(1, colon - 1))) {
            rest = bracket;
            text = trim(text.substr(0, open));
        }
    }
    bool weak = false;
    if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
        weak = kind != AliasKind::name;  // a primary name in quotes is still the name
        text = text.substr(1, text.size() - 2);
    }
    Name name{kind, weak, {}, split_name(text, party.kind)};
    party.names.push_back(std::move(name));
    while (!rest.empty() && rest.front() == '(') {
        const std::size_t end = std::min(behind_bracket(rest), rest.size());
        const auto inner = rest.substr(1, end - std::min<std::size_t>(end, 2));
        if (const std::size_t colon = inner.find(':'); colon != std::string_view::npos) {
            for (const auto part : split_outside(inner.substr(colon + 1), ";")) {
                const auto lang = script_language(inner.substr(0, colon));
                party.names.push_back({kind, weak, std::string(lang.value_or("")), {{PartKind::whole, std::string(trim(part))}}});
            }
        }
        rest = trim(rest.substr(end));
    }
}

/// "T2EU4", "EQKH": capitals and digits, four letters or with a digit ("IRISL" is an owner).
bool is_call_sign(std::string_view text) {
    const bool clean = std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
    return clean && text.size() >= 4 && text.size() <= 7 && (text.size() == 4 || text.find_first_of("0123456789") != std::string_view::npos);
}

/// "(a.k.a. X; f.k.a. "Y")" or "(Korean: 한홍길)" behind the name.
void add_bracket(Party& party, std::string_view inner, std::vector<std::string>& items, Emitter& emitter) {
    static constexpr std::array<std::pair<std::string_view, AliasKind>, 3> marks{
        {{"a.k.a. ", AliasKind::aka}, {"f.k.a. ", AliasKind::fka}, {"n.k.a. ", AliasKind::nka}}};
    for (const auto part : split_outside(inner, ";")) {
        const auto mark = std::find_if(marks.begin(), marks.end(), [&](const auto& m) { return part.starts_with(m.first); });
        if (mark != marks.end()) {
            add_name(party, mark->second, part.substr(mark->first.size()));
            items.emplace_back(part);
            continue;
        }
        const std::size_t colon = part.find(':');
        const auto lang = colon == std::string_view::npos ? std::nullopt : script_language(part.substr(0, colon));
        if (lang) {
            party.names.push_back({AliasKind::name, false, std::string(*lang), {{PartKind::whole, std::string(trim(part.substr(colon + 1)))}}});
            items.emplace_back(part);
        } else if (const LabelRule* call_sign = find_label("Vessel Call Sign"); call_sign != nullptr && party.kind == PartyKind::vessel && is_call_sign(part)) {
            add_labelled_value(call_sign, "Vessel Call Sign", part, party, party.position, emitter);
            items.emplace_back(part);
        } else if (!part.empty()) {
            emitter.issue("unknown-remark", "a bracket behind the name is neither alias nor script; kept as a note", party.position, {}, part);
            party.notes.emplace_back(part);
        }
    }
}

/// "14A, Nemiga str., Minsk 220004, Belarus" with "Korea, North" as one country.
bool add_address(Party& party, std::string_view item, bool certain) {
    std::string_view rest = item;
    PostalAddress address;
    const auto parts = split_outside(item, ", ");
    for (std::size_t n = std::min<std::size_t>(2, parts.size()); n > 0 && address.country_text.empty(); --n) {
        const std::size_t start = static_cast<std::size_t>(parts[parts.size() - n].data() - item.data());
        if (const auto code = country_of(trim(item.substr(start)))) {
            address.country_text = trim(item.substr(start));
            address.country_code = *code;
            rest = trim(item.substr(0, start));
        }
    }
    if (address.country_text.empty() && !certain) {
        return false;
    }
    if (rest.ends_with(',')) {
        rest = trim(rest.substr(0, rest.size() - 1));
    }
    std::string_view city = rest;
    if (const std::size_t comma = rest.rfind(", "); comma != std::string_view::npos) {
        address.lines[0] = trim(rest.substr(0, comma));
        city = trim(rest.substr(comma + 2));
    }
    // "Minsk 220004" is not told apart into city and postal code.
    (city.find_first_of("0123456789") == std::string_view::npos ? address.city : address.city_line) = city;
    party.addresses.push_back(std::move(address));
    return true;
}

}  // namespace

std::optional<ActionEntry> read_action_entry(std::string_view text, const base::Position& position, Emitter& emitter) {
    ActionEntry entry;
    entry.party.position = position;
    // Links first: their names hold brackets and commas of their own. split_remarks also parts at "; ", so the text
    // without the links is put together again.
    const Remarks remarks = split_remarks(text);
    entry.links = remarks.links;
    for (const std::string& link : remarks.links) {
        for (const auto part : split_outside(link, "; Linked To: ")) {
            if (part != link) {
                entry.links.emplace_back(part);
            }
        }
    }
    std::erase_if(entry.links, [](const std::string& link) { return link.find("; Linked To: ") != std::string::npos; });
    std::string joined;
    for (const std::string& item : remarks.items) {
        join(joined, item, "; ");
    }
    std::string_view rest = joined;
    take_tags(rest, entry);
    rest = trim(rest);
    if (entry.programs.empty() || rest.empty()) {
        return std::nullopt;
    }

    const std::size_t name_end = end_of_name(rest, entry.party.kind);
    add_name(entry.party, AliasKind::name, rest.substr(0, name_end));
    entry.items.emplace_back(trim(rest.substr(0, name_end)));
    if (entry.party.names.empty()) {
        return std::nullopt;
    }
    rest = trim(rest.substr(name_end));
    while (rest.starts_with('(')) {
        const std::size_t end = behind_bracket(rest);
        if (end == std::string_view::npos) {
            emitter.issue("unbalanced-bracket", "a bracket behind the name never closes; kept as a note", position, {}, rest);
            entry.party.notes.emplace_back(rest);
            rest = {};
            break;
        }
        add_bracket(entry.party, trim(rest.substr(1, end - 2)), entry.items, emitter);
        rest = trim(rest.substr(end));
    }
    while (rest.starts_with(',') || rest.starts_with(';')) {
        rest = trim(rest.substr(1));
    }
    // A ship's type and flag stand where others have an address.
    bool labelled = entry.party.kind == PartyKind::vessel || entry.party.kind == PartyKind::aircraft;
    for (const auto item : split_outside(rest, ";")) {
        if (item.empty()) {
            continue;
        }
        entry.items.emplace_back(item);
        const std::string_view bare = item.starts_with("alt. ") ? item.substr(5) : item;
        labelled = labelled || split_label(bare).rule != nullptr;
        if (labelled || !add_address(entry.party, item, true)) {
            if (split_label(bare).rule == nullptr && add_address(entry.party, item, false)) {
                continue;
            }
            add_remark_item(item, entry.party, emitter);
        }
    }
    return entry;
}

std::string action_name_key(std::string_view name) {
    if (name.size() > 2 && name.front() == '"' && name.back() == '"') {
        name = name.substr(1, name.size() - 2);
    }
    return content_key(name);
}

std::string action_primary_name(const Party& party) {
    std::string name;
    if (!party.names.empty()) {
        for (const NamePart& part : party.names.front().parts) {
            join(name, part.text, ", ");
        }
    }
    return name;
}

}  // namespace liaison::adapter::ofac
