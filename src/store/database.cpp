#include "store/database.hpp"

#include "liaison/base/error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace liaison::store {
namespace {

[[noreturn]] void throw_sqlite(sqlite3* connection, std::string_view file) {
    const int code = connection == nullptr ? SQLITE_NOMEM : sqlite3_errcode(connection);
    std::string hint;
    switch (code & 0xFF) {
        case SQLITE_FULL: hint = "free disk space and run the command again; the last good state is unchanged"; break;
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM: hint = "check the permissions of the file and its folder, or choose another --db"; break;
        case SQLITE_BUSY: hint = "another liaison is writing to this store; wait for it to end"; break;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: hint = "restore the file from a backup, or delete it and refresh again"; break;
        default: break;
    }
    throw base::StoreError(
        fmt::format("store {}: {}", file, connection == nullptr ? "out of memory" : sqlite3_errmsg(connection)), hint);
}

}  // namespace

void CloseConnection::operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
void FinalizeStatement::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Query::Query(sqlite3* connection, std::string_view sql, std::string_view file) : m_file(file) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) != SQLITE_OK) {
        throw_sqlite(connection, m_file);
    }
    m_statement.reset(statement);
}

void Query::fail() const { throw_sqlite(sqlite3_db_handle(m_statement.get()), m_file); }

Query& Query::bind(int position, std::int64_t value) {
    if (sqlite3_bind_int64(m_statement.get(), position, value) != SQLITE_OK) {
        fail();
    }
    return *this;
}

Query& Query::bind(int position, double value) {
    if (sqlite3_bind_double(m_statement.get(), position, value) != SQLITE_OK) {
        fail();
    }
    return *this;
}

Query& Query::bind(int position, std::string_view value) {
    // An empty view may carry a null pointer, which SQLite would take for NULL.
    const char* data = value.data() == nullptr ? "" : value.data();
    if (sqlite3_bind_text(m_statement.get(), position, data, static_cast<int>(value.size()), SQLITE_STATIC) != SQLITE_OK) {
        fail();
    }
    return *this;
}

Query& Query::bind_null(int position) {
    if (sqlite3_bind_null(m_statement.get(), position) != SQLITE_OK) {
        fail();
    }
    return *this;
}

bool Query::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        fail();
    }
    return false;
}

void Query::run() {
    while (step()) {
    }
    reset();
}

void Query::reset() { sqlite3_reset(m_statement.get()); }

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
double Query::real(int column) const { return sqlite3_column_double(m_statement.get(), column); }

std::string_view Query::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    if (data == nullptr) {
        return {};
    }
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

bool Query::is_null(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }

Database::Database(const base::Path& file, bool writable, bool create) : m_file(file.string()) {
    sqlite3* connection = nullptr;
    const int flags = (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | (create ? SQLITE_OPEN_CREATE : 0) |
                      SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(m_file.c_str(), &connection, flags, nullptr);
    m_connection.reset(connection);
    if (code != SQLITE_OK) {
        throw_sqlite(connection, m_file);
    }
    sqlite3_extended_result_codes(connection, 0);
    sqlite3_busy_timeout(connection, 10000);
    // Our own files may still have been tampered with.
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

void Database::execute(const char* sql) {
    if (sqlite3_exec(m_connection.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw_sqlite(m_connection.get(), m_file);
    }
}

Query Database::query(std::string_view sql) const { return {m_connection.get(), sql, m_file}; }
std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(m_connection.get()); }
std::int64_t Database::changes() const { return sqlite3_changes64(m_connection.get()); }

Transaction::Transaction(Database& database) : m_database(database) { m_database.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
    if (m_open) {
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    m_database.execute("COMMIT");
    m_open = false;
}

}  // namespace liaison::store
