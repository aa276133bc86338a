// Any bytes: as a table under a fixed mapping, and as a mapping over a fixed table.

#include "support/checked_read.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using nlohmann::json;
    static const json mapping = json::parse(R"({"separator": ";", "header": false, "list_separator": "|", "date_order": "day_first",
        "encoding": "utf-8 or windows-1252", "column_names": ["a", "b", "c", "d"],
        "entities": {"one": {"schema": "Person", "schema_column": "d", "key": "a", "properties": {"name": "b", "birthDate": "c"}},
                     "two": {"schema": "Company", "properties": {"name": "c", "country": "d"}},
                     "tie": {"schema": "Ownership", "properties": {"owner": {"entity": "one"}, "asset": {"entity": "two"}}}}})");
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    liaison::test::checked_read("csv", bytes, &mapping);
    constexpr std::size_t longest = 4096;  // the mapping is the operator's own: depth is not at stake here
    const json settings = json::parse(bytes.substr(0, longest), nullptr, false);
    return settings.is_discarded() ? 0 : liaison::test::checked_read("csv", "a,b\n1,2\n", &settings);
}
