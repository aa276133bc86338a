#include "liaison/name/similarity.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace liaison::name {

namespace {

constexpr std::size_t longest = max_token_letters * 4;

// Prices of a substitution. Slips of the ear and of transliteration are cheaper than arbitrary letters.
struct Prices {
    std::array<std::array<float, 128>, 128> substitution{};
    std::array<float, 128> gap{};

    Prices() {
        for (auto& row : substitution) row.fill(1.0F);
        for (std::size_t i = 0; i < 128; ++i) substitution[i][i] = 0;
        gap.fill(1.0F);
        constexpr std::string_view vowels = "aeiou";
        for (const char one : vowels) {
            gap[static_cast<std::size_t>(one)] = 0.8F;
            for (const char other : vowels)
                if (one != other) set(one, other, 0.6F);
        }
        gap['h'] = 0.6F;
        constexpr std::array<const char*, 19> alike = {"bp", "dt", "gk", "sz", "vf", "mn", "jg", "bv", "iy", "kx", "ck",
                                                       "ij", "jy", "kh", "jz", "lr", "cs", "ou", "ei"};
        for (const char* pair : alike) set(pair[0], pair[1], pair[0] == 'o' || pair[0] == 'e' ? 0.5F : 0.8F);
    }
    void set(char one, char other, float price) {
        substitution[static_cast<std::size_t>(one)][static_cast<std::size_t>(other)] = price;
        substitution[static_cast<std::size_t>(other)][static_cast<std::size_t>(one)] = price;
    }
};

const Prices& prices() {
    static const Prices instance;
    return instance;
}

constexpr double swap_price = 0.8;
constexpr double double_price = 0.4;

// Optimal string alignment with early exit; Sequence is indexable and its elements comparable.
template <typename Sequence>
int bounded_distance(const Sequence& one, const Sequence& other, int limit) {
    const int n = static_cast<int>(one.size());
    const int m = static_cast<int>(other.size());
    if (std::abs(n - m) > limit) return limit + 1;
    std::array<std::array<int, longest + 1>, 3> rows;
    if (n > static_cast<int>(longest) || m > static_cast<int>(longest)) return limit + 1;
    for (int j = 0; j <= m; ++j) rows[0][static_cast<std::size_t>(j)] = j;
    for (int i = 1; i <= n; ++i) {
        auto& row = rows[static_cast<std::size_t>(i % 3)];
        const auto& above = rows[static_cast<std::size_t>((i + 2) % 3)];
        const auto& two_above = rows[static_cast<std::size_t>((i + 1) % 3)];
        const int from = std::max(1, i - limit);
        const int to = std::min(m, i + limit);
        row[0] = i;
        int best = from == 1 ? i : limit + 1;
        if (from > 1) row[static_cast<std::size_t>(from - 1)] = limit + 1;
        for (int j = from; j <= to; ++j) {
            const auto a = static_cast<std::size_t>(i - 1);
            const auto b = static_cast<std::size_t>(j - 1);
            const bool same = one[a] == other[b];
            int value = above[b] + (same ? 0 : 1);
            value = std::min(value, row[b] + 1);
            if (j < i + limit || i + limit > m) value = std::min(value, above[b + 1] + 1);
            if (i > 1 && j > 1 && one[a] == other[b - 1] && one[a - 1] == other[b]) value = std::min(value, two_above[b - 1] + 1);
            row[b + 1] = value;
            best = std::min(best, value);
        }
        if (to < m) row[static_cast<std::size_t>(to + 1)] = limit + 1;
        if (best > limit) return limit + 1;
    }
    return std::min(rows[static_cast<std::size_t>(n % 3)][static_cast<std::size_t>(m)], limit + 1);
}

std::u32string code_points(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t c = lead & (length == 1 ? 0x7FU : length == 2 ? 0x1FU : length == 3 ? 0x0FU : 0x07U);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k) c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        out += c;
        i += length;
    }
    return out;
}

bool syllabic(Script script) {
    return script == Script::han || script == Script::hangul || script == Script::kana || script == Script::thai ||
           script == Script::devanagari || script == Script::other;
}

bool without_vowels(Script script) { return script == Script::arabic || script == Script::hebrew; }

}  // namespace

