#pragma once
// Collects the clean text of a document, its blocks and the map back to the file. Used by the format readers.

#include "liaison/article/document.hpp"

#include <cstddef>
#include <string_view>

namespace liaison::article {

class TextBuilder {
public:
    TextBuilder(Document& document, std::size_t text_limit) : m_document(document), m_limit(text_limit) {}

    void begin_block(BlockKind kind, Region region = Region::main);
    /// Drops the block when it holds no word.
    void end_block();
    [[nodiscard]] bool in_block() const { return m_open; }

    /// Copies source bytes [start, end); runs of white space become one space.
    void copy(std::size_t start, std::size_t end);
    /// Puts `text` for source bytes [start, end).
    void replace(std::string_view text, std::size_t start, std::size_t end);
    /// A space, unless the block is empty or ends with one.
    void space(std::size_t at);
    [[nodiscard]] bool full() const { return m_full; }
    [[nodiscard]] std::size_t block_size() const { return m_document.text.size() - m_block_start; }

private:
    Document& m_document;
    std::size_t m_limit;
    std::size_t m_block_start = 0;
    bool m_open = false;
    bool m_full = false;
};

/// The readers of the three formats: fill text, blocks and what the document says of itself.
void read_markdown(Document& document, TextBuilder& builder);
void read_plain_text(Document& document, TextBuilder& builder);
void read_html(Document& document, TextBuilder& builder);

/// Decodes to UTF-8: byte order mark, `content_type`, the document's own declaration, UTF-8 where valid, else
/// windows-1252 (WHATWG's reading of latin-1). Says in `issues` what it had to repair.
[[nodiscard]] std::string decode_text(std::string_view bytes, std::string_view content_type, bool html,
                                      std::vector<base::Issue>& issues);

/// Marks the blocks inside an article that are about something else (see cohesion.cpp).
void mark_off_topic(Document& document);
/// Marks menus and other page furniture that survived in a text (see furniture.cpp).
void mark_furniture(Document& document);

}  // namespace liaison::article
