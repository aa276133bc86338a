// Canada's autonomous sanctions list (SEMA and JVCFOR): one flat record a listing.
//
// The list has no ids. A listing is known by its regulation, schedule and item; those move when items are deleted, so
// the entity's id is derived from regulation, name, date of birth and IMO number instead: a correction of a name makes
// a new id, which resolving joins to the old one. Person, ship or other is told by which fields are there.

#include "adapter/adapters.hpp"
#include "adapter/list_text.hpp"
#include "adapter/xml_audit.hpp"
#include "liaison/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace liaison::adapter {
namespace {

enum class Tag : record::XmlName {
    data_set, record, country, last_name, given_name, entity_or_ship, title_or_ship, imo, born_or_built, schedule, item, listed, aliases,
};
constexpr std::array<std::string_view, 13> tag_names{"data-set", "record", "Country", "LastName", "GivenName", "EntityOrShip", "TitleOrShip",
                                                     "ShipIMONumber", "DateOfBirthOrShipBuildDate", "Schedule", "Item", "DateOfListing", "Aliases"};
constexpr record::XmlName name_of(Tag tag) { return static_cast<record::XmlName>(tag); }

std::string text_of(const record::XmlElement& root, Tag tag) { return base::collapse_space(root.child_text(name_of(tag))); }

/// "Myanmar (Burma) / Myanmar (Birmanie)" -> the English half.
std::string_view english(std::string_view text) {
    const std::size_t slash = text.find(" / ");
    return slash == std::string_view::npos ? text : text.substr(0, slash);
}

/// ISO 639-3 of a language that labels an alias, or "".
std::string_view language_named(std::string_view label) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> languages{
        {{"belarusian", "bel"}, {"belarussian", "bel"}, {"russian", "rus"}, {"ukrainian", "ukr"}, {"arabic", "ara"}, {"persian", "fas"},
         {"farsi", "fas"}, {"burmese", "mya"}, {"chinese", "zho"}, {"georgian", "kat"}}};
    const std::string lower = ascii_lower(label);
    const auto found = std::find_if(languages.begin(), languages.end(), [&](const auto& language) { return language.first == lower; });
    return found == languages.end() ? std::string_view() : found->second;
}

/// "A, Belarusian: Б; Russian: В" and "A or B": the names of the free text field. Commas part names only where what
/// follows begins like one; "Avia Company, Ltd." stays whole.
std::vector<NameText> alias_names(std::string_view text) {
    static const std::set<std::string, std::less<>> endings{"ltd", "ltd.", "llc", "inc", "inc.", "jsc", "co.", "limited", "l.l.c.", "s.a.", "jr.", "jr", "gmbh", "llp", "pjsc", "ooo"};
    std::vector<std::string> parts(1);
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : 0;
        depth -= text[i] == ')' && depth > 0 ? 1 : 0;
        const bool comma = text[i] == ',' && depth == 0;
        const bool semicolon = text[i] == ';' && depth == 0;
        if (!comma && !semicolon) {
            parts.back() += text[i];
            continue;
        }
        const std::string next = base::collapse_space(text.substr(i + 1, std::min(text.find_first_of(",;", i + 1), text.size()) - i - 1));
        if (comma && (endings.contains(ascii_lower(next)) || next.empty())) {
            parts.back() += ',';
        } else {
            parts.emplace_back();
        }
    }
    std::vector<NameText> names;
    for (const std::string& part : parts) {
        std::string_view name = part;
        std::string_view said;  // "Russian:", "also known as:"
        if (const std::size_t colon = name.find(':'); colon != std::string_view::npos && colon < 30) {
            said = language_named(base::collapse_space(name.substr(0, colon)));
            name = name.substr(colon + 1);
        }
        while (!name.empty() && (name.front() == ' ' || name.front() == '/')) {
            name.remove_prefix(1);
        }
        // "Алла Оболенская / Алла Оболенська": two spellings where both halves are whole names.
        const std::size_t slash = name.find(" / ");
        const bool two = slash != std::string_view::npos && name.substr(0, slash).find(' ') != std::string_view::npos &&
                         name.substr(slash + 3).find(' ') != std::string_view::npos;
        for (const std::string_view half : {two ? name.substr(0, slash) : name, two ? name.substr(slash + 3) : std::string_view()}) {
            for (NameText& each : split_names(half)) {
                if (!said.empty() && !each.lang.empty()) {  // the script told some language: the label tells which
                    each.lang = said;
                }
                names.push_back(std::move(each));
            }
        }
    }
    return names;
}

