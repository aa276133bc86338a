// Every way in which publishers' servers are known to fail, against a real server (server.py), with the outcome of each.
#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/feed/fetch.hpp"
#include "liaison/feed/guards.hpp"
#include "liaison/feed/transport.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <string>

using namespace liaison;
using feed::FailureKind;

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    REQUIRE_MESSAGE(value != nullptr, "run by server.py, which sets ", name);
    return value;
}

const std::string kHost = "https://feeds.test.example/";

feed::TransportOptions options(const std::string& to = {}) {
    feed::TransportOptions result;
    result.ca_file = environment("LIAISON_TEST_CA");
    result.allow_private_addresses = true;
    const std::string target = to.empty() ? "127.0.0.1:" + environment("LIAISON_TEST_PORT") : to;
    result.connect_to = {{"feeds.test.example:443", target}, {"other.test.example:443", target}};
    result.slow_bytes = 100;
    result.slow_after = std::chrono::seconds(2);
    result.total_timeout = std::chrono::seconds(5);
    result.max_attempts = 3;
    return result;
}

struct Got {
    feed::Response response;
    std::string body;
    std::chrono::milliseconds waited{0};
};

Got get(const std::string& path, feed::TransportOptions transport_options = options(), feed::Request request = {}) {
    test::FakeClock clock;
    base::NoProgress progress;
    const auto transport = feed::make_curl_transport(std::move(transport_options), clock);
    feed::StringSink sink;
    request.url = path.rfind("https://", 0) == 0 || path.rfind("http://", 0) == 0 ? path : kHost + path;
    request.max_bytes = request.max_bytes == 0 ? 4'000'000 : request.max_bytes;
    Got got;
    got.response = transport->get(request, sink, progress);
    got.body = std::move(sink.text);
    got.waited = clock.slept();
    return got;
}

FailureKind kind(const Got& got) {
    REQUIRE_MESSAGE(got.response.failure.has_value(), "status ", got.response.status, ", ", got.body.size(), " bytes");
    MESSAGE(got.response.failure->message);
    return got.response.failure->kind;
}

const std::string& whole_list() {
    static const std::string list = get("good").body;
    return list;
}

}  // namespace

TEST_CASE("a well-behaved server: body, validators, one attempt, and 304 afterwards") {
    const Got got = get("good");
    REQUIRE_FALSE(got.response.failure.has_value());
    CHECK(got.body.size() == got.response.bytes);
    CHECK(got.body.substr(0, 6) == "<list>");
    CHECK(got.response.validators.etag == "\"v1\"");
    CHECK(got.response.content_type == "text/xml");
    CHECK(got.response.attempts == 1);
    feed::Request again;
    again.validators = got.response.validators;
    const Got second = get("good", options(), again);
    CHECK(second.response.not_modified);
    CHECK(second.body.empty());
}

TEST_CASE("compression is asked for and undone; a User-Agent is sent") {
    CHECK(get("gzip").body == whole_list());
    CHECK(get("hello").body == feed::default_user_agent());
}

TEST_CASE("a firewall that refuses the User-Agent gives 403 with a hint, and another one passes") {
    const Got got = get("firewall");
    CHECK(kind(got) == FailureKind::status);
    CHECK(got.response.failure->status == 403);
    CHECK(got.response.failure->hint.find("User-Agent") != std::string::npos);
    CHECK(got.response.attempts == 1);
    auto other = options();
    other.user_agent = "Mozilla/5.0 (compatible; liaison)";
    CHECK(get("firewall", other).body == whole_list());
}

TEST_CASE("statuses that will not pass are not tried again, those that may are") {
    for (const int status : {400, 401, 404, 406, 410, 501}) {
        const Got got = get("status?" + std::to_string(status));
        CHECK(kind(got) == FailureKind::status);
        CHECK(got.response.attempts == 1);
    }
    for (const int status : {408, 500, 502, 503, 504, 522, 524}) {
        const Got got = get("status?" + std::to_string(status));
        CHECK(kind(got) == FailureKind::status);
        CHECK(got.response.attempts == 3);
        CHECK(got.waited == std::chrono::seconds(2 + 4));  // linear back-off
    }
    CHECK(get("flaky").body == whole_list());
}

TEST_CASE("429 with Retry-After waits as long as it says; one that says years gives up at once") {
    const Got got = get("busy");
    CHECK_FALSE(got.response.failure.has_value());
    CHECK(got.body == whole_list());
    CHECK(got.waited == std::chrono::seconds(14));
    const Got later = get("busy_until");
    CHECK(kind(later) == FailureKind::status);
    CHECK(later.response.attempts == 1);
    CHECK(later.response.failure->hint.find("asks to come back in") != std::string::npos);
}

