#include "article/rules.hpp"

#include "liaison/base/error.hpp"
#include "liaison_article_data.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace liaison::article {
namespace {

using Json = nlohmann::json;

constexpr std::size_t rule_file_limit = std::size_t{16} << 20U;

/// "dirigeant(e)(s)" stands for four forms, "entit(y/ies)" for two.
std::vector<std::string> forms_of(const std::string& phrase) {
    const std::size_t open = phrase.find('(');
    const std::size_t close = open == std::string::npos ? open : phrase.find(')', open);
    if (close == std::string::npos) {
        return {phrase};
    }
    const std::string head = phrase.substr(0, open);
    const std::string inner = phrase.substr(open + 1, close - open - 1);
    std::vector<std::string> endings;
    if (inner.find('/') == std::string::npos) {
        endings = {"", inner};
    } else {
        std::istringstream parts(inner);
        for (std::string part; std::getline(parts, part, '/');) {
            endings.push_back(part);
        }
    }
    std::vector<std::string> result;
    for (const std::string& rest : forms_of(phrase.substr(close + 1))) {
        for (const std::string& ending : endings) {
            result.push_back(head + ending + rest);
        }
    }
    return result;
}

Language language_of(const std::string& name) {
    return name == "en" ? Language::english : name == "fr" ? Language::french : Language::unknown;
}

/// Macros belong to a language: "en:det".
std::string expand(const std::string& pattern, const std::string& language,
                   const std::map<std::string, std::string, std::less<>>& macros, int depth = 0) {
    if (depth > 8) {
        throw base::InputError("macros refer to one another without end");
    }
    std::string result;
    for (std::size_t i = 0; i < pattern.size();) {
        if (pattern[i] != '{') {
            result += pattern[i++];
            continue;
        }
        const std::size_t close = pattern.find('}', i);
        const std::string name = pattern.substr(i + 1, close == std::string::npos ? close : close - i - 1);
        const auto macro = macros.find(language + ":" + name);
        if (close == std::string::npos || macro == macros.end()) {
            throw base::InputError(fmt::format("unknown macro \"{}\"", name));
        }
        result += expand(macro->second, language, macros, depth + 1);
        i = close + 1;
    }
    return result;
}

}  // namespace

void PhraseTrie::add(const std::vector<std::uint32_t>& words, std::uint32_t list, std::uint32_t payload) {
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i == 0) {
            if (m_begins.size() <= words[0]) {
                m_begins.resize(words[0] + 1, false);
            }
            m_begins[words[0]] = true;
        }
        const std::uint64_t key = (std::uint64_t{node} << 32U) | words[i];
        auto [edge, is_new] = m_edges.try_emplace(key, static_cast<std::uint32_t>(m_leaves.size()));
        if (is_new) {
            m_leaves.emplace_back();
        }
        node = edge->second;
    }
    for (const Leaf& leaf : m_leaves[node]) {
        if (leaf.list == list) {
            return;
        }
    }
    m_leaves[node].push_back({list, payload});
}

void PhraseTrie::find(const std::vector<Token>& tokens, std::uint32_t at, std::uint32_t last, std::vector<PhraseHit>& out) const {
    const std::uint32_t begin = tokens[at].word;
    if (begin >= m_begins.size() || !m_begins[begin]) {
        return;
    }
    std::uint32_t node = 0;
    for (std::uint32_t i = at; i < last && tokens[i].word != 0; ++i) {
        const auto edge = m_edges.find((std::uint64_t{node} << 32U) | tokens[i].word);
        if (edge == m_edges.end()) {
            return;
        }
        node = edge->second;
        for (const Leaf& leaf : m_leaves[node]) {
            out.push_back({leaf.list, i + 1 - at, leaf.payload});
        }
    }
}

