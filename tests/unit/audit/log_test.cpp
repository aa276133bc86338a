#include "liaison/audit/log.hpp"
#include "liaison/base/error.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <thread>

using namespace liaison;

namespace {

std::string bytes_of(const base::Path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// Writes half of what it is given, then finds the disk full.
class HalfFile final : public base::OutputFile {
public:
    HalfFile(std::unique_ptr<base::OutputFile> real, bool half) : m_real(std::move(real)), m_half(half) {}
    void write(std::string_view bytes) override {
        m_real->write(m_half ? bytes.substr(0, bytes.size() / 2) : bytes);
        if (m_half) {
            throw base::StoreError("No space left on device (injected)");
        }
    }
    void sync() override { m_real->sync(); }
    void close() override { m_real->close(); }

private:
    std::unique_ptr<base::OutputFile> m_real;
    bool m_half;
};

struct Fixture {
    test::TemporaryFolder folder;
    base::Path db = folder.path() / "lists.db";
    std::unique_ptr<base::Files> files = base::make_system_files();
    base::SystemClock clock;
    audit::Log log{{db, "", "nightly"}, *files, clock};

    std::vector<audit::Screened> queries(std::size_t count) const {
        std::vector<audit::Screened> screened;
        for (std::size_t i = 0; i < count; ++i) {
            screened.push_back({{{"id", "c-" + std::to_string(i)}, {"name", "Invented Name " + std::to_string(i)}},
                                {{"status", "checked"}, {"matches", audit::Json::array()}}});
        }
        return screened;
    }
};

}  // namespace

TEST_CASE("a chain of records and checkpoints holds, and reading gives back what was written") {
    Fixture f;
    f.log.append("refresh", {{"feeds", 3}});
    f.log.append("decision", {{"pair", "x"}});
    f.log.checkpoint();
    const auto proof = audit::verify(f.db, "");
    CHECK(proof.findings.empty());
    CHECK(proof.entries == 3);
    CHECK(proof.checkpoints == 1);
    CHECK(proof.unsigned_entries == 0);
    const auto entry = audit::find_entry(f.db, 2);
    REQUIRE(entry.has_value());
    CHECK(entry->kind == "decision");
    CHECK(entry->who == "nightly");
    CHECK(entry->body.at("pair") == "x");
    CHECK_FALSE(audit::find_entry(f.db, 9).has_value());
}

TEST_CASE("a checkpoint of a chain that is signed already adds nothing") {
    Fixture f;
    f.log.append("refresh", {});
    const auto first = f.log.checkpoint();
    CHECK(f.log.checkpoint().hash == first.hash);
    CHECK(audit::verify(f.db, "").entries == 2);
}

TEST_CASE("verify finds a change of any byte of the chain") {
    Fixture f;
    f.log.append("refresh", {{"feeds", 3}});
    f.log.append_screening({{"engine", "1"}}, f.queries(3));
    f.log.checkpoint();
    const std::string whole = bytes_of(audit::log_path(f.db));
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string changed = whole;
        changed[i] = static_cast<char>(changed[i] ^ 0x01);
        f.folder.write("lists.db.audit", changed);
        const auto proof = audit::verify(f.db, "");
        CHECK_MESSAGE(!proof.findings.empty(), "byte " << i);
    }
}

TEST_CASE("verify finds a line that was removed, swapped or forged with a correct hash") {
    Fixture f;
    for (int i = 0; i < 4; ++i) {
        f.log.append("decision", {{"number", i}});
    }
    f.log.checkpoint();
    std::vector<std::string> lines;
    std::istringstream stream(bytes_of(audit::log_path(f.db)));
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line + "\n");
    }
    f.folder.write("lists.db.audit", lines[0] + lines[2] + lines[3] + lines[4]);
    CHECK(audit::verify(f.db, "").findings.at(0) ==
          "lists.db.audit:2: line 3 does not follow line 1: something was removed, added or changed");
    f.folder.write("lists.db.audit", lines[0] + lines[2] + lines[1] + lines[3] + lines[4]);
    CHECK_FALSE(audit::verify(f.db, "").findings.empty());

    // Whoever writes the whole chain anew has no key to sign it with.
    test::TemporaryFolder elsewhere;
    const base::Path other = elsewhere.path() / "lists.db";
    audit::Log forger({other, "", "nightly"}, *f.files, f.clock);
    for (int i = 0; i < 3; ++i) {
        forger.append("decision", {{"number", i}});
    }
    forger.checkpoint();
    f.folder.write("lists.db.audit", bytes_of(audit::log_path(other)));
    CHECK(audit::verify(f.db, "").findings.at(0) == "lists.db.audit:4: the signature of the checkpoint does not hold");
}

TEST_CASE("lines cut off the end show by the hash that is kept elsewhere") {
    Fixture f;
    f.log.append("refresh", {});
    const std::string before = bytes_of(audit::log_path(f.db));
    const auto head = f.log.append("refresh", {});
    f.folder.write("lists.db.audit", before);
    CHECK(audit::verify(f.db, "").findings.empty());
    const auto proof = audit::verify(f.db, "", {{head.seq, head.hash}});
    REQUIRE(proof.findings.size() == 1);
    CHECK(proof.findings[0] == "lists.db.audit:2: line 2 is missing; its hash " + head.hash + " is kept elsewhere");
}

