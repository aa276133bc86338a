// The fetch of a crawled feed: its index names documents; those not yet known are fetched, politely, and added to the
// documents of the last snapshot. A document that leaves the index stays. On every N-th poll the documents still in the
// index are fetched again, because publishers correct pages without saying so.
#include "feed/fetch_steps.hpp"
#include "feed/warc.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/base/utf8.hpp"
#include "liaison/feed/guards.hpp"
#include "liaison/record/syndication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>

namespace liaison::feed {
namespace {

constexpr std::uint64_t kMaxIndexBytes = 20 << 20;
constexpr std::size_t kMaxWarnings = 50;
constexpr std::size_t kMaxSitemaps = 5;
constexpr std::size_t kMaxLinks = 20'000;
constexpr std::size_t kMaxWarcBytes = 256 << 20;
/// A stated date further than this from the fetch is not believed (Media Cloud's bound).
constexpr std::chrono::days kDateBound{90};

struct Wanted {
    std::string url;        ///< as published
    std::string canonical;
    std::string published;  ///< ISO or ""
};

class Crawler {
public:
    Crawler(FetchTask& task, const Source& source)
        : m_task(task), m_index(*source.index), m_format(source.format),
          m_full(task.last.polls_since_full + 1 >= task.manifest.crawl.full_get_every),
          m_warc_name(fmt::format("{}-{}.warc.gz", task.manifest.id, compact(task.clock.now()))), m_warc(m_warc_name, task.clock.now()) {
        if (!m_index.link_pattern.empty()) {
            m_pattern.emplace(m_index.link_pattern);
        }
    }

    void run() {
        FetchState& state = m_task.outcome.state;
        load_previous();
        state.polls_since_full = m_full ? 0 : m_task.last.polls_since_full + 1;
        if (!read_index(m_index.url, 0)) {
            return;
        }
        for (const Wanted& wanted : m_wanted) {
            fetch_document(wanted);
        }
        if (m_files.empty()) {
            if (m_failed > 0) {
                return fail("no-document", fmt::format("none of the {} documents named by {} could be fetched", m_failed, m_index.url),
                            m_task.outcome.warnings.empty() ? "" : m_task.outcome.warnings.front());
            }
            if (!m_not_modified) {
                return fail("no-document", fmt::format("{} names no document that the manifest's link_pattern takes", m_index.url),
                            "the page may have changed; correct the manifest");
            }
        }
        write_warc();
        if (m_failed > 0) {  // the index must be read again although it has not changed
            state.validators.clear();
        }
        std::vector<StoredFile> files;
        for (auto& [name, file] : m_files) {
            files.push_back(std::move(file));
        }
        settle(m_task, m_format, std::move(files));
    }

private:
    static std::string compact(base::Instant instant) {
        std::string text;
        for (const char c : base::to_iso(instant)) {
            if (c != '-' && c != ':') {
                text += c;
            }
        }
        return text;
    }

    void load_previous() {
        m_task.outcome.state.documents.clear();
        if (m_task.last.snapshot.empty() || !m_task.archive.has_snapshot(m_task.manifest.id, m_task.last.snapshot)) {
            m_lost = true;
            return;
        }
        try {
            for (StoredFile& file : m_task.archive.snapshot(m_task.manifest.id, m_task.last.snapshot).files) {
                m_files.emplace(file.name, std::move(file));
            }
        } catch (const base::StoreError&) {  // damaged: everything is fetched anew
            m_files.clear();
            m_lost = true;
            return;
        }
        for (const auto& [canonical, name] : m_task.last.documents) {
            if (m_files.count(name) > 0) {
                m_task.outcome.state.documents.emplace(canonical, name);
            }
        }
    }

    void fail(std::string reason, std::string message, std::string hint) {
        m_task.outcome.status = FetchStatus::failed;
        m_task.outcome.reason = std::move(reason);
        m_task.outcome.message = std::move(message);
        m_task.outcome.hint = std::move(hint);
    }

    void warn(std::string text) {
        if (m_task.outcome.warnings.size() < kMaxWarnings) {
            m_task.outcome.warnings.push_back(std::move(text));
        } else if (m_task.outcome.warnings.size() == kMaxWarnings) {
            m_task.outcome.warnings.emplace_back("more-warnings: the rest is left out");
        }
    }

