#include "adapter/ofac_party.hpp"

#include "adapter/content_ids.hpp"

#include <algorithm>

namespace liaison::adapter::ofac {
namespace {

/// Where a part stands in the joined name.
int part_rank(PartKind kind) {
    switch (kind) {
        case PartKind::nickname: return 0;
        case PartKind::first: return 1;
        case PartKind::middle: return 2;
        case PartKind::patronymic: return 3;
        case PartKind::last: return 4;
        case PartKind::matronymic: return 5;
        case PartKind::maiden: return 6;
        case PartKind::whole: return 7;
    }
    return 7;
}

bool family_name_first(std::string_view lang) { return lang == "zho" || lang == "jpn" || lang == "kor"; }

void append(std::string& text, std::string_view part, std::string_view separator) {
    if (!part.empty()) {
        text += text.empty() ? std::string_view() : separator;
        text += part;
    }
}

}  // namespace

std::string entity_id(std::string_view uid) { return "ofac-" + std::string(uid); }

std::string full_name(const Name& name) {
    std::vector<const NamePart*> parts;
    for (const NamePart& part : name.parts) {
        parts.push_back(&part);
    }
    const bool family_first = family_name_first(name.lang);
    const auto rank = [&](const NamePart* part) {
        return family_first && part->kind == PartKind::last ? -1 : part_rank(part->kind);
    };
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const NamePart* one, const NamePart* other) { return rank(one) < rank(other); });
    std::string text;
    for (const NamePart* part : parts) {
        append(text, part->text, family_first ? "" : " ");
    }
    return text;
}

std::string published_name_key(const Name& name) {
    std::string last;
    std::string given;
    for (const NamePart& part : name.parts) {
        const bool family = part.kind == PartKind::last || part.kind == PartKind::whole ||
                            part.kind == PartKind::matronymic || part.kind == PartKind::maiden;
        append(family ? last : given, part.text, " ");
    }
    append(last, given, ", ");
    return published_name_key(last);
}

std::string published_name_key(std::string_view text) { return content_key(text); }

std::string full_address(const PostalAddress& address) {
    std::string full;
    for (const std::string& line : address.lines) {
        append(full, line, ", ");
    }
    append(full, address.city_line, ", ");
    std::string city = address.city;
    append(city, address.state, ", ");
    append(city, address.postal_code, " ");
    append(full, city, ", ");
    append(full, address.region, ", ");
    append(full, address.country_text, ", ");
    return full;
}

bool set_country(PostalAddress& address, std::string_view text) {
    constexpr std::string_view region = "Region: ";
    const auto code = country_of(text);
    address.country_code = code.value_or(std::string());
    if (text.starts_with(region)) {
        // ADVANCED has these as a REGION part, the other formats as a country of that name.
        if (address.region.empty()) {
            address.region = text.substr(region.size());
        }
        address.country_text.clear();
        return true;
    }
    address.country_text = code && code->empty() ? std::string_view() : text;
    return code.has_value() || text.empty();
}

}  // namespace liaison::adapter::ofac
