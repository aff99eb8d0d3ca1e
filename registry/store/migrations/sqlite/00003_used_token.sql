-- +goose Up
-- The JWTs of callers that were used, by a keyed hash, until they expire: each is good for
-- one call.
CREATE TABLE used_token (
    hash TEXT PRIMARY KEY,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX used_token_until ON used_token (until);

-- +goose Down
DROP TABLE used_token;
