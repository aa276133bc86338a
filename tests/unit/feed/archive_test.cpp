#include "liaison/feed/archive.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "support/failing_files.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>

using namespace liaison;

namespace {

feed::StoredFile store(feed::Archive& archive, const std::string& name, std::string_view bytes) {
    const auto writer = archive.begin_file();
    writer->write(bytes.substr(0, bytes.size() / 2));
    writer->write(bytes.substr(bytes.size() / 2));
    feed::StoredFile file = writer->finish();
    file.name = name;
    return file;
}

std::string content(const record::SourceFile& file) {
    const auto source = file.open();
    std::string all;
    std::array<char, 1000> buffer{};
    while (const std::size_t count = source->read(buffer)) {
        all.append(buffer.data(), count);
    }
    return all;
}

std::string long_text() {
    std::string text;
    for (int i = 0; i < 200'000; ++i) {
        text += "line " + std::to_string(i * 7919 % 100'003) + "\n";
    }
    return text;
}

std::size_t count_files(const std::filesystem::path& folder) {
    std::size_t count = 0;
    if (std::filesystem::exists(folder)) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            count += entry.is_regular_file() ? 1 : 0;
        }
    }
    return count;
}

}  // namespace

TEST_CASE("a snapshot of one file is named by the file's SHA-256, of several by their names and hashes") {
    const std::string abc = base::to_hex(base::sha256("abc"));
    feed::StoredFile one{"a.xml", 3, abc, "", "", ""};
    CHECK(feed::snapshot_id({one}) == abc);
    feed::StoredFile two{"b.xml", 3, abc, "https://x.example/", "", ""};
    const std::string both = base::to_hex(base::sha256("a.xml " + abc + "\nb.xml " + abc + "\n"));
    CHECK(feed::snapshot_id({two, one}) == both);
}

TEST_CASE("what is archived is read back byte for byte, and the same set is the same snapshot") {
    test::TemporaryFolder folder;
    const auto files = base::make_system_files();
    feed::Archive archive(*files, folder.path() / "x.archive");
    const std::string text = long_text();
    const feed::Snapshot snapshot =
        archive.add_snapshot("us_test", "csv", {store(archive, "sdn.csv", text), store(archive, "alt.csv", "x")});
    REQUIRE(snapshot.files.size() == 2);
    CHECK(snapshot.files[0].name == "alt.csv");
    const record::FileSet set = archive.open(archive.snapshot("us_test", snapshot.id));
    CHECK(content(set[0]) == "x");
    CHECK(content(set[1]) == text);
    CHECK(record::peek(set[1], 6) == "line 0");
    const std::size_t before = count_files(folder.path());
    CHECK(archive.add_snapshot("us_test", "csv", {store(archive, "sdn.csv", text), store(archive, "alt.csv", "x")}).id ==
          snapshot.id);
    CHECK(count_files(folder.path()) == before);
    CHECK(archive.verify().empty());
    CHECK(archive.all_snapshots() == std::vector<std::string>{"us_test/" + snapshot.id});
}

TEST_CASE("an unknown snapshot is an input error, and a file name that leaves the folder is never accepted") {
    test::TemporaryFolder folder;
    const auto files = base::make_system_files();
    feed::Archive archive(*files, folder.path() / "x.archive");
    CHECK_THROWS_AS((void)archive.snapshot("us_test", std::string(64, 'a')), base::InputError);
    CHECK_THROWS_AS((void)archive.snapshot("us_test", "../../etc/passwd"), base::InputError);
    feed::StoredFile file = store(archive, "a", "abc");
    file.name = "../a";
    CHECK_THROWS_AS((void)archive.add_snapshot("us_test", "csv", {file}), base::InternalError);
}

