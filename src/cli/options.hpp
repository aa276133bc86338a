#pragma once
// Options that mean the same in every command. A command holds the structs it needs and adds them in add_options().

#include "liaison/audit/log.hpp"
#include "liaison/cli/command.hpp"
#include "liaison/feed/manifest.hpp"
#include "liaison/query/engine.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace liaison::cli {

/// --db, --feeds DIR
struct StoreOptions {
    std::string db;
    std::string feeds_folder;
    void add(CLI::App& app);
    [[nodiscard]] base::Path path(const Environment& environment) const;  ///< --db, else LIAISON_DB, else liaison.db
    [[nodiscard]] feed::Registry registry(const Environment& environment) const;
};

/// --db, --feeds, --as-of, --known-on: for commands that ask a store
struct QueryOptions {
    StoreOptions store;
    std::string as_of;
    std::string known_on;
    void add(CLI::App& app);
    [[nodiscard]] query::Engine open(Environment& environment) const;
};

enum class Format { table, json, ndjson, csv };

/// -f/--format and -o/--output
struct OutputOptions {
    std::string format;
    std::string file;
    void add(CLI::App& app, const std::vector<std::string>& formats = {"table", "json", "ndjson", "csv"});
    /// table on a terminal and when nothing is said, the named one else.
    [[nodiscard]] Format chosen() const;
    /// Writes to stdout, or to the file (replaced by rename when complete).
    void write(Environment& environment, const std::string& text) const;
};

/// Who acts: the option, else LIAISON_OPERATOR, else USER, else "unknown".
[[nodiscard]] std::string operator_of(const Environment& environment, const std::string& option);
/// Where the audit log of the store and its key are: `key`, else LIAISON_AUDIT_KEY, else beside the store.
[[nodiscard]] audit::LogOptions audit_options(const Environment& environment, const base::Path& db, const std::string& key,
                                              const std::string& operator_option);

/// Adds -n/--limit.
void add_limit(CLI::App& app, std::size_t& limit, const std::string& what);

}  // namespace liaison::cli
