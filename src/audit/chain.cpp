// Reading the chain: lines, entries, proof.

#include "audit/chain.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace liaison::audit {
namespace {

constexpr std::size_t kHashDigits = 64;
constexpr std::string_view kHashMember = ",\"hash\":\"";
/// A line longer than this is damage: blocks of queries are cut far below it.
constexpr std::size_t kMaxLine = std::size_t{64} << 20;
constexpr std::size_t kMaxFindings = 20;

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// True when the unfinished text cannot be the beginning of a line that a crash cut.
bool finished_before_its_end(std::string_view text) {
    const std::size_t at = text.rfind(kHashMember);
    return at != std::string_view::npos && text.size() > at + kHashMember.size() + kHashDigits + std::string_view("\"}").size();
}

base::Path beside(const base::Path& db, const char* suffix) {
    base::Path path = db;
    path += suffix;
    return path;
}

}  // namespace

base::Path log_path(const base::Path& db) { return beside(db, ".audit"); }
base::Path queries_path(const base::Path& db) { return beside(db, ".queries"); }
base::Path key_path(const base::Path& db) { return beside(db, ".audit.key"); }
base::Path public_key_path(const base::Path& db) { return beside(db, ".audit.pub"); }

std::string checkpoint_message(const Head& head) { return fmt::format("liaison audit checkpoint {} {}", head.seq, head.hash); }

std::string entry_line(Entry& entry) {
    Json head;
    head["seq"] = entry.seq;
    head["at"] = entry.at;
    head["who"] = entry.who;
    head["kind"] = entry.kind;
    head["body"] = entry.body;
    head["prev"] = entry.prev;
    std::string line = head.dump(-1, ' ', false, Json::error_handler_t::replace);
    line.pop_back();
    entry.hash = base::to_hex(base::sha256(line));
    line += fmt::format("{}{}\"}}\n", kHashMember, entry.hash);
    return line;
}

Entry parse_entry(std::string_view line) {
    const std::size_t tail = kHashMember.size() + kHashDigits + 2;
    if (line.size() <= tail || line.substr(line.size() - tail, kHashMember.size()) != kHashMember || !line.ends_with("\"}")) {
        throw base::InputError("not a line of an audit log");
    }
    const std::string_view hashed = line.substr(0, line.size() - tail);
    const std::string_view hash = line.substr(line.size() - 2 - kHashDigits, kHashDigits);
    if (base::to_hex(base::sha256(hashed)) != hash) {
        throw base::InputError("its hash does not fit its content");
    }
    const Json json = Json::parse(line, nullptr, false);
    const auto text = [&](const char* name) {
        if (!json.contains(name) || !json[name].is_string()) {
            throw base::InputError(fmt::format("it has no \"{}\"", name));
        }
        return json[name].get<std::string>();
    };
    if (!json.is_object() || !json.contains("seq") || !json["seq"].is_number_unsigned() || !json.contains("body")) {
        throw base::InputError("not a line of an audit log");
    }
    Entry entry;
    entry.seq = json["seq"].get<std::uint64_t>();
    entry.at = text("at");
    entry.who = text("who");
    entry.kind = text("kind");
    entry.body = json["body"];
    entry.prev = text("prev");
    entry.hash = hash;
    if (!is_hex(entry.prev, kHashDigits)) {
        throw base::InputError("its \"prev\" is no hash");
    }
    return entry;
}

LineReader::LineReader(const base::Path& path) : m_stream(path, std::ios::binary) {}

bool LineReader::next(std::string& line) {
    line.clear();
    m_offset = m_end;
    if (!m_stream || !std::getline(m_stream, line)) {
        return false;
    }
    m_whole = !m_stream.eof();
    m_end += line.size() + (m_whole ? 1 : 0);
    return true;
}

