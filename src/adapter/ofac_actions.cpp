// OFAC's "Recent Actions" pages (HTML): what was added, changed and removed on a day, as announced.
//
// The pages do not give OFAC's numbers, so a party's id is `<feed>-<20 hexadecimal digits>`, derived from the primary
// name and, for persons, the first date of birth: the same party on several pages is one entity, and resolving joins
// it to ofac-<uid> by its names, dates, documents and wallets. A "Linked To" names its far end only: the party of that
// name among the pages at hand, else a stub whose id comes from the name alone.
// Each announcement is a Sanction of its own with status "added", "changed" or "removed" and the day of the page; a
// change keeps the old text and says item by item what came and what went.

#include "adapter/adapters.hpp"
#include "adapter/content_ids.hpp"
#include "adapter/ofac_actions_entry.hpp"
#include "adapter/ofac_actions_page.hpp"
#include "liaison/base/error.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace liaison::adapter {
namespace {

using namespace ofac;

struct Words {
    const model::Schema& sanction = model::schema("Sanction");
    const model::Schema& link = model::schema("UnknownLink");
    const model::Schema& legal_entity = model::schema("LegalEntity");
    model::Property entity = model::property("entity");
    model::Property authority = model::property("authority");
    model::Property country = model::property("country");
    model::Property status = model::property("status");
    model::Property list = model::property("list");
    model::Property program = model::property("program");
    model::Property listing_date = model::property("listingDate");
    model::Property start_date = model::property("startDate");
    model::Property end_date = model::property("endDate");
    model::Property modified_at = model::property("modifiedAt");
    model::Property source_url = model::property("sourceUrl");
    model::Property description = model::property("description");
    model::Property summary = model::property("summary");
    model::Property role = model::property("role");
    model::Property evidence = model::property("evidence");
    model::Property subject = model::property("subject");
    model::Property object = model::property("object");
    model::Property name = model::property("name");
    model::Property alias = model::property("alias");
    model::Property topics = model::property("topics");
    model::Property birth_date = model::property("birthDate");
};

const Words& words() {
    static const Words all;
    return all;
}

/// Emitter names parties after OFAC's numbers; here the key takes the number's place and the feed the prefix's.
class Renaming final : public model::StatementSink {
public:
    Renaming(std::string key, std::string id, bool removed, model::StatementSink& sink)
        : m_old("ofac-" + std::move(key)), m_id(std::move(id)), m_removed(removed), m_sink(sink) {}
    void entity(model::Entity entity) override {
        if (entity.id == m_old) {
            entity.id = m_id;
            if (m_removed) {
                std::erase_if(entity.values, [](const model::Value& value) { return value.property == words().topics; });
            }
        }
        for (model::Value& value : entity.values) {
            if (value.text == m_old) {
                value.text = m_id;
            }
        }
        m_sink.entity(std::move(entity));
    }
    void issue(base::Issue issue) override { m_sink.issue(std::move(issue)); }

private:
    std::string m_old;
    std::string m_id;
    bool m_removed;
    model::StatementSink& m_sink;
};

class Reader {
public:
    Reader(const ReadOptions& options, model::StatementSink& sink) : m_options(options), m_sink(sink) {}

    void page(const ActionPage& page) {
        for (const Announcement& announcement : page.announcements) {
            ++m_counts[std::string(to_string(announcement.action))];
            read(page, announcement);
        }
        if (page.date > m_latest) {
            m_latest = page.date;
        }
    }

    ReadSummary finish() {
        for (const Link& link : m_links) {
            const auto found = m_by_name.find(action_name_key(link.name));
            std::string target;
            if (found != m_by_name.end() && found->second.size() == 1) {
                target = *found->second.begin();
            } else {
                if (found != m_by_name.end()) {
                    m_sink.issue({"ambiguous-link", fmt::format("\"Linked To: {}\" names {} parties on the pages; kept as a stub", link.name, found->second.size()),
                                  link.position, link.from, link.name});
                }
                target = party_id(link.name, {});
                if (m_stubs.insert(target).second) {
                    model::Entity stub(target, words().legal_entity);
                    stub.position = link.position;
                    stub.add(words().name, link.name);
                    m_sink.entity(std::move(stub));
                }
            }
            model::Entity edge(model::derived_id("rel", {m_options.feed, link.from, target, "Linked To"}), words().link);
            edge.position = link.position;
            edge.add(words().subject, link.from);
            edge.add(words().object, target);
            edge.add(words().role, "Linked To");
            edge.add(words().evidence, link.evidence);
            m_sink.entity(std::move(edge));
        }
        return {m_latest, m_counts, 0};
    }

private:
    struct Link {
        std::string from;
        std::string name;
        std::string evidence;
        base::Position position;
    };

    [[nodiscard]] std::string party_id(std::string_view name, std::string_view birth) const {
        const std::string key = action_name_key(name);
        return model::derived_id(m_options.feed, {key.empty() ? name : std::string_view(key), birth});
    }

    static std::string first_birth(const Party& party) {
        for (const Feature& feature : party.features) {
            const auto& properties = feature.rule == nullptr ? std::vector<model::Property>() : feature.rule->properties;
            if (std::find(properties.begin(), properties.end(), words().birth_date) != properties.end()) {
                return feature.date.edtf;
            }
        }
        return {};
    }

