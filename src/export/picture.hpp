#pragma once
// Drawing in SVG: sizes of text before any font is known, shapes, colours of the page.

#include "export/writer.hpp"
#include "liaison/export/palette.hpp"

#include <string>
#include <string_view>

namespace liaison::exports {

struct PageColours {
    std::string_view paper;
    std::string_view ink;
    std::string_view soft;   ///< secondary text
    std::string_view line;   ///< edges of lists
    std::string_view news;   ///< edges of news
};
[[nodiscard]] PageColours page_colours(Theme theme);

/// Estimated width in units of the font size, for a plain sans-serif face: a little too wide rather than too narrow.
[[nodiscard]] double text_width(std::string_view text);
/// At most `characters` characters, the last one an ellipsis when shortened.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t characters);

void append_shape(std::string& out, Shape shape, double x, double y, double radius, std::string_view attributes);
void append_text(std::string& out, double x, double y, double size, std::string_view attributes, std::string_view text);
void append_svg_head(std::string& out, double width, double height, const PageColours& colours, std::string_view title);

/// The whole SVG of the options' kind: graph or timeline.
void render_svg(const Job& job, Stream& stream);
void render_timeline(const Job& job, Stream& stream);

}  // namespace liaison::exports
