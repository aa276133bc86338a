#include "liaison/article/near_duplicate.hpp"

#include <doctest/doctest.h>

using namespace liaison::article;

TEST_CASE("An abridged copy with another headline and another figure is the same story, another story is not") {
    const std::string body =
        "The exchange said that attackers took coins worth 1,800 dollars from its wallets on Monday night and moved them through three mixers. "
        "Its engineers stopped all withdrawals within an hour and called the police of two countries, who froze some of the coins the next day. "
        "Customers will be paid back from the company's own reserves, the chief executive said in a letter. ";
    std::string copy = "EXCHANGE ROBBED. " + body.substr(0, body.find("Customers"));
    copy.replace(copy.find("1,800"), 5, "2,000");
    const std::vector<Fingerprint> prints = {
        fingerprint(parse_document("a.txt", body)), fingerprint(parse_document("b.txt", copy)),
        fingerprint(parse_document("c.txt", "The parliament voted on the budget late at night after a debate of nine hours, and the minister thanked the members of the house for it."))};
    CHECK(containment(prints[0], prints[1]) > 0.9);
    CHECK(story_clusters(prints) == std::vector<std::size_t>{0, 0, 2});
}
