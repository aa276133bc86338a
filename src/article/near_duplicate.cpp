// One wire story in eight outlets is one source.
//
// Problem: copies are cut, re-headlined and put in another order. Choice: word 3-shingles, MinHash with 64 values in 16
// bands to find candidates (a pair of Jaccard 0.4 shares a band with probability 0.34, of 0.6 with 0.89), then the exact
// containment of the smaller text in the larger, which abridging does not lower. Figures are no part of a shingle, so that
// "1,800" and "2,000" stay two claims of one story. Cost: linear in words. Known failure: translations.

#include "liaison/article/near_duplicate.hpp"

#include "liaison/base/hash.hpp"
#include "article/tokens.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>

namespace liaison::article {
namespace {

constexpr std::size_t bands = 16;
constexpr std::size_t rows = 4;
constexpr double same_story = 0.5;  ///< share of the smaller text's shingles that the larger has

std::uint64_t mix(std::uint64_t value) {
    value ^= value >> 33U;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33U;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ (value >> 33U);
}

}  // namespace

Fingerprint fingerprint(const Document& document) {
    Fingerprint result;
    std::vector<std::uint64_t> words;
    const Vocabulary empty;
    for (const Token& token : tokenize(document, empty, {}).tokens) {
        if (token.kind == TokenKind::word) {
            words.push_back(base::hash64(fold(std::string_view(document.text).substr(token.start, token.end - token.start))));
        }
    }
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
        result.shingles.push_back(mix(words[i] + 3 * mix(words[i + 1] + 5 * mix(words[i + 2]))));
    }
    std::sort(result.shingles.begin(), result.shingles.end());
    result.shingles.erase(std::unique(result.shingles.begin(), result.shingles.end()), result.shingles.end());
    result.minima.assign(bands * rows, std::numeric_limits<std::uint64_t>::max());
    for (const std::uint64_t shingle : result.shingles) {
        for (std::size_t n = 0; n < result.minima.size(); ++n) {
            result.minima[n] = std::min(result.minima[n], mix(shingle ^ (n * 0x9e3779b97f4a7c15ULL)));
        }
    }
    return result;
}

double containment(const Fingerprint& one, const Fingerprint& other) {
    const Fingerprint& small = one.shingles.size() <= other.shingles.size() ? one : other;
    const Fingerprint& large = &small == &one ? other : one;
    if (small.shingles.empty()) {
        return 0.0;
    }
    std::size_t common = 0;
    for (const std::uint64_t shingle : small.shingles) {
        common += std::binary_search(large.shingles.begin(), large.shingles.end(), shingle) ? 1 : 0;
    }
    return static_cast<double>(common) / static_cast<double>(small.shingles.size());
}

std::vector<std::size_t> story_clusters(const std::vector<Fingerprint>& documents) {
    std::vector<std::size_t> parent(documents.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    };
    for (std::size_t band = 0; band < bands; ++band) {
        std::map<std::vector<std::uint64_t>, std::vector<std::size_t>> buckets;
        for (std::size_t d = 0; d < documents.size(); ++d) {
            if (documents[d].shingles.size() >= 8) {
                const auto begin = documents[d].minima.begin() + static_cast<std::ptrdiff_t>(band * rows);
                buckets[std::vector<std::uint64_t>(begin, begin + rows)].push_back(d);
            }
        }
        for (const auto& [key, members] : buckets) {
            // Each against the first of its bucket: a bucket of a thousand copies costs a thousand comparisons.
            for (std::size_t m = 1; m < members.size(); ++m) {
                if (root(members[0]) != root(members[m]) && containment(documents[members[0]], documents[members[m]]) >= same_story) {
                    const std::size_t a = root(members[0]);
                    const std::size_t b = root(members[m]);
                    parent[std::max(a, b)] = std::min(a, b);
                }
            }
        }
    }
    for (std::size_t d = 0; d < parent.size(); ++d) {
        parent[d] = root(d);
    }
    return parent;
}

}  // namespace liaison::article
