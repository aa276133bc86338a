// Speed of the export: `bench_export gexf [FILE]` (100,000 nodes, 300,000 edges, no layout), `bench_export layout` (ForceAtlas2, 20,000
// nodes, 60,000 edges, 300 rounds), `bench_export communities` (Leiden on a million links), `bench_export all FORMAT`.
// The figures are in docs/bench/export.md.

#include "liaison/base/error.hpp"
#include "liaison/base/files.hpp"
#include "liaison/export/drawing.hpp"
#include "liaison/export/export.hpp"
#include "liaison/export/network.hpp"
#include "support/selections.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <iostream>
#include <string>

using namespace liaison;

namespace {

double processor_seconds();

class Stopwatch {
public:
    [[nodiscard]] std::string text() const {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
        return fmt::format("{:.2f} s ({:.2f} s of processor time)", seconds, processor_seconds() - m_processor);
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    double m_processor = processor_seconds();
};

/// Processor time of all threads so far: what the figure would be on an idle machine, whatever else runs on this one.
double processor_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// SplitMix64 as a source of link ends: planted groups of 100 vertices, nine links of ten inside a group.
std::vector<exports::Link> planted(std::uint32_t vertices, std::size_t links) {
    std::uint64_t state = 42;
    const auto next = [&state](std::uint64_t limit) {
        state += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return static_cast<std::uint32_t>((z ^ (z >> 31U)) % limit);
    };
    std::vector<exports::Link> result;
    while (result.size() < links) {
        const std::uint32_t source = next(vertices);
        const std::uint32_t target = next(10) < 9 ? source / 100 * 100 + next(100) : next(vertices);
        if (source != target && target < vertices) result.push_back({source, target, 1});
    }
    return result;
}

void bench_gexf(const std::string& path) {
    const auto selection = tests::random_selection(100000, 300000, 1, true);
    const double before = peak_megabytes();
    exports::Options options;
    options.layout = exports::LayoutKind::spiral;
    options.metrics = false;
    const auto files = base::make_system_files();
    const Stopwatch watch;
    exports::FileOutput output(*files, path);
    const auto report = exports::write(selection, *exports::find_format("gexf"), options, output);
    output.commit();
    std::cout << fmt::format("gexf: {} nodes, {} edges, {:.1f} MB in {}; memory {:.0f} MB over the selection's {:.0f} MB\n", report.nodes,
                             report.edges, static_cast<double>(files->size(path)) / 1e6, watch.text(), peak_megabytes() - before, before);
}

void bench_layout() {
    const auto selection = tests::random_selection(20000, 60000, 11, false);
    exports::Options options;
    exports::Report report;
    const auto drawing = exports::prepare(selection, options, report);
    std::vector<exports::Link> links;
    for (const auto& edge : drawing.edges) links.push_back({edge.source, edge.target, edge.weight});
    const auto network = exports::make_network(static_cast<std::uint32_t>(drawing.nodes.size()), links);
    for (const unsigned jobs : {1U, 2U}) {
        std::vector<exports::Point> points(drawing.nodes.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            points[i] = {static_cast<float>((i * 7919) % 1000) - 500, static_cast<float>((i * 104729) % 1009) - 500};
        }
        const Stopwatch watch;
        exports::force_atlas2(network, points, 300, jobs);
        std::cout << fmt::format("layout: {} nodes, {} edges, 300 rounds, {} threads: {}\n", points.size(), drawing.edges.size(), jobs,
                                 watch.text());
    }
}

void bench_communities() {
    constexpr std::uint32_t vertices = 200000;
    const auto links = planted(vertices, 1000000);
    const auto network = exports::make_network(vertices, links);
    const Stopwatch watch;
    const auto community = exports::communities(network);
    const std::string time = watch.text();
    std::uint32_t count = 0;
    for (const auto number : community) count = std::max(count, number + 1);
    std::cout << fmt::format("communities: {} vertices, {} links: {} communities, modularity {:.4f}, {}\n", vertices, links.size(), count,
                             exports::modularity(network, community), time);
}

void bench_format(const std::string& name) {
    const auto* format = exports::find_format(name);
    if (format == nullptr) throw base::UsageError("no format " + name);
    const auto selection = tests::random_selection(20000, 60000, 11, true);
    exports::Options options;
    options.jobs = 2;
    const Stopwatch watch;
    exports::MemoryOutput output;
    static_cast<void>(exports::write(selection, *format, options, output));
    std::cout << fmt::format("{}: 20,000 nodes, 60,000 edges with layout and metrics: {}\n", name, watch.text());
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::string what = argc > 1 ? argv[1] : "";
        if (what == "gexf") bench_gexf(argc > 2 ? argv[2] : "bench.gexf");
        if (what == "layout") bench_layout();
        if (what == "communities") bench_communities();
        if (what == "all") bench_format(argc > 2 ? argv[2] : "gexf");
    } catch (const base::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
