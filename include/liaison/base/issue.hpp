#pragma once
// A record, or a part of one, that could not be used. Issues are stored, counted and listable; they never stop the rest.

#include <cstdint>
#include <string>

namespace liaison::base {

/// A place in a published file. line is 1-based, 0 when unknown; byte is the 0-based offset of the record.
struct Position {
    std::string file;           ///< name inside the snapshot, e.g. "SDN_ADVANCED.XML"
    std::uint64_t line = 0;
    std::uint64_t byte = 0;
};

struct Issue {
    std::string reason;         ///< stable kebab-case code, e.g. "unknown-reference-value": what issues are counted by
    std::string message;        ///< one sentence for a person, with the values
    Position position;
    std::string record;         ///< publisher's id of the record where known, e.g. "QDi.001" or "36"
    std::string excerpt;        ///< offending text, at most 200 bytes of valid UTF-8
};

}  // namespace liaison::base
