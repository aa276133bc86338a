#include "liaison/base/files.hpp"

#include "liaison/base/append_file.hpp"
#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace liaison::base {
namespace {

[[noreturn]] void fail(const char* what, const Path& path, int error) {
    const char* hint = "";
    if (error == ENOSPC || error == EDQUOT) {
        hint = "free disk space and run the command again; the last good state is unchanged";
    } else if (error == EACCES || error == EROFS || error == EPERM) {
        hint = "check the permissions of the folder, or choose another --db";
    }
    throw StoreError(fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(error)), hint);
}

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd;
};

class SystemOutputFile final : public OutputFile {
public:
    explicit SystemOutputFile(Path path)
        : m_path(std::move(path)), m_fd(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
        if (m_fd.get() < 0) {
            fail("create", m_path, errno);
        }
    }
    SystemOutputFile(Path path, std::uint64_t offset)
        : m_path(std::move(path)), m_fd(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)) {
        const auto end = static_cast<off_t>(offset);
        if (m_fd.get() < 0 || ::ftruncate(m_fd.get(), end) != 0 || ::lseek(m_fd.get(), end, SEEK_SET) != end) {
            fail("append to", m_path, errno);
        }
    }
    void write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_fd.get(), bytes.data(), bytes.size());
            if (written < 0) {
                if (errno == EINTR) {
                    continue;
                }
                fail("write", m_path, errno);
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() override {
        if (::fsync(m_fd.get()) != 0) {
            fail("sync", m_path, errno);
        }
    }
    void close() override {
        if (::close(m_fd.release()) != 0) {
            fail("close", m_path, errno);
        }
    }

private:
    Path m_path;
    Descriptor m_fd;
};

class SystemFileLock final : public FileLock {
public:
    explicit SystemFileLock(int fd) : m_fd(fd) {}

private:
    Descriptor m_fd;
};

class SystemFiles final : public Files {
public:
    std::unique_ptr<OutputFile> create(const Path& path) override { return std::make_unique<SystemOutputFile>(path); }
    void rename(const Path& from, const Path& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) {
            fail("rename to", to, errno);
        }
    }
    void sync_folder(const Path& folder) override {
        const Path target = folder.empty() ? Path(".") : folder;
        const Descriptor fd(::open(target.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (fd.get() < 0 || ::fsync(fd.get()) != 0) {
            fail("sync folder", target, errno);
        }
    }
    void remove(const Path& path) override {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
            fail("remove", path, errno);
        }
    }
    void create_folders(const Path& folder) override {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) {
            fail("create folder", folder, error.value());
        }
    }
    bool exists(const Path& path) const override {
        std::error_code error;
        return std::filesystem::exists(path, error);
    }
    std::uint64_t size(const Path& path) const override {
        std::error_code error;
        const auto bytes = std::filesystem::file_size(path, error);
        if (error) {
            throw InputError(fmt::format("cannot read {}: {}", path.string(), error.message()));
        }
        return bytes;
    }
    std::string read(const Path& path, std::uint64_t limit) const override {
        const std::uint64_t bytes = size(path);
        if (bytes > limit) {
            throw InputError(fmt::format("{} holds {} bytes, over the limit of {}", path.string(), bytes, limit));
        }
        std::ifstream stream(path, std::ios::binary);
        std::string text(bytes, '\0');
        if (!stream || !stream.read(text.data(), static_cast<std::streamsize>(bytes))) {
            throw InputError(fmt::format("cannot read {}", path.string()));
        }
        return text;
    }
    std::vector<Path> list(const Path& folder) const override {
        std::vector<Path> paths;
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
            paths.push_back(entry.path());
        }
        std::sort(paths.begin(), paths.end());
        return paths;
    }
    std::unique_ptr<FileLock> try_lock(const Path& path) override {
        const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0) {
            fail("create lock", path, errno);
        }
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
            const int error = errno;
            ::close(fd);
            if (error == EWOULDBLOCK) {
                return nullptr;
            }
            fail("lock", path, error);
        }
        return std::make_unique<SystemFileLock>(fd);
    }
};

}  // namespace

std::unique_ptr<Files> make_system_files() { return std::make_unique<SystemFiles>(); }

std::unique_ptr<OutputFile> open_append(const Path& path, std::uint64_t offset) {
    return std::make_unique<SystemOutputFile>(path, offset);
}

void publish(Files& files, const Path& path, std::string_view bytes) {
    Path part = path;
    part += ".part";
    {
        const auto file = files.create(part);
        file->write(bytes);
        file->sync();
        file->close();
    }
    files.rename(part, path);
    files.sync_folder(path.parent_path());
}

}  // namespace liaison::base
