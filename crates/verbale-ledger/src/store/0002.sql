-- Version 2: foreign codings, events that others coded. They are kept as imported, apart from what was read here.

CREATE TABLE imports (                 -- one file of others' codings
  n         INTEGER PRIMARY KEY AUTOINCREMENT,
  run       INTEGER NOT NULL REFERENCES runs,
  format    TEXT NOT NULL,             -- gdelt, icews, polecat, plover, un-votes, or the name of a mapping
  name      TEXT NOT NULL,             -- file, as named by the user
  sha256    TEXT NOT NULL,             -- of the file as it was, packed or not
  settings  TEXT NOT NULL,             -- filters and mapping, as JSON
  rows      INTEGER NOT NULL,          -- read
  stored    INTEGER NOT NULL,          -- events that came of them
  merged    INTEGER NOT NULL,          -- rows that told of an event that another row had told of
  filtered  INTEGER NOT NULL,          -- rows that were not asked for
  refused   INTEGER NOT NULL           -- rows that could not be read
) STRICT;
CREATE INDEX imports_sha256 ON imports (sha256);

CREATE TABLE foreign_kinds (           -- what happened, once for each combination
  n          INTEGER PRIMARY KEY,
  event_type TEXT,                     -- PLOVER's; null where it has none for the code
  mode       TEXT,
  cameo      TEXT,
  given      TEXT,                     -- the code or type as it was given, where it is known to neither
  status     TEXT NOT NULL,            -- held, or planned for promises
  x_of       TEXT,                     -- what is promised
  contexts   TEXT NOT NULL,            -- JSON list
  quad       INTEGER                   -- quad class, as given
) STRICT;

CREATE TABLE foreign_actors (          -- who took part, once for each way of saying it
  n         INTEGER PRIMARY KEY,
  state     TEXT,                      -- whom they stand for: ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO
  name      TEXT NOT NULL,             -- as given, as all that follows
  code      TEXT NOT NULL,
  country   TEXT NOT NULL,
  sectors   TEXT NOT NULL,
  office    TEXT NOT NULL,
  level     INTEGER,
  serving   INTEGER
) STRICT;

CREATE TABLE foreign_places (
  n         INTEGER PRIMARY KEY,
  name      TEXT NOT NULL,
  country   TEXT,
  lat       INTEGER,                   -- millionths of a degree
  lon       INTEGER,
  geonames  INTEGER
) STRICT;

CREATE TABLE foreign_addresses (
  n         INTEGER PRIMARY KEY,
  address   TEXT NOT NULL
) STRICT;

CREATE TABLE foreign_events (          -- lie in the file by the two states that take part, then by day
  one       TEXT NOT NULL,             -- the states in the order of the alphabet; empty where there is none, and
  two       TEXT NOT NULL,             -- '+' in both where there are three or more, which stand in foreign_many
  day       INTEGER NOT NULL,          -- first day, counted from 1970-01-01
  import    INTEGER NOT NULL,
  n         INTEGER NOT NULL,          -- row of the import, or what identifies a meeting that several rows tell of
  id        ANY NOT NULL,              -- the source's own
  last      INTEGER,                   -- last day, where it is another
  kind      INTEGER NOT NULL,
  actor     INTEGER,                   -- who stands for one (or, where both are of one state, acts)
  other     INTEGER,                   -- who stands for two
  way       INTEGER NOT NULL,          -- 1: one acts on two, or visits it; 2: the other way; 3: both
  goldstein INTEGER,                   -- hundredths, as given
  score     INTEGER,                   -- hundredths of another scale, as given
  mentions  INTEGER,
  sources   INTEGER,
  articles  INTEGER,
  place     INTEGER,
  address   INTEGER,
  rows      INTEGER,                   -- rows that told of it, where several did
  PRIMARY KEY (one, two, day, import, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE foreign_parties (         -- all participants, where there are more than two
  import    INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  actor     INTEGER NOT NULL,
  acts      INTEGER NOT NULL,          -- 1 for an actor, 0 for a recipient
  PRIMARY KEY (import, n, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE foreign_many (            -- states of events with three or more
  state     TEXT NOT NULL,
  day       INTEGER NOT NULL,
  import    INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (state, day, import, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE foreign_mentions (        -- how often a GDELT event was mentioned, and how sure its coder was
  id         INTEGER NOT NULL,
  import     INTEGER NOT NULL,
  mentions   INTEGER NOT NULL,
  confidence INTEGER NOT NULL,         -- sum of percentages over the mentions
  PRIMARY KEY (id, import)
) STRICT, WITHOUT ROWID;

CREATE TABLE votes (                   -- in the General Assembly of the United Nations
  import    INTEGER NOT NULL,
  roll_call INTEGER NOT NULL,
  state     TEXT NOT NULL,
  day       INTEGER NOT NULL,
  vote      INTEGER NOT NULL,          -- 1 yes, 0 abstention, -1 no
  PRIMARY KEY (state, import, roll_call)
) STRICT, WITHOUT ROWID;

CREATE VIEW foreign_listing AS         -- foreign codings for people
  SELECT i.format || ':' || e.id AS id, i.n AS import, date(e.day * 86400, 'unixepoch') AS first_day,
         date(coalesce(e.last, e.day) * 86400, 'unixepoch') AS last_day, k.event_type, k.mode, k.cameo, k.status,
         a.state AS state, a.name AS name, b.state AS other_state, b.name AS other_name, e.way,
         e.goldstein / 100.0 AS goldstein, e.score / 100.0 AS score, k.quad, e.mentions, e.sources, e.articles,
         p.name AS place, p.country AS country, p.lat / 1e6 AS lat, p.lon / 1e6 AS lon, w.address
  FROM foreign_events e JOIN imports i ON i.n = e.import JOIN foreign_kinds k ON k.n = e.kind
  LEFT JOIN foreign_actors a ON a.n = e.actor LEFT JOIN foreign_actors b ON b.n = e.other
  LEFT JOIN foreign_places p ON p.n = e.place LEFT JOIN foreign_addresses w ON w.n = e.address;
