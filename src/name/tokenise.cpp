// Tokenising, in stages:
//   code points (NFKC)  ->  words (separators, apostrophes, dots, glued capitals)  ->  one script a word, Latin spelling
//   ->  classes (legal phrases, titles, numbers, ...)  ->  keys and groups.
// After the first two stages nothing depends on how the text was typed; after the third nothing depends on its script
// but same-script comparison. Cost: about 1 us for an ASCII name, 2-4 us for others with a table, a cached ICU call else.
// Known failures: a surname glued to a given name without capitals ("ramimakhlouf") stays one token and is found through
// the joins of the other side; a Han name of an organisation is one token.

#include "liaison/base/utf8.hpp"
#include "liaison/name/name.hpp"
#include "name/lexicon.hpp"
#include "name/script.hpp"

#include <algorithm>
#include <array>

namespace liaison::name {

namespace {

constexpr std::size_t text_limit = 1'500;  // code points read of a name

struct Word {
    std::u32string text;   ///< as typed, NFKC
    bool dotted = false;   ///< "A.B.C": single letters with dots between
};

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

char32_t decimal_digit(char32_t c) {
    if (c >= 0x660 && c <= 0x669) return c - 0x660 + '0';
    if (c >= 0x6F0 && c <= 0x6F9) return c - 0x6F0 + '0';
    if (c >= 0x966 && c <= 0x96F) return c - 0x966 + '0';
    if (c >= 0xE50 && c <= 0xE59) return c - 0xE50 + '0';
    return c;
}

// A lower-case letter followed by a capital glues two words ("SiemensAG"), except in Mc, Mac, De, Le and the like.
bool glued_before(std::u32string_view word, char32_t next) {
    if (word.size() < 4 || !is_upper(next)) return false;
    for (const char32_t last : word.substr(word.size() - 2))  // one small letter among capitals is a slip
        if (is_digit(last) || fold_case(last) != last) return false;
    if (word.size() == 3 && word[0] == 'M' && word[1] == 'a' && word[2] == 'c') return false;
    return true;
}

class WordReader {
public:
    explicit WordReader(std::u32string_view text) : m_text(text) {}

    std::vector<Word> read(bool& cut) {
        int marks = 0;
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            const char32_t c = m_text[i];
            const char32_t next = i + 1 < m_text.size() ? m_text[i + 1] : U' ';
            Role role = role_of(c);
            if (c == U'?' && !m_word.text.empty() && role_of(next) == Role::letter) role = Role::dropped;  // a lost ayn
            switch (role) {
                case Role::letter:
                    if (glued_before(m_word.text, c)) flush();
                    if (m_dot_pending && (m_since_dot > 1 || (role_of(next) == Role::letter))) flush();
                    m_word.dotted = m_word.dotted || m_dot_pending;
                    m_dot_pending = false;
                    m_since_dot = m_dot_seen ? m_since_dot + 1 : m_word.text.size() + 1;
                    m_dot_seen = false;
                    push(c, cut);
                    marks = 0;
                    break;
                case Role::digit:
                    m_dot_pending = false;
                    push(decimal_digit(c), cut);
                    marks = 0;
                    break;
                case Role::mark:
                    if (!m_word.text.empty() && ++marks <= 3) push(c, cut);
                    break;
                case Role::dropped: break;
                case Role::dot:
                    if (m_word.text.empty()) break;
                    if (single_letter_before() && role_of(next) == Role::letter) {
                        m_dot_pending = true;
                        m_since_dot = 0;
                        m_dot_seen = true;
                    } else {
                        flush();
                    }
                    break;
                case Role::ampersand:
                    flush();
                    m_words.push_back({U"and", false});
                    break;
                case Role::separator: flush(); break;
            }
        }
        flush();
        return std::move(m_words);
    }

private:
    // The last dot-separated part of the word is one letter.
    [[nodiscard]] bool single_letter_before() const { return m_word.text.size() == 1 || (m_word.dotted && m_since_dot <= 1); }

    void push(char32_t c, bool& cut) {
        if (m_word.text.size() >= max_token_letters * 2) {
            cut = true;
            return;
        }
        m_word.text += c;
    }
    void flush() {
        if (!m_word.text.empty()) m_words.push_back(std::move(m_word));
        m_word = {};
        m_dot_pending = false;
        m_dot_seen = false;
        m_since_dot = 0;
    }

