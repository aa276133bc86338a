#pragma once
// The set of files of an OFAC CSV edition: which file is which part, told from content, and rows by column name whether
// the file has a header line or not. Private to adapter.

#include "liaison/base/progress.hpp"
#include "liaison/model/entity.hpp"
#include "liaison/record/byte_source.hpp"
#include "liaison/record/csv.hpp"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::ofac {

enum class CsvPart { primary, addresses, aliases, comments };

/// Columns of each part in the order of the layout without header (OFAC's dat_spec.txt).
[[nodiscard]] std::span<const std::string_view> columns_of(CsvPart part);
/// "sdn.csv": for messages.
[[nodiscard]] std::string_view file_name_of(CsvPart part);
/// Nullopt when the file is none of them.
[[nodiscard]] std::optional<CsvPart> recognise_part(const record::SourceFile& file);

/// A row of a part: fields by the order of columns_of, null ("-0-") and absent ones empty, trimmed.
struct CsvSetRow {
    std::vector<std::string_view> fields;
    base::Position position;
    std::string_view raw;
};

/// Calls `row` for each usable row and counts it; others become issues. Throws InputError when a needed column is
/// missing from the header.
std::uint64_t read_part(const record::SourceFile& file, CsvPart part, model::StatementSink& sink,
                        base::Progress* progress, const std::function<void(const CsvSetRow&)>& row);

}  // namespace liaison::adapter::ofac
