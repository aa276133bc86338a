// Reading statements through a view: the one place where "stands in this snapshot" is put into SQL.

#include "liaison/store/store.hpp"

#include "liaison/model/vocabulary.hpp"
#include "store/database.hpp"
#include "store/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace liaison::store {
namespace {

constexpr std::string_view kStatementColumns =
    "e.key, p.text, s.value, coalesce(l.text, ''), coalesce(s.original, ''), d.text, coalesce(f.text, ''), s.line, "
    "s.first, s.last";
constexpr std::string_view kStatementJoin =
    "FROM statement s JOIN entity e ON e.id = s.entity JOIN term p ON p.id = s.property JOIN term d ON d.id = s.dataset "
    "LEFT JOIN term l ON l.id = s.lang LEFT JOIN term f ON f.id = s.file";

Statement statement_from_row(const Query& query) {
    Statement statement;
    statement.entity = query.text(0);
    statement.property = query.text(1);
    statement.value = query.text(2);
    statement.lang = query.text(3);
    statement.original = query.text(4);
    statement.dataset = query.text(5);
    statement.file = query.text(6);
    statement.line = static_cast<std::uint64_t>(query.integer(7));
    statement.first = query.integer(8);
    if (!query.is_null(9)) {
        statement.last = query.integer(9);
    }
    return statement;
}

}  // namespace

void Store::for_each_statement(const View& view, const std::function<void(const Row&)>& visit) const {
    std::vector<std::int64_t> snapshot_of_term;
    for (const auto& [dataset, snapshot] : view.snapshots) {
        Query id = m_database->query("SELECT id FROM term WHERE text = ?");
        if (id.bind(1, dataset).step()) {
            const auto index = static_cast<std::size_t>(id.integer(0));
            if (snapshot_of_term.size() <= index) {
                snapshot_of_term.resize(index + 1, 0);
            }
            snapshot_of_term[index] = snapshot;
        }
    }
    Query query = m_database->query(
        "SELECT entity, dataset, property, lang, value, original, first, last FROM statement ORDER BY rowid");
    while (query.step()) {
        const auto dataset = static_cast<std::size_t>(query.integer(1));
        const std::int64_t snapshot = dataset < snapshot_of_term.size() ? snapshot_of_term[dataset] : 0;
        const std::int64_t first = query.integer(6);
        if (snapshot == 0 || first > snapshot || (!query.is_null(7) && query.integer(7) < snapshot)) {
            continue;
        }
        visit({query.integer(0), static_cast<std::uint32_t>(dataset), static_cast<std::uint32_t>(query.integer(2)),
               static_cast<std::uint32_t>(query.integer(3)), query.text(4), query.text(5), first});
    }
}

void Store::for_each_entity(const std::function<void(std::int64_t, std::string_view)>& visit) const {
    Query query = m_database->query("SELECT id, key FROM entity ORDER BY id");
    while (query.step()) {
        visit(query.integer(0), query.text(1));
    }
}

std::vector<Statement> Store::statements_of(std::string_view entity, const View& view, bool history) const {
    Query query = m_database->query(fmt::format(
        "SELECT {} {} WHERE s.entity = (SELECT id FROM entity WHERE key = ?) ORDER BY s.rowid", kStatementColumns,
        kStatementJoin));
    query.bind(1, entity);
    std::vector<Statement> statements;
    while (query.step()) {
        Statement statement = statement_from_row(query);
        if (!history) {
            const auto snapshot = view.snapshots.find(statement.dataset);
            if (snapshot == view.snapshots.end() || statement.first > snapshot->second ||
                (statement.last && *statement.last < snapshot->second)) {
                continue;
            }
        }
        statements.push_back(std::move(statement));
    }
    return statements;
}

