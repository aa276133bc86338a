#pragma once
// One feed, one fetch: from a manifest to a snapshot in the archive. Nothing is published here: the caller parses the
// snapshot, judges it (guards.hpp), loads it, and only then remembers `state` with it. A feed that fails or is refused
// keeps its old state, so the next fetch asks for the bytes again.

#include "liaison/base/clock.hpp"
#include "liaison/base/progress.hpp"
#include "liaison/feed/archive.hpp"
#include "liaison/feed/manifest.hpp"
#include "liaison/feed/transport.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::feed {

enum class FetchStatus { fetched, unchanged, absent, failed, refused };
[[nodiscard]] std::string_view name_of(FetchStatus status) noexcept;

/// Remembered between fetches, beside the last good snapshot: an opaque text for the store.
struct FetchState {
    std::string snapshot;                           ///< id of the last good one, "" before the first
    std::map<std::string, Validators> validators;   ///< by address, of the files of that snapshot
    std::map<std::string, std::string> documents;   ///< of a crawled feed: canonical address -> file name
    std::uint32_t polls_since_full = 0;

    [[nodiscard]] std::string to_text() const;
    /// "" gives an empty state, and so does a text that cannot be read: the next fetch is a full one.
    [[nodiscard]] static FetchState from_text(std::string_view text);
};

struct FetchOutcome {
    FetchStatus status = FetchStatus::failed;
    std::string reason;                  ///< stable kebab-case, "" when fetched, unchanged or absent
    std::string message;                 ///< for a person
    std::string hint;
    std::optional<Snapshot> snapshot;    ///< when fetched or unchanged
    FetchState state;                    ///< to remember once the snapshot is published
    base::Instant fetched_at{};
    std::string modified;                ///< newest Last-Modified or file time of the set, "2021-07-01T00:00:00Z", or ""
    std::uint64_t bytes = 0;             ///< transferred (from a mirror: read)
    std::uint32_t requests = 0;
    bool sample = false;                 ///< from a sample set: every answer says so
    std::vector<std::string> warnings;   ///< "checksum-absent: ...", "robots-refused: ..."
};

/// Robots rules and pacing per host, kept over all feeds of one run.
class Courtesy;
struct CourtesyDeleter {
    void operator()(Courtesy* courtesy) const noexcept;
};
using CourtesyPtr = std::unique_ptr<Courtesy, CourtesyDeleter>;

struct Network {
    Transport& transport;
    CourtesyPtr courtesy;
};
[[nodiscard]] Network make_network(Transport& transport, base::Clock& clock);

/// Over the network. Throws Interrupted and StoreError (archive), nothing else.
[[nodiscard]] FetchOutcome fetch_feed(const Manifest& manifest, Network& network, Archive& archive,
                                      const FetchState& last, base::Clock& clock, base::Progress& progress);

/// From `mirror`/<feed id>/. No such folder: absent. A file SAMPLE directly in `mirror` marks the whole mirror as a
/// sample set.
[[nodiscard]] FetchOutcome fetch_from_mirror(const Manifest& manifest, const base::Path& mirror, Archive& archive,
                                             const FetchState& last, base::Clock& clock, base::Progress& progress);

/// Folders in `mirror` that belong to no feed of the registry, sorted.
[[nodiscard]] std::vector<std::string> unknown_folders(const base::Files& files, const base::Path& mirror,
                                                       const Registry& registry);

/// Writes the files of a snapshot to `mirror`/<feed id>/ so that an air-gapped liaison can take them with --mirror. The
/// folder is replaced as a whole: written beside, then renamed.
void export_to_mirror(const Archive& archive, const Snapshot& snapshot, const base::Path& mirror);

}  // namespace liaison::feed
