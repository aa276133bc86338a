#pragma once
// HTTPS GET, and nothing else. What a server may do wrong is a value here (Failure), because one failing feed must not
// stop the others; only the user's interruption and a full disk throw.

#include "liaison/base/clock.hpp"
#include "liaison/base/progress.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::feed {

/// What the server gave to recognise the same bytes by next time.
struct Validators {
    std::string etag;
    std::string last_modified;  ///< as sent
    friend bool operator==(const Validators&, const Validators&) = default;
};

enum class FailureKind {
    resolve, connect, tls, timeout, slow, truncated, too_large, too_many_redirects, redirect_refused, address_refused,
    status, encoding, protocol
};

/// Stable kebab-case name, e.g. "too-large".
[[nodiscard]] std::string_view name_of(FailureKind kind) noexcept;

struct Failure {
    FailureKind kind = FailureKind::protocol;
    long status = 0;      ///< HTTP status where one was received, else 0
    std::string message;  ///< what and where, one sentence without full stop
    std::string hint;
};

struct Request {
    std::string url;
    Validators validators;          ///< not empty: a conditional request
    std::uint64_t max_bytes = 0;    ///< after decompression; counted while writing, whatever Content-Length says
    bool compressed = true;         ///< false: ask for the bytes as they are (WARC records)
};

/// Takes the body as it comes.
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual void write(std::string_view bytes) = 0;
    virtual void restart() = 0;  ///< forget everything written: the transfer begins anew
};

class StringSink final : public BodySink {
public:
    void write(std::string_view bytes) override { text.append(bytes); }
    void restart() override { text.clear(); }
    std::string text;
};

struct Response {
    std::optional<Failure> failure;     ///< then the rest says how far it came
    bool not_modified = false;          ///< 304 to a conditional request
    long status = 0;
    std::string final_url;              ///< after redirects
    std::string permanent_url;          ///< where permanent redirects (301, 308) from the start led; "" when none
    Validators validators;
    std::string content_type;
    std::string header_block;           ///< status line and headers of the last response as sent, CRLF line ends
    std::uint64_t bytes = 0;            ///< written to the sink
    std::uint32_t attempts = 0;
    std::uint32_t resumed = 0;          ///< times an interrupted body was continued by Range
    std::uint32_t waited_seconds = 0;   ///< back-off, Retry-After included
};

class Transport {
public:
    virtual ~Transport() = default;
    /// Throws Interrupted only (and what the sink throws).
    virtual Response get(const Request& request, BodySink& sink, base::Progress& progress) = 0;
};

struct TransportOptions {
    std::string user_agent;                      ///< some publishers answer 403 without a plausible one
    std::string ca_file;                         ///< additional trust anchors (PEM); "" = the system's
    std::string proxy;                           ///< "" = none: then every address connected to is checked
    std::uint32_t max_attempts = 4;
    std::uint32_t max_redirects = 5;
    std::chrono::milliseconds connect_timeout{20'000};
    std::chrono::seconds slow_after{60};         ///< gives up when slower than slow_bytes a second for that long
    std::uint32_t slow_bytes = 1'000;
    std::chrono::seconds total_timeout{1'800};   ///< one attempt
    std::chrono::seconds back_off{2};            ///< 1st wait; grows linearly (exponential waits were found too harsh)
    std::chrono::seconds max_wait{120};          ///< a longer Retry-After ends the attempt with the server's answer
    bool allow_private_addresses = false;        ///< for tests against a server on this machine only
    /// host:port -> address:port, for tests.
    std::map<std::string, std::string> connect_to;
};

/// "liaison/0.1 (sanctions list refresh)".
[[nodiscard]] std::string default_user_agent();

/// The transport by libcurl: TLS always verified, HTTPS only, redirects followed by hand so that each hop is checked,
/// and no connection to an address that is not public (checked on the socket, after name resolution).
[[nodiscard]] std::unique_ptr<Transport> make_curl_transport(TransportOptions options, base::Clock& clock);

/// True for addresses of the public internet: not loopback, private, link-local, multicast, shared, documentation,
/// reserved or an IPv4 one in disguise. RFC 6890 and its registries. `address`: 4 or 16 bytes in network order.
[[nodiscard]] bool is_public_address(std::string_view address) noexcept;

}  // namespace liaison::feed
