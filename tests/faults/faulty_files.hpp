#pragma once
// The real file system in which the N-th changing call meets with a fault.
//
//   fail   it and all later ones throw, as on a full disk or when fsync fails
//   kill   the process dies of SIGKILL before it
//   power  the machine loses power before it: what was written and not synced is lost, names stay as they were given
//          (a disk may write a rename before the data it names)

#include "liaison/base/error.hpp"
#include "liaison/base/files.hpp"

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <unistd.h>

namespace liaison::test {

enum class Fault { fail, kill, power };

class FaultyFiles final : public base::Files {
public:
    explicit FaultyFiles(Fault fault, std::uint64_t at = std::numeric_limits<std::uint64_t>::max()) : m_fault(fault), m_at(at) {}
    [[nodiscard]] std::uint64_t calls() const { return m_calls; }

    std::unique_ptr<base::OutputFile> create(const base::Path& path) override {
        step();
        m_unsynced[path.string()] = true;
        return std::make_unique<File>(*this, path.string(), m_real->create(path));
    }
    void rename(const base::Path& from, const base::Path& to) override {
        step();
        m_real->rename(from, to);
        m_unsynced[to.string()] = m_unsynced[from.string()];
        m_unsynced.erase(from.string());
    }
    void sync_folder(const base::Path& folder) override {
        step();
        m_real->sync_folder(folder);
    }
    void remove(const base::Path& path) override {
        step();
        m_real->remove(path);
        m_unsynced.erase(path.string());
    }
    void create_folders(const base::Path& folder) override {
        step();
        m_real->create_folders(folder);
    }
    bool exists(const base::Path& path) const override { return m_real->exists(path); }
    std::uint64_t size(const base::Path& path) const override { return m_real->size(path); }
    std::string read(const base::Path& path, std::uint64_t limit) const override { return m_real->read(path, limit); }
    std::vector<base::Path> list(const base::Path& folder) const override { return m_real->list(folder); }
    std::unique_ptr<base::FileLock> try_lock(const base::Path& path) override { return m_real->try_lock(path); }

private:
    class File final : public base::OutputFile {
    public:
        File(FaultyFiles& owner, std::string path, std::unique_ptr<base::OutputFile> real)
            : m_owner(owner), m_path(std::move(path)), m_real(std::move(real)) {}
        void write(std::string_view bytes) override {
            m_owner.step();
            m_real->write(bytes);
            m_owner.m_unsynced[m_path] = true;
        }
        void sync() override {
            m_owner.step();
            m_real->sync();
            m_owner.m_unsynced[m_path] = false;
        }
        void close() override {
            m_owner.step();
            m_real->close();
        }

    private:
        FaultyFiles& m_owner;
        std::string m_path;
        std::unique_ptr<base::OutputFile> m_real;
    };

    void step() {
        if (++m_calls < m_at) {
            return;
        }
        switch (m_fault) {
            case Fault::fail: throw base::StoreError("No space left on device (injected)");
            case Fault::kill: ::kill(::getpid(), SIGKILL); break;
            case Fault::power:
                for (const auto& [path, unsynced] : m_unsynced) {
                    std::error_code gone;
                    if (unsynced && std::filesystem::exists(path, gone)) {
                        std::filesystem::resize_file(path, 0, gone);
                    }
                }
                ::kill(::getpid(), SIGKILL);
                break;
        }
    }

    Fault m_fault;
    std::uint64_t m_at;
    std::uint64_t m_calls = 0;
    std::map<std::string, bool> m_unsynced;
    std::unique_ptr<base::Files> m_real = base::make_system_files();
};

}  // namespace liaison::test
