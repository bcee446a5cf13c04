-- Version 3: ways to pages of a large ledger. Nothing new is stored.

CREATE INDEX events_walk ON events     -- all that most filters ask of an entry, in the order of listings
  (first_day, id, last_day, superseded, verdict, event_type, status);
CREATE INDEX participants_who ON participants (coalesce(entity, name), name, event);
CREATE INDEX documents_outlet ON documents (outlet, published, superseded_by);
CREATE INDEX codings_run ON codings (run, content);
DROP INDEX events_day;                 -- events_walk begins alike
