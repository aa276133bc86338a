#include "liaison/feed/archive.hpp"

#include "feed/zstd_stream.hpp"
#include "liaison/base/error.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace liaison::feed {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMaxSnapshotBytes = 512ULL << 20;  // a million files

bool is_hash(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// A name that stays inside the folder it is put into.
bool is_file_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && name.front() != '.' && name.find('/') == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

Json to_json(const StoredFile& file) {
    return {{"name", file.name},           {"size", file.size}, {"sha256", file.sha256},
            {"url", file.url},             {"content_type", file.content_type},
            {"modified", file.modified}};
}

StoredFile file_from_json(const Json& json) {
    return {json.at("name"), json.at("size"), json.at("sha256"), json.at("url"), json.at("content_type"), json.at("modified")};
}

class BlobWriter final : public Archive::Writer {
public:
    BlobWriter(base::Files& files, base::Path folder, base::Path part)
        : m_files(files), m_folder(std::move(folder)), m_part(std::move(part)) {
        restart();
    }
    ~BlobWriter() override {
        if (m_file) {
            m_file.reset();
            try {
                m_files.remove(m_part);
            } catch (const base::Error&) {  // a part file left behind is removed by prune()
            }
        }
    }
    BlobWriter(const BlobWriter&) = delete;
    BlobWriter& operator=(const BlobWriter&) = delete;

    void write(std::string_view bytes) override {
        m_hash.update(bytes);
        m_size += bytes.size();
        m_compressor->write(bytes);
    }

    void restart() override {
        m_compressor.reset();
        m_file = m_files.create(m_part);
        m_compressor.emplace(*m_file);
        m_hash = base::Sha256();
        m_size = 0;
    }

    StoredFile finish() override {
        StoredFile stored;
        stored.size = m_size;
        stored.sha256 = base::to_hex(m_hash.finish());
        const base::Path folder = m_folder / stored.sha256.substr(0, 2);
        const base::Path target = folder / (stored.sha256 + ".zst");
        if (m_files.exists(target)) {
            return stored;  // the destructor removes the part file
        }
        m_compressor->finish();
        m_file->sync();
        m_file->close();
        m_compressor.reset();
        m_files.create_folders(folder);
        m_files.rename(m_part, target);
        m_file.reset();
        m_files.sync_folder(folder);
        return stored;
    }

private:
    base::Files& m_files;
    base::Path m_folder;
    base::Path m_part;
    std::unique_ptr<base::OutputFile> m_file;
    std::optional<ZstdWriter> m_compressor;
    base::Sha256 m_hash;
    std::uint64_t m_size = 0;
};

}  // namespace

std::string snapshot_id(const std::vector<StoredFile>& files) {
    if (files.size() == 1) {
        return files.front().sha256;
    }
    std::vector<std::string> lines;
    lines.reserve(files.size());
    for (const StoredFile& file : files) {
        lines.push_back(file.name + " " + file.sha256 + "\n");
    }
    std::sort(lines.begin(), lines.end());
    base::Sha256 hash;
    for (const std::string& line : lines) {
        hash.update(line);
    }
    return base::to_hex(hash.finish());
}

Archive::Archive(base::Files& files, base::Path folder) : m_files(files), m_folder(std::move(folder)) {}

base::Path Archive::folder_of(const base::Path& db) { return base::Path(db.string() + ".archive"); }

base::Path Archive::blob_path(std::string_view sha256) const {
    return m_folder / "blobs" / std::string(sha256.substr(0, 2)) / (std::string(sha256) + ".zst");
}

base::Path Archive::snapshot_path(std::string_view feed, std::string_view id) const {
    return m_folder / "snapshots" / std::string(feed) / (std::string(id) + ".json");
}

std::unique_ptr<Archive::Writer> Archive::begin_file() {
    const base::Path blobs = m_folder / "blobs";
    m_files.create_folders(blobs);
    return std::make_unique<BlobWriter>(m_files, blobs, blobs / fmt::format("incoming-{}.part", m_incoming++));
}

