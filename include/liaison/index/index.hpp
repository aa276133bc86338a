#pragma once
// The index as a whole: built from the store for one view, opened for queries.

#include "liaison/base/files.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/index/container.hpp"
#include "liaison/index/entities.hpp"
#include "liaison/index/graph.hpp"
#include "liaison/index/names.hpp"
#include "liaison/index/identifiers.hpp"
#include "liaison/index/tokens.hpp"
#include "liaison/store/store.hpp"

#include <map>
#include <string>

namespace liaison::index {

/// Source id -> canonical id of those that are one thing (resolve's outcome); singletons need not be in it.
using Clusters = std::map<std::string, std::string>;

/// The entities of a view, merged by clusters, as the bytes of an entities section.
[[nodiscard]] std::string build_entities(const store::Store& store, const store::View& view, const Clusters& clusters);

/// Builds every section for the view and publishes the file.
void build(const store::Store& store, const store::View& view, const Clusters& clusters, base::Files& files,
           const base::Path& path, base::Progress& progress);

/// FILE.index for the present, FILE.index-<fingerprint> for a day of the past.
[[nodiscard]] base::Path path_of(const base::Path& store, const store::View& view);

/// The sections of an open index, ready to use. Sections owned by other modules are read with container().section().
class Index {
public:
    [[nodiscard]] static Index open(const base::Path& path);
    [[nodiscard]] const Container& container() const { return m_container; }
    [[nodiscard]] const EntitiesView& entities() const { return m_entities; }
    [[nodiscard]] const GraphView& graph() const { return m_graph; }
    [[nodiscard]] const TokensView& tokens() const { return m_tokens; }
    [[nodiscard]] const NamesView& names() const { return m_names; }
    [[nodiscard]] const IdentifiersView& identifiers() const { return m_identifiers; }
    /// What it was built from: read evidence through this view, whatever was loaded since.
    [[nodiscard]] const store::View& view() const { return m_view; }

private:
    explicit Index(Container container);
    Container m_container;
    EntitiesView m_entities;
    GraphView m_graph;
    TokensView m_tokens;
    IdentifiersView m_identifiers;
    NamesView m_names;
    store::View m_view;
};

}  // namespace liaison::index
