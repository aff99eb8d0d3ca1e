-- +goose Up
-- What withdraws a resource at a registry, remembered when it is sent.
ALTER TABLE ledger ADD COLUMN remnant TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE ledger DROP COLUMN remnant;
