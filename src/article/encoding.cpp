#include "article/builder.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

namespace liaison::article {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

/// The value after "charset=" in a Content-Type or a meta element, or "".
std::string charset_in(std::string_view text) {
    const std::string low = lower(text);
    const std::size_t at = low.find("charset=");
    if (at == std::string::npos) {
        return {};
    }
    std::size_t begin = at + 8;
    while (begin < low.size() && (low[begin] == '"' || low[begin] == '\'' || low[begin] == ' ')) {
        ++begin;
    }
    std::size_t end = begin;
    while (end < low.size() && end - begin < 40 && (std::isalnum(static_cast<unsigned char>(low[end])) != 0 ||
                                                    low[end] == '-' || low[end] == '_' || low[end] == ':')) {
        ++end;
    }
    std::string name = low.substr(begin, end - begin);
    // What is called latin-1 or ascii on the web is windows-1252 (WHATWG Encoding, section 4.2).
    if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii") {
        name = "windows-1252";
    }
    return name;
}

std::string convert(std::string_view bytes, const std::string& charset) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(charset.c_str(), &status), &ucnv_close);
    if (U_FAILURE(status) != 0) {
        return {};
    }
    std::string result;
    // Two steps over UTF-16: no encoding needs more UTF-16 units than bytes.
    std::u16string wide(bytes.size() + 1, u'\0');
    const std::int32_t units = ucnv_toUChars(from.get(), wide.data(), static_cast<std::int32_t>(wide.size()), bytes.data(),
                                             static_cast<std::int32_t>(bytes.size()), &status);
    if (U_FAILURE(status) != 0) {
        return {};
    }
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &status), &ucnv_close);
    result.resize(static_cast<std::size_t>(units) * 3 + 4);
    const std::int32_t size = ucnv_fromUChars(to.get(), result.data(), static_cast<std::int32_t>(result.size()),
                                              wide.data(), units, &status);
    if (U_FAILURE(status) != 0) {
        return {};
    }
    result.resize(static_cast<std::size_t>(size));
    return result;
}

}  // namespace

std::string decode_text(std::string_view bytes, std::string_view content_type, bool html, std::vector<base::Issue>& issues) {
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
        // The mark counts as a code point of the file: it stays, and readers skip it.
        return base::repair_utf8(bytes);
    }
    const bool little = bytes.substr(0, 2) == "\xFF\xFE";
    if (little || bytes.substr(0, 2) == "\xFE\xFF") {
        std::string decoded = convert(bytes.substr(2), little ? "UTF-16LE" : "UTF-16BE");
        return decoded.empty() ? base::repair_utf8(bytes) : decoded;
    }
    std::string declared = charset_in(content_type);
    if (declared.empty() && html) {
        declared = charset_in(bytes.substr(0, 4096));
    }
    const std::size_t invalid = base::find_invalid_utf8(bytes);
    if (invalid == std::string_view::npos) {
        if (!declared.empty() && declared != "utf-8" && declared != "utf8" &&
            std::any_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; })) {
            // Bytes that are valid UTF-8 and not ASCII are UTF-8 whatever is declared: the chance is negligible.
            issues.push_back({"charset-contradicted", fmt::format("declared as {}, but the bytes are UTF-8", declared), {}, {}, {}});
        }
        return std::string(bytes);
    }
    if (declared.empty() || declared == "utf-8" || declared == "utf8") {
        // Few broken bytes in a UTF-8 text are damage; many mean another encoding.
        const std::string repaired = base::repair_utf8(bytes);
        std::size_t broken = 0;
        for (std::size_t at = repaired.find("\xEF\xBF\xBD"); at != std::string::npos; at = repaired.find("\xEF\xBF\xBD", at + 3)) {
            ++broken;
        }
        std::size_t beyond = 0;
        for (const char c : repaired) {
            beyond += (static_cast<unsigned char>(c) & 0xC0U) == 0xC0U ? 1 : 0;
        }
        if (broken * 2 < beyond) {
            issues.push_back({"invalid-utf8", fmt::format("{} broken sequences are replaced, the first at byte {}", broken, invalid),
                              {{}, 0, invalid}, {}, {}});
            return repaired;
        }
        declared = "windows-1252";
    }
    std::string decoded = convert(bytes, declared);
    if (decoded.empty()) {
        issues.push_back({"unknown-charset", fmt::format("the charset {} is unknown; read as windows-1252", declared), {}, {}, {}});
        decoded = convert(bytes, "windows-1252");
    }
    return decoded;
}

}  // namespace liaison::article
