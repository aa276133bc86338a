#include "liaison/name/name.hpp"
#include "liaison/name/similarity.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace liaison::name;

namespace {

// "text/class ..." of a name, for tests that read like examples.
std::string shape(std::string_view text, Kind kind) {
    std::string out;
    for (const Token& token : tokenise(text, kind).tokens) {
        if (!out.empty()) out += ' ';
        out += token.text + '/' + std::string(to_string(token.token_class));
        if (!token.value.empty() && token.value != token.text) out += '=' + token.value;
    }
    return out;
}

Similarity alike(std::string_view one, std::string_view other, Kind kind = Kind::person) {
    const Name a = tokenise(one, kind);
    const Name b = tokenise(other, kind);
    REQUIRE(!a.tokens.empty());
    REQUIRE(!b.tokens.empty());
    return similarity(view_of(a.tokens.front()), view_of(b.tokens.front()));
}

}  // namespace

TEST_CASE("diacritics, case, apostrophes, dots, zero-width and bidi marks leave no trace") {
    CHECK(normalise("Nicolás  MADURO") == "nicolas maduro");
    CHECK(normalise("Mus’ab al-Qa'ida") == "musab al qaida");
    CHECK(normalise("Mus?ab") == "musab");
    CHECK(normalise("O\xE2\x80\x8B'Brien \xE2\x80\xAE Smith") == "obrien smith");
    CHECK(normalise("A.B.C. Company") == "abc company");
    CHECK(normalise("Ｔｏｋｙｏ") == "tokyo");
    CHECK(normalise("e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81va") == "eva");
    CHECK(normalise("") == "");
    CHECK(normalise("🙂 !!") == "");
}

TEST_CASE("glued words are taken apart and look-alike letters are read as the word's script") {
    CHECK(normalise("SiemensAG") == "siemens ag");
    CHECK(normalise("JSCARGUMENT") == "jsc argument");
    CHECK(normalise("McDonald") == "mcdonald");
    CHECK(normalise("Vladimir Рutin") == "vladimir putin");  // Cyrillic er
}

TEST_CASE("scripts are read in Latin") {
    const auto latin = [](std::string_view text) {
        std::string out;
        for (const Token& token : tokenise(text, Kind::person).tokens) out += (out.empty() ? "" : " ") + token.latin;
        return out;
    };
    CHECK(latin("Сергей Викторович Лавров") == "sergey viktorovich lavrov");
    CHECK(latin("ბარაკ ობამა") == "barak obama");
    CHECK(latin("Μητσοτάκης") == "mitsotakis");
    CHECK(latin("Ռոբերտ Քոչարյան") == "robert kocharyan");
    CHECK(latin("이재명") == "i jaemyeong");
    CHECK(latin("习近平") == "xi jinping");
    CHECK(latin("José Ñandú Weiß Łódź") == "jose nandu weiss lodz");
    CHECK(latin("بنيامين") == "bnyamyn");
    CHECK(latin("בנימין") == "bnymyn");
}

TEST_CASE("tokens are told apart by what they do in a name") {
    CHECK(shape("Dr. Osama bin Laden", Kind::person) == "dr/title osama/name bin/particle laden/name");
    CHECK(shape("J.-C. Juncker", Kind::person) == "j/initial c/initial juncker/name");
    CHECK(shape("Abd al-Rahman Salih", Kind::person) == "abdul/name rahman/name salih/name");
    CHECK(shape("Abdurrahman Salih", Kind::person) == "abdul/name rahman/name salih/name");
    CHECK(shape("Ig0r Sech1n", Kind::person) == "igor/name sechin/name");
    CHECK(shape("JSC \"Murom Plant\"", Kind::organisation) == "jsc/legal_form murom/name plant/generic=factory");
    CHECK(shape("Limited Liability Company Iskusstvo", Kind::organisation) == "limited liability company/legal_form=llc iskusstvo/name");
    CHECK(shape("SIS d.o.o.", Kind::organisation) == "sis/name doo/legal_form=llc");
    CHECK(shape("Brigade Forty 4", Kind::organisation).find("forty 4/number=44") != std::string::npos);
    CHECK(shape("KKR Fund III L.P.", Kind::organisation).find("iii/number=3") != std::string::npos);
    CHECK(shape("School No. 5", Kind::organisation).find("5/number") != std::string::npos);
    CHECK(shape("Shoigu Shoigu Sergey", Kind::person) == "shoigu/name sergey/name");
    CHECK(shape("习近平", Kind::person) == "习/name 近平/name");
}

