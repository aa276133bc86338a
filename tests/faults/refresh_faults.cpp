// A refresh that is killed, finds the disk full or loses power at any step. Afterwards, each time: store, archive, index
// and audit log hold, the last good state answers, and the next refresh completes.

#include "faults/faulty_files.hpp"
#include "liaison/audit/log.hpp"
#include "liaison/feed/archive.hpp"
#include "liaison/index/index.hpp"
#include "liaison/pipeline/refresh.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_folder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>


using namespace liaison;

namespace {

constexpr int kPersons = 300;
constexpr const char* kConstant = "Constant Name";

/// `edition` changes a third of the list, and one name tells them apart.
std::string list_of(int edition) {
    std::string lines = fmt::format(R"({{"id":"x-0","schema":"Person","properties":{{"name":["{}"],"alias":["Edition {}"]}}}})", kConstant, edition) + "\n";
    for (int i = 1; i < kPersons; ++i) {
        lines += fmt::format(R"({{"id":"x-{}","schema":"Person","properties":{{"name":["Invented Person {}"],"birthDate":["{}-01-02"],"notes":["{}"]}}}})", i, i,
                             1950 + i % 50, i % 3 == 0 ? edition : 0) + "\n";
        lines += fmt::format(R"({{"id":"x-s-{}","schema":"Sanction","properties":{{"entity":["x-{}"],"program":["TEST"]}}}})", i, i) + "\n";
    }
    return lines;
}

feed::Registry registry() {
    feed::Manifest manifest;
    manifest.id = "test_list";
    manifest.title = "Test list";
    manifest.formats = {"ftm_ndjson"};
    manifest.limits = {std::uint64_t{1} << 24, std::uint64_t{1} << 24, 10};
    manifest.guards.date_may_go_back = true;
    manifest.canaries = {};
    return feed::Registry({manifest});
}

enum class Exit { well, failed, killed };

struct Site {
    test::TemporaryFolder folder;
    base::Path db = folder.path() / "site" / "lists.db";
    feed::Registry feeds = registry();
    test::FakeClock clock;
    int edition = 0;

    Site() {
        for (const int each : {1, 2}) {
            folder.write(fmt::format("mirror{}/test_list/entities.ftm.json", each), list_of(each));
        }
    }
    pipeline::RunReport refresh(int to, base::Files& files, base::Progress& progress) {
        pipeline::World world{files, clock, progress, [] { return std::unique_ptr<feed::Transport>(); }};
        pipeline::RefreshOptions options;
        options.db = db;
        options.mirror = folder.path() / fmt::format("mirror{}", to);
        options.operator_name = "test";
        options.retention_days = 1;
        return pipeline::refresh(options, feeds, world);
    }
    void refresh_well(int to) {
        const auto files = base::make_system_files();
        base::NoProgress progress;
        const pipeline::RunReport report = refresh(to, *files, progress);
        REQUIRE(report.complete());
        REQUIRE(report.feeds.at(0).status != "refused");
        edition = to;
    }
    /// Everything holds, and the answer is edition `edition` or `also`.
    void check(int also) {
        const auto files = base::make_system_files();
        const store::Store store = store::Store::open(db, store::Access::read);
        CHECK(store.check().empty());
        const feed::Archive archive(*files, feed::Archive::folder_of(db));
        CHECK(archive.verify().empty());
        CHECK(audit::verify(db, "").findings.empty());
        const store::View view = store.current_view();
        for (const auto& [dataset, id] : view.snapshots) {
            CHECK(archive.has_snapshot(dataset, store.snapshot(id)->hash));
        }
        const base::Path path = index::path_of(db, view);
        CHECK(index::Container::open(path).verify().empty());
        const index::Index index = index::Index::open(path);
        CHECK(index.entities().size() == 2 * kPersons - 1);
        const auto found = index.entities().find("x-0");
        REQUIRE(found.has_value());
        const std::string alias(index.entities().first(*found, model::property("alias")));
        CHECK((alias == fmt::format("Edition {}", edition) || alias == fmt::format("Edition {}", also)));
    }
    /// In a process of its own.
    template <class Run>
    Exit in_child(const Run& run) {
        const pid_t child = ::fork();
        if (child == 0) {
            try {
                run();
            } catch (const std::exception&) {
                ::_exit(1);
            }
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? Exit::killed : WEXITSTATUS(status) == 0 ? Exit::well : Exit::failed;
    }
};

/// Writes the bytes of an edition that were never seen before, so that a refresh has everything to do.
void new_bytes(const Site& site, int edition, std::size_t serial) {
    site.folder.write(fmt::format("mirror{}/test_list/entities.ftm.json", edition), list_of(edition) + std::string(serial, '\n'));
}

/// A fault at every call of the file layer, each in a process of its own.
void fault_at_every_file_operation(test::Fault fault) {
    Site site;
    site.refresh_well(1);
    test::FaultyFiles counting(test::Fault::fail);
    base::NoProgress silent;
    REQUIRE(site.refresh(2, counting, silent).complete());
    site.edition = 2;
    REQUIRE(counting.calls() > 20);
    int told = 0;
    for (std::uint64_t at = 1; at <= counting.calls(); ++at) {
        CAPTURE(at);
        const int next = 3 - site.edition;
        new_bytes(site, next, at);
        const Exit exit = site.in_child([&] {
            test::FaultyFiles files(fault, at);
            base::NoProgress progress;
            if (!site.refresh(next, files, progress).complete()) {
                throw base::StoreError("a feed failed");
            }
        });
        told += exit == Exit::well ? 0 : 1;
        site.check(next);
        site.refresh_well(next);
        site.check(next);
    }
    // No fault goes by in silence.
    CHECK(told == static_cast<int>(counting.calls()));
}

}  // namespace

TEST_CASE("a full disk or a failing fsync at any file operation is told, loses nothing, and the next refresh completes") {
    fault_at_every_file_operation(test::Fault::fail);
}

TEST_CASE("SIGKILL before any file operation loses nothing, and the next refresh completes") {
    fault_at_every_file_operation(test::Fault::kill);
}

TEST_CASE("power lost before any file operation, with names on disk before their data, loses nothing") {
    fault_at_every_file_operation(test::Fault::power);
}
