#include "liaison/feed/manifest.hpp"

#include "feed/builtin.hpp"
#include "feed/json_schema.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison_feed_data.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>

namespace liaison::feed {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kManifestBytes = 1U << 20;

const Json& manifest_schema() {
    static const Json schema = Json::parse(data::feed_manifest_schema_json());
    return schema;
}

IndexType index_type(const std::string& name) {
    if (name == "html") {
        return IndexType::html;
    }
    return name == "sitemap" ? IndexType::sitemap : IndexType::syndication;
}

MemberFile read_file(const Json& json) {
    MemberFile file{json.at("name"), json.at("url"), std::nullopt};
    if (const auto hash = json.find("hash"); hash != json.end()) {
        file.hash = HashSource{hash->at("url"), hash->value("required", false)};
    }
    return file;
}

Source read_source(const Json& json) {
    Source source;
    source.format = json.at("format");
    if (const auto files = json.find("files"); files != json.end()) {
        std::transform(files->begin(), files->end(), std::back_inserter(source.files), read_file);
    }
    if (const auto index = json.find("index"); index != json.end()) {
        source.index = IndexPage{index_type(index->at("type")), index->at("url"), index->value("link_pattern", ""),
                                 index->value("max_items", IndexPage{}.max_items)};
    }
    return source;
}

Guards read_guards(const Json& json) {
    const Guards defaults;
    Guards guards;
    if (const auto minimum = json.find("minimum"); minimum != json.end()) {
        guards.minimum = minimum->get<std::map<std::string, std::uint64_t>>();
    }
    guards.minimum_listed = json.value("minimum_listed", defaults.minimum_listed);
    guards.max_shrink_percent = json.value("max_shrink_percent", defaults.max_shrink_percent);
    guards.max_growth_percent = json.value("max_growth_percent", defaults.max_growth_percent);
    guards.date_may_go_back = json.value("date_may_go_back", defaults.date_may_go_back);
    return guards;
}

/// What a schema cannot say.
void check_meaning(const Manifest& manifest, std::string_view origin) {
    const auto fail = [&](const std::string& what) {
        throw base::InputError(fmt::format("{}: {}", origin, what), "correct the manifest");
    };
    for (const Source& source : manifest.sources) {
        if (std::find(manifest.formats.begin(), manifest.formats.end(), source.format) == manifest.formats.end()) {
            fail(fmt::format("source format '{}' is not among the accepted formats", source.format));
        }
        std::set<std::string> names;
        for (const MemberFile& file : source.files) {
            if (!names.insert(file.name).second) {
                fail(fmt::format("two files of one source are named '{}'", file.name));
            }
        }
        if (source.files.size() > manifest.limits.files) {
            fail(fmt::format("a source has {} files, over its own limit of {}", source.files.size(),
                             manifest.limits.files));
        }
        if (source.index && !source.index->link_pattern.empty()) {
            try {
                (void)std::regex(source.index->link_pattern);
            } catch (const std::regex_error& error) {
                fail(fmt::format("link_pattern '{}' is not a regular expression: {}", source.index->link_pattern,
                                 error.what()));
            }
        }
    }
    if (manifest.limits.file_bytes > manifest.limits.total_bytes) {
        fail("limits: file_bytes is over total_bytes");
    }
}

/// Of JSON that obeys the schema.
Manifest manifest_of(const Json& json) {
    Manifest manifest;
    manifest.id = json.at("id");
    manifest.kind = json.at("kind") == "news" ? Kind::news : Kind::list;
    manifest.title = json.at("title");
    manifest.publisher = json.at("publisher").at("name");
    manifest.publisher_country = json.at("publisher").at("country");
    manifest.publisher_url = json.at("publisher").value("url", "");
    manifest.licence = json.at("licence").at("name");
    manifest.licence_url = json.at("licence").value("url", "");
    manifest.sample = json.value("sample", false);
    manifest.enabled = json.value("enabled", true);
    manifest.formats = json.at("formats").get<std::vector<std::string>>();
    for (const Json& source : json.at("sources")) {
        manifest.sources.push_back(read_source(source));
    }
    manifest.cadence = std::chrono::hours(json.at("cadence_hours").get<int>());
    const Json& limits = json.at("limits");
    manifest.limits = {limits.at("file_bytes"), limits.at("total_bytes"), limits.at("files")};
    manifest.guards = read_guards(json.at("guards"));
    const Json crawl = json.value("crawl", Json::object());
    const Crawl defaults;
    manifest.crawl.language = crawl.value("language", "");
    manifest.crawl.pace = std::chrono::seconds(crawl.value("pace_seconds", static_cast<int>(defaults.pace.count())));
    manifest.crawl.full_get_every = crawl.value("full_get_every", defaults.full_get_every);
    manifest.canaries = json.value("canaries", std::vector<std::string>());
    manifest.adapter = std::make_shared<const Json>(json.value("adapter", Json::object()));
    return manifest;
}

}  // namespace

