#include "record/xml_builder.hpp"

#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>

namespace liaison::record {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{64} << 10;
constexpr std::size_t block_bytes = std::size_t{256} << 10;

struct ParserDeleter {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using ParserHandle = std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserDeleter>;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string_view trim_left(std::string_view text) {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    return text;
}

std::string_view trim_right(std::string_view text) {
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::uint64_t name_hash(std::string_view name) {
    // Names are short; FNV-1a over a dozen bytes is as quick as anything. The table is bounded by XmlLimits::names.
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : name) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    return hash ^ (hash >> 29);
}

bool starts_with_folded(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() &&
           std::equal(lower.begin(), lower.end(), text.begin(), [](char expected, char c) {
               return expected == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
           });
}

}  // namespace

std::string_view TextArena::extend(std::string_view run, std::string_view bytes) {
    m_used += bytes.size();
    const auto room = static_cast<std::size_t>(m_end - m_next);
    if (!run.empty() && is_last(run) && bytes.size() <= room) {
        m_next = std::copy(bytes.begin(), bytes.end(), m_next);
        return {run.data(), run.size() + bytes.size()};
    }
    if (run.size() + bytes.size() > room) {
        // Twice what is needed: a run that grows by small pieces is moved a logarithmic number of times.
        const std::size_t size = std::max(block_bytes, 2 * (run.size() + bytes.size()));
        m_blocks.push_back({std::make_unique<char[]>(size), size});
        m_next = m_blocks.back().bytes.get();
        m_end = m_next + size;
    }
    const char* start = m_next;
    m_next = std::copy(run.begin(), run.end(), m_next);
    m_next = std::copy(bytes.begin(), bytes.end(), m_next);
    return {start, run.size() + bytes.size()};
}

void TextArena::clear() {
    if (m_blocks.size() > 1) {
        m_blocks.resize(1);
    }
    m_used = 0;
    m_next = m_blocks.empty() ? nullptr : m_blocks.front().bytes.get();
    m_end = m_blocks.empty() ? nullptr : m_next + m_blocks.front().size;
}

XmlRecordBuilder::XmlRecordBuilder(const std::string& file, XmlNames& names, std::span<const XmlName> containers,
                                   const XmlHandlers& handlers, const XmlLimits& limits)
    : m_names(names), m_handlers(handlers), m_limits(limits), m_is_container(names.size()), m_qualified(64) {
    for (const XmlName name : containers) {
        m_is_container.at(name) = true;
    }
    m_record.m_file = file;
    m_record.m_names = &names;
}

void XmlRecordBuilder::read(ByteSource& source, base::Progress* progress) {
    const ParserHandle parser(XML_ParserCreate(nullptr));
    if (!parser) {
        throw std::bad_alloc();
    }
    m_parser = parser.get();
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(
        m_parser,
        [](void* self, const XML_Char* name, const XML_Char** attributes) {
            static_cast<XmlRecordBuilder*>(self)->start(name, attributes);
        },
        [](void* self, const XML_Char*) { static_cast<XmlRecordBuilder*>(self)->end(); });
    XML_SetCharacterDataHandler(m_parser, [](void* self, const XML_Char* text, int size) {
        static_cast<XmlRecordBuilder*>(self)->characters({text, static_cast<std::size_t>(size)});
    });
    XML_SetStartDoctypeDeclHandler(
        m_parser, [](void* self, const XML_Char* name, const XML_Char*, const XML_Char*, int) {
            static_cast<XmlRecordBuilder*>(self)->doctype(name);
        });

    std::uint64_t fed = 0;
    for (bool last = false; !last;) {
        void* buffer = XML_GetBuffer(m_parser, static_cast<int>(chunk_bytes));
        if (buffer == nullptr) {
            throw std::bad_alloc();
        }
        const std::size_t count = source.read({static_cast<char*>(buffer), chunk_bytes});
        last = count == 0;
        if (fed == 0) {
            check_head({static_cast<const char*>(buffer), count});
        }
        fed += count;
        const auto status = XML_ParseBuffer(m_parser, static_cast<int>(count), last ? XML_TRUE : XML_FALSE);
        if (m_error) {
            std::rethrow_exception(m_error);
        }
        if (status != XML_STATUS_OK) {
            fail_parse();
        }
        check_token(fed);
        if (progress != nullptr) {
            progress->advance(fed);
            if (progress->interrupted()) {
                throw base::Interrupted("interrupted while reading " + m_record.m_file);
            }
        }
    }
}

template <typename Step>
void XmlRecordBuilder::guarded(Step&& step) {
    if (m_error) {
        return;  // Expat may still call after XML_StopParser
    }
    try {
        step();
    } catch (...) {
        m_error = std::current_exception();
        XML_StopParser(m_parser, XML_FALSE);
    }
}

void XmlRecordBuilder::start(const char* name, const char** attributes) {
    guarded([&] {
        if (m_in_record) {
            open_node(name, attributes);
            return;
        }
        const XmlName atom = element_name(name);
        m_record.m_parent = m_open_containers.empty() ? XmlRecord::no_name : m_open_containers.back();
        if (atom >= m_is_container.size() || !m_is_container[atom]) {
            m_in_record = true;
            open_node(name, attributes);
            return;
        }
        if (m_open_containers.size() >= m_limits.depth) {
            fail_limit("elements nested deeper than", m_limits.depth);
        }
        m_open_containers.push_back(atom);
        if (m_handlers.container) {
            open_node(name, attributes);
            m_frames.clear();
            m_record.m_nodes.front().end = 1;
            m_handlers.container(m_record);
            m_record.m_nodes.clear();
            m_record.m_attributes.clear();
            m_arena.clear();
        }
    });
}

void XmlRecordBuilder::end() {
    guarded([&] {
        if (!m_in_record) {
            m_open_containers.pop_back();
            return;
        }
        const Frame frame = m_frames.back();
        m_frames.pop_back();
        XmlRecord::Node& node = m_record.m_nodes[frame.node];
        node.end = static_cast<std::uint32_t>(m_record.m_nodes.size());
        if (frame.last_piece >= 0) {
            node.text = gather(frame);
        }
        if (m_frames.empty()) {
            deliver();
        }
    });
}

void XmlRecordBuilder::characters(std::string_view text) {
    if (m_in_record && !m_frames.empty()) {
        // The most frequent case by far, the white space between two elements, leaves before anything else is done.
        Frame& frame = m_frames.back();
        const bool continues = frame.last_piece >= 0 && !frame.parted && m_arena.is_last(m_pieces[frame.last_piece].text);
        if (!continues) {
            text = trim_left(text);
            if (text.empty()) {
                return;
            }
        }
        guarded([&] {
            if (continues) {
                Piece& piece = m_pieces[frame.last_piece];
                piece.text = m_arena.extend(piece.text, text);
            } else {
                m_pieces.push_back({m_arena.extend({}, text), frame.last_piece});
                frame.last_piece = static_cast<std::int32_t>(m_pieces.size() - 1);
                frame.parted = false;
            }
            if (m_arena.used() > m_limits.record_bytes) {
                fail_limit("a record of more bytes than", m_limits.record_bytes);
            }
        });
        return;
    }
    text = trim_right(trim_left(text));
    if (!text.empty() && m_handlers.stray_text) {
        guarded([&] { m_handlers.stray_text(text, here()); });
    }
}

void XmlRecordBuilder::doctype(std::string_view name) {
    guarded([&] {
        if (starts_with_folded(name, "html")) {
            throw base::InputError(fmt::format("{} is an HTML page, not XML", m_record.m_file),
                                   "the server may have answered with an error page; fetch the list again");
        }
        throw base::InputError(
            fmt::format("{}:{}: a DOCTYPE declaration is refused", m_record.m_file, XML_GetCurrentLineNumber(m_parser)),
            "no published list has one; entity declarations in it could exhaust memory");
    });
}

void XmlRecordBuilder::open_node(const char* name, const char** attributes) {
    if (m_open_containers.size() + m_frames.size() >= m_limits.depth) {
        fail_limit("elements nested deeper than", m_limits.depth);
    }
    if (m_record.m_nodes.size() >= m_limits.record_nodes) {
        fail_limit("a record of more elements than", m_limits.record_nodes);
    }
    const auto index = static_cast<std::uint32_t>(m_record.m_nodes.size());
    XmlRecord::Node& node = m_record.m_nodes.emplace_back();
    node.name = element_name(name);
    node.byte = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(m_parser));
    node.line = XML_GetCurrentLineNumber(m_parser);
    node.first_attribute = static_cast<std::uint32_t>(m_record.m_attributes.size());
    if (*attributes != nullptr) {
        add_attributes(attributes);
        node.attribute_count = static_cast<std::uint32_t>(m_record.m_attributes.size()) - node.first_attribute;
    }
    if (!m_frames.empty()) {
        m_frames.back().parted = true;
    }
    m_frames.push_back({index, -1, false});
}

