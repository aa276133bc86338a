#pragma once
// A run for Prometheus' text file collector (exposition format 0.0.4): age of each list, counts, failures.

#include "liaison/base/clock.hpp"
#include "liaison/pipeline/report.hpp"

#include <string>

namespace liaison::pipeline {

/// Families in a fixed order, feeds by id; label values escaped.
[[nodiscard]] std::string prometheus_text(const RunReport& report, base::Instant now);

}  // namespace liaison::pipeline
