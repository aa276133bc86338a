// A manifest that an operator was sent: read, or refused with an InputError, and nothing else.
#include "liaison/base/error.hpp"
#include "liaison/feed/manifest.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        (void)liaison::feed::parse_manifest({reinterpret_cast<const char*>(data), size}, "fuzz.json");
    } catch (const liaison::base::InputError&) {
    }
    return 0;
}
