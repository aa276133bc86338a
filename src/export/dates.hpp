#pragma once
// Dates for timelines. Gephi's reader stops at a partial date on an edge, so each becomes a whole day: a start the first
// day it can mean, an end the last. The published text stays beside it.

#include "liaison/export/drawing.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace liaison::exports {

struct Widened {
    Span span;
    std::string precision;  ///< see DrawnNode::precision
    bool widened = false;   ///< at least one date was not a whole day
    bool unusable = false;  ///< a text that is no date, or the end lies before the start: span is empty then
};
[[nodiscard]] Widened widen(std::string_view start, std::string_view end);

/// The coarser of two precisions.
[[nodiscard]] std::string_view coarser(std::string_view one, std::string_view other);

/// Sorted, with overlapping and touching spans joined.
void join_spans(std::vector<Span>& spans);

/// "2014-03-17"; years 0001 to 9999.
void append_day(std::string& out, std::int32_t days);

}  // namespace liaison::exports
