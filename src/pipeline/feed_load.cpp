#include "pipeline/feed_load.hpp"

#include "liaison/base/error.hpp"
#include "pipeline/news_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_set>

namespace liaison::pipeline {
namespace {

constexpr std::string_view kRecordPrefix = "record:";
constexpr std::string_view kSchemaPrefix = "schema:";

/// Passes everything on to the loader, counts who is listed, and stops when the user has asked to.
class CountingSink final : public model::StatementSink {
public:
    CountingSink(store::Loader& loader, const base::Progress& progress) : m_loader(loader), m_progress(progress) {}

    void entity(model::Entity entity) override {
        if (entity.schema == m_sanction) {
            for (const std::string_view listed : entity.all(m_entity)) {
                m_listed.emplace(listed);
            }
        } else if (entity.schema->is_a("Document")) {
            m_listed.insert(entity.id);
        }
        if ((++m_seen & 1023) == 0 && m_progress.interrupted()) {
            throw base::Interrupted("interrupted while loading; the store is as it was before this feed");
        }
        m_loader.entity(std::move(entity));
    }
    void issue(base::Issue issue) override { m_loader.issue(std::move(issue)); }
    [[nodiscard]] std::uint64_t listed() const { return m_listed.size(); }

private:
    store::Loader& m_loader;
    const base::Progress& m_progress;
    const model::Schema* m_sanction = &model::schema("Sanction");
    const model::Property m_entity = model::property("entity");
    std::unordered_set<std::string> m_listed;
    std::uint64_t m_seen = 0;
};

store::Snapshot stored_snapshot(const Candidate& candidate, std::string_view format, std::string published) {
    store::Snapshot stored;
    stored.dataset = candidate.snapshot.feed;
    stored.hash = candidate.snapshot.id;
    stored.format = format;
    stored.published = std::move(published);
    stored.fetched_at = candidate.fetched_at;
    stored.bytes = candidate.bytes;
    stored.sample = candidate.sample;
    stored.note = candidate.note;
    return stored;
}

/// The date in the file, else Last-Modified or the file's own time, else the day of the fetch.
std::string published_on(const std::string& stated, const Candidate& candidate) {
    if (!stated.empty()) {
        return stated;
    }
    return (candidate.modified.empty() ? candidate.fetched_at : candidate.modified).substr(0, 10);
}

void refuse(store::Store& store, const Candidate& candidate, std::string_view format, std::string published,
            const feed::Refusal& refusal, FeedReport& report) {
    report.status = "refused";
    report.reason = refusal.reason;
    report.message = refusal.message;
    report.hint = refusal.hint;
    store::Snapshot stored = stored_snapshot(candidate, format, std::move(published));
    stored.note = fmt::format("{}: {}", refusal.reason, refusal.message);
    const auto known = store.snapshots(candidate.snapshot.feed);
    const bool listed = std::any_of(known.begin(), known.end(), [&](const store::Snapshot& snapshot) {
        return snapshot.status == store::SnapshotStatus::refused && snapshot.hash == stored.hash;
    });
    if (!listed) {
        store.record_refusal(std::move(stored));
    }
}

std::optional<feed::Refusal> refuse_bytes(const record::FileSet& files, const feed::Snapshot& snapshot,
                                          const feed::Manifest& manifest) {
    for (const record::SourceFile& file : files) {
        const auto stored = std::find_if(snapshot.files.begin(), snapshot.files.end(),
                                         [&](const feed::StoredFile& one) { return one.name == file.name; });
        const std::uint64_t size = stored == snapshot.files.end() ? 0 : stored->size;
        if (auto refusal = feed::judge_bytes(record::peek(file), size, file.name, manifest)) {
            return refusal;
        }
    }
    return std::nullopt;
}

}  // namespace

feed::Facts facts_of(const store::Snapshot& snapshot) {
    feed::Facts facts;
    facts.publication_date = snapshot.published;
    facts.format = snapshot.format;
    for (const auto& [name, count] : snapshot.counts) {
        if (name.rfind(kRecordPrefix, 0) == 0) {
            facts.records[name.substr(kRecordPrefix.size())] = count;
        } else if (name.rfind(kSchemaPrefix, 0) == 0) {
            facts.entities[name.substr(kSchemaPrefix.size())] = count;
        }
    }
    const auto count = [&](const char* name) {
        const auto found = snapshot.counts.find(name);
        return found == snapshot.counts.end() ? 0 : found->second;
    };
    facts.listed = count("listed");
    facts.stated_count = count("stated");
    facts.issues = count("issues");
    return facts;
}

void load_candidate(const Candidate& candidate, const feed::Manifest& manifest, const feed::Archive& archive,
                    const index::Index* index, store::Store& store, base::Progress& progress, FeedReport& report) {
    report.sample = candidate.sample;
    const record::FileSet files = archive.open(candidate.snapshot);
    if (const auto refusal = refuse_bytes(files, candidate.snapshot, manifest)) {
        refuse(store, candidate, candidate.snapshot.format, published_on("", candidate), *refusal, report);
        return;
    }
    const bool documents = manifest.formats == std::vector<std::string>{std::string(kDocuments)};
    const adapter::Adapter* adapter = documents ? nullptr : adapter::recognise(files, manifest.formats);
    if (adapter == nullptr && !documents) {
        refuse(store, candidate, "", published_on("", candidate),
               {"format-not-recognised",
                fmt::format("no file of the snapshot is in a format of {}: {}", manifest.id,
                            fmt::join(manifest.formats, ", ")),
                "look at the file; a publisher may have changed its format or served an error page"},
               report);
        return;
    }
    const std::string format(documents ? kDocuments : adapter->format());
    report.format = format;

    const auto last = store.latest(manifest.id);
    store::Loader loader = store.begin_load(manifest.id);
    CountingSink sink(loader, progress);
    adapter::ReadOptions options;
    options.feed = manifest.id;
    options.settings = manifest.adapter.get();
    options.progress = &progress;
    adapter::ReadSummary summary;
    std::optional<feed::Refusal> refusal;
    try {
        summary = documents ? read_documents(files, index, options, sink) : adapter->read(files, options, sink);
    } catch (const base::InputError& error) {
        refusal = feed::Refusal{"unreadable", error.what(), error.hint()};
    }
    const std::string published = published_on(summary.publication_date, candidate);
    const store::LoadSummary& counted = loader.so_far();
    feed::Facts facts;
    facts.publication_date = published;
    facts.records = summary.records;
    facts.entities = counted.schemata;
    facts.listed = sink.listed();
    facts.stated_count = summary.stated_count;
    facts.issues = counted.issues;
    facts.format = format;
    report.records = summary.records;
    report.issues = counted.issues;
    report.issue_reasons = counted.issue_reasons;
    if (!refusal && candidate.judged && !candidate.sample) {
        const feed::Facts last_facts = last ? facts_of(*last) : feed::Facts();
        // A sample is no yardstick for the real list that follows it.
        refusal = feed::judge(facts, last && !last->sample ? &last_facts : nullptr, manifest);
    }
    if (refusal) {
        // The open transaction is given up before the refusal is recorded in one of its own.
        { const store::Loader abandoned = std::move(loader); }
        refuse(store, candidate, format, published, *refusal, report);
        return;
    }

    store::Snapshot stored = stored_snapshot(candidate, format, published);
    for (const auto& [kind, count] : summary.records) {
        stored.counts[std::string(kRecordPrefix) + kind] = count;
    }
    for (const auto& [schema, count] : counted.schemata) {
        stored.counts[std::string(kSchemaPrefix) + schema] = count;
    }
    stored.counts["listed"] = facts.listed;
    stored.counts["stated"] = facts.stated_count;
    stored.counts["issues"] = facts.issues;
    const store::LoadSummary loaded = loader.commit(std::move(stored));
    report.status = "fetched";
    report.entities = loaded.entities;
    report.statements = loaded.statements;
    report.added = loaded.added;
    report.ended = loaded.ended;
    report.schemata = loaded.schemata;
    if (last) {
        for (const auto& [schema, count] : loaded.schemata) {
            report.change[schema] = static_cast<std::int64_t>(count);
        }
        for (const auto& [schema, count] : facts_of(*last).entities) {
            report.change[schema] -= static_cast<std::int64_t>(count);
        }
        for (auto it = report.change.begin(); it != report.change.end();) {
            it = it->second == 0 ? report.change.erase(it) : std::next(it);
        }
    }
}

}  // namespace liaison::pipeline
