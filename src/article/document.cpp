#include "liaison/article/document.hpp"

#include "article/builder.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace liaison::article {
namespace {

constexpr std::size_t stride = 256;

bool is_lead(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

bool ends_with(std::string_view text, std::string_view ending) {
    if (text.size() < ending.size()) {
        return false;
    }
    for (std::size_t i = 0; i < ending.size(); ++i) {
        const char c = text[text.size() - ending.size() + i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != ending[i]) {
            return false;
        }
    }
    return true;
}

Format format_of(std::string_view name, std::string_view bytes) {
    if (ends_with(name, ".html") || ends_with(name, ".htm") || ends_with(name, ".xhtml")) {
        return Format::html;
    }
    if (ends_with(name, ".md") || ends_with(name, ".markdown")) {
        return Format::markdown;
    }
    const std::size_t begin = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (begin != std::string_view::npos && bytes[begin] == '<' && !ends_with(name, ".txt")) {
        return Format::html;
    }
    return bytes.substr(0, 4) == "---\n" ? Format::markdown : Format::text;
}

/// A day at the beginning of a file's name: "2025-11-04_...", "20251104_...".
std::string date_in_name(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    name = slash == std::string_view::npos ? name : name.substr(slash + 1);
    std::string digits;
    for (std::size_t i = 0; i < name.size() && digits.size() < 8; ++i) {
        if (name[i] >= '0' && name[i] <= '9') {
            digits += name[i];
        } else if (name[i] != '-' || i > 8) {
            break;
        }
    }
    if (digits.size() != 8) {
        return {};
    }
    const auto date = model::parse_edtf(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6));
    return date ? model::to_string(*date) : std::string{};
}

void count_code_points(Document& document) {
    std::uint32_t count = 0;
    document.code_points.reserve(document.source.size() / stride + 1);
    for (std::size_t i = 0; i < document.source.size(); ++i) {
        if (i % stride == 0) {
            document.code_points.push_back(count);
        }
        count += is_lead(document.source[i]) ? 1 : 0;
    }
    document.code_points.push_back(count);
}

}  // namespace

void OffsetMap::append(std::uint32_t clean_start, std::uint32_t source_start, std::uint32_t clean, std::uint32_t source) {
    if (!m_pieces.empty()) {
        Piece& last = m_pieces.back();
        const bool both_copied = last.clean_length == last.source_length && clean == source;
        if (both_copied && last.clean + last.clean_length == clean_start &&
            last.source + last.source_length == source_start) {
            last.clean_length += clean;
            last.source_length += source;
            return;
        }
    }
    m_pieces.push_back({clean_start, source_start, clean, source});
}

std::uint32_t OffsetMap::source_byte(std::uint32_t clean, bool is_end) const {
    // The end of a span belongs to the piece that holds its last byte, the start to the piece that holds the first.
    const std::uint32_t wanted = is_end && clean > 0 ? clean - 1 : clean;
    auto after = std::upper_bound(m_pieces.begin(), m_pieces.end(), wanted,
                                  [](std::uint32_t value, const Piece& piece) { return value < piece.clean; });
    if (after == m_pieces.begin()) {
        return m_pieces.empty() ? 0 : m_pieces.front().source;
    }
    const Piece& piece = *std::prev(after);
    const std::uint32_t into = clean - piece.clean;
    if (into >= piece.clean_length) {
        return piece.source + piece.source_length;
    }
    if (piece.clean_length == piece.source_length) {
        return piece.source + into;
    }
    return is_end ? piece.source + piece.source_length : piece.source;
}

std::uint32_t Document::code_point(std::uint32_t clean, bool is_end) const {
    const std::size_t byte = std::min<std::size_t>(offsets.source_byte(clean, is_end), source.size());
    std::uint32_t count = code_points[byte / stride];
    for (std::size_t i = byte / stride * stride; i < byte; ++i) {
        count += is_lead(source[i]) ? 1 : 0;
    }
    return count;
}

std::string_view Document::quoted(std::uint32_t start, std::uint32_t end) const {
    const std::string_view clean = std::string_view(text).substr(start, end - start);
    if (format == Format::html) {
        return clean;
    }
    const std::uint32_t from = offsets.source_byte(start, false);
    const std::uint32_t to = offsets.source_byte(end, true);
    return to > from ? std::string_view(source).substr(from, to - from) : clean;
}

void TextBuilder::begin_block(BlockKind kind, Region region) {
    end_block();
    if (!m_document.text.empty()) {
        m_document.text += '\n';
    }
    m_block_start = m_document.text.size();
    Block block;
    block.start = static_cast<std::uint32_t>(m_block_start);
    block.kind = kind;
    block.region = region;
    m_document.blocks.push_back(block);
    m_open = true;
}

void TextBuilder::end_block() {
    if (!m_open) {
        return;
    }
    m_open = false;
    std::string& text = m_document.text;
    while (text.size() > m_block_start && text.back() == ' ') {
        text.pop_back();
    }
    const std::string_view block = std::string_view(text).substr(m_block_start);
    const bool has_word = std::any_of(block.begin(), block.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
    });
    if (has_word) {
        m_document.blocks.back().end = static_cast<std::uint32_t>(text.size());
    } else {
        text.resize(m_block_start);
        m_document.blocks.pop_back();
        if (!text.empty()) {
            text.pop_back();
        }
    }
}

