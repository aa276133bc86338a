#include "liaison/export/output.hpp"

#include "liaison/base/error.hpp"

#include <zlib.h>

#include <array>
#include <utility>

namespace liaison::exports {

namespace {

class StringSink final : public Sink {
public:
    explicit StringSink(std::string& target) : m_target(target) {}
    void write(std::string_view bytes) override { m_target += bytes; }
    void finish() override {}

private:
    std::string& m_target;
};

class FileSink final : public Sink {
public:
    explicit FileSink(std::unique_ptr<base::OutputFile> file) : m_file(std::move(file)) {}
    void write(std::string_view bytes) override { m_file->write(bytes); }
    void finish() override {
        m_file->sync();
        m_file->close();
    }

private:
    std::unique_ptr<base::OutputFile> m_file;
};

class GzipSink final : public Sink {
public:
    explicit GzipSink(std::unique_ptr<Sink> inner) : m_inner(std::move(inner)) {
        constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more asks for a gzip header
        if (deflateInit2(&m_stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw base::InternalError("zlib cannot start a gzip stream");
        }
    }
    GzipSink(const GzipSink&) = delete;
    GzipSink& operator=(const GzipSink&) = delete;
    ~GzipSink() override { deflateEnd(&m_stream); }

    void write(std::string_view bytes) override { run(bytes, Z_NO_FLUSH); }
    void finish() override {
        run({}, Z_FINISH);
        m_inner->finish();
    }

private:
    void run(std::string_view bytes, int flush) {
        std::array<char, 65536> block{};
        // zlib's interface is not const-correct; it does not write to next_in.
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        int state = Z_OK;
        do {
            m_stream.next_out = reinterpret_cast<Bytef*>(block.data());
            m_stream.avail_out = static_cast<uInt>(block.size());
            state = deflate(&m_stream, flush);
            m_inner->write({block.data(), block.size() - m_stream.avail_out});
        } while (m_stream.avail_out == 0 || (flush == Z_FINISH && state != Z_STREAM_END));
    }

    std::unique_ptr<Sink> m_inner;
    z_stream m_stream{};
};

}  // namespace

std::unique_ptr<Sink> make_gzip_sink(std::unique_ptr<Sink> inner) { return std::make_unique<GzipSink>(std::move(inner)); }

std::unique_ptr<Sink> MemoryOutput::open(std::string_view part) {
    return std::make_unique<StringSink>(m_parts[std::string(part)]);
}

const std::string& MemoryOutput::text() const {
    static const std::string nothing;
    return m_parts.size() == 1 ? m_parts.begin()->second : nothing;
}

FileOutput::FileOutput(base::Files& files, base::Path path) : m_files(files), m_path(std::move(path)) {}

FileOutput::~FileOutput() {
    for (const auto& pending : m_pending) {
        try {
            m_files.remove(pending.temporary);
        } catch (const base::Error&) {
            // Nothing can be said from a destructor; the ".part" file stays and is overwritten by the next export.
        }
    }
}

std::unique_ptr<Sink> FileOutput::open(std::string_view part) {
    base::Path final_path = m_path;
    if (!part.empty()) {
        m_files.create_folders(m_path);
        final_path /= std::string(part);
    }
    base::Path temporary = final_path;
    temporary += ".part";
    std::unique_ptr<Sink> sink = std::make_unique<FileSink>(m_files.create(temporary));
    m_pending.push_back({temporary, final_path});
    if (final_path.extension() == ".gz") sink = make_gzip_sink(std::move(sink));
    return sink;
}

void FileOutput::commit() {
    for (const auto& pending : m_pending) m_files.rename(pending.temporary, pending.final_path);
    m_pending.clear();
    const base::Path parent = m_path.parent_path();
    m_files.sync_folder(parent.empty() ? base::Path(".") : parent);
}

}  // namespace liaison::exports
