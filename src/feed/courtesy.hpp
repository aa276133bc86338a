#pragma once
// How we behave towards hosts: their robots rules, a pause between two requests, a longer one after "too many", none
// at all to a host that is down. Figures from Media Cloud: at least 5 s between
// starts, 30 s after 429, a host that cannot be reached is left alone for the rest of the run.

#include "feed/robots.hpp"
#include "feed/url.hpp"
#include "liaison/base/clock.hpp"
#include "liaison/feed/transport.hpp"

#include <map>
#include <optional>
#include <string>

namespace liaison::feed {

class Courtesy {
public:
    Courtesy(Transport& transport, base::Clock& clock) : m_transport(transport), m_clock(clock) {}

    struct Refused {
        std::string reason;   ///< "robots-refused", "host-down"
        std::string message;
    };

    /// Waits for the host's turn and fetches, or says why not. robots.txt is fetched once a host and run: 4xx means
    /// all is allowed, 5xx or no answer that nothing is (RFC 9309, 2.3.1).
    std::optional<Refused> get(const Request& request, BodySink& sink, std::chrono::seconds pace, base::Progress& progress,
                               Response& response);

private:
    struct Host {
        std::optional<RobotsRules> rules;
        std::optional<base::Instant> next;  ///< not to be asked before
        bool down = false;
    };

    void load_rules(const Url& url, Host& host, base::Progress& progress);
    void wait_turn(Host& host, std::chrono::seconds pace, base::Progress& progress);
    Response fetch(const Request& request, BodySink& sink, Host& host, std::chrono::seconds pace, base::Progress& progress);

    Transport& m_transport;
    base::Clock& m_clock;
    std::map<std::string, Host> m_hosts;
};

}  // namespace liaison::feed
