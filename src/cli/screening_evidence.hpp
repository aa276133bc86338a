#pragma once
// What a screening leaves behind: its records in the audit log, and the pairs of a book.

#include "cli/options.hpp"

#include "liaison/audit/log.hpp"
#include "liaison/monitor/book.hpp"
#include "liaison/query/screening.hpp"

#include <optional>
#include <vector>

namespace liaison::cli {

/// Engine version, thresholds, list versions: what an answer depends on beside the query.
[[nodiscard]] audit::Json circumstances_of(const query::Engine& engine, const match::Options& options);

/// Status, and each match with its score and the parts that add up to it.
[[nodiscard]] audit::Json outcome_of(const query::Engine& engine, const query::Screened& screened);

/// Collects answers and records them in blocks, so that a record costs little beside its screening.
class ScreeningRecorder {
public:
    ScreeningRecorder(audit::Log log, audit::Json circumstances) : m_log(std::move(log)), m_circumstances(std::move(circumstances)) {}
    void add(const query::Engine& engine, const query::Screened& screened);
    /// Records what is left and signs. Durable on return.
    void finish();

private:
    void flush();
    audit::Log m_log;
    audit::Json m_circumstances;
    std::vector<audit::Screened> m_waiting;
};

/// The matches of a record as a book keeps them.
void add_pairs(const query::Engine& engine, const query::Screened& screened, std::vector<monitor::Pair>& pairs);

/// Names the list versions of an engine: a book screened against the same ones has nothing to learn.
[[nodiscard]] std::string state_of(const query::Engine& engine);

}  // namespace liaison::cli
