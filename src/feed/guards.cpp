#include "liaison/feed/guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace liaison::feed {
namespace {

/// A type with fewer records than this may come and go.
constexpr std::uint64_t kEstablished = 10;
/// A stated count may differ by this share: OFAC's own Record_Count does in excerpts and after late corrections.
constexpr double kCountTolerancePercent = 10;
constexpr const char* kAcceptHint =
    "look at the file; if the publisher really means it, publish it with refresh --accept FEED --reason TEXT";

std::uint64_t count_in(const std::map<std::string, std::uint64_t>& counts, const std::string& type) {
    const auto found = counts.find(type);
    return found == counts.end() ? 0 : found->second;
}

/// 40.0 for a change from 1000 to 600.
double loss_percent(std::uint64_t before, std::uint64_t now) {
    return before == 0 ? 0 : 100.0 * (static_cast<double>(before) - static_cast<double>(now)) / static_cast<double>(before);
}

std::optional<Refusal> vanished_type(const std::map<std::string, std::uint64_t>& before,
                                     const std::map<std::string, std::uint64_t>& now) {
    for (const auto& [type, count] : before) {
        if (count >= kEstablished && count_in(now, type) == 0) {
            return Refusal{"type-vanished", fmt::format("holds no record of type {}; the last good one held {}", type, count),
                           kAcceptHint};
        }
    }
    return std::nullopt;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return out;
}

bool may_be_html(const Manifest& manifest) {
    return manifest.kind == Kind::news ||
           std::any_of(manifest.formats.begin(), manifest.formats.end(),
                       [](const std::string& format) { return format.find("html") != std::string::npos; });
}

}  // namespace

std::optional<Refusal> judge(const Facts& facts, const Facts* last, const Manifest& manifest) {
    const Guards& guards = manifest.guards;
    if (manifest.kind == Kind::list && facts.listed == 0) {
        return Refusal{"no-records", fmt::format("holds no listed entity ({} issues)", facts.issues),
                       "see issues --feed for what could not be read"};
    }
    if (facts.listed < guards.minimum_listed) {
        return Refusal{"below-minimum",
                       fmt::format("holds {} listed entities; the manifest asks for at least {}", facts.listed, guards.minimum_listed),
                       kAcceptHint};
    }
    for (const auto& [type, least] : guards.minimum) {
        const std::uint64_t count = std::max(count_in(facts.records, type), count_in(facts.entities, type));
        if (count < least) {
            return Refusal{"below-minimum",
                           fmt::format("holds {} records of type {}; the manifest asks for at least {}", count, type, least),
                           kAcceptHint};
        }
    }
    if (manifest.kind == Kind::list && facts.issues > facts.listed && facts.issues > 1000) {
        return Refusal{"mostly-issues",
                       fmt::format("has more issues ({}) than listed entities ({})", facts.issues, facts.listed),
                       "the format may have changed; see issues --feed"};
    }
    if (facts.stated_count > 0) {
        const double difference = std::abs(loss_percent(facts.stated_count, facts.listed));
        if (difference > kCountTolerancePercent) {
            return Refusal{"count-differs",
                           fmt::format("states {} records but holds {}", facts.stated_count, facts.listed),
                           "the file may be cut off; fetch it again"};
        }
    }
    if (last == nullptr) {
        return std::nullopt;
    }
    if (!guards.date_may_go_back && !facts.publication_date.empty() && !last->publication_date.empty() &&
        facts.publication_date < last->publication_date) {
        return Refusal{"date-went-back",
                       fmt::format("is dated {}, before the last good one ({})", facts.publication_date, last->publication_date),
                       "the server or the mirror may hand out an old copy; " + std::string(kAcceptHint)};
    }
    const double loss = loss_percent(last->listed, facts.listed);
    if (loss > guards.max_shrink_percent) {
        return Refusal{"shrunk",
                       fmt::format("holds {} listed entities, {:.0f} % fewer than the last good one ({})", facts.listed, loss,
                                   last->listed),
                       kAcceptHint};
    }
    if (last->listed > 0 && -loss > guards.max_growth_percent) {
        return Refusal{"grown",
                       fmt::format("holds {} listed entities, {:.0f} % more than the last good one ({})", facts.listed, -loss,
                                   last->listed),
                       kAcceptHint};
    }
    // The publisher's own kinds have other names in other formats of the same list.
    if (facts.format == last->format) {
        if (auto refusal = vanished_type(last->records, facts.records)) {
            return refusal;
        }
        return vanished_type(last->entities, facts.entities);
    }
    return std::nullopt;
}

std::optional<Refusal> judge_bytes(std::string_view head, std::uint64_t size, std::string_view file, const Manifest& manifest) {
    if (size == 0) {
        return Refusal{"empty", fmt::format("{} is empty", file), "the publisher's server may be in trouble; run again later"};
    }
    if (head.substr(0, 2) == "\x1f\x8b" || head.substr(0, 4) == "PK\x03\x04") {
        return Refusal{"compressed", fmt::format("{} is a {} archive, not the list itself", file, head[0] == 'P' ? "zip" : "gzip"),
                       "unpack it, or correct the address in the manifest"};
    }
    if (!may_be_html(manifest)) {
        std::string text = lower(head.substr(0, 1024));
        const std::size_t start = text.find_first_not_of("\xef\xbb\xbf \t\r\n");
        text.erase(0, start == std::string::npos ? text.size() : start);
        const bool declared = text.rfind("<?xml", 0) == 0 && text.find("<html") != std::string::npos;
        if (text.rfind("<!doctype html", 0) == 0 || text.rfind("<html", 0) == 0 || declared) {
            return Refusal{"html-instead-of-data", fmt::format("{} is an HTML page, not the list", file),
                           "an error or login page came with status 200; open the address in a browser"};
        }
        if (text.empty()) {
            return Refusal{"empty", fmt::format("{} holds white space only", file), "run again later"};
        }
    }
    return std::nullopt;
}

}  // namespace liaison::feed