TEST_CASE("spellings of one name are alike, and the reason is given") {
    CHECK(alike("Sergey", "Sergei").kind == MatchKind::spelling);
    CHECK(alike("William", "Bill").kind == MatchKind::nickname);
    CHECK(alike("Aleksandr", "Sasha").kind == MatchKind::nickname);
    CHECK(alike("Mohammed", "Muhammad").value >= 0.92);
    CHECK(alike("محمد", "Mohammed").kind == MatchKind::transliteration);
    CHECK(alike("Сергей", "Sergey").value >= 0.92);
    CHECK(alike("Lakhal", "Lakahl").kind == MatchKind::typo);
    CHECK(alike("Kim", "Kin").kind == MatchKind::typo);
    CHECK(alike("Xu", "Xi").kind == MatchKind::none);
    CHECK(alike("Ivan", "Petr").value == 0);
}

TEST_CASE("Korean spellings of the lists and of the South agree syllable by syllable") {
    const auto token = [](std::string_view text, std::size_t at) { return tokenise(text, Kind::person).tokens.at(at); };
    for (std::size_t i = 0; i < 3; ++i) {
        const Token one = token("HO', Cho'ng So'n", i);
        const Token other = token("Ho Jong Son", i);
        CHECK(similarity(view_of(one), view_of(other)).value >= 0.9);
    }
    const Token mao = token("Mao Tse-tung", 1);
    const Token ze = token("Mao Ze Dong", 1);
    CHECK(similarity(view_of(mao), view_of(ze)).value >= 0.9);
}

TEST_CASE("normalising twice is normalising once, whatever the bytes") {
    std::mt19937 random(7);
    const std::u32string alphabet = U"abcXYZ 'é́.-&ßİıÅŠשׁالسعرЁйΐ안习ーन्किម៉🙂\u200b\u202e01９⑨ﬁǅ";
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        const std::size_t length = random() % 24;
        for (std::size_t i = 0; i < length; ++i) {
            if (random() % 40 == 0) {
                text += static_cast<char>(random() & 0xFF);
                continue;
            }
            const char32_t c = alphabet[random() % alphabet.size()];
            if (c < 0x80) text += static_cast<char>(c);
            else if (c < 0x800) { text += static_cast<char>(0xC0 | c >> 6); text += static_cast<char>(0x80 | (c & 0x3F)); }
            else if (c < 0x10000) { text += static_cast<char>(0xE0 | c >> 12); text += static_cast<char>(0x80 | (c >> 6 & 0x3F)); text += static_cast<char>(0x80 | (c & 0x3F)); }
            else { text += static_cast<char>(0xF0 | c >> 18); text += static_cast<char>(0x80 | (c >> 12 & 0x3F)); text += static_cast<char>(0x80 | (c >> 6 & 0x3F)); text += static_cast<char>(0x80 | (c & 0x3F)); }
        }
        const std::string once = normalise(text);
        INFO(text);
        CHECK(normalise(once) == once);
    }
}

TEST_CASE("hostile input is bounded") {
    CHECK(tokenise(std::string(10'000, 'a'), Kind::person).cut);
    std::string many;
    for (int i = 0; i < 500; ++i) many += "ab ";
    CHECK(tokenise(many, Kind::person).tokens.size() <= max_tokens);
    CHECK(tokenise(std::string("a\0b", 3), Kind::person).tokens.size() == 2);
    std::string marks = "a";
    for (int i = 0; i < 5000; ++i) marks += "\xCC\x81";
    CHECK(normalise(marks) == "a");
}
