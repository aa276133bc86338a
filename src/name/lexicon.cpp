#include "name/lexicon.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison_name_data.hpp"
#include "name/script.hpp"
#include "name/table.hpp"

#include <algorithm>
#include <cstdlib>

namespace liaison::name {

namespace {

// Table forms are written as people write them; words are looked up as tokens are spelled.
std::string as_token(std::string_view form) {
    std::string out;
    for (const char32_t c : decode_nfkc(form, 200)) {
        const char32_t folded = fold_case(c);
        if (folded == U' ') {
            out += ' ';
        } else if (const std::string_view plain = plain_latin(folded); !plain.empty()) {
            out += plain;
        } else {
            out += encode({&folded, 1});
        }
    }
    return out;
}

WordMap<std::string> word_map(std::string_view file, std::string_view bytes) {
    WordMap<std::string> map;
    for (const TableLine& line : read_table(file, bytes))
        for (const std::string& form : line.forms) map.emplace(as_token(form), line.head);
    return map;
}

bool by_length(std::string_view one, std::string_view other) {
    return one.size() != other.size() ? one.size() > other.size() : one < other;
}

}  // namespace

GroupKey group_key(GroupKind kind, std::string_view text) {
    constexpr GroupKey mask = ~GroupKey{0} >> 2;
    return (base::hash64(text) & mask) | static_cast<GroupKey>(kind) << 62;
}

GroupKind kind_of(GroupKey key) noexcept { return static_cast<GroupKind>(key >> 62); }

const Lexicon& Lexicon::instance() {
    static const Lexicon lexicon;
    return lexicon;
}

Lexicon::Lexicon()
    : titles(word_map("titles.txt", data::titles_txt())),
      particles(word_map("particles.txt", data::particles_txt())),
      stop_words(word_map("stop_words.txt", data::stop_words_txt())),
      generic_words(word_map("generic_words.txt", data::generic_words_txt())),
      numbers(word_map("numbers.txt", data::numbers_txt())),
      legal_forms(word_map("legal_forms.txt", data::legal_forms_txt())) {
    for (const auto& [form, value] : legal_forms) {
        const auto words = static_cast<std::size_t>(std::count(form.begin(), form.end(), ' ')) + 1;
        longest_legal_form = std::max(longest_legal_form, words);
        if (words > 1) legal_starts.insert(form.substr(0, form.find(' ')));
    }
    for (const TableLine& line : read_table("given_names.txt", data::given_names_txt())) {
        const GroupKey key = group_key(GroupKind::variant, line.head);
        const auto add = [&](const std::string& form) {
            std::string word = as_token(form);
            word.erase(std::remove(word.begin(), word.end(), ' '), word.end());
            std::vector<GroupKey>& groups = given_names[fold_key(word)];
            if (std::find(groups.begin(), groups.end(), key) == groups.end()) groups.push_back(key);
        };
        add(line.head);
        for (const std::string& form : line.forms) add(form);
    }
    for (const TableLine& line : read_table("frequency.txt", data::frequency_txt())) {
        const double bearers = std::strtod(line.head.c_str(), nullptr);
        if (bearers <= 0) throw base::InternalError("schemas/names/frequency.txt: a tier is not a number: " + line.head);
        for (const std::string& form : line.forms) {
            frequency.emplace(form, bearers);
            frequency.emplace(fold_key(form), bearers);
        }
    }
    for (const TableLine& line : read_table("korean_syllables.txt", data::korean_syllables_txt())) {
        const std::size_t blank = line.head.find(' ');
        const std::string what = line.head.substr(0, blank);
        const std::string value = blank == std::string::npos ? std::string() : line.head.substr(blank + 1);
        for (const std::string& form : line.forms) {
            if (what == "initial") m_initials.push_back({form, value});
            else if (what == "vowel") m_vowels.push_back({form, value});
            else if (what == "final") m_finals.push_back({form, value});
            else if (what == "surname") m_surnames.emplace(form, value);
            else throw base::InternalError("schemas/names/korean_syllables.txt: unknown kind of line: " + line.head);
        }
    }
    for (auto* parts : {&m_initials, &m_vowels, &m_finals})
        std::stable_sort(parts->begin(), parts->end(),
                         [](const Part& one, const Part& other) { return by_length(one.spelling, other.spelling); });
    for (const TableLine& line : read_table("chinese_syllables.txt", data::chinese_syllables_txt()))
        for (const std::string& form : line.forms) m_pinyin[form].push_back(line.head);
}

std::string Lexicon::korean_key(std::string_view latin) const {
    const auto take = [&latin](const std::vector<Part>& parts, std::string& out) {
        for (const Part& part : parts)
            if (latin.substr(0, part.spelling.size()) == part.spelling) {
                out += part.value;
                latin.remove_prefix(part.spelling.size());
                return true;
            }
        return false;
    };
    std::string out;
    for (int syllable = 0; syllable < 2 && !latin.empty(); ++syllable) {
        if (syllable > 0) out += '.';
        const std::string_view before = latin;
        std::string onset;
        take(m_initials, onset);
        out += onset;
        out += '-';
        if (!take(m_vowels, out)) return {};
        out += '-';
        // A consonant before a vowel opens the next syllable, except that "ng" closes.
        if (latin.substr(0, 2) == "ng") {
            out += "ng";
            latin.remove_prefix(2);
        } else if (latin.size() == 1 || (latin.size() > 1 && std::string_view("aeiouyw").find(latin[1]) == std::string_view::npos &&
                                          latin.substr(0, 2) != "ch" && latin.substr(0, 2) != "sh")) {
            take(m_finals, out);
        }
        if (latin.size() == before.size()) return {};
    }
    return latin.empty() ? out : std::string();
}

bool Lexicon::korean_surname(std::string_view latin) const { return m_surnames.find(latin) != m_surnames.end(); }

std::string Lexicon::korean_surname_key(std::string_view latin) const {
    const auto found = m_surnames.find(latin);
    return found == m_surnames.end() ? std::string() : found->second;
}

const std::vector<std::string>* Lexicon::pinyin_of(std::string_view latin) const {
    const auto found = m_pinyin.find(latin);
    return found == m_pinyin.end() ? nullptr : &found->second;
}

bool Lexicon::is_pinyin(std::string_view latin) const {
    // Initial and final of Hanyu Pinyin; every syllable of the language is among the products, and few others.
    static constexpr std::string_view initials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h",
                                                    "j", "q", "x", "r", "z", "c", "s", "y", "w", ""};
    static constexpr std::string_view finals[] = {"iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan",
                                                  "ai", "an", "ao", "ei", "en", "er", "ia", "ie", "in", "iu", "ou", "ua", "ue",
                                                  "ui", "un", "uo", "a", "e", "i", "o", "u", "v"};
    const auto syllable = [](std::string_view text) {
        for (const std::string_view initial : initials) {
            if (text.substr(0, initial.size()) != initial) continue;
            const std::string_view rest = text.substr(initial.size());
            for (const std::string_view ending : finals)
                if (rest == ending) return true;
        }
        return false;
    };
    if (syllable(latin)) return true;
    for (std::size_t cut = 1; cut + 1 <= latin.size() && cut <= 6; ++cut)
        if (syllable(latin.substr(0, cut)) && syllable(latin.substr(cut))) return true;
    return false;
}

std::vector<GroupKey> groups_of_joined(std::string_view key) {
    const auto& table = Lexicon::instance().given_names;
    const auto found = table.find(key);
    return found == table.end() ? std::vector<GroupKey>() : found->second;
}

double prior_frequency(const Token& token) {
    const auto& table = Lexicon::instance().frequency;
    if (const auto found = table.find(token.text); found != table.end()) return found->second;
    if (const auto found = table.find(token.key); found != table.end()) return found->second;
    return 0;
}

}  // namespace liaison::name
