#include "adapter/list_text.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace liaison;
using namespace liaison::adapter;

namespace {

std::string names(std::string_view field) {
    std::string joined;
    for (const NameText& name : split_names(field)) {
        joined += joined.empty() ? "" : " | ";
        joined += name.text + (name.lang.empty() ? "" : "@" + name.lang);
    }
    return joined;
}

std::string countries(std::string_view text) {
    const CountryText found = countries_in(text);
    std::string joined;
    for (const std::string& code : found.codes) {
        joined += joined.empty() ? code : " " + code;
    }
    return found.said_nothing ? "nothing" : joined;
}

std::string number(std::string_view text) {
    const NumberText found = document_number(text);
    return found.number + (found.country.empty() ? "" : " " + found.country);
}

}  // namespace

TEST_CASE("names packed into one field come apart, and brackets only where they hold names") {
    CHECK(names("Azim Adhajani; Azim Agha-Jani") == "Azim Adhajani | Azim Agha-Jani");
    CHECK(names("Mohammad Sabet b) M. Javad Sabet; M. Jawad Sabet") == "Mohammad Sabet | M. Javad Sabet | M. Jawad Sabet");
    CHECK(names("حسن غول (Hassan Ghul; Hasan Gul)") == "حسن غول@ara | Hassan Ghul | Hasan Gul");
    CHECK(names("Jin Tiesan (金铁三)") == "Jin Tiesan | 金铁三@zho");
    CHECK(names("Abubakar (original script: Абубакар)") == "Abubakar | Абубакар@rus");
    CHECK(names("Front of Samples (FOS)") == "Front of Samples (FOS)");
    CHECK(names("(Sheikh) Musa Hilal") == "(Sheikh) Musa Hilal");
    CHECK(names(" ; ") == "");
    CHECK(names("A (B; C) (D)") == "A (B; C) (D)");
    CHECK(names("unbalanced ) bracket") == "unbalanced ) bracket");
}

TEST_CASE("the language of a name is told by the script of most letters") {
    CHECK(text_language("Ali") == "");
    CHECK(text_language("علي") == "ara");
    CHECK(text_language("Умаров Доку") == "rus");
    CHECK(text_language("김정은") == "kor");
    CHECK(text_language("トヨタ自動車") == "jpn");
    CHECK(text_language("123 -") == "");
    CHECK(text_language("\xFF\xFE") == "");
}

TEST_CASE("countries are found inside short phrases") {
    CHECK(countries("Sudan/or South Sudan") == "sd ss");
    CHECK(countries("Iran / unknown") == "ir");
    CHECK(countries("Belarus / Bélarus") == "by");
    CHECK(countries("Possibly Ethiopian") == "et");
    CHECK(countries("Kuwaiti citizenship withdrawn in 2002") == "kw");
    CHECK(countries("United States. Also believed to hold Syrian nationality") == "us sy");
    CHECK(countries("Branch Office 11: Iran") == "ir");
    CHECK(countries("Indonesian passport") == "id");
    CHECK(countries("na") == "nothing");
    CHECK(countries("Unknown") == "nothing");
    CHECK(countries("") == "nothing");
    CHECK(countries("no longer in service") == "");
    CHECK(countries("Atlantis") == "");
}

TEST_CASE("the number is told from the words around it") {
    CHECK(number("A0002302") == "A0002302");
    CHECK(number("TR-P 614 166") == "TR-P 614 166");
    CHECK(number("1990/345751") == "1990/345751");
    CHECK(number("Afghan passport number OA296623") == "OA296623 af");
    CHECK(number("Afghan passport number SE 012820") == "SE 012820 af");
    CHECK(number("CAR diplomatic passport no. D00000897") == "D00000897 cf");
    CHECK(number("563210184 (Expires 18 Jun. 2018)") == "563210184");
    CHECK(number("Libya B014995") == "B014995 ly");
    CHECK(number("R00012098, South Sudan") == "R00012098 ss");
    CHECK(number("403062567 (US)") == "403062567 us");
    CHECK(number("Residential card number 665") == "665");
    CHECK(number("") == "");
}

TEST_CASE("the day after a word is read wherever it stands near") {
    const auto day = [](std::string_view text) {
        const auto date = date_after(text, {"expir", "valid until"});
        return date ? model::to_string(*date) : "none";
    };
    CHECK(day("Expires on 11 Jun. 2017") == "2017-06-11");
    CHECK(day("valid until 4 April 2018") == "2018-04-04");
    CHECK(day("Date of expiration: 24 Nov 2026") == "2026-11-24");
    CHECK(day("expires on October 19, 2020") == "2020-10-19");
    CHECK(day("issued by X on 22 Mar. 2006, expired on 15 Sep. 2009.") == "2009-09-15");
    CHECK(day("expired") == "none");
}
