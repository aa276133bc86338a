// The graph as a picture for reports: the layout of the other formats, a shape and a colour a type, a ring for listed ones,
// a legend, and labels that do not cover each other.
//
// Labels. Important nodes (listed, then by degree) choose first among places around their node, near ones before far ones;
// a place is free when it touches no node and no label placed before. A label that has to stand off gets a thin line
// to its node. What finds no place is left out and counted. Greedy, so not the best possible, but stable and fast.

#include "export/picture.hpp"
#include "export/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <set>

namespace liaison::exports {

namespace {

struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    [[nodiscard]] bool meets(const Box& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

/// Boxes by grid cell, so that a question costs only what is near.
class Occupied {
public:
    void add(const Box& box) {
        each_cell(box, [&](std::int64_t key) { m_cells[key].push_back(m_boxes.size()); });
        m_boxes.push_back(box);
    }
    [[nodiscard]] bool free(const Box& box, std::size_t except) const {
        bool result = true;
        each_cell(box, [&](std::int64_t key) {
            const auto found = m_cells.find(key);
            if (found == m_cells.end() || !result) return;
            result = std::none_of(found->second.begin(), found->second.end(),
                                  [&](std::size_t i) { return i != except && m_boxes[i].meets(box); });
        });
        return result;
    }

private:
    template <class Do>
    static void each_cell(const Box& box, Do what) {
        constexpr double side = 64;
        const auto cell = [](double value) { return static_cast<std::int64_t>(std::floor(value / side)); };
        for (auto row = cell(box.top); row <= cell(box.bottom); ++row) {
            for (auto column = cell(box.left); column <= cell(box.right); ++column) what(row * 100003 + column);
        }
    }
    std::vector<Box> m_boxes;
    std::map<std::int64_t, std::vector<std::size_t>> m_cells;
};

class GraphPicture {
public:
    GraphPicture(const Job& job, Stream& stream)
        : m_job(job), m_stream(stream), m_colours(page_colours(job.options.theme)), m_width(job.options.width),
          m_height(job.options.height) {}

    void run() {
        fit();
        std::string& out = m_stream.text();
        append_svg_head(out, m_width, m_height, m_colours, m_job.options.title);
        fmt::format_to(std::back_inserter(out),
                       "<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" "
                       "orient=\"auto-start-reverse\"><path d=\"M0 1 L9 5 L0 9 z\" fill=\"{}\"/></marker></defs>\n<g id=\"edges\" fill=\"none\">\n",
                       m_colours.line);
        draw_edges();
        out += "</g>\n<g id=\"nodes\">\n";
        draw_nodes();
        out += "</g>\n";
        for (std::size_t i = 0; i < m_places.size(); ++i) m_occupied.add(m_boxes[i]);
        draw_labels();
        draw_edge_labels();
        draw_frame();
        m_stream.text() += "</svg>\n";
    }

private:
    struct Place {
        double x = 0;
        double y = 0;
        double radius = 0;
    };

    void fit() {
        const auto& nodes = m_job.drawing.nodes;
        double low_x = 0, high_x = 0, low_y = 0, high_y = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            low_x = i == 0 ? nodes[i].x : std::min(low_x, nodes[i].x);
            high_x = i == 0 ? nodes[i].x : std::max(high_x, nodes[i].x);
            low_y = i == 0 ? nodes[i].y : std::min(low_y, nodes[i].y);
            high_y = i == 0 ? nodes[i].y : std::max(high_y, nodes[i].y);
        }
        constexpr double side = 110;  // room for labels at the right and left
        constexpr double top = 64;
        constexpr double bottom = 64;
        const double scale_x = (m_width - 2 * side) / std::max(high_x - low_x, 1.0);
        const double scale_y = (m_height - top - bottom) / std::max(high_y - low_y, 1.0);
        // Both axes fill the page: distances in a force layout carry no scale, and a wide page is read easier when used.
        const double least = std::min(scale_x, scale_y);
        const double use_x = std::min(scale_x, least * 1.6);
        const double use_y = std::min(scale_y, least * 1.6);
        const double crowd = std::sqrt(m_width * m_height / std::max<double>(1, static_cast<double>(nodes.size())));
        const double largest = std::clamp(crowd * 0.2, 4.0, 26.0);
        const double smallest = std::clamp(crowd * 0.08, 1.5, 7.0);
        for (const auto& node : nodes) {
            Place place;
            place.x = m_width / 2 + (node.x - (low_x + high_x) / 2) * use_x;
            place.y = top + (m_height - top - bottom) / 2 - (node.y - (low_y + high_y) / 2) * use_y;
            place.radius = smallest + (largest - smallest) * std::sqrt((node.size - 4) / 96);
            m_places.push_back(place);
            const double r = place.radius * 1.15 + 2;
            m_boxes.push_back({place.x - r, place.y - r, place.x + r, place.y + r});
        }
    }

    void draw_edges() {
        std::map<std::pair<std::uint32_t, std::uint32_t>, int> seen;
        for (const auto& edge : m_job.drawing.edges) {
            std::string& out = m_stream.text();
            const auto pair = std::minmax(edge.source, edge.target);
            const int nth = seen[{pair.first, pair.second}]++;
            const Place& from = m_places[edge.source];
            const Place& to = m_places[edge.target];
            const double dx = to.x - from.x;
            const double dy = to.y - from.y;
            const double length = std::max(std::hypot(dx, dy), 1e-6);
            const double start = std::min(from.radius, length / 3) / length;
            const double stop = std::min(to.radius * 1.15 + 3, length / 3) / length;
            const double x1 = from.x + dx * start;
            const double y1 = from.y + dy * start;
            const double x2 = to.x - dx * stop;
            const double y2 = to.y - dy * stop;
            if (edge.source == edge.target) {
                fmt::format_to(std::back_inserter(out), "<path d=\"M{0:.1f} {1:.1f} c-{2:.1f} -{2:.1f} {2:.1f} -{2:.1f} 0 0\"", from.x,
                               from.y - from.radius, from.radius * 2 + 8);
            } else if (nth == 0) {
                fmt::format_to(std::back_inserter(out), "<path d=\"M{:.1f} {:.1f} L{:.1f} {:.1f}\"", x1, y1, x2, y2);
            } else {
                const double bend = (nth % 2 == 1 ? 1 : -1) * (10.0 + 10.0 * (nth / 2.0));
                // Always to the same side of the pair, whichever way the edge points.
                const double turn = edge.source < edge.target ? 1 : -1;
                fmt::format_to(std::back_inserter(out), "<path d=\"M{:.1f} {:.1f} Q{:.1f} {:.1f} {:.1f} {:.1f}\"", x1, y1,
                               (x1 + x2) / 2 - dy / length * bend * turn, (y1 + y2) / 2 + dx / length * bend * turn, x2, y2);
            }
            fmt::format_to(std::back_inserter(out), " stroke=\"{}\" stroke-width=\"{}\"", edge.news ? m_colours.news : m_colours.line,
                           m_job.drawing.edges.size() > 2000 ? "0.4" : "1");
            if (edge.news) out += " stroke-dasharray=\"5 3\"";
            if (!edge.symmetric && m_job.drawing.edges.size() <= 5000) out += " marker-end=\"url(#arrow)\"";
            out += "/>\n";
            m_stream.step();
        }
    }

    void draw_nodes() {
        const auto& nodes = m_job.drawing.nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            std::string& out = m_stream.text();
            const TypeStyle& style = palette()[nodes[i].type];
            const Place& place = m_places[i];
            out += "<g><title>";
            append_xml(out, nodes[i].name);
            out += "</title>";
            const double ring = nodes[i].source->listed ? std::max(1.2, place.radius * 0.22) : 0.6;
            append_shape(out, style.shape, place.x, place.y, place.radius,
                         fmt::format("fill=\"{}\" stroke=\"{}\" stroke-width=\"{:.1f}\"", to_hex(style.colour),
                                     nodes[i].source->listed ? m_colours.ink : m_colours.soft, ring));
            out += "</g>\n";
            m_stream.step();
        }
    }

