#pragma once
// A thin owner of an SQLite connection and of prepared statements; errors become StoreError with the file's name.

#include "liaison/base/files.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace liaison::store {

struct CloseConnection {
    void operator()(sqlite3* connection) const noexcept;
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const noexcept;
};

/// A prepared statement. bind() positions are 1-based, columns 0-based, as SQLite's. Text handed to bind must live
/// until the next reset().
class Query {
public:
    Query(sqlite3* connection, std::string_view sql, std::string_view file);
    Query& bind(int position, std::int64_t value);
    Query& bind(int position, double value);
    Query& bind(int position, std::string_view value);
    Query& bind_null(int position);
    bool step();  ///< true while there is a row
    void run();   ///< step to the end, then reset
    void reset();
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;  ///< valid until the next step
    [[nodiscard]] bool is_null(int column) const;

private:
    [[noreturn]] void fail() const;
    std::unique_ptr<sqlite3_stmt, FinalizeStatement> m_statement;
    std::string m_file;
};

class Database {
public:
    /// Throws StoreError.
    Database(const base::Path& file, bool writable, bool create);
    void execute(const char* sql);  ///< our own constant SQL only
    [[nodiscard]] Query query(std::string_view sql) const;
    [[nodiscard]] std::int64_t last_id() const;
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] const std::string& file() const { return m_file; }
    [[nodiscard]] sqlite3* handle() const { return m_connection.get(); }

private:
    std::string m_file;
    std::unique_ptr<sqlite3, CloseConnection> m_connection;
};

/// BEGIN IMMEDIATE … COMMIT; rolls back when it goes out of scope uncommitted.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& m_database;
    bool m_open = true;
};

}  // namespace liaison::store
