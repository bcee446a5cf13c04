-- Version 4: ways to what measures ask of a large ledger, and a number by which it is known that something changed.

CREATE INDEX tellings_current ON tellings (document, event) WHERE current;
DROP INDEX tellings_event;
CREATE INDEX tellings_event ON tellings (event, document) WHERE event IS NOT NULL;
CREATE INDEX mentions_country ON mentions (country, document, run) WHERE country IS NOT NULL;
CREATE INDEX participants_former ON participants (nationality, event) WHERE side IS NULL AND serving = 0;

CREATE TABLE turns (                   -- one row: higher after each change of documents, codings, entries or imports
  n         INTEGER NOT NULL
) STRICT;
INSERT INTO turns (n) VALUES (0);
CREATE TRIGGER turn_event AFTER INSERT ON events BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_no_event AFTER DELETE ON events BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_document AFTER INSERT ON documents BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_other_document AFTER UPDATE ON documents BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_no_document AFTER DELETE ON documents BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_coding AFTER INSERT ON codings BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_no_coding AFTER DELETE ON codings BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_import AFTER INSERT ON imports BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_other_import AFTER UPDATE ON imports BEGIN UPDATE turns SET n = n + 1; END;
CREATE TRIGGER turn_no_import AFTER DELETE ON imports BEGIN UPDATE turns SET n = n + 1; END;
-- An entry is never edited: one that changes goes, and comes anew under a number that none had before. What was read
-- of an entry therefore stays true as long as its number is there.
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'an entry is made anew, not edited'); END;
