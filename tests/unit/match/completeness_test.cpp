// The index returns what the full scan returns, to the last hit. Here over a made-up world that is dense on purpose
// (few syllables, so that everything resembles everything); bench_screening_lists complete does it over the real lists.

#include "support/name_damager.hpp"
#include "unit/match/world.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace liaison;
using test::Lists;

namespace {

constexpr const char* syllables[] = {"ka", "ra", "mo", "ham", "med", "al", "ib", "rah", "im", "sul", "tan", "zhu", "rav", "len", "kov", "abd", "ul", "lah", "jo", "ng", "kim", "chol", "sal", "ah", "din", "far", "ouk"};
constexpr const char* common[] = {"Muhammad", "Ahmed", "Ali", "Kim", "Abdul", "Ivan", "bin", "al", "Hassan"};

std::string made_up(test::NameDamager& random) {
    std::string name;
    const std::uint64_t words = 1 + random.next(5);
    for (std::uint64_t w = 0; w < words; ++w) {
        if (!name.empty()) name += ' ';
        if (random.next(3) == 0) {
            name += common[random.next(std::size(common))];
        } else {
            const std::uint64_t parts = 2 + random.next(3);
            for (std::uint64_t p = 0; p < parts; ++p) name += syllables[random.next(std::size(syllables))];
        }
        if (random.next(25) == 0) name += " J.";
    }
    return name;
}

bool same(const match::Result& fast, const match::Result& full) {
    if (fast.total != full.total || fast.matches.size() != full.matches.size()) return false;
    for (std::size_t i = 0; i < fast.matches.size(); ++i)
        if (fast.matches[i].entity != full.matches[i].entity || fast.matches[i].score != full.matches[i].score ||
            fast.matches[i].explanation.listed_name != full.matches[i].explanation.listed_name)
            return false;
    return true;
}

}  // namespace

TEST_CASE("index and full scan agree on thousands of damaged queries") {
    test::NameDamager random(3);
    std::vector<Lists::Entry> entries;
    std::vector<std::string> all;
    for (int i = 0; i < 900; ++i) {
        Lists::Entry entry{i % 4 == 0 ? "Company" : i % 9 == 0 ? "LegalEntity" : "Person", {}, {}};
        // One entity with 500 aliases, most with one or two names.
        const int names = i == 7 ? 500 : 1 + i % 2;
        for (int n = 0; n < names; ++n) {
            const std::string name = made_up(random);
            entry.names.emplace_back(name, n % 5 == 4 ? index::NameKind::weak : index::NameKind::name);
            all.push_back(name);
        }
        if (i % 3 == 0) entry.facts.emplace_back(index::FactKind::birth_date, std::to_string(1940 + i % 60));
        entries.push_back(std::move(entry));
    }
    for (const char* name : {"محمد علي حسن", "Мохаммед Али", "Salah al Din Karimov", "이재명", "Wladimir Petrov", "General Trading Group Ltd", "National Oil Transport Company", "Jean-Claude M. Ngango"}) {
        entries.push_back({std::string_view(name).find("Trading") != std::string_view::npos || std::string_view(name).find("Oil") != std::string_view::npos ? "Company" : "Person", {{name, index::NameKind::name}}, {}});
        all.emplace_back(name);
    }
    all.emplace_back("NOTC");
    all.emplace_back("Salahuddin Karimov");
    const Lists lists(std::move(entries));
    std::size_t compared = 0;
    std::size_t hits = 0;
    for (int round = 0; round < 2500; ++round) {
        const std::string damaged = random.damage(all[random.next(all.size())], static_cast<test::Damage>(round % 9));
        if (damaged.empty()) continue;
        match::Query query;
        if (round % 4 == 0) query.schema = &model::schema("Company");
        else if (round % 4 != 1) query.schema = &model::schema("Person");
        query.names.push_back(damaged);
        if (round % 2 == 0) query.birth_dates.push_back(*model::parse_edtf(std::to_string(1940 + round % 60)));
        match::Options options;
        options.limit = 1000;
        options.threshold = round % 7 == 0 ? 0.5 : 0.7;
        options.weak_aliases = round % 3 == 0;
        const match::Result fast = match::screen(lists.view(), query, options);
        options.exhaustive = true;
        const match::Result full = match::screen(lists.view(), query, options);
        INFO(damaged);
        REQUIRE(same(fast, full));
        ++compared;
        hits += full.matches.size();
    }
    CHECK(compared > 1500);
    CHECK(hits > compared / 2);
}

TEST_CASE("the tokens found to be alike are all tokens of the vocabulary that are") {
    test::NameDamager random(9);
    std::vector<Lists::Entry> entries;
    for (int i = 0; i < 800; ++i) entries.push_back({"Person", {{made_up(random), index::NameKind::name}}, {}});
    const Lists lists(std::move(entries));
    const index::NamesView& view = lists.view();
    std::size_t found_all = 0;
    for (int round = 0; round < 400; ++round) {
        const auto& known = view.tokens()[random.next(view.tokens().size())];
        std::string word(view.text(known.text));
        if (word.size() < 3) continue;
        for (std::uint64_t edits = random.next(3); edits > 0; --edits) {
            const std::size_t at = random.next(word.size());
            if (random.next(2) == 0) word.insert(at, 1, static_cast<char>('a' + random.next(26)));
            else if (word.size() > 3) word.erase(at, 1);
        }
        const name::Name read = name::tokenise(word, name::Kind::person);
        if (read.tokens.size() != 1 || read.tokens[0].token_class != name::TokenClass::name || read.tokens[0].promoted) continue;
        std::vector<index::TokenId> found;
        view.alike(read.tokens[0], found);
        std::sort(found.begin(), found.end());
        std::vector<index::TokenId> scanned;
        for (index::TokenId token = 0; token < view.tokens().size(); ++token) {
            const auto& record = view.tokens()[token];
            if (record.token_class != static_cast<std::uint8_t>(name::TokenClass::name) || record.promoted != 0) continue;
            if (name::similarity(name::view_of(read.tokens[0]), view.token_view(token)).value > 0) scanned.push_back(token);
        }
        INFO(word);
        CHECK(found == scanned);
        found_all += scanned.size();
    }
    CHECK(found_all > 100);
}
