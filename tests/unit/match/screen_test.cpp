#include "unit/match/world.hpp"

#include "liaison/match/calibration.hpp"
#include "liaison/match/pair.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <thread>

using namespace liaison;
using index::FactKind;
using index::NameKind;
using match::screen;
using test::Lists;
using test::organisation;
using test::person;

namespace {

double pair(std::string_view one, std::string_view other, std::string_view schema) { return match::score_pair(one, other, schema).score; }

Lists small_lists() {
    return Lists({
        {"Person", {{"Zelimkhan Quarrasov", NameKind::name}, {"Zelo", NameKind::weak}},
         {{FactKind::birth_date, "1961-03-14"}, {FactKind::nationality, "ru"}, {FactKind::phone, "+7 495 123 45 67"}, {FactKind::identifier, "AB 1234567"}}},
        {"Person", {{"Muhammad Ali Tahirov", NameKind::name}}, {{FactKind::birth_date, "1960/1965"}, {FactKind::birth_date, "1971"}}},
        {"Company", {{"SIS d.o.o.", NameKind::name}}, {{FactKind::address, "Zagrebacka 12, Ljubljana"}}},
        {"Company", {{"Joint-Stock Company Almaz-Antey", NameKind::name}}, {}},
        {"Vessel", {{"Krimea Star", NameKind::name}}, {{FactKind::identifier, "9074729"}}},
        {"Organization", {{"School No. 5", NameKind::name}}, {}},
    });
}

}  // namespace

TEST_CASE("an omitted part costs little and a contradicting one much") {
    CHECK(pair("Barzan Ibrahim Hasan", "Barzan Ibrahim Hasan al-Tikriti", "Person") > 0.7);
    CHECK(pair("Barzan Ibrahim Hasan al-Mosuli", "Barzan Ibrahim Hasan al-Tikriti", "Person") < 0.5);
    CHECK(pair("Sergei Petrovich Volkov", "Sergei Volkov", "Person") > 0.7);
    CHECK(pair("Sergei Petrovich Volkov", "Sergei Andreyevich Volkov", "Person") < 0.6);
}

TEST_CASE("given and family name swapped is one person, father and son swapped are two") {
    CHECK(pair("Volkov Sergei", "Sergei Volkov", "Person") > 0.9);
    CHECK(pair("Salman bin Khalid al-Rawi", "Khalid bin Salman al-Rawi", "Person") < 0.7);
}

TEST_CASE("initials match what they stand for and never carry a match") {
    CHECK(pair("J. Castellanos", "Joaquin Castellanos", "Person") > 0.7);
    CHECK(pair("K. Castellanos", "Joaquin Castellanos", "Person") < 0.7);
    CHECK(pair("E M", "Elena Morozova", "Person") < 0.1);
}

TEST_CASE("legal forms, glued words and scripts do not hide a company") {
    CHECK(pair("SIS DOO", "SIS d.o.o.", "Company") > 0.9);
    CHECK(pair("Almaz Antey", "JSC Almaz-Antey", "Company") > 0.7);
    CHECK(pair("JSCARGUMENT", "JSC Argument", "Company") > 0.9);
    CHECK(pair("ООО \"Вектор Плюс\"", "Vektor Plyus LLC", "Company") > 0.9);
    CHECK(pair("Krimea", "Crimea", "Company") > 0.7);
}

TEST_CASE("a number that differs is seen") {
    CHECK(pair("School No. 5", "School No. 5", "Organization") > pair("School No. 6", "School No. 5", "Organization") + 0.05);
}

// peers.md section 7, defect 1: a typo in the rare token and a correct common one.
TEST_CASE("a typo in the rare word beside a correct common one is found") {
    std::vector<Lists::Entry> entries;
    for (int i = 0; i < 300; ++i) entries.push_back({"Person", {{"Muhammad Common" + std::string(1, static_cast<char>('a' + i % 26)) + std::string(1, static_cast<char>('a' + i / 26)), NameKind::name}}, {}});
    entries.push_back({"Person", {{"Muhammad Zhuravlenkov", NameKind::name}}, {}});
    const Lists lists(std::move(entries));
    const auto result = screen(lists.view(), person("Muhammad Zhuravlnekov"));
    REQUIRE(!result.matches.empty());
    CHECK(result.matches.front().explanation.listed_name == "Muhammad Zhuravlenkov");
}

// Defect 2: a shared phone alone made 1.0.
TEST_CASE("a shared phone or e-mail alone makes no match") {
    const Lists lists = small_lists();
    match::Query query = person("Giovanni Bertolucci");
    query.phones.push_back("+7 495 1234567");
    CHECK(screen(lists.view(), query).matches.empty());
    query.names.clear();
    CHECK(screen(lists.view(), query).unchecked == "no name, identifier or wallet to check");
}