struct Vocabulary {
    const model::Schema& person = model::schema("Person");
    const model::Schema& organization = model::schema("Organization");
    const model::Schema& vessel = model::schema("Vessel");
    const model::Schema& sanction = model::schema("Sanction");
    model::Property name = model::property("name");
    model::Property alias = model::property("alias");
    model::Property first_name = model::property("firstName");
    model::Property last_name = model::property("lastName");
    model::Property title = model::property("title");
    model::Property type = model::property("type");
    model::Property birth_date = model::property("birthDate");
    model::Property build_date = model::property("buildDate");
    model::Property imo_number = model::property("imoNumber");
    model::Property country = model::property("country");
    model::Property topics = model::property("topics");
    model::Property notes = model::property("notes");
    model::Property entity = model::property("entity");
    model::Property authority = model::property("authority");
    model::Property program = model::property("program");
    model::Property listing_date = model::property("listingDate");
    model::Property start_date = model::property("startDate");
    model::Property list = model::property("list");
    model::Property record_id = model::property("recordId");
    model::Property provisions = model::property("provisions");
};

const Vocabulary& vocabulary() {
    static const Vocabulary all;
    return all;
}

class Reader {
public:
    Reader(const ReadOptions& options, model::StatementSink& sink) : m_options(options), m_sink(sink) {}

    void read(const record::XmlElement& root) {
        const Vocabulary& words = vocabulary();
        ++m_records;
        const std::string last = text_of(root, Tag::last_name);
        const std::string given = text_of(root, Tag::given_name);
        const std::string other = text_of(root, Tag::entity_or_ship);
        const std::string imo = text_of(root, Tag::imo);
        const std::string title = text_of(root, Tag::title_or_ship);
        const std::string regime = text_of(root, Tag::country);
        const std::string date = text_of(root, Tag::born_or_built);
        m_record = fmt::format("{} {} {}", english(regime), text_of(root, Tag::schedule), text_of(root, Tag::item));

        const bool person = !last.empty() || !given.empty();
        const bool ship = !imo.empty();
        std::string name = person ? given : other;
        if (person) {
            join(name, last, " ");
        }
        if (name.empty()) {
            issue("record-without-name", "a record without a name cannot be kept", root.position(), root.text());
            return;
        }
        if (person && !other.empty()) {
            issue("two-names", fmt::format("a record names a person and \"{}\"; it is read as the person", other), root.position(), other);
        }
        const model::Schema& schema = ship ? words.vessel : person ? words.person : words.organization;
        model::Entity entity(model::derived_id(m_options.feed, {english(regime), name, date, imo}), schema);
        entity.position = root.position();
        entity.add(words.name, name, text_language(name));
        if (person && !ship) {
            entity.add(words.first_name, given);
            entity.add(words.last_name, last);
        }
        if (person && !other.empty()) {
            entity.add(words.notes, "EntityOrShip: " + other);
        }
        const std::string aliases = text_of(root, Tag::aliases);
        for (const NameText& alias : alias_names(aliases)) {
            entity.add(words.alias, alias.text, alias.lang, aliases);
        }
        add_title(entity, title);
        add_dates(entity, date, root.position());
        if (ship) {
            entity.add(words.imo_number, imo.starts_with("IMO") ? imo : "IMO" + imo, {}, imo);
        }
        // The regulation says on whose account they are listed, not where they live; only a country is a tie to it.
        entity.add(words.topics, "sanction");
        listing(entity, root, regime);
        m_sink.entity(std::move(entity));
    }

    [[nodiscard]] ReadSummary summary() const { return {m_latest, {{"record", m_records}}, 0}; }

private:
    void issue(std::string_view reason, std::string message, const base::Position& position, std::string_view excerpt) {
        m_sink.issue({std::string(reason), std::move(message), position, m_record, std::string(base::truncate_utf8(excerpt, 200))});
    }

    static void add_title(model::Entity& entity, const std::string& title) {
        const Vocabulary& words = vocabulary();
        for (const auto property : {words.title, words.type}) {
            if (entity.schema->has(property)) {
                entity.add(property, title);
                return;
            }
        }
        entity.add(words.notes, title.empty() ? title : "Title: " + title);
    }

