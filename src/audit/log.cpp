// Writing the chain.

#include "liaison/audit/log.hpp"

#include "audit/chain.hpp"
#include "liaison/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace liaison::audit {
namespace {

constexpr std::size_t kHashDigits = 64;
/// Queries in one line of the chain: the frame of a line (time, operator, two hashes) costs 300 bytes and 2 µs.
constexpr std::size_t kBlock = 256;
constexpr int kLockAttempts = 3000;
constexpr std::chrono::milliseconds kLockPause{10};
constexpr std::size_t kKeyBytes = 8;    ///< names a query among those of one store
constexpr std::size_t kSaltBytes = 16;  ///< no guessing of texts from the chain, even with the key

/// Where the whole lines of a file end, found from its end backwards.
std::uint64_t end_of_whole_lines(const base::Files& files, const base::Path& path, std::string* last_line) {
    if (!files.exists(path)) {
        return 0;
    }
    const std::uint64_t size = files.size(path);
    std::ifstream stream(path, std::ios::binary);
    std::uint64_t window = 4096;
    std::string text;
    while (true) {
        const std::uint64_t start = size > window ? size - window : 0;
        text.resize(size - start);
        stream.clear();
        stream.seekg(static_cast<std::streamoff>(start));
        if (!stream.read(text.data(), static_cast<std::streamsize>(text.size()))) {
            throw base::StoreError(fmt::format("cannot read {}", path.string()));
        }
        const std::size_t end = text.rfind('\n');
        const std::size_t before = end == std::string::npos || end == 0 ? std::string::npos : text.rfind('\n', end - 1);
        if (end != std::string::npos && (before != std::string::npos || start == 0)) {
            const std::size_t first = before == std::string::npos ? 0 : before + 1;
            if (last_line != nullptr) {
                *last_line = text.substr(first, end - first);
            }
            return start + end + 1;
        }
        if (start == 0) {
            return 0;  // nothing but a torn first line
        }
        window *= 8;
    }
}

}  // namespace

/// The newest line, read once under the lock.
class Log::Tail {
public:
    Tail(const base::Files& files, const base::Path& path) {
        std::string line;
        offset = end_of_whole_lines(files, path, &line);
        head.hash = std::string(kHashDigits, '0');
        if (offset > 0) {
            try {
                const Entry last = parse_entry(line);
                head = {last.seq, last.hash};
                checkpointed = last.kind == "checkpoint";
            } catch (const base::InputError& error) {
                throw base::StoreError(fmt::format("the last line of {} is damaged: {}", path.string(), error.what()),
                                       "run 'liaison audit verify'; restore the file from a backup, or move it away to begin a new chain");
            }
        }
    }
    Head head;
    std::uint64_t offset = 0;
    bool checkpointed = false;
};

Log::Log(LogOptions options, base::Files& files, base::Clock& clock, base::OpenAppend open_append)
    : m_options(std::move(options)),
      m_files(files),
      m_clock(clock),
      m_open_append(std::move(open_append)),
      m_keys(Keys::open(files, m_options.key.empty() ? key_path(m_options.db) : m_options.key)) {
    if (!files.exists(public_key_path(m_options.db))) {
        base::publish(files, public_key_path(m_options.db), m_keys.public_key() + "\n");
    }
}

std::unique_ptr<base::FileLock> Log::lock() {
    base::Path path = log_path(m_options.db);
    path += ".lock";
    for (int attempt = 0; attempt < kLockAttempts; ++attempt) {
        if (auto lock = m_files.try_lock(path)) {
            return lock;
        }
        m_clock.sleep_for(kLockPause);
    }
    throw base::StoreError(fmt::format("{} is locked by another process", path.string()),
                           "see what holds it with 'fuser'; the lock goes with its process");
}

void Log::append_bytes(const base::Path& path, std::uint64_t offset, std::string_view bytes) {
    const bool fresh = !m_files.exists(path);
    const auto file = m_open_append(path, offset);
    file->write(bytes);
    file->sync();
    file->close();
    if (fresh) {
        m_files.sync_folder(path.parent_path());
    }
}