void for_each_entry(const base::Path& db, const std::function<void(const Entry&)>& visit) {
    LineReader lines(log_path(db));
    std::string line;
    std::uint64_t number = 0;
    while (lines.next(line)) {
        ++number;
        if (!lines.whole()) {
            return;
        }
        try {
            visit(parse_entry(line));
        } catch (const base::InputError& error) {
            throw base::StoreError(fmt::format("{}:{}: {}", log_path(db).string(), number, error.what()),
                                   "run 'liaison audit verify'");
        }
    }
}

std::optional<Entry> find_entry(const base::Path& db, std::uint64_t seq) {
    // A wrong prefix cannot hide a line: its number is searched for first, and the line is then read in full.
    const std::string start = fmt::format("{{\"seq\":{},", seq);
    LineReader lines(log_path(db));
    std::string line;
    while (lines.next(line)) {
        if (lines.whole() && line.starts_with(start)) {
            return parse_entry(line);
        }
    }
    return std::nullopt;
}

std::optional<Json> find_query(const base::Path& db, std::string_view key) {
    const std::string start = fmt::format("{{\"key\":\"{}\",", key);
    LineReader lines(queries_path(db));
    std::string line;
    while (lines.next(line)) {
        if (lines.whole() && line.starts_with(start)) {
            Json stored = Json::parse(line, nullptr, false);
            if (stored.is_object()) {
                return stored;
            }
        }
    }
    return std::nullopt;
}

Verification verify(const base::Path& db, std::string_view public_key, const std::map<std::uint64_t, std::string>& anchors) {
    Verification result;
    result.head.hash = std::string(kHashDigits, '0');
    std::string key(public_key);
    if (key.empty()) {
        std::ifstream(public_key_path(db)) >> key;
    }
    const auto found = [&](std::uint64_t line, std::string_view what) {
        if (result.findings.size() < kMaxFindings) {
            result.findings.push_back(fmt::format("{}:{}: {}", log_path(db).filename().string(), line, what));
        }
    };
    LineReader lines(log_path(db));
    std::string line;
    std::uint64_t number = 0;
    std::set<std::uint64_t> anchored;
    while (lines.next(line)) {
        ++number;
        if (line.size() > kMaxLine) {
            found(number, "longer than any line that is written");
            continue;
        }
        if (!lines.whole() && !finished_before_its_end(line)) {
            result.torn = true;
            break;
        }
        Entry entry;
        try {
            entry = parse_entry(line);
        } catch (const base::InputError& error) {
            found(number, error.what());
            continue;
        }
        if (!lines.whole()) {
            found(number, "the last line has no end");
        }
        if (entry.prev != result.head.hash) {
            found(number, fmt::format("line {} does not follow line {}: something was removed, added or changed", entry.seq, result.head.seq));
        } else if (entry.seq != result.head.seq + 1) {
            found(number, fmt::format("numbered {}, not {}", entry.seq, result.head.seq + 1));
        }
        if (entry.kind == "checkpoint") {
            ++result.checkpoints;
            const std::string signature = entry.body.value("signature", "");
            if (!signature_holds(key, checkpoint_message(result.head), signature)) {
                found(number, key.empty() ? "a checkpoint that cannot be checked: there is no public key"
                                          : "the signature of the checkpoint does not hold");
            }
            result.unsigned_entries = 0;
        } else {
            ++result.unsigned_entries;
        }
        ++result.entries;
        result.head = {entry.seq, entry.hash};
        if (const auto anchor = anchors.find(entry.seq); anchor != anchors.end()) {
            anchored.insert(entry.seq);
            if (anchor->second != entry.hash) {
                found(number, fmt::format("line {} is not the one that was written: its hash is kept elsewhere", entry.seq));
            }
        }
    }
    for (const auto& [seq, hash] : anchors) {
        if (!anchored.contains(seq)) {
            found(number + 1, fmt::format("line {} is missing; its hash {} is kept elsewhere", seq, hash));
        }
    }
    return result;
}

}  // namespace liaison::audit