void Rules::add(std::string_view text, const std::string& origin) {
    const Json file = Json::parse(text, nullptr, false);
    if (file.is_discarded() || !file.is_object()) {
        throw base::InputError(fmt::format("{} is not a JSON object", origin));
    }
    try {
        if (file.contains("lists")) {
            for (const auto& [name, words] : file.at("lists").items()) {
                auto& list = m_raw_lists[name];
                if (words.is_string()) {
                    // One string, phrases parted by a vertical bar: long lists stay readable.
                    std::istringstream parts(words.get<std::string>());
                    for (std::string part; std::getline(parts, part, '|');) {
                        list.push_back(part);
                    }
                } else {
                    for (const auto& word : words) {
                        list.push_back(word.get<std::string>());
                    }
                }
            }
        }
        if (file.contains("macros")) {
            for (const auto& [name, pattern] : file.at("macros").items()) {
                m_macros[file.value("language", "") + ":" + name] = pattern.get<std::string>();
            }
        }
        if (file.contains("rules")) {
            const std::string language = file.value("language", "");
            for (Json rule : file.at("rules")) {
                rule.emplace("language", language);
                const auto id = rule.at("id").get<std::string>();
                if (!m_raw_rules.contains(id)) {
                    m_order.push_back(id);
                }
                m_raw_rules[id] = rule.dump();
                m_origins[id] = origin;
            }
        }
    } catch (const Json::exception& error) {
        throw base::InputError(fmt::format("{}: {}", origin, error.what()));
    }
}

std::uint32_t Rules::list(std::string_view name) const {
    const auto found = m_list_numbers.find(name);
    return found == m_list_numbers.end() ? 0 : found->second;
}

void Rules::finish() {
    m_payloads.emplace_back();
    for (const auto& [name, phrases] : m_raw_lists) {
        const auto number = static_cast<std::uint32_t>(list_count++);
        m_list_numbers[name] = number;
        for (const std::string& raw : phrases) {
            // "phrase=payload": what the phrase stands for.
            const std::size_t equals = raw.find('=');
            std::uint32_t payload = 0;
            if (equals != std::string::npos) {
                payload = static_cast<std::uint32_t>(m_payloads.size());
                m_payloads.push_back(raw.substr(equals + 1));
            }
            for (const std::string& form : forms_of(raw.substr(0, equals))) {
                std::vector<std::uint32_t> words;
                for (const std::string& word : phrase_words(form)) {
                    words.push_back(vocabulary.add(word));
                }
                if (!words.empty()) {
                    trie.add(words, number, payload);
                    if (words.size() == 1) {
                        const auto mark = [&](std::uint8_t kind) {
                            if (word_classes.size() <= words[0]) {
                                word_classes.resize(words[0] + 1, 0);
                            }
                            word_classes[words[0]] |= kind;
                        };
                        if (name == "conjunction") {
                            mark(word_class::conjunction);
                        } else if (name == "determiner" || name == "number_word") {
                            mark(word_class::determiner);
                        } else if (name == "list_descriptor") {
                            mark(word_class::descriptor);
                        } else if (name == "alias_word") {
                            mark(word_class::alias);
                        } else if (name == "clause_word") {
                            mark(word_class::clause);
                        } else if (name == "abbreviation") {
                            abbreviations.resize(std::max<std::size_t>(abbreviations.size(), words[0] + 1), false);
                            abbreviations[words[0]] = true;
                        }
                    }
                }
            }
        }
    }
    rules_by_list.resize(list_count);
    rules_by_chunk.resize(32);
    PatternContext context;
    context.word = [&](std::string_view word) { return vocabulary.add(fold(word)); };
    context.list = [&](std::string_view name) {
        const std::uint32_t number = list(name);
        if (number == 0) {
            throw base::InputError(fmt::format("there is no word list \"{}\"", name));
        }
        return number;
    };
    for (const std::string& id : m_order) {
        const Json raw = Json::parse(m_raw_rules[id]);
        try {
            Rule rule;
            rule.id = id;
            rule.relation = raw.at("relation").get<std::string>();
            rule.language = language_of(raw.value("language", ""));
            rule.confidence = raw.value("confidence", 0.9);
            const auto source = [&](const char* side) {
                const std::string name = raw.value(side, "");
                return name == "topic"         ? Source::topic
                       : name == "authority"   ? Source::authority
                       : name == "protagonist" ? Source::protagonist
                       : name == "speaker"     ? Source::speaker
                       : name == "next"        ? Source::next
                                               : Source::pattern;
            };
            rule.subject = source("subject");
            rule.object = source("object");
            rule.swap = raw.value("swap", false);
            rule.role = raw.value("role", "");
            rule.stage = raw.value("stage", "");
            rule.status = raw.value("status", "");
            rule.modality = raw.value("modality", "");
            rule.subject_schema = raw.value("subject_schema", "");
            rule.object_schema = raw.value("object_schema", "");
            rule.negative = raw.value("negative", false);
            for (const auto& example : raw.value("examples", Json::array())) {
                rule.examples.emplace_back(example.at("text").get<std::string>(),
                                           example.at("claims").get<std::vector<std::string>>());
            }
            const auto& patterns = raw.at("patterns");
            if (patterns.size() > 16) {
                throw base::InputError("a rule has at most 16 patterns");
            }
            const auto number = static_cast<std::uint32_t>(rules.size());
            for (std::size_t p = 0; p < patterns.size(); ++p) {
                const auto pattern = patterns[p].get<std::string>();
                try {
                    rule.programs.push_back(compile_pattern(expand(pattern, raw.value("language", ""), m_macros), context));
                } catch (const base::InputError& error) {
                    throw base::InputError(fmt::format("pattern \"{}\": {}", pattern, error.what()));
                }
                const Program& program = rule.programs.back();
                const auto key = number * 16 + static_cast<std::uint32_t>(p);
                const auto enter = [&](std::vector<std::vector<std::uint32_t>>& index, std::size_t at) {
                    if (index.size() <= at) {
                        index.resize(at + 1);
                    }
                    if (index[at].empty() || index[at].back() != key) {
                        index[at].push_back(key);
                    }
                };
                for (const std::uint32_t word : program.first_words) {
                    enter(rules_by_word, word);
                }
                for (const std::uint32_t list : program.first_lists) {
                    enter(rules_by_list, list);
                }
                for (std::uint32_t type = 0; type < 32; ++type) {
                    if ((program.first_chunks >> type & 1U) != 0) {
                        enter(rules_by_chunk, type);
                    }
                }
            }
            rules.push_back(std::move(rule));
        } catch (const Json::exception& error) {
            throw base::InputError(fmt::format("{}: rule {}: {}", m_origins[id], id, error.what()));
        } catch (const base::InputError& error) {
            throw base::InputError(fmt::format("{}: rule {}: {}", m_origins[id], id, error.what()));
        }
    }
}

