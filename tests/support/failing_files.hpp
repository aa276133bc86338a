#pragma once
// The real file system, of which the N-th changing call fails as on a full disk; after it every changing call fails
// too (the process is as good as dead), until heal(). Counts calls, so that a test can try each of them.

#include "liaison/base/error.hpp"
#include "liaison/base/files.hpp"

#include <cstdint>
#include <limits>

namespace liaison::test {

class FailingFiles final : public base::Files {
public:
    static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

    void fail_at(std::uint64_t call) {
        m_calls = 0;
        m_fail_at = call;
    }
    void heal() { fail_at(kNever); }
    [[nodiscard]] std::uint64_t calls() const { return m_calls; }

    std::unique_ptr<base::OutputFile> create(const base::Path& path) override {
        step();
        return std::make_unique<File>(*this, m_real->create(path));
    }
    void rename(const base::Path& from, const base::Path& to) override {
        step();
        m_real->rename(from, to);
    }
    void sync_folder(const base::Path& folder) override {
        step();
        m_real->sync_folder(folder);
    }
    void remove(const base::Path& path) override {
        step();
        m_real->remove(path);
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
        File(FailingFiles& owner, std::unique_ptr<base::OutputFile> real) : m_owner(owner), m_real(std::move(real)) {}
        void write(std::string_view bytes) override {
            m_owner.step();
            m_real->write(bytes);
        }
        void sync() override {
            m_owner.step();
            m_real->sync();
        }
        void close() override {
            m_owner.step();
            m_real->close();
        }

    private:
        FailingFiles& m_owner;
        std::unique_ptr<base::OutputFile> m_real;
    };

    void step() {
        if (++m_calls >= m_fail_at) {
            throw base::StoreError("No space left on device (injected)");
        }
    }

    std::unique_ptr<base::Files> m_real = base::make_system_files();
    std::uint64_t m_calls = 0;
    std::uint64_t m_fail_at = kNever;
};

}  // namespace liaison::test
