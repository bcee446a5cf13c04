-- Version 5: a log of what changed, so that who keeps a ledger in memory follows it by the changes alone.

CREATE TABLE changes (                 -- the last 65,536 of them; whoever is further behind reads all anew
  turn      INTEGER PRIMARY KEY,       -- turns.n after the change
  entry     INTEGER,                   -- an entry that came or went
  document  INTEGER                    -- or a document that came, went, was superseded or was read anew
) STRICT;
CREATE TRIGGER changes_end AFTER INSERT ON changes BEGIN DELETE FROM changes WHERE turn <= NEW.turn - 65536; END;

DROP TRIGGER turn_event;
DROP TRIGGER turn_no_event;
DROP TRIGGER turn_document;
DROP TRIGGER turn_other_document;
DROP TRIGGER turn_no_document;
DROP TRIGGER turn_coding;
DROP TRIGGER turn_no_coding;
CREATE TRIGGER turn_event AFTER INSERT ON events BEGIN
  UPDATE turns SET n = n + 1; INSERT INTO changes (turn, entry) SELECT n, NEW.n FROM turns; END;
CREATE TRIGGER turn_no_event AFTER DELETE ON events BEGIN
  UPDATE turns SET n = n + 1; INSERT INTO changes (turn, entry) SELECT n, OLD.n FROM turns; END;
CREATE TRIGGER turn_document AFTER INSERT ON documents BEGIN
  UPDATE turns SET n = n + 1; INSERT INTO changes (turn, document) SELECT n, NEW.n FROM turns; END;
CREATE TRIGGER turn_other_document AFTER UPDATE ON documents BEGIN
  UPDATE turns SET n = n + 1; INSERT INTO changes (turn, document) SELECT n, NEW.n FROM turns; END;
CREATE TRIGGER turn_no_document AFTER DELETE ON documents BEGIN
  UPDATE turns SET n = n + 1; INSERT INTO changes (turn, document) SELECT n, OLD.n FROM turns; END;
CREATE TRIGGER turn_coding AFTER INSERT ON codings BEGIN
  UPDATE turns SET n = n + 1; INSERT INTO changes (turn, document) SELECT n, NEW.document FROM turns; END;
CREATE TRIGGER turn_no_coding AFTER DELETE ON codings BEGIN
  UPDATE turns SET n = n + 1; INSERT INTO changes (turn, document) SELECT n, OLD.document FROM turns; END;
