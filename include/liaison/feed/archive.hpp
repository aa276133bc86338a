#pragma once
// The bytes that were published, kept for ever: FILE.archive/ beside the store FILE.
//
//   blobs/<2 hex>/<sha-256>.zst          one file's bytes, zstd-compressed, named by the hash of the bytes before it
//   snapshots/<feed>/<snapshot id>.json  the set: names, sizes, hashes; written last
//   warc/<feed>/<name>.warc.gz           raw responses of pages, for evidence
//
// A snapshot's id is the SHA-256 of its only file, or of the sorted lines "<name> <sha-256>\n" of several. Nothing is
// overwritten: a blob of the same name holds the same bytes. Every write is temp file, fsync, rename, fsync of the
// folder, blobs before the set that names them; a crash leaves at most a *.part file or an unnamed blob, which prune()
// removes.

#include "liaison/base/files.hpp"
#include "liaison/record/byte_source.hpp"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::feed {

/// One file of a snapshot.
struct StoredFile {
    std::string name;
    std::uint64_t size = 0;
    std::string sha256;        ///< hex, of the bytes as published
    std::string url;           ///< where from; "" from a mirror
    std::string content_type;  ///< as sent; ""
    std::string modified;      ///< Last-Modified, or the file's own time in a mirror: "2021-07-01T00:00:00Z", or ""
    friend bool operator==(const StoredFile&, const StoredFile&) = default;
};

struct Snapshot {
    std::string feed;
    std::string id;                 ///< SHA-256, hex
    std::string format;             ///< of the source it came by; "" from a mirror
    std::vector<StoredFile> files;  ///< sorted by name
};

[[nodiscard]] std::string snapshot_id(const std::vector<StoredFile>& files);

/// What verify() found wrong.
struct ArchiveFault {
    std::string path;     ///< below the archive folder
    std::string reason;   ///< "missing-blob", "damaged-blob", "damaged-snapshot"
    std::string message;
};

struct PruneResult {
    std::uint64_t snapshots = 0;
    std::uint64_t blobs = 0;
    std::uint64_t bytes = 0;
};

class Archive {
public:
    /// `folder` need not exist. `files` outlives the archive.
    Archive(base::Files& files, base::Path folder);

    /// The folder that belongs to the store `db`: "<db>.archive".
    [[nodiscard]] static base::Path folder_of(const base::Path& db);

    /// Takes a file's bytes in pieces: hashes, compresses and publishes them. Throws StoreError.
    class Writer {
    public:
        virtual ~Writer() = default;
        virtual void write(std::string_view bytes) = 0;
        virtual void restart() = 0;
        /// The blob is durable on return. Name, url and the rest are the caller's.
        virtual StoredFile finish() = 0;
    };
    [[nodiscard]] std::unique_ptr<Writer> begin_file();

    /// Names the set. Its files are in the archive already.
    [[nodiscard]] Snapshot add_snapshot(std::string feed, std::string format, std::vector<StoredFile> files);

    [[nodiscard]] bool has_blob(std::string_view sha256) const;
    [[nodiscard]] bool has_snapshot(std::string_view feed, std::string_view id) const;
    /// Throws InputError with advice when it is unknown or damaged.
    [[nodiscard]] Snapshot snapshot(std::string_view feed, std::string_view id) const;
    /// Ids of the feed's snapshots, sorted.
    [[nodiscard]] std::vector<std::string> snapshots(std::string_view feed) const;
    /// The files, decompressed as they are read; the hash is checked when the end is reached (StoreError).
    [[nodiscard]] record::FileSet open(const Snapshot& snapshot) const;

    /// Reads everything. `thorough` false: existence only.
    [[nodiscard]] std::vector<ArchiveFault> verify(bool thorough = true) const;

    /// Removes the snapshots that are not in `keep` ("<feed>/<id>"), then blobs and part files that nothing names. The
    /// caller decides what to keep: live snapshots, those younger than the retention, those the audit log cites.
    PruneResult prune(const std::set<std::string>& keep);
    /// "<feed>/<id>" of every snapshot.
    [[nodiscard]] std::vector<std::string> all_snapshots() const;

    [[nodiscard]] const base::Path& folder() const noexcept { return m_folder; }
    [[nodiscard]] base::Files& files() const noexcept { return m_files; }

private:
    [[nodiscard]] base::Path blob_path(std::string_view sha256) const;
    [[nodiscard]] base::Path snapshot_path(std::string_view feed, std::string_view id) const;

    base::Files& m_files;
    base::Path m_folder;
    std::uint64_t m_incoming = 0;  ///< for names of files not yet named by their hash
};

}  // namespace liaison::feed
