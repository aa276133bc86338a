// The refresh as a table of contents. Invariants between the stages:
//   fetch    bytes are in the archive under their hash; nothing of them is visible yet
//   load     a feed's statements are in the store as a whole or not at all
//   resolve  every source id has its canonical id
//   index    readers see the new state, in one step
//   canaries every name that has been listed for years is still found
//   prune    only raw bytes that nothing needs any more are gone
//   record   the run is in the audit log, signed, and in the store
// A feed that fails leaves its last good snapshot in service and does not stop the others.

#include "liaison/pipeline/refresh.hpp"

#include "liaison/audit/log.hpp"
#include "liaison/base/error.hpp"
#include "liaison/feed/fetch.hpp"
#include "liaison/index/index.hpp"
#include "liaison/model/date.hpp"
#include "pipeline/evidence.hpp"
#include "liaison/pipeline/derive.hpp"
#include "pipeline/feed_load.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace liaison::pipeline {
namespace {

/// Adds the time of a scope to a stage. Timings are reported, never stored as data.
class StageTimer {
public:
    explicit StageTimer(double& seconds) : m_seconds(seconds), m_start(std::chrono::steady_clock::now()) {}
    ~StageTimer() { m_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }
    StageTimer(const StageTimer&) = delete;
    StageTimer& operator=(const StageTimer&) = delete;

private:
    double& m_seconds;
    std::chrono::steady_clock::time_point m_start;
};

std::vector<const feed::Manifest*> plan(const RefreshOptions& options, const feed::Registry& feeds,
                                        const base::Files& files) {
    std::vector<const feed::Manifest*> chosen;
    for (const std::string& id : options.feeds) {
        const feed::Manifest* manifest = feeds.find(id);
        if (manifest == nullptr) {
            std::vector<std::string> ids;
            for (const feed::Manifest& known : feeds.all()) {
                ids.push_back(known.id);
            }
            throw base::UsageError(fmt::format("no feed \"{}\"", id), fmt::format("feeds: {}", fmt::join(ids, ", ")));
        }
        chosen.push_back(manifest);
    }
    if (options.feeds.empty()) {
        for (const feed::Manifest& manifest : feeds.all()) {
            // From a mirror every feed that has a folder is taken; over the network the enabled ones.
            const bool wanted = options.mirror.empty() ? manifest.enabled && !manifest.sources.empty()
                                                       : manifest.enabled || files.exists(options.mirror / manifest.id);
            if (wanted) {
                chosen.push_back(&manifest);
            }
        }
    }
    std::sort(chosen.begin(), chosen.end(), [](const auto* one, const auto* other) { return one->id < other->id; });
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    return chosen;
}

class Refresh {
public:
    Refresh(const RefreshOptions& options, const feed::Registry& feeds, World& world)
        : m_options(options),
          m_feeds(feeds),
          m_world(world),
          m_lease(take_lease(world.files, options.db)),
          m_store(store::Store::open(options.db, store::Access::write)),
          m_archive(world.files, feed::Archive::folder_of(options.db)),
          m_now(world.clock.now()) {
        m_report.started_at = base::to_iso(m_now);
        for (store::FeedState& state : m_store.feed_states()) {
            const std::string dataset = state.dataset;
            m_states.emplace(dataset, std::move(state));
        }
    }

