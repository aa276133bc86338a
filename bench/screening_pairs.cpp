// Labelled pairs: F1 at the default threshold, cross-validated threshold, reliability bins and Brier score.
//   bench_screening_pairs ../shared/data/labels/name_pairs_dev.csv [--errors]

#include "liaison/match/pair.hpp"
#include "liaison/record/csv.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace {

struct Row {
    std::string schema, one, other;
    bool label = false;
    double score = 0;
    double logit = 0;
};

struct Counts {
    int hit = 0, alarm = 0, miss = 0, calm = 0;
    void add(bool label, bool said) { (label ? (said ? hit : miss) : (said ? alarm : calm)) += 1; }
    [[nodiscard]] double f1() const { return 2.0 * hit / std::max(1, 2 * hit + alarm + miss); }
    [[nodiscard]] double precision() const { return static_cast<double>(hit) / std::max(1, hit + alarm); }
    [[nodiscard]] double recall() const { return static_cast<double>(hit) / std::max(1, hit + miss); }
};

Counts count(const std::vector<Row>& rows, double threshold, std::string_view schema = {}) {
    Counts counts;
    for (const Row& row : rows)
        if (schema.empty() || row.schema == schema) counts.add(row.label, row.score >= threshold);
    return counts;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print("usage: bench_screening_pairs FILE [--errors]\n");
        return 2;
    }
    std::vector<Row> rows;
    liaison::record::CsvReader reader(liaison::record::source_from_path(argv[1]), {});
    liaison::record::CsvRow csv;
    bool header = true;
    while (reader.next(csv)) {
        if (header) {
            header = false;
            continue;
        }
        Row row{std::string(csv.field(0)), std::string(csv.field(1)), std::string(csv.field(2)), csv.field(3) == "true"};
        const auto scored = liaison::match::score_pair(row.one, row.other, row.schema);
        row.score = scored.score;
        row.logit = scored.log_odds;
        rows.push_back(row);
    }
    for (const double threshold : {0.65, 0.70, 0.75, 0.80}) {
        const Counts all = count(rows, threshold);
        fmt::print("threshold {:.2f}: F1 {:.3f} precision {:.3f} recall {:.3f} ({} pairs)\n", threshold, all.f1(), all.precision(), all.recall(), rows.size());
    }
    for (const std::string_view schema : {"Person", "Company", "Organization", "Vessel"}) {
        const Counts some = count(rows, 0.70, schema);
        fmt::print("{}: F1 {:.3f} hits {} misses {} alarms {}\n", schema, some.f1(), some.hit, some.miss, some.alarm);
    }
    // Ten folds by row number: the threshold that is best on nine, applied to the tenth.
    Counts folded;
    for (std::size_t fold = 0; fold < 10; ++fold) {
        double best = 0.7, best_f1 = 0;
        for (double threshold = 0.4; threshold < 0.95; threshold += 0.01) {
            Counts counts;
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (i % 10 != fold) counts.add(rows[i].label, rows[i].score >= threshold);
            if (counts.f1() > best_f1) best_f1 = counts.f1(), best = threshold;
        }
        for (std::size_t i = fold; i < rows.size(); i += 10) folded.add(rows[i].label, rows[i].score >= best);
    }
    fmt::print("ten-fold threshold: F1 {:.3f}\n", folded.f1());
    double brier = 0;
    for (const Row& row : rows) brier += (row.score - row.label) * (row.score - row.label);
    fmt::print("Brier {:.3f}\n", brier / static_cast<double>(rows.size()));
    for (double low = 0; low < 0.999; low += 0.1) {
        double sum = 0;
        int yes = 0, n = 0;
        for (const Row& row : rows)
            if (row.score >= low && (row.score < low + 0.1 || (low > 0.89))) sum += row.score, yes += row.label, ++n;
        if (n > 0) fmt::print("bin {:.1f}-{:.1f}: {:3d} pairs, mean score {:.2f}, share true {:.2f}\n", low, low + 0.1, n, sum / n, static_cast<double>(yes) / n);
    }
    // Slope and offset of the log-odds by Newton's method, on all and by ten folds: what calibrate() was fitted with.
    const auto fit = [&](std::size_t skip) {
        double slope = 1, offset = 0;
        for (int round = 0; round < 50; ++round) {
            double g0 = 0, g1 = 0, h00 = 1e-6, h01 = 0, h11 = 1e-6;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (i % 10 == skip) continue;
                const double p = 1 / (1 + std::exp(-(offset + slope * rows[i].logit)));
                const double d = p - rows[i].label, w = p * (1 - p);
                g0 += d, g1 += d * rows[i].logit, h00 += w, h01 += w * rows[i].logit, h11 += w * rows[i].logit * rows[i].logit;
            }
            const double det = h00 * h11 - h01 * h01;
            offset -= (h11 * g0 - h01 * g1) / det;
            slope -= (h00 * g1 - h01 * g0) / det;
        }
        return std::pair{slope, offset};
    };
    const auto [slope, offset] = fit(10);
    fmt::print("refit of the log-odds: slope {:.3f} offset {:.3f} (1 and 0 when calibrated)\n", slope, offset);
    double folded_brier = 0;
    for (std::size_t fold = 0; fold < 10; ++fold) {
        const auto [a, b] = fit(fold);
        for (std::size_t i = fold; i < rows.size(); i += 10) {
            const double p = 1 / (1 + std::exp(-(b + a * rows[i].logit)));
            folded_brier += (p - rows[i].label) * (p - rows[i].label);
        }
    }
    fmt::print("ten-fold Brier {:.3f}\n", folded_brier / static_cast<double>(rows.size()));
    if (argc > 2)
        for (const Row& row : rows)
            if (row.label != (row.score >= 0.7)) fmt::print("{} {:.3f} {} | {} | {}\n", row.label ? "MISS " : "ALARM", row.score, row.schema, row.one, row.other);
    return 0;
}