    std::u32string_view m_text;
    Word m_word;
    std::vector<Word> m_words;
    bool m_dot_pending = false;
    bool m_dot_seen = false;
    std::size_t m_since_dot = 0;
};

// One word, one script: letters that only look like the majority's are mapped to it.
Script settle_script(std::u32string& word) {
    Script first = Script::digit;
    bool mixed = false;
    for (const char32_t c : word) {
        if (is_digit(c) || role_of(c) == Role::mark) continue;
        const Script script = script_of(c);
        if (first == Script::digit) first = script;
        else if (script != first) mixed = true;
    }
    if (!mixed) return first;
    std::array<int, 14> counts{};
    for (const char32_t c : word)
        if (!is_digit(c) && role_of(c) != Role::mark) ++counts[static_cast<std::size_t>(script_of(c))];
    const auto best = static_cast<Script>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    const Script other = best == Script::latin ? Script::cyrillic : Script::latin;
    // A tie or a majority of look-alikes: take the script in which every letter can be read.
    for (const Script target : {best, other}) {
        if (target != Script::latin && target != Script::cyrillic) continue;
        std::u32string mapped = word;
        bool whole = true;
        for (char32_t& c : mapped) {
            if (is_digit(c) || role_of(c) == Role::mark) continue;
            if (script_of(c) != target) c = look_alike(c, target);
            whole = whole && script_of(c) == target;
        }
        if (whole) {
            word = mapped;
            return target;
        }
    }
    return best;
}

bool drops_marks(Script script) {
    return script == Script::latin || script == Script::cyrillic || script == Script::greek || script == Script::arabic ||
           script == Script::hebrew || script == Script::digit;
}

constexpr std::u32string_view double_surnames[] = {U"欧阳", U"歐陽", U"司马", U"司馬", U"诸葛", U"諸葛", U"上官", U"司徒",
                                                   U"夏侯", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐", U"南宫", U"东方",
                                                   U"남궁", U"황보", U"제갈", U"선우", U"독고", U"사공"};

// Letters written for the digits they look like, in a word that has more letters than digits ("Ig0r").
void read_leet(std::string& word) {
    std::size_t letters = 0;
    std::size_t digits = 0;
    for (const char c : word) (c >= '0' && c <= '9' ? digits : letters) += 1;
    if (digits == 0 || digits > letters || letters < 2) return;
    static constexpr std::string_view from = "01345789";
    static constexpr std::string_view to = "oieastbg";
    for (char& c : word)
        if (const std::size_t at = from.find(c); at != std::string_view::npos) c = to[at];
}

class NameReader {
public:
    NameReader(Kind kind, const Lexicon& lexicon) : m_kind(kind), m_lexicon(lexicon) {}

    Name read(std::string_view text) {
        std::u32string points = decode_nfkc(text, text_limit);
        if (text.size() > points.size() && points.size() >= text_limit) m_name.cut = true;
        std::vector<Word> words = WordReader(points).read(m_name.cut);
        for (Word& word : words) add_word(std::move(word), words.size() == 1);
        if (m_kind != Kind::any) {
            mark_legal_forms();
            classify();
            drop_doubles();
            promote();
            add_groups();
        }
        return std::move(m_name);
    }

private:
    [[nodiscard]] bool person() const { return m_kind == Kind::person; }

    void add_word(Word word, bool only) {
        const Script script = settle_script(word.text);
        std::u32string text;
        text.reserve(word.text.size());
        for (const char32_t c : word.text) {
            if (drops_marks(script) && role_of(c) == Role::mark) continue;
            text += fold_case(c);
        }
        if (text.empty()) return;
        if (word.dotted && person() && text.size() <= 3 && script == Script::latin) {
            for (const char32_t c : text) add_token({&c, 1}, script);
            return;
        }
        // A whole name in one word: family name first, one syllable but for the few double ones.
        if (only && (script == Script::han || script == Script::hangul) && person() && text.size() >= 2 &&
            text.size() <= 4) {
            std::size_t surname = 1;
            if (text.size() >= 3)
                for (const std::u32string_view form : double_surnames)
                    if (std::u32string_view(text).substr(0, 2) == form) surname = 2;
            add_token(std::u32string_view(text).substr(0, surname), script);
            add_token(std::u32string_view(text).substr(surname), script);
            return;
        }
        if (script == Script::arabic && text.size() >= 5 && text[0] == U'ا' && text[1] == U'ل' && text != U"الله") {
            add_token(U"ال", script);
            add_token(std::u32string_view(text).substr(2), script);
            return;
        }
        add_token(text, script);
    }

