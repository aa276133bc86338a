#pragma once
// FILE.audit: what was screened, decided and refreshed, as a chain that shows every removal and change.
//
// One JSON object a line, in this order of members:
//   {"seq":1,"at":"2025-11-25T06:00:00Z","who":"nightly","kind":"refresh","body":{...},"prev":"<hash>","hash":"<hash>"}
// `hash` is the SHA-256 of the line's bytes before `,"hash":"`; `prev` is the hash of the line before (64 zeros first).
// A checkpoint is a line of kind "checkpoint" whose body signs (Ed25519) the line before it. Cutting lines off the end
// keeps a chain intact: the newest hash is therefore kept elsewhere too (in the store's run reports, and wherever the
// operator sends it), and verify() takes such anchors.
//
// The text of queries is personal data and lies apart, in FILE.queries; the chain holds HMAC(key, salt + text), and the
// salt lies with the text. Once a line is erased there, nothing in the chain says what it was, and the chain still holds.
//
// Crash safety: a batch is one write and one fsync under a lock (FILE.audit.lock, flock). A last line without its end was
// never acknowledged; the next append cuts it off. Query texts are made durable before the chain that names them.

#include "liaison/audit/keys.hpp"
#include "liaison/base/append_file.hpp"
#include "liaison/base/clock.hpp"
#include "liaison/base/files.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::audit {

using Json = nlohmann::ordered_json;

[[nodiscard]] base::Path log_path(const base::Path& db);      ///< FILE.audit
[[nodiscard]] base::Path queries_path(const base::Path& db);  ///< FILE.queries
[[nodiscard]] base::Path key_path(const base::Path& db);      ///< FILE.audit.key
[[nodiscard]] base::Path public_key_path(const base::Path& db);  ///< FILE.audit.pub

/// One line of the chain.
struct Entry {
    std::uint64_t seq = 0;
    std::string at;    ///< ISO date-time, UTC
    std::string who;
    std::string kind;  ///< refresh, run, screening, decision, erasure, checkpoint
    Json body;
    std::string prev;
    std::string hash;
};

struct Head {
    std::uint64_t seq = 0;  ///< 0: nothing yet
    std::string hash;
};

/// What is to be recorded.
struct Record {
    std::string kind;
    Json body;
};

/// One query of a screening run: its text goes to FILE.queries, its keyed hash and outcome to the chain.
struct Screened {
    Json query;    ///< as received and as normalised
    Json outcome;  ///< status, matches with scores and parts: nothing that names the customer
};

struct LogOptions {
    base::Path db;
    base::Path key;   ///< "": key_path(db)
    std::string who;  ///< operator identity, on every line
};

class Log {
public:
    /// Creates the keys when there are none. Throws StoreError.
    Log(LogOptions options, base::Files& files, base::Clock& clock, base::OpenAppend open_append = base::open_append);

    /// Durable on return. Throws StoreError when the disk is full or the tail of the chain is damaged; nothing is
    /// recorded then.
    Head append(std::string_view kind, Json body);
    Head append(std::span<const Record> records);
    /// Records a screening run: its circumstances (list versions, thresholds, engine version) once, then the queries in
    /// blocks. The ids under which replay finds them, "<seq>.<position>", in order of the queries.
    std::vector<std::string> append_screening(const Json& circumstances, std::span<const Screened> screened);
    /// Signs the newest line.
    Head checkpoint();

    [[nodiscard]] const std::string& public_key() const { return m_keys.public_key(); }
    [[nodiscard]] const Keys& keys() const { return m_keys; }

    /// Removes from FILE.queries the queries that `erase` chooses, and records that it was done, not what. The number.
    std::uint64_t erase_queries(const std::function<bool(const Json& stored)>& erase, std::string_view reason);

private:
    class Tail;
    void append_bytes(const base::Path& path, std::uint64_t offset, std::string_view bytes);
    Head write(Tail& tail, std::span<const Record> records);
    [[nodiscard]] std::unique_ptr<base::FileLock> lock();

    LogOptions m_options;
    base::Files& m_files;
    base::Clock& m_clock;
    base::OpenAppend m_open_append;
    Keys m_keys;
};

/// Reads every whole line; stops with StoreError at the first that is no entry.
void for_each_entry(const base::Path& db, const std::function<void(const Entry&)>& visit);
/// The entry of a number, none when there is no such line.
[[nodiscard]] std::optional<Entry> find_entry(const base::Path& db, std::uint64_t seq);

/// A query's stored text by the key that the chain holds; none once erased.
[[nodiscard]] std::optional<Json> find_query(const base::Path& db, std::string_view key);

struct Verification {
    std::uint64_t entries = 0;
    std::uint64_t checkpoints = 0;
    std::uint64_t unsigned_entries = 0;  ///< after the last checkpoint
    Head head;
    bool torn = false;                   ///< the last line was cut by a crash; it was never acknowledged
    std::vector<std::string> findings;   ///< empty when the chain holds
};
/// `public_key` "": that of FILE.audit.pub. `anchors`: seq -> hash as kept elsewhere.
[[nodiscard]] Verification verify(const base::Path& db, std::string_view public_key,
                                  const std::map<std::uint64_t, std::string>& anchors = {});

/// A line without its newline, checked for form and for its own hash. Throws InputError.
[[nodiscard]] Entry parse_entry(std::string_view line);

}  // namespace liaison::audit
