#include "liaison/record/byte_source.hpp"

#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace liaison::record {
namespace {

class PathSource final : public ByteSource {
public:
    explicit PathSource(base::Path path) : m_path(std::move(path)), m_fd(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (m_fd < 0) {
            fail();
        }
    }
    ~PathSource() override { ::close(m_fd); }
    PathSource(const PathSource&) = delete;
    PathSource& operator=(const PathSource&) = delete;

    std::size_t read(std::span<char> buffer) override {
        for (;;) {
            const ssize_t count = ::read(m_fd, buffer.data(), buffer.size());
            if (count >= 0) {
                return static_cast<std::size_t>(count);
            }
            if (errno != EINTR) {
                fail();
            }
        }
    }

private:
    [[noreturn]] void fail() const {
        throw base::InputError(fmt::format("cannot read {}: {}", m_path.string(), std::strerror(errno)));
    }

    base::Path m_path;
    int m_fd;
};

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string_view bytes) : m_rest(bytes) {}

    std::size_t read(std::span<char> buffer) override {
        const std::size_t count = std::min(buffer.size(), m_rest.size());
        std::copy_n(m_rest.data(), count, buffer.data());
        m_rest.remove_prefix(count);
        return count;
    }

private:
    std::string_view m_rest;
};

}  // namespace

SourceFile source_from_path(const base::Path& path) {
    return {path.filename().string(), [path] { return std::make_unique<PathSource>(path); }};
}

SourceFile source_from_memory(std::string name, std::string_view bytes) {
    return {std::move(name), [bytes] { return std::make_unique<MemorySource>(bytes); }};
}

std::string peek(const SourceFile& file, std::size_t bytes) {
    const auto source = file.open();
    std::string head(bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes) {
        const std::size_t count = source->read(std::span(head).subspan(filled));
        if (count == 0) {
            break;
        }
        filled += count;
    }
    head.resize(filled);
    return head;
}

}  // namespace liaison::record
