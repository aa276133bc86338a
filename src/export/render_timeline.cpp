// Listings and dated relationships over time, a row each, in order of their beginning. A bar runs from the first to
// the last day; an open end fades to the right edge. Dates that were partial are drawn lighter, because their ends are ours.

#include "export/dates.hpp"
#include "export/picture.hpp"

#include "liaison/model/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

namespace liaison::exports {

namespace {

constexpr std::size_t row_limit = 400;
constexpr double row_height = 20;
constexpr double label_width = 420;
constexpr double top = 90;

struct Row {
    Span span;
    std::string label;
    std::string colour;
    bool exact = true;
    bool news = false;
};

std::vector<Row> collect(const Drawing& drawing) {
    std::vector<Row> rows;
    for (const auto& node : drawing.nodes) {
        if (node.when == Span{}) continue;
        rows.push_back({node.when, "listed: " + node.name, to_hex(palette()[node.type].colour), node.precision == "day", false});
    }
    for (const auto& edge : drawing.edges) {
        for (const Span& span : edge.when) {
            rows.push_back({span, fmt::format("{}: {} \xE2\x86\x92 {}", edge.label, drawing.nodes[edge.source].name, drawing.nodes[edge.target].name),
                            to_hex(palette()[drawing.nodes[edge.source].type].colour), edge.precision == "day", edge.news});
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        const auto begin = [](const Row& row) { return row.span.first.value_or(row.span.last.value_or(0)); };
        return begin(a) < begin(b);
    });
    return rows;
}

}  // namespace

void render_timeline(const Job& job, Stream& stream) {
    const PageColours colours = page_colours(job.options.theme);
    std::vector<Row> rows = collect(job.drawing);
    if (rows.size() > row_limit) {
        job.report.notes.push_back(fmt::format("the timeline shows the latest {} of {} dated facts", row_limit, rows.size()));
        rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(row_limit));
    }
    std::int32_t low = std::numeric_limits<std::int32_t>::max();
    std::int32_t high = std::numeric_limits<std::int32_t>::min();
    for (const Row& row : rows) {
        for (const auto& day : {row.span.first, row.span.last}) {
            if (!day) continue;
            low = std::min(low, *day);
            high = std::max(high, *day);
        }
    }
    if (const Widened today = widen(job.drawing.data_date, ""); today.span.first && !rows.empty()) high = std::max(high, *today.span.first);
    if (rows.empty()) low = high = 0;
    const int first_year = model::from_days(low).year;
    const int last_year = model::from_days(high).year + 1;
    const double width = job.options.width;
    const double height = top + row_height * static_cast<double>(rows.size()) + 30;
    const double room = width - label_width - 40;
    const auto start_of = [](int year) { return model::days_since_epoch({static_cast<std::int16_t>(year), 1, 1}).value_or(0); };
    const double begin = start_of(first_year);
    const double extent = std::max(1.0, start_of(std::min(last_year, 9999)) - begin);
    const auto x_of = [&](double day) { return label_width + 20 + (day - begin) / extent * room; };

    std::string& out = stream.text();
    append_svg_head(out, width, height, colours, job.options.title);
    append_text(out, 20, 30, 18, fmt::format("fill=\"{}\" font-weight=\"bold\"", colours.ink),
                job.options.title.empty() ? "Listings and relationships over time" : shorten(job.options.title, 120));
    append_text(out, 20, 50, 12, fmt::format("fill=\"{}\"", colours.soft),
                fmt::format("{} dated facts{}. Pale bars: the published date is partial", rows.size(),
                            job.drawing.data_date.empty() ? "" : ", data of " + job.drawing.data_date));
    const int step = std::max(1, (last_year - first_year + 15) / 16);
    for (int year = first_year; year <= last_year; year += step) {
        const double x = x_of(start_of(std::min(year, 9999)));
        fmt::format_to(std::back_inserter(out), "<path d=\"M{:.1f} {} V{:.1f}\" stroke=\"{}\" stroke-width=\"0.5\" opacity=\"0.5\"/>", x, top - 12,
                       height - 20, colours.line);
        append_text(out, x, top - 18, 11, fmt::format("text-anchor=\"middle\" fill=\"{}\"", colours.soft), fmt::format("{}", year));
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        const double y = top + row_height * static_cast<double>(i);
        const double x1 = row.span.first ? x_of(*row.span.first) : x_of(begin);
        const double x2 = row.span.last ? x_of(*row.span.last + 1) : x_of(begin + extent);
        append_text(out, label_width, y + 13, 11, fmt::format("text-anchor=\"end\" fill=\"{}\"", colours.ink), shorten(row.label, 64));
        fmt::format_to(std::back_inserter(out),
                       "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"11\" rx=\"2\" fill=\"{}\" opacity=\"{}\"{}/>\n", x1, y + 4,
                       std::max(2.5, x2 - x1), row.colour, row.exact ? "0.95" : "0.5",
                       row.news ? fmt::format(" stroke=\"{}\" stroke-dasharray=\"4 2\"", colours.news) : "");
        if (!row.span.last) append_text(out, x2 - 4, y + 13, 11, fmt::format("fill=\"{}\"", colours.soft), "\xE2\x80\xBA");
        stream.step();
    }
    stream.text() += "</svg>\n";
}

}  // namespace liaison::exports
