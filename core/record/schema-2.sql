-- The record of nonpaper, schema 2. docs/record.md explains every column and shows queries.
--
-- Tables end in s and hold what was written once; views are in the singular and are made for reading.
-- Times are seconds since the run's epoch, utilities are billionths, seats and packages are numbered
-- from 0, sets of seats hold one bit a seat; the views turn all of these into words, dates and reals.
--
-- A table never changes its shape once a version had it: a new version adds tables and makes views and
-- triggers anew. That is how an older record becomes one of this version (migrate.c).

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scenarios (
    scenario INTEGER PRIMARY KEY,
    hash     TEXT NOT NULL UNIQUE,         -- BLAKE2b-256 of text, hexadecimal
    text     TEXT NOT NULL                 -- the file's bytes
) STRICT;

CREATE TABLE domains (
    domain INTEGER PRIMARY KEY,
    hash   TEXT NOT NULL UNIQUE,           -- BLAKE2b-256 of issues, hexadecimal
    issues TEXT NOT NULL                   -- JSON: [{"issue":…,"options":[…],"status_quo":…,"separable":…},…]
) STRICT;

CREATE TABLE runs (
    run            INTEGER PRIMARY KEY,
    -- the header: written when the run begins
    scenario       INTEGER NOT NULL REFERENCES scenarios,
    domain         INTEGER NOT NULL REFERENCES domains,
    scenario_name  TEXT NOT NULL,
    settings       TEXT NOT NULL,          -- JSON array of "PATH=VALUE"
    seed           INTEGER NOT NULL,       -- 64 bits; negative when the unsigned number needs the last one
    lane           TEXT NOT NULL,          -- memory, processes
    version        TEXT NOT NULL,          -- of the program
    started_at     INTEGER NOT NULL,       -- wall clock, seconds since 1970
    epoch          INTEGER NOT NULL,       -- the scenario's start, seconds since 1970
    seats          INTEGER NOT NULL,       -- how many
    header         TEXT,                   -- all of the above in canonical form
    header_hash    TEXT,                   -- BLAKE2b-256 of header, hexadecimal
    -- the verdict: written when the run ends
    verdict        TEXT,                   -- agreement, breakdown
    reason         TEXT,                   -- of a breakdown
    seat           INTEGER,                -- that a breakdown names
    ended_at       INTEGER,
    events         INTEGER,
    digest         TEXT,                   -- BLAKE2b-256 of the events' payloads as one stream
    agreement      TEXT,                   -- JSON: {issue: option, …}
    signatories    INTEGER,                -- a set of seats
    in_force       INTEGER,                -- 1 yes, 0 signed but not ratified
    accords        TEXT,                   -- JSON: [{issue: option, …}, …]
    first_distance INTEGER,
    last_distance  INTEGER,
    result         TEXT,                   -- the verdict and the seats' results in canonical form
    result_hash    TEXT                    -- BLAKE2b-256 of result, hexadecimal
) STRICT;