void TextBuilder::copy(std::size_t start, std::size_t end) {
    const std::string& source = m_document.source;
    std::string& text = m_document.text;
    std::size_t i = start;
    while (i < end && !m_full) {
        const char c = source[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            space(i);
            ++i;
            continue;
        }
        std::size_t j = i;
        while (j < end && source[j] != ' ' && (source[j] < '\t' || source[j] > '\r')) {
            ++j;
        }
        m_document.offsets.append(static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(i),
                                  static_cast<std::uint32_t>(j - i), static_cast<std::uint32_t>(j - i));
        text.append(source, i, j - i);
        i = j;
        m_full = text.size() >= m_limit;
    }
}

void TextBuilder::replace(std::string_view put, std::size_t start, std::size_t end) {
    if (m_full || put.empty()) {
        return;
    }
    std::string& text = m_document.text;
    m_document.offsets.append(static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(start),
                              static_cast<std::uint32_t>(put.size()), static_cast<std::uint32_t>(end - start));
    text += put;
    m_full = text.size() >= m_limit;
}

void TextBuilder::space(std::size_t at) {
    std::string& text = m_document.text;
    if (m_full || text.size() == m_block_start || text.back() == ' ') {
        return;
    }
    m_document.offsets.append(static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(at), 1, 1);
    text += ' ';
}

Document parse_document(std::string_view name, std::string_view bytes, const DocumentOptions& options) {
    Document document;
    document.name = name;
    document.format = format_of(name, bytes);
    if (bytes.size() > options.size_limit) {
        document.issues.push_back({"document-too-large",
                                   fmt::format("the document has {} bytes; only the first {} are read", bytes.size(),
                                               options.size_limit),
                                   {document.name, 0, options.size_limit}, {}, {}});
        bytes = bytes.substr(0, options.size_limit);
    }
    document.source = decode_text(bytes, options.content_type, document.format == Format::html, document.issues);
    count_code_points(document);
    TextBuilder builder(document, options.text_limit);
    switch (document.format) {
        case Format::html: read_html(document, builder); break;
        case Format::markdown: read_markdown(document, builder); break;
        case Format::text: read_plain_text(document, builder); break;
    }
    builder.end_block();
    if (builder.full()) {
        document.issues.push_back({"text-too-long",
                                   fmt::format("the text is longer than {} bytes; the rest is not read", options.text_limit),
                                   {document.name, 0, 0}, {}, {}});
    }
    if (document.text.empty()) {
        document.issues.push_back({"no-text", "the document holds no text", {document.name, 0, 0}, {}, {}});
    }
    if (!options.published.empty()) {
        document.published = options.published;
    } else if (document.published.empty()) {
        document.published = date_in_name(name);
    }
    const Language detected = detect_language(document.text);
    if (document.language == Language::unknown || detected != Language::unknown) {
        document.language = detected == Language::unknown ? document.language : detected;
    }
    for (Block& block : document.blocks) {
        const Language own = detect_language(std::string_view(document.text).substr(block.start, block.end - block.start));
        block.language = own == Language::unknown ? document.language : own;
    }
    mark_furniture(document);
    mark_off_topic(document);
    for (base::Issue& issue : document.issues) {
        issue.position.file = document.name;
    }
    return document;
}

std::string_view to_string(Language language) {
    switch (language) {
        case Language::unknown: return "";
        case Language::english: return "en";
        case Language::french: return "fr";
    }
    return "";
}

std::string_view to_string(Region region) {
    switch (region) {
        case Region::main: return "main";
        case Region::furniture: return "furniture";
        case Region::off_topic: return "off-topic";
    }
    return "";
}

Language detect_language(std::string_view text) {
    // Function words that the other language does not have; two more than the other decide.
    static const std::unordered_set<std::string_view> english = {
        "the", "of", "and", "to", "in", "that", "for", "was", "with", "by", "is", "has", "from", "been", "were", "its",
        "their", "which", "this", "have", "are", "his", "who", "said", "at", "as"};
    static const std::unordered_set<std::string_view> french = {
        "le", "la", "les", "des", "du", "et", "une", "dans", "par", "pour", "qui", "que", "est", "au", "aux", "sur",
        "avec", "ont", "de", "un", "son", "sont", "ce", "cette", "plus", "ses", "d", "l", "selon", "en"};
    int balance = 0;
    std::size_t words = 0;
    std::size_t i = 0;
    std::array<char, 8> word{};
    while (i < text.size() && words < 4000) {
        std::size_t length = 0;
        while (i < text.size() && ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z')) {
            if (length < word.size()) {
                word[length] = static_cast<char>(text[i] | 32);
            }
            ++length;
            ++i;
        }
        if (length > 0 && length < word.size()) {
            const std::string_view view(word.data(), length);
            balance += english.contains(view) ? 1 : 0;
            balance -= french.contains(view) ? 1 : 0;
        }
        words += length > 0 ? 1 : 0;
        ++i;
    }
    return balance >= 2 ? Language::english : balance <= -2 ? Language::french : Language::unknown;
}

}  // namespace liaison::article
