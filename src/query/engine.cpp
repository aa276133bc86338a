#include "liaison/query/engine.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/date.hpp"
#include "liaison/resolve/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace liaison::query {
namespace {

void require_date(const std::string& date, std::string_view flag) {
    if (!date.empty()) {
        const auto parsed = model::parse_edtf(date);
        if (!parsed || parsed->is_range() || parsed->approximate || parsed->from.day == 0 || date.size() != 10) {
            throw base::UsageError(fmt::format("{} takes a date such as 2025-11-04, not \"{}\"", flag, date));
        }
    }
}

std::int64_t days_between(std::string_view from, std::string_view to) {
    const auto one = model::parse_edtf(from.substr(0, 10));
    const auto other = model::parse_edtf(to.substr(0, 10));
    return one && other ? other->days().first - one->days().first : 0;
}

Context make_context(const store::Store& store, const store::View& view, const feed::Registry& feeds,
                     std::string_view today) {
    Context context;
    context.as_of = view.as_of;
    std::map<std::string, store::FeedState> states;
    for (store::FeedState& state : store.feed_states()) {
        const std::string dataset = state.dataset;
        states.emplace(dataset, std::move(state));
    }
    for (const auto& [dataset, id] : view.snapshots) {
        const auto snapshot = store.snapshot(id);
        if (!snapshot) {
            continue;
        }
        DatasetVersion version;
        version.dataset = dataset;
        const feed::Manifest* manifest = feeds.find(dataset);
        version.title = manifest == nullptr ? dataset : manifest->title;
        version.snapshot = snapshot->hash;
        version.publication_date = snapshot->published;
        version.fetched_at = snapshot->fetched_at;
        version.sample = snapshot->sample;
        // A view of the past is as old as it was then: the answer must not change with the day it is asked.
        version.age_days = days_between(snapshot->published, view.as_of.empty() ? today : std::string_view(view.as_of));
        const auto state = states.find(dataset);
        if (view.as_of.empty() && state != states.end() &&
            (state->second.status == "refused" || state->second.status == "failed")) {
            version.stale = true;
            version.note = fmt::format("{} on {}: {}", state->second.status, state->second.attempted_at.substr(0, 10),
                                       state->second.message);
        } else if (manifest != nullptr && !version.sample &&
                   version.age_days * 24 > std::chrono::duration_cast<std::chrono::hours>(manifest->cadence).count()) {
            version.stale = true;
            version.note = fmt::format("older than its cadence of {} hours allows", manifest->cadence.count());
        }
        context.datasets.push_back(std::move(version));
    }
    return context;
}

}  // namespace

Engine Engine::open(const EngineOptions& options, const feed::Registry& feeds, base::Files& files,
                    const base::Clock& clock, base::Progress& progress) {
    require_date(options.as_of, "--as-of");
    require_date(options.known_on, "--known-on");
    if (!options.as_of.empty() && !options.known_on.empty()) {
        throw base::UsageError("--as-of and --known-on exclude each other");
    }
    store::Store store = store::Store::open(options.db, store::Access::read);
    const store::View view = !options.as_of.empty()      ? store.view_as_of(options.as_of)
                             : !options.known_on.empty() ? store.view_known_on(options.known_on)
                                                         : store.current_view();
    if (view.snapshots.empty()) {
        const std::string day = options.as_of + options.known_on;
        throw base::StoreError(day.empty() ? fmt::format("store {} holds no list yet", options.db.string())
                                           : fmt::format("store {} holds no list of {} or before", options.db.string(), day),
                               day.empty() ? "run 'liaison refresh'" : "name a later day, or refresh from an older mirror first");
    }
    const base::Path path = index::path_of(options.db, view);
    if (!files.exists(path)) {
        // A deleted index of the present comes back from the store's clusters; a view of the past has its own.
        const index::Clusters clusters = view.as_of.empty() ? store.clusters() : resolve::resolve(store, view, {}).clusters;
        index::build(store, view, clusters, files, path, progress);
    }
    index::Index index = index::Index::open(path);
    Context context = make_context(store, index.view(), feeds, base::to_iso_date(clock.now()));
    return {std::move(store), std::move(index), std::move(context)};
}

Engine::Engine(store::Store store, index::Index index, Context context)
    : m_store(std::move(store)), m_index(std::move(index)), m_context(std::move(context)) {
    for (store::Snapshot& snapshot : m_store.snapshots()) {
        const std::int64_t id = snapshot.id;
        m_snapshots.emplace(id, std::move(snapshot));
    }
}

index::Ordinal Engine::require(std::string_view id) const {
    if (const auto found = entities().find(id)) {
        return *found;
    }
    const auto similar = entities().similar_ids(id, 3);
    throw base::UsageError(fmt::format("no entity \"{}\"", id),
                           similar.empty() ? "find ids with 'liaison search NAME'"
                                           : fmt::format("did you mean {}?", fmt::join(similar, ", ")));
}