CREATE TABLE seats (
    run          INTEGER NOT NULL REFERENCES runs,
    seat         INTEGER NOT NULL,
    id           TEXT NOT NULL,
    strategy     TEXT NOT NULL,            -- with every parameter
    external     INTEGER NOT NULL,         -- 1: fed, not asked again, by verify
    -- written when the run ends
    utility      INTEGER,
    reservation  INTEGER,
    first_demand INTEGER,
    last_demand  INTEGER,
    offers       INTEGER,
    PRIMARY KEY (run, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    key               INTEGER PRIMARY KEY, -- run << 32 | event
    cause             INTEGER NOT NULL,    -- the event that brought this one about; 0: none
    at                INTEGER NOT NULL,
    decided_at        INTEGER NOT NULL,
    expires_at        INTEGER,             -- NULL: never; 0 for what cannot expire
    kind              TEXT NOT NULL,
    seat              INTEGER,
    offer             INTEGER,
    package           INTEGER NOT NULL,
    packages          TEXT,                -- JSON: [[option, …], …] in the order of the domain's issues
    seats             INTEGER,             -- a set of seats
    ruling            TEXT,
    refused           TEXT,
    reason            TEXT,
    issue             TEXT,
    option            TEXT,
    breaks_commitment INTEGER NOT NULL,
    passed            INTEGER NOT NULL,
    demand            INTEGER,
    distance          INTEGER,
    text              TEXT,
    payload           BLOB NOT NULL        -- the canonical layout
) STRICT;

-- Runs that begin as another run and go on differently, or that played under changing settings; since
-- schema 2. Other runs have no row here.
CREATE TABLE branches (
    run         INTEGER PRIMARY KEY REFERENCES runs,
    parent      INTEGER REFERENCES runs,   -- NULL: it is in no run of this record
    parent_hash TEXT,                      -- header_hash of the parent, wherever it is
    branched_at INTEGER,                   -- live from here on
    past        TEXT NOT NULL              -- JSON: [{"from":seconds,"settings":["PATH=VALUE",…]},…] before that
) STRICT;

-- Append-only.

CREATE TRIGGER meta_stays BEFORE UPDATE ON meta
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: meta'); END;
CREATE TRIGGER meta_remains BEFORE DELETE ON meta
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: meta'); END;
CREATE TRIGGER scenarios_stay BEFORE UPDATE ON scenarios
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: scenarios'); END;
CREATE TRIGGER scenarios_remain BEFORE DELETE ON scenarios
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: scenarios'); END;
CREATE TRIGGER domains_stay BEFORE UPDATE ON domains
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: domains'); END;
CREATE TRIGGER domains_remain BEFORE DELETE ON domains
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: domains'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: events'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: events'); END;
CREATE TRIGGER runs_remain BEFORE DELETE ON runs
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: runs'); END;
CREATE TRIGGER runs_begin_once BEFORE UPDATE OF run, scenario, domain, scenario_name, settings, seed,
    lane, version, started_at, epoch, seats, header, header_hash ON runs
    WHEN OLD.header_hash IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: a run begins once'); END;
CREATE TRIGGER runs_end_once BEFORE UPDATE ON runs WHEN OLD.result_hash IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: a run ends once'); END;
CREATE TRIGGER branches_stay BEFORE UPDATE ON branches
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: branches'); END;
CREATE TRIGGER branches_remain BEFORE DELETE ON branches
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: branches'); END;
CREATE TRIGGER seats_remain BEFORE DELETE ON seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: seats'); END;
CREATE TRIGGER seats_begin_once BEFORE UPDATE OF run, seat, id, strategy, external ON seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: seats'); END;
CREATE TRIGGER seats_end_once BEFORE UPDATE ON seats WHEN OLD.offers IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: a run ends once'); END;

-- For reading.

CREATE VIEW run AS
SELECT r.run,
       r.scenario_name AS scenario,
       CASE WHEN r.seed < 0 THEN printf('%u', r.seed) ELSE r.seed END AS seed,
       r.verdict,
       r.reason,
       s.id AS seat,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch, 'unixepoch') AS began,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + r.ended_at, 'unixepoch') AS ended,
       r.ended_at / 86400.0 AS days,
       r.events,
       r.agreement,
       r.in_force,
       r.first_distance / 1e9 AS first_distance,
       r.last_distance / 1e9 AS last_distance,
       r.digest,
       r.settings,
       r.lane,
       r.version,
       strftime('%Y-%m-%dT%H:%M:%SZ', r.started_at, 'unixepoch') AS recorded,
       c.hash AS scenario_hash,
       r.header_hash
FROM runs r
LEFT JOIN scenarios c ON c.scenario = r.scenario
LEFT JOIN seats s ON s.run = r.run AND s.seat = r.seat;

CREATE VIEW seat AS
SELECT s.run,
       s.id AS seat,
       s.strategy,
       s.external,
       s.utility / 1e9 AS utility,
       s.reservation / 1e9 AS outside_option,
       (s.utility - s.reservation) / 1e9 AS gain,
       s.first_demand / 1e9 AS first_demand,
       s.last_demand / 1e9 AS last_demand,
       (s.first_demand - s.last_demand) / 1e9 AS concession,
       s.offers
FROM seats s;

