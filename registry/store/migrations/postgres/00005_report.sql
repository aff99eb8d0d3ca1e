-- +goose Up
-- What of a centre's year is told to registries. It is the subject of deliveries beside
-- patients, so that the subject of a delivery is no longer a row of one table.
CREATE TABLE report (
    id TEXT COLLATE "C" PRIMARY KEY,
    centre TEXT NOT NULL,
    year INTEGER NOT NULL,
    body TEXT NOT NULL,
    counted_at TIMESTAMPTZ NOT NULL,
    UNIQUE (centre, year)
);

ALTER TABLE delivery DROP CONSTRAINT delivery_patient_fkey;
ALTER TABLE ledger DROP CONSTRAINT ledger_patient_fkey;

-- +goose Down
DELETE FROM ledger WHERE patient NOT IN (SELECT id FROM patient);
DELETE FROM delivery WHERE patient NOT IN (SELECT id FROM patient);
ALTER TABLE ledger ADD FOREIGN KEY (patient) REFERENCES patient (id);
ALTER TABLE delivery ADD FOREIGN KEY (patient) REFERENCES patient (id);
DROP TABLE report;
