#include "liaison/identifier/reading.hpp"

#include "liaison/identifier/bic.hpp"
#include "liaison/identifier/document.hpp"
#include "liaison/identifier/domain.hpp"
#include "liaison/identifier/email.hpp"
#include "liaison/identifier/iban.hpp"
#include "liaison/identifier/imo.hpp"
#include "liaison/identifier/lei.hpp"
#include "liaison/identifier/mmsi.hpp"
#include "liaison/identifier/phone.hpp"
#include "liaison/identifier/tax.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace liaison::identifier;

namespace {

/// "kind validity key" of each reading, in order.
std::vector<std::string> said(std::string_view text) {
    std::vector<std::string> lines;
    for (const Reading& reading : read_any(text)) {
        lines.push_back(std::string(to_string(reading.kind)) + " " + std::string(to_string(reading.validity)) + " " +
                        reading.key);
    }
    return lines;
}
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an IMO number is read with and without its label, as a ship's or a company's by its check digit") {
    CHECK(is_imo_ship("9074729"));
    CHECK_FALSE(is_imo_ship("9074728"));
    CHECK(is_imo_company("1790183"));
    CHECK_FALSE(is_imo_company("9187629"));
    CHECK(said("IMO 9187629") == Lines{"imo valid imo:9187629"});
    CHECK(said("imo no. 9187629") == Lines{"imo valid imo:9187629"});
    CHECK(said("IMO9187629") == Lines{"imo valid imo:9187629"});
    CHECK(said("9187629") == Lines{"imo valid imo:9187629", "document well_formed document:9187629"});
    CHECK(said("IMO 9187628") == Lines{"imo invalid imo:9187628"});
    CHECK(said("IMO 918762") == Lines{"imo malformed imo:918762"});
    CHECK(said("9187628") == Lines{"document well_formed document:9187628"});
}

TEST_CASE("an MMSI has nine digits of a known form and no check digit") {
    CHECK(read_mmsi("445393000")->validity == Validity::well_formed);
    CHECK(read_mmsi("002241022"));
    CHECK(read_mmsi("970012345"));
    CHECK_FALSE(read_mmsi("145393000"));
    CHECK(read_mmsi("MMSI 145393000")->validity == Validity::malformed);
}

TEST_CASE("LEI and IBAN verify by mod 97 in any grouping, and say what is wrong") {
    CHECK(said("5299 00T8 BM49 AURS DO55") == Lines{"lei valid lei:529900T8BM49AURSDO55"});
    CHECK(read_lei("529900T8BM49AURSDO56")->note == "the check digits are wrong (ISO 17442)");
    CHECK(read_lei("LEI 529900T8")->validity == Validity::malformed);
    CHECK(said("GB82 WEST 1234 5698 7654 32") == Lines{"iban valid iban:GB82WEST12345698765432"});
    CHECK(said("de89-3704-0044-0532-0130-00") == Lines{"iban valid iban:DE89370400440532013000"});
    CHECK(read_iban("GB82WEST12345698765433")->validity == Validity::invalid);
    CHECK(read_iban("IBAN GB82WEST1234")->note == "an IBAN of GB has 22 characters, not 12");
    CHECK_FALSE(read_iban("KP12345678901234"));
    CHECK(iban_length("NO") == 15);
    CHECK(iban_length("KP") == 0);
}

TEST_CASE("a BIC needs a country that exists; three X are the head office; words are not BICs") {
    CHECK(said("KKBCKPPY") == Lines{"bic well_formed bic:KKBCKPPY"});
    CHECK(read_bic("KKBCKPPY" + std::string(3, 'X'))->key == "bic:KKBCKPPY");
    CHECK(read_bic("KKBCKPPY001")->key == "bic:KKBCKPPY001");
    CHECK(read_bic("KKBCKPPY")->country == "KP");
    CHECK(said("SWIFT: kkbckppy") == Lines{"bic well_formed bic:KKBCKPPY"});
    CHECK_FALSE(read_bic("SANCTION"));
    CHECK_FALSE(read_bic("Sakhalin"));
    CHECK(read_bic("BIC SANCTION")->validity == Validity::malformed);
}

TEST_CASE("INN, OGRN and USCC verify by their check digits") {
    CHECK(is_inn("7707083893"));
    CHECK_FALSE(is_inn("7707083894"));
    CHECK(is_inn("500100732259"));
    CHECK_FALSE(is_inn("500100732269"));
    CHECK_FALSE(is_inn("0000000000"));
    CHECK(is_ogrn("1027700132195"));
    CHECK_FALSE(is_ogrn("1027700132196"));
    CHECK(is_ogrn("304500116000157"));
    CHECK(is_uscc("91350100M000100Y43"));
    CHECK_FALSE(is_uscc("91350100M000100Y44"));
    CHECK_FALSE(is_uscc("91350100I000100Y43"));
    CHECK(said("ИНН 7707083893") == Lines{"inn valid inn:7707083893"});
    CHECK(said("7707083893 (Russia)") == Lines{"inn valid inn:7707083893", "document well_formed document:7707083893"});
    CHECK(identifier_key(Kind::uscc, "91350100M000100Y43 (China)") == "uscc:91350100M000100Y43");
    CHECK(said("INN 7707083890") == Lines{"inn invalid inn:7707083890"});
    CHECK(said("ОГРН: 1027700132195") == Lines{"ogrn valid ogrn:1027700132195"});
}

