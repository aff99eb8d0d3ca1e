-- +goose Up
-- What the database remembers of the installation it belongs to.
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE patient (
    id TEXT COLLATE "C" PRIMARY KEY,
    tenant TEXT NOT NULL,
    clinic TEXT NOT NULL,
    identifiers BYTEA NOT NULL,
    opted_out_at TIMESTAMPTZ,
    merged_into TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE patient_token (
    token TEXT COLLATE "C" PRIMARY KEY,
    patient TEXT COLLATE "C" NOT NULL REFERENCES patient (id)
);
CREATE INDEX patient_token_patient ON patient_token (patient);

CREATE TABLE item (
    patient TEXT COLLATE "C" NOT NULL REFERENCES patient (id),
    kind TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    clinic TEXT NOT NULL,
    version TEXT NOT NULL,
    updated TEXT NOT NULL,
    hash TEXT NOT NULL,
    retracted BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (patient, kind, key)
);

CREATE TABLE sending (
    id TEXT COLLATE "C" PRIMARY KEY,
    tenant TEXT NOT NULL,
    identifier TEXT NOT NULL,
    content TEXT NOT NULL,
    version INTEGER NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    received INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    ignored INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    answer TEXT NOT NULL,
    UNIQUE (tenant, identifier, version),
    CHECK (received = accepted + ignored + rejected)
);
CREATE INDEX sending_content ON sending (tenant, identifier, content);

CREATE TABLE delivery (
    id TEXT COLLATE "C" PRIMARY KEY,
    target TEXT COLLATE "C" NOT NULL,
    patient TEXT COLLATE "C" NOT NULL REFERENCES patient (id),
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    fence BIGINT NOT NULL,
    bundle TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    trace TEXT NOT NULL,
    UNIQUE (target, patient, place)
);
CREATE UNIQUE INDEX delivery_queued ON delivery (target, patient) WHERE state = 'queued';
CREATE INDEX delivery_state ON delivery (target, state, created_at);
CREATE INDEX delivery_patient ON delivery (patient);

CREATE TABLE ledger (
    target TEXT COLLATE "C" NOT NULL,
    resource_key TEXT COLLATE "C" NOT NULL,
    patient TEXT COLLATE "C" NOT NULL REFERENCES patient (id),
    hash TEXT NOT NULL,
    version TEXT NOT NULL,
    location TEXT NOT NULL,
    etag TEXT NOT NULL,
    fence BIGINT NOT NULL,
    delivered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (target, resource_key)
);
CREATE INDEX ledger_patient ON ledger (patient, target);

CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    patient TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_patient ON audit (patient, seq);

-- The one row that says where the chain starts and ends; writers wait for each other at it.
CREATE TABLE audit_chain (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    first_seq BIGINT NOT NULL,
    first_previous TEXT NOT NULL,
    last_seq BIGINT NOT NULL,
    last_hash TEXT NOT NULL
);
INSERT INTO audit_chain VALUES (1, 1, '', 0, '');

CREATE TABLE card (
    id TEXT COLLATE "C" PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    saying TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX card_saying ON card (saying) WHERE saying <> '';

CREATE TABLE feedback (
    card TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (card, outcome, at)
);

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
