#include "adapter/un_comments.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace liaison::adapter::un;

namespace {

/// "Directorship > QDe.004 [Leader of]": > outward, < inward, * former.
std::string read(std::string_view reference, std::string_view text) {
    std::string joined;
    for (const Relation& relation : read_comments(reference, text).relations) {
        joined += joined.empty() ? "" : "; ";
        joined += relation.schema + (relation.direction == Direction::outward ? " > " : " < ") + relation.reference;
        joined += relation.role.empty() ? "" : " [" + relation.role + "]";
        joined += relation.former ? "*" : "";
    }
    return joined;
}

}  // namespace

TEST_CASE("the words before a reference say what binds a person to it") {
    CHECK(read("QDi.006", "Senior leader of Sample Front (QDe.004).") == "Directorship > QDe.004 [Senior leader of]");
    CHECK(read("QDi.006", "Former member of Sample Front (QDe.004).") == "Membership > QDe.004 [Former member of]*");
    CHECK(read("QDi.006", "Brother of A B (QDi.087).") == "Family > QDi.087 [Brother of]");
    CHECK(read("QDi.006", "Father’s name is A B (QDi.087).") == "Family > QDi.087 [Father’s name is]");
    CHECK(read("TAi.162", "Co-owner of X Money Exchange (TAe.010) and associated also with A B (TAi.163).") ==
          "Ownership > TAe.010 [Co-owner of]; Associate > TAi.163 [associated also with]");
    CHECK(read("TAi.157", "Has raised funds on behalf of A B (TAi.144).") == "Representation > TAi.144 [Has raised funds on behalf of]");
    CHECK(read("QDi.294", "Provided training to X Group (QDe.001).") == "UnknownLink > QDe.001 [Provided training to]");
    CHECK(read("QDi.294", "Seen near X Group (QDe.001).") == "UnknownLink > QDe.001");
    CHECK(read("QDi.294", "Seen near A B (QDi.001).") == "Associate > QDi.001");
    CHECK(read("CFi.010", "Deputy in Lord’s Army (LRA) (CFe.002) and the son of LRA leader J K (CFi.009).") ==
          "Directorship > CFe.002 [Deputy in]; Family > CFi.009 [the son of]");
}

TEST_CASE("a cue reaches over a list of references and stops at the next cue") {
    CHECK(read("QDi.241", "Member of A (QDe.128), and associated with B (QDe.001) and C (QDe.092).") ==
          "Membership > QDe.128 [Member of]; UnknownLink > QDe.001 [associated with]; UnknownLink > QDe.092 [associated with]");
    CHECK(read("QDi.245", "Member of A (QDe.128), B (QDe.001) and C (QDe.092).") ==
          "Membership > QDe.128 [Member of]; Membership > QDe.001 [Member of]; Membership > QDe.092 [Member of]");
}

TEST_CASE("in the record of an entity the edge runs from who leads, owns or belongs") {
    CHECK(read("QDe.014", "Headed by A B (QDi.232).") == "Directorship < QDi.232 [Headed by]");
    CHECK(read("CFe.002", "The leader is J K (CFi.009).") == "Directorship < CFi.009 [The leader is]");
    CHECK(read("HTe.001", "L E (HTi.007) is the leader of the gang.") == "Directorship < HTi.007 [is the leader]");
    CHECK(read("TAe.011", "Owned by A B (TAi.166).") == "Ownership < TAi.166 [Owned by]");
    CHECK(read("TAe.012", "Other listed members include A B (TAi.146), C D (TAi.152).") ==
          "Membership < TAi.146 [Other listed members include]; Membership < TAi.152 [Other listed members include]");
    CHECK(read("KPe.007", "Changed name as Ministry (KPe.027) in 2013.") == "Succession > KPe.027 [Changed name as]");
    CHECK(read("QDe.012", "Absorbed into X (QDe.004).") == "Succession > QDe.004 [Absorbed into]");
    CHECK(read("QDe.141", "Result of a merger between A (QDe.140) and B (QDe.134).") ==
          "Succession < QDe.140 [Result of a merger between]; Succession < QDe.134 [Result of a merger between]");
    CHECK(read("QDe.147", "Humanitarian wing of X (QDe.092).") == "Membership > QDe.092 [Humanitarian wing of]");
    CHECK(read("QDe.137", "Associated with X, listed as Y (QDe.115), and its leader A B (QDi.299).") ==
          "UnknownLink > QDe.115 [Associated with]; UnknownLink > QDi.299");
}

TEST_CASE("a title right after the reference counts") {
    CHECK(read("QDi.293", "Senior Sample Group (QDe.092) leader.") == "Directorship > QDe.092 [leader]");
    CHECK(read("TAi.169", "Senior X (HQN) (TAe.012) member.") == "Membership > TAe.012 [member]");
    CHECK(read("QDi.330", "Has ties to numerous senior X (QDe.004) leaders.") == "UnknownLink > QDe.004 [Has ties to]");
}

TEST_CASE("sentences do not end at abbreviations, and the evidence is the sentence") {
    const Comments comments = read_comments("TAi.165", "First thing.  Owner of Rahat Ltd. (TAe.013) as of Jun.\n 2015. Last thing.");
    REQUIRE(comments.relations.size() == 1);
    CHECK(comments.relations[0].sentence == "Owner of Rahat Ltd. (TAe.013) as of Jun. 2015.");
    CHECK(comments.relations[0].schema == "Ownership");
    CHECK(comments.relations[0].name == "Rahat Ltd");
    CHECK(read_comments("QDe.002", "Funds through the Al-Haramain Foundation (Somalia) (QDe.072).").relations[0].name ==
          "Al-Haramain Foundation (Somalia)");
}

TEST_CASE("a record's own number is no relation, and a number without its full stop is reported") {
    const Comments comments = read_comments("QDi.006", "Also QDi.006. Linked to A B (QDi322) and QDi. 087.");
    REQUIRE(comments.relations.size() == 1);
    CHECK(comments.relations[0].reference == "QDi.087");
    CHECK(comments.malformed == std::vector<std::string>{"QDi322"});
    CHECK(is_reference("QDi.001"));
    for (const char* text : {"QDi001", "QDx.001", "qDi.001", "QDi.01", "QDi.001x", "", "QDi.0010"}) {
        CAPTURE(text);
        CHECK_FALSE(is_reference(text));
    }
}
