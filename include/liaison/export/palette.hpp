#pragma once
// Colours and shapes of entity types (schemas/palette.csv, embedded): after Okabe and Ito, distinguishable with any
// colour vision, each with its own shape for those who print in grey.

#include "liaison/export/drawing.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace liaison::exports {

enum class Shape : std::uint8_t { circle, square, diamond, triangle, hexagon, pentagon, star, cross };
[[nodiscard]] std::string_view to_string(Shape shape);

struct TypeStyle {
    std::string type;    ///< schema name that this row and its descendants have, nearest row wins
    std::string plural;  ///< for the legend
    Colour colour;
    Shape shape = Shape::circle;
};

/// In the order of the file; the last row ("Thing") is for everything else.
[[nodiscard]] std::span<const TypeStyle> palette();
/// Index into palette() for a schema name; unknown ones get the last row.
[[nodiscard]] std::size_t style_of(std::string_view schema);

}  // namespace liaison::exports