void XmlRecordBuilder::add_attributes(const char** attributes) {
    std::uint32_t count = 0;
    for (; *attributes != nullptr; attributes += 2) {
        if (++count > m_limits.attributes) {
            fail_limit("an element of more attributes than", m_limits.attributes);
        }
        const CachedName& name = attribute_name(attributes[0]);
        if (!name.dropped) {
            m_record.m_attributes.push_back({name.name, m_arena.extend({}, attributes[1])});
        }
    }
    if (m_arena.used() > m_limits.record_bytes) {
        fail_limit("a record of more bytes than", m_limits.record_bytes);
    }
}

std::string_view XmlRecordBuilder::gather(const Frame& frame) {
    const Piece& last = m_pieces[frame.last_piece];
    if (last.previous < 0) {
        return trim_right(last.text);
    }
    std::vector<std::string_view> parts;
    for (std::int32_t at = frame.last_piece; at >= 0; at = m_pieces[at].previous) {
        parts.push_back(trim_right(m_pieces[at].text));
    }
    std::string joined;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        joined += joined.empty() ? "" : " ";
        joined += *part;
    }
    return m_arena.extend({}, joined);
}

void XmlRecordBuilder::deliver() {
    m_in_record = false;
    if (m_handlers.record) {
        m_handlers.record(m_record);
    }
    m_record.m_nodes.clear();
    m_record.m_attributes.clear();
    m_pieces.clear();
    m_arena.clear();
}

