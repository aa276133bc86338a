#include "cli/options.hpp"

#include "liaison/base/error.hpp"

#include <CLI/CLI.hpp>

#include <ostream>

namespace liaison::cli {

void StoreOptions::add(CLI::App& app) {
    app.add_option("--db", db, "The store (default: LIAISON_DB, else liaison.db)")->type_name("FILE");
    app.add_option("--feeds", feeds_folder, "More feed manifests, or others in place of the built-in ones")->type_name("DIR");
}

base::Path StoreOptions::path(const Environment& environment) const {
    if (!db.empty()) {
        return db;
    }
    const auto variable = environment.variable("LIAISON_DB");
    return variable && !variable->empty() ? *variable : "liaison.db";
}

feed::Registry StoreOptions::registry(const Environment& environment) const {
    return feeds_folder.empty() ? feed::builtin_registry() : feed::load_registry(environment.files, feeds_folder);
}

void QueryOptions::add(CLI::App& app) {
    store.add(app);
    app.add_option("--as-of", as_of, "Answer as the lists stood on this day, by their publication dates")->type_name("DATE");
    app.add_option("--known-on", known_on, "Answer from what had been fetched here by this day")->type_name("DATE");
}

query::Engine QueryOptions::open(Environment& environment) const {
    return query::Engine::open({store.path(environment), as_of, known_on}, store.registry(environment), environment.files,
                               environment.clock, *environment.progress);
}

void OutputOptions::add(CLI::App& app, const std::vector<std::string>& formats) {
    std::string list;
    for (const std::string& name : formats) {
        list += (list.empty() ? "" : "|") + name;
    }
    app.add_option("-f,--format", format, "How to print: " + list)->type_name("FORMAT")->check(CLI::IsMember(formats));
    app.add_option("-o,--output", file, "Write to this file in place of stdout (- is stdout)")->type_name("FILE");
}

Format OutputOptions::chosen() const {
    if (format == "json") {
        return Format::json;
    }
    if (format == "ndjson") {
        return Format::ndjson;
    }
    if (format == "csv") {
        return Format::csv;
    }
    return Format::table;
}

void OutputOptions::write(Environment& environment, const std::string& text) const {
    if (file.empty() || file == "-") {
        environment.out << text;
        environment.out.flush();
        if (!environment.out) {
            throw base::InputError("cannot write to stdout");
        }
        return;
    }
    base::publish(environment.files, file, text);
}

std::string operator_of(const Environment& environment, const std::string& option) {
    if (!option.empty()) {
        return option;
    }
    for (const char* variable : {"LIAISON_OPERATOR", "USER"}) {
        const auto name = environment.variable(variable);
        if (name && !name->empty()) {
            return *name;
        }
    }
    return "unknown";
}

audit::LogOptions audit_options(const Environment& environment, const base::Path& db, const std::string& key,
                                const std::string& operator_option) {
    return {db, key.empty() ? environment.variable("LIAISON_AUDIT_KEY").value_or("") : key, operator_of(environment, operator_option)};
}

void add_limit(CLI::App& app, std::size_t& limit, const std::string& what) {
    app.add_option("-n,--limit", limit, what)->type_name("N")->check(CLI::Range(std::size_t{1}, std::size_t{100000000}))->capture_default_str();
}

}  // namespace liaison::cli
