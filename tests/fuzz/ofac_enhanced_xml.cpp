#include "support/checked_read.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return liaison::test::checked_read("ofac_enhanced_xml", {reinterpret_cast<const char*>(data), size});
}