XmlName XmlRecordBuilder::element_name(const char* name) {
    const std::string_view qualified(name);
    std::size_t slot = name_hash(qualified) & (m_qualified.size() - 1);
    while (!m_qualified[slot].first.empty()) {
        if (m_qualified[slot].first == qualified) {
            return m_qualified[slot].second;
        }
        slot = (slot + 1) & (m_qualified.size() - 1);
    }
    const std::size_t colon = qualified.rfind(':');
    const XmlName atom =
        intern_checked(colon == std::string_view::npos ? qualified : qualified.substr(colon + 1));
    m_qualified_storage.emplace(qualified, atom);
    if (2 * m_qualified_storage.size() > m_qualified.size()) {
        m_qualified.assign(2 * m_qualified.size(), {});
    } else {
        m_qualified[slot] = {m_qualified_storage.find(std::string(qualified))->first, atom};
        return atom;
    }
    for (const auto& [text, value] : m_qualified_storage) {
        std::size_t at = name_hash(text) & (m_qualified.size() - 1);
        while (!m_qualified[at].first.empty()) {
            at = (at + 1) & (m_qualified.size() - 1);
        }
        m_qualified[at] = {text, value};
    }
    return atom;
}

const XmlRecordBuilder::CachedName& XmlRecordBuilder::attribute_name(const char* name) {
    CachedName& cached = m_attribute_cache[(reinterpret_cast<std::uintptr_t>(name) >> 3) % m_attribute_cache.size()];
    if (cached.pointer != name) {
        const std::string_view qualified(name);
        const std::size_t colon = qualified.rfind(':');
        cached.dropped = qualified == "xmlns" || qualified.starts_with("xmlns:");
        cached.name = intern_checked(colon == std::string_view::npos ? qualified : qualified.substr(colon + 1));
        cached.pointer = name;
    }
    return cached;
}

