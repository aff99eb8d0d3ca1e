-- +goose Up
-- What the database remembers of the installation it belongs to.
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE patient (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    clinic TEXT NOT NULL,
    identifiers BLOB NOT NULL,
    opted_out_at TEXT,
    merged_into TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE patient_token (
    token TEXT PRIMARY KEY,
    patient TEXT NOT NULL REFERENCES patient (id)
) STRICT;
CREATE INDEX patient_token_patient ON patient_token (patient);

CREATE TABLE item (
    patient TEXT NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    clinic TEXT NOT NULL,
    version TEXT NOT NULL,
    updated TEXT NOT NULL,
    hash TEXT NOT NULL,
    retracted INTEGER NOT NULL,
    body TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (patient, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE sending (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    identifier TEXT NOT NULL,
    content TEXT NOT NULL,
    version INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    received INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    ignored INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    answer TEXT NOT NULL,
    UNIQUE (tenant, identifier, version),
    CHECK (received = accepted + ignored + rejected)
) STRICT;
CREATE INDEX sending_content ON sending (tenant, identifier, content);

CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL,
    patient TEXT NOT NULL REFERENCES patient (id),
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
CREATE UNIQUE INDEX delivery_queued ON delivery (target, patient) WHERE state = 'queued';
CREATE INDEX delivery_state ON delivery (target, state, created_at);
CREATE INDEX delivery_patient ON delivery (patient);

CREATE TABLE ledger (
    target TEXT NOT NULL,
    resource_key TEXT NOT NULL,
    patient TEXT NOT NULL REFERENCES patient (id),
    hash TEXT NOT NULL,
    version TEXT NOT NULL,
    location TEXT NOT NULL,
    etag TEXT NOT NULL,
    fence INTEGER NOT NULL,
    delivered_at TEXT NOT NULL,
    PRIMARY KEY (target, resource_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_patient ON ledger (patient, target);

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    patient TEXT NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_patient ON audit (patient, seq);

-- The one row that says where the chain starts and ends; writers wait for each other at it.
CREATE TABLE audit_chain (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    first_seq INTEGER NOT NULL,
    first_previous TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    last_hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_chain VALUES (1, 1, '', 0, '');

CREATE TABLE card (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    saying TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX card_saying ON card (saying) WHERE saying <> '';

CREATE TABLE feedback (
    card TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (card, outcome, at)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE feedback;
DROP TABLE card;
DROP TABLE audit_chain;
DROP TABLE audit;
DROP TABLE ledger;
DROP TABLE delivery;
DROP TABLE sending;
DROP TABLE item;
DROP TABLE patient_token;
DROP TABLE patient;
DROP TABLE installation;