-- One row a run that has a parent; `parent` is NULL when it lies in another record.
CREATE VIEW branch AS
SELECT r.run,
       b.parent,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + b.branched_at, 'unixepoch') AS branched,
       b.past,
       r.settings,
       b.parent_hash
FROM branches b
JOIN runs r ON r.run = b.run;

CREATE VIEW issue AS
SELECT r.run,
       i.key AS number,
       json_extract(i.value, '$.issue') AS issue,
       json_extract(i.value, '$.status_quo') AS status_quo,
       json_extract(i.value, '$.separable') AS separable,
       json_extract(i.value, '$.options') AS options
FROM runs r
JOIN domains d ON d.domain = r.domain
JOIN json_each(d.issues) i;

CREATE VIEW event AS
SELECT r.run,
       e.key & 4294967295 AS event,
       nullif(e.cause, 0) AS cause,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + e.at, 'unixepoch') AS date,
       e.kind,
       s.id AS seat,
       e.offer,
       e.package,
       e.packages,
       CASE WHEN e.seats IS NOT NULL THEN
           (SELECT json_group_array(id)
            FROM (SELECT id FROM seats
                  WHERE seats.run = r.run AND (e.seats >> seats.seat) & 1 ORDER BY seats.seat))
       END AS seats,
       e.ruling,
       e.refused,
       e.reason,
       e.issue,
       e.option,
       e.breaks_commitment,
       CASE WHEN e.kind = 'ratification' THEN e.passed END AS passed,
       e.demand / 1e9 AS demand,
       e.distance / 1e9 AS distance,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + e.decided_at, 'unixepoch') AS decided,
       CASE WHEN e.expires_at > 0 THEN
           strftime('%Y-%m-%dT%H:%M:%S', r.epoch + e.expires_at, 'unixepoch')
       END AS expires,
       e.text
FROM runs r
JOIN events e ON e.key BETWEEN r.run << 32 AND (r.run << 32) + 4294967295
LEFT JOIN seats s ON s.run = r.run AND s.seat = e.seat;

-- One row a package.
CREATE VIEW offer AS
SELECT e.run, e.event, e.date, e.seat, e.offer, p.key AS package, p.value AS options,
       e.demand, e.expires, e.breaks_commitment
FROM event e
JOIN json_each(e.packages) p
WHERE e.kind = 'offer';

-- One row an issue of a package.
CREATE VIEW offer_option AS
SELECT f.run, f.event, f.date, f.seat, f.offer, f.package, i.issue, o.value AS option
FROM offer f
JOIN json_each(f.options) o
JOIN issue i ON i.run = f.run AND i.number = o.key;

CREATE VIEW demand AS
SELECT run, event, date, seat, offer, demand,
       first_value(demand) OVER (PARTITION BY run, seat ORDER BY event) - demand AS concession,
       distance
FROM event
WHERE kind = 'offer' AND demand IS NOT NULL;

CREATE VIEW acceptance AS
SELECT run, event, date, seat, offer, package, json_extract(packages, '$[0]') AS options,
       seats AS accepted, breaks_commitment
FROM event
WHERE kind = 'acceptance';

CREATE VIEW verdict AS
SELECT r.run, r.verdict, r.reason, s.id AS seat,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + r.ended_at, 'unixepoch') AS date,
       r.agreement,
       CASE WHEN r.verdict = 'agreement' THEN
           (SELECT json_group_array(id)
            FROM (SELECT id FROM seats
                  WHERE seats.run = r.run AND (r.signatories >> seats.seat) & 1 ORDER BY seats.seat))
       END AS signatories,
       r.in_force, r.accords,
       r.first_distance / 1e9 AS first_distance,
       r.last_distance / 1e9 AS last_distance
FROM runs r
LEFT JOIN seats s ON s.run = r.run AND s.seat = r.seat
WHERE r.verdict IS NOT NULL;

INSERT INTO meta (name, value) VALUES
    ('format', 'nonpaper record'),
    ('schema', '2'),
    ('event_layout', '1'),
    ('digest', 'BLAKE2b-256'),
    ('documentation', 'docs/record.md');

PRAGMA application_id = 1852858738;
PRAGMA user_version = 2;
