#pragma once
// Records to be screened, read from CSV with named columns, NDJSON or FollowTheMoney JSON, as a stream of any length.
// A record is never lost: what cannot be used of its evidence is a problem on the record and its name is still screened;
// when the record itself or its name cannot be used, `unchecked` says why.

#include "liaison/base/issue.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/match/screen.hpp"
#include "liaison/record/byte_source.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace liaison::match {

struct BatchRecord {
    std::uint64_t number = 0;      ///< 1-based position among the records
    base::Position position;
    Query query;
    std::vector<std::string> problems;  ///< evidence that could not be used, one sentence each
    std::string unchecked;              ///< why it cannot be checked, "" when it can
};

enum class BatchFormat { automatic, csv, ndjson };

struct BatchOptions {
    BatchFormat format = BatchFormat::automatic;   ///< automatic: NDJSON when the first character is "{"
    std::map<std::string, std::string> columns;    ///< column of the file -> known column
    bool ignore_columns = false;                   ///< unknown columns are skipped instead of refused
    const model::Schema* schema = nullptr;         ///< of records that name none
    char separator = ',';
};

/// The columns understood: id, name, schema, birth_date, nationality, country, gender, birth_place, address, id_number,
/// wallet, email, phone; several values split by ";".
[[nodiscard]] const std::vector<std::string>& batch_columns();

/// Puts the text of a known column into a query. A value that cannot be used is told in `problems`.
void set_column(Query& query, std::string_view column, std::string_view text, std::vector<std::string>& problems);

class BatchReader {
public:
    /// Throws UsageError for an unknown or missing column, InputError when the source cannot be read.
    BatchReader(const record::SourceFile& file, BatchOptions options, base::Progress* progress = nullptr);
    ~BatchReader();
    BatchReader(BatchReader&&) noexcept;
    BatchReader& operator=(BatchReader&&) noexcept;
    /// False at the end.
    [[nodiscard]] bool next(BatchRecord& record);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace liaison::match
