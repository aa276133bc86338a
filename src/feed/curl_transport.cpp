// One HTTPS GET that survives what servers do. The order of things in get():
//
//   attempt 1..N
//     hop 0..5      follow redirects by hand, so that each address is checked before it is connected to
//     body          counted while written; a limit passed ends the transfer, whatever Content-Length promised
//   transient?      wait (Retry-After, else linear back-off), then continue by Range where the server named a strong
//                   validator, else from the start
//
// What is known to pass: a Content-Length that is smaller than the body (HTTP has no sign of it); the parser finds such a
// file not well-formed, and the guards count it.
#include "feed/http_date.hpp"
#include "feed/url.hpp"
#include "liaison/base/error.hpp"
#include "liaison/feed/transport.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <exception>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace liaison::feed {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256 * 1024;
constexpr std::chrono::milliseconds kWaitSlice{250};

struct CurlGlobal {
    CurlGlobal() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~CurlGlobal() { curl_global_cleanup(); }
    CurlGlobal(const CurlGlobal&) = delete;
    CurlGlobal& operator=(const CurlGlobal&) = delete;
};

struct EasyDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct ListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

void append(List& list, const std::string& line) { list.reset(curl_slist_append(list.release(), line.c_str())); }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') {
        text.remove_suffix(1);
    }
    return text;
}

bool is_redirect(long status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_transient(long status) {
    return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504) || status == 522 ||
           status == 524;
}

/// Everything one transfer's callbacks see.
struct Transfer {
    BodySink* sink = nullptr;
    base::Progress* progress = nullptr;
    bool allow_private = false;
    std::uint64_t max_bytes = 0;
    std::uint64_t offset = 0;  ///< bytes of the body the sink already has
    bool keep_body = false;    ///< decided when the first body byte comes

    std::string header_block;
    std::map<std::string, std::string> headers;  ///< last response, lower-case names
    long status = 0;
    std::uint64_t written = 0;                   ///< by this transfer
    bool body_begun = false;
    bool too_large = false;
    bool headers_too_large = false;
    bool address_refused = false;
    bool range_ignored = false;                  ///< asked for a rest, got something else
    std::exception_ptr thrown;
};

std::string header(const Transfer& transfer, const std::string& name) {
    const auto found = transfer.headers.find(name);
    return found == transfer.headers.end() ? std::string() : found->second;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::string_view line(data, size * count);
    if (line.substr(0, 5) == "HTTP/") {  // an interim response, or the final one, begins
        transfer.headers.clear();
        transfer.header_block.clear();
        transfer.status = 0;
        if (const auto space = line.find(' '); space != std::string_view::npos) {
            std::from_chars(line.data() + space + 1, line.data() + line.size(), transfer.status);
        }
    }
    if (transfer.header_block.size() + line.size() > kMaxHeaderBytes) {
        transfer.headers_too_large = true;
        return 0;
    }
    transfer.header_block += line;
    if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        transfer.headers[lower(trimmed(line.substr(0, colon)))] = std::string(trimmed(line.substr(colon + 1)));
    }
    return line.size();
}

/// The offset a 206 answer begins at, or nothing.
std::optional<std::uint64_t> range_start(std::string_view content_range) {
    std::uint64_t start = 0;
    if (content_range.substr(0, 6) != "bytes ") {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(content_range.data() + 6, content_range.data() + content_range.size(), start);
    (void)end;
    return error == std::errc() ? std::optional(start) : std::nullopt;
}

void begin_body(Transfer& transfer) {
    transfer.body_begun = true;
    transfer.keep_body = transfer.status == 200 || transfer.status == 206;
    if (transfer.status == 206 && range_start(header(transfer, "content-range")) != transfer.offset) {
        transfer.keep_body = false;
        transfer.range_ignored = true;
    }
    if (transfer.status == 200 && transfer.offset > 0) {  // the file changed, or the server has no ranges
        transfer.sink->restart();
        transfer.offset = 0;
    }
}

/// What an uncompressed body says of its length is worth believing when it is over the limit.
bool promises_too_much(const Transfer& transfer) {
    const std::string length = header(transfer, "content-length");
    std::uint64_t bytes = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bytes);
    (void)end;
    return transfer.written == 0 && error == std::errc() && transfer.offset + bytes > transfer.max_bytes &&
           header(transfer, "content-encoding").empty();
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::string_view bytes(data, size * count);
    try {
        if (!transfer.body_begun) {
            begin_body(transfer);
        }
        if (!transfer.keep_body) {
            return transfer.range_ignored ? 0 : bytes.size();
        }
        if (transfer.offset + transfer.written + bytes.size() > transfer.max_bytes || promises_too_much(transfer)) {
            transfer.too_large = true;
            return 0;
        }
        transfer.sink->write(bytes);
        transfer.written += bytes.size();
        return bytes.size();
    } catch (...) {
        transfer.thrown = std::current_exception();
        return 0;
    }
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& transfer = *static_cast<Transfer*>(user);
    transfer.progress->advance(transfer.offset + transfer.written);
    return transfer.progress->interrupted() ? 1 : 0;
}

