#pragma once
// An entity through all snapshots of one dataset: its own statements and its parts (listings, documents, relationships,
// addresses), and what it was in one snapshot.

#include "liaison/query/history.hpp"
#include "liaison/store/store.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::query {

[[nodiscard]] inline bool stands(const store::Statement& statement, std::int64_t snapshot) {
    return statement.first <= snapshot && (!statement.last || *statement.last >= snapshot);
}

struct Part {
    std::vector<store::Statement> statements;
    /// The owner names the part (an address), so that coming and going show in the owner's own statements already.
    bool named_by_owner = false;
};

struct Life {
    std::string id;
    std::vector<store::Statement> own;
    std::map<std::string, Part> parts;  ///< by id
};

struct Text {
    std::string value;
    std::string original;
};

/// A life in one snapshot.
struct State {
    bool exists = false;
    bool listed = false;  ///< has a listing that has not ended
    std::string schema;
    std::string caption;
    std::map<std::string, std::vector<Text>> values;
    struct PartState {
        std::string schema;
        std::string owner_property;
        bool named_by_owner = false;
        std::map<std::string, std::vector<Text>> values;
    };
    std::map<std::string, PartState> parts;
    [[nodiscard]] std::vector<std::string> programmes() const;
};

/// Reads lives of one dataset.
class Lives {
public:
    Lives(const store::Store& store, std::string dataset) : m_store(store), m_dataset(std::move(dataset)) {}

    /// The lives that the touched ids are, or are a part of.
    [[nodiscard]] std::map<std::string, Life> load(const std::set<std::string>& touched);
    [[nodiscard]] State state(const Life& life, std::int64_t snapshot);
    /// "Caption (id)" of an entity that is referred to, by the newest statements of the dataset.
    [[nodiscard]] const std::string& reference(const std::string& id);

private:
    [[nodiscard]] std::vector<store::Statement> statements(const std::string& id) const;
    const store::Store& m_store;
    std::string m_dataset;
    std::map<std::string, std::string> m_references;
};

/// Property by property, parts paired by what they have in common.
[[nodiscard]] std::vector<PropertyChange> compare(Lives& lives, const State& before, const State& after);

}  // namespace liaison::query
