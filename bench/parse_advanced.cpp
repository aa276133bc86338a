// Speed of reading OFAC's ADVANCED XML against a bare Expat pass over the same bytes.
// usage: parse_advanced FILE.xml [ROUNDS]
// Both read the file from disk in chunks of the same size. They are run alternately, so that whatever else the machine
// does hits both; the medians and their ratio are printed, with the peak memory of the process after each.

#include "liaison/adapter/adapter.hpp"
#include "liaison/record/xml.hpp"

#include <expat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace liaison;

namespace {

constexpr int chunk_bytes = 64 << 10;

class CountingSink final : public model::StatementSink {
public:
    void entity(model::Entity entity) override {
        ++entities;
        values += entity.values.size();
    }
    void issue(base::Issue) override { ++issues; }
    std::size_t entities = 0;
    std::size_t values = 0;
    std::size_t issues = 0;
};

struct ExpatCounts {
    std::size_t elements = 0;
    std::size_t attributes = 0;
    std::size_t bytes = 0;
};

/// What any reader must at least do: parse, and be told of elements and text.
ExpatCounts bare_pass(const record::SourceFile& file) {
    ExpatCounts counts;
    XML_Parser parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, &counts);
    XML_SetElementHandler(
        parser,
        [](void* self, const XML_Char*, const XML_Char** attributes) {
            auto& all = *static_cast<ExpatCounts*>(self);
            ++all.elements;
            for (; *attributes != nullptr; attributes += 2) {
                ++all.attributes;
            }
        },
        [](void*, const XML_Char*) {});
    XML_SetCharacterDataHandler(parser, [](void* self, const XML_Char*, int size) {
        static_cast<ExpatCounts*>(self)->bytes += static_cast<std::size_t>(size);
    });
    const auto source = file.open();
    for (bool last = false; !last;) {
        void* buffer = XML_GetBuffer(parser, chunk_bytes);
        const std::size_t count = source->read({static_cast<char*>(buffer), chunk_bytes});
        last = count == 0;
        if (XML_ParseBuffer(parser, static_cast<int>(count), last ? XML_TRUE : XML_FALSE) != XML_STATUS_OK) {
            std::fprintf(stderr, "not well-formed\n");
            std::exit(1);
        }
    }
    XML_ParserFree(parser);
    return counts;
}

/// The XML layer alone: records built and dropped.
std::size_t records_only(const record::SourceFile& file) {
    record::XmlNames names{"Sanctions", "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships",
                           "SanctionsEntries", "SanctionsEntryLinks"};
    const std::vector<record::XmlName> containers{0, 1, 2, 3, 4, 5, 6};
    std::size_t nodes = 0;
    record::XmlHandlers handlers;
    handlers.record = [&](const record::XmlRecord& record) { nodes += record.size(); };
    record::read_xml(file, names, containers, handlers);
    return nodes;
}

template <typename Work>
double milliseconds(Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

long peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: parse_advanced FILE.xml [ROUNDS]\n");
        return 2;
    }
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 9;
    const record::FileSet files{record::source_from_path(argv[1])};
    const adapter::Adapter* reader = adapter::find_adapter("ofac_advanced_xml");
    std::vector<double> bare;
    std::vector<double> records;
    std::vector<double> parse;
    ExpatCounts counts;
    CountingSink last;
    long bare_peak = 0;
    for (int round = 0; round < rounds; ++round) {
        bare.push_back(milliseconds([&] { counts = bare_pass(files.front()); }));
        bare_peak = round == 0 ? peak_megabytes() : bare_peak;
        records.push_back(milliseconds([&] { (void)records_only(files.front()); }));
        parse.push_back(milliseconds([&] {
            CountingSink sink;
            adapter::ReadOptions options;
            options.feed = "us_ofac_sdn";
            (void)reader->read(files, options, sink);
            last = sink;
        }));
    }
    std::printf("elements %zu, attributes %zu, text bytes %zu\n", counts.elements, counts.attributes, counts.bytes);
    std::printf("entities %zu, values %zu, issues %zu\n", last.entities, last.values, last.issues);
    std::printf("bare Expat     %8.1f ms (median of %d), peak %ld MB\n", median(bare), rounds, bare_peak);
    std::printf("XML records    %8.1f ms, ratio %.2f\n", median(records), median(records) / median(bare));
    std::printf("whole parse    %8.1f ms, ratio %.2f, peak %ld MB\n", median(parse), median(parse) / median(bare),
                peak_megabytes());
    return 0;
}
