#include "feed/warc.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <string>
#include <vector>

using namespace liaison;

namespace {

/// The members of a file of several gzip members, unpacked.
std::vector<std::string> members(const std::string& bytes) {
    std::vector<std::string> all;
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    while (stream.avail_in > 0) {
        std::string out(1 << 20, '\0');
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        const auto before = stream.total_out;
        REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
        out.resize(stream.total_out - before);
        all.push_back(out);
        const auto* next = stream.next_in;
        const auto rest = stream.avail_in;
        inflateReset(&stream);
        stream.next_in = const_cast<Bytef*>(next);
        stream.avail_in = rest;
    }
    inflateEnd(&stream);
    return all;
}

const base::Instant kNow{std::chrono::seconds(1'762'232'767)};

}  // namespace

TEST_CASE("a WARC file is one gzip member a record, each with its exact length, headers kept and undone ones renamed") {
    feed::WarcWriter warc("a.warc.gz", kNow);
    CHECK_FALSE(warc.has_pages());
    const std::string id = warc.response("https://n.example/a", kNow,
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n", "<p>body</p>");
    warc.metadata("https://n.example/a", kNow, id, {{"fetchOutcome", "fetched"}});
    warc.revisit("https://n.example/a", kNow, "HTTP/1.1 304 Not Modified\r\n\r\n", std::string(64, '0'), true);
    const auto records = members(warc.bytes());
    REQUIRE(records.size() == 4);
    CHECK(records[0].rfind("WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:", 0) == 0);
    const std::string block = "HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n<p>body</p>";
    CHECK(records[1].find("WARC-Date: 2025-11-04T05:06:07Z\r\n") != std::string::npos);
    CHECK(records[1].find("Content-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n") != std::string::npos);
    // printf '<p>body</p>' | openssl dgst -sha256 -binary | base32
    CHECK(records[1].find("WARC-Payload-Digest: sha256:H4OJCEQJTQ3SCLBWE5PP5Z6VV6C6WLPNSWHM25NNHJ2KMB4DANYA====\r\n") != std::string::npos);
    CHECK(records[2].find("WARC-Concurrent-To: " + id) != std::string::npos);
    CHECK(records[3].find("WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\n") != std::string::npos);
}

TEST_CASE("the same fetch writes the same bytes, and a line break in an address cannot forge a header") {
    const auto make = [] {
        feed::WarcWriter warc("a.warc.gz", kNow);
        warc.response("https://n.example/\r\nEvil: 1", kNow, "HTTP/1.1 200 OK\r\n\r\n", "x");
        return warc.bytes();
    };
    CHECK(make() == make());
    CHECK(members(make())[1].find("\r\nEvil") == std::string::npos);
}
