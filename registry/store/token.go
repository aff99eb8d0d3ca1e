package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"iter"
	"time"
)

// Token is that a JWT was used: a keyed hash of its id, which tells nothing of it, until
// when it could be used.
type Token struct {
	Hash  string
	Until time.Time
}

// TokenHash is the hash of the id of a JWT.
func (s *Store) TokenHash(id string) string {
	return base64.RawURLEncoding.EncodeToString(s.keys.mac("token-id", id))
}

// useToken adds a token, or uses one anew that had expired. Whether a commit is on disk is
// not waited for on PostgreSQL: were its machine to fail, the tokens of its last half second
// could be used once more, and every call would else wait for a disk.
var useToken = map[dialect]string{
	sqlite: `INSERT INTO used_token (hash, until) VALUES ($1, $2)
		ON CONFLICT (hash) DO UPDATE SET until = excluded.until WHERE used_token.until < $3`,
	postgres: `WITH soon AS (SELECT set_config('synchronous_commit', 'off', true))
		INSERT INTO used_token (hash, until) SELECT $1, $2::timestamptz FROM soon
		ON CONFLICT (hash) DO UPDATE SET until = excluded.until WHERE used_token.until < $3::timestamptz`,
}

// UseToken notes that a token is used, and reports whether that is for the first time: of
// those that use one at the same moment, on whatever node, one is told so.
func (s *Store) UseToken(ctx context.Context, t Token) (bool, error) {
	n, err := affected(s.write.ExecContext(ctx, useToken[s.dialect], t.Hash, at(t.Until), at(s.now())))
	if err != nil {
		return false, fmt.Errorf("store: use a token: %w", err)
	}
	return n == 1, nil
}

// AddTokens notes that tokens were used, whether that was known or not.
func (tx *Tx) AddTokens(ctx context.Context, tokens []Token) error {
	for _, t := range tokens {
		_, err := tx.db.ExecContext(ctx, `INSERT INTO used_token (hash, until) VALUES ($1, $2)
			ON CONFLICT (hash) DO UPDATE SET until = excluded.until`, t.Hash, at(t.Until))
		if err != nil {
			return fmt.Errorf("store: note a used token: %w", err)
		}
	}
	return nil
}

// Tokens reads the tokens that were used and have not expired at a time, in no order.
func (r *Reader) Tokens(ctx context.Context, now time.Time) iter.Seq2[Token, error] {
	return each(ctx, r.db, `SELECT hash, until FROM used_token WHERE until >= $1`, []any{at(now)}, func(t *Token) []any {
		return []any{&t.Hash, stamp{&t.Until}}
	})
}

// ForgetTokens removes tokens that expired before a time, and gives how many.
func (s *Store) ForgetTokens(ctx context.Context, before time.Time) (int64, error) {
	return affected(s.write.ExecContext(ctx, `DELETE FROM used_token WHERE until < $1`, at(before)))
}
