-- Fika, schema 1.
--
-- Civil times are text, YYYY-MM-DDTHH:MM, in the row's zone ('' = wherever I am); days are text,
-- YYYY-MM-DD; instants are UTC seconds. Rowid tables only. The ids of people, groups and plans are
-- never used again: a window or a reminder may still remember one that is gone. Tables marked
-- `machine` hold what the machine works out or remembers for itself; every other table is a person's
-- data, and its changes go to the change log (the triggers are generated from this schema).

CREATE TABLE circle (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL DEFAULT '',      -- a person's own name for it; '' = the translated one
  position INTEGER NOT NULL,
  ideal    INTEGER NOT NULL,              -- days; 0 = no cadence
  latest   INTEGER NOT NULL
) STRICT;
INSERT INTO circle (id, key, position, ideal, latest) VALUES
  (1, 'closest', 1,  7,  14),
  (2, 'close',   2, 14,  28),
  (3, 'friends', 3, 30,  60),
  (4, 'wider',   4, 90, 180);

CREATE TABLE person (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  uid           TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL CHECK (name <> ''),
  folded        TEXT NOT NULL,            -- derived from name: case and accents folded
  nickname      TEXT NOT NULL DEFAULT '',
  pronouns      TEXT NOT NULL DEFAULT '',
  circle        INTEGER NOT NULL DEFAULT 3 REFERENCES circle (id),
  ideal         INTEGER,                  -- days; NULL = the circle's; 0 = no cadence
  latest        INTEGER,
  zone          TEXT NOT NULL DEFAULT '',
  how_met       TEXT NOT NULL DEFAULT '',
  introduced_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
  notes         TEXT NOT NULL DEFAULT '',
  photo         TEXT NOT NULL DEFAULT '', -- name of a file in photos/, the hash of its content
  extra         TEXT NOT NULL DEFAULT '', -- lines of an imported card that Fika does not know
  archived      INTEGER NOT NULL DEFAULT 0,
  deceased      INTEGER NOT NULL DEFAULT 0,
  died          TEXT NOT NULL DEFAULT '', -- day, where known
  paused_until  TEXT NOT NULL DEFAULT '', -- day
  sample        INTEGER NOT NULL DEFAULT 0,
  created       INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (archived, folded, id);
CREATE INDEX person_by_folded ON person (folded);
CREATE INDEX person_by_introducer ON person (introduced_by) WHERE introduced_by IS NOT NULL;
CREATE INDEX person_sample ON person (id) WHERE sample = 1;

CREATE TABLE tie (
  id     INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  tie    TEXT NOT NULL,
  UNIQUE (person, tie)
) STRICT;

CREATE TABLE tag (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL CHECK (name <> ''),
  folded TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE person_tag (
  id     INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  tag    INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  UNIQUE (person, tag)
) STRICT;
CREATE INDEX person_tag_by_tag ON person_tag (tag);

CREATE TABLE occasion (
  id     INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  kind   TEXT NOT NULL,                   -- birthday, anniversary, other
  label  TEXT NOT NULL DEFAULT '',
  year   INTEGER,                         -- NULL = unknown
  month  INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  day    INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31)
) STRICT;
CREATE INDEX occasion_by_person ON occasion (person);
CREATE INDEX occasion_by_day ON occasion (month, day);

CREATE TABLE topic (
  id      INTEGER PRIMARY KEY,
  uid     TEXT NOT NULL UNIQUE,
  person  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  text    TEXT NOT NULL CHECK (text <> ''),
  day     TEXT NOT NULL DEFAULT '',
  raised  INTEGER,                        -- UTC; NULL = still open
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX topic_by_person ON topic (person, raised);

CREATE TABLE promise (
  id      INTEGER PRIMARY KEY,
  uid     TEXT NOT NULL UNIQUE,
  person  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  theirs  INTEGER NOT NULL DEFAULT 0,     -- 0 = mine to keep, 1 = theirs
  text    TEXT NOT NULL CHECK (text <> ''),
  due     TEXT NOT NULL DEFAULT '',
  done    INTEGER,                        -- UTC; NULL = still open
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX promise_by_person ON promise (person, done);

-- A group; the plain word is SQL's own.
CREATE TABLE grp (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  uid            TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL CHECK (name <> ''),
  folded         TEXT NOT NULL,
  type           TEXT NOT NULL DEFAULT 'club',
  stage          TEXT NOT NULL DEFAULT 'curious',
  next_step      TEXT NOT NULL DEFAULT '',
  next_step_day  TEXT NOT NULL DEFAULT '',
  place          TEXT NOT NULL DEFAULT '',
  link           TEXT NOT NULL DEFAULT '',
  cost           TEXT NOT NULL DEFAULT '',
  travel_minutes INTEGER,
  size           INTEGER,
  lively         INTEGER NOT NULL DEFAULT 0, -- 0 unsaid, 1 quiet, 2 lively
  online         INTEGER NOT NULL DEFAULT 0, -- 0 in person, 1 online, 2 both
  private        INTEGER NOT NULL DEFAULT 0,
  goal_minutes   INTEGER NOT NULL DEFAULT 0, -- volunteering; 0 = none
  goal_period    TEXT NOT NULL DEFAULT 'week',
  notes          TEXT NOT NULL DEFAULT '',
  archived       INTEGER NOT NULL DEFAULT 0,
  sample         INTEGER NOT NULL DEFAULT 0,
  created        INTEGER NOT NULL
) STRICT;
CREATE INDEX grp_by_name ON grp (archived, folded, id);
CREATE INDEX grp_sample ON grp (id) WHERE sample = 1;

CREATE TABLE grp_trait (
  id   INTEGER PRIMARY KEY,
  grp  INTEGER NOT NULL REFERENCES grp (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('interest', 'value')),
  name TEXT NOT NULL CHECK (name <> ''),
  UNIQUE (grp, kind, name)
) STRICT;

CREATE TABLE member (
  id     INTEGER PRIMARY KEY,
  grp    INTEGER NOT NULL REFERENCES grp (id) ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  role   TEXT NOT NULL DEFAULT '',
  since  TEXT NOT NULL DEFAULT '',
  until  TEXT NOT NULL DEFAULT '',
  UNIQUE (grp, person)
) STRICT;
CREATE INDEX member_by_person ON member (person);

CREATE TABLE stage_change (
  id    INTEGER PRIMARY KEY,
  grp   INTEGER NOT NULL REFERENCES grp (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  at    INTEGER NOT NULL
) STRICT;
CREATE INDEX stage_change_by_grp ON stage_change (grp, at);

-- A phone number, address and so on, of a person or of a group.
CREATE TABLE contact (
  id        INTEGER PRIMARY KEY,
  person    INTEGER REFERENCES person (id) ON DELETE CASCADE,
  grp       INTEGER REFERENCES grp (id) ON DELETE CASCADE,
  kind      TEXT NOT NULL,
  label     TEXT NOT NULL DEFAULT '',
  value     TEXT NOT NULL CHECK (value <> ''),
  match     TEXT NOT NULL DEFAULT '',     -- derived: the last nine digits, or the folded address
  preferred INTEGER NOT NULL DEFAULT 0,
  position  INTEGER NOT NULL DEFAULT 0,
  CHECK ((person IS NULL) <> (grp IS NULL))
) STRICT;
CREATE INDEX contact_by_person ON contact (person, position) WHERE person IS NOT NULL;
CREATE INDEX contact_by_grp ON contact (grp, position) WHERE grp IS NOT NULL;
CREATE INDEX contact_by_match ON contact (match) WHERE match <> '';

CREATE TABLE series (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  uid        TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL DEFAULT '',
  start      TEXT NOT NULL,               -- the anchor
  win        TEXT NOT NULL DEFAULT 'exact',
  zone       TEXT NOT NULL DEFAULT '',
  minutes    INTEGER NOT NULL DEFAULT 0,  -- 0 = open-ended
  place      TEXT NOT NULL DEFAULT '',
  link       TEXT NOT NULL DEFAULT '',
  notes      TEXT NOT NULL DEFAULT '',
  grp        INTEGER REFERENCES grp (id) ON DELETE CASCADE,
  rule       TEXT NOT NULL DEFAULT '',    -- RFC 5545 RECUR; '' where after_days counts
  after_days INTEGER NOT NULL DEFAULT 0,  -- days after the last time
  sample     INTEGER NOT NULL DEFAULT 0,
  created    INTEGER NOT NULL,
  CHECK ((rule = '') <> (after_days = 0))
) STRICT;
CREATE INDEX series_by_grp ON series (grp) WHERE grp IS NOT NULL;
CREATE INDEX series_sample ON series (id) WHERE sample = 1;

CREATE TABLE series_person (
  id       INTEGER PRIMARY KEY,
  series   INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
  person   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (series, person)
) STRICT;
CREATE INDEX series_person_by_person ON series_person (person);

-- Planned and past are one thing. With a series: the exception for its occurrence `original`.
CREATE TABLE catchup (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  uid         TEXT NOT NULL UNIQUE,
  series      INTEGER REFERENCES series (id) ON DELETE CASCADE,
  original    TEXT,                       -- RECURRENCE-ID: when the rule put it
  kind        TEXT NOT NULL,
  title       TEXT NOT NULL DEFAULT '',
  start       TEXT NOT NULL,
  win         TEXT NOT NULL DEFAULT 'exact',
  zone        TEXT NOT NULL DEFAULT '',
  utc         INTEGER NOT NULL,           -- derived from start and zone
  minutes     INTEGER NOT NULL DEFAULT 0,
  place       TEXT NOT NULL DEFAULT '',
  link        TEXT NOT NULL DEFAULT '',
  notes       TEXT NOT NULL DEFAULT '',
  grp         INTEGER REFERENCES grp (id) ON DELETE SET NULL,
  state       TEXT NOT NULL DEFAULT 'planned'
              CHECK (state IN ('planned', 'happened', 'skipped', 'cancelled')),
  feeling     INTEGER NOT NULL DEFAULT 0, -- 0 unsaid, 1 hard to 5 wonderful
  reached_out INTEGER NOT NULL DEFAULT 0, -- 0 unsaid, 1 I did, 2 they did
  learned     TEXT NOT NULL DEFAULT '',
  sample      INTEGER NOT NULL DEFAULT 0,
  created     INTEGER NOT NULL,
  UNIQUE (series, original),
  CHECK ((series IS NULL) = (original IS NULL))
) STRICT;
CREATE INDEX catchup_by_utc ON catchup (utc);
CREATE INDEX catchup_planned ON catchup (utc) WHERE state = 'planned';
CREATE INDEX catchup_by_grp ON catchup (grp, utc) WHERE grp IS NOT NULL;
CREATE INDEX catchup_sample ON catchup (id) WHERE sample = 1;

CREATE TABLE catchup_person (
  id       INTEGER PRIMARY KEY,
  catchup  INTEGER NOT NULL REFERENCES catchup (id) ON DELETE CASCADE,
  person   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (catchup, person)
) STRICT;
CREATE INDEX catchup_person_by_person ON catchup_person (person, catchup);

-- What only a visit to a group has; the visit itself is a catch-up.
CREATE TABLE visit (
  id        INTEGER PRIMARY KEY,
  catchup   INTEGER NOT NULL UNIQUE REFERENCES catchup (id) ON DELETE CASCADE,
  again     TEXT NOT NULL DEFAULT '',     -- yes, maybe, no
  role      TEXT NOT NULL DEFAULT '',
  task      TEXT NOT NULL DEFAULT '',
  volunteer INTEGER NOT NULL DEFAULT 0    -- minutes that count as volunteering
) STRICT;

-- How long before it a plan is told.
CREATE TABLE lead (
  id      INTEGER PRIMARY KEY,
  series  INTEGER REFERENCES series (id) ON DELETE CASCADE,
  catchup INTEGER REFERENCES catchup (id) ON DELETE CASCADE,
  minutes INTEGER NOT NULL CHECK (minutes >= 0),
  CHECK ((series IS NULL) <> (catchup IS NULL))
) STRICT;
CREATE UNIQUE INDEX lead_by_series ON lead (series, minutes) WHERE series IS NOT NULL;
CREATE UNIQUE INDEX lead_by_catchup ON lead (catchup, minutes) WHERE catchup IS NOT NULL;

-- machine: the log itself
CREATE TABLE action (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  label  TEXT NOT NULL,
  source TEXT NOT NULL,                   -- window, notification, terminal, import
  at     INTEGER NOT NULL,
  kind   TEXT NOT NULL DEFAULT 'do' CHECK (kind IN ('do', 'undo', 'redo')),
  target INTEGER,                         -- the action that an undo or redo is about
  state  TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped'))
) STRICT;
CREATE INDEX action_by_state ON action (kind, state, id);
CREATE INDEX action_by_target ON action (target) WHERE target IS NOT NULL;

CREATE TABLE change (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  action INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
  tbl    TEXT NOT NULL,
  row    INTEGER NOT NULL,
  op     TEXT NOT NULL CHECK (op IN ('i', 'u', 'd')),
  before TEXT                             -- JSON object; NULL for an insert
) STRICT;
CREATE INDEX change_by_action ON change (action, seq);

CREATE TABLE log_state (                  -- one row: the action that is being written, or 0
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  action INTEGER NOT NULL
) STRICT;
INSERT INTO log_state VALUES (1, 0);

-- machine: one row for each notification that will be or was given. It outlives its plan (no foreign
-- keys), so that a notification on the screen can be taken back when the plan goes.
CREATE TABLE reminder (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL DEFAULT 'plan'
               CHECK (kind IN ('plan', 'asked', 'occasion', 'topic', 'promise', 'step', 'digest')),
  series       INTEGER,                   -- of an occurrence of a series, with `original`
  catchup      INTEGER,                   -- the row it is told of; NULL while only the rule makes it
  source       INTEGER,                   -- else the row of its kind's table; of a digest 0
  person       INTEGER,                   -- of an occasion, a topic or a promise
  grp          INTEGER,                   -- of a next step
  original     TEXT NOT NULL DEFAULT '',  -- with a source: the day, at midnight
  lead         INTEGER NOT NULL,          -- minutes; negative from the start on
  start        INTEGER NOT NULL,          -- UTC of the occurrence
  due          INTEGER NOT NULL,          -- UTC to tell it at; moved by a snooze
  state        TEXT NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'posting', 'shown', 'done', 'dismissed', 'missed')),
  lease        INTEGER NOT NULL DEFAULT 0, -- UTC until which `posting` is believed
  server       TEXT NOT NULL DEFAULT '',  -- bus name of the notification server
  notification INTEGER NOT NULL DEFAULT 0,
  token        TEXT NOT NULL DEFAULT '',
  attempts     INTEGER NOT NULL DEFAULT 0,
  shown_at     INTEGER NOT NULL DEFAULT 0,
  snoozed      INTEGER NOT NULL DEFAULT 0,
  CHECK ((kind IN ('plan', 'asked')) = (source IS NULL)),
  CHECK (series IS NOT NULL OR catchup IS NOT NULL OR source IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX reminder_of_series ON reminder (series, original, lead) WHERE series IS NOT NULL;
CREATE UNIQUE INDEX reminder_of_catchup ON reminder (catchup, lead) WHERE catchup IS NOT NULL;
CREATE UNIQUE INDEX reminder_of_source ON reminder (kind, source, original, lead)
  WHERE source IS NOT NULL;
CREATE INDEX reminder_of_person ON reminder (person) WHERE person IS NOT NULL;
CREATE INDEX reminder_of_grp ON reminder (grp) WHERE grp IS NOT NULL;
CREATE INDEX reminder_due ON reminder (due) WHERE state IN ('pending', 'posting');
CREATE INDEX reminder_live ON reminder (state) WHERE state IN ('posting', 'shown');
CREATE INDEX reminder_shown ON reminder (shown_at) WHERE shown_at > 0;

-- machine: when each person was last met and is next, worked out from the catch-ups
CREATE TABLE contact_cache (
  person       INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  last_utc     INTEGER,
  last_catchup INTEGER,
  next_utc     INTEGER
) STRICT;
CREATE INDEX contact_cache_last ON contact_cache (last_utc, person);
CREATE INDEX contact_cache_next ON contact_cache (next_utc, person);

-- machine: the next occurrence of each series
CREATE TABLE series_cache (
  series    INTEGER PRIMARY KEY REFERENCES series (id) ON DELETE CASCADE,
  first_utc INTEGER NOT NULL,             -- no occurrence starts before
  last_utc  INTEGER NOT NULL,             -- nor after; the greatest integer where it has no end
  next_utc  INTEGER                       -- first not past and not excepted; NULL = none
) STRICT;
CREATE INDEX series_cache_last ON series_cache (last_utc);
CREATE INDEX series_cache_next ON series_cache (next_utc);

-- machine: where and when the caches and the instants of plans "wherever I am" were worked out, and
-- by which wishes the reminders
CREATE TABLE cache_state (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  zone         TEXT NOT NULL,             -- the zone that was here; '' = not yet
  at           INTEGER NOT NULL,          -- UTC, the latest
  policy       TEXT NOT NULL,             -- what is told, as the preferences have it; '' = not yet
  paused_until INTEGER NOT NULL           -- UTC; what is due before it is not told
) STRICT;
INSERT INTO cache_state VALUES (1, '', 0, '', 0);

-- machine: search
CREATE VIRTUAL TABLE person_search USING fts5 (
  text, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
