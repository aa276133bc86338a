#include "liaison/resolve/resolve.hpp"

#include "liaison/index/index.hpp"

namespace liaison::resolve {
namespace {

Judgement judgement_of(const std::string& text) {
    return text == "same" ? Judgement::same : text == "different" ? Judgement::different : Judgement::unsure;
}

}  // namespace

Outcome resolve(const store::Store& store, const store::View& view, const Options& options) {
    const std::string section = index::build_entities(store, view, {});
    const index::EntitiesView entities(section);
    const std::string names_section = index::build_names(entities);
    const index::NamesView names(names_section);
    std::vector<Decision> decisions;
    for (const store::Store::Decision& decision : store.decisions(view.as_of)) {
        decisions.push_back({decision.one, decision.other, judgement_of(decision.judgement)});
    }
    return cluster(entities, find_pairs(entities, names, options), decisions,
                   view.as_of.empty() ? store.clusters() : std::map<std::string, std::string>());
}

}  // namespace liaison::resolve
