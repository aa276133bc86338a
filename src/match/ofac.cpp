// FAQ 249 describes two scores and takes the larger: Jaro-Winkler of the whole string, and Jaro-Winkler with Soundex by
// name part. What the tool does beyond that was inferred by others from its answers (peers, section 2.1): case and
// punctuation do not count, parts of one or two letters of the query are dropped, candidates share the first letter.

#include "match/ofac.hpp"

#include "liaison/base/utf8.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace liaison::match {

namespace {

std::string upper_words(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 32);
        else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
        else if (c == '\'' || static_cast<unsigned char>(c) >= 0x80) continue;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text) {
        if (c == ' ') {
            if (!part.empty()) parts.push_back(std::move(part));
            part.clear();
        } else {
            part += c;
        }
    }
    if (!part.empty()) parts.push_back(std::move(part));
    return parts;
}

double jaro_winkler(std::string_view one, std::string_view other) {
    if (one.empty() || other.empty()) return 0;
    const std::size_t window = std::max<std::size_t>(std::max(one.size(), other.size()) / 2, 1) - 1;
    std::vector<bool> used(other.size(), false);
    std::string common;
    for (std::size_t i = 0; i < one.size(); ++i) {
        const std::size_t from = i > window ? i - window : 0;
        const std::size_t to = std::min(other.size(), i + window + 1);
        for (std::size_t j = from; j < to; ++j)
            if (!used[j] && one[i] == other[j]) {
                used[j] = true;
                common += one[i];
                break;
            }
    }
    if (common.empty()) return 0;
    std::size_t swaps = 0;
    std::size_t at = 0;
    for (std::size_t j = 0; j < other.size(); ++j)
        if (used[j] && other[j] != common[at++]) ++swaps;
    const auto m = static_cast<double>(common.size());
    const double jaro = (m / static_cast<double>(one.size()) + m / static_cast<double>(other.size()) + (m - static_cast<double>(swaps) / 2) / m) / 3;
    std::size_t prefix = 0;
    while (prefix < 4 && prefix < one.size() && prefix < other.size() && one[prefix] == other[prefix]) ++prefix;
    return jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

// A name is looked at when one of its parts shares its first letter with a part of the query and is half the same by
// edit distance.
bool is_candidate(const std::vector<std::string>& query, const std::vector<std::string>& listed) {
    for (const std::string& part : query)
        for (const std::string& other : listed) {
            if (part.front() != other.front()) continue;
            const auto longer = static_cast<int>(std::max(part.size(), other.size()));
            if (name::edit_distance(part, other, longer) * 2 <= longer) return true;
        }
    return false;
}

constexpr double least_part = 0.5;  // parts less alike than this count nothing, unless they share the first letter

double part_score(const std::vector<std::string>& query, const std::vector<std::string>& listed) {
    double sum = 0;
    std::size_t count = 0;
    for (const std::string& part : query) {
        if (part.size() <= 2 && query.size() > 1) continue;
        double best = 0;
        for (const std::string& other : listed)
            if (const double score = jaro_winkler(part, other); part.front() == other.front() || score >= least_part) best = std::max(best, score);
        sum += best;
        ++count;
    }
    return count == 0 ? 0 : sum / static_cast<double>(count);
}

}  // namespace

double ofac_score(std::string_view query, std::string_view listed) {
    const std::string one = upper_words(query);
    const std::string other = upper_words(listed);
    if (one.empty() || other.empty()) return 0;
    const std::vector<std::string> query_parts = parts_of(one);
    const std::vector<std::string> listed_parts = parts_of(other);
    if (!is_candidate(query_parts, listed_parts)) return 0;
    const double whole = one.front() == other.front() ? jaro_winkler(one, other) : 0;
    return std::max(whole, part_score(query_parts, listed_parts));
}

Result screen_like_ofac(const index::NamesView& view, const Query& query, const Options& options) {
    Result result;
    if (query.names.empty()) {
        result.unchecked = "no name to check";
        return result;
    }
    for (const auto& entity : view.entities()) {
        Match match;
        for (std::uint32_t i = entity.first_name; i < entity.first_name + entity.name_count; ++i)
            for (const std::string& name : query.names) {
                const double score = ofac_score(name, view.text(view.names()[i].text));
                if (score <= match.score) continue;
                match.score = score;
                match.explanation.query_name = name;
                match.explanation.listed_name = view.text(view.names()[i].text);
                match.explanation.name_kind = static_cast<index::NameKind>(view.names()[i].kind);
                match.explanation.name_score = score;
            }
        if (match.score < options.threshold) continue;
        match.entity = entity.ordinal;
        match.match = true;
        result.matches.push_back(std::move(match));
    }
    std::stable_sort(result.matches.begin(), result.matches.end(), [](const Match& one, const Match& other) { return one.score > other.score; });
    result.total = result.matches.size();
    if (result.matches.size() > options.limit) result.matches.resize(options.limit);
    return result;
}

}  // namespace liaison::match
