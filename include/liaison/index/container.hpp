#pragma once
// The index file: a header, a table of tagged sections, and the sections, each 16-byte aligned and checksummed. It is
// derived from the store, mapped read-only, published by rename; deleting it costs only a rebuild.
//
// Layout, little-endian: "LIAISONX", u32 format version, u32 section count, u64 vocabulary hash, u64 file size,
// 16-byte fingerprint text, u64 header checksum; then per section: 16-byte tag, u64 offset, u64 size, u64 checksum.

#include "liaison/base/files.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liaison::index {

inline constexpr std::uint32_t kFormatVersion = 1;

/// Collects sections and gives the bytes of the file.
class Writer {
public:
    void add(std::string_view tag, std::string bytes);  ///< tag of at most 16 ASCII characters, each once
    /// `fingerprint` names the state of the store (store::View::fingerprint), 16 characters.
    void publish(base::Files& files, const base::Path& path, std::string_view fingerprint) const;

private:
    std::vector<std::pair<std::string, std::string>> m_sections;
};

/// A mapped index. Views of its sections must not outlive it. Thread-safe.
class Container {
public:
    /// Throws StoreError: missing, truncated, damaged header, written by another version (hint: refresh rebuilds it).
    static Container open(const base::Path& path);
    ~Container();
    Container(Container&&) noexcept;
    Container& operator=(Container&&) noexcept;

    [[nodiscard]] std::string_view section(std::string_view tag) const;  ///< empty when there is none
    [[nodiscard]] std::string_view fingerprint() const;
    [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> sections() const;  ///< tag, size
    /// Reads everything: one line for each section whose checksum is wrong.
    [[nodiscard]] std::vector<std::string> verify() const;

private:
    struct Mapping;
    explicit Container(std::unique_ptr<Mapping> mapping);
    std::unique_ptr<Mapping> m_mapping;
};

}  // namespace liaison::index