    RunReport run() {
        if (!m_options.mirror.empty() && !m_world.files.exists(m_options.mirror)) {
            throw base::InputError(fmt::format("there is no mirror folder {}", m_options.mirror.string()));
        }
        {
            const StageTimer timer(m_report.seconds["feeds"]);
            if (!m_options.accept.empty()) {
                accept_refused();
            } else {
                const auto chosen = plan(m_options, m_feeds, m_world.files);
                for (const feed::Manifest* manifest : chosen) {
                    if (manifest->kind == feed::Kind::list) {
                        refresh_feed(*manifest);
                    }
                }
                // News is read with the names of the lists at hand, so their index comes first.
                for (const feed::Manifest* manifest : chosen) {
                    if (manifest->kind == feed::Kind::news) {
                        open_lists();
                        refresh_feed(*manifest);
                    }
                }
                warn_of_unknown_folders();
            }
        }
        build_index();
        prune_archive();
        finish_report();
        return std::move(m_report);
    }

private:
    void refresh_feed(const feed::Manifest& manifest) {
        FeedReport report;
        report.id = manifest.id;
        const auto start = std::chrono::steady_clock::now();
        const feed::FetchState last = feed::FetchState::from_text(m_states[manifest.id].validators);
        const feed::FetchOutcome outcome = fetch(manifest, last);
        report.status = name_of(outcome.status);
        report.reason = outcome.reason;
        report.message = outcome.message;
        report.hint = outcome.hint;
        report.bytes = outcome.bytes;
        report.warnings = outcome.warnings;
        report.sample = outcome.sample;
        std::string validators = m_states[manifest.id].validators;
        if (outcome.status == feed::FetchStatus::fetched && outcome.snapshot) {
            const auto in_service = m_store.latest(manifest.id);
            if (in_service && in_service->hash == outcome.snapshot->id) {
                report.status = "unchanged";
            } else {
                m_world.progress.begin(fmt::format("loading {}", manifest.id), 0, "bytes");
                load_candidate({*outcome.snapshot, base::to_iso(outcome.fetched_at), outcome.modified, outcome.bytes,
                                outcome.sample, true, ""},
                               manifest, m_archive, m_lists ? &*m_lists : nullptr, m_store, m_world.progress, report);
                m_world.progress.end();
            }
        }
        report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        // Only what is in service may answer "not modified" next time.
        if (report.status == "fetched" || report.status == "unchanged") {
            validators = outcome.state.to_text();
        }
        keep(report, std::move(validators));
    }

    void open_lists() {
        if (m_lists || m_store.current_view().snapshots.empty()) {
            return;
        }
        build_index();
        m_lists.emplace(index::Index::open(index::path_of(m_options.db, m_store.current_view())));
    }

    feed::FetchOutcome fetch(const feed::Manifest& manifest, const feed::FetchState& last) {
        if (!m_options.mirror.empty()) {
            return feed::fetch_from_mirror(manifest, m_options.mirror, m_archive, last, m_world.clock, m_world.progress);
        }
        if (m_options.offline) {
            feed::FetchOutcome outcome;
            outcome.status = feed::FetchStatus::absent;
            outcome.message = "--offline: not asked for";
            return outcome;
        }
        if (!m_network) {
            m_transport = m_world.make_transport();
            m_network.emplace(feed::make_network(*m_transport, m_world.clock));
        }
        return feed::fetch_feed(manifest, *m_network, m_archive, last, m_world.clock, m_world.progress);
    }

    void accept_refused() {
        const feed::Manifest* manifest = m_feeds.find(m_options.accept);
        if (manifest == nullptr) {
            throw base::UsageError(fmt::format("no feed \"{}\"", m_options.accept), "list them with 'liaison feeds'");
        }
        std::optional<store::Snapshot> refused;
        for (store::Snapshot& snapshot : m_store.snapshots(manifest->id)) {
            if (snapshot.status == store::SnapshotStatus::refused) {
                refused = std::move(snapshot);
            } else {
                refused.reset();  // a later good one has taken its place
            }
        }
        if (!refused) {
            throw base::UsageError(fmt::format("{} has no refused snapshot that waits to be accepted", manifest->id),
                                   "see 'liaison feeds' for the state of each feed");
        }
        FeedReport report;
        report.id = manifest->id;
        Candidate candidate;
        candidate.snapshot = m_archive.snapshot(manifest->id, refused->hash);
        candidate.fetched_at = refused->fetched_at;
        candidate.modified = refused->published;
        candidate.bytes = refused->bytes;
        candidate.sample = refused->sample;
        candidate.judged = false;
        candidate.note = fmt::format("accepted by {} on {}: {} (was {})", m_options.operator_name, base::to_iso(m_now),
                                     m_options.accept_reason, refused->note);
        load_candidate(candidate, *manifest, m_archive, m_lists ? &*m_lists : nullptr, m_store, m_world.progress, report);
        feed::FetchState state;
        state.snapshot = refused->hash;
        keep(report, state.to_text());
    }

