#include "cli/options.hpp"
#include "cli/registry.hpp"
#include "cli/text.hpp"

#include "liaison/base/error.hpp"
#include "liaison/feed/archive.hpp"
#include "liaison/feed/fetch.hpp"
#include "liaison/model/date.hpp"
#include "liaison/store/store.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <ostream>

namespace liaison::cli {
namespace {

using Json = nlohmann::ordered_json;

/// What the store knows of a feed, besides what its manifest says.
struct Known {
    std::map<std::string, store::FeedState> states;
    std::map<std::string, store::Snapshot> in_service;
};

Known read_store(const base::Path& db, const base::Files& files) {
    Known known;
    if (!files.exists(db)) {  // before the first refresh the manifests alone are listed
        return known;
    }
    const store::Store store = store::Store::open(db, store::Access::read);
    for (store::FeedState& state : store.feed_states()) {
        const std::string id = state.dataset;
        known.states.emplace(id, std::move(state));
    }
    for (store::Snapshot& snapshot : store.snapshots()) {
        if (snapshot.status == store::SnapshotStatus::published) {
            known.in_service.insert_or_assign(snapshot.dataset, snapshot);
        }
    }
    return known;
}

std::string_view name_of(feed::Kind kind) { return kind == feed::Kind::news ? "news" : "list"; }

Json describe(const feed::Manifest& manifest, const Known& known, base::Instant now) {
    Json json;
    json["id"] = manifest.id;
    json["kind"] = name_of(manifest.kind);
    json["title"] = manifest.title;
    json["publisher"] = manifest.publisher;
    json["country"] = manifest.publisher_country;
    json["licence"] = manifest.licence;
    json["licence_url"] = manifest.licence_url;
    json["enabled"] = manifest.enabled;
    json["formats"] = manifest.formats;
    json["urls"] = Json::array();
    for (const feed::Source& source : manifest.sources) {
        for (const feed::MemberFile& file : source.files) {
            json["urls"].push_back(file.url);
        }
        if (source.index) {
            json["urls"].push_back(source.index->url);
        }
    }
    json["cadence_hours"] = manifest.cadence.count();
    json["status"] = "never";
    if (const auto state = known.states.find(manifest.id); state != known.states.end()) {
        json["status"] = state->second.status;
        json["attempted_at"] = state->second.attempted_at;
        json["message"] = state->second.message;
    }
    if (const auto found = known.in_service.find(manifest.id); found != known.in_service.end()) {
        const store::Snapshot& snapshot = found->second;
        json["snapshot"] = snapshot.hash;
        json["format"] = snapshot.format;
        json["publication_date"] = snapshot.published;
        json["fetched_at"] = snapshot.fetched_at;
        json["sample"] = snapshot.sample;
        const auto published = model::parse_edtf(snapshot.published);
        const auto today = model::parse_edtf(base::to_iso_date(now));
        const std::int64_t age = published && today ? today->days().first - published->days().first : 0;
        json["age_days"] = age;
        json["overdue"] = !snapshot.sample && age * 24 > manifest.cadence.count();
    }
    return json;
}

std::string text_at(const Json& json, const char* key) { return json.contains(key) ? json.at(key).get<std::string>() : ""; }

std::string age_of(const Json& json) {
    return !json.contains("age_days") ? ""
           : fmt::format("{} d{}", json.at("age_days").get<std::int64_t>(), json.at("overdue").get<bool>() ? ", OVERDUE" : "");
}

class FeedsCommand final : public Command {
public:
    std::string_view name() const override { return "feeds"; }
    Group group() const override { return Group::data_in; }
    std::string_view summary() const override { return "List the known feeds, their licences, and how old what we have of them is"; }
    std::string_view details() const override {
        return "  liaison feeds                              every feed and its state\n"
               "  liaison feeds show ID                      one feed in full\n"
               "  liaison feeds export-mirror DIR [ID...]    write the lists in service to DIR/<feed id>/, for a site\n"
               "                                             without network: liaison refresh --mirror DIR\n\n"
               "Examples:\n"
               "  liaison feeds -f json\n"
               "  liaison feeds show un_sc\n"
               "  liaison feeds export-mirror /srv/mirror us_ofac_sdn un_sc\n";
    }
    void add_options(CLI::App& app) override {
        m_store.add(app);
        m_output.add(app);
        app.add_option("WORDS", m_words, "show ID, or export-mirror DIR [ID...]");
    }

