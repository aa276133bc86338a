// Any bytes: the ca_sema adapter refuses them or gives entities of valid UTF-8 with ids.

#include "support/checked_read.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return liaison::test::checked_read("ca_sema_xml", {reinterpret_cast<const char*>(data), size});
}