    /// False when the whole fetch has failed.
    bool read_index(const std::string& url, int level) {
        Request request{url, {}, kMaxIndexBytes, true};
        const auto known = m_task.last.validators.find(url);
        if (!m_full && !m_lost && known != m_task.last.validators.end()) {
            request.validators = known->second;
        }
        StringSink body;
        Response response;
        if (const auto refused = m_task.network.courtesy->get(request, body, m_task.manifest.crawl.pace, m_task.progress, response)) {
            fail(refused->reason, refused->message, "");
            return false;
        }
        m_task.outcome.requests += response.attempts;
        m_task.outcome.bytes += response.bytes;
        if (response.failure) {
            const Failure& failure = *response.failure;
            fail(failure.kind == FailureKind::status ? fmt::format("http-{}", failure.status) : std::string(name_of(failure.kind)),
                 failure.message, failure.hint);
            return false;
        }
        m_task.outcome.state.validators[url] = response.validators;
        if (response.not_modified) {
            m_not_modified = true;
            return true;
        }
        if (m_index.type == IndexType::html) {
            std::string base;
            for (const std::string& link : record::html_links(body.text, kMaxLinks, base)) {
                want(link, base.empty() ? response.final_url : base, response.final_url, "");
            }
            return true;
        }
        return take_syndication(record::read_syndication(body.text, response.content_type), response.final_url, level);
    }

    bool take_syndication(const record::Syndication& feed, const std::string& address, int level) {
        for (const base::Issue& issue : feed.issues) {
            warn(fmt::format("{}: {}: {}", issue.reason, address, issue.message));
        }
        if (feed.kind == record::SyndicationKind::html || feed.kind == record::SyndicationKind::unknown) {
            fail(feed.issues.empty() ? "not-a-feed" : feed.issues.front().reason, fmt::format("{} is not a feed", address),
                 "open the address in a browser and correct the manifest");
            return false;
        }
        if (feed.kind == record::SyndicationKind::sitemap_index) {
            if (level > 0) {  // one level is followed
                warn(fmt::format("nested-sitemap-index: {} is not followed", address));
                return true;
            }
            std::size_t taken = 0;
            for (const auto& item : feed.items) {
                const auto url = parse_url(item.link, address);
                if (url && refusal_of(*url).empty() && taken++ < kMaxSitemaps && !read_index(url->text(), 1)) {
                    return false;
                }
            }
            return true;
        }
        for (const auto& item : feed.items) {
            want(item.link, item.base, address, item.published);
        }
        return true;
    }

    void want(const std::string& link, const std::string& base, const std::string& address, const std::string& published) {
        if (m_wanted.size() >= m_index.max_items) {
            return;
        }
        std::optional<Url> url;
        if (base.empty()) {
            url = parse_url(link, address);
        } else if (const auto absolute = parse_url(base, address)) {
            url = parse_url(link, absolute->text());
        }
        if (!url) {
            return;
        }
        if (url->scheme == "http") {  // the same page over TLS, or not at all
            url = parse_url(canonical_url(*url));
        }
        if (!url || !refusal_of(*url).empty()) {
            return;
        }
        const std::string canonical = canonical_url(*url);
        if ((m_pattern && !std::regex_match(canonical, *m_pattern) && !std::regex_match(url->text(), *m_pattern)) ||
            !m_seen.insert(canonical).second) {
            return;
        }
        m_wanted.push_back({url->text(), canonical, believable(published)});
    }

    std::string believable(const std::string& published) const {
        const auto now = m_task.clock.now();
        return published < base::to_iso(now - kDateBound) || published > base::to_iso(now + kDateBound) ? std::string() : published;
    }

    /// "2025-11-04-prince-group-1a2b3c4d.html": for a person the end of the address, for identity its hash.
    static std::string file_name(const std::string& canonical) {
        const std::string path = canonical.substr(canonical.rfind('/') + 1);
        std::string slug;
        for (const char c : path.substr(0, path.find('?'))) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain) {
                slug += c;
            } else if (!slug.empty() && slug.back() != '-') {
                slug += '-';
            }
        }
        slug = slug.substr(0, 60);
        while (!slug.empty() && slug.back() == '-') {
            slug.pop_back();
        }
        return (slug.empty() ? "document" : slug) + "-" + base::to_hex(base::sha256(canonical)).substr(0, 8) + ".html";
    }

