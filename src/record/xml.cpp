#include "liaison/record/xml.hpp"

#include "record/xml_builder.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace liaison::record {

struct XmlNames::Table {
    std::deque<std::string> texts;  // a deque, so that the keys below stay where they are
    std::unordered_map<std::string_view, XmlName> index;
    std::size_t known = 0;
};

XmlNames::XmlNames(std::span<const std::string_view> known) : m_table(std::make_unique<Table>()) {
    for (const std::string_view name : known) {
        if (intern(name) != m_table->texts.size() - 1) {
            throw base::InternalError("an XML name is given twice: " + std::string(name));
        }
    }
    m_table->known = m_table->texts.size();
}

XmlNames::XmlNames(std::initializer_list<std::string_view> known)
    : XmlNames(std::span<const std::string_view>(known.begin(), known.size())) {}
XmlNames::~XmlNames() = default;
XmlNames::XmlNames(XmlNames&&) noexcept = default;
XmlNames& XmlNames::operator=(XmlNames&&) noexcept = default;

std::string_view XmlNames::text(XmlName name) const {
    return name < m_table->texts.size() ? std::string_view(m_table->texts[name]) : std::string_view();
}

bool XmlNames::is_known(XmlName name) const { return name < m_table->known; }

XmlName XmlNames::intern(std::string_view text) {
    if (const auto found = m_table->index.find(text); found != m_table->index.end()) {
        return found->second;
    }
    const auto name = static_cast<XmlName>(m_table->texts.size());
    m_table->index.emplace(m_table->texts.emplace_back(text), name);
    return name;
}

std::size_t XmlNames::size() const { return m_table->texts.size(); }

XmlName XmlElement::name() const { return m_record == nullptr ? XmlRecord::no_name : m_record->m_nodes[m_index].name; }

std::string_view XmlElement::name_text() const {
    return m_record == nullptr ? std::string_view() : m_record->m_names->text(name());
}

std::string_view XmlElement::text() const {
    return m_record == nullptr ? std::string_view() : m_record->m_nodes[m_index].text;
}

std::span<const XmlAttribute> XmlElement::attributes() const {
    if (m_record == nullptr) {
        return {};
    }
    const auto& node = m_record->m_nodes[m_index];
    return std::span(m_record->m_attributes).subspan(node.first_attribute, node.attribute_count);
}

std::string_view XmlElement::attribute(XmlName name) const {
    for (const XmlAttribute& attribute : attributes()) {
        if (attribute.name == name) {
            return attribute.value;
        }
    }
    return {};
}

bool XmlElement::has_attribute(XmlName name) const {
    const auto all = attributes();
    return std::any_of(all.begin(), all.end(), [&](const XmlAttribute& attribute) { return attribute.name == name; });
}

XmlElement XmlElement::child(XmlName name) const {
    for (const XmlElement child : children()) {
        if (child.name() == name) {
            return child;
        }
    }
    return {};
}

base::Position XmlElement::position() const {
    if (m_record == nullptr) {
        return {};
    }
    const auto& node = m_record->m_nodes[m_index];
    return {m_record->m_file, node.line, node.byte};
}

XmlElement::Children XmlElement::children() const {
    if (m_record == nullptr) {
        return {Iterator(nullptr, 0), Iterator(nullptr, 0)};
    }
    return {Iterator(m_record, m_index + 1), Iterator(m_record, m_record->m_nodes[m_index].end)};
}

XmlElement::Iterator& XmlElement::Iterator::operator++() {
    m_index = m_record->m_nodes[m_index].end;
    return *this;
}

void read_xml(const SourceFile& file, XmlNames& names, std::span<const XmlName> containers, const XmlHandlers& handlers,
              base::Progress* progress, const XmlLimits& limits) {
    XmlRecordBuilder(file.name, names, containers, handlers, limits).read(*file.open(), progress);
}

XmlHead xml_head(std::string_view bytes) {
    // A look at the first tags only; whether the file is well-formed is for read_xml to say. Comments and processing
    // instructions are stepped over, anything odd ends the look.
    XmlHead head;
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    std::size_t at = 0;
    while ((at = bytes.find('<', at)) != std::string_view::npos && head.children.size() < 16) {
        const std::string_view rest = bytes.substr(at);
        if (rest.starts_with("<!--")) {
            at = bytes.find("-->", at + 4);
            continue;
        }
        if (rest.starts_with("<?") || rest.starts_with("<!") || rest.starts_with("</")) {
            at = bytes.find('>', at);
            continue;
        }
        const std::size_t close = rest.find('>');
        const std::string_view tag = rest.substr(1, close == std::string_view::npos ? close : close - 1);
        std::string_view name = tag.substr(
            0, static_cast<std::size_t>(std::find_if(tag.begin(), tag.end(), [&](char c) { return is_space(c) || c == '/'; }) -
                                        tag.begin()));
        std::string prefix;
        if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
            prefix = ":" + std::string(name.substr(0, colon));
            name.remove_prefix(colon + 1);
        }
        if (head.root.empty()) {
            head.root = name;
            const std::string declaration = "xmlns" + prefix + "=";
            if (const std::size_t found = tag.find(declaration); found != std::string_view::npos) {
                const std::string_view value = tag.substr(found + declaration.size());
                if (value.size() > 1) {
                    head.name_space = value.substr(1, value.find(value[0], 1) - 1);
                }
            }
        } else {
            head.children.emplace_back(name);
        }
        at += 1;
    }
    return head;
}

}  // namespace liaison::record
