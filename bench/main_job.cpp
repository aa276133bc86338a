// The main job on real lists: a refresh of us_ofac_sdn, us_ofac_cons and un_sc from a mirror into an empty store, against a
// bare Expat pass over the largest file in the same run; then the refresh again, and warm questions.
//
//     bench_main_job MIRROR FOLDER     (FOLDER is emptied)
//
// Resolving is timed apart: the target is for parse, store and index.

#include "liaison/pipeline/refresh.hpp"
#include "liaison/query/queries.hpp"

#include <nlohmann/json.hpp>

#include <expat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <vector>

using namespace liaison;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct CloseParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// What any reader must at least do: parse, and be told of elements and text.
double bare_expat(const std::filesystem::path& file) {
    const auto start = Clock::now();
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, CloseParser> parser(XML_ParserCreate(nullptr));
    std::uint64_t seen = 0;
    XML_SetUserData(parser.get(), &seen);
    XML_SetElementHandler(
        parser.get(), [](void* count, const XML_Char*, const XML_Char**) { ++*static_cast<std::uint64_t*>(count); },
        [](void*, const XML_Char*) {});
    XML_SetCharacterDataHandler(parser.get(), [](void* count, const XML_Char*, int length) {
        *static_cast<std::uint64_t*>(count) += static_cast<std::uint64_t>(length);
    });
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> chunk(64 << 10);
    do {
        stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        XML_Parse(parser.get(), chunk.data(), static_cast<int>(stream.gcount()), stream.eof());
    } while (stream);
    return seconds_since(start);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_main_job MIRROR FOLDER\n");
        return 2;
    }
    const std::filesystem::path mirror(argv[1]);
    const std::filesystem::path folder(argv[2]);
    const std::filesystem::path largest = mirror / "us_ofac_sdn" / "SDN_ADVANCED.XML";
    const auto files = base::make_system_files();
    base::SystemClock clock;
    base::NoProgress silent;
    const feed::Registry feeds = feed::builtin_registry();
    pipeline::World world{*files, clock, silent, [] { return std::unique_ptr<feed::Transport>(); }};
    pipeline::RefreshOptions options;
    options.feeds = {"us_ofac_sdn", "us_ofac_cons", "un_sc"};
    options.mirror = mirror;
    options.db = folder / "lists.db";

    std::vector<double> bare;
    std::vector<double> full;
    std::vector<double> resolving;
    std::vector<double> again;
    std::uint64_t memory = 0;
    for (int round = 0; round < 5; ++round) {
        bare.push_back(bare_expat(largest));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        auto start = Clock::now();
        const pipeline::RunReport report = pipeline::refresh(options, feeds, world);
        const double resolve = report.seconds.count("resolve") != 0 ? report.seconds.at("resolve") : 0;
        full.push_back(seconds_since(start) - resolve);
        resolving.push_back(resolve);
        memory = report.peak_memory_kib;
        start = Clock::now();
        (void)pipeline::refresh(options, feeds, world);
        again.push_back(seconds_since(start));
    }
    const double size = static_cast<double>(std::filesystem::file_size(largest));
    std::printf("bare Expat pass over %.1f MB        %8.3f s\n", size / 1e6, median(bare));
    std::printf("refresh (parse, store, index)        %8.3f s   %.2f times the bare pass\n", median(full), median(full) / median(bare));
    std::printf("resolve                              %8.3f s\n", median(resolving));
    std::printf("peak memory, resolve included        %8.1f MB  %.2f times the largest file\n", static_cast<double>(memory) / 1000,
                static_cast<double>(memory) * 1024 / size);
    std::printf("the same refresh again               %8.3f s\n", median(again));

    const query::Engine engine = query::Engine::open({options.db, "", ""}, feeds, *files, clock, silent);
    std::vector<double> searches;
    std::vector<double> neighbours;
    query::NeighboursOptions depth;
    depth.depth = 2;
    depth.evidence = false;
    for (index::Ordinal ordinal = 0; ordinal < engine.entities().size(); ordinal += 37) {
        if (engine.graph().listings(ordinal).empty()) {
            continue;
        }
        const std::string name(engine.entities().caption(ordinal));
        auto start = Clock::now();
        (void)query::search(engine, name, {});
        searches.push_back(seconds_since(start));
        start = Clock::now();
        (void)query::neighbours(engine, {std::string(engine.entities().id(ordinal))}, depth);
        neighbours.push_back(seconds_since(start));
    }
    std::printf("warm search by a full name           %8.1f us median of %zu\n", median(searches) * 1e6, searches.size());
    std::printf("warm neighbours, two hops            %8.1f us median\n", median(neighbours) * 1e6);
    return 0;
}
