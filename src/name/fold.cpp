#include "liaison/name/fold.hpp"

#include "liaison/base/error.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace liaison::name {
namespace {

/// Transliterators are not thread-safe, so each thread has its own. Letters that decompose to nothing simpler (ø, ł, ß)
/// are Latin-ASCII's work.
const icu::Transliterator& transliterator() {
    thread_local const std::unique_ptr<icu::Transliterator> instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            "Any-Latin; NFKD; [:Mn:] Remove; [:Cf:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
        if (U_FAILURE(status)) {
            throw base::InternalError(std::string("ICU has no Any-Latin transliteration: ") + u_errorName(status),
                                      "install libicu's full data");
        }
        return made;
    }();
    return *instance;
}

}  // namespace

std::string fold(std::string_view text) {
    const bool ascii = std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    std::string folded;
    if (ascii) {
        folded.reserve(text.size());
        for (const char c : text) {
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
        return folded;
    }
    icu::UnicodeString unicode =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    transliterator().transliterate(unicode);
    unicode.toUTF8String(folded);
    return folded;
}

}  // namespace liaison::name