TEST_CASE("a line torn by a crash at any byte is noticed, cut off by the next append, and the chain goes on") {
    Fixture f;
    f.log.append("refresh", {{"n", 1}});
    const std::string before = bytes_of(audit::log_path(f.db));
    f.log.append("refresh", {{"n", 2}});
    const std::string after = bytes_of(audit::log_path(f.db));
    for (std::size_t length = before.size() + 1; length + 1 < after.size(); ++length) {
        f.folder.write("lists.db.audit", after.substr(0, length));
        const auto torn = audit::verify(f.db, "");
        CHECK(torn.torn);
        CHECK(torn.findings.empty());
        CHECK(torn.entries == 1);
        if (length % 37 == 0) {
            CHECK(f.log.append("refresh", {{"n", 3}}).seq == 2);
            const auto healed = audit::verify(f.db, "");
            CHECK_FALSE(healed.torn);
            CHECK(healed.findings.empty());
            CHECK(healed.entries == 2);
        }
    }
}

TEST_CASE("an append that fails at any step leaves a chain that holds and goes on") {
    Fixture f;
    f.log.append("refresh", {});
    int calls = 0;
    int fail_at = 0;
    audit::Log log({f.db, "", "nightly"}, *f.files, f.clock, [&](const base::Path& path, std::uint64_t offset) {
        if (++calls == fail_at) {
            throw base::StoreError("No space left on device (injected)");
        }
        return std::make_unique<HalfFile>(base::open_append(path, offset), calls + 1 == fail_at);
    });
    for (const int step : {1, 2, 3, 4}) {
        calls = 0;
        fail_at = step;
        try {
            log.append_screening({{"engine", "1"}}, f.queries(2));
        } catch (const base::StoreError&) {
        }
        CHECK(audit::verify(f.db, "").findings.empty());
        fail_at = 0;
        log.append("refresh", {});
        CHECK(audit::verify(f.db, "").findings.empty());
    }
}

TEST_CASE("the chain holds no text of a query, and once erased it is gone while the chain still holds") {
    Fixture f;
    const auto ids = f.log.append_screening({{"engine", "1"}, {"threshold", 0.7}}, f.queries(300));
    REQUIRE(ids.size() == 300);
    CHECK(ids.front() == "2.1");
    CHECK(ids.back() == "3.44");
    CHECK(bytes_of(audit::log_path(f.db)).find("Invented") == std::string::npos);
    const auto entry = audit::find_entry(f.db, 3);
    REQUIRE(entry.has_value());
    const audit::Json& item = entry->body.at("screened").at(43);
    const std::string key = item.at("key");
    const auto stored = audit::find_query(f.db, key);
    REQUIRE(stored.has_value());
    CHECK(stored->at("query").at("name") == "Invented Name 299");
    CHECK(f.log.keys().keyed_hash(stored->at("salt").get<std::string>(), stored->at("query").dump()) == item.at("query"));

    CHECK(f.log.erase_queries([](const audit::Json& each) { return each.at("query").at("id") == "c-299"; }, "request 12") == 1);
    CHECK_FALSE(audit::find_query(f.db, key).has_value());
    CHECK(bytes_of(audit::queries_path(f.db)).find("Invented Name 299") == std::string::npos);
    const auto proof = audit::verify(f.db, "");
    CHECK(proof.findings.empty());
    CHECK(audit::find_entry(f.db, proof.head.seq)->kind == "erasure");
}

TEST_CASE("without the file of queries the chain is as good as before") {
    Fixture f;
    f.log.append_screening({{"engine", "1"}}, f.queries(5));
    std::filesystem::remove(audit::queries_path(f.db));
    CHECK(audit::verify(f.db, "").findings.empty());
    f.log.append_screening({{"engine", "1"}}, f.queries(5));
    CHECK(audit::verify(f.db, "").findings.empty());
}

TEST_CASE("threads that append at once give one chain") {
    Fixture f;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&f] {
            audit::Log log({f.db, "", "worker"}, *f.files, f.clock);
            for (int i = 0; i < 20; ++i) {
                log.append("decision", {{"i", i}});
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const auto proof = audit::verify(f.db, "");
    CHECK(proof.findings.empty());
    CHECK(proof.entries == 80);
}

TEST_CASE("a key that others can read is refused with advice, and so is one that is none") {
    Fixture f;
    using std::filesystem::perms;
    CHECK((std::filesystem::status(audit::key_path(f.db)).permissions() & (perms::group_all | perms::others_all)) == perms::none);
    std::filesystem::permissions(audit::key_path(f.db), perms::owner_all | perms::group_read);
    CHECK_THROWS_AS(audit::Keys::open(*f.files, audit::key_path(f.db)), base::StoreError);
    const auto bad = f.folder.write("bad.key", "{\"signing_seed\":\"00\"}");
    std::filesystem::permissions(bad, perms::owner_read | perms::owner_write);
    CHECK_THROWS_WITH_AS(audit::Keys::open(*f.files, bad), (bad.string() + " is not an audit key").c_str(), base::StoreError);
}

TEST_CASE("Ed25519 as RFC 8032 has it: its first test vector's public key and signature hold, a changed one does not") {
    const std::string key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    std::string signature =
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    CHECK(audit::signature_holds(key, "", signature));
    CHECK_FALSE(audit::signature_holds(key, "x", signature));
    signature[0] = 'f';
    CHECK_FALSE(audit::signature_holds(key, "", signature));
    CHECK_FALSE(audit::signature_holds("", "", ""));
}
