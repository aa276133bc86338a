// From a selection to a drawing: which nodes and edges there are, what they are called and when they hold.
//
// Parallel edges. Gephi's key of an edge is (source, target, kind, direction). Two edges of one key become one on import,
// with weights added and the last one's columns: a loss that nobody sees. So they are merged here, on purpose: ids, roles,
// datasets and evidence of all are kept, the strongest weight counts, and their intervals stay apart as spells when
// a gap lies between them. Edges without direction are written from the smaller id to the larger one and get a
// kind of their own when the same kind also occurs with direction.

#include "export/dates.hpp"
#include "liaison/export/drawing.hpp"
#include "liaison/export/palette.hpp"
#include "liaison/base/utf8.hpp"
#include "export/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace liaison::exports {

namespace {

constexpr std::size_t kind_limit = 50;       // more are no legend any more
constexpr std::size_t value_limit = 32768;   // characters a value; Gephi's parser stops at 524,288
constexpr std::size_t label_limit = 500;
constexpr std::size_t description_limit = 300;  // Gephi keeps the last fragment of a long one
constexpr std::string_view listed_mark = " \xE2\x96\xB2";  // ▲

std::string one_line(std::string_view text, Report& report) {
    return base::collapse_space(clean(text, report.stripped_characters));
}

DrawnNode draw_node(const query::Node& node, const Options& options, Report& report) {
    DrawnNode drawn;
    drawn.source = &node;
    drawn.id = cut(one_line(node.id, report), label_limit, report.cut_values);
    drawn.name = cut(one_line(node.caption, report), label_limit, report.cut_values);
    if (drawn.name.empty()) drawn.name = drawn.id;
    drawn.label = drawn.name;
    if (node.listed && options.mark_listed) drawn.label += listed_mark;
    drawn.type = style_of(node.schema);
    const Widened when = widen(node.listed_from, node.listed_to);
    drawn.when = when.span;
    drawn.precision = when.precision;
    drawn.start_text = one_line(node.listed_from, report);
    drawn.end_text = one_line(node.listed_to, report);
    report.widened_dates += when.widened ? 1 : 0;
    report.unusable_dates += when.unusable ? 1 : 0;
    return drawn;
}

/// Kinds by number of edges; all behind the limit are one kind, "Other".
std::set<std::string> rare_kinds(const std::vector<query::Edge>& edges) {
    std::map<std::string, std::size_t> counts;
    for (const auto& edge : edges) ++counts[edge.kind];
    if (counts.size() <= kind_limit) return {};
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [kind, count] : counts) order.emplace_back(count, kind);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::set<std::string> rare;
    // Half of the limit: each kept kind may also need its " (mutual)" twin.
    for (std::size_t i = kind_limit / 2 - 1; i < order.size(); ++i) rare.insert(order[i].second);
    return rare;
}

std::string kind_name(const query::Edge& edge, const std::set<std::string>& rare, Report& report) {
    if (rare.contains(edge.kind)) return "Other";
    std::string kind = one_line(edge.kind, report);
    return kind.empty() ? "Link" : kind;
}

/// What makes edges one. `kind` is a number, because names would be compared a million times.
struct EdgeKey {
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    std::uint32_t kind = 0;
    bool symmetric = false;
    friend bool operator==(const EdgeKey&, const EdgeKey&) = default;
};
struct HashEdgeKey {
    std::size_t operator()(const EdgeKey& key) const {
        std::uint64_t value = (std::uint64_t{key.source} << 32U) | key.target;
        value ^= (std::uint64_t{key.kind} << 1U | (key.symmetric ? 1U : 0U)) * 0x9E3779B97F4A7C15ULL;
        value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        return static_cast<std::size_t>(value ^ (value >> 31U));
    }
};

void add_text(std::string& to, std::string_view text) {
    if (text.empty()) return;
    // Few are merged, so a search in the joined text is enough to keep values distinct.
    const std::string padded = "; " + to + "; ";
    if (padded.find("; " + std::string(text) + "; ") != std::string::npos) return;
    if (!to.empty()) to += "; ";
    to += text;
}

void finish_edge(DrawnEdge& edge, Report& report) {
    bool always = false;
    std::string label;
    edge.weight = 0;
    for (const query::Edge* one : edge.merged) {
        const Widened when = widen(one->start, one->end);
        report.widened_dates += when.widened ? 1 : 0;
        report.unusable_dates += when.unusable ? 1 : 0;
        edge.precision = coarser(edge.precision, when.precision);
        if (when.span == Span{}) {
            always = true;  // one that we cannot date may hold at any time
        } else {
            edge.when.push_back(when.span);
        }
        add_text(edge.start_text, one_line(one->start, report));
        add_text(edge.end_text, one_line(one->end, report));
        add_text(label, one_line(one->label, report));
        edge.weight = std::max(edge.weight, one->strength);
        edge.news = edge.news || one->news;
    }
    if (always) edge.when.clear();
    join_spans(edge.when);
    if (!edge.when.empty() && edge.when[0] == Span{}) edge.when.clear();
    // Four decimals; Gephi deletes edges of weight 0.
    edge.weight = std::clamp(std::round(edge.weight * 1e4) / 1e4, 0.001, 1.0);
    edge.label = cut(label.empty() ? edge.kind : label, label_limit, report.cut_values);
    edge.start_text = cut(std::move(edge.start_text), value_limit, report.cut_values);
    edge.end_text = cut(std::move(edge.end_text), value_limit, report.cut_values);
}

/// Ids are explicit and never a bare integer, because Gephi numbers edges without id that way.
std::string edge_id(std::string_view id) {
    const bool integer = !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
    return integer ? fmt::format("e{}", id) : std::string(id);
}

