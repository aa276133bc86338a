// A line of the audit log: whatever the bytes, an entry or an InputError.

#include "liaison/audit/log.hpp"
#include "liaison/base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const liaison::audit::Entry entry =
            liaison::audit::parse_entry({reinterpret_cast<const char*>(data), size});
        if (entry.hash.size() != 64 || entry.prev.size() != 64) {
            __builtin_trap();
        }
    } catch (const liaison::base::InputError&) {
    }
    return 0;
}
