// Loading one dataset. The work is a set difference: statements of the new snapshot against those that stand.
//
// Each statement is reduced to a 128-bit key of (entity, property, value, language, original). The keys of standing
// statements are read once into an open-addressing table; a statement that is found there is marked, one that is not is
// inserted, and what stays unmarked at the end is ended. At 128 bits a collision among a billion statements has
// probability below 1e-20. Memory is 24 bytes a statement; the alternative, a temporary SQL table and two joins, took
// several times as long.

#include "liaison/store/store.hpp"

#include "liaison/base/error.hpp"
#include "liaison/base/hash.hpp"
#include "liaison/base/utf8.hpp"
#include "store/database.hpp"
#include "store/rows.hpp"

#include <unordered_map>

namespace liaison::store {
namespace {

struct Key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend bool operator==(const Key&, const Key&) = default;
};

/// Open addressing with linear probing; a zero rowid marks a free slot. The sign of a rowid says "seen in this load".
class KeyTable {
public:
    explicit KeyTable(std::size_t expected) {
        std::size_t capacity = 1024;
        while (capacity < expected * 2) {
            capacity *= 2;
        }
        m_slots.resize(capacity);
    }

    struct Slot {
        Key key;
        std::int64_t rowid = 0;  ///< positive: stood before, not seen yet; negative: seen
    };

    /// The slot of the key, free when it is new.
    Slot& find(const Key& key) {
        if ((m_used + 1) * 10 > m_slots.size() * 7) {
            grow();
        }
        return probe(m_slots, key);
    }
    void fill(Slot& slot, const Key& key, std::int64_t rowid) {
        slot = {key, rowid};
        ++m_used;
    }
    [[nodiscard]] const std::vector<Slot>& slots() const { return m_slots; }

private:
    static Slot& probe(std::vector<Slot>& slots, const Key& key) {
        const std::size_t mask = slots.size() - 1;
        std::size_t i = key.low & mask;
        while (slots[i].rowid != 0 && slots[i].key != key) {
            i = (i + 1) & mask;
        }
        return slots[i];
    }
    void grow() {
        std::vector<Slot> larger(m_slots.size() * 2);
        for (const Slot& slot : m_slots) {
            if (slot.rowid != 0) {
                probe(larger, slot.key) = slot;
            }
        }
        m_slots.swap(larger);
    }

    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

Key key_of(std::int64_t entity, std::int64_t property, std::string_view value, std::int64_t lang,
           std::string_view original) {
    const auto e = static_cast<std::uint64_t>(entity);
    const std::uint64_t numbers =
        (e * 0x9e3779b97f4a7c15ULL) ^ (static_cast<std::uint64_t>(property) << 17) ^ static_cast<std::uint64_t>(lang);
    Key key;
    key.low = base::hash64(original, base::hash64(value, numbers));
    key.high = base::hash64(value, base::hash64(original, e + 0x51ed270b) ^ static_cast<std::uint64_t>(property) * 31 ^
                                       static_cast<std::uint64_t>(lang) << 40);
    return key;
}

}  // namespace

struct Loader::State {
    State(Database& db, std::string_view dataset_id)
        : database(db),
          transaction(db),
          dataset(dataset_id),
          insert_term(db.query("INSERT INTO term (text) VALUES (?)")),
          insert_entity(db.query("INSERT INTO entity (key) VALUES (?)")),
          select_entity(db.query("SELECT id FROM entity WHERE key = ?")),
          insert_statement(db.query("INSERT INTO statement (entity, dataset, property, value, lang, original, file, line, "
                                    "first, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)")),
          insert_issue(db.query("INSERT INTO issue (snapshot, reason, message, file, line, byte, record, excerpt) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")),
          table(0) {
        Query terms = db.query("SELECT text, id FROM term");
        while (terms.step()) {
            term_ids.emplace(terms.text(0), terms.integer(1));
        }
        dataset_term = term(dataset);
        schema_term = term("schema");
        property_terms.assign(model::property_count(), 0);
        Query entities = db.query("SELECT count(*) FROM entity");
        entities.step();
        fresh = entities.integer(0) == 0;
        Query next = db.query("SELECT coalesce(max(id), 0) + 1 FROM snapshot");
        next.step();
        snapshot_id = next.integer(0);
        read_standing();
    }

    void read_standing() {
        Query count = database.query("SELECT count(*) FROM statement WHERE dataset = ? AND last IS NULL");
        count.bind(1, dataset_term).step();
        table = KeyTable(static_cast<std::size_t>(count.integer(0)));
        Query standing = database.query(
            "SELECT rowid, entity, property, value, lang, original FROM statement WHERE dataset = ? AND last IS NULL");
        standing.bind(1, dataset_term);
        while (standing.step()) {
            const Key key = key_of(standing.integer(1), standing.integer(2), standing.text(3), standing.integer(4),
                                   standing.text(5));
            table.fill(table.find(key), key, standing.integer(0));
        }
    }

    std::int64_t term(std::string_view text) {
        if (const auto found = term_ids.find(std::string(text)); found != term_ids.end()) {
            return found->second;
        }
        insert_term.bind(1, text).run();
        return term_ids.emplace(text, database.last_id()).first->second;
    }

    std::int64_t property_term(model::Property property) {
        std::int64_t& id = property_terms[static_cast<std::size_t>(property)];
        if (id == 0) {
            id = term(model::to_string(property));
        }
        return id;
    }

