// The fetch of a list: try its sources in order of preference; of one source take all files or none.
#include "liaison/feed/fetch.hpp"

#include "feed/fetch_steps.hpp"
#include "feed/http_date.hpp"
#include "liaison/base/error.hpp"
#include "liaison/feed/guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace liaison::feed {
namespace {

constexpr std::uint64_t kMaxHashPage = 4 << 20;

struct Fault {
    FetchStatus status = FetchStatus::failed;
    std::string reason;
    std::string message;
    std::string hint;
    bool host_unreachable = false;
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

/// The first SHA-256 in `page` that follows `name`, before the name of another file could come (2,000 bytes).
std::string stated_digest(std::string_view page, std::string_view name) {
    const std::string text = lower(page);
    const std::string wanted = lower(name);
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
        const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
        if (at > 0 && is_name(text[at - 1])) {
            continue;  // the end of a longer name: XSDN.XML
        }
        const std::size_t stop = std::min(text.size(), at + wanted.size() + 2'000);
        std::size_t run = 0;
        for (std::size_t i = at + wanted.size(); i <= stop; ++i) {
            if (i < stop && is_hex(text[i])) {
                ++run;
            } else {
                if (run == 64) {
                    return text.substr(i - 64, 64);
                }
                run = 0;
            }
        }
    }
    return {};
}

class ListFetch {
public:
    ListFetch(FetchTask& task, const Source& source, const Snapshot* previous, bool full)
        : m_task(task), m_source(source), m_previous(previous), m_full(full) {}

    /// The files, or why there are none.
    std::optional<Fault> run(std::vector<StoredFile>& files, std::map<std::string, Validators>& validators) {
        std::uint64_t total = 0;
        for (const MemberFile& member : m_source.files) {
            StoredFile file;
            Validators given;
            if (auto fault = fetch_one(member, total, file, given)) {
                return fault;
            }
            total += file.size;
            files.push_back(std::move(file));
            if (!given.etag.empty() || !given.last_modified.empty()) {
                validators[member.url] = given;
            }
        }
        return std::nullopt;
    }

private:
    const StoredFile* previous_file(const MemberFile& member) const {
        if (m_previous == nullptr) {
            return nullptr;
        }
        for (const StoredFile& file : m_previous->files) {
            if (file.url == member.url && m_task.archive.has_blob(file.sha256)) {
                return &file;
            }
        }
        return nullptr;
    }

    std::optional<Fault> fetch_one(const MemberFile& member, std::uint64_t total, StoredFile& file, Validators& given) {
        const Manifest& manifest = m_task.manifest;
        Request request{member.url, {}, std::min(manifest.limits.file_bytes, manifest.limits.total_bytes - total), true};
        const StoredFile* previous = previous_file(member);
        const auto known = m_task.last.validators.find(member.url);
        if (!m_full && previous != nullptr && known != m_task.last.validators.end()) {
            request.validators = known->second;
        }
        ArchiveSink sink(m_task.archive);
        const Response response = m_task.network.transport.get(request, sink, m_task.progress);
        m_task.outcome.requests += response.attempts;
        m_task.outcome.bytes += response.bytes;
        if (response.failure) {
            const Failure& failure = *response.failure;
            const bool unreachable = failure.kind == FailureKind::resolve || failure.kind == FailureKind::connect ||
                                     failure.kind == FailureKind::tls;
            return Fault{FetchStatus::failed,
                         failure.kind == FailureKind::status ? fmt::format("http-{}", failure.status) : std::string(name_of(failure.kind)),
                         failure.message, failure.hint, unreachable};
        }
        if (!response.permanent_url.empty()) {
            m_task.outcome.warnings.push_back(fmt::format("moved-permanently: {} is now {}", member.url, response.permanent_url));
        }
        given = response.validators;
        if (response.not_modified) {
            file = *previous;
            return std::nullopt;
        }
        if (const auto refusal = judge_bytes(sink.head(), sink.size(), member.name, manifest)) {
            return Fault{FetchStatus::refused, refusal->reason, refusal->message, refusal->hint};
        }
        file = sink.finish();
        file.name = member.name;
        file.url = member.url;
        file.content_type = response.content_type;
        file.modified = iso_from_header(response.validators.last_modified);
        return check_digest(member, file);
    }

