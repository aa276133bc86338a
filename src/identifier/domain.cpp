#include "liaison/identifier/domain.hpp"

#include "identifier/ascii.hpp"
#include "identifier/table_file.hpp"
#include "liaison_identifier_data.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/uidna.h>

namespace liaison::identifier {
namespace {

constexpr std::size_t max_host = 253;

/// Idn labels to ASCII by UTS 46, nontransitional; nullopt when ICU finds an error.
std::optional<std::string> to_ascii(std::string_view host) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna(
        uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &error), uidna_close);
    std::array<char, 512> buffer{};
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    const int32_t length = uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<int32_t>(host.size()), buffer.data(),
                                                  static_cast<int32_t>(buffer.size()), &info, &error);
    if (U_FAILURE(error) || info.errors != 0 || length <= 0 || length > static_cast<int32_t>(max_host)) {
        return std::nullopt;
    }
    return std::string(buffer.data(), static_cast<std::size_t>(length));
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           ascii::all(label, [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; });
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// Replaces ASCII `from` (lower case) in any case.
void replace_any_case(std::string& text, std::string_view from, std::string_view to) {
    std::string folded = ascii::lower(text);
    for (std::size_t at = folded.find(from); at != std::string::npos; at = folded.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
        folded.replace(at, from.size(), to);
    }
}

}  // namespace

std::string refang(std::string_view text) {
    std::string result(ascii::trim(text));
    for (const auto& [open, close] : {std::pair{"[", "]"}, {"(", ")"}, {"{", "}"}, {"<", ">"}}) {
        for (const auto& [word, mark] : {std::pair{".", "."}, {"dot", "."}, {"@", "@"}, {"at", "@"}, {":", ":"},
                                         {"://", "://"}}) {
            const std::string token = std::string(open) + word + close;
            replace_any_case(result, " " + token + " ", mark);
            replace_any_case(result, token, mark);
        }
    }
    const std::string folded = ascii::lower(result);
    const std::size_t at = folded.find(" at ");
    if (at != std::string::npos && folded.find(" dot ", at) != std::string::npos) {
        replace_any_case(result, " at ", "@");
        replace_any_case(result, " dot ", ".");
    } else if (result.find('@') != std::string::npos) {
        replace_any_case(result, " dot ", ".");
    }
    if (ascii::lower(result.substr(0, 4)) == "hxxp") {
        result.replace(1, 2, "tt");
    }
    replace_all(result, "\\.", ".");
    return result;
}

bool is_top_level_domain(std::string_view label) {
    static const auto tlds = table_lines(data::tlds_txt(), "tlds.txt");
    return std::binary_search(tlds.begin(), tlds.end(), label);
}

std::optional<std::string> normal_host(std::string_view host) {
    if (!host.empty() && host.back() == '.') {
        host.remove_suffix(1);
    }
    if (host.empty() || host.size() > 2 * max_host) {
        return std::nullopt;
    }
    std::string name = ascii::lower(host);
    if (ascii::any(host, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        const auto converted = to_ascii(host);
        if (!converted) {
            return std::nullopt;
        }
        name = *converted;
    }
    std::string_view rest = name;
    std::size_t labels = 0;
    std::string_view last;
    while (true) {
        const std::size_t dot = rest.find('.');
        last = rest.substr(0, dot);
        if (!is_label(last)) {
            return std::nullopt;
        }
        ++labels;
        if (dot == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(dot + 1);
    }
    if (labels < 2 || name.size() > max_host || !is_top_level_domain(last)) {
        return std::nullopt;
    }
    return name;
}

std::optional<Reading> read_domain(std::string_view text) {
    std::string value = refang(text);
    if (value.find(' ') != std::string::npos) {
        return std::nullopt;
    }
    std::string_view host = value;
    if (const std::size_t scheme = host.find("://"); scheme != std::string_view::npos) {
        host.remove_prefix(scheme + 3);
        host = host.substr(0, host.find_first_of("/?#"));
        if (const std::size_t user = host.rfind('@'); user != std::string_view::npos) {
            host.remove_prefix(user + 1);
        }
    } else {
        host = host.substr(0, host.find_first_of("/?#"));
    }
    if (const std::size_t port = host.rfind(':'); port != std::string_view::npos && ascii::all_digits(host.substr(port + 1))) {
        host = host.substr(0, port);
    }
    auto name = normal_host(host);
    if (!name) {
        return std::nullopt;
    }
    if (name->starts_with("www.") && normal_host(std::string_view(*name).substr(4))) {
        name->erase(0, 4);
    }
    return Reading{Kind::domain, Validity::well_formed, {}, *name, "domain:" + *name, "a host under a real top-level domain", {}};
}

}  // namespace liaison::identifier
