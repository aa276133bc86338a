// Speed of find_identifiers over prose, and over prose dense with identifiers. Usage: bench_find_identifiers [MEGABYTES]

#include "liaison/identifier/find.hpp"

#include <ctime>
#include <fmt/format.h>
#include <string>

namespace {

constexpr std::string_view prose =
    "The bankers managed funds for the bank on the list, the ministry said on Tuesday, among them more than five million "
    "dollars in cryptocurrency that came from workers abroad. A spokesman for the company in Vladivostok did not answer "
    "questions; its address is shared by four other firms, two of which were struck off in 2023 (see the register). ";
constexpr std::string_view dense =
    "Paid to 1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i by the vessel (IMO 9187629), write to kim[at]example[.]com or call "
    "+850 2 381 5827, account DE89 3704 0044 0532 0130 00, see hxxps://bad-site[.]org/a and www.example.org. ";

void measure(std::string_view name, std::string_view sentence, std::size_t megabytes) {
    std::string text;
    while (text.size() < megabytes * 1'000'000) {
        text += sentence;
    }
    const std::clock_t start = std::clock();  // processor time: one thread
    const auto spans = liaison::identifier::find_identifiers(text);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    fmt::print("| {} | {:.1f} | {} | {:.1f} |\n", name, static_cast<double>(text.size()) / 1e6, spans.size(),
               static_cast<double>(text.size()) / 1e6 / seconds);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t megabytes = argc > 1 ? std::stoull(argv[1]) : 10;
    fmt::print("| text | MB | found | MB/s |\n|---|---|---|---|\n");
    measure("prose", prose, megabytes);
    measure("dense with identifiers", dense, megabytes);
}