XmlName XmlRecordBuilder::intern_checked(std::string_view name) {
    if (m_names.size() >= m_limits.names) {
        fail_limit("different element and attribute names, more than", m_limits.names);
    }
    return m_names.intern(name);
}

base::Position XmlRecordBuilder::here() const {
    return {m_record.m_file, XML_GetCurrentLineNumber(m_parser),
            static_cast<std::uint64_t>(XML_GetCurrentByteIndex(m_parser))};
}

void XmlRecordBuilder::check_head(std::string_view head) const {
    const std::string& file = m_record.m_file;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::string_view text = head;
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    text = trim_left(text);
    if (text.empty() && head.size() < chunk_bytes) {
        throw base::InputError(fmt::format("{} is empty", file), "fetch the list again");
    }
    if (starts_with_folded(text, "<!doctype html") || starts_with_folded(text, "<html")) {
        throw base::InputError(fmt::format("{} is an HTML page, not XML", file),
                               "the server may have answered with an error page; fetch the list again");
    }
    if (text.starts_with("\x1F\x8B") || text.starts_with("PK\x03\x04") || text.starts_with("\xFD" "7zXZ") ||
        text.starts_with("\x28\xB5\x2F\xFD")) {
        throw base::InputError(fmt::format("{} is compressed, not XML", file), "unpack it first");
    }
    if (text.front() != '<' && !text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF") && text.front() != '\0') {
        throw base::InputError(fmt::format("{}:1: not XML: it does not begin with '<'", file),
                               "check that this is the right file for the feed");
    }
}

void XmlRecordBuilder::check_token(std::uint64_t fed) const {
    // Expat keeps an unfinished tag in memory and reads it again with every chunk: without a bound, a tag of 100 MB
    // would cost quadratic time.
    const auto begun = XML_GetCurrentByteIndex(m_parser);
    if (begun >= 0 && fed - static_cast<std::uint64_t>(begun) > m_limits.tag_bytes + chunk_bytes) {
        fail_limit("a single tag, attribute or comment of more bytes than", m_limits.tag_bytes);
    }
}

void XmlRecordBuilder::fail_parse() {
    const XML_Error code = XML_GetErrorCode(m_parser);
    const auto line = XML_GetCurrentLineNumber(m_parser);
    const std::string& file = m_record.m_file;
    const bool at_end = code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
                        code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION;
    if (at_end) {
        std::string inside;
        if (!m_frames.empty()) {
            inside = m_names.text(m_record.m_nodes[m_frames.back().node].name);
        } else if (!m_open_containers.empty()) {
            inside = m_names.text(m_open_containers.back());
        }
        throw base::InputError(
            fmt::format("{}:{}: the file is truncated: it ends {}", file, line,
                        inside.empty() ? std::string("before its first element is complete") : "inside <" + inside + ">"),
            "the download was cut; fetch the list again");
    }
    throw base::InputError(fmt::format("{}:{}: not well-formed XML: {} (column {})", file, line, XML_ErrorString(code),
                                       XML_GetCurrentColumnNumber(m_parser) + 1),
                           "the file is damaged; fetch the list again");
}

void XmlRecordBuilder::fail_limit(std::string_view what, std::uint64_t limit) const {
    throw base::InputError(
        fmt::format("{}:{}: {} {}", m_record.m_file, XML_GetCurrentLineNumber(m_parser), what, limit),
        "no published list is like that; check that this is the right file for the feed");
}

}  // namespace liaison::record
