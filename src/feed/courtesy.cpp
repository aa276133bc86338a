#include "feed/courtesy.hpp"

#include "liaison/base/error.hpp"
#include "liaison/feed/fetch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liaison::feed {
namespace {

constexpr std::string_view kProduct = "liaison";
constexpr std::uint64_t kMaxRobotsBytes = 2 << 20;
constexpr std::chrono::seconds kAfterTooMany{30};
constexpr std::chrono::milliseconds kWaitSlice{250};

}  // namespace

std::optional<Courtesy::Refused> Courtesy::get(const Request& request, BodySink& sink, std::chrono::seconds pace,
                                               base::Progress& progress, Response& response) {
    const auto url = parse_url(request.url);
    if (!url) {
        return Refused{"bad-address", fmt::format("{} is not an address", request.url)};
    }
    Host& host = m_hosts[url->host + ":" + url->port];
    if (!host.rules) {
        load_rules(*url, host, progress);
    }
    if (host.down) {
        return Refused{"host-down", fmt::format("{} is left alone: its host cannot be reached", request.url)};
    }
    if (!host.rules->allows(url->path_and_query())) {
        return Refused{"robots-refused", fmt::format("{} is closed to robots by its host's robots.txt", request.url)};
    }
    response = fetch(request, sink, host, std::max(pace, host.rules->delay()), progress);
    return std::nullopt;
}

void Courtesy::load_rules(const Url& url, Host& host, base::Progress& progress) {
    Url robots = url;
    robots.path = "/robots.txt";
    robots.query.clear();
    StringSink text;
    const Response response = fetch({robots.text(), {}, kMaxRobotsBytes, true}, text, host, std::chrono::seconds(1), progress);
    if (!response.failure) {
        host.rules = RobotsRules(text.text, kProduct);
    } else if (response.failure->kind == FailureKind::status && response.status >= 400 && response.status < 500 &&
               response.status != 429) {
        host.rules = RobotsRules();
    } else {
        host.rules = RobotsRules::disallow_all();
    }
}

void Courtesy::wait_turn(Host& host, std::chrono::seconds pace, base::Progress& progress) {
    if (!host.next) {
        return;
    }
    // The length is fixed now and counted down: a clock that stands still or jumps back must not make us wait for ever.
    std::chrono::milliseconds left = std::clamp<std::chrono::seconds>(*host.next - m_clock.now(), std::chrono::seconds(0),
                                                                      std::max(pace, kAfterTooMany));
    while (left.count() > 0) {
        if (progress.interrupted()) {
            throw base::Interrupted("interrupted while waiting for a server");
        }
        m_clock.sleep_for(kWaitSlice);
        left -= kWaitSlice;
    }
}

Response Courtesy::fetch(const Request& request, BodySink& sink, Host& host, std::chrono::seconds pace,
                         base::Progress& progress) {
    wait_turn(host, pace, progress);
    host.next = m_clock.now() + pace;
    Response response = m_transport.get(request, sink, progress);
    if (response.status == 429) {
        host.next = m_clock.now() + kAfterTooMany;
    }
    if (response.failure) {
        const FailureKind kind = response.failure->kind;
        host.down = kind == FailureKind::connect || kind == FailureKind::resolve || kind == FailureKind::tls;
    }
    return response;
}

void CourtesyDeleter::operator()(Courtesy* courtesy) const noexcept { std::default_delete<Courtesy>()(courtesy); }

Network make_network(Transport& transport, base::Clock& clock) {
    return Network{transport, CourtesyPtr(std::make_unique<Courtesy>(transport, clock).release())};
}

}  // namespace liaison::feed
