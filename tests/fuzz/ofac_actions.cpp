// Any bytes: the reader of OFAC's recent actions refuses them or gives entities of valid UTF-8 with ids.

#include "support/checked_read.hpp"

#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    liaison::test::checked_read("ofac_actions_html", bytes);
    // As the body of a page that is recognised, so that the entry grammar is reached.
    const std::string page = "<article class=\"ofac-recent-action\"><div class=\"field--name-field-body\"><h4>added changes</h4><p>" + std::string(bytes);
    return liaison::test::checked_read("ofac_actions_html", page);
}
