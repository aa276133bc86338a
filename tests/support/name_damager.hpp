#pragma once
// Damages names as people and scanners do, from a seed: the same seed gives the same damage on every machine.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::test {

enum class Damage { one_typo, two_typos, reorder_and_typo, drop_word, initial, join_or_split, first_letter, extra_word, none };

class NameDamager {
public:
    explicit NameDamager(std::uint64_t seed) : m_state(seed * 0x9E3779B97F4A7C15ULL + 1) {}

    [[nodiscard]] std::uint64_t next(std::uint64_t bound) {  // splitmix64
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return (z ^ (z >> 31)) % bound;
    }

    /// "" when the name has nothing that can be damaged so.
    [[nodiscard]] std::string damage(std::string_view name, Damage kind) {
        std::vector<std::string> words = split(name);
        if (words.empty()) return {};
        switch (kind) {
            case Damage::none: break;
            case Damage::one_typo:
                if (!typo(words, words.size())) return {};
                break;
            case Damage::two_typos: {
                std::size_t first = words.size();
                if (!typo(words, words.size(), &first)) return {};
                if (!typo(words, first)) return {};
                break;
            }
            case Damage::reorder_and_typo:
                if (words.size() < 2) return {};
                std::swap(words.front(), words[1 + next(words.size() - 1)]);
                if (!typo(words, words.size())) return {};
                break;
            case Damage::drop_word:
                if (words.size() < 3) return {};
                words.erase(words.begin() + static_cast<std::ptrdiff_t>(next(words.size())));
                break;
            case Damage::initial: {
                if (words.size() < 2) return {};
                std::string& word = words[next(words.size() - 1)];
                if (word.size() < 4 || static_cast<unsigned char>(word[0]) >= 0x80) return {};
                word.resize(1);
                break;
            }
            case Damage::join_or_split: {
                if (words.size() < 2) return {};
                const std::size_t at = next(words.size() - 1);
                if (next(2) == 0) {
                    words[at] += words[at + 1];
                    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at + 1));
                } else if (words[at].size() >= 6 && ascii(words[at])) {
                    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at + 1), words[at].substr(3));
                    words[at].resize(3);
                } else {
                    return {};
                }
                break;
            }
            case Damage::first_letter: {
                std::string& word = words[next(words.size())];
                if (word.size() < 4 || !ascii(word)) return {};
                word[0] = static_cast<char>(letter() - 32);
                break;
            }
            case Damage::extra_word: words.insert(words.begin() + static_cast<std::ptrdiff_t>(next(words.size() + 1)), "Zebulon"); break;
        }
        std::string out;
        for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
        return out;
    }

private:
    static std::vector<std::string> split(std::string_view text) {
        std::vector<std::string> words;
        std::string word;
        for (const char c : text) {
            if (c == ' ' || c == ',' || c == '-') {
                if (!word.empty()) words.push_back(std::move(word));
                word.clear();
            } else {
                word += c;
            }
        }
        if (!word.empty()) words.push_back(std::move(word));
        return words;
    }
    static bool ascii(std::string_view word) {
        for (const char c : word)
            if (static_cast<unsigned char>(c) >= 0x80) return false;
        return true;
    }
    [[nodiscard]] char letter() { return static_cast<char>('a' + next(26)); }

    /// One edit in a word of four letters or more that is not `except`.
    [[nodiscard]] bool typo(std::vector<std::string>& words, std::size_t except, std::size_t* where = nullptr) {
        std::vector<std::size_t> usable;
        for (std::size_t i = 0; i < words.size(); ++i)
            if (i != except && words[i].size() >= 4 && ascii(words[i])) usable.push_back(i);
        if (usable.empty()) return false;
        const std::size_t chosen = usable[next(usable.size())];
        if (where != nullptr) *where = chosen;
        std::string& word = words[chosen];
        const std::size_t at = next(word.size());
        const bool upper = word[at] >= 'A' && word[at] <= 'Z' && word.back() >= 'A' && word.back() <= 'Z';
        const auto slip = [&] { return static_cast<char>(upper ? letter() - 32 : letter()); };
        switch (next(4)) {
            case 0: word[at] = slip(); break;
            case 1: word.erase(at, 1); break;
            case 2: word.insert(at, 1, slip()); break;
            default:
                if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
                else std::swap(word[at - 1], word[at]);
        }
        return true;
    }

    std::uint64_t m_state;
};

}  // namespace liaison::test
