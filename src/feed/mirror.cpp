// A mirror: DIR/<feed id>/ holds the files of a feed as they were published. For air-gapped sites and tests.
#include "feed/fetch_steps.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/feed/fetch.hpp"
#include "liaison/feed/guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <ctime>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>

namespace liaison::feed {
namespace {

bool is_folder(const base::Path& path) {
    std::error_code error;
    return std::filesystem::is_directory(path, error);
}

std::string modified_time(const base::Path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? base::to_iso(base::Instant(std::chrono::seconds(status.st_mtime))) : std::string();
}


/// Feeds `use` with the file's bytes in pieces.
template <typename Use>
void read_all(const base::Path& path, std::uint64_t limit, base::Progress& progress, const Use& use) {
    const auto source = record::source_from_path(path).open();
    std::vector<char> buffer(1 << 20);
    std::uint64_t total = 0;
    while (const std::size_t count = source->read(buffer)) {
        total += count;
        if (total > limit) {
            throw base::InputError(fmt::format("{} is over the limit of {} bytes", path.string(), limit),
                                   "raise limits.file_bytes in the manifest if the list has really grown");
        }
        if (progress.interrupted()) {
            throw base::Interrupted("interrupted while reading " + path.string());
        }
        use(std::string_view(buffer.data(), count));
        progress.advance(total);
    }
}

/// Hashed first and stored only when it is new: an unchanged list costs one pass of hashing.
StoredFile store(const base::Path& path, std::uint64_t limit, const Manifest& manifest, Archive& archive, base::Progress& progress,
                 std::optional<Refusal>& refusal) {
    base::Sha256 hash;
    StoredFile file;
    std::string head;
    read_all(path, limit, progress, [&](std::string_view bytes) {
        if (head.size() < 4096) {
            head += bytes.substr(0, 4096 - head.size());
        }
        hash.update(bytes);
        file.size += bytes.size();
    });
    file.sha256 = base::to_hex(hash.finish());
    file.name = path.filename().string();
    file.modified = modified_time(path);
    refusal = judge_bytes(head, file.size, file.name, manifest);
    if (!refusal && !archive.has_blob(file.sha256)) {
        const auto writer = archive.begin_file();
        read_all(path, limit, progress, [&](std::string_view bytes) { writer->write(bytes); });
        if (writer->finish().sha256 != file.sha256) {
            throw base::InputError(fmt::format("{} changed while it was read", path.string()), "run again when the mirror is complete");
        }
    }
    return file;
}

/// Ends what it began, however the scope is left.
class Stage {
public:
    Stage(base::Progress& progress, const std::string& what) : m_progress(progress) { m_progress.begin(what, 0, "bytes"); }
    ~Stage() { m_progress.end(); }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

private:
    base::Progress& m_progress;
};

}  // namespace

FetchOutcome fetch_from_mirror(const Manifest& manifest, const base::Path& mirror, Archive& archive, const FetchState& last,
                               base::Clock& clock, base::Progress& progress) {
    FetchOutcome outcome;
    outcome.state = last;
    outcome.fetched_at = clock.now();
    outcome.sample = manifest.sample || archive.files().exists(mirror / "SAMPLE");
    const base::Path folder = mirror / manifest.id;
    const auto fail = [&](FetchStatus status, std::string reason, std::string message, std::string hint) {
        outcome.status = status;
        outcome.reason = std::move(reason);
        outcome.message = std::move(message);
        outcome.hint = std::move(hint);
        outcome.state = last;
    };
    if (!is_folder(folder)) {
        fail(FetchStatus::absent, "", fmt::format("{} has no folder in {}", manifest.id, mirror.string()), "");
        return outcome;
    }
    std::vector<StoredFile> files;
    std::uint64_t total = 0;
    const Stage stage(progress, "reading " + folder.string());
    try {
        for (const base::Path& path : archive.files().list(folder)) {
            const std::string name = path.filename().string();
            if (name.front() == '.' || path.extension() == ".part" || is_folder(path)) {
                continue;
            }
            if (files.size() >= manifest.limits.files) {
                fail(FetchStatus::refused, "too-many-files", fmt::format("{} holds more than {} files", folder.string(), manifest.limits.files),
                     "take the others out, or raise limits.files in the manifest");
                return outcome;
            }
            std::optional<Refusal> refusal;
            StoredFile file = store(path, std::min(manifest.limits.file_bytes, manifest.limits.total_bytes - total), manifest, archive,
                                    progress, refusal);
            if (refusal && manifest.kind == Kind::news) {  // one bad document does not cost the others
                outcome.warnings.push_back(refusal->reason + ": " + refusal->message);
                continue;
            }
            if (refusal) {
                fail(FetchStatus::refused, refusal->reason, refusal->message, refusal->hint);
                return outcome;
            }
            total += file.size;
            outcome.bytes += file.size;
            files.push_back(std::move(file));
        }
    } catch (const base::InputError& error) {
        fail(FetchStatus::failed, "unreadable-file", error.what(), error.hint());
        return outcome;
    }
    if (files.empty()) {
        fail(FetchStatus::refused, "empty", fmt::format("{} holds no file", folder.string()), "copy the feed's files into it");
        return outcome;
    }
    for (const StoredFile& file : files) {
        outcome.modified = std::max(outcome.modified, file.modified);
    }
    const bool same = snapshot_id(files) == last.snapshot && archive.has_snapshot(manifest.id, last.snapshot);
    outcome.snapshot = archive.add_snapshot(manifest.id, "", std::move(files));
    outcome.state = FetchState{};
    outcome.state.snapshot = outcome.snapshot->id;
    outcome.status = same ? FetchStatus::unchanged : FetchStatus::fetched;
    return outcome;
}

std::vector<std::string> unknown_folders(const base::Files& files, const base::Path& mirror, const Registry& registry) {
    std::vector<std::string> unknown;
    for (const base::Path& path : files.list(mirror)) {
        const std::string name = path.filename().string();
        if (name.front() != '.' && is_folder(path) && registry.find(name) == nullptr) {
            unknown.push_back(name);
        }
    }
    return unknown;
}

void export_to_mirror(const Archive& archive, const Snapshot& snapshot, const base::Path& mirror) {
    base::Files& files = archive.files();
    const base::Path target = mirror / snapshot.feed;
    const base::Path beside = mirror / ("." + snapshot.feed + ".part");
    std::error_code ignored;
    std::filesystem::remove_all(beside, ignored);
    files.create_folders(beside);
    std::vector<char> buffer(1 << 20);
    for (const record::SourceFile& file : archive.open(snapshot)) {
        const auto out = files.create(beside / file.name);
        const auto source = file.open();
        while (const std::size_t count = source->read(buffer)) {
            out->write({buffer.data(), count});
        }
        out->sync();
        out->close();
    }
    for (const StoredFile& file : snapshot.files) {
        // The file's own time is data where the list holds no date of its own.
        std::tm time{};
        if (::strptime(file.modified.c_str(), "%Y-%m-%dT%H:%M:%SZ", &time) != nullptr) {
            const timespec stamp{::timegm(&time), 0};
            const std::array<timespec, 2> times{stamp, stamp};
            ::utimensat(AT_FDCWD, (beside / file.name).c_str(), times.data(), 0);
        }
    }
    files.sync_folder(beside);
    const base::Path old = mirror / ("." + snapshot.feed + ".old");
    std::filesystem::remove_all(old, ignored);
    if (files.exists(target)) {
        files.rename(target, old);
    }
    files.rename(beside, target);
    files.sync_folder(mirror);
    std::filesystem::remove_all(old, ignored);
}

}  // namespace liaison::feed
