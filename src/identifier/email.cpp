#include "liaison/identifier/email.hpp"

#include "identifier/ascii.hpp"
#include "identifier/label.hpp"
#include "liaison/identifier/domain.hpp"

namespace liaison::identifier {
namespace {

bool is_local_part(std::string_view local) {
    constexpr std::string_view specials = "!#$%&'*+/=?^_`{|}~-.";  // RFC 5321 atom characters and the dot
    return !local.empty() && local.size() <= 64 && local.front() != '.' && local.back() != '.' &&
           local.find("..") == std::string_view::npos && ascii::all(local, [&](char c) {
               return ascii::is_alnum(c) || specials.find(c) != std::string_view::npos ||
                      static_cast<unsigned char>(c) >= 0x80;
           });
}

}  // namespace

std::optional<Reading> read_email(std::string_view text) {
    const Labelled labelled = split_label(text);
    if (labelled_as_other(labelled, Kind::email)) {
        return std::nullopt;
    }
    std::string value = refang(labelled.rest);
    if (ascii::lower(value.substr(0, 7)) == "mailto:") {
        value = value.substr(7, value.find('?') == std::string::npos ? std::string::npos : value.find('?') - 7);
    }
    const std::size_t at = value.rfind('@');
    if (at == std::string::npos || at == 0) {
        return std::nullopt;
    }
    const std::string local = value.substr(0, at);
    const auto host = normal_host(std::string_view(value).substr(at + 1));
    if (is_local_part(local) && host) {
        const std::string canonical = local + "@" + *host;
        return Reading{Kind::email, Validity::well_formed, {}, canonical, "email:" + ascii::lower(canonical), {}, {}};
    }
    if (value.find(' ') != std::string::npos) {
        return std::nullopt;
    }
    return Reading{Kind::email, Validity::malformed, {}, value, "email:" + ascii::lower(value),
                   host ? "the part before @ is not one" : "the part behind @ is no host under a real top-level domain", {}};
}

}  // namespace liaison::identifier