    std::int64_t entity_id(const std::string& key) {
        if (const auto found = entity_ids.find(key); found != entity_ids.end()) {
            return found->second;
        }
        std::int64_t id = 0;
        if (!fresh) {
            if (select_entity.bind(1, key).step()) {
                id = select_entity.integer(0);
            }
            select_entity.reset();
        }
        if (id == 0) {
            insert_entity.bind(1, key).run();
            id = database.last_id();
        }
        entity_ids.emplace(key, id);
        return id;
    }

    void statement(std::int64_t entity, std::int64_t property, std::string_view value, std::string_view lang,
                   std::string_view original, std::int64_t file, std::uint64_t line) {
        const std::int64_t lang_term = lang.empty() ? 0 : term(lang);
        const Key key = key_of(entity, property, value, lang_term, original);
        KeyTable::Slot& slot = table.find(key);
        if (slot.rowid < 0) {
            return;  // said twice in this snapshot
        }
        ++summary.statements;
        if (slot.rowid > 0) {
            slot.rowid = -slot.rowid;
            return;
        }
        insert_statement.bind(1, entity).bind(2, dataset_term).bind(3, property).bind(4, value);
        if (lang_term == 0) {
            insert_statement.bind_null(5);
        } else {
            insert_statement.bind(5, lang_term);
        }
        if (original.empty()) {
            insert_statement.bind_null(6);
        } else {
            insert_statement.bind(6, original);
        }
        insert_statement.bind(7, file).bind(8, static_cast<std::int64_t>(line)).bind(9, snapshot_id);
        insert_statement.run();
        table.fill(slot, key, -database.last_id());
        ++summary.added;
    }

    Database& database;
    Transaction transaction;
    std::string dataset;
    Query insert_term;
    Query insert_entity;
    Query select_entity;
    Query insert_statement;
    Query insert_issue;
    KeyTable table;
    std::unordered_map<std::string, std::int64_t> term_ids;
    std::unordered_map<std::string, std::int64_t> entity_ids;
    std::unordered_map<std::int64_t, const model::Schema*> schema_of;
    std::vector<std::int64_t> property_terms;
    std::int64_t dataset_term = 0;
    std::int64_t schema_term = 0;
    std::int64_t snapshot_id = 0;
    bool fresh = false;
    LoadSummary summary;
};

Loader::Loader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Loader::~Loader() = default;
Loader::Loader(Loader&&) noexcept = default;

void Loader::entity(model::Entity entity) {
    State& state = *m_state;
    if (entity.id.empty() || entity.schema == nullptr) {
        throw base::InternalError("an adapter gave an entity without id or schema");
    }
    const std::int64_t id = state.entity_id(entity.id);
    const std::int64_t file = state.term(entity.position.file);
    const model::Schema*& known = state.schema_of[id];
    if (known == nullptr) {
        known = entity.schema;
        ++state.summary.entities;
        ++state.summary.schemata[known->name];
    } else if (known != entity.schema) {
        const model::Schema* both = model::common_schema(*known, *entity.schema);
        if (both == nullptr) {
            issue({"incompatible-schemata", entity.id + " is both " + known->name + " and " + entity.schema->name,
                   entity.position, entity.id, ""});
        } else if (both != known) {
            --state.summary.schemata[known->name];
            ++state.summary.schemata[both->name];
            known = both;
        }
    }
    state.statement(id, state.schema_term, entity.schema->name, {}, {}, file, entity.position.line);
    for (const model::Value& value : entity.values) {
        state.statement(id, state.property_term(value.property), value.text, value.lang, value.original, file,
                        entity.position.line);
    }
}

void Loader::issue(base::Issue issue) {
    State& state = *m_state;
    ++state.summary.issues;
    ++state.summary.issue_reasons[issue.reason];
    const std::string excerpt = base::repair_utf8(base::truncate_utf8(issue.excerpt, 200));
    const std::string message = base::repair_utf8(base::truncate_utf8(issue.message, 1000));
    state.insert_issue.bind(1, state.snapshot_id).bind(2, issue.reason).bind(3, message).bind(4, issue.position.file);
    state.insert_issue.bind(5, static_cast<std::int64_t>(issue.position.line));
    state.insert_issue.bind(6, static_cast<std::int64_t>(issue.position.byte));
    state.insert_issue.bind(7, issue.record).bind(8, excerpt).run();
}

const LoadSummary& Loader::so_far() const { return m_state->summary; }

LoadSummary Loader::commit(Snapshot snapshot) {
    State& state = *m_state;
    snapshot.dataset = state.dataset;
    snapshot.status = SnapshotStatus::published;
    Query previous = state.database.query(
        "SELECT coalesce(max(id), 0) FROM snapshot WHERE dataset = ? AND status = 'published'");
    previous.bind(1, state.dataset).step();
    Query end = state.database.query("UPDATE statement SET last = ? WHERE rowid = ?");
    for (const KeyTable::Slot& slot : state.table.slots()) {
        if (slot.rowid > 0) {
            end.bind(1, previous.integer(0)).bind(2, slot.rowid).run();
            ++state.summary.ended;
        }
    }
    previous.reset();
    for (auto it = state.summary.schemata.begin(); it != state.summary.schemata.end();) {
        it = it->second == 0 ? state.summary.schemata.erase(it) : std::next(it);
    }
    publish_snapshot(state.database, snapshot);
    state.transaction.commit();
    return state.summary;
}

Loader Store::begin_load(std::string_view dataset) {
    return Loader(std::make_unique<Loader::State>(*m_database, dataset));
}

}  // namespace liaison::store