    std::optional<Fault> check_digest(const MemberFile& member, const StoredFile& file) {
        if (!member.hash) {
            return std::nullopt;
        }
        auto page = m_hash_pages.find(member.hash->url);
        if (page == m_hash_pages.end()) {
            StringSink text;
            const Response response = m_task.network.transport.get({member.hash->url, {}, kMaxHashPage, true}, text, m_task.progress);
            m_task.outcome.requests += response.attempts;
            page = m_hash_pages.emplace(member.hash->url, response.failure ? std::string() : std::move(text.text)).first;
        }
        const std::string stated = stated_digest(page->second, member.name);
        if (stated.empty()) {
            const std::string message = fmt::format("{} states no SHA-256 for {}", member.hash->url, member.name);
            if (member.hash->required) {
                return Fault{FetchStatus::refused, "checksum-absent", message, "the manifest demands one"};
            }
            m_task.outcome.warnings.push_back("checksum-absent: " + message);
        } else if (stated != file.sha256) {
            return Fault{FetchStatus::refused, "checksum-differs",
                         fmt::format("{} has the SHA-256 {}, the publisher states {}", member.name, file.sha256, stated),
                         "it may have been fetched during a publication; run again later"};
        }
        return std::nullopt;
    }

    FetchTask& m_task;
    const Source& m_source;
    const Snapshot* m_previous;
    bool m_full;
    std::map<std::string, std::string> m_hash_pages;
};

std::optional<Snapshot> previous_snapshot(const FetchTask& task) {
    if (task.last.snapshot.empty() || !task.archive.has_snapshot(task.manifest.id, task.last.snapshot)) {
        return std::nullopt;
    }
    try {
        return task.archive.snapshot(task.manifest.id, task.last.snapshot);
    } catch (const base::Error&) {  // damaged: everything is fetched anew
        return std::nullopt;
    }
}

void fail(FetchOutcome& outcome, const Fault& fault) {
    outcome.status = fault.status;
    outcome.reason = fault.reason;
    outcome.message = fault.message;
    outcome.hint = fault.hint;
}

void fetch_list(FetchTask& task) {
    const auto previous = previous_snapshot(task);
    const bool full = task.last.polls_since_full + 1 >= task.manifest.crawl.full_get_every;
    task.outcome.state.polls_since_full = full ? 0 : task.last.polls_since_full + 1;
    std::optional<Fault> first;
    for (const Source& source : task.manifest.sources) {
        std::vector<StoredFile> files;
        std::map<std::string, Validators> validators;
        const auto fault = ListFetch(task, source, previous ? &*previous : nullptr, full).run(files, validators);
        if (!fault) {
            if (first) {
                task.outcome.warnings.push_back(fmt::format("second-choice: taken as {}, because {}", source.format, first->message));
            }
            task.outcome.state.validators = std::move(validators);
            settle(task, source.format, std::move(files));
            return;
        }
        first = first ? first : fault;
        if (fault->host_unreachable) {
            break;  // the other sources are on the same host
        }
    }
    fail(task.outcome, *first);
}

}  // namespace

std::string iso_from_header(const std::string& last_modified) {
    const auto instant = parse_http_date(last_modified);
    return instant ? base::to_iso(*instant) : std::string();
}

void settle(FetchTask& task, std::string format, std::vector<StoredFile> files) {
    FetchOutcome& outcome = task.outcome;
    for (const StoredFile& file : files) {
        outcome.modified = std::max(outcome.modified, file.modified);
    }
    const bool same = snapshot_id(files) == task.last.snapshot && task.archive.has_snapshot(task.manifest.id, task.last.snapshot);
    outcome.snapshot = task.archive.add_snapshot(task.manifest.id, std::move(format), std::move(files));
    outcome.state.snapshot = outcome.snapshot->id;
    outcome.status = same ? FetchStatus::unchanged : FetchStatus::fetched;
}

FetchOutcome fetch_feed(const Manifest& manifest, Network& network, Archive& archive, const FetchState& last, base::Clock& clock,
                        base::Progress& progress) {
    FetchTask task{manifest, network, archive, last, clock, progress, {}};
    task.outcome.state = last;
    task.outcome.fetched_at = clock.now();
    task.outcome.sample = manifest.sample;
    if (manifest.sources.empty()) {
        task.outcome.status = FetchStatus::absent;
        task.outcome.message = fmt::format("{} has no address; it comes from a mirror", manifest.id);
        task.outcome.hint = fmt::format("put its files into DIR/{}/ and run refresh --mirror DIR", manifest.id);
    } else if (manifest.sources.front().index) {
        crawl(task, manifest.sources.front());
    } else {
        fetch_list(task);
    }
    if (task.outcome.status == FetchStatus::failed || task.outcome.status == FetchStatus::refused) {
        task.outcome.state = last;
        task.outcome.snapshot.reset();
    }
    return std::move(task.outcome);
}

}  // namespace liaison::feed