Snapshot Archive::add_snapshot(std::string feed, std::string format, std::vector<StoredFile> files) {
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    Snapshot result{std::move(feed), snapshot_id(files), std::move(format), std::move(files)};
    for (std::size_t i = 0; i < result.files.size(); ++i) {
        const StoredFile& file = result.files[i];
        if (!is_file_name(file.name) || (i > 0 && file.name == result.files[i - 1].name)) {
            throw base::InternalError(fmt::format("snapshot of {} with the unusable file name '{}'", result.feed, file.name));
        }
        if (!has_blob(file.sha256)) {
            throw base::InternalError(fmt::format("snapshot of {} names {} before it is stored", result.feed, file.name));
        }
    }
    if (has_snapshot(result.feed, result.id)) {
        return snapshot(result.feed, result.id);
    }
    Json json{{"feed", result.feed}, {"id", result.id}, {"format", result.format}, {"files", Json::array()}};
    for (const StoredFile& file : result.files) {
        json["files"].push_back(to_json(file));
    }
    const base::Path path = snapshot_path(result.feed, result.id);
    m_files.create_folders(path.parent_path());
    base::publish(m_files, path, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    return result;
}

bool Archive::has_blob(std::string_view sha256) const { return is_hash(sha256) && m_files.exists(blob_path(sha256)); }

bool Archive::has_snapshot(std::string_view feed, std::string_view id) const {
    return is_hash(id) && m_files.exists(snapshot_path(feed, id));
}

Snapshot Archive::snapshot(std::string_view feed, std::string_view id) const {
    if (!has_snapshot(feed, id)) {
        throw base::InputError(fmt::format("the archive {} holds no snapshot {} of {}", m_folder.string(), id, feed),
                               "run refresh to fetch the list, or restore the archive from a backup");
    }
    const base::Path path = snapshot_path(feed, id);
    const auto damaged = [&](const std::string& why) {
        return base::StoreError(fmt::format("archive file {} is damaged: {}", path.string(), why),
                                "restore it from a backup, or run refresh to fetch the list again");
    };
    Snapshot result;
    try {
        const Json json = Json::parse(m_files.read(path, kMaxSnapshotBytes));
        result.feed = json.at("feed");
        result.id = json.at("id");
        result.format = json.at("format");
        for (const Json& file : json.at("files")) {
            result.files.push_back(file_from_json(file));
        }
    } catch (const Json::exception& error) {
        throw damaged(error.what());
    }
    const bool names_good = std::all_of(result.files.begin(), result.files.end(), [](const StoredFile& file) {
        return is_file_name(file.name) && is_hash(file.sha256);
    });
    if (!names_good || result.feed != feed || result.id != id || snapshot_id(result.files) != id) {
        throw damaged("its files are not those of its name");
    }
    return result;
}

std::vector<std::string> Archive::snapshots(std::string_view feed) const {
    std::vector<std::string> ids;
    for (const base::Path& path : m_files.list(m_folder / "snapshots" / std::string(feed))) {
        if (path.extension() == ".json" && is_hash(path.stem().string())) {
            ids.push_back(path.stem().string());
        }
    }
    return ids;
}

std::vector<std::string> Archive::all_snapshots() const {
    std::vector<std::string> all;
    for (const base::Path& folder : m_files.list(m_folder / "snapshots")) {
        for (const std::string& id : snapshots(folder.filename().string())) {
            all.push_back(folder.filename().string() + "/" + id);
        }
    }
    return all;
}

record::FileSet Archive::open(const Snapshot& snapshot) const {
    record::FileSet set;
    for (const StoredFile& file : snapshot.files) {
        set.push_back({file.name, [path = blob_path(file.sha256), size = file.size, sha256 = file.sha256] {
                           return open_zstd(path, size, sha256);
                       }});
    }
    return set;
}

std::vector<ArchiveFault> Archive::verify(bool thorough) const {
    std::vector<ArchiveFault> faults;
    std::set<std::string> seen;
    std::array<char, 65536> buffer{};
    for (const std::string& name : all_snapshots()) {
        const auto slash = name.find('/');
        Snapshot set;
        try {
            set = snapshot(name.substr(0, slash), name.substr(slash + 1));
        } catch (const base::Error& error) {
            faults.push_back({"snapshots/" + name + ".json", "damaged-snapshot", error.what()});
            continue;
        }
        for (const StoredFile& file : set.files) {
            if (!seen.insert(file.sha256).second) {
                continue;
            }
            const std::string path = "blobs/" + file.sha256.substr(0, 2) + "/" + file.sha256 + ".zst";
            if (!has_blob(file.sha256)) {
                faults.push_back({path, "missing-blob", fmt::format("{} of {} is not in the archive", file.name, name)});
                continue;
            }
            if (!thorough) {
                continue;
            }
            try {
                const auto source = open_zstd(blob_path(file.sha256), file.size, file.sha256);
                while (source->read(buffer) > 0) {
                }
            } catch (const base::Error& error) {
                faults.push_back({path, "damaged-blob", error.what()});
            }
        }
    }
    return faults;
}

PruneResult Archive::prune(const std::set<std::string>& keep) {
    PruneResult result;
    std::set<std::string> used;
    // What is kept is read first: a damaged kept snapshot ends the pruning before anything is removed.
    for (const std::string& name : all_snapshots()) {
        if (keep.count(name) > 0) {
            const auto slash = name.find('/');
            for (const StoredFile& file : snapshot(name.substr(0, slash), name.substr(slash + 1)).files) {
                used.insert(file.sha256);
            }
        }
    }
    for (const std::string& name : all_snapshots()) {
        if (keep.count(name) == 0) {
            m_files.remove(m_folder / "snapshots" / (name + ".json"));
            ++result.snapshots;
        }
    }
    const auto remove_blob = [&](const base::Path& path) {
        result.bytes += m_files.size(path);
        m_files.remove(path);
        ++result.blobs;
    };
    for (const base::Path& entry : m_files.list(m_folder / "blobs")) {
        if (entry.extension() == ".part") {
            remove_blob(entry);
            continue;
        }
        for (const base::Path& blob : m_files.list(entry)) {
            if (used.count(blob.stem().string()) == 0) {
                remove_blob(blob);
            }
        }
    }
    return result;
}

}  // namespace liaison::feed
