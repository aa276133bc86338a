// Folding of Latin spellings. Two aims that pull apart: transliterations of one name should fall together (Sergey, Sergei,
// Serguei; Schmidt, Shmidt; Aleksandr, Alexandr), and different names should not. So only digraphs that transcribe one
// sound of a foreign alphabet are folded, never a plain vowel into another: o/u and e/i differ by a cheap edit instead
// (similarity.cpp). Folding must survive a typo inside a digraph: "kh" becomes "k" and not "h", because Lakhal and Lakahl
// are then one edit apart and not two.

#include "liaison/name/name.hpp"

#include <array>

namespace liaison::name {

namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool starts(std::string_view text, std::size_t at, std::string_view what) { return text.substr(at, what.size()) == what; }

struct Rule {
    std::string_view from;
    std::string_view to;
};

// Longest first among those with one first letter.
constexpr std::array rules = {
    Rule{"aae", "e"}, Rule{"aa", "a"},  Rule{"ae", "e"},   Rule{"ai", "e"},  Rule{"ay", "e"},  Rule{"aj", "e"},
    Rule{"ck", "k"},  Rule{"cz", "ch"}, Rule{"dzh", "j"},  Rule{"dj", "j"},  Rule{"dh", "d"},  Rule{"dz", "z"},
    Rule{"ei", "e"},  Rule{"ey", "e"},  Rule{"ej", "e"},  Rule{"ee", "i"},   Rule{"gue", "ge"}, Rule{"gui", "gi"}, Rule{"gh", "g"},
    Rule{"iy", "i"},  Rule{"ij", "i"},  Rule{"ie", "i"},   Rule{"kh", "k"},  Rule{"ks", "x"},
    Rule{"oe", "o"},  Rule{"oo", "u"},  Rule{"ou", "u"},   Rule{"ow", "ov"}, Rule{"ph", "f"},
    Rule{"sch", "sh"}, Rule{"shch", "sh"}, Rule{"tsch", "ch"}, Rule{"tch", "ch"}, Rule{"th", "t"}, Rule{"tz", "ts"},
    Rule{"ue", "u"},  Rule{"yi", "i"},  Rule{"yy", "i"},   Rule{"zh", "j"},
};

char single(char c) {
    switch (c) {
        case 'q': return 'k';
        case 'w': return 'v';
        case 'y': return 'i';
        default: return c;
    }
}

void put(std::string& out, char c) {
    if (out.empty() || out.back() != c) out += c;  // doubled letters count once
}

}  // namespace

std::string fold_key(std::string_view latin) {
    std::string out;
    out.reserve(latin.size());
    std::size_t i = 0;
    if (starts(latin, 0, "ye") && latin.size() > 4) i = 1;
    while (i < latin.size()) {
        bool done = false;
        for (const Rule& rule : rules) {
            if (rule.from.front() != latin[i] || !starts(latin, i, rule.from)) continue;
            const std::size_t after = i + rule.from.size();
            // "aj", "ej", "ij" are the Slavic short i at the end of a syllable (Sergej), else a consonant (Najib).
            if (rule.from.back() == 'j' && rule.from.size() == 2 && after < latin.size() && is_vowel(latin[after])) continue;
            for (const char c : rule.to) put(out, c);
            i += rule.from.size();
            done = true;
            break;
        }
        if (done) continue;
        const char c = latin[i];
        if (c == 'c') {
            const char next = i + 1 < latin.size() ? latin[i + 1] : '\0';
            if (next == 'h') {
                put(out, 'c');
                put(out, 'h');
                ++i;
            } else {
                put(out, next == 'e' || next == 'i' || next == 'y' ? 's' : 'k');
            }
        } else {
            put(out, single(c));
        }
        ++i;
    }
    if (out.size() > 3 && out.back() == 'h' && is_vowel(out[out.size() - 2])) out.pop_back();
    if (out.size() > 4 && out.back() == 'f' && (out[out.size() - 2] == 'o' || out[out.size() - 2] == 'e')) out.back() = 'v';
    return out;
}

std::string skeleton(std::string_view latin) {
    std::string out;
    for (std::size_t i = 0; i < latin.size(); ++i) {
        const char c = latin[i];
        const char next = i + 1 < latin.size() ? latin[i + 1] : '\0';
        if (next == 'h' && (c == 'k' || c == 's' || c == 'g' || c == 'd' || c == 't' || c == 'c' || c == 'p' || c == 'z')) {
            put(out, c == 'k' ? 'x' : c == 's' || c == 'c' || c == 'z' ? 'c' : c == 'g' ? 'j' : c == 'p' ? 'f' : c);
            ++i;
            continue;
        }
        switch (c) {
            case 'a': case 'e': case 'i': case 'o': case 'u': case 'y': case 'w': case 'v': break;
            case 'q': case 'c': put(out, 'k'); break;
            case 'g': put(out, 'j'); break;
            case 'p': put(out, 'b'); break;
            case 'x': put(out, 'k'); put(out, 's'); break;
            default: put(out, c); break;
        }
    }
    if (out.size() > 1 && out.back() == 'h') out.pop_back();
    return out;
}

}  // namespace liaison::name