    void add_token(std::u32string_view text, Script script) {
        if (m_name.tokens.size() >= max_tokens) {
            m_name.cut = true;
            return;
        }
        if (text.size() > max_token_letters) {
            text = text.substr(0, max_token_letters);
            m_name.cut = true;
        }
        Token token;
        token.script = script;
        if (script == Script::latin || script == Script::digit) {
            for (const char32_t c : text) {
                if (c < 0x80) token.text += static_cast<char>(c);
                else if (const std::string_view plain = plain_latin(c); !plain.empty()) token.text += plain;
                else token.text += encode({&c, 1});
            }
            if (token.text.size() > max_token_letters) token.text = std::string(base::truncate_utf8(token.text, max_token_letters));
            if (script == Script::latin && person()) read_leet(token.text);
            if (split_glued(token)) return;
            token.latin = token.text;
            for (const char c : token.latin)
                if (static_cast<unsigned char>(c) >= 0x80) {
                    token.latin.clear();
                    break;
                }
        } else {
            token.text = encode(text);
            token.latin = romanise(text, script);
            if (token.latin.size() > max_token_letters) token.latin.resize(max_token_letters);
        }
        m_name.tokens.push_back(std::move(token));
    }

    // "jscargument": a legal form glued to its name; "abdulrahman": two parts, however written.
    bool split_glued(const Token& token) {
        const std::string_view text = token.text;
        if (!person()) {
            for (const std::string_view form : {"ojsc", "pjsc", "cjsc", "jsc", "ooo", "oao", "zao", "pao"})
                if (text.size() >= form.size() + 4 && text.substr(0, form.size()) == form && text[form.size()] != 'o') {
                    push_part(token, text.substr(0, form.size()));
                    push_part(token, text.substr(form.size()));
                    return true;
                }
            for (const std::string_view form : {"gmbh", "llc", "ltd"})
                if (text.size() >= form.size() + 4 && text.substr(text.size() - form.size()) == form) {
                    push_part(token, text.substr(0, text.size() - form.size()));
                    push_part(token, form);
                    return true;
                }
        }
        if (person() && text.size() >= 9 && text.substr(0, 3) == "abd") {
            for (const std::string_view form : {"abdoul", "abdour", "abdul", "abdel", "abdal", "abdol", "abdur", "abder", "abdar",
                                                "abdir", "abdus", "abdes", "abdun", "abden", "abduz", "abdi"})
                if (text.size() >= form.size() + 4 && text.substr(0, form.size()) == form && text.substr(form.size()) != "lahi") {
                    std::string_view rest = text.substr(form.size());
                    if (rest.size() > 4 && rest[0] == rest[1]) rest.remove_prefix(1);  // abdurrahman
                    push_part(token, "abdul");
                    push_part(token, rest);
                    return true;
                }
        }
        return false;
    }

    void push_part(const Token& whole, std::string_view part) {
        Token token;
        token.script = whole.script;
        token.text = part;
        token.latin = part;
        m_name.tokens.push_back(std::move(token));
    }

    template <typename Map>
    static const std::string* find_value(const Map& map, const Token& token) {
        if (const auto found = map.find(token.text); found != map.end()) return &found->second;
        if (token.latin != token.text)
            if (const auto found = map.find(token.latin); found != map.end()) return &found->second;
        return nullptr;
    }

