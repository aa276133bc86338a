#include "export/picture.hpp"

#include "export/text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <numbers>

namespace liaison::exports {

namespace {

/// The code point that starts at `at`, which is moved behind it. The text is valid UTF-8.
char32_t next_character(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    char32_t value = lead & (0x3FU >> static_cast<unsigned>(more));
    for (int i = 0; i < more && at < text.size(); ++i) value = (value << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
    return value;
}

double character_width(char32_t c) {
    if (c >= 0x0300 && c <= 0x036F) return 0;  // combining marks
    if (c >= 0x1100 && ((c >= 0x2E80 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60) || c >= 0x1F000)) return 1;
    if (c > 0x7F) return 0.65;
    constexpr std::string_view narrow = "iIjlt.,:;'|!()[] fr";
    constexpr std::string_view wide = "mwMW@%";
    const char ascii = static_cast<char>(c);
    if (narrow.find(ascii) != std::string_view::npos) return 0.38;
    if (wide.find(ascii) != std::string_view::npos) return 0.95;
    return ascii >= 'A' && ascii <= 'Z' ? 0.71 : 0.61;
}

void append_polygon(std::string& out, int corners, double turn, double x, double y, double radius, std::string_view attributes,
                    double inner = 1) {
    out += "<polygon points=\"";
    const int points = inner < 1 ? 2 * corners : corners;
    for (int i = 0; i < points; ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / points;
        const double r = inner < 1 && i % 2 == 1 ? radius * inner : radius;
        if (i > 0) out += ' ';
        append_rounded(out, x + r * std::cos(angle));
        out += ',';
        append_rounded(out, y + r * std::sin(angle));
    }
    fmt::format_to(std::back_inserter(out), "\" {}/>", attributes);
}

}  // namespace

PageColours page_colours(Theme theme) {
    switch (theme) {
        case Theme::light: return {"#ffffff", "#1b1f24", "#5b6470", "#9aa4b0", "#b8860b"};
        case Theme::dark: return {"#14171b", "#e8eaed", "#9aa4b0", "#5b6470", "#c9a86a"};
    }
    return {};
}

double text_width(std::string_view text) {
    double width = 0;
    for (std::size_t at = 0; at < text.size();) width += character_width(next_character(text, at));
    return width;
}

std::string shorten(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < characters && at < text.size(); ++i) static_cast<void>(next_character(text, at));
    std::size_t after = at;
    if (after < text.size()) static_cast<void>(next_character(text, after));
    return after >= text.size() ? std::string(text) : std::string(text.substr(0, at)) + "\xE2\x80\xA6";
}

void append_shape(std::string& out, Shape shape, double x, double y, double radius, std::string_view attributes) {
    constexpr double up = -std::numbers::pi / 2;
    switch (shape) {
        case Shape::circle:
            fmt::format_to(std::back_inserter(out), "<circle cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"{:.2f}\" {}/>", x, y, radius, attributes);
            return;
        case Shape::square: append_polygon(out, 4, std::numbers::pi / 4, x, y, radius * 1.15, attributes); return;
        case Shape::diamond: append_polygon(out, 4, 0, x, y, radius * 1.2, attributes); return;
        case Shape::triangle: append_polygon(out, 3, up, x, y, radius * 1.3, attributes); return;
        case Shape::pentagon: append_polygon(out, 5, up, x, y, radius * 1.1, attributes); return;
        case Shape::hexagon: append_polygon(out, 6, 0, x, y, radius * 1.1, attributes); return;
        case Shape::star: append_polygon(out, 5, up, x, y, radius * 1.3, attributes, 0.5); return;
        case Shape::cross: append_polygon(out, 4, 0, x, y, radius * 1.3, attributes, 0.45); return;
    }
}

void append_text(std::string& out, double x, double y, double size, std::string_view attributes, std::string_view text) {
    fmt::format_to(std::back_inserter(out), "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\"{}{}>", x, y, size,
                   attributes.empty() ? "" : " ", attributes);
    append_xml(out, text);
    out += "</text>\n";
}

void append_svg_head(std::string& out, double width, double height, const PageColours& colours, std::string_view title) {
    fmt::format_to(std::back_inserter(out),
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
                   "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"DejaVu Sans, Liberation Sans, Arial, sans-serif\">\n<title>",
                   width, height);
    append_xml(out, title);
    fmt::format_to(std::back_inserter(out), "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", colours.paper);
}

}  // namespace liaison::exports
