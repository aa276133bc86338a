#pragma once
// What an examiner asks first: which lists were in use how old, how often they were renewed, how many were screened.

#include "liaison/audit/log.hpp"

#include <map>
#include <string>
#include <string_view>

namespace liaison::audit {

struct ListCoverage {
    std::map<std::string, std::uint64_t> attempts;  ///< by status: fetched, unchanged, refused, failed, absent
    std::int64_t max_age_days = 0;                  ///< of what was in service after a refresh
    std::string first_snapshot;                     ///< in service at the first refresh of the period
    std::string last_snapshot;
    std::string last_publication_date;
};

struct Coverage {
    std::string from;
    std::string to;
    std::uint64_t refreshes = 0;
    std::uint64_t incomplete_refreshes = 0;
    std::int64_t longest_gap_hours = 0;             ///< between two refreshes
    std::map<std::string, ListCoverage> lists;
    std::uint64_t runs = 0;                         ///< of screening
    std::uint64_t screened = 0;
    std::uint64_t unchecked = 0;
    std::uint64_t alerted = 0;                      ///< with at least one match
    std::map<std::string, std::uint64_t> decisions; ///< by state
    std::uint64_t erased = 0;
    std::map<std::string, std::uint64_t> operators; ///< lines by who wrote them
};

/// Over the lines with from <= date <= to (ISO dates; "" is open). Throws StoreError at a damaged line.
[[nodiscard]] Coverage coverage(const base::Path& db, std::string_view from, std::string_view to);
[[nodiscard]] Json to_json(const Coverage& coverage);

}  // namespace liaison::audit