Head Log::write(Tail& tail, std::span<const Record> records) {
    const std::string at = base::to_iso(m_clock.now());
    std::string bytes;
    Head head = tail.head;
    for (const Record& record : records) {
        Entry entry{head.seq + 1, at, m_options.who, record.kind, record.body, head.hash, ""};
        bytes += entry_line(entry);
        head = {entry.seq, entry.hash};
    }
    append_bytes(log_path(m_options.db), tail.offset, bytes);
    tail.offset += bytes.size();
    tail.head = head;
    return head;
}

Head Log::append(std::string_view kind, Json body) {
    const Record record{std::string(kind), std::move(body)};
    return append(std::span(&record, 1));
}

Head Log::append(std::span<const Record> records) {
    const auto held = lock();
    Tail tail(m_files, log_path(m_options.db));
    return write(tail, records);
}

Head Log::checkpoint() {
    const auto held = lock();
    Tail tail(m_files, log_path(m_options.db));
    if (tail.checkpointed || tail.head.seq == 0) {
        return tail.head;
    }
    const Record record{"checkpoint", {{"signature", m_keys.sign(checkpoint_message(tail.head))}, {"public_key", m_keys.public_key()}}};
    return write(tail, std::span(&record, 1));
}

std::vector<std::string> Log::append_screening(const Json& circumstances, std::span<const Screened> screened) {
    std::string texts;
    std::vector<Json> items;
    items.reserve(screened.size());
    for (const Screened& each : screened) {
        const std::string key = random_hex(kKeyBytes);
        const std::string salt = random_hex(kSaltBytes);
        const std::string query = each.query.dump(-1, ' ', false, Json::error_handler_t::replace);
        texts += fmt::format("{{\"key\":\"{}\",\"salt\":\"{}\",\"query\":{}}}\n", key, salt, query);
        Json item;
        item["key"] = key;
        item["query"] = m_keys.keyed_hash(salt, query);
        item["outcome"] = each.outcome;
        items.push_back(std::move(item));
    }
    const auto held = lock();
    if (!texts.empty()) {
        const base::Path path = queries_path(m_options.db);
        append_bytes(path, end_of_whole_lines(m_files, path, nullptr), texts);
    }
    Tail tail(m_files, log_path(m_options.db));
    std::vector<std::string> ids;
    std::vector<Record> records;
    const std::uint64_t run = tail.head.seq + 1;
    records.push_back({"run", circumstances});
    for (std::size_t i = 0; i < items.size(); i += kBlock) {
        Json body{{"run", run}, {"screened", Json::array()}};
        for (std::size_t k = i; k < std::min(items.size(), i + kBlock); ++k) {
            ids.push_back(fmt::format("{}.{}", run + records.size(), k - i + 1));
            body["screened"].push_back(std::move(items[k]));
        }
        records.push_back({"screening", std::move(body)});
    }
    write(tail, records);
    return ids;
}

std::uint64_t Log::erase_queries(const std::function<bool(const Json&)>& erase, std::string_view reason) {
    const auto held = lock();
    const base::Path path = queries_path(m_options.db);
    base::Path part = path;
    part += ".part";
    std::uint64_t erased = 0;
    {
        const auto file = m_files.create(part);
        LineReader lines(path);
        std::string line;
        while (lines.next(line)) {
            if (!lines.whole()) {
                break;
            }
            const Json stored = Json::parse(line, nullptr, false);
            if (!stored.is_object() || erase(stored)) {
                ++erased;
                continue;
            }
            line += '\n';
            file->write(line);
        }
        file->sync();
        file->close();
    }
    if (erased == 0) {
        m_files.remove(part);
        return 0;
    }
    m_files.rename(part, path);
    m_files.sync_folder(path.parent_path());
    Tail tail(m_files, log_path(m_options.db));
    const Record record{"erasure", {{"queries", erased}, {"reason", reason}}};
    write(tail, std::span(&record, 1));
    return erased;
}

}  // namespace liaison::audit
