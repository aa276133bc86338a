#pragma once
// Text on its way out: what each format can carry and how it is quoted. Appending functions, because an export is made
// of millions of small pieces.

#include <cstddef>
#include <string>
#include <string_view>

namespace liaison::exports {

/// Valid UTF-8 without characters that XML 1.0 lacks (section 2.2) and without U+FFFE and U+FFFF, which libxml2 and
/// browsers refuse. Adds the number of characters left out to `stripped`.
[[nodiscard]] std::string clean(std::string_view text, std::size_t& stripped);

/// An attribute value or element text; line ends and tabs as character references, so that parsers keep them.
void append_xml(std::string& out, std::string_view text);

/// The same for text that Gephi reads as an attribute value: it turns every "INF" into "Infinity" and takes a lone "null"
/// for no value (reference: importers of Gephi 0.9.7 to 0.11). U+2060 (word joiner) breaks both, invisibly.
/// Returns true when something had to be guarded.
bool append_guarded(std::string& out, std::string_view text);

/// A JSON string with its quotes. `html_safe`: "<" and the two JavaScript line ends are escaped too, so that the text may
/// stand inside a script element.
void append_json(std::string& out, std::string_view text, bool html_safe = false);

/// A CSV field after RFC 4180. `spreadsheet`: a leading = + - @ tab or carriage return gets an apostrophe before it,
/// so that no spreadsheet takes a name for a formula.
void append_csv(std::string& out, std::string_view text, bool spreadsheet);

/// At most `limit` bytes without cutting a character; when cut, ends with "… [cut]".
[[nodiscard]] std::string cut(std::string text, std::size_t limit, std::size_t& cuts);

/// Shortest text that reads back as the same double; never an exponent, never inf or nan (they become 0).
void append_number(std::string& out, double value);
/// Rounded to three decimals, the precision of positions and sizes; "-0" is "0".
void append_rounded(std::string& out, double value);

}  // namespace liaison::exports
