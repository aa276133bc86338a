#include "liaison/identifier/find.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace liaison::identifier;
using Lines = std::vector<std::string>;

namespace {

/// "text -> key" of each span.
Lines found(std::string_view text) {
    Lines lines;
    for (const Span& span : find_identifiers(text)) {
        lines.push_back(std::string(text.substr(span.start, span.end - span.start)) + " -> " + span.reading.key);
    }
    return lines;
}

}  // namespace

TEST_CASE("labels, checksums and forms are found in a sentence with their exact spans") {
    CHECK(found("The vessel (IMO 9187629, MMSI: 445393000) was paid to 1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i, then "
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed.") ==
          Lines{"9187629 -> imo:9187629", "445393000 -> mmsi:445393000",
                "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i -> bitcoin:0065a16059864a2fdbc7c99a4723a8395bc6f188eb",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed -> evm:5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"});
    CHECK(found("SWIFT: KKBCKPPY, account DE89 3704 0044 0532 0130 00, LEI 529900T8BM49AURSDO55, INN 7707083893, tel. "
                "+850 2 381 5827, 2024.") ==
          Lines{"KKBCKPPY -> bic:KKBCKPPY", "DE89 3704 0044 0532 0130 00 -> iban:DE89370400440532013000",
                "529900T8BM49AURSDO55 -> lei:529900T8BM49AURSDO55", "7707083893 -> inn:7707083893",
                "+850 2 381 5827 -> phone:+85023815827"});
    CHECK(found("Pay bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a or BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4") ==
          Lines{"bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a -> "
                "bitcoin:0076a04053bda0a88bda5177b86a15c3b29f559873",
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4 -> bitcoin-segwit:00751e76e8199196d454941c45d1b3a323f1433bd6"});
}

TEST_CASE("addresses are found plain and defanged") {
    CHECK(found("Write to kim[at]example[.]com or ho@first-credit.kp; C2 is evil[.]example[.]net, "
                "hxxps://bad-site[.]org/path?x=1. See www.treasury.gov.") ==
          Lines{"kim[at]example[.]com -> email:kim@example.com", "ho@first-credit.kp -> email:ho@first-credit.kp",
                "evil[.]example[.]net -> domain:evil.example.net", "hxxps://bad-site[.]org -> domain:bad-site.org",
                "www.treasury.gov -> domain:treasury.gov"});
    CHECK(found("mail name (at) corp (dot) com please") == Lines{"name (at) corp (dot) com -> email:name@corp.com"});
}

TEST_CASE("words, sentence ends, abbreviations, file names and hashes are nothing") {
    for (const char* text :
         {"It was over.The end.", "e.g.in U.S.A. a.m. 3.14 v2.0.1", "see notes.txt, README.md, run_all.sh and main.py",
          "antidisestablishmentarianism Donaudampfschiffahrtselektrizitaetenhauptbetriebswerk",
          "IMO members met; SWIFT banking code; the INN at 7 Main Street", "IMO 9187628",
          "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
          "vines1vzrYbzLMRdu58ou5XTby4qAqVRLmqo36NKPTg", "société.com", "@handle and # tags", "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62j",
          "12345678901234567890", "+1 2", "a@b", "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320"}) {
        CAPTURE(text);
        CHECK(found(text).empty());
    }
}

TEST_CASE("a Solana address is found only where a word nearby says that it is a wallet") {
    CHECK(found("his wallet was vines1vzrYbzLMRdu58ou5XTby4qAqVRLmqo36NKPTg.").size() == 1);
    CHECK(found("the build id was vines1vzrYbzLMRdu58ou5XTby4qAqVRLmqo36NKPTg.").empty());
}

TEST_CASE("ideographs set no spaces; letters of other alphabets belong to the word") {
    CHECK(found("联系a.b@example.com，地址0x52908400098527886E0F7030069857D2E4169EE7号") ==
          Lines{"a.b@example.com -> email:a.b@example.com",
                "0x52908400098527886E0F7030069857D2E4169EE7 -> evm:52908400098527886e0f7030069857d2e4169ee7"});
    CHECK(found("ИНН 7707083893") == Lines{"7707083893 -> inn:7707083893"});
}

TEST_CASE("hostile text takes linear time: a megabyte of each bad pattern is done in seconds") {
    for (const char* pattern : {"a.", "a@", "+1-", "1", "[at]", "x[.]", "IMO ", "GB82 ", "http://", "bitcoincash:", "\xe4",
                                "0x", "tel +1 ", "wallet vines1vzrYbzLMRdu58ou5XTby4qAqVRLmqo36NKPTX "}) {
        CAPTURE(pattern);
        std::string text;
        while (text.size() < 1'000'000) {
            text += pattern;
        }
        const auto start = std::chrono::steady_clock::now();
        (void)find_identifiers(text);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    }
}
