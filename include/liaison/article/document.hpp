#pragma once
// A news document as text with its place in the file: HTML, Markdown with front matter, or plain text in, clean UTF-8
// out. Every byte of the clean text knows the code point of the file it came from, so that evidence can be quoted with
// the file's own offsets. Menus, related stories and the like are left out; blocks about something else are marked.

#include "liaison/base/issue.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::article {

enum class Format : std::uint8_t { html, markdown, text };
enum class Language : std::uint8_t { unknown, english, french };
enum class BlockKind : std::uint8_t { heading, paragraph, list_item };

/// Why a block takes part in claims or not.
enum class Region : std::uint8_t {
    main,
    furniture,  ///< menus, cookie texts, captions: neither mentions nor claims
    off_topic   ///< an unrelated piece inside the article: kept as text, no claim and no context crosses it
};

/// A stretch of Document::text in bytes, end exclusive.
struct Block {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    BlockKind kind = BlockKind::paragraph;
    Region region = Region::main;
    Language language = Language::unknown;
};

/// Where the clean text came from: pieces copied from the file unchanged, and replacements (a character reference).
class OffsetMap {
public:
    /// `clean` bytes at the end of the clean text stand for `source` bytes of the file from `source_start` on;
    /// `code_point` is the code point offset of source_start. Copied pieces have equal lengths.
    void append(std::uint32_t clean_start, std::uint32_t source_start, std::uint32_t clean, std::uint32_t source);
    /// Byte of the file for a byte of the clean text. `is_end` asks for the end of a span rather than its start.
    [[nodiscard]] std::uint32_t source_byte(std::uint32_t clean, bool is_end) const;

private:
    struct Piece {
        std::uint32_t clean;
        std::uint32_t source;
        std::uint32_t clean_length;
        std::uint32_t source_length;
    };
    std::vector<Piece> m_pieces;
};

struct Document {
    std::string name;
    Format format = Format::text;
    Language language = Language::unknown;
    std::string title;
    std::string author;
    std::string published;  ///< EDTF, "" when the document does not say
    std::string url;        ///< canonical address where the document states one
    std::string source;     ///< the whole file as UTF-8, decoded and repaired
    std::string text;       ///< the clean text; blocks are separated by line feeds
    std::vector<Block> blocks;
    std::vector<base::Issue> issues;

    /// Code point of the file for a byte of the clean text.
    [[nodiscard]] std::uint32_t code_point(std::uint32_t clean, bool is_end = false) const;
    /// The text as it stands in the file for a span of the clean text; for HTML the clean text itself.
    [[nodiscard]] std::string_view quoted(std::uint32_t start, std::uint32_t end) const;

    OffsetMap offsets;
    std::vector<std::uint32_t> code_points;  ///< code points before every 256th byte of `source`
};

struct DocumentOptions {
    std::string published;      ///< overrides what the document says; EDTF
    std::string content_type;   ///< of the transport, for the charset; "" when unknown
    std::size_t size_limit = std::size_t{64} << 20U;  ///< longer files are cut, with an issue
    std::size_t text_limit = std::size_t{4} << 20U;   ///< clean text kept, with an issue
};

/// Never throws on content: what is wrong with the bytes becomes an issue. The name decides the format by its ending,
/// the first bytes where the ending says nothing.
[[nodiscard]] Document parse_document(std::string_view name, std::string_view bytes, const DocumentOptions& options = {});

[[nodiscard]] std::string_view to_string(Language language);  ///< "en", "fr" or ""
[[nodiscard]] std::string_view to_string(Region region);

/// The language of a stretch of text by its function words; unknown when they do not tell.
[[nodiscard]] Language detect_language(std::string_view text);

}  // namespace liaison::article