curl_socket_t on_open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(user);
    std::string_view bytes;
    if (address->family == AF_INET) {
        const auto& in = reinterpret_cast<const sockaddr_in&>(address->addr);
        bytes = {reinterpret_cast<const char*>(&in.sin_addr), 4};
    } else if (address->family == AF_INET6) {
        const auto& in = *reinterpret_cast<const sockaddr_in6*>(&address->addr);
        bytes = {reinterpret_cast<const char*>(&in.sin6_addr), 16};
    }
    if (!transfer.allow_private && !is_public_address(bytes)) {
        transfer.address_refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

class CurlTransport final : public Transport {
public:
    CurlTransport(TransportOptions options, base::Clock& clock)
        : m_options(std::move(options)), m_clock(clock), m_handle(curl_easy_init()) {
        if (!m_handle) {
            throw base::InternalError("libcurl cannot be started");
        }
    }

    Response get(const Request& request, BodySink& sink, base::Progress& progress) override {
        progress.begin("fetching " + request.url, 0, "bytes");
        Response response = try_often(request, sink, progress);
        progress.end();
        return response;
    }

private:
    struct Position {           ///< how far the body is, over attempts
        std::uint64_t bytes = 0;
        std::string if_range;   ///< strong validator of what was begun; "" = begin anew
    };

    Response try_often(const Request& request, BodySink& sink, base::Progress& progress) {
        Position position;
        Response total;
        for (std::uint32_t attempt = 1;; ++attempt) {
            std::chrono::seconds wait = m_options.back_off * static_cast<int>(attempt);
            bool transient = false;
            Response response = follow(request, sink, progress, position, wait, transient);
            response.attempts = attempt;
            total.resumed += response.resumed;
            response.resumed = total.resumed;
            response.waited_seconds = total.waited_seconds;
            response.bytes = position.bytes;
            if (!response.failure || !transient || attempt >= m_options.max_attempts) {
                if (response.failure && transient) {
                    response.failure->message += fmt::format(" ({} attempts)", attempt);
                }
                return response;
            }
            if (wait > m_options.max_wait) {
                response.failure->hint = fmt::format("the server asks to come back in {} s; run again then", wait.count());
                return response;
            }
            total.waited_seconds += static_cast<std::uint32_t>(wait.count());
            pause(wait, progress);
        }
    }

    void pause(std::chrono::milliseconds wait, base::Progress& progress) {
        while (wait.count() > 0) {
            if (progress.interrupted()) {
                throw base::Interrupted("interrupted while waiting for a server");
            }
            const auto slice = std::min(wait, kWaitSlice);
            m_clock.sleep_for(slice);
            wait -= slice;
        }
    }

    /// One attempt: the redirects, then the body.
    Response follow(const Request& request, BodySink& sink, base::Progress& progress, Position& position,
                    std::chrono::seconds& wait, bool& transient) {
        Response response;
        std::string address = request.url;
        bool permanent = true;
        for (std::uint32_t hop = 0;; ++hop) {
            const auto url = parse_url(address);
            const std::string refusal = url ? refusal_of(*url) : "is not an address";
            if (!refusal.empty()) {
                response.failure = Failure{hop == 0 ? FailureKind::address_refused : FailureKind::redirect_refused, 0,
                                           hop == 0 ? fmt::format("{} {}", address, refusal)
                                                    : fmt::format("{} redirects to {}, which {}", request.url, address, refusal),
                                           "only public https hosts are fetched"};
                return response;
            }
            response.final_url = url->text();
            Transfer transfer;
            transfer.sink = &sink;
            transfer.progress = &progress;
            transfer.allow_private = m_options.allow_private_addresses;
            transfer.max_bytes = request.max_bytes;
            transfer.offset = position.if_range.empty() ? 0 : position.bytes;
            if (transfer.offset == 0 && position.bytes > 0) {
                sink.restart();
                position.bytes = 0;
            }
            const CURLcode code = perform(response.final_url, request, transfer, position);
            response.status = transfer.status;
            response.header_block = transfer.header_block;
            if (transfer.thrown) {
                std::rethrow_exception(transfer.thrown);
            }
            if (code == CURLE_ABORTED_BY_CALLBACK) {
                throw base::Interrupted("interrupted while fetching " + request.url);
            }
            if (code == CURLE_OK && is_redirect(transfer.status) && !header(transfer, "location").empty()) {
                if (hop >= m_options.max_redirects) {
                    response.failure = Failure{FailureKind::too_many_redirects, transfer.status,
                                               fmt::format("{} redirects more than {} times", request.url, m_options.max_redirects),
                                               "open the address in a browser and correct the manifest"};
                    return response;
                }
                const auto next = parse_url(header(transfer, "location"), response.final_url);
                address = next ? (next->has_user ? header(transfer, "location") : next->text()) : header(transfer, "location");
                permanent = permanent && (transfer.status == 301 || transfer.status == 308);
                if (permanent) {
                    response.permanent_url = address;
                }
                continue;
            }
            finish(request, transfer, code, position, response, wait, transient);
            return response;
        }
    }

    CURLcode perform(const std::string& url, const Request& request, Transfer& transfer, const Position& position) {
        CURL* handle = m_handle.get();
        curl_easy_reset(handle);
        List headers;
        const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle, option, value); };
        if (transfer.offset > 0) {
            append(headers, fmt::format("Range: bytes={}-", transfer.offset));
            append(headers, "If-Range: " + position.if_range);
        } else if (!request.validators.etag.empty()) {
            append(headers, "If-None-Match: " + request.validators.etag);
        } else if (!request.validators.last_modified.empty()) {
            append(headers, "If-Modified-Since: " + request.validators.last_modified);
        }
        List connect_to;
        for (const auto& [from, to] : m_options.connect_to) {
            append(connect_to, from + ":" + to);
        }
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "https");
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_HTTPHEADER, headers.get());
        set(CURLOPT_CONNECT_TO, connect_to.get());
        set(CURLOPT_USERAGENT, m_options.user_agent.c_str());
        if (request.compressed && transfer.offset == 0) {
            set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
        }
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!m_options.ca_file.empty()) {
            set(CURLOPT_CAINFO, m_options.ca_file.c_str());
        }
        set(CURLOPT_PROXY, m_options.proxy.c_str());
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_options.connect_timeout.count()));
        set(CURLOPT_TIMEOUT, static_cast<long>(m_options.total_timeout.count()));
        set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(m_options.slow_bytes));
        set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(m_options.slow_after.count()));
        set(CURLOPT_HEADERFUNCTION, on_header);
        set(CURLOPT_HEADERDATA, &transfer);
        set(CURLOPT_WRITEFUNCTION, on_body);
        set(CURLOPT_WRITEDATA, &transfer);
        set(CURLOPT_XFERINFOFUNCTION, on_progress);
        set(CURLOPT_XFERINFODATA, &transfer);
        set(CURLOPT_NOPROGRESS, 0L);
        if (m_options.proxy.empty()) {
            set(CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
            set(CURLOPT_OPENSOCKETDATA, &transfer);
        }
        m_error[0] = '\0';
        set(CURLOPT_ERRORBUFFER, m_error.data());
        return curl_easy_perform(handle);
    }

    /// Turns the end of a transfer into success, a final failure or a transient one.
    void finish(const Request& request, Transfer& transfer, CURLcode code, Position& position, Response& response,
                std::chrono::seconds& wait, bool& transient) {
        position.bytes = transfer.offset + transfer.written;
        position.if_range.clear();
        response.resumed = transfer.status == 206 && !transfer.range_ignored ? 1 : 0;
        response.validators = {header(transfer, "etag"), header(transfer, "last-modified")};
        response.content_type = header(transfer, "content-type");
        const bool conditional = !request.validators.etag.empty() || !request.validators.last_modified.empty();
        const auto fail = [&](FailureKind kind, std::string message, std::string hint, bool again) {
            response.failure = Failure{kind, transfer.status, std::move(message), std::move(hint)};
            transient = again;
        };
        if (transfer.address_refused && code != CURLE_OK) {
            return fail(FailureKind::address_refused, fmt::format("{} leads to an address that is not public", request.url),
                        "only public https hosts are fetched; check the name server", false);
        }
        if (transfer.too_large) {
            return fail(FailureKind::too_large, fmt::format("{} is over the limit of {} bytes", request.url, request.max_bytes),
                        "raise limits.file_bytes in the manifest if the list has really grown", false);
        }
        if (transfer.headers_too_large) {
            return fail(FailureKind::protocol, fmt::format("{} answers with more than {} bytes of headers", request.url, kMaxHeaderBytes),
                        "", false);
        }
        if (transfer.range_ignored || (transfer.status == 416 && transfer.offset > 0)) {
            return fail(FailureKind::truncated, fmt::format("{} broke off and could not be continued", request.url), "", true);
        }
        if (code != CURLE_OK) {
            return fail_by_code(request, transfer, code, position, response, transient);
        }
        if (transfer.status == 304 && conditional) {
            response.not_modified = true;
            response.validators = request.validators;
            return;
        }
        if (transfer.status != 200 && transfer.status != 206) {
            if (const auto stated = parse_retry_after(header(transfer, "retry-after"), m_clock.now())) {
                wait = std::max(*stated, m_options.back_off);
            }
            const char* hint = transfer.status == 403 ? "a firewall may refuse the User-Agent; set another by LIAISON_USER_AGENT"
                               : transfer.status == 404 || transfer.status == 410
                                   ? "the publisher may have moved it; check the address in the manifest"
                                   : "";
            return fail(FailureKind::status, fmt::format("{} answers {}", request.url, transfer.status), hint,
                        is_transient(transfer.status));
        }
        if (!request.compressed && !header(transfer, "content-encoding").empty() &&
            lower(header(transfer, "content-encoding")) != "identity") {
            return fail(FailureKind::encoding, fmt::format("{} is compressed although plain bytes were asked for", request.url), "",
                        false);
        }
    }

    void fail_by_code(const Request& request, const Transfer& transfer, CURLcode code, Position& position, Response& response,
                      bool& transient) {
        const std::string detail = m_error[0] != '\0' ? m_error.data() : curl_easy_strerror(code);
        const auto fail = [&](FailureKind kind, std::string_view what, std::string hint, bool again) {
            response.failure = Failure{kind, transfer.status, fmt::format("{} {}: {}", request.url, what, detail), std::move(hint)};
            transient = again;
        };
        if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY) {
            return fail(FailureKind::resolve, "cannot be resolved", "check the network, or use --offline or --mirror DIR", true);
        }
        if (code == CURLE_COULDNT_CONNECT) {
            return fail(FailureKind::connect, "cannot be reached", "check the network, or use --offline or --mirror DIR", true);
        }
        if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR) {
            return fail(FailureKind::tls, "has a certificate that cannot be trusted",
                        "nothing is fetched without a valid certificate; check the clock and ca-certificates", false);
        }
        if (code == CURLE_SSL_CONNECT_ERROR) {
            return fail(FailureKind::tls, "cannot agree on encryption", "", true);
        }
        if (code == CURLE_BAD_CONTENT_ENCODING) {
            return fail(FailureKind::encoding, "is compressed in a way that cannot be read", "", true);
        }
        const bool some = position.bytes > 0 && transfer.keep_body;
        if (code == CURLE_OPERATION_TIMEDOUT || code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR ||
            code == CURLE_GOT_NOTHING || code == CURLE_HTTP2_STREAM || code == CURLE_HTTP2 || code == CURLE_WRITE_ERROR) {
            const std::string& etag = response.validators.etag;
            if (some && header(transfer, "content-encoding").empty() && lower(header(transfer, "accept-ranges")) != "none") {
                position.if_range = !etag.empty() && etag.substr(0, 2) != "W/" ? etag : response.validators.last_modified;
            }
            if (code == CURLE_OPERATION_TIMEDOUT) {
                const bool slow = detail.find("too slow") != std::string::npos;
                return fail(slow ? FailureKind::slow : FailureKind::timeout, slow ? "is too slow" : "takes too long",
                            "run again later", true);
            }
            return fail(FailureKind::truncated, "broke off", "run again later", true);
        }
        fail(FailureKind::protocol, "cannot be fetched", "", false);
    }

    static const CurlGlobal& global() {
        static const CurlGlobal instance;
        return instance;
    }

    TransportOptions m_options;
    base::Clock& m_clock;
    const CurlGlobal& m_global = global();
    std::unique_ptr<CURL, EasyDeleter> m_handle;
    std::array<char, CURL_ERROR_SIZE> m_error{};
};

}  // namespace

std::string_view name_of(FailureKind kind) noexcept {
    switch (kind) {
    case FailureKind::resolve: return "cannot-resolve";
    case FailureKind::connect: return "cannot-connect";
    case FailureKind::tls: return "bad-certificate";
    case FailureKind::timeout: return "timeout";
    case FailureKind::slow: return "too-slow";
    case FailureKind::truncated: return "truncated";
    case FailureKind::too_large: return "too-large";
    case FailureKind::too_many_redirects: return "too-many-redirects";
    case FailureKind::redirect_refused: return "redirect-refused";
    case FailureKind::address_refused: return "address-refused";
    case FailureKind::status: return "http-status";
    case FailureKind::encoding: return "bad-encoding";
    case FailureKind::protocol: return "protocol-error";
    }
    return "protocol-error";
}

std::string default_user_agent() { return "liaison/0.1 (sanctions list refresh)"; }

std::unique_ptr<Transport> make_curl_transport(TransportOptions options, base::Clock& clock) {
    if (options.user_agent.empty()) {
        options.user_agent = default_user_agent();
    }
    return std::make_unique<CurlTransport>(std::move(options), clock);
}

}  // namespace liaison::feed
