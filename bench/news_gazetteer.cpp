// Speed of the gazetteer: 150,000 made-up names, 20 MB of text in which one token in twenty begins a name.

#include "liaison/index/gazetteer.hpp"

#include <fmt/format.h>

#include <ctime>
#include <cstdint>
#include <deque>

int main() {
    std::uint64_t state = 42;
    const auto next = [&state] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>(state >> 33U);
    };
    const auto word = [&] {
        static const char* const syllables[] = {"ka", "ro", "vin", "del", "mo", "sha", "tu", "len", "gri", "pos", "na", "ber"};
        std::string text;
        for (std::uint32_t n = 2 + next() % 3; n > 0; --n) {
            text += syllables[next() % 12];
        }
        text[0] = static_cast<char>(text[0] - 32);
        return text;
    };
    std::deque<std::string> texts;
    std::vector<liaison::index::GazetteerName> names;
    for (int n = 0; n < 150'000; ++n) {
        texts.push_back(word() + " " + word() + " " + word());
        names.push_back({texts.back(), "x", "Person", false});
    }
    const std::string section = liaison::index::build_gazetteer(names);
    const liaison::index::GazetteerView view(section);
    std::string text;
    static const char* const filler[] = {"the ", "company ", "transferred ", "several ", "million ", "dollars ", "through ", "accounts ", "held ", "abroad, "};
    while (text.size() < 20'000'000) {
        text += next() % 60 == 0 ? texts[next() % texts.size()] + " " : std::string(filler[next() % 10]);
    }
    const std::clock_t begin = std::clock();  // processor time: other work on the machine does not count
    const auto hits = view.find(text);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    fmt::print("{} names, section of {:.1f} MB; {:.1f} MB of text, {} hits: {:.0f} MB/s\n", view.size(), static_cast<double>(section.size()) / 1e6,
               static_cast<double>(text.size()) / 1e6, hits.size(), static_cast<double>(text.size()) / 1e6 / seconds);
    return 0;
}
