-- The store: one SQLite file. Statements carry the interval of snapshots of their own dataset in which they stood, so
-- an unchanged refresh writes almost nothing, "as of" is a filter and a diff is a query. Raw snapshots lie beside it.
-- Embedded at build time and run once on an empty file; the version is checked at every open.

CREATE TABLE property (           -- what this file is
    key   TEXT PRIMARY KEY,       -- schema_version, tool_version, created_at, generation
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE term (               -- interned: dataset ids, property names, languages, file names
    id    INTEGER PRIMARY KEY,
    text  TEXT NOT NULL UNIQUE
);

CREATE TABLE snapshot (
    id          INTEGER PRIMARY KEY,  -- ascending in order of loading
    dataset     TEXT NOT NULL,
    hash        TEXT NOT NULL,        -- SHA-256 of the snapshot as the archive names it, hex
    format      TEXT NOT NULL,        -- adapter that read it
    published   TEXT NOT NULL,        -- publication date in the file (else Last-Modified, else the file's time), ISO
    fetched_at  TEXT NOT NULL,        -- ISO date-time, UTC
    status      TEXT NOT NULL CHECK (status IN ('published', 'refused')),
    bytes       INTEGER NOT NULL,
    counts      TEXT NOT NULL,        -- JSON: record kinds and schemata -> count
    sample      INTEGER NOT NULL,     -- 1: from a sample set, every answer says so
    note        TEXT NOT NULL         -- why refused, or who accepted it and why
);
CREATE INDEX snapshot_dataset ON snapshot (dataset, id);

CREATE TABLE feed_state (             -- the last attempt, good or bad
    dataset      TEXT PRIMARY KEY,
    attempted_at TEXT NOT NULL,
    status       TEXT NOT NULL,       -- fetched, unchanged, absent, refused, failed
    message      TEXT NOT NULL,
    validators   TEXT NOT NULL        -- JSON: what conditional requests need
) WITHOUT ROWID;

CREATE TABLE entity (
    id   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE         -- source id, e.g. ofac-36
);

CREATE TABLE statement (
    entity    INTEGER NOT NULL REFERENCES entity,
    dataset   INTEGER NOT NULL REFERENCES term,
    property  INTEGER NOT NULL REFERENCES term,   -- "schema" for what the entity is
    value     TEXT NOT NULL,
    lang      INTEGER REFERENCES term,
    original  TEXT,                               -- the publisher's text where it differs
    file      INTEGER REFERENCES term,
    line      INTEGER NOT NULL,                   -- of the record, in the snapshot where first seen
    first     INTEGER NOT NULL REFERENCES snapshot,
    last      INTEGER REFERENCES snapshot         -- NULL while it stands
);
CREATE INDEX statement_entity ON statement (entity);
CREATE INDEX statement_ended ON statement (dataset, last) WHERE last IS NOT NULL;

CREATE TABLE issue (
    snapshot INTEGER NOT NULL REFERENCES snapshot,
    reason   TEXT NOT NULL,
    message  TEXT NOT NULL,
    file     TEXT NOT NULL,
    line     INTEGER NOT NULL,
    byte     INTEGER NOT NULL,
    record   TEXT NOT NULL,
    excerpt  TEXT NOT NULL
);
CREATE INDEX issue_snapshot ON issue (snapshot, reason);

CREATE TABLE run (                    -- the report of every refresh
    id         INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    report     TEXT NOT NULL          -- JSON, as refresh -f json prints it
);

CREATE TABLE decision (               -- judgements of persons and automatic merges, never deleted
    id         INTEGER PRIMARY KEY,
    one        TEXT NOT NULL,         -- source ids, one < other
    other      TEXT NOT NULL,
    judgement  TEXT NOT NULL CHECK (judgement IN ('same', 'different', 'unsure')),
    who        TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    reason     TEXT NOT NULL,
    evidence   TEXT NOT NULL,         -- JSON: score, features, hashes of the statements it rests on
    revoked_by INTEGER REFERENCES decision
);
CREATE INDEX decision_pair ON decision (one, other);

CREATE TABLE cluster (                -- the outcome of resolve: member -> canonical id; singletons are not stored
    member    TEXT PRIMARY KEY,
    canonical TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE review (                 -- pairs that wait for a person; derived by resolve, replaced at each run
    one         TEXT NOT NULL,
    other       TEXT NOT NULL,
    score       REAL NOT NULL,
    explanation TEXT NOT NULL,        -- JSON
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