    void draw_labels() {
        const auto& nodes = m_job.drawing.nodes;
        std::vector<std::uint32_t> order(nodes.size());
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
            const bool listed = nodes[a].source->listed;
            if (nodes[a].metrics.degree != nodes[b].metrics.degree) return nodes[a].metrics.degree > nodes[b].metrics.degree;
            return listed && !nodes[b].source->listed;
        });
        const double size = nodes.size() <= 80 ? 13 : nodes.size() <= 400 ? 11 : 9;
        std::size_t omitted = 0;
        m_stream.text() += "<g id=\"labels\">\n";
        for (const auto i : order) {
            const std::string label = shorten(nodes[i].label, nodes.size() <= 80 ? 44 : 32);
            if (!place_label(i, label, size)) ++omitted;
            m_stream.step();
        }
        m_stream.text() += "</g>\n";
        if (omitted > 0) m_job.report.notes.push_back(fmt::format("{} labels found no room in the picture", omitted));
    }

    bool place_label(std::uint32_t index, std::string_view label, double size) {
        const Place& place = m_places[index];
        const bool bold = m_job.drawing.nodes[index].source->listed;
        const double width = text_width(label) * size * (bold ? 1.12 : 1);
        const double height = size * 1.15;
        // Right, left, below, above, then the diagonals; each nearer ring before the next.
        constexpr std::array<std::pair<double, double>, 8> sides = {
            {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {0.8, 0.7}, {-0.8, 0.7}, {0.8, -0.7}, {-0.8, -0.7}}};
        const int rings = m_job.drawing.nodes.size() <= 300 ? 5 : 1;
        for (int ring = 0; ring < rings; ++ring) {
            const double away = place.radius * 1.3 + 5 + ring * 14;
            for (const auto& [sx, sy] : sides) {
                const double left = place.x + sx * away - (sx < 0 ? width : sx > 0 ? 0 : width / 2);
                const double middle = place.y + sy * (away + height / 2);
                const Box box{left, middle - height / 2, left + width, middle + height / 2};
                if (box.left < 4 || box.right > m_width - 4 || box.top < 4 || box.bottom > m_height - 4) continue;
                if (!m_occupied.free(box, index)) continue;
                m_occupied.add(box);
                std::string& out = m_stream.text();
                if (ring > 0) {
                    fmt::format_to(std::back_inserter(out), "<path d=\"M{:.1f} {:.1f} L{:.1f} {:.1f}\" stroke=\"{}\" stroke-width=\"0.5\"/>",
                                   place.x + sx * place.radius, place.y + sy * place.radius, place.x + sx * away, place.y + sy * away,
                                   m_colours.soft);
                }
                append_text(out, left, middle + size * 0.36, size,
                            fmt::format("fill=\"{0}\" stroke=\"{1}\" stroke-width=\"3\" paint-order=\"stroke\" stroke-linejoin=\"round\"{2}",
                                        m_colours.ink, m_colours.paper,
                                        bold ? " font-weight=\"bold\"" : ""),
                            label);
                return true;
            }
        }
        return false;
    }

    /// Only where a reader can take them in.
    void draw_edge_labels() {
        constexpr std::size_t few = 60;
        if (m_job.drawing.edges.size() > few) return;
        m_stream.text() += "<g id=\"edge-labels\">\n";
        std::set<std::pair<std::uint32_t, std::uint32_t>> labelled;
        for (const auto& edge : m_job.drawing.edges) {
            const auto pair = std::minmax(edge.source, edge.target);
            if (edge.source == edge.target || !labelled.emplace(pair.first, pair.second).second) continue;
            const Place& from = m_places[edge.source];
            const Place& to = m_places[edge.target];
            const std::string label = shorten(edge.label, 26);
            constexpr double size = 10;
            const double half = text_width(label) * size / 2;
            for (const double share : {0.5, 0.4, 0.6, 0.3, 0.7}) {
                const double x = from.x + (to.x - from.x) * share;
                const double y = from.y + (to.y - from.y) * share;
                const Box box{x - half, y - size * 0.6, x + half, y + size * 0.6};
                if (!m_occupied.free(box, m_places.size() + m_boxes.size() + 1000000)) continue;
                m_occupied.add(box);
                append_text(m_stream.text(), x, y + size * 0.35, size,
                            fmt::format("text-anchor=\"middle\" fill=\"{}\" stroke=\"{}\" stroke-width=\"3\" paint-order=\"stroke\"",
                                        edge.news ? m_colours.news : m_colours.soft, m_colours.paper),
                            label);
                break;
            }
        }
        m_stream.text() += "</g>\n";
    }

    void draw_frame() {
        std::string& out = m_stream.text();
        if (!m_job.options.title.empty()) {
            append_text(out, 20, 30, 18, fmt::format("fill=\"{}\" font-weight=\"bold\"", m_colours.ink), shorten(m_job.options.title, 120));
        }
        const std::string about = m_job.drawing.data_date.empty() ? std::string() : "Data of " + m_job.drawing.data_date + ". ";
        append_text(out, 20, m_job.options.title.empty() ? 26 : 48, 12, fmt::format("fill=\"{}\"", m_colours.soft),
                    fmt::format("{}{} nodes, {} edges. Made with {}", about, m_job.drawing.nodes.size(), m_job.drawing.edges.size(),
                                m_job.options.creator));
        std::map<std::size_t, std::size_t> types;
        bool listed = false;
        bool news = false;
        for (const auto& node : m_job.drawing.nodes) {
            ++types[node.type];
            listed = listed || node.source->listed;
        }
        for (const auto& edge : m_job.drawing.edges) news = news || edge.news;
        double x = 30;
        const double y = m_height - 22;
        for (const auto& [type, count] : types) {
            const TypeStyle& style = palette()[type];
            append_shape(out, style.shape, x, y, 6, fmt::format("fill=\"{}\" stroke=\"{}\" stroke-width=\"0.6\"", to_hex(style.colour), m_colours.soft));
            const std::string text = fmt::format("{} ({})", style.plural, count);
            append_text(out, x + 12, y + 4, 12, fmt::format("fill=\"{}\"", m_colours.ink), text);
            x += 12 + text_width(text) * 12 + 22;
        }
        if (listed) {
            append_shape(out, Shape::circle, x, y, 6, fmt::format("fill=\"{}\" stroke=\"{}\" stroke-width=\"2.4\"", m_colours.paper, m_colours.ink));
            append_text(out, x + 12, y + 4, 12, fmt::format("fill=\"{}\" font-weight=\"bold\"", m_colours.ink), "listed \xE2\x96\xB2");
            x += 90;
        }
        if (news) {
            fmt::format_to(std::back_inserter(out), "<path d=\"M{0:.1f} {1:.1f} h24\" stroke=\"{2}\" stroke-dasharray=\"5 3\"/>", x, y, m_colours.news);
            append_text(out, x + 30, y + 4, 12, fmt::format("fill=\"{}\"", m_colours.ink), "from news");
        }
    }

    const Job& m_job;
    Stream& m_stream;
    PageColours m_colours;
    double m_width;
    double m_height;
    std::vector<Place> m_places;
    std::vector<Box> m_boxes;
    Occupied m_occupied;
};

}  // namespace

void render_svg(const Job& job, Stream& stream) {
    if (job.options.timeline) {
        render_timeline(job, stream);
    } else {
        GraphPicture(job, stream).run();
    }
}

void write_svg(const Job& job) {
    Stream stream(job.output.open(""));
    render_svg(job, stream);
    stream.finish();
}

}  // namespace liaison::exports