    void read(const ActionPage& page, const Announcement& announcement) {
        Emitter parts(m_options, m_sink);
        auto entry = read_action_entry(announcement.text, announcement.position, parts);
        if (!entry) {
            m_sink.issue({"unreadable-entry", "an entry without a programme tag or a name cannot be read", announcement.position, {},
                          std::string(base::truncate_utf8(announcement.text, 200))});
            return;
        }
        const std::string name = action_primary_name(entry->party);
        const std::string id = party_id(name, first_birth(entry->party));
        entry->party.uid = id;
        {
            Renaming renamed(id, id, announcement.action == Action::removed, m_sink);
            Emitter emitter(m_options, renamed);
            emitter.party(entry->party);
        }
        m_by_name[action_name_key(name)].insert(id);
        for (const std::string& link : entry->links) {
            m_links.push_back({id, link, fmt::format("(Linked To: {})", link), announcement.position});
        }
        sanction(page, announcement, *entry, id, name);
    }

    void sanction(const ActionPage& page, const Announcement& announcement, const ActionEntry& entry, const std::string& id,
                  const std::string& name) {
        model::Entity sanction(model::derived_id("listing", {m_options.feed, id, page.date, to_string(announcement.action), announcement.list}),
                               words().sanction);
        sanction.position = announcement.position;
        sanction.add(words().entity, id);
        sanction.add(words().authority, "Office of Foreign Assets Control");
        sanction.add(words().country, "us");
        sanction.add(words().status, to_string(announcement.action));
        sanction.add(words().list, announcement.list);
        for (const std::string& program : entry.programs) {
            sanction.add(words().program, program);
        }
        switch (announcement.action) {
            case Action::added:
                sanction.add(words().listing_date, page.date);
                sanction.add(words().start_date, page.date);
                break;
            case Action::changed: sanction.add(words().modified_at, page.date); break;
            case Action::removed: sanction.add(words().end_date, page.date); break;
        }
        sanction.add(words().source_url, page.press_release);
        sanction.add(words().description, page.title);
        for (const Feature& feature : entry.party.features) {
            const bool of_listing = feature.rule != nullptr && (feature.rule->use == FeatureUse::summary || feature.rule->use == FeatureUse::listing_date ||
                                                                feature.rule->use == FeatureUse::effective_date);
            if (of_listing) {  // "Secondary sanctions risk:" speaks of the listing, not of the party
                sanction.add(words().summary, fmt::format("{}: {}", std::string_view(feature.label).substr(0, feature.label.find_last_not_of(" :-") + 1), feature.value));
            }
        }
        if (announcement.action == Action::changed) {
            change(announcement, entry, id, name, sanction);
        }
        m_sink.entity(std::move(sanction));
    }

    /// What came and what went, item by item, and the whole old text.
    void change(const Announcement& announcement, const ActionEntry& entry, const std::string& id, const std::string& name,
                model::Entity& sanction) {
        if (announcement.old_text.empty()) {
            m_sink.issue({"change-without-old-text", "a change does not say \"-to-\"; kept as it stands", announcement.position, id,
                          std::string(base::truncate_utf8(announcement.text, 200))});
            return;
        }
        sanction.add(words().summary, "Was: " + announcement.old_text);
        model::StatementSink& quiet = m_quiet;
        Emitter parts(m_options, quiet);
        const auto old = read_action_entry(announcement.old_text, announcement.position, parts);
        if (!old) {
            return;
        }
        const auto missing = [](const std::vector<std::string>& of, const std::vector<std::string>& in) {
            std::vector<std::string> rest;
            std::copy_if(of.begin(), of.end(), std::back_inserter(rest), [&](const std::string& item) { return std::find(in.begin(), in.end(), item) == in.end(); });
            return rest;
        };
        const auto say = [&](std::string_view what, const std::vector<std::string>& items) {
            for (const std::string& item : items) {
                sanction.add(words().summary, fmt::format("{}: {}", what, item));
            }
        };
        say("Dropped", missing(old->items, entry.items));
        say("Added", missing(entry.items, old->items));
        say("Programme dropped", missing(old->programs, entry.programs));
        say("Programme added", missing(entry.programs, old->programs));
        const std::string old_name = action_primary_name(old->party);
        if (action_name_key(old_name) != action_name_key(name) && !old->party.names.empty()) {
            model::Entity renamed(id, model::schema(old->party.kind == PartyKind::individual ? "Person" : "Thing"));
            renamed.position = announcement.position;
            renamed.add(words().alias, full_name(old->party.names.front()));
            m_sink.entity(std::move(renamed));
        }
    }

    /// Problems of the old text were reported when it was new.
    class Quiet final : public model::StatementSink {
        void entity(model::Entity) override {}
        void issue(base::Issue) override {}
    };

    const ReadOptions& m_options;
    model::StatementSink& m_sink;
    Quiet m_quiet;
    std::vector<Link> m_links;
    std::map<std::string, std::set<std::string>> m_by_name;  ///< primary name key -> ids
    std::set<std::string> m_stubs;
    std::map<std::string, std::uint64_t> m_counts;
    std::string m_latest;
};

class OfacActions final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "ofac_actions_html"; }

    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        constexpr std::size_t enough = std::size_t{512} << 10;  // the navigation comes first
        return !files.empty() && is_action_page(record::peek(files.front(), enough));
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink) const override {
        Reader reader(options, sink);
        std::size_t pages = 0;
        for (const record::SourceFile& file : files) {
            if (const auto page = read_action_page(file, sink)) {
                reader.page(*page);
                ++pages;
            }
        }
        if (pages == 0) {
            throw base::InputError(fmt::format("{}: no page of OFAC's recent actions", files.empty() ? "(no file)" : files.front().name),
                                   "give the pages https://ofac.treasury.gov/recent-actions/YYYYMMDD as HTML");
        }
        return reader.finish();
    }
};

}  // namespace

const Adapter& ofac_actions() {
    static const OfacActions adapter;
    return adapter;
}

}  // namespace liaison::adapter
