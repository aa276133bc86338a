#pragma once
// An EdgeFilter made ready for one engine's graph.

#include "liaison/graph/filter.hpp"
#include "liaison/query/queries.hpp"

#include <vector>

namespace liaison::query {

class ReadyFilter {
public:
    /// Throws UsageError with the known kinds for one that no edge has.
    ReadyFilter(const Engine& engine, const EdgeFilter& filter);
    [[nodiscard]] bool passes(const index::EdgeRecord& edge) const;
    /// The same for the walks of the graph module; must not outlive this.
    [[nodiscard]] graph::Filter graph_filter() const;

private:
    const Engine& m_engine;
    std::vector<char> m_kinds;  ///< by kind
    std::vector<std::string> m_datasets;
    bool m_news;
    bool m_dated = false;
    std::int32_t m_day = 0;
};

}  // namespace liaison::query
