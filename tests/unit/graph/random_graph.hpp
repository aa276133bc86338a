#pragma once

#include "liaison/graph/view.hpp"

#include <random>

namespace liaison::test {

inline index::EdgeRecord edge(graph::Node source, graph::Node target, std::uint8_t strength = 255, std::uint16_t kind = 0) {
    index::EdgeRecord record{};
    record.source = source;
    record.target = target;
    record.strength = strength;
    record.kind = kind;
    record.flags = index::EdgeRecord::kDirected;
    record.start = index::kNoStart;
    record.end = index::kNoEnd;
    return record;
}

/// Few strengths, so that ties are common; loops and parallel edges included.
inline graph::GraphBuffer random_graph(std::mt19937& random, graph::Node nodes, std::size_t edges) {
    std::vector<index::EdgeRecord> records;
    for (std::size_t i = 0; i < edges; ++i) {
        const auto strength = static_cast<std::uint8_t>(random() % 3 == 0 ? 128 : 255);
        records.push_back(edge(random() % nodes, random() % nodes, strength, static_cast<std::uint16_t>(random() % 3)));
    }
    return graph::make_graph(nodes, std::move(records));
}

}  // namespace liaison::test
