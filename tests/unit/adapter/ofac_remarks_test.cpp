#include "adapter/ofac_remarks.hpp"

#include "support/collecting_sink.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace liaison;
using namespace liaison::adapter;
using namespace liaison::adapter::ofac;

namespace {

using Texts = std::vector<std::string>;

struct Reading {
    Party party;
    test::CollectingSink sink;
};

Reading read(std::string_view item, PartyKind kind = PartyKind::individual) {
    Reading reading;
    reading.party.uid = "7";
    reading.party.kind = kind;
    Emitter emitter({}, reading.sink);
    add_remark_item(item, reading.party, emitter);
    return reading;
}

}  // namespace

TEST_CASE("items are parted by semicolons and lose the final full stop") {
    CHECK(split_remarks("DOB 1962; POB Shati.").items == Texts{"DOB 1962", "POB Shati"});
    CHECK(split_remarks("all offices worldwide").items == Texts{"all offices worldwide"});
    CHECK(split_remarks("").items.empty());
    CHECK(split_remarks("see http://example.org/a;b=1; DOB 1970.").items == Texts{"see http://example.org/a;b=1", "DOB 1970"});
}

TEST_CASE("links are found in both spellings, brackets in names and all") {
    CHECK(split_remarks("DOB 1962; Linked To: ACME CO., LTD; Linked To: B (LONDON) LIMITED.").links ==
          Texts{"ACME CO., LTD", "B (LONDON) LIMITED"});
    const Remarks bracketed = split_remarks("Additional text (Linked To: GUARD (IRGC)-QODS FORCE) (Linked To: HIZBALLAH).");
    CHECK(bracketed.links == Texts{"GUARD (IRGC)-QODS FORCE", "HIZBALLAH"});
    CHECK(bracketed.items == Texts{"Additional text"});
    CHECK(split_remarks("a; (Linked To: CUT IN THE MID").links == Texts{"CUT IN THE MID"});
}

TEST_CASE("remarks of a size that nobody publishes are one note and take no time") {
    std::string links;
    for (int i = 0; i < 1'000'000; ++i) {
        links += "(Linked To: A" + std::to_string(i) + ") ";
    }
    CHECK(split_remarks(links).items.size() == 1);
    CHECK(split_remarks(links).links.empty());
    const std::string open(60'000, '(');
    CHECK(split_remarks("(Linked To: " + open).links.size() == 1);
}

TEST_CASE("documents give number, country and dates") {
    const Reading got = read("alt. Passport K754050 (Korea, North) issued 26 May 1999 expires 25 May 2004");
    REQUIRE(got.party.documents.size() == 1);
    const IdDocument& document = got.party.documents.front();
    CHECK(document.type == "Passport");
    CHECK(document.number == "K754050");
    CHECK(document.country_code == "kp");
    CHECK(document.issued.edtf == "1999-05-26");
    CHECK(document.issued.original == "26 May 1999");
    CHECK(document.expires.edtf == "2004-05-25");
    CHECK(read("Passport A1 issued 1999 (Iran)").party.documents.front().country_text == "Iran");
    CHECK(read("Tax ID No. AABA 670850 Y").party.documents.front().number == "AABA 670850 Y");
    CHECK(read("NIT # 800018928-0 (Colombia)").party.documents.front().number == "800018928-0");
    CHECK(read("Business Registration Document # F01 (United States)").party.documents.front().number == "F01");
    CHECK(read("C.R. No. 5577 (Cali)").party.documents.front().place == "Cali");
    CHECK(read("Passport issued in Sarajevo, Bosnia").party.notes == Texts{"Passport issued in Sarajevo, Bosnia"});
    CHECK(read("License 1000 (room 5)").party.documents.front().number == "1000 (room 5)");
}

TEST_CASE("the longest label wins") {
    CHECK(read("Registration Number 26740").party.documents.front().type == "Registration Number");
    CHECK(read("Business Registration Number 1").party.documents.front().type == "Business Registration Number");
    CHECK(read("citizen Burma").party.features.front().label == "citizen");
    CHECK(read("Citizen's Card Number 12").party.documents.front().type == "Citizen's Card Number");
    CHECK(read("Aircraft Manufacturer\xE2\x80\x99s Serial Number (MSN) 12", PartyKind::aircraft).party.features.front().value == "12");
}

TEST_CASE("dates keep the publisher's words") {
    const Feature date = read("alt. DOB circa 1951").party.features.front();
    CHECK(date.date.edtf == "1951~");
    CHECK(date.date.original == "circa 1951");
    CHECK(read("DOB 1951 to 1953").party.features.front().date.edtf == "1951/1953");
    const Reading impossible = read("DOB 31 Feb 1951");
    CHECK(impossible.party.features.front().date.edtf.empty());
    CHECK(impossible.sink.issues.front().reason == "impossible-date");
}

TEST_CASE("quoted aliases are weak, wallets keep their ticker, the rest is a note") {
    const Name alias = read("a.k.a. 'APPLEWORM'").party.names.front();
    CHECK(alias.weak);
    CHECK(full_name(alias) == "APPLEWORM");
    CHECK(full_name(read("f.k.a. 'SMITH, Al'").party.names.front()) == "Al SMITH");
    const Feature wallet = read("alt. Digital Currency Address - XBT 1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo").party.features.front();
    CHECK(wallet.label == "Digital Currency Address - XBT");
    CHECK(wallet.value == "1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo");
    CHECK(read("info@example.org").party.features.front().label == "Email Address");
    CHECK(read("www.example.org").party.features.front().label == "Website");
    CHECK(read("@handle").party.notes == Texts{"@handle"});
    CHECK(read("ICTY indictee").party.notes == Texts{"ICTY indictee"});
    CHECK(read("Listing Date (CMIC) 03 Jun 2021").party.features.front().date.edtf == "2021-06-03");
    CHECK(read("Executive Order 99999 Something - Subject to Directive 1").party.features.front().label ==
          "Executive Order 99999 Something");
}

TEST_CASE("what looks like a label and a number but is not known is an issue and a note") {
    const Reading got = read("Zodiac Number 12345");
    CHECK(got.party.notes == Texts{"Zodiac Number 12345"});
    REQUIRE(got.sink.issues.size() == 1);
    CHECK(got.sink.issues.front().reason == "unknown-remark");
    CHECK(read("Member of the Board").sink.issues.empty());
}

TEST_CASE("names part at the first comma for persons only") {
    CHECK(split_name("VAN DAMME, Jean Claude, Jr.", PartyKind::individual)[1].text == "Jean Claude, Jr.");
    CHECK(split_name("ANGLO-CARIBBEAN CO., LTD.", PartyKind::entity).size() == 1);
}