TEST_CASE("a transfer that breaks off is continued where it stopped") {
    const Got got = get("reset_once");
    REQUIRE_FALSE(got.response.failure.has_value());
    CHECK(got.body == whole_list());
    CHECK(got.response.resumed == 1);
    CHECK(got.response.attempts == 2);
}

TEST_CASE("a file that changed meanwhile, or a range that is not the one asked for, is fetched from the start") {
    CHECK(get("changed_meanwhile").body == whole_list());
    CHECK(get("wrong_range").body == whole_list());
}

TEST_CASE("a body that always breaks off is truncated, not a list") {
    const Got got = get("truncated");
    CHECK(kind(got) == FailureKind::truncated);
    CHECK(got.response.attempts == 3);
    CHECK(kind(get("close")) == FailureKind::truncated);
}

TEST_CASE("a Content-Length smaller than the body gives a cut file, which only the parser can tell") {
    const Got got = get("short_length");
    CHECK(got.body == whole_list().substr(0, 1'000));
}

TEST_CASE("slow and silent servers are given up, by speed and by time") {
    auto impatient = options();
    impatient.max_attempts = 1;
    const auto start = std::chrono::steady_clock::now();
    CHECK(kind(get("drip", impatient)) == FailureKind::slow);
    const FailureKind silent = kind(get("silent", impatient));
    CHECK((silent == FailureKind::slow || silent == FailureKind::timeout));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(15));
}

TEST_CASE("endless bodies, promises of a terabyte and compression bombs stop at the limit") {
    CHECK(kind(get("endless")) == FailureKind::too_large);
    CHECK(kind(get("bomb")) == FailureKind::too_large);
    CHECK(get("bomb").body.size() <= 4'000'000);
    const Got promised = get("promised_too_much");
    CHECK(kind(promised) == FailureKind::too_large);
    CHECK(promised.body.empty());
}

TEST_CASE("wrong compression, endless headers and no HTTP at all are failures with a name") {
    CHECK(kind(get("not_gzip")) == FailureKind::encoding);
    feed::Request plain;
    plain.compressed = false;
    CHECK(kind(get("always_gzip", options(), plain)) == FailureKind::encoding);
    CHECK(kind(get("headers")) == FailureKind::protocol);
    CHECK(kind(get("long_header")) == FailureKind::protocol);
    CHECK(kind(get("garbage")) == FailureKind::protocol);
    CHECK(kind(get("claims_unchanged")) == FailureKind::status);
}

TEST_CASE("redirects: five are followed, the sixth is not, a loop ends") {
    const Got five = get("hops?5");
    CHECK(five.body == whole_list());
    CHECK(five.response.permanent_url == kHost + "good");
    CHECK(five.response.final_url == kHost + "good");
    CHECK(kind(get("hops?6")) == FailureKind::too_many_redirects);
    CHECK(kind(get("loop")) == FailureKind::too_many_redirects);
    CHECK(get("to?https://other.test.example/good").body == whole_list());
    CHECK(get("to?https://other.test.example/good").response.permanent_url.empty());
}

TEST_CASE("redirects to http, private addresses, other schemes and with passwords are refused") {
    for (const char* target : {"http://feeds.test.example/good", "https://127.0.0.1/", "https://10.0.0.1/x", "https://[::1]/",
                               "https://169.254.169.254/latest/meta-data/", "https://localhost/", "file:///etc/passwd",
                               "ftp://feeds.test.example/", "https://user:pw@feeds.test.example/good", "https://2130706433/"}) {
        const Got got = get(std::string("to?") + target);
        CHECK_MESSAGE(kind(got) == FailureKind::redirect_refused, target);
        CHECK(got.body.empty());
    }
}

TEST_CASE("a public name that resolves to a private address is refused on the socket") {
    auto strict = options();
    strict.allow_private_addresses = false;
    const Got got = get("good", strict);
    CHECK(kind(got) == FailureKind::address_refused);
    CHECK(got.body.empty());
    CHECK(kind(get("http://feeds.test.example/good")) == FailureKind::address_refused);
}

TEST_CASE("certificates of another host, signed by nobody, expired, or of an unknown authority are never accepted") {
    std::istringstream ports(environment("LIAISON_TEST_BAD_PORTS"));
    std::string port;
    while (ports >> port) {
        CHECK(kind(get("good", options("127.0.0.1:" + port))) == FailureKind::tls);
    }
    auto unknown = options();
    unknown.ca_file.clear();
    CHECK(kind(get("good", unknown)) == FailureKind::tls);
}

TEST_CASE("IPv6 works, and a port where nobody listens is a failure to connect") {
    if (environment("LIAISON_TEST_IPV6").empty()) {
        MESSAGE("SKIPPED: no IPv6 on this machine");
    } else {
        CHECK(get("good", options("[::1]:" + environment("LIAISON_TEST_PORT"))).body == whole_list());
    }
    CHECK(kind(get("good", options("127.0.0.1:1"))) == FailureKind::connect);
    CHECK(kind(get("https://no-such-host.invalid/")) == FailureKind::resolve);
}

TEST_CASE("the user's interruption ends a transfer at once") {
    class Stop final : public base::Progress {
    public:
        void begin(std::string_view, std::uint64_t, std::string_view) override {}
        void advance(std::uint64_t done) override { m_seen = done; }
        void end() override {}
        [[nodiscard]] bool interrupted() const override { return m_seen > 0; }

    private:
        std::uint64_t m_seen = 0;
    };
    Stop stop;
    test::FakeClock clock;
    const auto transport = feed::make_curl_transport(options(), clock);
    feed::StringSink sink;
    CHECK_THROWS_AS((void)transport->get({kHost + "endless", {}, 1ULL << 40, true}, sink, stop), base::Interrupted);
}

namespace {

feed::Manifest manifest_for(const std::string& path, const std::string& hash = {}) {
    const std::string hash_member = hash.empty() ? "" : R"(, "hash": {"url": ")" + kHost + hash + R"("})";
    return feed::parse_manifest(R"({"id": "xx_list", "kind": "list", "title": "T", "publisher": {"name": "N", "country": "xx"},
      "licence": {"name": "L"}, "formats": ["test_xml"], "cadence_hours": 24, "sources": [{"format": "test_xml", "files":
      [{"name": "LIST.XML", "url": ")" + kHost + path + "\"" + hash_member + R"(}]}],
      "limits": {"file_bytes": 4000000, "total_bytes": 4000000, "files": 1}, "guards": {}})", "xx_list.json");
}

}  // namespace

TEST_CASE("after a good fetch, no bad one publishes anything: the last good snapshot and its state stay") {
    test::TemporaryFolder folder;
    const auto files = base::make_system_files();
    feed::Archive archive(*files, folder.path() / "db.archive");
    test::FakeClock clock;
    base::NoProgress progress;
    const auto transport = feed::make_curl_transport(options(), clock);
    feed::Network network = feed::make_network(*transport, clock);
    const auto fetch = [&](const std::string& path, const feed::FetchState& last, const std::string& hash = {}) {
        return feed::fetch_feed(manifest_for(path, hash), network, archive, last, clock, progress);
    };
    const auto good = fetch("good", {}, "hashes?right");
    REQUIRE(good.status == feed::FetchStatus::fetched);
    CHECK(good.warnings.empty());
    CHECK(good.snapshot->id == base::to_hex(base::sha256(whole_list())));
    CHECK(fetch("good", good.state).status == feed::FetchStatus::unchanged);

    const std::vector<std::pair<std::string, std::string>> bad = {
        {"firewall", "http-403"},       {"midnight", "http-403"},      {"html", "html-instead-of-data"}, {"empty", "empty"},
        {"truncated", "truncated"},     {"endless", "too-large"},      {"bomb", "too-large"},            {"loop", "too-many-redirects"},
        {"to?http://a.example/", "redirect-refused"},                  {"status?500", "http-500"},       {"status?429", "http-429"},
        {"not_gzip", "bad-encoding"},   {"garbage", "protocol-error"}, {"busy_until", "http-503"},       {"nothing_here", "http-404"}};
    for (const auto& [path, reason] : bad) {
        const auto outcome = fetch(path, good.state);
        CHECK_MESSAGE((outcome.status == feed::FetchStatus::failed || outcome.status == feed::FetchStatus::refused), path);
        CHECK_MESSAGE(outcome.reason == reason, path, ": ", outcome.message);
        CHECK_FALSE(outcome.snapshot.has_value());
        CHECK(outcome.state.to_text() == good.state.to_text());
    }
    const auto differs = fetch("good", {}, "hashes?wrong");
    CHECK(differs.status == feed::FetchStatus::refused);
    CHECK(differs.reason == "checksum-differs");
    CHECK(archive.all_snapshots() == std::vector<std::string>{"xx_list/" + good.snapshot->id});
    CHECK(archive.verify().empty());
}