    void add_dates(model::Entity& entity, const std::string& text, const base::Position& position) {
        const Vocabulary& words = vocabulary();
        if (text.empty()) {
            return;
        }
        const model::Property property = entity.schema->has(words.birth_date) ? words.birth_date : words.build_date;
        // "1963 or 1964", "1972-08-10 OR 1972-08-11": each is a date.
        std::vector<model::Date> dates;
        const std::string lower = ascii_lower(text);
        bool all = true;
        for (std::size_t start = 0; start <= lower.size();) {
            const std::size_t end = std::min(lower.find(" or ", start), lower.size());
            const auto date = model::parse_date(std::string_view(lower).substr(start, end - start));
            all = all && date.has_value();
            if (date) {
                dates.push_back(*date);
            }
            start = end + 4;
        }
        if (!all || !entity.schema->has(property)) {
            if (!all) {
                issue("unreadable-date", fmt::format("date of birth \"{}\" cannot be read; kept as a note", text), position, text);
            }
            entity.add(words.notes, "Date of birth or build: " + text);
            return;
        }
        for (const model::Date& date : dates) {
            entity.add(property, model::to_string(date), {}, text);
        }
    }

    void listing(model::Entity& entity, const record::XmlElement& root, const std::string& regime) {
        const Vocabulary& words = vocabulary();
        const std::string schedule = text_of(root, Tag::schedule);
        const std::string item = text_of(root, Tag::item);
        const std::string listed = text_of(root, Tag::listed);
        std::string place = schedule.empty() ? schedule : "Schedule " + schedule;
        join(place, item.empty() ? item : "item " + item, ", ");
        model::Entity sanction(model::derived_id("listing", {m_options.feed, entity.id, schedule, item}), words.sanction);
        sanction.position = root.position();
        sanction.add(words.entity, entity.id);
        sanction.add(words.authority, "Global Affairs Canada");
        sanction.add(words.country, "ca");
        sanction.add(words.program, regime);
        sanction.add(words.list, "Consolidated Canadian Autonomous Sanctions List");
        sanction.add(words.provisions, place);
        sanction.add(words.record_id, m_record);
        if (const auto date = model::parse_date(listed)) {
            const std::string day = model::to_string(*date);
            sanction.add(words.listing_date, day, {}, listed);
            sanction.add(words.start_date, day, {}, listed);
            m_latest = std::max(m_latest, day);
        } else if (!listed.empty()) {
            issue("unreadable-date", fmt::format("date of listing \"{}\" cannot be read", listed), root.position(), listed);
        }
        // The list says no date of its own; the newest listing is the least it can be.
        m_sink.entity(std::move(sanction));
    }

    const ReadOptions& m_options;
    model::StatementSink& m_sink;
    std::string m_record;
    std::string m_latest;
    std::uint64_t m_records = 0;
};

class CaSemaXml final : public Adapter {
public:
    [[nodiscard]] std::string_view format() const override { return "ca_sema_xml"; }

    [[nodiscard]] bool recognises(const record::FileSet& files) const override {
        if (files.size() != 1) {
            return false;
        }
        const record::XmlHead head = record::xml_head(record::peek(files.front()));
        return head.root == "data-set" && std::find(head.children.begin(), head.children.end(), "record") != head.children.end();
    }

    ReadSummary read(const record::FileSet& files, const ReadOptions& options, model::StatementSink& sink) const override {
        record::XmlNames names(tag_names);
        Reader reader(options, sink);
        XmlAudit audit(names, sink);
        const std::vector<record::XmlName> containers{name_of(Tag::data_set)};
        read_rooted_xml(files.front(), names, containers, "Canada's autonomous sanctions list", sink, options.progress, [&](const record::XmlRecord& record) {
            if (record.root().name() != name_of(Tag::record)) {
                audit.misplaced(record.root(), {});
                audit.check(record, {});
                return;
            }
            reader.read(record.root());
            audit.check(record, {});
        });
        return reader.summary();
    }
};

}  // namespace

const Adapter& ca_sema_xml() {
    static const CaSemaXml adapter;
    return adapter;
}

}  // namespace liaison::adapter
