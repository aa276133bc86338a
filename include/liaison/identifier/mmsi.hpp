#pragma once
// MMSI: nine digits of ITU-R M.585, without check digit. Ships begin with a maritime identification digit 201 to 775.

#include "liaison/identifier/reading.hpp"

namespace liaison::identifier {

/// Ships (MIDxxxxxx), groups (0MID), coast stations (00MID), aircraft (111MID), aids (99MID), craft (98MID) and
/// distress beacons (970, 972, 974); nullopt when neither labelled nor of these forms.
[[nodiscard]] std::optional<Reading> read_mmsi(std::string_view text);

}  // namespace liaison::identifier
