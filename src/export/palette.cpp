#include "liaison/export/palette.hpp"

#include "liaison/base/error.hpp"
#include "liaison/model/vocabulary.hpp"
#include "liaison_export_data.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

namespace liaison::exports {

namespace {

constexpr std::array shapes = {Shape::circle,  Shape::square,   Shape::diamond, Shape::triangle,
                               Shape::hexagon, Shape::pentagon, Shape::star,    Shape::cross};

Colour parse_colour(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
    if (text.size() != 7 || text[0] != '#' || error != std::errc{} || end != text.data() + text.size()) {
        throw base::InternalError(fmt::format("palette.csv: \"{}\" is no colour", text));
    }
    return {static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value)};
}

Shape parse_shape(std::string_view text) {
    for (const Shape shape : shapes) {
        if (to_string(shape) == text) return shape;
    }
    throw base::InternalError(fmt::format("palette.csv: \"{}\" is no shape", text));
}

std::vector<TypeStyle> load() {
    std::vector<TypeStyle> rows;
    std::string_view rest = data::palette_csv();
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (line.empty() || line[0] == '#') continue;
        std::array<std::string_view, 4> cells;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::size_t comma = i + 1 < cells.size() ? line.find(',') : line.size();
            if (comma == std::string_view::npos) throw base::InternalError("palette.csv: a row has too few columns");
            cells.at(i) = line.substr(0, comma);
            line = comma < line.size() ? line.substr(comma + 1) : std::string_view{};
        }
        static_cast<void>(model::schema(cells[0]));  // throws when the vocabulary lacks it
        rows.push_back({std::string(cells[0]), std::string(cells[1]), parse_colour(cells[2]), parse_shape(cells[3])});
    }
    if (rows.empty() || rows.back().type != "Thing") throw base::InternalError("palette.csv: the last row must be Thing");
    return rows;
}

}  // namespace

std::string to_hex(Colour colour) { return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue); }

std::string_view to_string(Shape shape) {
    switch (shape) {
        case Shape::circle: return "circle";
        case Shape::square: return "square";
        case Shape::diamond: return "diamond";
        case Shape::triangle: return "triangle";
        case Shape::hexagon: return "hexagon";
        case Shape::pentagon: return "pentagon";
        case Shape::star: return "star";
        case Shape::cross: return "cross";
    }
    return "circle";
}

std::span<const TypeStyle> palette() {
    static const std::vector<TypeStyle> rows = load();
    return rows;
}

std::size_t style_of(std::string_view schema) {
    const auto rows = palette();
    if (const model::Schema* found = model::find_schema(schema)) {
        for (const model::Schema* ancestor : found->ancestors) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (rows[i].type == ancestor->name) return i;
            }
        }
    }
    return rows.size() - 1;
}

}  // namespace liaison::exports