Manifest parse_manifest(std::string_view text, std::string_view origin) {
    if (const auto byte = base::find_invalid_utf8(text); byte != std::string_view::npos) {
        throw base::InputError(fmt::format("{}: byte {} is not valid UTF-8", origin, byte), "save the manifest as UTF-8");
    }
    Json json;
    try {
        json = Json::parse(text);
    } catch (const Json::parse_error& error) {
        throw base::InputError(fmt::format("{}: not JSON at byte {}", origin, error.byte),
                               "check brackets, commas and quotes there");
    }
    if (const auto violation = find_violation(manifest_schema(), json)) {
        throw base::InputError(
            fmt::format("{}: {} {}", origin, violation->pointer.empty() ? "/" : violation->pointer, violation->rule),
            "schemas/feed_manifest.schema.json says what a manifest holds");
    }
    Manifest manifest = manifest_of(json);
    check_meaning(manifest, origin);
    return manifest;
}

Registry::Registry(std::vector<Manifest> manifests) : m_manifests(std::move(manifests)) {
    std::sort(m_manifests.begin(), m_manifests.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    const auto twice = std::adjacent_find(m_manifests.begin(), m_manifests.end(),
                                          [](const auto& a, const auto& b) { return a.id == b.id; });
    if (twice != m_manifests.end()) {
        throw base::InputError(fmt::format("two feed manifests have the id '{}'", twice->id), "rename one of them");
    }
}

const Manifest* Registry::find(std::string_view id) const noexcept {
    const auto found = std::lower_bound(m_manifests.begin(), m_manifests.end(), id,
                                        [](const Manifest& manifest, std::string_view key) { return manifest.id < key; });
    return found != m_manifests.end() && found->id == id ? &*found : nullptr;
}

Registry builtin_registry() {
    std::vector<Manifest> manifests;
    for (const BuiltinManifest& builtin : builtin_manifests()) {
        // Checked against the schema by the tests, not at every start: that would be most of a quick command's time.
        manifests.push_back(manifest_of(Json::parse(builtin.text)));
    }
    return Registry(std::move(manifests));
}

Registry load_registry(const base::Files& files, const base::Path& folder) {
    std::map<std::string, Manifest> own;
    for (const base::Path& path : files.list(folder)) {
        if (path.extension() != ".json") {
            continue;
        }
        Manifest manifest = parse_manifest(files.read(path, kManifestBytes), path.string());
        if (manifest.id != path.stem().string()) {
            throw base::InputError(fmt::format("{}: the id is '{}'", path.string(), manifest.id),
                                   fmt::format("name the file {}.json", manifest.id));
        }
        own.emplace(manifest.id, std::move(manifest));
    }
    if (own.empty()) {
        throw base::InputError(fmt::format("no feed manifests (*.json) in {}", folder.string()),
                               "give a folder of manifests with --feeds, or leave the option out");
    }
    std::vector<Manifest> manifests;
    const Registry builtin = builtin_registry();
    for (const Manifest& manifest : builtin.all()) {
        if (own.find(manifest.id) == own.end()) {
            manifests.push_back(manifest);
        }
    }
    for (auto& [id, manifest] : own) {
        manifests.push_back(std::move(manifest));
    }
    return Registry(std::move(manifests));
}

}  // namespace liaison::feed