    void fetch_document(const Wanted& wanted) {
        auto& documents = m_task.outcome.state.documents;
        const bool known = documents.count(wanted.canonical) > 0;
        if (known && !m_full) {
            return;
        }
        const Limits& limits = m_task.manifest.limits;
        if (!known && m_files.size() >= limits.files) {
            ++m_failed;
            return warn(fmt::format("too-many-files: {} is left out, the feed holds {} documents", wanted.url, m_files.size()));
        }
        StringSink body;
        Response response;
        const Request request{wanted.url, {}, limits.file_bytes, false};
        const auto when = m_task.clock.now();
        if (const auto refused = m_task.network.courtesy->get(request, body, m_task.manifest.crawl.pace, m_task.progress, response)) {
            ++m_failed;
            m_warc.metadata(wanted.url, when, "", {{"fetchOutcome", refused->reason}});
            return warn(refused->reason + ": " + refused->message);
        }
        m_task.outcome.requests += response.attempts;
        m_task.outcome.bytes += response.bytes;
        const std::string name = known ? documents.at(wanted.canonical) : file_name(wanted.canonical);
        const auto refusal = response.failure ? std::nullopt : judge_bytes(body.text, body.text.size(), name, m_task.manifest);
        if (response.failure || refusal) {
            ++m_failed;
            const std::string reason = refusal ? refusal->reason : std::string(name_of(response.failure->kind));
            m_warc.metadata(wanted.url, when, "", {{"fetchOutcome", reason}});
            return warn(fmt::format("document-failed: {}", refusal ? refusal->message : response.failure->message));
        }
        store(wanted, name, body.text, response, when);
        documents[wanted.canonical] = name;
    }

    void store(const Wanted& wanted, const std::string& name, const std::string& body, const Response& response, base::Instant when) {
        const auto writer = m_task.archive.begin_file();
        writer->write(body);
        StoredFile file = writer->finish();
        const auto before = m_files.find(name);
        if (before != m_files.end() && before->second.sha256 == file.sha256) {
            m_warc.revisit(wanted.url, when, response.header_block, file.sha256, false);
            return;
        }
        const std::string id = m_warc.response(response.final_url, when, response.header_block, body);
        m_warc.metadata(wanted.url, when, id, {{"fetchOutcome", "fetched"}, {"canonical", wanted.canonical}, {"file", name}});
        file.name = name;
        file.url = wanted.url;
        file.content_type = response.content_type;
        file.modified = wanted.published.empty() ? iso_from_header(response.validators.last_modified) : wanted.published;
        m_files[name] = std::move(file);
        if (m_warc.bytes().size() > kMaxWarcBytes) {
            write_warc();
            m_warc_name = fmt::format("{}-{}-{}.warc.gz", m_task.manifest.id, compact(when), ++m_warc_parts);
            m_warc = WarcWriter(m_warc_name, when);
        }
    }

    void write_warc() {
        if (!m_warc.has_pages()) {
            return;
        }
        const base::Path folder = m_task.archive.folder() / "warc" / m_task.manifest.id;
        m_task.archive.files().create_folders(folder);
        base::publish(m_task.archive.files(), folder / m_warc_name, m_warc.bytes());
    }

    FetchTask& m_task;
    const IndexPage& m_index;
    std::string m_format;
    bool m_full;
    bool m_lost = false;          ///< no usable snapshot of before: a 304 would leave us with nothing
    bool m_not_modified = false;
    std::optional<std::regex> m_pattern;
    std::vector<Wanted> m_wanted;
    std::set<std::string> m_seen;
    std::map<std::string, StoredFile> m_files;
    std::size_t m_failed = 0;
    std::string m_warc_name;
    std::size_t m_warc_parts = 0;
    WarcWriter m_warc;
};

}  // namespace

void crawl(FetchTask& task, const Source& source) { Crawler(task, source).run(); }

}  // namespace liaison::feed
