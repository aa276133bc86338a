#include "liaison/identifier/wallet.hpp"

#include "identifier/base58.hpp"
#include "identifier/bech32.hpp"
#include "liaison/base/hash.hpp"
#include "unit/identifier/vectors.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace liaison::identifier;
using liaison::test::vectors;
using Chains = std::vector<std::string>;

namespace {

/// The first reading, or an empty malformed one.
WalletReading best(std::string_view text) {
    const auto readings = read_wallet(text);
    return readings.empty() ? WalletReading{} : readings.front();
}

std::string script_of(const WitnessProgram& witness) {
    std::vector<std::uint8_t> script{static_cast<std::uint8_t>(witness.version == 0 ? 0 : 0x50 + witness.version),
                                     static_cast<std::uint8_t>(witness.program.size())};
    script.insert(script.end(), witness.program.begin(), witness.program.end());
    return liaison::base::to_hex(script);
}

}  // namespace

TEST_CASE("bech32 and bech32m decode as BIP-173 and BIP-350 say, each refusing the other's") {
    for (const auto& [file, encoding] : {std::pair{"bip173", Bech32Encoding::bech32}, {"bip350", Bech32Encoding::bech32m}}) {
        const auto vector = vectors(file);
        const std::string name = encoding == Bech32Encoding::bech32 ? "bech32" : "bech32m";
        for (const std::string text : vector.at(name + "_valid")) {
            CAPTURE(text);
            const auto decoded = bech32_decode(text);
            REQUIRE(decoded);
            CHECK(decoded->encoding == encoding);
        }
        for (const std::string text : vector.at(name + "_invalid")) {
            CAPTURE(text);
            const auto decoded = bech32_decode(text);
            CHECK((!decoded || decoded->encoding != encoding));
        }
    }
}

TEST_CASE("segregated-witness addresses of BIP-173 and BIP-350 give their script and encode back") {
    for (const char* file : {"bip173", "bip350"}) {
        const auto vector = vectors(file);
        for (const auto& entry : vector.at("segwit_valid")) {
            const std::string text = entry.at("text");
            CAPTURE(text);
            const auto decoded = bech32_decode(text);
            REQUIRE(decoded);
            const auto witness = segwit_decode(*decoded);
            REQUIRE(witness);
            CHECK(script_of(*witness) == entry.at("script"));
            if (text.starts_with("bc1") || text.starts_with("tb1")) {
                CHECK(segwit_encode(decoded->hrp, *witness) == text);
            }
        }
        for (const auto& entry : vector.at("segwit_invalid")) {
            const std::string text = entry.at("text");
            CAPTURE(text);
            CHECK(best(text).validity != Validity::valid);
        }
    }
}

TEST_CASE("an address of witness version 1 with the old checksum is invalid since BIP-350 and says why") {
    const auto segwit_superseded_vectors = vectors("bip173");  // outlives the loop over a part of it
    for (const std::string text : segwit_superseded_vectors.at("segwit_superseded")) {
        CAPTURE(text);
        const auto reading = best(text);
        CHECK(reading.validity == Validity::invalid);
        CHECK(reading.note ==
              "the witness version, its checksum kind or the program's length is wrong (BIP-350)");
    }
}

