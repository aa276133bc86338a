#include "feed/url.hpp"

#include "liaison/feed/transport.hpp"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <array>

using namespace liaison;

namespace {

std::string refusal(const char* text) {
    const auto url = feed::parse_url(text);
    return url ? feed::refusal_of(*url) : "no address";
}

std::string canonical(const char* text) { return feed::canonical_url(*feed::parse_url(text)); }

bool is_public(const char* text) {
    std::array<char, 16> bytes{};
    const bool v6 = std::string_view(text).find(':') != std::string_view::npos;
    REQUIRE(::inet_pton(v6 ? AF_INET6 : AF_INET, text, bytes.data()) == 1);
    return feed::is_public_address({bytes.data(), v6 ? 16U : 4U});
}

}  // namespace

TEST_CASE("only public https hosts are fetched, however the address is disguised") {
    CHECK(refusal("https://ofac.treasury.gov/x") == "");
    CHECK(refusal("http://ofac.treasury.gov/x") == "is not https");
    CHECK(refusal("https://user:pass@ofac.treasury.gov/") == "carries a user name");
    for (const char* text : {"https://127.0.0.1/", "https://127.1/", "https://0x7f000001/", "https://2130706433/", "https://10.0.0.1/",
                             "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest/meta-data"}) {
        CHECK_MESSAGE(refusal(text) == "names an address that is not public", text);
    }
    for (const char* text : {"https://localhost/", "https://intranet/", "https://db.internal/", "https://x.localhost/", "https://localhost./"}) {
        CHECK_MESSAGE(refusal(text) == "names a host that is not public", text);
    }
    CHECK(refusal("file:///etc/passwd") != "");
    CHECK(refusal("javascript:alert(1)") != "");
    CHECK_FALSE(feed::parse_url("https://a.example/" + std::string(3'000, 'x')).has_value());
}

TEST_CASE("addresses of the public internet are told from all others") {
    for (const char* text : {"8.8.8.8", "104.16.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1", "2002:0808:0808::1", "::ffff:8.8.8.8",
                             "64:ff9b::808:808"}) {
        CHECK_MESSAGE(is_public(text), text);
    }
    for (const char* text : {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.16.0.1", "172.31.255.255", "192.0.2.1",
                             "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1",
                             "2001:db8::1", "::ffff:192.168.1.1", "2002:c0a8:0101::1", "64:ff9b::a00:1"}) {
        CHECK_MESSAGE(!is_public(text), text);
    }
    CHECK_FALSE(feed::is_public_address("abc"));
}

TEST_CASE("one document has one canonical address") {
    CHECK(canonical("http://N.example:80/a//b/?utm_source=x&id=7&fbclid=1#top") == "https://n.example/a/b?id=7");
    CHECK(canonical("https://n.example/a/amp/") == "https://n.example/a");
    CHECK(canonical("https://amp.n.example/a") == "https://www.n.example/a");
    CHECK(canonical("https://n.example") == "https://n.example/");
    CHECK(canonical("https://n.example/index.html") == "https://n.example/index.html");
    CHECK(canonical("https://n.example/a/index.html") == "https://n.example/a");
    CHECK(canonical("https://n.example:8443/a?b") == "https://n.example:8443/a?b");
}

TEST_CASE("a relative address is resolved against the page it stands on") {
    CHECK(feed::parse_url("../c?d", "https://n.example/a/b")->text() == "https://n.example/c?d");
    CHECK(feed::parse_url("//o.example/x", "https://n.example/a")->text() == "https://o.example/x");
    CHECK(feed::parse_url("  https://o.example/x\n", "https://n.example/a")->text() == "https://o.example/x");
}