TEST_CASE("document numbers are compared by letters and digits, whatever the alphabet they were typed in") {
    CHECK(normal_number("A 123-456") == "A123456");
    CHECK(normal_number("No. A123456 (Iran)") == "A123456");
    CHECK(normal_number("АК 123456") == "AK123456");  // Cyrillic capitals
    CHECK(normal_number("۱۲۳۴۵۶۷") == "1234567");
    CHECK(normal_number("Ａ１２３") == "A123");
    CHECK(normal_number("№ 4509 123456") == "4509123456");
    CHECK(normal_number("Щ12") == "Щ12");
    CHECK(normal_number("\xff\x41") == "\xef\xbf\xbd" "A");
    CHECK(document_key("A 123-456", "IR") == "document:ir:A123456");
    CHECK(said("Passport no. A0003900") == Lines{"document well_formed document:A0003900"});
    CHECK(said("hello world 2024").empty());
    CHECK(said("Lazarus Group").empty());
}

TEST_CASE("e-mail and hosts are read defanged, in any case, and internationalised") {
    for (const char* text : {"kim@example.com", "kim[at]example[.]com", "kim (at) example (dot) com", "Kim@EXAMPLE.com",
                             "kim at example dot com", "mailto:kim@example.com?subject=x", "E-mail: kim@example.com"}) {
        CAPTURE(text);
        CHECK(said(text) == Lines{"email well_formed email:kim@example.com"});
    }
    for (const char* text : {"example.com", "www.example.com", "hxxps://www[.]example[.]com/a?b=c", "EXAMPLE[dot]COM",
                             "http://user:pw@example.com:8080/", "example.com/path"}) {
        CAPTURE(text);
        CHECK(said(text) == Lines{"domain well_formed domain:example.com"});
    }
    CHECK(normal_host("münchen.de") == "xn--mnchen-3ya.de");
    CHECK_FALSE(normal_host("example.notatld"));
    CHECK_FALSE(normal_host("-example.com"));
    CHECK_FALSE(normal_host("example..com"));
    CHECK(read_email("kim@example")->validity == Validity::malformed);
    CHECK_FALSE(read_email("meet @ noon"));
}

TEST_CASE("telephone numbers become E.164 where their country is said") {
    for (const char* text : {"+850 2 381 5827", "00850-2-3815827", "(850) 2 381 5827", "Tel.: +850-2-381-5827"}) {
        CAPTURE(text);
        CHECK(said(text) == Lines{"phone valid phone:+85023815827"});
    }
    CHECK(read_phone("+850 2 381 5827")->country == "KP");
    CHECK(read_phone("Tel: 020 7946 0958")->key == "phone:02079460958");
    CHECK(read_phone("+999 12")->validity == Validity::malformed);
    CHECK_FALSE(read_phone("9187629"));
    CHECK_FALSE(read_phone("2024"));
}

TEST_CASE("a wallet is read behind the words with which a list announces it") {
    CHECK(said("Digital Currency Address - XBT 1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i") ==
          Lines{"wallet valid bitcoin:0065a16059864a2fdbc7c99a4723a8395bc6f188eb"});
    CHECK(said("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62j").front() == "wallet invalid text:1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62j");
}

TEST_CASE("every published value has a key that a question for the same value has too") {
    struct Case {
        Kind kind;
        std::string published;
        std::string asked;
    };
    for (const auto& [kind, published, asked] :
         {Case{Kind::imo, "9187629", "IMO 9187629"}, Case{Kind::imo, "IMO 9187629", "9187629"},
          Case{Kind::imo, "12", "IMO 12"}, Case{Kind::document, "IMO 9187629", "9187629"},
          Case{Kind::document, "A 12-34", "a1234"}, Case{Kind::document, "4509 123456 (Russia)", "4509123456"},
          Case{Kind::inn, "7707083890", "7707083890"}, Case{Kind::inn, "7707083893", "INN 7707083893"},
          Case{Kind::bic, "KKBCKPPY" + std::string(3, 'X'), "KKBCKPPY"}, Case{Kind::phone, "850-2-381-5827", "+850 2 3815827"},
          Case{Kind::phone, "381-5827", "3815827"}, Case{Kind::email, "Kim@Example.com", "kim[at]example[.]com"},
          Case{Kind::domain, "http://www.example.com/", "example.com"},
          Case{Kind::document, "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", "bitcoin:1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i"},
          Case{Kind::wallet, "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"}}) {
        CAPTURE(published);
        const auto keys = identifier_keys(kind, published);
        REQUIRE_FALSE(keys.empty());
        CHECK(keys.front() == identifier_key(kind, published));
        bool found = false;
        for (const Reading& reading : read_any(asked)) {
            found = found || std::find(keys.begin(), keys.end(), reading.key) != keys.end();
        }
        CHECK(found);
    }
    CHECK(identifier_key(Kind::document, "  ").empty());
    CHECK(identifier_keys(Kind::phone, "").empty());
}

TEST_CASE("properties are keyed by the kind of their values; programmes and names are not identifiers") {
    CHECK(kind_of_property("imoNumber") == Kind::imo);
    CHECK(kind_of_property("swiftBic") == Kind::bic);
    CHECK(kind_of_property("publicKey") == Kind::wallet);
    CHECK(kind_of_property("passportNumber") == Kind::document);
    CHECK(kind_of_property("website") == Kind::domain);
    CHECK_FALSE(kind_of_property("programId"));
    CHECK_FALSE(kind_of_property("name"));
}

TEST_CASE("blank, over-long and invalid text is answered with nothing or repaired, never with a crash") {
    CHECK(read_any("").empty());
    CHECK(read_any(" \xe2\x80\x8b ").empty());
    CHECK(read_any(std::string(100'000, '7')).empty());
    CHECK(read_any("\xff\xfe\x80").empty());
}