bool has_two_dates(const Drawing& drawing) {
    std::optional<std::int32_t> one;
    const auto differs = [&one](const std::optional<std::int32_t>& day) {
        if (!day) return false;
        if (!one) one = day;
        return *one != *day;
    };
    const auto span_differs = [&](const Span& span) { return differs(span.first) || differs(span.last); };
    return std::any_of(drawing.nodes.begin(), drawing.nodes.end(),
                       [&](const DrawnNode& node) { return span_differs(node.when); }) ||
           std::any_of(drawing.edges.begin(), drawing.edges.end(), [&](const DrawnEdge& edge) {
               return std::any_of(edge.when.begin(), edge.when.end(), span_differs);
           });
}

void describe_data(Drawing& drawing, const query::Context& context, const Options& options, Report& report) {
    std::string text = one_line(options.title, report);
    bool sample = false;
    for (const auto& dataset : context.datasets) {
        drawing.data_date = std::max(drawing.data_date, dataset.publication_date);
        sample = sample || dataset.sample;
    }
    if (!context.as_of.empty()) drawing.data_date = context.as_of;
    const Widened date = widen(drawing.data_date, "");
    if (date.unusable || date.widened) drawing.data_date.clear();
    if (!drawing.data_date.empty()) text += fmt::format("{}Data of {}", text.empty() ? "" : ". ", drawing.data_date);
    if (sample) text += " (sample data)";
    if (!context.datasets.empty()) {
        text += ". Datasets: ";
        for (std::size_t i = 0; i < context.datasets.size(); ++i) {
            if (i > 0) text += ", ";
            text += one_line(context.datasets[i].dataset, report);
            if (context.datasets[i].stale) text += " (stale)";
        }
    }
    std::size_t cuts = 0;
    drawing.description = cut(std::move(text), description_limit, cuts);
}

}  // namespace

Drawing prepare(const query::Selection& selection, const Options& options, Report& report) {
    Drawing drawing;
    report.notes = selection.notes;

    drawing.nodes.reserve(selection.nodes.size());
    for (const auto& node : selection.nodes) drawing.nodes.push_back(draw_node(node, options, report));
    std::stable_sort(drawing.nodes.begin(), drawing.nodes.end(),
                     [](const DrawnNode& a, const DrawnNode& b) { return a.id < b.id; });
    const auto repeated = std::unique(drawing.nodes.begin(), drawing.nodes.end(),
                                      [](const DrawnNode& a, const DrawnNode& b) { return a.id == b.id; });
    report.repeated_nodes = static_cast<std::size_t>(drawing.nodes.end() - repeated);
    drawing.nodes.erase(repeated, drawing.nodes.end());

    std::unordered_map<std::string_view, std::uint32_t> index;
    index.reserve(drawing.nodes.size());
    for (std::uint32_t i = 0; i < drawing.nodes.size(); ++i) index.emplace(drawing.nodes[i].source->id, i);

    const std::set<std::string> rare = rare_kinds(selection.edges);
    std::set<std::string> directed_kinds;
    for (const auto& edge : selection.edges) {
        if (rare.contains(edge.kind)) ++report.folded_kinds;
        if (edge.directed) directed_kinds.insert(kind_name(edge, rare, report));
    }
    std::vector<const query::Edge*> order;
    order.reserve(selection.edges.size());
    for (const auto& edge : selection.edges) order.push_back(&edge);
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->id < b->id; });

    std::map<std::string, std::uint32_t> kinds;
    std::unordered_map<EdgeKey, std::uint32_t, HashEdgeKey> known;  // looked up only: its order reaches nothing
    known.reserve(order.size());
    std::unordered_set<std::string> ids;
    ids.reserve(order.size());
    drawing.edges.reserve(order.size());
    for (const query::Edge* edge : order) {
        const auto source = index.find(edge->source);
        const auto target = index.find(edge->target);
        if (source == index.end() || target == index.end()) {
            ++report.dropped_edges;
            continue;
        }
        std::string kind = kind_name(*edge, rare, report);
        if (!edge->directed && directed_kinds.contains(kind)) kind += " (mutual)";
        const std::uint32_t number = kinds.try_emplace(kind, static_cast<std::uint32_t>(kinds.size())).first->second;
        EdgeKey key{source->second, target->second, number, !edge->directed};
        if (key.symmetric && key.source > key.target) std::swap(key.source, key.target);
        const auto [place, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(drawing.edges.size()));
        if (!fresh) {
            drawing.edges[place->second].merged.push_back(edge);
            ++report.merged_edges;
            continue;
        }
        DrawnEdge drawn;
        drawn.source_edge = edge;
        drawn.id = edge_id(cut(one_line(edge->id, report), label_limit, report.cut_values));
        if (drawn.id.empty() || ids.contains(drawn.id)) {
            drawn.id = fmt::format("{}|{}|{}", drawing.nodes[key.source].id, kind, drawing.nodes[key.target].id);
        }
        ids.insert(drawn.id);
        drawn.source = key.source;
        drawn.target = key.target;
        drawn.kind = kind;
        drawn.symmetric = key.symmetric;
        drawn.merged = {edge};
        drawing.edges.push_back(std::move(drawn));
    }
    for (auto& edge : drawing.edges) finish_edge(edge, report);
    std::sort(drawing.edges.begin(), drawing.edges.end(), [](const auto& a, const auto& b) { return a.id < b.id; });

    drawing.dynamic = has_two_dates(drawing);
    describe_data(drawing, selection.context, options, report);
    report.nodes = drawing.nodes.size();
    report.edges = drawing.edges.size();
    return drawing;
}

}  // namespace liaison::exports
