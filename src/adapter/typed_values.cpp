#include "adapter/typed_values.hpp"

#include "adapter/list_text.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/country.hpp"

#include <fmt/format.h>

#include <utility>

namespace liaison::adapter {
namespace {

/// "25,5 %" -> "25.5"; other texts as they are.
std::string percentage(std::string_view text) {
    std::string number(text);
    while (!number.empty() && (number.back() == '%' || number.back() == ' ')) {
        number.pop_back();
    }
    const std::size_t comma = number.find(',');
    const bool decimal = comma != std::string::npos && number.find_first_not_of("0123456789,") == std::string::npos && number.rfind(',') == comma;
    if (decimal) {
        number[comma] = '.';
    }
    return number.find_first_not_of("0123456789.") == std::string::npos && !number.empty() ? number : std::string(text);
}

}  // namespace

void TypedValues::keep_as_note(model::Entity& entity, std::string_view label, std::string_view text, std::string_view reason,
                               std::string message) {
    for (const std::string_view place : {"notes", "summary", "description"}) {
        const auto property = model::property(place);
        if (entity.schema->has(property)) {
            entity.add(property, fmt::format("{}: {}", label, text));
            break;
        }
    }
    m_sink.issue({std::string(reason), std::move(message), entity.position, entity.id, std::string(base::truncate_utf8(text, 200))});
}

void TypedValues::add(model::Entity& entity, model::Property property, std::string_view text) {
    const std::string& label = model::to_string(property);
    if (text.empty()) {
        return;
    }
    switch (entity.schema->type_of(property)) {
        case model::PropertyType::date: {
            const auto date = model::parse_date(text, m_order);
            if (!date) {
                keep_as_note(entity, label, text, "unreadable-date", fmt::format("{} \"{}\" is no date that can be read", label, base::truncate_utf8(text, 80)));
                return;
            }
            entity.add(property, model::to_string(*date), {}, text);
            return;
        }
        case model::PropertyType::country: {
            const CountryText found = countries_in(text);
            for (const std::string& code : found.codes) {
                entity.add(property, code, {}, text);
            }
            if (found.codes.empty() && !found.said_nothing) {
                keep_as_note(entity, label, text, "unknown-country", fmt::format("{} \"{}\" names no country that is known", label, base::truncate_utf8(text, 80)));
            }
            return;
        }
        case model::PropertyType::gender: {
            const std::string lower = ascii_lower(text);
            const bool male = lower == "male" || lower == "m";
            const bool female = lower == "female" || lower == "f";
            if (male || female || lower == "other") {
                entity.add(property, male ? "male" : female ? "female" : "other", {}, text);
            } else if (lower != "unknown") {
                keep_as_note(entity, label, text, "unknown-gender", fmt::format("gender \"{}\" is not known", base::truncate_utf8(text, 80)));
            }
            return;
        }
        case model::PropertyType::name:
            entity.add(property, text, text_language(text));
            return;
        case model::PropertyType::number:
        case model::PropertyType::string:
            entity.add(property, label == "percentage" ? percentage(text) : std::string(text), {}, text);
            return;
        case model::PropertyType::address:
        case model::PropertyType::checksum:
        case model::PropertyType::email:
        case model::PropertyType::entity:
        case model::PropertyType::html:
        case model::PropertyType::iban:
        case model::PropertyType::identifier:
        case model::PropertyType::ip:
        case model::PropertyType::json:
        case model::PropertyType::language:
        case model::PropertyType::mimetype:
        case model::PropertyType::phone:
        case model::PropertyType::text:
        case model::PropertyType::topic:
        case model::PropertyType::url: entity.add(property, text); return;
    }
}

void TypedValues::add(model::Entity& entity, std::string_view property, std::string_view text) {
    if (text.empty()) {
        return;
    }
    const auto found = model::find_property(property);
    if (!found || !entity.schema->has(*found)) {
        keep_as_note(entity, property, text, "unknown-property",
                     fmt::format("{} has no property \"{}\"; its value is kept as a note", entity.schema->name, base::truncate_utf8(property, 80)));
        return;
    }
    add(entity, *found, text);
}

}  // namespace liaison::adapter
