// Damaged files: refused as a whole with a clear message, or read with an issue for what is wrong.

#include "liaison/adapter/adapter.hpp"
#include "liaison/base/error.hpp"
#include "support/collecting_sink.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace liaison;

namespace {

std::string advanced(std::string_view parties, std::string_view entries = {}) {
    return "<Sanctions><DateOfIssue><Year>2026</Year><Month>1</Month><Day>9</Day></DateOfIssue><ReferenceValueSets>"
           "<AliasTypeValues><AliasType ID='1'>Name</AliasType></AliasTypeValues>"
           "<NamePartTypeValues><NamePartType ID='1'>Entity Name</NamePartType></NamePartTypeValues>"
           "<PartySubTypeValues><PartySubType ID='3' PartyTypeID='2'>Unknown</PartySubType></PartySubTypeValues>"
           "<PartyTypeValues><PartyType ID='2'>Entity</PartyType></PartyTypeValues>"
           "<ListValues><List ID='5'>SDN List</List></ListValues>"
           "</ReferenceValueSets><DistinctParties>" +
           std::string(parties) + "</DistinctParties><SanctionsEntries>" + std::string(entries) + "</SanctionsEntries></Sanctions>";
}

std::string party(std::string_view uid, std::string_view name) {
    return "<DistinctParty><Profile ID='" + std::string(uid) +
           "' PartySubTypeID='3'><Identity ID='1'><Alias AliasTypeID='1'><DocumentedName><DocumentedNamePart>"
           "<NamePartValue NamePartGroupID='1'>" + std::string(name) +
           "</NamePartValue></DocumentedNamePart></DocumentedName></Alias><NamePartGroups><MasterNamePartGroup>"
           "<NamePartGroup ID='1' NamePartTypeID='1'/></MasterNamePartGroup></NamePartGroups></Identity></Profile></DistinctParty>";
}

test::CollectingSink read(std::string_view format, std::string_view bytes) {
    test::CollectingSink sink;
    (void)adapter::find_adapter(format)->read({record::source_from_memory("list.xml", bytes)}, {}, sink);
    return sink;
}

std::string refusal(std::string_view format, std::string_view bytes) {
    try {
        (void)read(format, bytes);
    } catch (const base::InputError& error) {
        CHECK_FALSE(error.hint().empty());
        return error.what();
    }
    return "read";
}

test::CollectingSink read_csv(const std::vector<std::pair<std::string, std::string>>& parts) {
    record::FileSet files;
    for (const auto& [name, bytes] : parts) {
        files.push_back(record::source_from_memory(name, bytes));
    }
    test::CollectingSink sink;
    (void)adapter::find_adapter("ofac_csv")->read(files, {}, sink);
    return sink;
}

const std::string add_csv = "1,1,-0- ,\"Havana\",\"Cuba\",-0- \r\n";
const std::string alt_csv = "1,1,\"aka\",\"B\",-0- \r\n";

std::string sdn_row(std::string_view uid, std::string_view name, std::string_view remarks = "-0- ") {
    return std::string(uid) + ",\"" + std::string(name) + "\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ," +
           std::string(remarks) + "\r\n";
}

}  // namespace

TEST_CASE("every XML adapter refuses what is no list of its kind") {
    for (const std::string_view format : {"ofac_advanced_xml", "ofac_enhanced_xml", "ofac_sdnlist_xml"}) {
        CAPTURE(format);
        CHECK(refusal(format, "") == "list.xml is empty");
        CHECK(refusal(format, "<!DOCTYPE html><html><body>503</body></html>") == "list.xml is an HTML page, not XML");
        CHECK(refusal(format, "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>") == "list.xml:1: a DOCTYPE declaration is refused");
        CHECK(refusal(format, "<rss><channel/></rss>").starts_with("list.xml: the document element is <rss>, not <"));
    }
}

TEST_CASE("a file cut anywhere is refused, wherever it was cut") {
    const std::string whole = advanced(party("1", "ONE") + party("2", "TWO"), "<SanctionsEntry ID='1' ProfileID='1' ListID='5'/>");
    CHECK(read("ofac_advanced_xml", whole).entities.size() == 3);
    for (std::size_t size = 1; size < whole.size(); size += 7) {
        CHECK(refusal("ofac_advanced_xml", std::string_view(whole).substr(0, size)) != "read");
    }
}

TEST_CASE("an unknown reference value is an issue with its place, and the rest of the record is kept") {
    std::string text = advanced(party("1", "ONE"), "<SanctionsEntry ID='1' ProfileID='1' ListID='777'/>");
    const test::CollectingSink got = read("ofac_advanced_xml", text);
    REQUIRE(got.issues_of("unknown-reference-value") == 1);
    CHECK(got.issues.front().message == "List 777 is not among the file's reference values");
    CHECK(got.issues.front().record == "1");
    CHECK(got.text("ofac-1", "name") == "ONE");
    CHECK(got.count("Sanction") == 1);
}

