#pragma once
// Options of the commands that walk the graph.

#include "liaison/query/queries.hpp"

namespace CLI {
class App;
}

namespace liaison::cli {

/// --types, --dataset, --on, --no-news
struct EdgeOptions {
    query::EdgeFilter filter;
    bool no_news = false;
    void add(CLI::App& app);
    [[nodiscard]] query::EdgeFilter get() const;
};

/// A selection for a person: edges with their evidence.
[[nodiscard]] std::string edge_table(const query::Selection& selection);

}  // namespace liaison::cli
