#include "query/edge_filter.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace liaison::query {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

}  // namespace

ReadyFilter::ReadyFilter(const Engine& engine, const EdgeFilter& filter)
    : m_engine(engine), m_datasets(filter.datasets), m_news(filter.news) {
    const index::GraphView& graph = engine.graph();
    m_kinds.assign(graph.kinds(), filter.kinds.empty() ? 1 : 0);
    for (const std::string& wanted : filter.kinds) {
        const std::string name = lower(wanted);
        bool known = model::find_property(wanted).has_value();
        for (const model::Schema& schema : model::all_schemata()) {
            known = known || (schema.edge && (lower(schema.name) == name || lower(schema.name) + "s" == name));
        }
        for (std::uint16_t kind = 0; kind < graph.kinds(); ++kind) {
            const std::string have = lower(graph.kind_name(kind));
            if (have == name || have + "s" == name) {
                m_kinds[kind] = 1;
                known = true;
            }
        }
        if (!known) {
            std::vector<std::string> kinds;
            for (std::uint16_t kind = 0; kind < graph.kinds(); ++kind) {
                kinds.emplace_back(graph.kind_name(kind));
            }
            std::sort(kinds.begin(), kinds.end());
            throw base::UsageError(fmt::format("no kind of edge \"{}\"", wanted),
                                   fmt::format("kinds here: {}", fmt::join(kinds, ", ")));
        }
    }
    if (!filter.date.empty()) {
        const auto date = model::parse_edtf(filter.date);
        if (!date || date->is_range()) {
            throw base::UsageError(fmt::format("\"{}\" is no date such as 2025-11-04", filter.date));
        }
        m_dated = true;
        m_day = date->days().first;
    }
}

bool ReadyFilter::passes(const index::EdgeRecord& edge) const {
    if (m_kinds[edge.kind] == 0 || (!m_news && edge.has(index::EdgeRecord::kNews))) {
        return false;
    }
    if (m_dated && ((edge.start != index::kNoStart && edge.start > m_day) || (edge.end != index::kNoEnd && edge.end < m_day))) {
        return false;
    }
    if (!m_datasets.empty()) {
        const auto have = m_engine.entities().datasets(edge.relation);
        return std::any_of(m_datasets.begin(), m_datasets.end(), [&](const std::string& wanted) {
            return std::find(have.begin(), have.end(), wanted) != have.end();
        });
    }
    return true;
}

graph::Filter ReadyFilter::graph_filter() const {
    graph::Filter filter;
    if (std::find(m_kinds.begin(), m_kinds.end(), 0) != m_kinds.end()) {
        filter.kinds = m_kinds;
    }
    filter.news = m_news;
    if (m_dated) {
        filter.day = m_day;
    }
    if (!m_datasets.empty()) {
        filter.also = [this](const index::EdgeRecord& edge) { return passes(edge); };
    }
    return filter;
}

}  // namespace liaison::query
