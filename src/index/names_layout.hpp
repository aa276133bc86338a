#pragma once
// Layout of the names section, shared by builder and view.

#include "liaison/base/hash.hpp"
#include "liaison/index/names.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace liaison::index {

struct NamesView::Header {
    std::uint64_t magic;
    std::uint64_t entities, names, tokens, sequence, postings, neighbours, groups, buckets, bucket_entries, joins, identifiers, facts, pool;
};
inline constexpr std::uint64_t names_magic = 0x3130'4D4E'4149'4C00;  // "LIANM01"

/// Salts: a key can be a text, a folded spelling, a group, or what is left of a spelling after deletions.
enum class KeySalt : std::uint64_t { text = 1, key = 2, group = 3, deletion = 4, latin_deletion = 5, wide_deletion = 6, acronym = 7 };

inline std::uint64_t salted(std::string_view text, KeySalt salt) { return base::hash64(text, static_cast<std::uint64_t>(salt)); }
inline std::uint64_t salted(std::uint64_t number, KeySalt salt) {
    std::uint64_t x = number ^ static_cast<std::uint64_t>(salt) * 0x9E3779B97F4A7C15ULL;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93ULL;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93ULL;
    return x ^ x >> 32;
}

/// Hash of a short sequence of letters, cheap enough for dozens a word.
template <typename Sequence>
std::uint64_t hash_letters(const Sequence& letters, std::size_t size, KeySalt salt) {
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ static_cast<std::uint64_t>(salt) * 0x9E3779B97F4A7C15ULL;
    for (std::size_t i = 0; i < size; ++i) hash = (hash ^ static_cast<std::uint64_t>(letters[i])) * 0x100000001B3ULL;
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCDULL;
    return hash ^ hash >> 33;
}

inline constexpr std::size_t deletion_prefix = 7;

/// Visits the hashes of the first `deletion_prefix` letters with up to `radius` of them deleted. Two words within `radius`
/// edits (insertion, deletion, substitution, swap of neighbours) have one in common: see names.cpp.
template <typename Sequence, typename Visit>
void visit_deletions(const Sequence& word, int radius, KeySalt salt, Visit visit) {
    const std::size_t size = std::min(word.size(), deletion_prefix);
    typename std::remove_const_t<Sequence>::value_type kept[deletion_prefix];
    const auto emit = [&](std::size_t skip_one, std::size_t skip_two) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < size; ++i)
            if (i != skip_one && i != skip_two) kept[count++] = word[i];
        visit(hash_letters(kept, count, salt));
    };
    constexpr std::size_t none = ~std::size_t{0};
    emit(none, none);
    if (radius >= 1)
        for (std::size_t i = 0; i < size; ++i)
            if (i == 0 || word[i] != word[i - 1]) emit(i, none);
    if (radius >= 2)
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t k = i + 1; k < size; ++k) emit(i, k);
}

inline bool wide_script(std::uint8_t script) {
    switch (static_cast<name::Script>(script)) {
        case name::Script::han: case name::Script::hangul: case name::Script::kana: case name::Script::thai:
        case name::Script::devanagari: case name::Script::other: return true;
        case name::Script::latin: case name::Script::cyrillic: case name::Script::greek: case name::Script::armenian:
        case name::Script::georgian: case name::Script::arabic: case name::Script::hebrew: case name::Script::digit: return false;
    }
    return false;
}

inline std::u32string wide(std::string_view text) {
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

/// Every hash under which a token is filed, and under which those like it are looked for.
template <typename Visit>
void visit_keys(const name::TokenView& token, bool promoted, Visit visit) {
    visit(salted(token.text, KeySalt::text));
    for (std::size_t i = 0; i < token.group_count; ++i) visit(salted(token.groups[i], KeySalt::group));
    if (promoted) return;
    if (!token.key.empty()) visit(salted(token.key, KeySalt::key));
    if (wide_script(static_cast<std::uint8_t>(token.script))) {
        const std::u32string letters = wide(token.text);
        if (letters.size() >= 3) visit_deletions(letters, letters.size() >= 6 ? 2 : 1, KeySalt::wide_deletion, visit);
    }
    if (token.latin.empty()) return;
    if (token.key.size() >= 3) visit_deletions(token.key, token.key.size() >= 6 ? 2 : 1, KeySalt::deletion, visit);
    // The second look at the unfolded spelling is for short words and one edit, so words of one letter more take part.
    if (token.latin.size() >= 3 && token.latin.size() <= name::longest_second_look + 1)
        visit_deletions(token.latin, 1, KeySalt::latin_deletion, visit);
}

inline std::uint32_t fingerprint_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 56); }

}  // namespace liaison::index
