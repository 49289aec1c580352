-- The catalogue of an index: everything ndsearch knows except the inverted file. man/ndsearch-index.5 describes it.
--
-- Three kinds of tables, by who may change them:
--   read      file, diagnostic, document, text, mention: what was read; a document's row never changes, a new version
--             of a file is a new document (documents of the last committed generation: view current_document)
--   derived   work, document_work, resolution, edge, alias: a pure function of the mentions, the authority files and
--             the decisions; may be emptied and rebuilt at any time
--   decided   decision: what people said, append-only, keyed by content
-- Names are bytes of the file system where a column is a path (BLOB); other text is UTF-8. Dates are "2022-06-16",
-- "2022-06" or "2022". Enumerations (kind, relation, strength, level) are the numbers of the C headers named beside them.

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

-- ---- read ----

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    size INTEGER NOT NULL,              -- bytes
    mtime_ns INTEGER NOT NULL,          -- since 1970
    hash BLOB,                          -- of the file's bytes, where it was taken
    reader_version INTEGER NOT NULL,
    place TEXT,                         -- the province the user named for it
    skipped TEXT                        -- the diagnostic code of a file that gave no document
);

CREATE TABLE document (
    id INTEGER PRIMARY KEY,             -- also its id in Xapian
    file INTEGER NOT NULL REFERENCES file (id),
    member BLOB,                        -- path inside an archive or mail
    key TEXT NOT NULL,                  -- hex of the hash of its text
    generation INTEGER NOT NULL,        -- from this generation of the index on
    retired INTEGER,                    -- until this generation, exclusive; NULL for a document in use
    duplicate_of INTEGER,               -- the first document in use with the same key
    size INTEGER NOT NULL,              -- bytes of text
    partial INTEGER NOT NULL,           -- some of it could not be read
    mime_type TEXT,
    encoding TEXT,
    type TEXT, number TEXT, year INTEGER NOT NULL, issuer TEXT, code TEXT, place TEXT, place_line TEXT,
    type_word TEXT,                     -- as the document spells it: several words share a code
    level INTEGER NOT NULL,             -- enum nd_level
    date TEXT, title TEXT, signer TEXT,
    secrecy INTEGER NOT NULL,           -- enum nd_secrecy
    inferred INTEGER NOT NULL,          -- bits ND_INFERRED_*
    evidence TEXT,
    body_start INTEGER NOT NULL, body_end INTEGER NOT NULL
);
CREATE INDEX document_file ON document (file);
CREATE INDEX document_key ON document (key);
CREATE INDEX document_copy ON document (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX document_secret ON document (secrecy) WHERE secrecy > 0; -- few, and asked for with every work shown

-- Documents Xapian does not have, or still has, in the state this catalogue says: to be done again after a kill.
CREATE TABLE pending (
    document INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL
);

-- Words that rows say again and again, given once: names of rules, reasons, words of types. Only grows.
CREATE TABLE wording (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

CREATE VIEW current_document AS
    SELECT * FROM document
    WHERE generation <= (SELECT value FROM setting WHERE key = 'generation')
      AND (retired IS NULL OR retired > (SELECT value FROM setting WHERE key = 'generation'));

CREATE TABLE text (
    document INTEGER PRIMARY KEY,
    words BLOB NOT NULL,                -- its words in order, as a search needs them for phrases and ranking
    zstd BLOB NOT NULL,                 -- the original text (UTF-8)
    blocks BLOB NOT NULL                -- its structure, see ndsearch-index(5)
);

-- The passages around those of its citations that people ask for most, so that a list of them need not open as many
-- texts: see nd_passages (packed_text.h). Documents without any have no row.
CREATE TABLE passage (
    document INTEGER PRIMARY KEY,
    zstd BLOB NOT NULL
);

-- What texts and words are packed with, learned from documents of this index; zstd frames name them by id.
CREATE TABLE dictionary (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,              -- enum nd_packing_kind
    content BLOB NOT NULL
);

CREATE TABLE diagnostic (
    file INTEGER NOT NULL REFERENCES file (id),
    member BLOB,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    offset INTEGER NOT NULL             -- byte in the file
);
CREATE INDEX diagnostic_file ON diagnostic (file);

-- The columns of struct nd_mention (analyzers/citation/mention.h).
CREATE TABLE mention (
    document INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,           -- from 0, in text order
    start INTEGER NOT NULL, end INTEGER NOT NULL,   -- original text bytes
    kind INTEGER NOT NULL,              -- enum nd_mention_kind
    type TEXT, number TEXT, year INTEGER, issuer TEXT, code TEXT, body TEXT, place TEXT, date TEXT, term TEXT,
    ordinal_name TEXT,
    subject TEXT, name TEXT, pinpoint TEXT, definition TEXT,
    relation INTEGER NOT NULL,          -- enum nd_relation
    strength INTEGER NOT NULL,          -- enum nd_strength
    "trigger" TEXT, trigger_start INTEGER,
    proposed INTEGER,                   -- 1 or NULL
    reported_by INTEGER, reported_relation INTEGER, reported_inverse INTEGER,
    confidence REAL NOT NULL,
    rule INTEGER,                       -- wording
    type_word INTEGER,                  -- wording: as the text spells the type, where several words share its code
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

-- ---- derived ----

CREATE TABLE work (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,           -- "21-NQ/TW~XIII"
    citation_key TEXT,                  -- "21-nq/tw": what it is looked up by
    code TEXT, type TEXT, number TEXT, issuer TEXT, place TEXT, period TEXT,
    level INTEGER NOT NULL DEFAULT 0,
    date TEXT, title TEXT
);
CREATE INDEX work_citation_key ON work (citation_key);

CREATE TABLE document_work (
    document INTEGER PRIMARY KEY,
    work INTEGER NOT NULL
);
CREATE INDEX document_work_work ON document_work (work);

CREATE TABLE resolution (
    document INTEGER NOT NULL, ordinal INTEGER NOT NULL,    -- the mention
    outcome INTEGER NOT NULL,           -- enum nd_outcome
    work INTEGER,
    confidence REAL NOT NULL,
    reason INTEGER,                     -- wording
    candidates TEXT,                    -- work keys, separated by newlines, likeliest first
    question INTEGER,                   -- enum nd_question: what people are asked about it; NULL for nothing
    certainty INTEGER,                  -- of the citation and of what it means together, of 1000; NULL like question
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
-- What people are asked, in the order of the queue.
CREATE INDEX resolution_question ON resolution (question, certainty) WHERE certainty <= 900 OR question = 2;
CREATE INDEX resolution_work ON resolution (work) WHERE work IS NOT NULL;

CREATE TABLE edge (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,            -- work
    target INTEGER NOT NULL,            -- work
    relation INTEGER NOT NULL, strength INTEGER NOT NULL,
    proposed INTEGER NOT NULL,
    confidence REAL NOT NULL,
    document INTEGER NOT NULL, ordinal INTEGER NOT NULL,    -- the mention that says so: the evidence
    rule INTEGER,                       -- wording
    reported_by INTEGER                 -- work of the document that reports it of others; NULL when it is its own
);
CREATE INDEX edge_source ON edge (source, relation);
CREATE INDEX edge_target ON edge (target, relation);
CREATE INDEX edge_document ON edge (document, reported_by, relation); -- the last two to count without the rows

CREATE TABLE alias (
    name TEXT NOT NULL,                 -- folded: "nghị quyết trung ương 4 khóa xi"
    work INTEGER NOT NULL,
    document INTEGER NOT NULL,          -- that taught it; 0 for the authority file
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (name, work, document)
) WITHOUT ROWID;
CREATE INDEX alias_document ON alias (document);
CREATE INDEX alias_work ON alias (work);

-- What documents teach each other: in the group `name` (a code without its period, a name, an event) there is that
-- work. Kept by graph/known.c, so that an update looks only at the groups it touches.
CREATE TABLE known (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                 -- "21-NQ/TW", "13-QĐ/TU@LAI-CHAU", "name:L:...", "event:NQ:4/XI"
    work TEXT NOT NULL,                 -- work key
    date TEXT, title TEXT,              -- as told of the work
    documents INTEGER NOT NULL          -- how many teach it
);
CREATE INDEX known_name ON known (name);
CREATE INDEX known_work ON known (work);

CREATE TABLE taught (
    document INTEGER NOT NULL, known INTEGER NOT NULL,
    PRIMARY KEY (document, known)
) WITHOUT ROWID;

-- Which documents have a citation that is looked up in a group: they are resolved again when the group changes.
CREATE TABLE lookup (
    name TEXT NOT NULL, document INTEGER NOT NULL,
    PRIMARY KEY (name, document)
) WITHOUT ROWID;
CREATE INDEX lookup_document ON lookup (document);

-- ---- decided ----

CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,                 -- "2025-03-01T08:00:00Z"
    author TEXT NOT NULL,
    document_key TEXT NOT NULL,         -- the document's name in decisions; "" for what holds everywhere
    quote TEXT NOT NULL,                -- the mention's text
    occurrence INTEGER NOT NULL,        -- of that text in the document, from 1
    context TEXT,                       -- the words around it: tells equal texts apart when the document is edited
    verdict TEXT NOT NULL,              -- "accept", "reject", "work", "relation", ...: graph/decisions.h
    value TEXT,                         -- the work key or relation decided for
    note TEXT
);
CREATE INDEX decision_document ON decision (document_key);
CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
    BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision
    BEGIN SELECT raise(ABORT, 'decisions are append-only'); END;
