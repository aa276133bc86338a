#pragma once
// What liaison knows of one published source before it fetches it: feeds/<id>.json, embedded at build time, checked
// against schemas/feed_manifest.schema.json. A folder given by the operator (`--feeds DIR`) adds manifests and replaces
// embedded ones of the same id.

#include "liaison/base/files.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace liaison::feed {

enum class Kind { list, news };

/// Where the publisher states the digest of a file: the first SHA-256 that follows the file's name in the text at `url`.
struct HashSource {
    std::string url;
    bool required = false;  ///< true: a file without a stated digest is refused; false: that is noted only
};

/// One file of a set, as it is named in the snapshot.
struct MemberFile {
    std::string name;
    std::string url;
    std::optional<HashSource> hash;
};

enum class IndexType { html, syndication, sitemap };

/// A page or feed that names the documents to fetch.
struct IndexPage {
    IndexType type = IndexType::syndication;
    std::string url;
    std::string link_pattern;     ///< ECMAScript expression that the whole address of a document matches; "" takes all
    std::uint32_t max_items = 200;
};

/// One way to get the feed. Either files (all of them or none) or an index.
struct Source {
    std::string format;
    std::vector<MemberFile> files;
    std::optional<IndexPage> index;
};

struct Limits {
    std::uint64_t file_bytes = 0;   ///< one file, after decompression
    std::uint64_t total_bytes = 0;  ///< the whole snapshot
    std::uint32_t files = 0;
};

/// What a new snapshot must satisfy before it replaces the last good one; see guards.hpp.
struct Guards {
    std::map<std::string, std::uint64_t> minimum;  ///< record type (publisher's kind or schema) -> least count
    std::uint64_t minimum_listed = 0;              ///< least number of listed entities
    double max_shrink_percent = 20;
    double max_growth_percent = 200;
    bool date_may_go_back = false;
};

/// How pages are fetched.
struct Crawl {
    std::string language;                          ///< ISO 639-1 hint, "" when mixed
    std::chrono::seconds pace{5};                  ///< between the starts of two requests to one host
    std::uint32_t full_get_every = 8;              ///< every N-th poll asks without validators
};

struct Manifest {
    std::string id;
    Kind kind = Kind::list;
    std::string title;
    std::string publisher;
    std::string publisher_country;                 ///< ISO 3166-1 alpha-2 in lower case, "un" or "eu"
    std::string publisher_url;
    std::string licence;
    std::string licence_url;
    bool sample = false;                           ///< small set for a first look: every answer says so
    bool enabled = true;                           ///< taken by `refresh` when no feed is named
    std::vector<std::string> formats;              ///< accepted, whatever the way they came
    std::vector<Source> sources;                   ///< in order of preference; empty: only from a mirror
    std::chrono::hours cadence{24};                ///< a list older than this is an alarm
    Limits limits;
    Guards guards;
    Crawl crawl;
    std::vector<std::string> canaries;             ///< names listed since years: a refresh must still find them
    std::shared_ptr<const nlohmann::json> adapter; ///< settings for the adapter, an object; shared because manifests are copied
};

/// Throws InputError naming `origin`, the JSON pointer and the rule when `text` breaks the schema.
[[nodiscard]] Manifest parse_manifest(std::string_view text, std::string_view origin);

/// All manifests, sorted by id.
class Registry {
public:
    explicit Registry(std::vector<Manifest> manifests);
    [[nodiscard]] std::span<const Manifest> all() const noexcept { return m_manifests; }
    [[nodiscard]] const Manifest* find(std::string_view id) const noexcept;

private:
    std::vector<Manifest> m_manifests;
};

/// The embedded manifests.
[[nodiscard]] Registry builtin_registry();
/// The embedded manifests with those of `folder` (*.json, at most 1 MiB each) added or replaced. Throws InputError when
/// the folder holds none or one is not valid.
[[nodiscard]] Registry load_registry(const base::Files& files, const base::Path& folder);

}  // namespace liaison::feed