TEST_CASE("parties without id, name or kind are said to be so") {
    const test::CollectingSink got = read("ofac_advanced_xml", advanced(party("", "NOBODY") + party("7", "") +
                                                                        "<DistinctParty><Profile ID='8'/></DistinctParty>"));
    CHECK(got.issues_of("record-without-id") == 1);
    CHECK(got.issues_of("party-without-name") == 2);
    CHECK(got.issues_of("unknown-party-type") == 1);
    CHECK(got.entities.size() == 2);
}

TEST_CASE("numbers that are no numbers and dates that are no dates do no harm") {
    const std::string text =
        "<sdnList><publshInformation><Publish_Date>99/99/2026</Publish_Date><Record_Count>many</Record_Count></publshInformation>"
        "<sdnEntry><uid>x;1</uid><lastName>ODD</lastName><sdnType>Entity</sdnType><dateOfBirthList><dateOfBirthItem>"
        "<dateOfBirth>30 Feb 1970</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>";
    const test::CollectingSink got = read("ofac_sdnlist_xml", text);
    CHECK(got.issues_of("impossible-date") == 2);
    CHECK(got.text("ofac-x;1", "notes") == "DOB: 30 Feb 1970");
}

TEST_CASE("a CSV set names what is missing, foreign or twice there") {
    const std::string sdn = sdn_row("1", "A");
    CHECK_THROWS_WITH_AS(read_csv({{"sdn.csv", sdn}, {"add.csv", add_csv}}),
                         "the CSV set is incomplete: alt.csv (or cons_alt.csv) is missing", base::InputError);
    CHECK_THROWS_WITH_AS(read_csv({{"sdn.csv", sdn}, {"add.csv", "<html>403</html>"}, {"alt.csv", alt_csv}}),
                         "add.csv is an HTML page, not a CSV file", base::InputError);
    CHECK_THROWS_WITH_AS(read_csv({{"sdn.csv", sdn}, {"add.csv", ""}, {"alt.csv", alt_csv}}), "add.csv is empty",
                         base::InputError);
    CHECK_THROWS_WITH_AS(read_csv({{"sdn.csv", sdn}, {"add.csv", "a;b;c\n"}, {"alt.csv", alt_csv}}),
                         "add.csv is no part of OFAC's CSV set", base::InputError);
    CHECK_THROWS_WITH_AS(read_csv({{"sdn.csv", sdn}, {"old_sdn.csv", sdn}, {"add.csv", add_csv}, {"alt.csv", alt_csv}}),
                         "sdn.csv and old_sdn.csv are both sdn.csv (or cons_prim.csv)", base::InputError);
    CHECK_THROWS_WITH_AS(read_csv({{"sdn.csv", "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Remarks\n1,A,,X,,,,\n"},
                                   {"add.csv", add_csv}, {"alt.csv", alt_csv}}),
                         "sdn.csv:1: column Tonnage is missing from the header", base::InputError);
}

TEST_CASE("the parts of a CSV set are told by content, whatever their names") {
    const test::CollectingSink got = read_csv({{"x", alt_csv}, {"y", sdn_row("1", "A")}, {"z", add_csv}});
    CHECK(got.text("ofac-1", "name") == "A");
    CHECK(got.text("ofac-1", "alias") == "B");
    CHECK(got.text("ofac-1", "address") == "Havana, Cuba");
}

TEST_CASE("remarks go on in the comments without a separator, else their last item is not trusted") {
    std::string long_remark = "DOB 1970; " + std::string(950, 'x') + "; Passport A12345";
    while (long_remark.size() < 1000) {
        long_remark += '6';
    }
    const std::string sdn = sdn_row("1", "A", "\"" + long_remark + "\"");
    const test::CollectingSink cut = read_csv({{"sdn.csv", sdn}, {"add.csv", add_csv}, {"alt.csv", alt_csv}});
    CHECK(cut.issues_of("truncated-remarks") == 1);
    CHECK(cut.count("Passport") == 0);
    const test::CollectingSink whole = read_csv(
        {{"sdn.csv", sdn}, {"add.csv", add_csv}, {"alt.csv", alt_csv}, {"sdn_comments.csv", "1,\"789 (Iran).\"\r\n"}});
    CHECK(whole.issues_of("truncated-remarks") == 0);
    CHECK(whole.count("Passport") == 1);
}

TEST_CASE("bytes of Windows-1252 in a CSV row are read as such") {
    const test::CollectingSink got =
        read_csv({{"sdn.csv", sdn_row("1", "CAF\xC9 S.A.") + sdn_row("2", "PERU\xC3\xA9")}, {"add.csv", add_csv}, {"alt.csv", alt_csv}});
    CHECK(got.text("ofac-1", "name") == "CAF\xC3\x89 S.A.");
    CHECK(got.text("ofac-2", "name") == "PERU\xC3\xA9");
}
