#include "liaison/model/country.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace liaison::model;

namespace {

std::string code(std::string_view name) { return country_code(name).value_or("none"); }

}  // namespace

TEST_CASE("countries are known by the names that lists and people use") {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"kp", "kp"}, {"PRK", "kp"}, {"Korea, North", "kp"}, {"DPRK", "kp"}, {"D.P.R.K.", "kp"}, {"RPDC", "kp"},
        {"Democratic People's Republic of Korea", "kp"}, {"Democratic People\xE2\x80\x99s Republic of Korea", "kp"},
        {"Corée du Nord", "kp"}, {"North Korean", "kp"}, {"nord-coréenne", "kp"}, {"Korea, South", "kr"}, {"Republic of Korea", "kr"},
        {"Iran (Islamic Republic of)", "ir"}, {"Iran", "ir"}, {"iranien", "ir"}, {"Burma", "mm"}, {"Myanmar (Burma)", "mm"},
        {"Myanmar (Birmanie)", "mm"}, {"Cote d Ivoire", "ci"}, {"COTE D'IVOIRE", "ci"}, {"Ivory Coast", "ci"},
        {"Congo, Democratic Republic of the", "cd"}, {"Democratic Republic of the Congo", "cd"}, {"Congo", "cg"},
        {"Congo (Kinshasa)", "cd"}, {"Congo, Republic of the", "cg"}, {"Bahamas, The", "bs"}, {"The Gambia", "gm"}, {"The Netherlands", "nl"},
        {"Türkiye", "tr"}, {"Turkey", "tr"}, {"USSR (until 1991)", "suhh"}, {"former Soviet Union", "suhh"}, {"Yugoslavia", "yucs"},
        {"Netherlands Antilles", "an"}, {"Kosovo", "xk"}, {"Palestinian", "ps"}, {"State of Palestine", "ps"}, {"Region: Gaza", "ps"},
        {"Region: Crimea", "ua-cri"}, {"ua-cri", "ua-cri"}, {"Macau", "mo"}, {"Hong Kong Special Administrative Region", "hk"},
        {"China, Hong Kong Special Administrative Region", "hk"}, {"North Macedonia, The Republic of", "mk"}, {"Man, Isle of", "im"},
        {"Virgin Islands, British", "vg"}, {"Russian", "ru"}, {"Bélarus", "by"}, {"Soudan du sud", "ss"}, {"Niger", "ne"}, {"Nigerian", "ng"},
        {"nigérien", "ne"}, {"UK", "gb"}, {"U.S.A.", "us"}, {"États-Unis", "us"}, {"Bahrain (citizenship revoked in Jan. 2015)", "bh"},
        {"  Viet\u00A0Nam ", "vn"}, {"Taiwan", "tw"}, {"Libyan Arab Jamahiriya", "ly"}, {"Syrian Arab Republic", "sy"},
    };
    for (const auto& [name, wanted] : cases) {
        CAPTURE(name);
        CHECK(code(name) == wanted);
    }
}

TEST_CASE("what is no country, or could be two, has no code") {
    for (const char* name : {"", "undetermined", "-0-", "na/unknown", "Korean", "Congolese", "Dominican", "Korea", "Virgin Islands",
                             "Iran / unknown", "Atlantis", "Congo (Leopoldville)", "(1991)", "()", "\xFF\xFE", "Pyongyang"}) {
        CAPTURE(name);
        CHECK(code(name) == "none");
    }
    CHECK(code(std::string(5000, 'a')) == "none");
}

TEST_CASE("a code has its English short name") {
    CHECK(country_name("kp") == "North Korea");
    CHECK(country_name("ir") == "Iran");
    CHECK(country_name("suhh") == "Soviet Union");
    CHECK(country_name("qq") == "qq");
}

TEST_CASE("every code of the table and every shown name leads back to the code") {
    std::ifstream file(LIAISON_SOURCE_DIR "/schemas/countries.csv");
    REQUIRE(file);
    int rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#') || line.starts_with("code,")) {
            continue;
        }
        const std::string key = line.substr(0, line.find(','));
        CAPTURE(key);
        CHECK(code(key) == key);
        CHECK(code(country_name(key)) == key);
        ++rows;
    }
    CHECK(rows == 281);
}
