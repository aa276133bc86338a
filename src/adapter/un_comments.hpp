#pragma once
// Relations in the comments of UN listings: "Senior leader of Jemaah Islamiyah (QDe.092)". Private to adapter.
//
// Problem: the list has no relationship records, but 309 of its 1,003 comments name other records by reference number,
// and the words around the number say what binds the two. Choice: the cue nearest before the reference inside its
// sentence decides (schemas/un_relation_cues.json); what the two records are, person ("i") or entity ("e"), decides how
// a cue is read and which way the edge runs. A reference without a cue is an UnknownLink: named together, no more.
// Cost: one pass over the sentence for each reference. Known failure: a cue that belongs to another party of the
// sentence ("ISIL (QDe.115), and its leader X (QDi.299)"); "its leader" after another reference is therefore not read.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liaison::adapter::un {

/// How an edge runs: from the record to what it names, or the other way round.
enum class Direction : std::uint8_t { outward, inward };

struct Relation {
    std::string reference;   ///< "QDe.092"
    std::string name;        ///< the name written before it, as far as it can be told
    std::string schema;      ///< "Directorship"
    Direction direction = Direction::outward;
    std::string role;        ///< the publisher's words: "Senior leader of"
    bool former = false;
    std::string sentence;    ///< the evidence
};

struct Comments {
    std::vector<Relation> relations;        ///< in the order of the text; a pair may come several times
    std::vector<std::string> malformed;     ///< "QDi322": looks like a reference and is none
};

/// `reference`: of the record whose comment it is. References to itself are left out.
[[nodiscard]] Comments read_comments(std::string_view reference, std::string_view text);

/// Two letters, i or e, a full stop, digits.
[[nodiscard]] bool is_reference(std::string_view text);
[[nodiscard]] bool is_person_reference(std::string_view reference);

}  // namespace liaison::adapter::un