    ExitCode run(Environment& environment) override {
        const feed::Registry registry = m_store.registry(environment);
        if (m_words.empty()) {
            return list(environment, registry);
        }
        if (m_words[0] == "show" && m_words.size() == 2) {
            return show(environment, require(registry, m_words[1]));
        }
        if (m_words[0] == "export-mirror" && m_words.size() >= 2) {
            return export_mirror(environment, registry);
        }
        throw base::UsageError("feeds: nothing, show ID, or export-mirror DIR [ID...]", "see 'liaison feeds --help'");
    }

private:
    static const feed::Manifest& require(const feed::Registry& registry, const std::string& id) {
        if (const feed::Manifest* manifest = registry.find(id)) {
            return *manifest;
        }
        std::vector<std::string> ids;
        for (const feed::Manifest& manifest : registry.all()) {
            ids.push_back(manifest.id);
        }
        throw base::UsageError(fmt::format("no feed \"{}\"", id), "feeds: " + join(ids, ", "));
    }

    ExitCode list(Environment& environment, const feed::Registry& registry) const {
        const Known known = read_store(m_store.path(environment), environment.files);
        Json all = Json::array();
        for (const feed::Manifest& manifest : registry.all()) {
            all.push_back(describe(manifest, known, environment.clock.now()));
        }
        std::string text;
        switch (m_output.chosen()) {
            case Format::json: text = Json{{"feeds", all}}.dump(1) + "\n"; break;
            case Format::ndjson:
                for (const Json& entry : all) {
                    text += entry.dump() + "\n";
                }
                break;
            case Format::csv:
                text = csv_line({"id", "kind", "title", "publisher", "licence", "enabled", "status", "publication_date", "snapshot"});
                for (const Json& entry : all) {
                    text += csv_line({text_at(entry, "id"), text_at(entry, "kind"), text_at(entry, "title"), text_at(entry, "publisher"),
                                      text_at(entry, "licence"), entry.at("enabled").get<bool>() ? "yes" : "no", text_at(entry, "status"),
                                      text_at(entry, "publication_date"), text_at(entry, "snapshot")});
                }
                break;
            case Format::table: {
                Table table({"feed", "kind", "state", "published", "age", "title", "licence"});
                for (const Json& entry : all) {
                    table.add({text_at(entry, "id"), text_at(entry, "kind"),
                               text_at(entry, "status") + (entry.at("enabled").get<bool>() ? "" : " (off)"),
                               text_at(entry, "publication_date"), age_of(entry), text_at(entry, "title"), text_at(entry, "licence")});
                }
                text = table.text();
                break;
            }
        }
        m_output.write(environment, text);
        return ExitCode::yes;
    }

    ExitCode show(Environment& environment, const feed::Manifest& manifest) const {
        const Known known = read_store(m_store.path(environment), environment.files);
        const Json json = describe(manifest, known, environment.clock.now());
        if (m_output.chosen() != Format::table) {
            m_output.write(environment, json.dump(m_output.chosen() == Format::ndjson ? -1 : 1) + "\n");
            return ExitCode::yes;
        }
        Table table({"", manifest.id});
        for (const auto& [key, value] : json.items()) {
            if (value.is_array()) {
                for (const Json& item : value) {
                    table.add({key, printable(item.get<std::string>())});
                }
            } else if (key != "id") {
                table.add({key, value.is_string() ? printable(value.get<std::string>()) : value.dump()});
            }
        }
        m_output.write(environment, table.text());
        return ExitCode::yes;
    }

    ExitCode export_mirror(Environment& environment, const feed::Registry& registry) const {
        const base::Path db = m_store.path(environment);
        const store::Store store = store::Store::open(db, store::Access::read);
        const feed::Archive archive(environment.files, feed::Archive::folder_of(db));
        std::vector<std::string> wanted(m_words.begin() + 2, m_words.end());
        for (const std::string& id : wanted) {
            (void)require(registry, id);
        }
        Table table({"feed", "published", "files", "bytes", "snapshot"});
        std::size_t written = 0;
        for (const feed::Manifest& manifest : registry.all()) {
            if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), manifest.id) == wanted.end()) {
                continue;
            }
            const auto in_service = store.latest(manifest.id);
            if (!in_service) {
                continue;
            }
            const feed::Snapshot snapshot = archive.snapshot(manifest.id, in_service->hash);
            feed::export_to_mirror(archive, snapshot, m_words[1]);
            if (in_service->sample) {  // whoever takes it must go on saying so
                base::publish(environment.files, base::Path(m_words[1]) / "SAMPLE", "This mirror holds a sample set.\n");
            }
            std::uint64_t bytes = 0;
            for (const feed::StoredFile& file : snapshot.files) {
                bytes += file.size;
            }
            table.add({manifest.id, in_service->published, fmt::format("{}", snapshot.files.size()), fmt::format("{}", bytes), snapshot.id});
            ++written;
        }
        m_output.write(environment, table.text());
        return written > 0 ? ExitCode::yes : ExitCode::no;
    }

    StoreOptions m_store;
    OutputOptions m_output;
    std::vector<std::string> m_words;
};

}  // namespace

std::unique_ptr<Command> make_feeds_command() { return std::make_unique<FeedsCommand>(); }

}  // namespace liaison::cli
