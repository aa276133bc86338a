#include "feed/robots.hpp"

#include <algorithm>
#include <charconv>

namespace liaison::feed {
namespace {

constexpr std::size_t kMaxBytes = 500 * 1024;
constexpr std::size_t kMaxRules = 10'000;
constexpr int kMaxDelay = 30;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
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

/// Percent-encoded unreserved characters decoded, others' digits in capitals, so that both sides compare alike.
std::string normalised(std::string_view text) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            const auto value = static_cast<unsigned char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            const bool unreserved = (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') ||
                                    (value >= '0' && value <= '9') || value == '-' || value == '.' || value == '_' || value == '~';
            if (unreserved) {
                out += static_cast<char>(value);
            } else {
                out += {'%', kDigits[value >> 4], kDigits[value & 15]};
            }
            i += 2;
        } else if (byte >= 0x80) {
            out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        } else {
            out += text[i];
        }
    }
    return out;
}

/// `*` is any run, `$` at the end is the end. Greedy with one step back: linear in practice, at worst quadratic in 2 KB.
bool matches(std::string_view pattern, std::string_view path) {
    const bool anchored = !pattern.empty() && pattern.back() == '$';
    if (anchored) {
        pattern.remove_suffix(1);
    }
    std::size_t p = 0;
    std::size_t s = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    for (;;) {
        if (p == pattern.size() && (!anchored || s == path.size())) {
            return true;
        }
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = s;
        } else if (p < pattern.size() && s < path.size() && pattern[p] == path[s]) {
            ++p;
            ++s;
        } else if (star != std::string_view::npos && mark < path.size()) {
            p = star + 1;
            s = ++mark;
        } else {
            return false;
        }
    }
}

}  // namespace

RobotsRules RobotsRules::disallow_all() {
    RobotsRules rules;
    rules.m_rules.push_back({"/", false});
    return rules;
}

RobotsRules::RobotsRules(std::string_view text, std::string_view product) {
    text = text.substr(0, kMaxBytes);
    std::vector<Rule> general;
    std::chrono::seconds general_delay{0};
    bool named = false;        // some group names us
    bool in_named = false;     // the current group does
    bool in_general = false;
    bool agents_end = true;    // a user-agent line begins a new group
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));
        if (line.substr(0, 3) == "\xef\xbb\xbf") {
            line.remove_prefix(3);
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) {
            continue;
        }
        const std::string_view key = trimmed(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (same(key, "user-agent")) {
            if (agents_end) {
                in_named = in_general = agents_end = false;
            }
            const std::string_view token = value.substr(0, value.find_first_of("/ \t"));
            in_general = in_general || token == "*";
            in_named = in_named || same(token, product);
            named = named || in_named;
            continue;
        }
        const bool allow = same(key, "allow");
        if (allow || same(key, "disallow")) {
            agents_end = true;
            if (!value.empty() && m_rules.size() + general.size() < kMaxRules) {
                if (in_named) {
                    m_rules.push_back({normalised(value), allow});
                } else if (in_general) {
                    general.push_back({normalised(value), allow});
                }
            }
        } else if (same(key, "crawl-delay")) {
            agents_end = true;
            int seconds = 0;
            std::from_chars(value.data(), value.data() + value.size(), seconds);
            const std::chrono::seconds delay(std::clamp(seconds, 0, kMaxDelay));
            if (in_named) {
                m_delay = delay;
            } else if (in_general) {
                general_delay = delay;
            }
        }
    }
    if (!named) {
        m_rules = std::move(general);
        m_delay = general_delay;
    }
}

bool RobotsRules::allows(std::string_view path_and_query) const {
    if (path_and_query == "/robots.txt") {
        return true;
    }
    const std::string path = normalised(path_and_query);
    std::size_t longest = 0;
    bool allowed = true;
    for (const Rule& rule : m_rules) {
        if (rule.pattern.size() >= longest && matches(rule.pattern, path)) {
            allowed = rule.pattern.size() > longest ? rule.allow : (allowed && longest > 0) || rule.allow;
            longest = rule.pattern.size();
        }
    }
    return allowed;
}

}  // namespace liaison::feed
