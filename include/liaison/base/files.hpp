#pragma once
// The file system, passed in so that tests can make the N-th call fail (disk full, failing fsync, crash between two
// steps). Everything that writes the store, the index and the archive beside it goes through here; SQLite's own file
// is the exception.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::base {

using Path = std::filesystem::path;

/// A file being written. Nothing is durable before sync(); the destructor closes without a word.
class OutputFile {
public:
    virtual ~OutputFile() = default;
    virtual void write(std::string_view bytes) = 0;  ///< throws StoreError with errno's words and the path
    virtual void sync() = 0;                         ///< fsync; throws StoreError
    virtual void close() = 0;                        ///< throws StoreError
};

/// A lock that the kernel gives back when its holder dies, however it dies (flock).
class FileLock {
public:
    virtual ~FileLock() = default;
};

class Files {
public:
    virtual ~Files() = default;
    [[nodiscard]] virtual std::unique_ptr<OutputFile> create(const Path& path) = 0;  ///< truncates; throws StoreError
    virtual void rename(const Path& from, const Path& to) = 0;
    virtual void sync_folder(const Path& folder) = 0;
    virtual void remove(const Path& path) = 0;  ///< a missing file is no error
    virtual void create_folders(const Path& folder) = 0;
    [[nodiscard]] virtual bool exists(const Path& path) const = 0;
    [[nodiscard]] virtual std::uint64_t size(const Path& path) const = 0;
    [[nodiscard]] virtual std::string read(const Path& path, std::uint64_t limit) const = 0;  ///< throws InputError over limit
    [[nodiscard]] virtual std::vector<Path> list(const Path& folder) const = 0;  ///< sorted; empty when there is none
    /// Null when another process holds it.
    [[nodiscard]] virtual std::unique_ptr<FileLock> try_lock(const Path& path) = 0;
};

[[nodiscard]] std::unique_ptr<Files> make_system_files();

/// The whole publication protocol: write PATH.part, fsync, rename over PATH, fsync of the folder. After a crash at any
/// point PATH holds either the old bytes or the new ones.
void publish(Files& files, const Path& path, std::string_view bytes);

}  // namespace liaison::base
