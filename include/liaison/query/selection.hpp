#pragma once
// What graph queries return and export writes: a part of the graph as plain values, complete and sorted, with no tie
// to the store or the index.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace liaison::query {

/// Why we say so: one statement behind a value or an edge.
struct Evidence {
    std::string dataset;     ///< feed id
    std::string entity;      ///< source id the statement is about
    std::string property;    ///< property the statement gives ("owner", "description", ...)
    std::string value;
    std::string lang;        ///< ISO 639-3 or ""
    std::string original;    ///< the publisher's text where it differs from value, else ""
    std::string origin;      ///< "<file>:<line>" in the snapshot where first seen, or "<document>#<start>-<end>"
    std::string snapshot;    ///< SHA-256 of that snapshot, hex
    std::string first_seen;  ///< ISO date
    std::string last_seen;   ///< ISO date; "" while live
};

struct Node {
    std::string id;       ///< canonical
    std::string caption;
    std::string schema;
    std::map<std::string, std::vector<std::string>> properties;
    std::vector<std::string> datasets;   ///< sorted
    std::vector<std::string> referents;  ///< sorted source ids, the canonical one excluded
    std::string first_seen;
    std::string last_seen;
    bool listed = false;                 ///< has a listing (Sanction) that is live
    std::vector<std::string> programmes; ///< of its listings, sorted
    std::string listed_from;             ///< earliest listing date, ISO prefix or ""
    std::string listed_to;               ///< latest end when delisted, else ""
    int distance = 0;                    ///< hops from the selection's centre
    std::string origin;                  ///< "<file>:<line>" of the record it was first read from, or its document; may be ""
};

struct Edge {
    std::string id;       ///< id of the relationship entity, or derived from source, property and target
    std::string source;   ///< node id
    std::string target;   ///< node id
    std::string kind;     ///< edge schema ("Ownership") or reference property ("holder", "addressEntity")
    std::string label;    ///< for a person: the publisher's role or type, else the kind
    bool directed = true;
    bool news = false;    ///< from an article's claim, never from a listing
    double strength = 1;  ///< 0..1, for path costs and cuts
    std::string start;    ///< EDTF or ""
    std::string end;
    std::map<std::string, std::vector<std::string>> properties;
    std::vector<std::string> datasets;
    std::vector<Evidence> evidence;
};

/// A dataset version behind an answer.
struct DatasetVersion {
    std::string dataset;
    std::string title;
    std::string snapshot;          ///< SHA-256, hex
    std::string publication_date;  ///< ISO date or ""
    std::string fetched_at;        ///< ISO date-time
    std::int64_t age_days = 0;     ///< since the publication date (else fetch), by the caller's clock
    bool stale = false;
    bool sample = false;           ///< the small sample set: every answer says so
    std::string note;              ///< "refused on 2026-02-28: 40 % smaller than the last good one", or ""
};

struct Context {
    std::vector<DatasetVersion> datasets;  ///< sorted by id
    std::string as_of;                     ///< ISO date or ""
};

struct Selection {
    std::vector<Node> nodes;  ///< sorted by id
    std::vector<Edge> edges;  ///< sorted by id
    Context context;
    std::vector<std::string> notes;  ///< what was cut and why, for a person
};

}  // namespace liaison::query