    /// Remembers the attempt and completes the report with what is in service now.
    void keep(FeedReport& report, std::string validators) {
        if (report.status != "absent") {
            m_store.set_feed_state({report.id, base::to_iso(m_now), report.status, report.message, std::move(validators)});
        }
        if (const auto in_service = m_store.latest(report.id)) {
            report.snapshot = in_service->hash;
            report.publication_date = in_service->published;
            report.sample = in_service->sample;
            report.format = in_service->format;
            const auto published = model::parse_edtf(in_service->published);
            const auto today = model::parse_edtf(base::to_iso_date(m_now));
            report.age_days = published && today ? today->days().first - published->days().first : 0;
            const feed::Manifest* manifest = m_feeds.find(report.id);
            report.overdue = manifest != nullptr && !report.sample && report.age_days * 24 > manifest->cadence.count();
        }
        m_report.feeds.push_back(std::move(report));
    }

    void warn_of_unknown_folders() {
        if (m_options.mirror.empty()) {
            return;
        }
        for (const std::string& folder : feed::unknown_folders(m_world.files, m_options.mirror, m_feeds)) {
            m_report.warnings.push_back(
                fmt::format("{} belongs to no feed and was not read", (m_options.mirror / folder).string()));
        }
    }

    void build_index() {
        const Derived derived = derive(m_store, m_world.files, m_world.progress, m_lists ? Resolve::keep : Resolve::when_changed);
        for (const auto& [stage, seconds] : derived.seconds) {
            m_report.seconds[stage] += seconds;
        }
        m_report.index_built = m_report.index_built || derived.index_built;
        if (derived.index_built) {
            if (derived.resolved) {
                m_report.clusters = derived.resolution.clusters.size();
                m_report.review = derived.resolution.review.size();
            }
            const store::View view = m_store.current_view();
            check_canaries(index::path_of(m_options.db, view), view);
        }
    }

    /// A canary is a name that has been on a list for years. Where it is no longer found, reading is broken, however
    /// plausible the counts look.
    void check_canaries(const base::Path& path, const store::View& view) {
        m_report.canaries = missing_canaries(index::Index::open(path), m_store, view, m_feeds);
    }

    void prune_archive() {
        const StageTimer timer(m_report.seconds["prune"]);
        m_report.pruned_snapshots = prune(m_archive, m_store, m_options.db, m_now, m_options.retention_days);
    }

    void finish_report() {
        struct rusage usage {};
        ::getrusage(RUSAGE_SELF, &usage);
        m_report.peak_memory_kib = static_cast<std::uint64_t>(usage.ru_maxrss);
        const bool changed = std::any_of(m_report.feeds.begin(), m_report.feeds.end(), [](const FeedReport& feed) {
            return feed.status != "unchanged" && feed.status != "absent";
        });
        record_in_audit();
        if (changed || m_report.index_built) {
            m_store.add_run(m_report.started_at, to_json(m_report).dump());
        }
    }

    void record_in_audit() {
        audit::Log log({m_options.db, m_options.audit_key, m_options.operator_name}, m_world.files, m_world.clock);
        log.append("refresh", audit_record(m_report, m_options.version));
        const audit::Head head = log.checkpoint();
        m_report.audit_seq = head.seq;
        m_report.audit_hash = head.hash;
    }

    const RefreshOptions& m_options;
    const feed::Registry& m_feeds;
    World& m_world;
    std::unique_ptr<base::FileLock> m_lease;
    store::Store m_store;
    feed::Archive m_archive;
    base::Instant m_now;
    std::map<std::string, store::FeedState> m_states;
    std::unique_ptr<feed::Transport> m_transport;
    std::optional<feed::Network> m_network;
    std::optional<index::Index> m_lists;  ///< what news is linked to; opened when a news feed is reached
    RunReport m_report;
};

}  // namespace

RunReport refresh(const RefreshOptions& options, const feed::Registry& feeds, World& world) {
    return Refresh(options, feeds, world).run();
}

}  // namespace liaison::pipeline
