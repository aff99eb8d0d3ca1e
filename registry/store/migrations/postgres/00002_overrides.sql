-- +goose Up
-- Which cards were overridden lately is read often; of one saying no more.
CREATE INDEX feedback_overridden ON feedback (at) WHERE outcome = 'overridden';
DROP INDEX card_saying;

-- +goose Down
CREATE INDEX card_saying ON card (saying) WHERE saying <> '';
DROP INDEX feedback_overridden;
