-- The record of nonpaper, schema 4. docs/record.md explains every column and shows queries.
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

-- Since schema 3: what happens outside the talks, and what comes after them. Runs and events without any of
-- this have no row in these tables.

CREATE TABLE worlds (
    world INTEGER PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE,            -- BLAKE2b-256 of names, hexadecimal
    names TEXT NOT NULL                    -- JSON: {"tables":[…],"levers":[…],"variables":[…],"shocks":[…],"types":[…]}
) STRICT;

CREATE TABLE run_worlds (
    run   INTEGER PRIMARY KEY REFERENCES runs,
    world INTEGER NOT NULL REFERENCES worlds
) STRICT;

CREATE TABLE details (
    key     INTEGER PRIMARY KEY REFERENCES events,
    place   TEXT,                          -- the closed table at which it happened
    subject TEXT,                          -- the lever, variable or shock that it is about
    word    TEXT,                          -- what was said, appraised or leaked
    amount  INTEGER NOT NULL,              -- billionths
    before  INTEGER NOT NULL               -- billionths
) STRICT;

CREATE TABLE accounts (
    run   INTEGER NOT NULL REFERENCES runs,
    seat  INTEGER NOT NULL,
    type  INTEGER,                         -- which of its types it was; NULL: it has one only
    costs INTEGER NOT NULL,                -- of levers and broken commitments; taken off its utility
    PRIMARY KEY (run, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE peaces (
    run       INTEGER PRIMARY KEY REFERENCES runs,
    until     INTEGER NOT NULL,            -- the end of what was looked at
    broken_at INTEGER,                     -- NULL: it held
    probes    INTEGER NOT NULL,
    steps     INTEGER NOT NULL,            -- later ones that entered force
    in_force  TEXT NOT NULL                -- JSON: {issue: option, …}, with later steps
) STRICT;

-- Since schema 4: studies, and how each of their jobs ended, whether or not its run is recorded in full. A job is a
-- repetition of a cell, number repetition * cells + cell; repetitions and cells are counted from 0. Keys begin with the study
-- and the job, so that rows stand in the order of (study, repetition, cell) and are found without an index.

CREATE TABLE studies (
    study         INTEGER PRIMARY KEY,
    hash          TEXT NOT NULL UNIQUE,    -- BLAKE2b-256 of plan, hexadecimal
    plan          TEXT NOT NULL,           -- JSON: all that decides what comes out
    scenario      INTEGER NOT NULL REFERENCES scenarios,
    scenario_name TEXT NOT NULL,
    seed          INTEGER NOT NULL,        -- 64 bits, as in runs
    cells         INTEGER NOT NULL,        -- how many
    version       TEXT NOT NULL,           -- of the program
    started_at    INTEGER NOT NULL,        -- wall clock, seconds since 1970
    seats         INTEGER NOT NULL         -- how many
) STRICT;

CREATE TABLE study_seats (
    study INTEGER NOT NULL REFERENCES studies,
    seat  INTEGER NOT NULL,
    id    TEXT NOT NULL,
    PRIMARY KEY (study, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE cells (
    study    INTEGER NOT NULL REFERENCES studies,
    cell     INTEGER NOT NULL,
    settings TEXT NOT NULL,                -- JSON array of "PATH=VALUE"
    numbers  TEXT NOT NULL,                -- JSON: {path: number or null, …}
    PRIMARY KEY (study, cell)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
    key             INTEGER PRIMARY KEY,   -- study << 44 | job
    seed            INTEGER NOT NULL,
    epoch           INTEGER NOT NULL,      -- the scenario's start, seconds since 1970
    drawn           TEXT NOT NULL,         -- JSON array of "PATH=VALUE", of this repetition only
    verdict         TEXT NOT NULL,         -- from here to last_distance as in runs
    reason          TEXT,
    seat            INTEGER,
    ended_at        INTEGER NOT NULL,
    events          INTEGER NOT NULL,
    digest          TEXT NOT NULL,
    agreement       TEXT,
    signatories     INTEGER NOT NULL,
    in_force        INTEGER,
    accords         TEXT NOT NULL,
    first_distance  INTEGER,
    last_distance   INTEGER,
    peace_until     INTEGER,               -- as in peaces; all NULL where there was no look
    peace_broken_at INTEGER,
    peace_probes    INTEGER,
    peace_steps     INTEGER,
    peace_in_force  TEXT
) STRICT;

CREATE TABLE outcome_seats (
    key          INTEGER PRIMARY KEY,      -- key of the outcome << 4 | seat
    utility      INTEGER,
    reservation  INTEGER,
    first_demand INTEGER,
    last_demand  INTEGER,
    offers       INTEGER NOT NULL,
    costs        INTEGER NOT NULL,
    type         INTEGER NOT NULL          -- 0 where it has one only
) STRICT;

-- The runs in which a job was recorded in full, wherever they are.
CREATE TABLE outcome_runs (
    key         INTEGER NOT NULL REFERENCES outcomes,
    header_hash TEXT NOT NULL,
    PRIMARY KEY (key, header_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (
    study      INTEGER NOT NULL REFERENCES studies,
    repetition INTEGER NOT NULL,
    cell       INTEGER NOT NULL,
    attempt    INTEGER NOT NULL,           -- from 1
    why        TEXT NOT NULL,
    PRIMARY KEY (study, repetition, cell, attempt, why)
) STRICT, WITHOUT ROWID;

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
CREATE TRIGGER worlds_stay BEFORE UPDATE ON worlds
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: worlds'); END;
CREATE TRIGGER worlds_remain BEFORE DELETE ON worlds
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: worlds'); END;
CREATE TRIGGER run_worlds_stay BEFORE UPDATE ON run_worlds
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: run_worlds'); END;
CREATE TRIGGER run_worlds_remain BEFORE DELETE ON run_worlds
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: run_worlds'); END;
CREATE TRIGGER details_stay BEFORE UPDATE ON details
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: details'); END;
CREATE TRIGGER details_remain BEFORE DELETE ON details
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: details'); END;
CREATE TRIGGER accounts_stay BEFORE UPDATE ON accounts
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: accounts'); END;
CREATE TRIGGER accounts_remain BEFORE DELETE ON accounts
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: accounts'); END;
CREATE TRIGGER peaces_stay BEFORE UPDATE ON peaces
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: peaces'); END;
CREATE TRIGGER peaces_remain BEFORE DELETE ON peaces
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: peaces'); END;
CREATE TRIGGER seats_remain BEFORE DELETE ON seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: seats'); END;
CREATE TRIGGER seats_begin_once BEFORE UPDATE OF run, seat, id, strategy, external ON seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: seats'); END;
CREATE TRIGGER seats_end_once BEFORE UPDATE ON seats WHEN OLD.offers IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: a run ends once'); END;
CREATE TRIGGER studies_stay BEFORE UPDATE ON studies
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: studies'); END;
CREATE TRIGGER studies_remain BEFORE DELETE ON studies
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: studies'); END;
CREATE TRIGGER study_seats_stay BEFORE UPDATE ON study_seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: study_seats'); END;
CREATE TRIGGER study_seats_remain BEFORE DELETE ON study_seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: study_seats'); END;
CREATE TRIGGER cells_stay BEFORE UPDATE ON cells
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: cells'); END;
CREATE TRIGGER cells_remain BEFORE DELETE ON cells
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: cells'); END;
CREATE TRIGGER outcomes_stay BEFORE UPDATE ON outcomes
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: outcomes'); END;
CREATE TRIGGER outcomes_remain BEFORE DELETE ON outcomes
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: outcomes'); END;
CREATE TRIGGER outcome_seats_stay BEFORE UPDATE ON outcome_seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: outcome_seats'); END;
CREATE TRIGGER outcome_seats_remain BEFORE DELETE ON outcome_seats
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: outcome_seats'); END;
CREATE TRIGGER outcome_runs_stay BEFORE UPDATE ON outcome_runs
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: outcome_runs'); END;
CREATE TRIGGER outcome_runs_remain BEFORE DELETE ON outcome_runs
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: outcome_runs'); END;
CREATE TRIGGER failures_stay BEFORE UPDATE ON failures
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: failures'); END;
CREATE TRIGGER failures_remain BEFORE DELETE ON failures
    BEGIN SELECT RAISE(ABORT, 'a record is append-only: failures'); END;

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
       CASE WHEN e.kind IN ('ratification', 'step', 'horizon') THEN e.passed END AS passed,
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

-- What an event says beyond view event, as it stands in table details.
CREATE VIEW event_detail AS
SELECT r.run,
       e.key & 4294967295 AS event,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + e.at, 'unixepoch') AS date,
       e.kind,
       s.id AS seat,
       d.place,
       d.subject,
       d.word,
       d.amount / 1e9 AS amount,
       d.before / 1e9 AS before
FROM runs r
JOIN details d ON d.key BETWEEN r.run << 32 AND (r.run << 32) + 4294967295
JOIN events e ON e.key = d.key
LEFT JOIN seats s ON s.run = r.run AND s.seat = e.seat;

-- One row a move of a variable that was told of.
CREATE VIEW world AS
SELECT d.run, d.event, d.date, d.subject AS variable,
       (SELECT json_extract(v.value, '$.unit')
        FROM run_worlds x JOIN worlds w ON w.world = x.world JOIN json_each(w.names, '$.variables') v
        WHERE x.run = d.run AND json_extract(v.value, '$.id') = d.subject) AS unit,
       d.amount AS value, d.before
FROM event_detail d
WHERE d.kind = 'world';

-- One row a change of a lever's level.
CREATE VIEW lever AS
SELECT d.run, d.event, d.date, d.seat, d.subject AS lever, d.amount AS level, d.before,
       e.demand / 1e9 AS cost
FROM event_detail d
JOIN events e ON e.key = (d.run << 32) + d.event
WHERE d.kind = 'lever';

-- One row a change of a seat's own numbers; of a type, its id.
CREATE VIEW appraisal AS
SELECT d.run, d.event, d.date, d.seat, d.word AS aspect,
       CASE WHEN d.word <> 'type' THEN d.amount END AS value,
       CASE WHEN d.word <> 'type' THEN d.before END AS before,
       CASE WHEN d.word = 'type' THEN
           (SELECT json_extract(t.value, '$.types[' || CAST(d.amount AS INTEGER) || ']')
            FROM run_worlds x JOIN worlds w ON w.world = x.world JOIN json_each(w.names, '$.types') t
            WHERE x.run = d.run AND json_extract(t.value, '$.id') = d.seat)
       END AS type
FROM event_detail d
WHERE d.kind = 'appraisal';

CREATE VIEW statement AS
SELECT d.run, d.event, d.date, d.seat, d.place, d.word AS statement, e.issue, e.option,
       d.subject AS lever
FROM event_detail d
JOIN events e ON e.key = (d.run << 32) + d.event
WHERE d.kind = 'statement';

-- One row a seat that has several types, or that paid for something.
CREATE VIEW account AS
SELECT a.run, s.id AS seat,
       (SELECT json_extract(t.value, '$.types[' || a.type || ']')
        FROM run_worlds x JOIN worlds w ON w.world = x.world JOIN json_each(w.names, '$.types') t
        WHERE x.run = a.run AND json_extract(t.value, '$.id') = s.id) AS type,
       a.costs / 1e9 AS costs
FROM accounts a
JOIN seats s ON s.run = a.run AND s.seat = a.seat;

-- One row a run whose agreement was looked at after it was made.
CREATE VIEW peace AS
SELECT r.run,
       p.broken_at IS NULL AS held,
       (coalesce(p.broken_at, p.until) - r.ended_at) / (365.25 * 86400) AS years,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + p.until, 'unixepoch') AS until,
       strftime('%Y-%m-%dT%H:%M:%S', r.epoch + p.broken_at, 'unixepoch') AS broken,
       p.probes,
       p.steps,
       p.in_force
FROM peaces p
JOIN runs r ON r.run = p.run;

-- Studies.

CREATE VIEW study AS
SELECT t.study,
       t.scenario_name AS scenario,
       CASE WHEN t.seed < 0 THEN printf('%u', t.seed) ELSE t.seed END AS seed,
       t.cells,
       (SELECT count(*) FROM outcomes o
        WHERE o.key BETWEEN t.study << 44 AND (t.study << 44) + 17592186044415) AS outcomes,
       (SELECT count(*) FROM failures f WHERE f.study = t.study) AS failures,
       (SELECT json_group_array(id)
        FROM (SELECT id FROM study_seats s WHERE s.study = t.study ORDER BY s.seat)) AS seats,
       t.version,
       strftime('%Y-%m-%dT%H:%M:%SZ', t.started_at, 'unixepoch') AS recorded,
       t.plan,
       t.hash,
       c.hash AS scenario_hash
FROM studies t
LEFT JOIN scenarios c ON c.scenario = t.scenario;

CREATE VIEW cell AS
SELECT c.study, c.cell, c.settings, c.numbers
FROM cells c;

CREATE VIEW outcome AS
SELECT t.study,
       (o.key & 17592186044415) / t.cells AS repetition,
       (o.key & 17592186044415) % t.cells AS cell,
       CASE WHEN o.seed < 0 THEN printf('%u', o.seed) ELSE o.seed END AS seed,
       o.verdict,
       o.reason,
       s.id AS seat,
       strftime('%Y-%m-%dT%H:%M:%S', o.epoch + o.ended_at, 'unixepoch') AS ended,
       o.ended_at / 86400.0 AS days,
       o.events,
       o.agreement,
       CASE WHEN o.verdict = 'agreement' THEN
           (SELECT json_group_array(id)
            FROM (SELECT id FROM study_seats x
                  WHERE x.study = t.study AND (o.signatories >> x.seat) & 1 ORDER BY x.seat))
       END AS signatories,
       o.in_force,
       o.accords,
       o.first_distance / 1e9 AS first_distance,
       o.last_distance / 1e9 AS last_distance,
       CASE WHEN o.peace_until IS NOT NULL THEN o.peace_broken_at IS NULL END AS held,
       (coalesce(o.peace_broken_at, o.peace_until) - o.ended_at) / (365.25 * 86400) AS years,
       strftime('%Y-%m-%dT%H:%M:%S', o.epoch + o.peace_broken_at, 'unixepoch') AS broken,
       o.peace_probes AS probes,
       o.peace_steps AS steps,
       o.peace_in_force,
       o.drawn,
       c.settings,
       c.numbers,
       o.digest,
       (SELECT min(header_hash) FROM outcome_runs r WHERE r.key = o.key) AS header_hash
FROM studies t
JOIN outcomes o ON o.key BETWEEN t.study << 44 AND (t.study << 44) + 17592186044415
LEFT JOIN cells c ON c.study = t.study AND c.cell = (o.key & 17592186044415) % t.cells
LEFT JOIN study_seats s ON s.study = t.study AND s.seat = o.seat;

CREATE VIEW outcome_seat AS
SELECT t.study,
       ((s.key >> 4) & 17592186044415) / t.cells AS repetition,
       ((s.key >> 4) & 17592186044415) % t.cells AS cell,
       x.id AS seat,
       s.utility / 1e9 AS utility,
       s.reservation / 1e9 AS outside_option,
       (s.utility - s.reservation) / 1e9 AS gain,
       s.first_demand / 1e9 AS first_demand,
       s.last_demand / 1e9 AS last_demand,
       (s.first_demand - s.last_demand) / 1e9 AS concession,
       s.offers,
       s.costs / 1e9 AS costs,
       s.type
FROM studies t
JOIN outcome_seats s ON s.key BETWEEN t.study << 48 AND (t.study << 48) + 281474976710655
LEFT JOIN study_seats x ON x.study = t.study AND x.seat = s.key & 15;

-- One row an attempt that came to nothing.
CREATE VIEW failure AS
SELECT f.study, f.repetition, f.cell, f.attempt, f.why
FROM failures f;

INSERT INTO meta (name, value) VALUES
    ('format', 'nonpaper record'),
    ('schema', '4'),
    ('event_layout', '2'),
    ('digest', 'BLAKE2b-256'),
    ('documentation', 'docs/record.md');

PRAGMA application_id = 1852858738;
PRAGMA user_version = 4;
