// The imitation of OFAC's own search against the scores that its page gave.
//   bench_screening_ofac ../shared/data/labels/ofac_search_scores.csv [--differences]

#include "liaison/record/csv.hpp"
#include "match/ofac.hpp"

#include <fmt/core.h>

#include <cmath>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    liaison::record::CsvReader reader(liaison::record::source_from_path(argv[1]), {});
    liaison::record::CsvRow row;
    int rows = 0, close = 0, shown = 0, shown_close = 0;
    double gap = 0;
    bool header = true;
    while (reader.next(row)) {
        if (header) {
            header = false;
            continue;
        }
        const double theirs = std::max(0.0, std::strtod(std::string(row.field(2)).c_str(), nullptr));
        const double ours = 100 * liaison::match::ofac_score(row.field(0), row.field(1));
        // What OFAC does not show (empty or -1) is below 50 of ours.
        const bool within = theirs == 0 ? ours < 50 + 5 : std::abs(std::round(ours) - theirs) <= 5;
        ++rows;
        close += within;
        if (theirs > 0) ++shown, shown_close += within, gap += std::abs(ours - theirs);
        if (argc > 2 && !within) fmt::print("{} | {}: theirs {} ours {:.1f}\n", row.field(0), row.field(1), theirs, ours);
    }
    fmt::print("within 5 points: {} of {} ({:.1f} %); of those that OFAC shows {} of {}, mean gap {:.2f}\n", close, rows, 100.0 * close / rows, shown_close, shown, gap / shown);
    return 0;
}
