#pragma once
// Streaming XML: one complete record element at a time, as a flat tree in reused memory. Built on Expat; names are
// matched by their local part, whatever the namespace. Nothing recurses on the input, and every size is bounded.

#include "liaison/base/issue.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/record/byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::record {

/// A local element or attribute name, interned. Comparing two is comparing two numbers.
using XmlName = std::uint32_t;

/// The names of one format. The caller gives those it knows, in the order of its own enumeration, so that an atom of a
/// known name can be cast to that enumeration; other names met in the file are numbered after them.
class XmlNames {
public:
    explicit XmlNames(std::span<const std::string_view> known);
    XmlNames(std::initializer_list<std::string_view> known);
    ~XmlNames();
    XmlNames(XmlNames&&) noexcept;
    XmlNames& operator=(XmlNames&&) noexcept;

    [[nodiscard]] std::string_view text(XmlName name) const;
    [[nodiscard]] bool is_known(XmlName name) const;
    /// Finds or adds a name.
    [[nodiscard]] XmlName intern(std::string_view text);
    [[nodiscard]] std::size_t size() const;

private:
    struct Table;
    std::unique_ptr<Table> m_table;
};

struct XmlLimits {
    std::uint32_t depth = 64;                              ///< elements inside each other
    std::uint32_t attributes = 256;                        ///< of one element
    std::size_t tag_bytes = std::size_t{4} << 20;          ///< of one tag with its attributes, or other single token
    std::size_t record_bytes = std::size_t{64} << 20;      ///< text and attributes of one record
    std::uint32_t record_nodes = 100'000;                  ///< elements of one record
    std::uint32_t names = 65'536;                          ///< different names in one file
};

struct XmlAttribute {
    XmlName name = 0;
    std::string_view value;
};

class XmlRecord;

/// An element of the record being delivered; valid until the handler returns. May be null (child() found nothing):
/// then it converts to false, has no text, no attributes and no children.
class XmlElement {
public:
    XmlElement() = default;
    explicit operator bool() const { return m_record != nullptr; }
    /// Atom; of a null element, a value that no name has.
    [[nodiscard]] XmlName name() const;
    [[nodiscard]] std::string_view name_text() const;
    /// Own text, white space trimmed at both ends; pieces parted by child elements are joined by a space.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] std::span<const XmlAttribute> attributes() const;
    /// "" when absent.
    [[nodiscard]] std::string_view attribute(XmlName name) const;
    [[nodiscard]] bool has_attribute(XmlName name) const;
    /// First child of that name, or null.
    [[nodiscard]] XmlElement child(XmlName name) const;
    /// Text of the first child of that name, or "".
    [[nodiscard]] std::string_view child_text(XmlName name) const { return child(name).text(); }
    [[nodiscard]] base::Position position() const;

    class Iterator;
    class Children;
    [[nodiscard]] Children children() const;

private:
    friend class XmlRecord;
    XmlElement(const XmlRecord& record, std::uint32_t index) : m_record(&record), m_index(index) {}
    const XmlRecord* m_record = nullptr;
    std::uint32_t m_index = 0;
};

class XmlElement::Iterator {
public:
    Iterator(const XmlRecord* record, std::uint32_t index) : m_record(record), m_index(index) {}
    XmlElement operator*() const { return {*m_record, m_index}; }
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return m_index == other.m_index; }

private:
    const XmlRecord* m_record;
    std::uint32_t m_index;
};

class XmlElement::Children {
public:
    Children(Iterator first, Iterator last) : m_first(first), m_last(last) {}
    [[nodiscard]] Iterator begin() const { return m_first; }
    [[nodiscard]] Iterator end() const { return m_last; }
    [[nodiscard]] bool empty() const { return m_first == m_last; }

private:
    Iterator m_first;
    Iterator m_last;
};

/// One record element with all below it.
class XmlRecord {
public:
    [[nodiscard]] XmlElement root() const { return {*this, 0}; }
    /// Name of the element around it, or a value that no name has for the document element.
    [[nodiscard]] XmlName parent() const { return m_parent; }
    [[nodiscard]] const std::string& file() const { return m_file; }
    /// All its elements in file order, the root first: for looks at every element without a walk of the tree.
    [[nodiscard]] std::size_t size() const { return m_nodes.size(); }
    [[nodiscard]] XmlElement element(std::size_t index) const { return {*this, static_cast<std::uint32_t>(index)}; }

    static constexpr XmlName no_name = std::numeric_limits<XmlName>::max();

private:
    friend class XmlElement;
    friend class XmlElement::Iterator;
    friend class XmlRecordBuilder;

    struct Node {
        XmlName name = 0;
        std::uint32_t end = 0;  ///< index after the last descendant
        std::uint32_t first_attribute = 0;
        std::uint32_t attribute_count = 0;
        std::string_view text;
        std::uint64_t byte = 0;
        std::uint64_t line = 0;
    };

    std::string m_file;
    XmlName m_parent = no_name;
    std::vector<Node> m_nodes;
    std::vector<XmlAttribute> m_attributes;
    const XmlNames* m_names = nullptr;
};

struct XmlHandlers {
    /// Called for each record element, in file order.
    std::function<void(const XmlRecord&)> record;
    /// Called when a container opens; the record holds its name and attributes only. May be empty.
    std::function<void(const XmlRecord&)> container;
    /// Called for text that stands directly inside a container, where no record is. May be empty.
    std::function<void(std::string_view text, const base::Position& position)> stray_text;
};

/// Reads one document. `containers` are the elements that hold records (the document element first of all); every
/// element directly inside one that is no container itself is a record, whatever its name, so that nothing is skipped
/// unseen. A document element that is no container is one single record.
/// `names` grows by the unknown names met. Exceptions thrown by handlers come out unchanged.
/// Throws InputError, with file, line and a hint, when the file is empty, is HTML or compressed, is truncated, is not
/// well-formed (NUL, control characters and invalid UTF-8 included), has a DOCTYPE, or passes a limit; Interrupted when
/// `progress` says so.
void read_xml(const SourceFile& file, XmlNames& names, std::span<const XmlName> containers, const XmlHandlers& handlers,
              base::Progress* progress = nullptr, const XmlLimits& limits = {});

/// What peek() bytes say: the local name of the document element and the namespace it stands in, for recognising
/// formats. Empty when the bytes are no XML.
struct XmlHead {
    std::string root;
    std::string name_space;
    std::vector<std::string> children;  ///< names of the first start tags after the root's, in order, at most 16
};
[[nodiscard]] XmlHead xml_head(std::string_view bytes);

}  // namespace liaison::record
