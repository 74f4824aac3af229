-- A table that others refer to gets a column and loses one; a new table appears.
CREATE TABLE new_circle (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  days     INTEGER NOT NULL,
  colour   TEXT NOT NULL DEFAULT 'blue'
) STRICT;
INSERT INTO new_circle (id, key, name, position, days) SELECT id, key, name, position, ideal FROM circle;
DROP TABLE circle;
ALTER TABLE new_circle RENAME TO circle;
CREATE TABLE wish (
  id     INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  text   TEXT NOT NULL
) STRICT;