    // Longest phrase first; the tokens of a phrase become one. Persons carry a legal form only at the end.
    void mark_legal_forms() {
        auto& tokens = m_name.tokens;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            std::size_t words = std::min(m_lexicon.longest_legal_form, tokens.size() - i);
            if (m_lexicon.legal_starts.find(tokens[i].text) == m_lexicon.legal_starts.end()) words = 1;
            for (; words > 0; --words) {
                if (words == tokens.size()) continue;  // a name must remain
                if (person() && i + words != tokens.size()) continue;
                std::string phrase = tokens[i].text;
                for (std::size_t k = 1; k < words; ++k) phrase += ' ' + tokens[i + k].text;
                auto found = m_lexicon.legal_forms.find(phrase);
                if (found == m_lexicon.legal_forms.end() && words == 1 && tokens[i].script == Script::cyrillic)
                    found = m_lexicon.legal_forms.find(tokens[i].latin);
                if (found == m_lexicon.legal_forms.end()) continue;
                // Two letters in front of a name are rarely a form ("SE Asia", "AS Roma"), and "co" is one only at the end.
                if (words == 1 && i == 0 && phrase.size() <= 2 && phrase != "ao" && tokens[i].script == Script::latin) break;
                if (person() && phrase.size() <= 2 && phrase != "sa" && phrase != "ag") break;
                tokens[i].text = phrase;
                tokens[i].latin = phrase;
                tokens[i].latin.erase(std::remove(tokens[i].latin.begin(), tokens[i].latin.end(), ' '), tokens[i].latin.end());
                tokens[i].value = found->second;
                tokens[i].token_class = TokenClass::legal_form;
                tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i + 1), tokens.begin() + static_cast<std::ptrdiff_t>(i + words));
                break;
            }
        }
    }

    static std::string roman_value(std::string_view text) {
        if (text.empty() || text.size() > 5) return {};
        int total = 0;
        int last = 0;
        for (std::size_t i = text.size(); i-- > 0;) {
            const int digit = text[i] == 'i' ? 1 : text[i] == 'v' ? 5 : text[i] == 'x' ? 10 : 0;
            if (digit == 0) return {};
            total += digit < last ? -digit : digit;
            last = std::max(last, digit);
        }
        if (total < 1 || total > 39) return {};
        static constexpr std::array<const char*, 10> units = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
        std::string check(static_cast<std::size_t>(total / 10), 'x');
        check += units[static_cast<std::size_t>(total % 10)];
        return check == text ? std::to_string(total) : std::string();
    }

    static std::string digits_value(std::string_view text) {
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
        if (digits == 0) return {};
        const std::string_view rest = text.substr(digits);
        if (!rest.empty() && rest != "st" && rest != "nd" && rest != "rd" && rest != "th") return {};
        std::string value(text.substr(0, digits));
        value.erase(0, std::min(value.find_first_not_of('0'), value.size() - 1));
        return value;
    }

    void classify() {
        auto& tokens = m_name.tokens;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            Token& token = tokens[i];
            if (token.token_class == TokenClass::legal_form) continue;
            if (const std::string value = digits_value(token.text); !value.empty()) {
                token.token_class = TokenClass::number;
                token.value = value;
                continue;
            }
            if (person()) classify_person(token, i, tokens.size());
            else classify_other(token, i);
        }
        join_numbers();
        read_abd();
    }

    void classify_person(Token& token, std::size_t at, std::size_t count) {
        if (token.script == Script::latin || token.script == Script::cyrillic || token.script == Script::greek) {
            const bool single = token.script == Script::latin ? token.text.size() == 1 : token.text.size() <= 2;
            if (single) {
                set(token, TokenClass::initial, token.latin);
                return;
            }
        }
        if (token.text == "the" || token.text == "of" || token.text == "and") {
            set(token, TokenClass::stop, token.text);
            return;
        }
        if (const std::string* value = find_value(m_lexicon.particles, token)) {
            set(token, TokenClass::particle, *value);
            return;
        }
        if (const std::string* value = find_value(m_lexicon.titles, token)) {
            set(token, TokenClass::title, *value);
            return;
        }
        if (at > 0 && at + 1 == count)
            if (const std::string value = roman_value(token.text); token.text.size() > 1 && !value.empty())
                set(token, TokenClass::number, value);
    }

    void classify_other(Token& token, std::size_t at) {
        if (const std::string* value = find_value(m_lexicon.stop_words, token)) {
            set(token, TokenClass::stop, *value);
            return;
        }
        if (const std::string* value = find_value(m_lexicon.numbers, token)) {
            set(token, TokenClass::number, *value);
            return;
        }
        if (at > 0)
            if (const std::string value = roman_value(token.text); !value.empty()) {
                set(token, TokenClass::number, value);
                return;
            }
        if (token.script == Script::latin && token.text.size() == 1) {
            set(token, TokenClass::initial, token.text);
            return;
        }
        if (m_kind != Kind::vessel)
            if (const std::string* value = find_value(m_lexicon.generic_words, token)) set(token, TokenClass::generic, *value);
    }

    static void set(Token& token, TokenClass token_class, std::string value) {
        token.token_class = token_class;
        token.value = std::move(value);
    }

    // "forty" "4" -> 44.
    void join_numbers() {
        auto& tokens = m_name.tokens;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            if (tokens[i].token_class != TokenClass::number || tokens[i + 1].token_class != TokenClass::number) continue;
            if (tokens[i].value.size() != 2 || tokens[i].value[1] != '0' || tokens[i + 1].value.size() != 1) continue;
            if (is_digit(static_cast<char32_t>(tokens[i].text[0]))) continue;
            tokens[i].value[1] = tokens[i + 1].value[0];
            tokens[i].text += ' ' + tokens[i + 1].text;
            tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i + 1));
        }
    }

    // Abd, Abd al-, Abdul, Abdel are one thing: the servant of the name that follows. The article after it has no weight.
    void read_abd() {
        if (!person()) return;
        auto& tokens = m_name.tokens;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            const std::string& text = tokens[i].text;
            const bool latin = text == "abd" || text == "abdul" || text == "abdel" || text == "abdal" || text == "abdol" || text == "abdoul" ||
                               text == "abdur" || text == "abdu" || text == "abed" || text == "abdi";
            if (!latin && text != "عبد") continue;
            const bool article = tokens[i + 1].token_class == TokenClass::particle && tokens[i + 1].value == "al" && i + 2 < tokens.size();
            if (text == "abdi" && !article) continue;
            if (latin) tokens[i].text = "abdul";  // its Latin stays as written, for typos
            if (article) tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i + 1));
        }
    }

    // A part written twice in a row is written once.
    void drop_doubles() {
        auto& tokens = m_name.tokens;
        for (std::size_t i = 0; i + 1 < tokens.size();) {
            const bool same = tokens[i].token_class == tokens[i + 1].token_class && tokens[i].text == tokens[i + 1].text &&
                              tokens[i].token_class != TokenClass::initial && tokens[i].token_class != TokenClass::number;
            if (same) tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));
            else ++i;
        }
    }

    // A name of nothing but titles, forms or numbers is told by them. An initial or a particle never carries a name.
    void promote() {
        auto& tokens = m_name.tokens;
        for (const Token& token : tokens)
            if (token.token_class == TokenClass::name || token.token_class == TokenClass::generic) return;
        for (Token& token : tokens) {
            if (token.token_class == TokenClass::initial || token.token_class == TokenClass::particle || token.token_class == TokenClass::stop)
                continue;
            token.token_class = TokenClass::name;
            token.promoted = true;
        }
    }

    void add_groups() {
        auto& tokens = m_name.tokens;
        bool korean = person();
        bool chinese = person();
        bool old_chinese = false;
        std::size_t words = 0;
        for (const Token& token : tokens) {
            if (token.token_class != TokenClass::name && token.token_class != TokenClass::particle &&
                token.token_class != TokenClass::initial) continue;
            if (token.script == Script::han) {
                korean = false;
                continue;
            }
            if (token.token_class == TokenClass::initial && token.text != "o" && token.text != "u") { korean = chinese = false; continue; }
            ++words;
            if (token.script != Script::hangul && (token.script != Script::latin || token.text.size() > 11)) korean = chinese = false;
            if (!korean && !chinese) break;
            korean = korean && !m_lexicon.korean_key(token.latin).empty();
            const bool older = m_lexicon.pinyin_of(token.latin) != nullptr;
            old_chinese = old_chinese || older;
            chinese = chinese && token.script == Script::latin && (older || m_lexicon.is_pinyin(token.latin));
        }
        if (words < 2 || words > 4) korean = chinese = false;
        if (korean) korean = m_lexicon.korean_surname(tokens.front().latin) || m_lexicon.korean_surname(tokens.back().latin);
        for (Token& token : tokens) {
            // A spelling that pinyin does not have is surely the older system's: read it, so that "tse" "tung" join to "zedong".
            if (chinese && old_chinese && token.token_class == TokenClass::name && !m_lexicon.is_pinyin(token.latin))
                if (const auto* readings = m_lexicon.pinyin_of(token.latin); readings != nullptr) token.latin = readings->front();
            token.key = token.latin.empty() ? token.text : fold_key(token.latin);
            if (token.key.empty()) token.key = token.text;
            if (token.promoted) {
                token.groups.push_back(group_key(GroupKind::variant, "promoted " + (token.value.empty() ? token.text : token.value)));
                continue;
            }
            if (korean && (token.token_class == TokenClass::particle || token.token_class == TokenClass::initial)) {
                token.token_class = TokenClass::name;  // U, O, Y, An are surnames there
                token.value.clear();
            }
            if (token.token_class != TokenClass::name && token.token_class != TokenClass::generic) continue;
            if (person())
                if (const auto found = m_lexicon.given_names.find(token.key); found != m_lexicon.given_names.end()) token.groups = found->second;
            if (token.token_class == TokenClass::generic) token.groups.push_back(group_key(GroupKind::variant, "=" + token.value));
            if (korean) {
                token.groups.push_back(group_key(GroupKind::korean, m_lexicon.korean_key(token.latin)));
                if (const std::string surname = m_lexicon.korean_surname_key(token.latin); !surname.empty())
                    token.groups.push_back(group_key(GroupKind::korean, "surname " + surname));
            }
            if (chinese || token.script == Script::han) {
                token.groups.push_back(group_key(GroupKind::chinese, token.latin));
                if (const auto* readings = m_lexicon.pinyin_of(token.latin); readings != nullptr && chinese)
                    for (const std::string& reading : *readings) token.groups.push_back(group_key(GroupKind::chinese, reading));
            }
            add_skeletons(token);
            std::sort(token.groups.begin(), token.groups.end());
            token.groups.erase(std::unique(token.groups.begin(), token.groups.end()), token.groups.end());
        }
    }

    static void add_skeletons(Token& token) {
        if (token.script != Script::latin && token.script != Script::arabic && token.script != Script::hebrew) return;
        const auto add = [&token](std::string consonants) {
            if (consonants.size() < 2) {
                if (consonants.empty() || token.latin.size() > 4) return;
                consonants.insert(0, "short ");
            }
            token.groups.push_back(group_key(GroupKind::skeleton, consonants));
        };
        add(skeleton(token.latin));
        if (token.script == Script::latin && token.latin.find('v') != std::string::npos) {
            std::string other = token.latin;  // beth is b and v, vav is v and w
            std::replace(other.begin(), other.end(), 'v', 'b');
            add(skeleton(other));
        }
    }

    Kind m_kind;
    const Lexicon& m_lexicon;
    Name m_name;
};

}  // namespace