Node Engine::node(index::Ordinal ordinal) const {
    static const model::Property kProgram = model::property("program");
    static const model::Property kListingDate = model::property("listingDate");
    static const model::Property kStartDate = model::property("startDate");
    static const model::Property kEndDate = model::property("endDate");
    const index::EntitiesView& all = entities();
    Node node;
    node.id = all.id(ordinal);
    node.caption = all.caption(ordinal);
    node.schema = all.schema(ordinal).name;
    for (const index::ValueRecord& value : all.values(ordinal)) {
        auto& texts = node.properties[model::to_string(static_cast<model::Property>(value.property))];
        const std::string_view text = all.text(value);
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
            texts.emplace_back(text);
        }
    }
    node.datasets = all.datasets(ordinal);
    node.referents = all.referents(ordinal);
    node.first_seen = all.first_seen(ordinal);
    node.last_seen = all.last_seen(ordinal);
    std::set<std::string> programmes;
    for (const index::Ordinal listing : graph().listings(ordinal)) {
        node.listed = node.listed || all.first(listing, kEndDate).empty();
        for (const std::string_view programme : all.all(listing, kProgram)) {
            programmes.emplace(programme);
        }
        std::string_view from = all.first(listing, kListingDate);
        if (from.empty()) {
            from = all.first(listing, kStartDate);
        }
        if (!from.empty() && (node.listed_from.empty() || from < node.listed_from)) {
            node.listed_from = from;
        }
        const std::string_view to = all.first(listing, kEndDate);
        node.listed_to = std::max(node.listed_to, std::string(to));
    }
    if (node.listed) {
        node.listed_to.clear();
    }
    node.programmes.assign(programmes.begin(), programmes.end());
    return node;
}

Evidence Engine::evidence(const store::Statement& statement) const {
    Evidence evidence;
    evidence.dataset = statement.dataset;
    evidence.entity = statement.entity;
    evidence.property = statement.property;
    evidence.value = statement.value;
    evidence.lang = statement.lang;
    evidence.original = statement.original;
    evidence.origin = statement.line == 0 ? statement.file : fmt::format("{}:{}", statement.file, statement.line);
    if (const auto first = m_snapshots.find(statement.first); first != m_snapshots.end()) {
        evidence.snapshot = first->second.hash;
        evidence.first_seen = first->second.published;
    }
    // A statement that ended after this view still stands in it.
    const auto in_view = m_index.view().snapshots.find(statement.dataset);
    if (statement.last && in_view != m_index.view().snapshots.end() && *statement.last < in_view->second) {
        if (const auto last = m_snapshots.find(*statement.last); last != m_snapshots.end()) {
            evidence.last_seen = last->second.published;
        }
    }
    return evidence;
}

std::vector<Evidence> Engine::statements(index::Ordinal ordinal) const {
    std::vector<std::string> sources = entities().referents(ordinal);
    sources.emplace_back(entities().id(ordinal));
    std::sort(sources.begin(), sources.end());
    std::vector<Evidence> found;
    for (const std::string& source : sources) {
        for (const store::Statement& statement : m_store.statements_of(source, m_index.view())) {
            found.push_back(evidence(statement));
        }
    }
    return found;
}

Edge Engine::edge(std::uint32_t position, bool with_evidence) const {
    const index::EntitiesView& all = entities();
    const index::EdgeRecord& record = graph().edges()[position];
    const bool reference = record.has(index::EdgeRecord::kReference);
    Edge edge;
    edge.source = all.id(record.source);
    edge.target = all.id(record.target);
    edge.kind = graph().kind_name(record.kind);
    edge.label = index::kind_label(edge.kind);
    edge.directed = record.has(index::EdgeRecord::kDirected);
    edge.news = record.has(index::EdgeRecord::kNews);
    edge.strength = record.strength / 255.0;
    edge.datasets = all.datasets(record.relation);
    if (reference) {
        edge.id = model::derived_id("ref", {edge.source, edge.kind, edge.target});
    } else {
        edge.id = all.id(record.relation);
        for (const index::ValueRecord& value : all.values(record.relation)) {
            const auto property = static_cast<model::Property>(value.property);
            if (all.schema(record.relation).type_of(property) != model::PropertyType::entity) {
                edge.properties[model::to_string(property)].emplace_back(all.text(value));
            }
        }
        for (const char* name : {"role", "relationship"}) {
            if (const auto found = edge.properties.find(name); found != edge.properties.end()) {
                edge.label = found->second.front();
                break;
            }
        }
        edge.start = all.first(record.relation, model::property("startDate"));
        if (edge.start.empty()) {
            edge.start = all.first(record.relation, model::property("date"));
        }
        edge.end = all.first(record.relation, model::property("endDate"));
    }
    if (with_evidence) {
        const std::vector<std::string> targets = [&] {
            std::vector<std::string> ids = all.referents(record.target);
            ids.push_back(edge.target);
            return ids;
        }();
        for (Evidence& statement : statements(record.relation)) {
            const bool about_edge = !reference ? statement.property != "schema"
                                               : statement.property == edge.kind &&
                                                     std::find(targets.begin(), targets.end(), statement.value) != targets.end();
            if (about_edge) {
                edge.evidence.push_back(std::move(statement));
            }
        }
    }
    return edge;
}

}  // namespace liaison::query