std::vector<Statement> Store::statements_referring_to(const std::set<std::string>& ids) const {
    std::unordered_set<std::string_view> wanted;
    for (const std::string& id : ids) {
        wanted.insert(id);
    }
    std::string terms;
    Query names = m_database->query("SELECT id, text FROM term");
    while (names.step()) {
        const auto property = model::find_property(names.text(1));
        if (!property) {
            continue;
        }
        const auto schemata = model::all_schemata();
        const bool refers = std::any_of(schemata.begin(), schemata.end(), [&](const model::Schema& schema) {
            return schema.has(*property) && schema.type_of(*property) == model::PropertyType::entity;
        });
        if (refers) {
            terms += fmt::format("{}{}", terms.empty() ? "" : ",", names.integer(0));
        }
    }
    std::vector<Statement> found;
    if (wanted.empty() || terms.empty()) {
        return found;
    }
    Query scan = m_database->query(fmt::format("SELECT rowid, value FROM statement WHERE property IN ({}) ORDER BY rowid", terms));
    Query full = m_database->query(fmt::format("SELECT {} {} WHERE s.rowid = ?", kStatementColumns, kStatementJoin));
    while (scan.step()) {
        if (wanted.contains(scan.text(1))) {
            if (full.bind(1, scan.integer(0)).step()) {
                found.push_back(statement_from_row(full));
            }
            full.reset();
        }
    }
    return found;
}

void Store::for_each_change(std::string_view dataset, std::int64_t from, std::int64_t to,
                            const std::function<void(const Statement&, bool)>& visit) const {
    // A statement stood in `from` when first <= from and (last is null or last >= from); same for `to`.
    Query query = m_database->query(fmt::format(
        "SELECT {} {} WHERE d.text = ?1 AND ((s.first <= ?2 AND (s.last IS NULL OR s.last >= ?2)) <> "
        "(s.first <= ?3 AND (s.last IS NULL OR s.last >= ?3))) ORDER BY e.key, s.rowid",
        kStatementColumns, kStatementJoin));
    query.bind(1, dataset).bind(2, from).bind(3, to);
    while (query.step()) {
        const Statement statement = statement_from_row(query);
        const bool stands_in_to = statement.first <= to && (!statement.last || *statement.last >= to);
        visit(statement, stands_in_to);
    }
}

std::vector<StoredIssue> Store::issues(const View& view, std::string_view dataset, std::string_view reason,
                                       std::size_t limit) const {
    std::vector<StoredIssue> found;
    for (const auto& [id, snapshot] : view.snapshots) {
        if (!dataset.empty() && id != dataset) {
            continue;
        }
        Query query = m_database->query(
            "SELECT reason, message, file, line, byte, record, excerpt FROM issue WHERE snapshot = ?1 AND "
            "(?2 = '' OR reason = ?2) ORDER BY rowid");
        query.bind(1, snapshot).bind(2, reason);
        while (query.step() && (limit == 0 || found.size() < limit)) {
            StoredIssue issue;
            issue.dataset = id;
            issue.snapshot = snapshot;
            issue.issue.reason = query.text(0);
            issue.issue.message = query.text(1);
            issue.issue.position = {std::string(query.text(2)), static_cast<std::uint64_t>(query.integer(3)),
                                    static_cast<std::uint64_t>(query.integer(4))};
            issue.issue.record = query.text(5);
            issue.issue.excerpt = query.text(6);
            found.push_back(std::move(issue));
        }
    }
    return found;
}

std::map<std::string, std::map<std::string, std::uint64_t>> Store::issue_counts(const View& view) const {
    std::map<std::string, std::map<std::string, std::uint64_t>> counts;
    for (const auto& [id, snapshot] : view.snapshots) {
        Query query = m_database->query("SELECT reason, count(*) FROM issue WHERE snapshot = ? GROUP BY reason");
        query.bind(1, snapshot);
        while (query.step()) {
            counts[id][std::string(query.text(0))] = static_cast<std::uint64_t>(query.integer(1));
        }
    }
    return counts;
}

}  // namespace liaison::store