namespace {

void add_embedded(Rules& rules) {
    rules.add(data::words_json(), "words.json");
    rules.add(data::places_json(), "places.json");
    rules.add(data::names_json(), "names.json");
    rules.add(data::rules_en_json(), "rules_en.json");
    rules.add(data::rules_fr_json(), "rules_fr.json");
}

}  // namespace

std::shared_ptr<const Rules> embedded_rules() {
    // Shared: compiled once for the process, held by every reading that runs.
    static const std::shared_ptr<const Rules> rules = [] {
        auto made = std::make_shared<Rules>();
        add_embedded(*made);
        made->finish();
        return made;
    }();
    return rules;
}

std::shared_ptr<const Rules> load_rules(const std::string& folder) {
    auto rules = std::make_shared<Rules>();
    add_embedded(*rules);
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json") {
            files.push_back(entry.path());
        }
    }
    if (error) {
        throw base::InputError(fmt::format("the folder of rules {} cannot be read: {}", folder, error.message()));
    }
    std::sort(files.begin(), files.end());
    for (const auto& path : files) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in || text.str().size() > rule_file_limit) {
            throw base::InputError(fmt::format("the rule file {} cannot be read", path.string()));
        }
        rules->add(text.str(), path.string());
    }
    rules->finish();
    return rules;
}

std::vector<RuleExample> rule_examples(const Rules& rules) {
    std::vector<RuleExample> result;
    for (const Rule& rule : rules.rules) {
        for (const auto& [text, claims] : rule.examples) {
            result.push_back({rule.id, rule.relation, std::string(to_string(rule.language)), text, claims});
        }
    }
    return result;
}

}  // namespace liaison::article
