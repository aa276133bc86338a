#include "feed/url.hpp"

#include "liaison/feed/transport.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <memory>
#include <vector>

namespace liaison::feed {
namespace {

constexpr std::size_t kMaxUrl = 2048;

struct UrlDeleter {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;

std::string part_of(CURLU* handle, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(handle, part, &text, flags) != CURLUE_OK || text == nullptr) {
        return {};
    }
    std::string value(text);
    curl_free(text);
    return value;
}

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return text;
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }
bool ends_with(std::string_view text, std::string_view suffix) {
    return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool is_tracking(std::string_view parameter) {
    static constexpr std::array<std::string_view, 6> kPrefixes = {"utm_", "at_", "pk_", "mtm_", "xtor", "mc_"};
    static constexpr std::array<std::string_view, 14> kNames = {
        "fbclid", "gclid", "dclid", "msclkid", "igshid", "cmpid", "cmp", "ref", "ref_src", "smid", "src", "ns_campaign",
        "amp", "outputtype"};
    const std::string name = lower(std::string(parameter.substr(0, parameter.find('='))));
    return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](auto prefix) { return starts_with(name, prefix); }) ||
           std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

std::string Url::path_and_query() const { return query.empty() ? path : path + "?" + query; }

std::string Url::text() const {
    const bool v6 = host.find(':') != std::string::npos;
    std::string text = scheme + "://" + (v6 ? "[" + host + "]" : host);
    const bool usual = (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
    return text + (usual ? "" : ":" + port) + path_and_query();
}

std::optional<Url> parse_url(std::string_view reference, std::string_view base) {
    while (!reference.empty() && static_cast<unsigned char>(reference.front()) <= ' ') {
        reference.remove_prefix(1);
    }
    while (!reference.empty() && static_cast<unsigned char>(reference.back()) <= ' ') {
        reference.remove_suffix(1);
    }
    if (reference.size() > kMaxUrl || reference.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    const UrlHandle handle(curl_url());
    if (!handle) {
        return std::nullopt;
    }
    // CURLU resolves a relative reference against what it already holds.
    if (!base.empty() && curl_url_set(handle.get(), CURLUPART_URL, std::string(base).c_str(), 0) != CURLUE_OK) {
        return std::nullopt;
    }
    if (curl_url_set(handle.get(), CURLUPART_URL, std::string(reference).c_str(), CURLU_URLENCODE) != CURLUE_OK) {
        return std::nullopt;
    }
    Url url;
    url.scheme = lower(part_of(handle.get(), CURLUPART_SCHEME));
    url.host = lower(part_of(handle.get(), CURLUPART_HOST));
    url.port = part_of(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    url.path = part_of(handle.get(), CURLUPART_PATH);
    url.query = part_of(handle.get(), CURLUPART_QUERY);
    url.has_user = !part_of(handle.get(), CURLUPART_USER).empty() || !part_of(handle.get(), CURLUPART_PASSWORD).empty();
    if (url.host.size() > 1 && url.host.front() == '[') {
        url.host = url.host.substr(1, url.host.size() - 2);
    }
    while (ends_with(url.host, ".")) {
        url.host.pop_back();
    }
    if (url.host.empty()) {
        return std::nullopt;
    }
    return url;
}

std::string refusal_of(const Url& url) {
    if (url.scheme != "https") {
        return "is not https";
    }
    if (url.has_user) {
        return "carries a user name";
    }
    std::array<char, 16> bytes{};
    if (::inet_pton(AF_INET, url.host.c_str(), bytes.data()) == 1) {
        return is_public_address({bytes.data(), 4}) ? "" : "names an address that is not public";
    }
    if (::inet_pton(AF_INET6, url.host.substr(0, url.host.find('%')).c_str(), bytes.data()) == 1) {
        return is_public_address({bytes.data(), 16}) ? "" : "names an address that is not public";
    }
    if (url.host.find('.') == std::string::npos || ends_with(url.host, ".localhost") || ends_with(url.host, ".local") ||
        ends_with(url.host, ".internal")) {
        return "names a host that is not public";
    }
    return {};
}

std::string canonical_url(const Url& url) {
    Url result = url;
    if (result.scheme == "http") {
        result.scheme = "https";
        result.port = result.port == "80" ? "443" : result.port;
    }
    if (starts_with(result.host, "amp.")) {
        result.host.replace(0, 4, "www.");
    }
    std::string path;
    for (const char c : result.path) {
        if (c != '/' || path.empty() || path.back() != '/') {
            path += c;
        }
    }
    for (const std::string_view suffix : {"/amp", "/amp/", ".amp", "/index.html", "/index.htm", "/index.php"}) {
        if (path.size() > suffix.size() && ends_with(path, suffix)) {
            path.resize(path.size() - suffix.size());
            break;
        }
    }
    while (path.size() > 1 && path.back() == '/') {
        path.pop_back();
    }
    result.path = path;
    std::string query;
    for (std::size_t start = 0; start < url.query.size();) {
        const std::size_t end = std::min(url.query.find('&', start), url.query.size());
        const std::string_view parameter = std::string_view(url.query).substr(start, end - start);
        if (!parameter.empty() && !is_tracking(parameter)) {
            query += (query.empty() ? "" : "&") + std::string(parameter);
        }
        start = end + 1;
    }
    result.query = query;
    return result.text();
}

}  // namespace liaison::feed
