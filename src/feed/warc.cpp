#include "feed/warc.hpp"

#include "liaison/base/error.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>

namespace liaison::feed {
namespace {

// The profile names must carry the version of the file (warcio issue 94).
constexpr const char* kNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
constexpr const char* kSameDigest = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

std::string gzip_member(std::string_view bytes) {
    z_stream stream{};
    // 15 + 16: gzip header, with no name and no time in it.
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw base::InternalError("zlib cannot be started");
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int code = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (code != Z_STREAM_END) {
        throw base::InternalError("zlib did not finish a record");
    }
    return out;
}

/// Base 32 (RFC 4648) with its padding, as warcio writes and checks digests.
std::string base32(std::string_view hex) {
    static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned buffer = 0;
    int bits = 0;
    for (const char c : hex) {
        buffer = (buffer << 4) | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
        bits += 4;
        if (bits >= 5) {
            bits -= 5;
            out += kAlphabet[(buffer >> bits) & 31];
        }
    }
    if (bits > 0) {
        out += kAlphabet[(buffer << (5 - bits)) & 31];
    }
    out.append((8 - out.size() % 8) % 8, '=');
    return out;
}

std::string digest(std::string_view bytes) { return "sha256:" + base32(base::to_hex(base::sha256(bytes))); }

/// A version-8 UUID (RFC 9562) from content.
std::string uuid_of(std::string_view seed) {
    std::string hex = base::to_hex(base::sha256(seed)).substr(0, 32);
    hex[12] = '8';
    hex[16] = "89ab"[(hex[16] <= '9' ? hex[16] - '0' : hex[16] - 'a' + 10) & 3];
    return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4), hex.substr(20));
}

std::string single_line(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return out;
}

/// The block as sent, without its final empty line, and with headers that no longer hold renamed.
std::string archived_headers(std::string_view block) {
    std::string out;
    while (!block.empty()) {
        const std::size_t end = std::min(block.find('\n'), block.size());
        std::string_view line = block.substr(0, end);
        block.remove_prefix(std::min(end + 1, block.size()));
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            continue;
        }
        std::string name(line.substr(0, line.find(':')));
        for (char& c : name) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
        out += name == "transfer-encoding" || name == "content-encoding" ? "X-Archive-Orig-" : "";
        out += line;
        out += "\r\n";
    }
    return out;
}

}  // namespace

WarcWriter::WarcWriter(std::string_view file_name, base::Instant now) {
    record("warcinfo", now, {{"WARC-Filename", single_line(file_name)}}, "application/warc-fields",
           "software: liaison/0.1\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n", m_info_id);
}

std::string WarcWriter::response(std::string_view url, base::Instant when, std::string_view header_block, std::string_view body) {
    std::string id;
    record("response", when, {{"WARC-Target-URI", single_line(url)}, {"WARC-Payload-Digest", digest(body)}},
           "application/http; msgtype=response", archived_headers(header_block) + "\r\n" + std::string(body), id);
    ++m_pages;
    return id;
}

void WarcWriter::revisit(std::string_view url, base::Instant when, std::string_view header_block,
                         std::string_view payload_sha256, bool not_modified) {
    std::string id;
    record("revisit", when,
           {{"WARC-Target-URI", single_line(url)},
            {"WARC-Payload-Digest", "sha256:" + base32(payload_sha256)},
            {"WARC-Profile", not_modified ? kNotModified : kSameDigest}},
           "application/http; msgtype=response", archived_headers(header_block) + "\r\n", id);
    ++m_pages;
}

void WarcWriter::metadata(std::string_view url, base::Instant when, std::string_view concurrent_to,
                          const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string block;
    for (const auto& [name, value] : fields) {
        block += name + ": " + single_line(value) + "\r\n";
    }
    std::vector<std::pair<std::string, std::string>> headers{{"WARC-Target-URI", single_line(url)}};
    if (!concurrent_to.empty()) {
        headers.emplace_back("WARC-Concurrent-To", concurrent_to);
    }
    std::string id;
    record("metadata", when, headers, "application/warc-fields", block, id);
}

void WarcWriter::record(std::string_view type, base::Instant when,
                        const std::vector<std::pair<std::string, std::string>>& headers, std::string_view content_type,
                        std::string_view block, std::string& id) {
    const std::string block_digest = digest(block);
    id = fmt::format("<urn:uuid:{}>", uuid_of(fmt::format("{}\n{}\n{}\n{}", m_records++, type, base::to_iso(when), block_digest)));
    std::string text = fmt::format("WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {}\r\nWARC-Date: {}\r\n", type, id, base::to_iso(when));
    if (!m_info_id.empty()) {
        text += "WARC-Warcinfo-ID: " + m_info_id + "\r\n";
    }
    for (const auto& [name, value] : headers) {
        text += name + ": " + value + "\r\n";
    }
    text += fmt::format("WARC-Block-Digest: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n", block_digest, content_type,
                        block.size());
    text += block;
    text += "\r\n\r\n";
    m_bytes += gzip_member(text);
}

}  // namespace liaison::feed