std::string_view to_string(MatchKind kind) {
    switch (kind) {
        case MatchKind::none: return "none";
        case MatchKind::exact: return "exact";
        case MatchKind::spelling: return "spelling";
        case MatchKind::transliteration: return "transliteration";
        case MatchKind::nickname: return "nickname";
        case MatchKind::typo: return "typo";
        case MatchKind::initial: return "initial";
        case MatchKind::joined: return "joined";
        case MatchKind::acronym: return "acronym";
    }
    return "";
}

TokenView view_of(const Token& token) {
    return {token.text, token.latin, token.key, token.groups.data(), token.groups.size(), token.script};
}

int edit_distance(std::string_view one, std::string_view other, int limit) { return bounded_distance(one, other, limit); }

double weighted_distance(std::string_view one, std::string_view other) {
    const Prices& price = prices();
    const std::size_t n = std::min(one.size(), longest);
    const std::size_t m = std::min(other.size(), longest);
    std::array<std::array<double, longest + 1>, 3> rows;
    const auto code = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c) & 0x7F); };
    const auto gap = [&](std::string_view text, std::size_t at) {
        if (at > 0 && text[at] == text[at - 1]) return double_price;
        return static_cast<double>(price.gap[code(text[at])]);
    };
    rows[0][0] = 0;
    for (std::size_t j = 1; j <= m; ++j) rows[0][j] = rows[0][j - 1] + gap(other, j - 1);
    for (std::size_t i = 1; i <= n; ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& two_above = rows[(i + 1) % 3];
        row[0] = above[0] + gap(one, i - 1);
        for (std::size_t j = 1; j <= m; ++j) {
            double value = above[j - 1] + static_cast<double>(price.substitution[code(one[i - 1])][code(other[j - 1])]);
            value = std::min(value, above[j] + gap(one, i - 1));
            value = std::min(value, row[j - 1] + gap(other, j - 1));
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                value = std::min(value, two_above[j - 2] + swap_price);
            row[j] = value;
        }
    }
    return rows[n % 3][m];
}

Similarity similarity(const TokenView& one, const TokenView& other) {
    if (one.text == other.text) return {1.0, MatchKind::exact};
    const bool same_script = one.script == other.script;
    if (!one.key.empty() && one.key == other.key)
        return {same_script && syllabic(one.script) ? transliteration_similarity : spelling_similarity,
                same_script && !syllabic(one.script) ? MatchKind::spelling : MatchKind::transliteration};
    for (std::size_t i = 0, j = 0; i < one.group_count && j < other.group_count;) {
        if (one.groups[i] == other.groups[j]) {
            switch (kind_of(one.groups[i])) {
                case GroupKind::variant: return {variant_similarity, MatchKind::nickname};
                case GroupKind::chinese:
                case GroupKind::korean: return {transliteration_similarity, MatchKind::transliteration};
                case GroupKind::skeleton:
                    if (without_vowels(one.script) != without_vowels(other.script))
                        return {transliteration_similarity, MatchKind::transliteration};
                    break;
            }
            ++i;
        } else if (one.groups[i] < other.groups[j]) {
            ++i;
        } else {
            ++j;
        }
    }
    if (same_script && syllabic(one.script)) {
        const std::u32string a = code_points(one.text);
        const std::u32string b = code_points(other.text);
        const std::size_t shorter = std::min(a.size(), b.size());
        const int radius = edit_radius(shorter);
        if (radius == 0) return {};
        const int distance = bounded_distance(a, b, radius);
        if (distance > radius) return {};
        return {1 - edit_price * distance / static_cast<double>(shorter), MatchKind::typo};
    }
    if (without_vowels(one.script) != without_vowels(other.script) || one.latin.empty() || other.latin.empty()) return {};
    double best = 0;
    const std::size_t shorter = std::min(one.key.size(), other.key.size());
    if (const int radius = edit_radius(shorter); radius > 0 && edit_distance(one.key, other.key, radius) <= radius)
        best = 1 - edit_price * weighted_distance(one.key, other.key) / static_cast<double>(shorter);
    // Folding and a slip can together be two edits of a short word: its own spelling may be only one away.
    const std::size_t shorter_latin = std::min(one.latin.size(), other.latin.size());
    if (shorter_latin >= 3 && shorter_latin <= longest_second_look && edit_distance(one.latin, other.latin, 1) <= 1)
        best = std::max(best, 1 - edit_price * weighted_distance(one.latin, other.latin) / static_cast<double>(shorter_latin));
    if (best <= 0) return {};
    return {std::min(best, spelling_similarity), MatchKind::typo};
}

}  // namespace liaison::name
