#pragma once
// Parts of a fetch that lists and crawled feeds share.

#include "feed/courtesy.hpp"
#include "liaison/feed/fetch.hpp"

#include <string>
#include <string_view>

namespace liaison::feed {

/// What a fetch needs and fills in.
struct FetchTask {
    const Manifest& manifest;
    Network& network;
    Archive& archive;
    const FetchState& last;
    base::Clock& clock;
    base::Progress& progress;
    FetchOutcome outcome;
};

/// Writes a body into the archive and keeps its beginning for judge_bytes().
class ArchiveSink final : public BodySink {
public:
    explicit ArchiveSink(Archive& archive) : m_writer(archive.begin_file()) {}
    void write(std::string_view bytes) override {
        if (m_head.size() < kHead) {
            m_head += bytes.substr(0, kHead - m_head.size());
        }
        m_size += bytes.size();
        m_writer->write(bytes);
    }
    void restart() override {
        m_head.clear();
        m_size = 0;
        m_writer->restart();
    }
    [[nodiscard]] const std::string& head() const noexcept { return m_head; }
    [[nodiscard]] std::uint64_t size() const noexcept { return m_size; }
    [[nodiscard]] StoredFile finish() { return m_writer->finish(); }

private:
    static constexpr std::size_t kHead = 4096;
    std::unique_ptr<Archive::Writer> m_writer;
    std::string m_head;
    std::uint64_t m_size = 0;
};

/// "Tue, 04 Nov 2025 ..." as "2025-11-04T...Z", "" when it cannot be read.
[[nodiscard]] std::string iso_from_header(const std::string& last_modified);

/// Ends the task: fetched, or unchanged when the set is that of the last good snapshot.
void settle(FetchTask& task, std::string format, std::vector<StoredFile> files);

/// An index and the documents it names.
void crawl(FetchTask& task, const Source& source);

}  // namespace liaison::feed
