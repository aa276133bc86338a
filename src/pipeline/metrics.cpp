#include "liaison/pipeline/metrics.hpp"

#include <fmt/format.h>

#include <functional>
#include <string_view>

namespace liaison::pipeline {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"') {
            out += '\\';
        }
        out += c;
    }
    return out;
}

class Writer {
public:
    void family(std::string_view name, std::string_view help) {
        m_name = name;
        m_text += fmt::format("# HELP liaison_{} {}\n# TYPE liaison_{} gauge\n", name, help, name);
    }
    void value(std::string_view labels, double number) { m_text += fmt::format("liaison_{}{{{}}} {}\n", m_name, labels, number); }
    void plain(std::string_view name, std::string_view help, double number) {
        family(name, help);
        m_text += fmt::format("liaison_{} {}\n", name, number);
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::string m_text;
    std::string_view m_name;
};

}  // namespace

std::string prometheus_text(const RunReport& report, base::Instant now) {
    Writer out;
    const auto each = [&](std::string_view name, std::string_view help, const std::function<double(const FeedReport&)>& number) {
        out.family(name, help);
        for (const FeedReport& feed : report.feeds) {
            if (feed.status != "absent" || !feed.snapshot.empty()) {
                out.value(fmt::format("feed=\"{}\"", escaped(feed.id)), number(feed));
            }
        }
    };
    out.plain("run_timestamp_seconds", "When the last refresh ended", static_cast<double>(now.time_since_epoch().count()));
    out.plain("run_complete", "1 when no feed was refused or failed and all canaries were found", report.complete() ? 1 : 0);
    out.plain("run_peak_memory_bytes", "Most memory that the last refresh held", static_cast<double>(report.peak_memory_kib) * 1024);
    out.plain("missing_canaries", "Names listed since years that are no longer found", static_cast<double>(report.canaries.size()));
    out.family("run_seconds", "Time of each stage of the last refresh");
    for (const auto& [stage, seconds] : report.seconds) {
        out.value(fmt::format("stage=\"{}\"", escaped(stage)), seconds);
    }
    each("feed_in_service", "1 when some good snapshot of the list is in service",
         [](const FeedReport& feed) { return feed.snapshot.empty() ? 0 : 1; });
    each("feed_age_days", "Days since the publication date of the list in service",
         [](const FeedReport& feed) { return static_cast<double>(feed.age_days); });
    each("feed_overdue", "1 when the list in service is older than its cadence allows, whatever the server says",
         [](const FeedReport& feed) { return feed.overdue ? 1 : 0; });
    each("feed_seconds", "Time spent on the feed", [](const FeedReport& feed) { return feed.seconds; });
    each("feed_bytes", "Bytes transferred", [](const FeedReport& feed) { return static_cast<double>(feed.bytes); });
    each("feed_issues", "Records that could not be used", [](const FeedReport& feed) { return static_cast<double>(feed.issues); });
    out.family("feed_status", "1 for the outcome of the last attempt");
    for (const FeedReport& feed : report.feeds) {
        for (const std::string_view status : {"fetched", "unchanged", "absent", "refused", "failed"}) {
            out.value(fmt::format("feed=\"{}\",status=\"{}\"", escaped(feed.id), status), feed.status == status ? 1 : 0);
        }
    }
    out.family("feed_entities", "Entities in the snapshot read in the last refresh, by schema");
    for (const FeedReport& feed : report.feeds) {
        for (const auto& [schema, count] : feed.schemata) {
            out.value(fmt::format("feed=\"{}\",schema=\"{}\"", escaped(feed.id), escaped(schema)), static_cast<double>(count));
        }
    }
    return out.take();
}

}  // namespace liaison::pipeline
