-- +goose Up
-- What of a centre's year is told to registries. It is the subject of deliveries beside
-- patients, so that the subject of a delivery is no longer a row of one table.
CREATE TABLE report (
    id TEXT PRIMARY KEY,
    centre TEXT NOT NULL,
    year INTEGER NOT NULL,
    body TEXT NOT NULL,
    counted_at TEXT NOT NULL,
    UNIQUE (centre, year)
) STRICT;

-- SQLite takes a reference out of a table only by making it anew.
CREATE TABLE delivery_anew (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    patient TEXT NOT NULL,
    place INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    bundle TEXT NOT NULL,
    created_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    sent_at TEXT,
    finished_at TEXT,
    trace TEXT NOT NULL,
    UNIQUE (target, patient, place)
) STRICT;
INSERT INTO delivery_anew SELECT id, target, patient, place, state, reason, attempts, fence, bundle, created_at, due_at, sent_at, finished_at, trace FROM delivery;
DROP TABLE delivery;
ALTER TABLE delivery_anew RENAME TO delivery;
CREATE UNIQUE INDEX delivery_queued ON delivery (target, patient) WHERE state = 'queued';
CREATE INDEX delivery_state ON delivery (target, state, created_at);
CREATE INDEX delivery_patient ON delivery (patient);

CREATE TABLE ledger_anew (
    target TEXT NOT NULL,
    resource_key TEXT NOT NULL,
    patient TEXT NOT NULL,
    hash TEXT NOT NULL,
    version TEXT NOT NULL,
    location TEXT NOT NULL,
    etag TEXT NOT NULL,
    fence INTEGER NOT NULL,
    delivered_at TEXT NOT NULL,
    PRIMARY KEY (target, resource_key)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger_anew SELECT target, resource_key, patient, hash, version, location, etag, fence, delivered_at FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_anew RENAME TO ledger;
CREATE INDEX ledger_patient ON ledger (patient, target);

-- +goose Down
DELETE FROM ledger WHERE patient NOT IN (SELECT id FROM patient);
DELETE FROM delivery WHERE patient NOT IN (SELECT id FROM patient);
DROP TABLE report;