std::string_view to_string(TokenClass token_class) {
    switch (token_class) {
        case TokenClass::name: return "name";
        case TokenClass::generic: return "generic";
        case TokenClass::particle: return "particle";
        case TokenClass::title: return "title";
        case TokenClass::legal_form: return "legal_form";
        case TokenClass::number: return "number";
        case TokenClass::initial: return "initial";
        case TokenClass::stop: return "stop";
    }
    return "";
}

std::string_view to_string(Script script) {
    switch (script) {
        case Script::latin: return "latin";
        case Script::cyrillic: return "cyrillic";
        case Script::greek: return "greek";
        case Script::armenian: return "armenian";
        case Script::georgian: return "georgian";
        case Script::arabic: return "arabic";
        case Script::hebrew: return "hebrew";
        case Script::han: return "han";
        case Script::kana: return "kana";
        case Script::hangul: return "hangul";
        case Script::thai: return "thai";
        case Script::devanagari: return "devanagari";
        case Script::other: return "other";
        case Script::digit: return "digit";
    }
    return "";
}

Name tokenise(std::string_view text, Kind kind) { return NameReader(kind, Lexicon::instance()).read(text); }

std::string normalise(std::string_view text) {
    const auto once = [](std::string_view input) {
        std::string out;
        for (const Token& token : NameReader(Kind::any, Lexicon::instance()).read(input).tokens) {
            if (!out.empty()) out += ' ';
            out += token.text;
        }
        return out;
    };
    // One round suffices but where removing a mark or an apostrophe lets letters compose anew; the text shrinks then.
    std::string out = once(text);
    for (int round = 0; round < 8; ++round) {
        std::string next = once(out);
        if (next == out) break;
        out = std::move(next);
    }
    return out;
}

}  // namespace liaison::name