// Defect 3: birth dates decades apart, second dates, ranges.
TEST_CASE("birth dates decide between bearers of one name, and all listed dates and ranges count") {
    const Lists lists = small_lists();
    const auto score = [&](const char* name, const char* born) {
        const auto result = screen(lists.view(), person(name, born));
        return result.matches.empty() ? 0.0 : result.matches.front().score;
    };
    CHECK(score("Zelimkhan Quarrasov", "1961-03-14") > score("Zelimkhan Quarrasov", nullptr));
    CHECK(score("Zelimkhan Quarrasov", "1991-03-14") == 0);
    CHECK(score("Muhammad Ali Tahirov", "1963") > score("Muhammad Ali Tahirov", nullptr));
    CHECK(score("Muhammad Ali Tahirov", "1971") > score("Muhammad Ali Tahirov", nullptr));
    CHECK(score("Muhammad Ali Tahirov", "1990") == 0);
}

// Defect 6: weak and strong aliases alike.
TEST_CASE("a weak alias opens a match only when asked") {
    const Lists lists = small_lists();
    CHECK(screen(lists.view(), person("Zelo")).matches.empty());
    match::Options options;
    options.weak_aliases = true;
    const auto asked = screen(lists.view(), person("Zelo"), options);
    REQUIRE(asked.matches.size() == 1);
    CHECK(asked.matches.front().explanation.name_kind == NameKind::weak);
}

TEST_CASE("a strong identifier makes a match under another name, and another ship's number unmakes it") {
    const Lists lists = small_lists();
    match::Query query = person("Pavel Novotny");
    query.identifiers.push_back("ab-1234567");
    const auto result = screen(lists.view(), query);
    REQUIRE(result.matches.size() == 1);
    CHECK(result.matches.front().score > 0.9);
    match::Query ship;
    ship.schema = &model::schema("Vessel");
    ship.names.push_back("Krimea Star");
    ship.identifiers.push_back("IMO 9319466");
    CHECK(screen(lists.view(), ship).matches.empty());
    ship.identifiers.front() = "IMO 9074729";
    CHECK(screen(lists.view(), ship).matches.size() == 1);
}

TEST_CASE("the parts of an explanation add up to its log-odds and the score is their logistic") {
    const Lists lists = small_lists();
    match::Query query = person("Zelimkhan Quarasov", "1961");
    query.nationalities = {"ru"};
    query.gender = "male";
    const auto result = screen(lists.view(), query);
    REQUIRE(result.matches.size() == 1);
    const match::Explanation& why = result.matches.front().explanation;
    double sum = 0;
    for (const match::PartLine& part : why.parts) sum += part.log_odds;
    CHECK(sum == doctest::Approx(why.log_odds));
    CHECK(result.matches.front().score == doctest::Approx(match::probability(why.log_odds)));
    bool unknown = false;
    for (const match::EvidenceLine& line : why.evidence) unknown = unknown || (line.what == "gender" && line.verdict == match::Verdict::unknown && line.log_odds == 0);
    CHECK(unknown);
    CHECK(match::to_json(why).at("tokens").size() == 2);
}

TEST_CASE("missing evidence neither raises nor lowers, and scores do not saturate") {
    const Lists lists = small_lists();
    match::Query query = person("Muhammad Ali Tahirov");
    const double plain = screen(lists.view(), query).matches.at(0).score;
    query.emails.push_back("nobody@example.org");
    CHECK(screen(lists.view(), query).matches.at(0).score == plain);
    CHECK(plain < 0.995);
    CHECK(screen(lists.view(), person("Zelimkhan Quarrasov", "1961-03-14")).matches.at(0).score < 1.0);
}

TEST_CASE("hostile names end in an answer or a reason, never in silence or a crash") {
    const Lists lists = small_lists();
    for (const std::string& name : {std::string(), std::string("   "), std::string("a"), std::string("the of and"), std::string("\xFF\xFE\x80"), std::string("🙂🙂"),
                                   std::string("\0", 1), std::string("al"), std::string("\u200b\u202e")}) {
        INFO(name);
        CHECK(!screen(lists.view(), person(name)).unchecked.empty());
    }
    CHECK(screen(lists.view(), person(std::string(10'000, 'x'))).cut);
    std::string flood = "Quarrasov";
    for (int i = 0; i < 3000; ++i) flood += "\xCC\x81";
    CHECK(screen(lists.view(), person("Zelimkhan " + flood)).matches.size() == 1);
    CHECK(screen(lists.view(), organisation("12345")).unchecked.empty());
    CHECK(screen(index::NamesView{}, person("Anybody Here")).matches.empty());
}

TEST_CASE("any number of threads gives the same answers") {
    const Lists lists = small_lists();
    const auto once = screen(lists.view(), person("Zelimkhan Quarasov", "1961"));
    std::vector<double> scores(8, 0);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < scores.size(); ++i)
        threads.emplace_back([&, i] {
            for (int round = 0; round < 50; ++round) scores[i] = screen(lists.view(), person("Zelimkhan Quarasov", "1961")).matches.at(0).score;
        });
    for (std::thread& thread : threads) thread.join();
    for (const double score : scores) CHECK(score == once.matches.at(0).score);
}
