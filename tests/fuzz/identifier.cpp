// Any text: what a person types, what a list publishes, what an article holds.

#include "liaison/identifier/find.hpp"
#include "liaison/identifier/wallet.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace liaison::identifier;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const Reading& reading : read_any(text)) {
        // What is valid is valid again in its normal spelling, under the same key.
        if (reading.validity == Validity::valid && reading.kind == Kind::wallet) {
            const auto again = read_wallet(reading.canonical);
            if (again.empty() || again.front().key != reading.key) {
                std::abort();
            }
        }
    }
    for (int kind = 0; kind <= static_cast<int>(Kind::phone); ++kind) {
        (void)identifier_keys(static_cast<Kind>(kind), text);
    }
    std::size_t end = 0;
    for (const Span& span : find_identifiers(text)) {
        if (span.start < end || span.end <= span.start || span.end > size) {
            std::abort();
        }
        end = span.end;
    }
    return 0;
}
