// Any bytes: the eu_fsf adapter refuses them or gives entities of valid UTF-8 with ids.

#include "support/checked_read.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return liaison::test::checked_read("eu_fsf_xml", {reinterpret_cast<const char*>(data), size});
}
