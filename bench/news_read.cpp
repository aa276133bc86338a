// Reads documents to claims, for the scorer and for speed: news_read [--mentions|--text|--time N] [--published DATE] [--rules DIR] FILE...
// Prints one JSON line a claim or mention, or the clean text; with --time reads all files N times and prints documents a second.

#include "liaison/article/reading.hpp"

#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>

int main(int argc, char** argv) {
    bool mentions = false;
    bool text_only = false;
    int repeat = 0;
    std::vector<std::string> paths;
    liaison::article::ReadOptions options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--mentions") {
            mentions = true;
        } else if (argument == "--text") {
            text_only = true;
        } else if (argument == "--time") {
            repeat = std::stoi(argv[++i]);
        } else if (argument == "--published") {
            options.document.published = argv[++i];
        } else if (argument == "--rules") {
            options.rules = liaison::article::load_rules(argv[++i]);
        } else {
            paths.push_back(argument);
        }
    }
    std::vector<std::string> texts;
    std::size_t bytes = 0;
    for (const std::string& path : paths) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        texts.push_back(text.str());
        bytes += texts.back().size();
    }
    (void)liaison::article::embedded_rules();
    if (repeat > 0) {
        const std::clock_t begin = std::clock();  // processor time: other work on the machine does not count
        std::size_t claims = 0;
        for (int n = 0; n < repeat; ++n) {
            for (std::size_t i = 0; i < paths.size(); ++i) {
                claims += liaison::article::read_document(paths[i], texts[i], options).claims.size();
            }
        }
        const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        const double documents = static_cast<double>(paths.size()) * repeat;
        fmt::print("{} documents of {:.1f} KB on average, {} claims: {:.0f} documents/s, {:.2f} MB/s\n", documents,
                   static_cast<double>(bytes) / 1000.0 / static_cast<double>(paths.size()), claims, documents / seconds,
                   static_cast<double>(bytes) * repeat / 1e6 / seconds);
        return 0;
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto reading = liaison::article::read_document(paths[i], texts[i], options);
        if (text_only) {
            for (const auto& block : reading.document.blocks) {
                if (block.region != liaison::article::Region::furniture) {
                    fmt::print("{}{}\n", block.region == liaison::article::Region::off_topic ? "[off-topic] " : "",
                               reading.document.text.substr(block.start, block.end - block.start));
                }
            }
        } else if (mentions) {
            for (const auto& mention : reading.mentions) {
                if (liaison::article::is_name(mention)) {
                    fmt::print("{}\n", liaison::article::mention_line(reading, mention));
                }
            }
        } else {
            for (const auto& claim : reading.claims) {
                fmt::print("{}\n", liaison::article::claim_line(reading, claim));
            }
        }
    }
    return 0;
}
