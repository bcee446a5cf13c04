-- The ledger, version 1. Documents never change; what is derived from them is kept per run of the coder.
-- JSON columns hold the record's own objects (docs/record.md); virtual columns make them searchable without a copy.

CREATE TABLE runs (                    -- what was done when, with which versions (PROV: an activity)
  n         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT NOT NULL CHECK (kind IN ('add', 'recode', 'import')),
  at        TEXT NOT NULL,             -- time of the start, as the caller gave it
  coder     TEXT NOT NULL,             -- version of the program
  data      TEXT NOT NULL,             -- version of the built-in knowledge
  rules     TEXT NOT NULL,             -- hash of word lists and rules
  model     TEXT NOT NULL,             -- language model: name and hash
  knowledge TEXT NOT NULL              -- users' knowledge files, as a JSON list of name and hash
) STRICT;

CREATE TABLE inputs (                  -- coverage: what each input of a run gave
  run       INTEGER NOT NULL REFERENCES runs,
  name      TEXT NOT NULL,
  documents INTEGER NOT NULL,          -- read in it
  stored    INTEGER NOT NULL,          -- new to the ledger
  refused   INTEGER NOT NULL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (                -- inputs that could not be read, with the reason
  input     TEXT PRIMARY KEY,
  reason    TEXT NOT NULL,
  at        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE texts (                   -- whole texts, once each
  sha256    TEXT PRIMARY KEY,
  text      TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
  n                INTEGER PRIMARY KEY AUTOINCREMENT,
  id               TEXT NOT NULL UNIQUE, -- hash of text, title, publication date, outlet and address
  run              INTEGER NOT NULL REFERENCES runs,
  name             TEXT NOT NULL,        -- file, or the id it came with
  sha256           TEXT NOT NULL,        -- of the text
  chars            INTEGER NOT NULL,     -- length of the text in characters
  retention        TEXT NOT NULL CHECK (retention IN ('full', 'excerpts', 'hash')),
  title            TEXT,
  byline           TEXT,
  outlet           TEXT,
  side             TEXT,                 -- whose own voice it is
  url              TEXT,
  address          TEXT,                 -- url in canonical form
  published        TEXT,
  published_method TEXT,
  fetched          TEXT,
  language         TEXT,
  captions         TEXT NOT NULL,        -- JSON list of spans
  remarks          TEXT NOT NULL,        -- JSON list: what intake had to guess or leave out
  family           INTEGER NOT NULL,     -- first document of the family of copies
  story            INTEGER NOT NULL,     -- first document of the story
  superseded_by    INTEGER               -- the newest version of the same address
) STRICT;
CREATE INDEX documents_text ON documents (sha256);
CREATE INDEX documents_address ON documents (address) WHERE address IS NOT NULL;
CREATE INDEX documents_family ON documents (family);
CREATE INDEX documents_story ON documents (story);

CREATE TABLE tombstones (              -- removed documents, so that they do not come back unasked
  id        TEXT PRIMARY KEY,
  at        TEXT NOT NULL,
  reason    TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE codings (                 -- which run's rows say what a run read in a document
  document  INTEGER NOT NULL REFERENCES documents,
  run       INTEGER NOT NULL REFERENCES runs,
  content   INTEGER NOT NULL REFERENCES runs, -- an earlier run when nothing changed
  diagnostics TEXT NOT NULL,           -- JSON list
  PRIMARY KEY (document, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentences (               -- sentences that claims and events rest on
  document  INTEGER NOT NULL REFERENCES documents,
  start     INTEGER NOT NULL,          -- characters of the text
  end       INTEGER NOT NULL,
  in_title  INTEGER NOT NULL,
  text      TEXT,                      -- kept apart only where the whole text is not
  PRIMARY KEY (document, in_title, start, end)
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
  document  INTEGER NOT NULL REFERENCES documents,
  run       INTEGER NOT NULL REFERENCES runs,
  position  INTEGER NOT NULL,
  start     INTEGER NOT NULL,
  end       INTEGER NOT NULL,
  in_title  INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  text      TEXT,
  entity    TEXT,
  country   TEXT,
  json      TEXT NOT NULL,             -- the rest: coordinates, TIMEX3 value, coreference
  PRIMARY KEY (document, run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tellings (                -- an event as one document tells it
  n         INTEGER PRIMARY KEY AUTOINCREMENT,
  document  INTEGER NOT NULL REFERENCES documents,
  run       INTEGER NOT NULL REFERENCES runs,
  id        TEXT NOT NULL,             -- e1, e2, ... in the document
  current   INTEGER NOT NULL,          -- 1 in the newest coding of the document
  event     INTEGER,                   -- the entry it belongs to, when current
  json      TEXT NOT NULL,
  event_type TEXT GENERATED ALWAYS AS (json ->> '$.event_type') VIRTUAL,
  status    TEXT GENERATED ALWAYS AS (json ->> '$.status') VIRTUAL,
  UNIQUE (document, run, id)
) STRICT;
CREATE INDEX tellings_event ON tellings (event) WHERE event IS NOT NULL;

CREATE TABLE claims (
  document  INTEGER NOT NULL REFERENCES documents,
  run       INTEGER NOT NULL REFERENCES runs,
  position  INTEGER NOT NULL,
  telling   TEXT,                      -- e1, e2, ... or null for claims about other things
  json      TEXT NOT NULL,
  id        TEXT GENERATED ALWAYS AS (json ->> '$.id') VIRTUAL,
  kind      TEXT GENERATED ALWAYS AS (json ->> '$.kind') VIRTUAL,
  mode      TEXT GENERATED ALWAYS AS (json ->> '$.mode') VIRTUAL,
  asserter  TEXT GENERATED ALWAYS AS (json ->> '$.asserter.name') VIRTUAL,
  side      TEXT GENERATED ALWAYS AS (json ->> '$.asserter.side') VIRTUAL,
  PRIMARY KEY (document, run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (                  -- one entry per happening; its fields are merged from its tellings when read
  n            INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,   -- DOCUMENT:EVENT of the first telling
  event_type   TEXT NOT NULL,
  mode         TEXT,
  cameo        TEXT,
  status       TEXT NOT NULL,
  edtf         TEXT,
  first_day    TEXT,                   -- bounds of the date, for windows and order
  last_day     TEXT,
  place        TEXT,
  country      TEXT,
  channel      TEXT,
  setting      TEXT,
  formality    TEXT,
  confirmation TEXT NOT NULL,
  confidence   REAL NOT NULL,
  documents    INTEGER NOT NULL,
  sources      INTEGER NOT NULL,
  link_score   REAL NOT NULL,
  link_reasons TEXT NOT NULL,          -- JSON list
  superseded   INTEGER NOT NULL,
  verdict      TEXT NOT NULL,          -- of reviewers: none, accepted, rejected
  edited       INTEGER NOT NULL,       -- how many fields reviewers corrected
  conflicts    INTEGER NOT NULL        -- how many disagreements wait for a person
) STRICT;
CREATE INDEX events_day ON events (first_day, id);
CREATE INDEX events_type ON events (event_type, first_day);

CREATE TABLE participants (
  event        INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  name         TEXT NOT NULL,
  entity       TEXT,
  role         TEXT NOT NULL,
  part         TEXT,
  office       TEXT,
  organisation TEXT,
  side         TEXT,
  nationality  TEXT,
  sector       TEXT,
  serving      INTEGER,
  level        INTEGER,
  PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_side ON participants (side, event);
CREATE INDEX participants_nationality ON participants (nationality, event);

-- Likeness of documents, and links between tellings: keys that alike ones share, and what comparing gave.
CREATE TABLE sketches (document INTEGER PRIMARY KEY REFERENCES documents, bytes BLOB NOT NULL) STRICT;
CREATE TABLE family_keys (key INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) STRICT, WITHOUT ROWID;
CREATE TABLE story_keys (key INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) STRICT, WITHOUT ROWID;
CREATE TABLE likenesses (
  kind      TEXT NOT NULL CHECK (kind IN ('family', 'story')),
  a         INTEGER NOT NULL,          -- each pair both ways round
  b         INTEGER NOT NULL,
  score     REAL NOT NULL,
  reason    TEXT NOT NULL,             -- kept where a < b, else empty
  PRIMARY KEY (kind, a, b)
) STRICT, WITHOUT ROWID;
CREATE TABLE link_keys (key INTEGER NOT NULL, telling INTEGER NOT NULL, PRIMARY KEY (key, telling)) STRICT, WITHOUT ROWID;
CREATE TABLE telling_keys (telling INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT; -- its keys in link_keys, 8 bytes each
CREATE TABLE links (
  a         INTEGER NOT NULL,          -- each pair both ways round
  b         INTEGER NOT NULL,
  score     REAL NOT NULL,
  reasons   TEXT NOT NULL,             -- JSON list, kept where a < b, else empty
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (                 -- append-only; undoing is a review of its own
  n         INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT NOT NULL UNIQUE,      -- hash of the rest
  json      TEXT NOT NULL
) STRICT;
CREATE TABLE review_texts (            -- the texts that a review speaks of
  sha256    TEXT NOT NULL,
  review    INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
  PRIMARY KEY (sha256, review)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_texts_review ON review_texts (review);

CREATE VIEW coverage AS                -- documents by outlet and month of publication
  SELECT outlet, substr(published, 1, 7) AS month, count(*) AS documents,
         sum(superseded_by IS NOT NULL) AS superseded
  FROM documents GROUP BY outlet, month;
