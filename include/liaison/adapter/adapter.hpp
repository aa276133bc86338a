#pragma once
// One adapter a list format: the files of a snapshot to entities and issues. One file each in src/adapter/, one line
// each in registry.cpp.

#include "liaison/base/progress.hpp"
#include "liaison/model/entity.hpp"
#include "liaison/record/byte_source.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace liaison::adapter {

struct ReadOptions {
    std::string feed;                           ///< feed id: the dataset, and the prefix of entity ids where the publisher has none
    const nlohmann::json* settings = nullptr;   ///< the manifest's "adapter" object (column mapping, ...); may be null
    base::Progress* progress = nullptr;         ///< may be null
};

/// What the file says of itself, for guards and reports.
struct ReadSummary {
    std::string publication_date;                 ///< "2026-02-27" as stated inside the file, or "" when it holds none
    std::map<std::string, std::uint64_t> records; ///< publisher's record kinds -> count, e.g. {"INDIVIDUAL": 730}
    std::uint64_t stated_count = 0;               ///< the file's own record count where it states one, else 0
};

class Adapter {
public:
    virtual ~Adapter() = default;
    /// "ofac_advanced_xml": named in manifests ("formats") and in tests/feeds/.
    [[nodiscard]] virtual std::string_view format() const = 0;
    /// Decides from content, not from names or endings.
    [[nodiscard]] virtual bool recognises(const record::FileSet& files) const = 0;
    /// Entities may come as several fragments (see model::Entity). Records that cannot be used become issues. Throws
    /// InputError when the file as a whole is not readable (not well-formed, truncated, a DOCTYPE, limits passed):
    /// nothing given to the sink before is valid then.
    virtual ReadSummary read(const record::FileSet& files, const ReadOptions& options,
                             model::StatementSink& sink) const = 0;
};

/// All adapters, in the order in which they are tried.
[[nodiscard]] std::span<const Adapter* const> registry();
[[nodiscard]] const Adapter* find_adapter(std::string_view format);
/// The first of `formats` (all when empty) that recognises the files, or null.
[[nodiscard]] const Adapter* recognise(const record::FileSet& files, std::span<const std::string> formats);

}  // namespace liaison::adapter
