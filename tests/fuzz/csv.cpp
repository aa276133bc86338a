// Any bytes: CsvReader gives rows of valid UTF-8 and comes to an end.

#include "liaison/base/utf8.hpp"
#include "liaison/record/csv.hpp"

#include <cstdint>
#include <cstdlib>

using namespace liaison;
using namespace liaison::record;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const CsvEncoding encoding :
         {CsvEncoding::utf8, CsvEncoding::utf8_or_windows_1252, CsvEncoding::windows_1252}) {
        CsvOptions options;
        options.encoding = encoding;
        options.row_bytes = 64;
        options.fields = 8;
        CsvReader reader(source_from_memory("fuzz", text), options);
        CsvRow row;
        std::size_t rows = 0;
        while (reader.next(row)) {
            if (++rows > size || base::find_invalid_utf8(row.raw) != std::string_view::npos) {
                std::abort();
            }
            for (const std::string_view field : row.fields) {
                if (base::find_invalid_utf8(field) != std::string_view::npos) {
                    std::abort();
                }
            }
        }
    }
    return 0;
}
