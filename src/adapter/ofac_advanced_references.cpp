#include "adapter/ofac_advanced_references.hpp"

#include "liaison/base/hash.hpp"

#include <fmt/format.h>

namespace liaison::adapter::ofac::advanced {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

}  // namespace

std::uint64_t References::key(Tag set, std::string_view id) {
    return base::hash64(id, static_cast<std::uint64_t>(set));
}

void References::read(const record::XmlRecord& record) {
    for (const record::XmlElement set : record.root().children()) {
        for (const record::XmlElement value : set.children()) {
            const std::string_view id = value.attribute(name_of(Tag::id));
            Reference reference;
            reference.text = value.text();
            const auto tag = static_cast<Tag>(value.name());
            if (tag == Tag::party_sub_type) {
                reference.link = value.attribute(name_of(Tag::party_type_id));
            } else if (tag == Tag::country || tag == Tag::area_code) {
                const std::string_view iso = tag == Tag::country ? value.attribute(name_of(Tag::iso2)) : value.text();
                if (tag == Tag::area_code) {
                    reference.link = value.attribute(name_of(Tag::country_id));
                    reference.text = value.attribute(name_of(Tag::description));
                }
                const auto code = iso.size() == 2 ? std::optional(lower(iso)) : country_of(reference.text);
                if (code) {
                    reference.country_code = *code;
                } else {
                    m_emitter.issue("unknown-country", fmt::format("\"{}\" is no country that is known", reference.text),
                                    value.position(), {}, reference.text);
                }
            } else if (tag == Tag::feature_type || tag == Tag::id_reg_doc_type) {
                reference.rule = find_label(reference.text);
            } else if (tag == Tag::alias_type) {
                reference.alias = find_alias_kind(reference.text);
            } else if (tag == Tag::name_part_type) {
                reference.part = find_part_kind(reference.text);
            } else if (tag == Tag::script) {
                reference.script = script_language(reference.text);
            }
            if (!m_values.emplace(key(tag, id), std::move(reference)).second) {
                m_emitter.issue("duplicate-id", fmt::format("{} {} is given twice; the first one is kept", value.name_text(), id),
                                value.position(), {}, value.text());
            }
        }
    }
}

const Reference* References::find(Tag set, std::string_view id, const record::XmlElement& where,
                                  std::string_view uid) const {
    if (id.empty()) {
        return nullptr;
    }
    const auto found = m_values.find(key(set, id));
    if (found != m_values.end()) {
        return &found->second;
    }
    m_emitter.issue("unknown-reference-value",
                    fmt::format("{} {} is not among the file's reference values", tag_names[static_cast<std::size_t>(set)], id),
                    where.position(), uid, id);
    return nullptr;
}

std::string_view References::text(Tag set, std::string_view id, const record::XmlElement& where,
                                  std::string_view uid) const {
    const Reference* reference = find(set, id, where, uid);
    return reference == nullptr ? std::string_view() : std::string_view(reference->text);
}

}  // namespace liaison::adapter::ofac::advanced
