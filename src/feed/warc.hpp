#pragma once
// WARC 1.1 (ISO 28500:2017): the raw responses of pages, one gzip member a record, so that any archive tool reads them.
// Record ids are derived from content and time, so that the same fetch writes the same bytes.

#include "liaison/base/clock.hpp"
#include "liaison/base/hash.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liaison::feed {

class WarcWriter {
public:
    /// Begins with a warcinfo record. `file_name` is stated in it.
    WarcWriter(std::string_view file_name, base::Instant now);

    /// `header_block`: status line and headers as sent; `body` as it came. A Transfer-Encoding or Content-Encoding that is
    /// already undone is kept under an X-Archive-Orig- name. Returns the record id.
    std::string response(std::string_view url, base::Instant when, std::string_view header_block, std::string_view body);
    /// The page is the one already archived (304, or the same bytes again). `payload_sha256` is that of the original.
    void revisit(std::string_view url, base::Instant when, std::string_view header_block, std::string_view payload_sha256,
                 bool not_modified);
    /// Decisions about a fetch: "fetchOutcome: robots-refused".
    void metadata(std::string_view url, base::Instant when, std::string_view concurrent_to,
                  const std::vector<std::pair<std::string, std::string>>& fields);

    [[nodiscard]] const std::string& bytes() const noexcept { return m_bytes; }
    [[nodiscard]] bool has_pages() const noexcept { return m_pages > 0; }

private:
    void record(std::string_view type, base::Instant when, const std::vector<std::pair<std::string, std::string>>& headers,
                std::string_view content_type, std::string_view block, std::string& id);

    std::string m_bytes;
    std::string m_info_id;
    std::size_t m_pages = 0;
    std::size_t m_records = 0;
};

}  // namespace liaison::feed