TEST_CASE("a bech32 address is valid in upper case too, is written in lower case, and not valid in both") {
    const auto upper = best("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4");
    CHECK(upper.validity == Validity::valid);
    CHECK(upper.chains == Chains{"BTC"});
    CHECK(upper.canonical == "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
    CHECK(upper.key == "bitcoin-segwit:00751e76e8199196d454941c45d1b3a323f1433bd6");
    CHECK(best("bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4").validity == Validity::invalid);
}

TEST_CASE("EIP-55: capitals that verify, one case that has nothing to verify, capitals that do not") {
    const auto vector = vectors("eip55");
    for (const std::string text : vector.at("mixed")) {
        CAPTURE(text);
        const auto reading = best(text);
        CHECK(reading.validity == Validity::valid);
        CHECK(reading.canonical == text);
        CHECK(reading.note == "the capitals verify (EIP-55)");
        std::string wrong = text;
        const auto letter = wrong.find_last_of("ABCDEFabcdef");
        wrong[letter] = static_cast<char>(wrong[letter] ^ 0x20);
        const auto broken = best(wrong);
        CHECK(broken.validity == Validity::invalid);
        CHECK(broken.note == "the capitals do not verify (EIP-55)");
        CHECK(broken.key == reading.key);
    }
    for (const char* list : {"all_caps", "all_lower"}) {
        for (const std::string text : vector.at(list)) {
            CAPTURE(text);
            CHECK(best(text).validity == Validity::valid);
            CHECK(best(text).note == "in one case: there is no checksum to verify");
        }
    }
    const std::string zero_x_upper = "0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED";
    CHECK(best(zero_x_upper).canonical == "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
}

TEST_CASE("a cashaddr and its legacy form are one wallet, with the prefix, without it and in upper case") {
    const auto translation_vectors = vectors("cashaddr");  // outlives the loop over a part of it
    for (const auto& entry : translation_vectors.at("translation")) {
        const std::string legacy = entry.at("legacy");
        const std::string cash = entry.at("cashaddr");
        const std::string bare = cash.substr(cash.find(':') + 1);
        CAPTURE(legacy);
        CHECK(best(cash).validity == Validity::valid);
        CHECK(best(cash).chains == Chains{"BCH"});
        CHECK(best(bare).canonical == cash);
        CHECK(wallet_key(cash, "BCH") == wallet_key(legacy, "BCH"));
        CHECK(wallet_key(bare, "BCH") == wallet_key(legacy, "XBT"));
        std::string upper = bare;
        for (char& c : upper) {
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        CHECK(wallet_key(upper) == wallet_key(legacy));
        std::string wrong = bare;
        wrong.back() = wrong.back() == 'q' ? 'p' : 'q';
        CHECK(best(wrong).validity == Validity::invalid);
        CHECK(best("bitcoincash:" + wrong).validity == Validity::invalid);
    }
    const auto payload_vectors = vectors("cashaddr");  // outlives the loop over a part of it
    for (const auto& entry : payload_vectors.at("payload")) {
        const auto address = cashaddr_decode(entry.at("cashaddr").get<std::string>());
        REQUIRE(address);
        CHECK(address->type == entry.at("type"));
        CHECK(liaison::base::to_hex(address->hash) == entry.at("hash"));
        CHECK(cashaddr_encode(*address) == entry.at("cashaddr"));
    }
}

TEST_CASE("public addresses of every family read as what they are, and one wrong letter undoes a checksum") {
    const auto wallets_vectors = vectors("wallets");  // outlives the loop over a part of it
    for (const auto& entry : wallets_vectors.at("wallets")) {
        const std::string text = entry.at("text");
        CAPTURE(text);
        const auto reading = best(text);
        CHECK(to_string(reading.validity) == entry.at("validity"));
        CHECK(reading.chains == entry.at("chains").get<Chains>());
        CHECK(reading.key == entry.at("key"));
        if (reading.validity != Validity::valid) {
            continue;
        }
        std::string wrong = text;
        wrong[text.size() / 2] = wrong[text.size() / 2] == 'a' ? 'c' : 'a';
        CHECK(best(wrong).validity != Validity::valid);
    }
}

TEST_CASE("spellings of one address on one chain share a key: Litecoin's M and 3, Monero's and XRP's long forms") {
    CHECK(wallet_key("MTf4tP1TCNBn8dNkyxeBVoPrFCcVzxJvvh") == wallet_key("3MSvaVbVFFLML86rt5eqgA9SvW23upaXdY", "LTC"));
    CHECK(wallet_key("r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59") ==
          wallet_key("X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ"));
    CHECK(wallet_key("4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge") ==
          wallet_key("4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZKKQePHES"
                     "9khPK"));
    CHECK(wallet_key("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t") == wallet_key("41A614F803B6FD780986A42C78EC9C7F77E6DED13C"));
}

TEST_CASE("the ticker never splits a wallet: Ethereum's kind and Bitcoin's under each of their assets") {
    for (const char* ticker : {"ETH", "USDC", "USDT", "ARB", "BSC", "ETC", ""}) {
        CHECK(wallet_key("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", ticker) ==
              "evm:5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
    }
    for (const char* ticker : {"XBT", "USDT", "BSV", "BCH"}) {
        CHECK(wallet_key(" 1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i ", ticker) ==
              "bitcoin:0065a16059864a2fdbc7c99a4723a8395bc6f188eb");
    }
    CHECK(wallet_key("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "XBT").starts_with("tron:41"));
}

TEST_CASE("ticker_fits tells a Tron address under XBT from one under USDT") {
    const auto tron = best("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t");
    CHECK(ticker_fits("USDT", tron));
    CHECK(ticker_fits("TRX", tron));
    CHECK_FALSE(ticker_fits("XBT", tron));
    CHECK(ticker_fits("NEWCOIN", tron));
}

TEST_CASE("a listed text that is no address keeps its text as its key, and is malformed when asked for") {
    const std::string hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    const auto reading = best(hex);
    CHECK(reading.validity == Validity::malformed);
    CHECK(reading.note == "64 hexadecimal digits are a key, a hash or a transaction, not an address");
    CHECK(reading.key == "text:" + hex);
    CHECK(wallet_key(hex, "XMR") == "text:" + hex);
    CHECK(wallet_key("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF", "XMR") == "text:" + hex);
    CHECK(wallet_key("kraken account 7", "XMR") == "text:kraken account 7");
    CHECK(wallet_key(" \t").empty());
}

TEST_CASE("base58 keeps its case: the same letters in another case are not the same wallet") {
    const std::string address = "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i";
    CHECK(best("1agna15zqxazugfiqj2i7z2dpu2j6hw62i").validity != Validity::valid);
    CHECK(wallet_key("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62I") != wallet_key(address));
    CHECK(best("bitcoin:" + address + "?amount=0.1&label=x").key == wallet_key(address));
    CHECK(best("\xe2\x80\x8b" + address + "\xc2\xa0").canonical == address);
}

TEST_CASE("words, numbers, short texts and over-long ones are not attempts at a wallet") {
    for (const char* text : {"", " ", "Lazarus", "Internationalization", "123456789012345678901234567890", "IMO 9187629",
                             "Donaudampfschiffahrtsgesellschaftskapitaen"}) {
        CAPTURE(text);
        CHECK(read_wallet(text).empty());
    }
    CHECK(read_wallet(std::string(100'000, '1')).empty());
    CHECK(best("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe").validity == Validity::malformed);
    CHECK(best("02a1633cafcc01ebfb6d78e39f687a1f0995c62fc95f51ead10a02ee0be551b5dc").note ==
          "a public key is not an address");
    CHECK(best("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ").validity == Validity::malformed);
}

TEST_CASE("base58 and base58check round-trip random bytes in both alphabets") {
    std::mt19937_64 random(20260808);
    for (int i = 0; i < 500; ++i) {
        std::vector<std::uint8_t> bytes(1 + random() % 60);
        for (auto& byte : bytes) {
            byte = static_cast<std::uint8_t>(random() % 4 == 0 ? 0 : random());
        }
        for (const auto alphabet : {Base58Alphabet::bitcoin, Base58Alphabet::ripple}) {
            CHECK(base58_decode(base58_encode(bytes, alphabet), alphabet) == bytes);
            const auto checked = base58_decode(base58check_encode(bytes, alphabet), alphabet);
            REQUIRE(checked);
            CHECK(base58check_verifies(*checked));
        }
    }
}

TEST_CASE("every one-letter change of an address with a checksum is noticed") {
    const std::string letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    const std::string cash = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    for (const auto& [text, alphabet] :
         {std::pair<std::string, std::string>{"1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", letters},
          {"rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", letters},
          {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", cash},
          {"bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", cash}}) {
        for (std::size_t at = text.find(':') == std::string::npos ? 4 : 14; at < text.size(); ++at) {
            for (const char letter : alphabet) {
                std::string changed = text;
                changed[at] = letter;
                if (changed != text) {
                    CAPTURE(changed);
                    CHECK(best(changed).validity != Validity::valid);
                }
            }
        }
    }
}
