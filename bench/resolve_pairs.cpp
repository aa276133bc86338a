// Candidate pairs of a store's lists with their features as CSV, for fitting the weights (scripts/fit_resolve.py) and for
// the figures of docs/bench/resolve.md.
//
//     bench_resolve_pairs STORE > pairs.csv

#include "liaison/index/index.hpp"
#include "liaison/resolve/resolve.hpp"

#include <chrono>
#include <cstdio>

using namespace liaison;

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench_resolve_pairs STORE > pairs.csv\n");
        return 2;
    }
    const store::Store store = store::Store::open(argv[1], store::Access::read);
    const std::string section = index::build_entities(store, store.current_view(), {});
    const index::EntitiesView entities(section);
    const std::string names_section = index::build_names(entities);
    const index::NamesView names(names_section);
    resolve::Options options;
    options.jobs = 2;
    const auto start = std::chrono::steady_clock::now();
    const auto pairs = resolve::find_pairs(entities, names, options);
    std::fprintf(stderr, "%zu pairs in %.2f s\n", pairs.size(),
                 std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    std::printf("one,other,schema,probability,independent,words,merges");
    for (std::size_t i = 0; i < resolve::kFeatures; ++i) {
        std::printf(",%s", std::string(resolve::to_string(static_cast<resolve::Feature>(i))).c_str());
    }
    std::printf("\n");
    for (const resolve::Pair& pair : pairs) {
        std::printf("%s,%s,%s,%.6f,%d,%d,%d", std::string(entities.id(pair.one)).c_str(),
                    std::string(entities.id(pair.other)).c_str(), entities.schema(pair.one).name.c_str(),
                    pair.probability, pair.independent, pair.words, resolve::merges(pair) ? 1 : 0);
        for (const double value : pair.features) {
            std::printf(",%.4f", value);
        }
        std::printf("\n");
    }
    return 0;
}
