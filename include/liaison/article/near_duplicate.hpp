#pragma once
// Copies of one story: eight outlets that print one wire report are one source. What they say is kept from each, with its
// own span; only the counting of sources goes by cluster.

#include "liaison/article/document.hpp"

#include <cstdint>
#include <vector>

namespace liaison::article {

struct Fingerprint {
    std::vector<std::uint64_t> shingles;  ///< hashes of word triples, sorted
    std::vector<std::uint64_t> minima;    ///< MinHash values
};

[[nodiscard]] Fingerprint fingerprint(const Document& document);

/// Share of the smaller document's word triples that the larger has, 0..1.
[[nodiscard]] double containment(const Fingerprint& one, const Fingerprint& other);

/// For each document the number of the first document of its story.
[[nodiscard]] std::vector<std::size_t> story_clusters(const std::vector<Fingerprint>& documents);

}  // namespace liaison::article
