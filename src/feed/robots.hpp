#pragma once
// Robots Exclusion Protocol, RFC 9309: the rules of one host for one product token.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::feed {

class RobotsRules {
public:
    /// Everything allowed.
    RobotsRules() = default;
    /// `text` beyond 500 KiB is not read (RFC 9309, 2.5). `product` is compared without case.
    RobotsRules(std::string_view text, std::string_view product);
    [[nodiscard]] static RobotsRules disallow_all();

    /// `path_and_query` begins with "/". The longest matching rule decides, allow wins a tie; /robots.txt is allowed.
    [[nodiscard]] bool allows(std::string_view path_and_query) const;
    /// Crawl-delay, which is no part of the RFC but often meant; at most 30 s.
    [[nodiscard]] std::chrono::seconds delay() const noexcept { return m_delay; }

private:
    struct Rule {
        std::string pattern;
        bool allow;
    };
    std::vector<Rule> m_rules;
    std::chrono::seconds m_delay{0};
};

}  // namespace liaison::feed
