#include "liaison/base/error.hpp"
#include "liaison/match/batch.hpp"

#include <doctest/doctest.h>

using namespace liaison;
using match::BatchOptions;
using match::BatchRecord;

namespace {

std::vector<BatchRecord> read_all(std::string_view bytes, BatchOptions options = {}) {
    match::BatchReader reader(record::source_from_memory("customers", bytes), std::move(options));
    std::vector<BatchRecord> out;
    BatchRecord record;
    while (reader.next(record)) out.push_back(record);
    return out;
}

}  // namespace

TEST_CASE("named columns of CSV become a query, several values split by a semicolon") {
    const auto records = read_all("id,name,schema,birth_date,nationality,country,gender,id_number\n"
                                  "c1,Viktor But;Viktor Bout,Person,1967-1-3,af,Denmark,M,AB123\n");
    REQUIRE(records.size() == 1);
    const match::Query& query = records[0].query;
    CHECK(query.id == "c1");
    CHECK(query.names == std::vector<std::string>{"Viktor But", "Viktor Bout"});
    CHECK(query.schema->name == "Person");
    REQUIRE(query.birth_dates.size() == 1);
    CHECK(model::to_string(query.birth_dates[0]) == "1967-01-03");
    CHECK(query.nationalities == std::vector<std::string>{"af"});
    CHECK(query.countries == std::vector<std::string>{"dk"});
    CHECK(query.gender == "male");
    CHECK(records[0].problems.empty());
}

TEST_CASE("unusable evidence is told on the row and the name is still screened") {
    const auto records = read_all("name,birth_date,country\nViktor But,31.02.1967,Atlantis\n");
    REQUIRE(records.size() == 1);
    CHECK(records[0].unchecked.empty());
    CHECK(records[0].query.names.size() == 1);
    REQUIRE(records[0].problems.size() == 2);
    CHECK(records[0].problems[0] == "birth date \"31.02.1967\" is not a date that exists; not used");
    CHECK(records[0].problems[1] == "country \"Atlantis\" is no country; not used");
}

TEST_CASE("a record without a usable name is unchecked with its reason, and the rest goes on") {
    const auto records = read_all("name,country\nAnna Weiss,at\n,at\n\"broken \"quote,at\nPeter Weiss,at\n");
    REQUIRE(records.size() >= 3);
    CHECK(records[0].unchecked.empty());
    CHECK(records[1].unchecked == "no name, identifier or wallet to check");
    CHECK(records[2].unchecked.find("line 4: malformed-quote") == 0);
    CHECK(records.back().query.names == std::vector<std::string>{"Peter Weiss"});
    CHECK(read_all("name\n" + std::string(10'000, 'x') + "\n")[0].unchecked == "the name has 10000 bytes; at most 1500 are read as a name");
}

TEST_CASE("an unknown column is an error unless mapped or ignored") {
    CHECK_THROWS_WITH_AS(read_all("name,Shoe size\nA,4\n"), "customers line 1: no column \"Shoe size\" is known", base::UsageError);
    BatchOptions ignore;
    ignore.ignore_columns = true;
    CHECK(read_all("name,Shoe size\nAnna,4\n", ignore).size() == 1);
    BatchOptions mapped;
    mapped.columns["Full name"] = "name";
    CHECK(read_all("Full name\nAnna Weiss\n", mapped)[0].query.names.at(0) == "Anna Weiss");
    mapped.columns["Full name"] = "nonsense";
    CHECK_THROWS_AS(read_all("Full name\nAnna\n", mapped), base::UsageError);
    CHECK_THROWS_AS(read_all("country\nat\n"), base::UsageError);
}

TEST_CASE("NDJSON and FollowTheMoney entities are read, and a broken line costs only itself") {
    const auto records = read_all("{\"id\": \"1\", \"name\": [\"Anna Weiss\"], \"birth_date\": \"1970\"}\n"
                                  "not json\n"
                                  "{\"id\": \"x\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Peter Weiss\"], \"birthDate\": [\"1960-05-01\"], \"nationality\": [\"at\"]}}\n");
    REQUIRE(records.size() == 1 + 1 + 1);
    CHECK(records[0].query.birth_dates.size() == 1);
    CHECK(records[1].unchecked == "line 2: not a JSON object: not json");
    CHECK(records[2].query.schema->name == "Person");
    CHECK(records[2].query.nationalities.size() == 1);
    const std::string deep = "{\"name\": " + std::string(5000, '[') + std::string(5000, ']') + "}\n";
    CHECK(!read_all(deep)[0].unchecked.empty());
}
