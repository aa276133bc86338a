#pragma once
// zstd in pieces: compression into an OutputFile with the SHA-256 of the bytes before it, and back.

#include "liaison/base/files.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/record/byte_source.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace liaison::feed {

class ZstdWriter {
public:
    explicit ZstdWriter(base::OutputFile& file);
    ~ZstdWriter();
    ZstdWriter(const ZstdWriter&) = delete;
    ZstdWriter& operator=(const ZstdWriter&) = delete;
    void write(std::string_view bytes);
    void finish();  ///< writes the frame's end with its checksum

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Reads `path` back. Throws StoreError when the bytes are not those of `size` and `sha256`; the end is reported only
/// after that check.
[[nodiscard]] std::unique_ptr<record::ByteSource> open_zstd(const base::Path& path, std::uint64_t size, std::string sha256);

}  // namespace liaison::feed