TEST_CASE("a changed byte, a cut blob, a missing blob and a changed set are found by verify and when read") {
    test::TemporaryFolder folder;
    const auto files = base::make_system_files();
    feed::Archive archive(*files, folder.path() / "x.archive");
    const feed::Snapshot snapshot = archive.add_snapshot("us_test", "csv", {store(archive, "a.csv", long_text())});
    const auto blob = folder.path() / "x.archive/blobs" / snapshot.id.substr(0, 2) / (snapshot.id + ".zst");
    const auto size = std::filesystem::file_size(blob);
    const std::string good = files->read(blob, 1 << 30);
    for (const std::uintmax_t at : {size / 3, size / 2, size - 2}) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        std::ofstream(blob, std::ios::binary) << bad;
        CHECK_THROWS_AS((void)content(archive.open(snapshot)[0]), base::StoreError);
        REQUIRE(archive.verify().size() == 1);
        CHECK(archive.verify()[0].reason == "damaged-blob");
        CHECK(archive.verify(false).empty());
    }
    std::ofstream(blob, std::ios::binary) << good.substr(0, size / 2);
    CHECK_THROWS_AS((void)content(archive.open(snapshot)[0]), base::StoreError);
    std::filesystem::remove(blob);
    REQUIRE(archive.verify(false).size() == 1);
    CHECK(archive.verify(false)[0].reason == "missing-blob");
    const auto set = folder.path() / "x.archive/snapshots/us_test" / (snapshot.id + ".json");
    std::ofstream(set) << "{}";
    REQUIRE(archive.verify().size() == 1);
    CHECK(archive.verify()[0].reason == "damaged-snapshot");
}

TEST_CASE("prune keeps what it is told to keep, with shared blobs, and sweeps up after a crash") {
    test::TemporaryFolder folder;
    const auto files = base::make_system_files();
    feed::Archive archive(*files, folder.path() / "x.archive");
    const auto first = archive.add_snapshot("us_test", "csv", {store(archive, "a", "shared"), store(archive, "b", "old")});
    const auto second = archive.add_snapshot("us_test", "csv", {store(archive, "a", "shared"), store(archive, "b", "new")});
    folder.write("x.archive/blobs/incoming-7.part", "half");
    (void)store(archive, "orphan", "never named");
    const feed::PruneResult result = archive.prune({"us_test/" + second.id});
    CHECK(result.snapshots == 1);
    CHECK(result.blobs == 3);
    CHECK_FALSE(archive.has_snapshot("us_test", first.id));
    CHECK(content(archive.open(second)[0]) == "shared");
    CHECK(content(archive.open(second)[1]) == "new");
    CHECK(archive.verify().empty());
}

TEST_CASE("whichever write fails, the snapshots of before are whole, and the same work succeeds afterwards") {
    test::TemporaryFolder folder;
    test::FailingFiles files;
    feed::Archive archive(files, folder.path() / "x.archive");
    const auto good = archive.add_snapshot("us_test", "csv", {store(archive, "a", "good"), store(archive, "b", "good too")});
    const std::string text = long_text();
    const auto work = [&] {
        return archive.add_snapshot("us_test", "csv", {store(archive, "a", text), store(archive, "b", "good too")});
    };
    files.fail_at(test::FailingFiles::kNever);
    {
        test::TemporaryFolder elsewhere;
        test::FailingFiles counting;
        feed::Archive trial(counting, elsewhere.path() / "x.archive");
        (void)trial.add_snapshot("us_test", "csv", {store(trial, "a", text), store(trial, "b", "good too")});
        REQUIRE(counting.calls() > 15);
    }
    std::uint64_t call = 1;
    for (;; ++call) {
        files.fail_at(call);
        bool failed = false;
        try {
            (void)work();
        } catch (const base::StoreError&) {
            failed = true;
        }
        files.heal();
        REQUIRE(archive.verify().empty());
        REQUIRE(content(archive.open(archive.snapshot("us_test", good.id))[0]) == "good");
        if (!failed) {
            break;
        }
        // Start over from the old state, so that the next call is tried on the same ground.
        (void)archive.prune({"us_test/" + good.id});
    }
    CHECK(call > 12);
    CHECK(content(archive.open(work())[0]) == text);
}
