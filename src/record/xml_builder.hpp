#pragma once
// Expat's events to XmlRecord: the hot path of every XML list. Private to record.
//
// Problem: a list of 120 MB has some 1.5 million elements; building a tree of heap nodes costs several times what
// Expat itself costs. Choice: one record at a time in vectors and one text arena that are emptied, not freed, between
// records; names become numbers through a table keyed by the qualified name, attribute names through a cache keyed by
// Expat's own pooled pointer. Cost: a copy of the text and about 30 ns an element. Limits are checked as bytes arrive,
// so that memory never follows the input.

#include "liaison/record/xml.hpp"

#include <expat.h>

#include <array>
#include <exception>
#include <memory>
#include <unordered_map>

namespace liaison::record {

/// Bytes that stay where they are until clear(); the last run can grow.
class TextArena {
public:
    /// Copies `bytes` behind `run`, moving the run when it cannot grow in place, and returns the longer run.
    [[nodiscard]] std::string_view extend(std::string_view run, std::string_view bytes);
    [[nodiscard]] bool is_last(std::string_view run) const { return run.data() + run.size() == m_next; }
    [[nodiscard]] std::size_t used() const { return m_used; }
    void clear();

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    std::vector<Block> m_blocks;
    char* m_next = nullptr;
    char* m_end = nullptr;
    std::size_t m_used = 0;
};

class XmlRecordBuilder {
public:
    XmlRecordBuilder(const std::string& file, XmlNames& names, std::span<const XmlName> containers,
                     const XmlHandlers& handlers, const XmlLimits& limits);
    void read(ByteSource& source, base::Progress* progress);

private:
    /// An element that is open inside the record.
    struct Frame {
        std::uint32_t node = 0;
        std::int32_t last_piece = -1;  ///< of its text, in m_pieces
        bool parted = false;           ///< a child has come since the last piece
    };
    struct Piece {
        std::string_view text;
        std::int32_t previous = -1;  ///< piece of the same element before it
    };
    struct CachedName {
        const char* pointer = nullptr;
        XmlName name = 0;
        bool dropped = false;  ///< a namespace declaration
    };

    void start(const char* name, const char** attributes);
    void end();
    void characters(std::string_view text);
    void doctype(std::string_view name);

    void open_node(const char* name, const char** attributes);
    void add_attributes(const char** attributes);
    [[nodiscard]] std::string_view gather(const Frame& frame);
    void deliver();
    [[nodiscard]] XmlName element_name(const char* name);
    [[nodiscard]] const CachedName& attribute_name(const char* name);
    [[nodiscard]] XmlName intern_checked(std::string_view name);
    [[nodiscard]] base::Position here() const;

    void check_head(std::string_view head) const;
    void check_token(std::uint64_t fed) const;
    [[noreturn]] void fail_parse();
    [[noreturn]] void fail_limit(std::string_view what, std::uint64_t limit) const;

    /// Runs a step of a callback; C code must not see exceptions, so they wait until XML_Parse has returned.
    template <typename Step>
    void guarded(Step&& step);

    XmlNames& m_names;
    const XmlHandlers& m_handlers;
    XmlLimits m_limits;
    std::vector<bool> m_is_container;     ///< by name
    std::vector<XmlName> m_open_containers;
    std::unordered_map<std::string, XmlName> m_qualified_storage;   ///< owns the keys of m_qualified
    std::vector<std::pair<std::string_view, XmlName>> m_qualified;  ///< open-addressed by hash of the qualified name
    std::array<CachedName, 256> m_attribute_cache{};
    XmlRecord m_record;
    std::vector<Frame> m_frames;
    std::vector<Piece> m_pieces;
    TextArena m_arena;
    bool m_in_record = false;
    std::exception_ptr m_error;
    XML_Parser m_parser = nullptr;
};

}  // namespace liaison::record
