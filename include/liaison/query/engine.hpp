#pragma once
// Opens a store and the index of one of its views, and turns ordinals into values. Every query takes an Engine.

#include "liaison/base/clock.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/feed/manifest.hpp"
#include "liaison/index/index.hpp"
#include "liaison/query/selection.hpp"
#include "liaison/store/store.hpp"

#include <optional>
#include <string>

namespace liaison::query {

struct EngineOptions {
    base::Path db;
    std::string as_of;     ///< ISO date: answers as the lists stood by their publication dates; "" for now
    std::string known_on;  ///< ISO date: answers as far as fetched by then; "" for now
};

class Engine {
public:
    /// Builds the index when it is missing (a view of the past, or after it was deleted). Throws StoreError,
    /// UsageError for a date that is none.
    static Engine open(const EngineOptions& options, const feed::Registry& feeds, base::Files& files,
                       const base::Clock& clock, base::Progress& progress);

    [[nodiscard]] const store::Store& store() const { return m_store; }
    [[nodiscard]] const index::Index& index() const { return m_index; }
    [[nodiscard]] const index::EntitiesView& entities() const { return m_index.entities(); }
    [[nodiscard]] const index::GraphView& graph() const { return m_index.graph(); }
    [[nodiscard]] const Context& context() const { return m_context; }

    /// The entity of an id, canonical or not. Throws UsageError "no entity X" with the nearest ids as hint.
    [[nodiscard]] index::Ordinal require(std::string_view id) const;
    [[nodiscard]] Node node(index::Ordinal ordinal) const;
    /// `evidence` reads the statements behind it from the store.
    [[nodiscard]] Edge edge(std::uint32_t edge, bool evidence) const;
    /// All standing statements of an entity and its cluster, in order of loading.
    [[nodiscard]] std::vector<Evidence> statements(index::Ordinal ordinal) const;

private:
    Engine(store::Store store, index::Index index, Context context);
    [[nodiscard]] Evidence evidence(const store::Statement& statement) const;
    store::Store m_store;
    index::Index m_index;
    Context m_context;
    std::map<std::int64_t, store::Snapshot> m_snapshots;
};

}  // namespace liaison::query
