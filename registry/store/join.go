package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Join is Update for short work of which much is done at the same time, such as settling
// deliveries. On SQLite, where each commit waits for the disk, work that waits for its turn
// at the same moment is committed together, and waits for others for as long as patience
// allows, unless somebody comes who has none: Join returns when its own work is on disk.
// Work that fails takes nothing of the others with it. It is not broken off halfway: when
// ctx ends meanwhile, what was done is taken back.
func (s *Store) Join(ctx context.Context, patience time.Duration, work func(ctx context.Context, tx *Tx) error) error {
	if s.pool != nil { // PostgreSQL does the same by itself for commits at the same moment
		return s.Update(ctx, work)
	}
	for attempt := 1; ; attempt++ {
		err := s.together.do(ctx, patience, func(ctx context.Context, shared *sql.Tx) error {
			tx := s.begun()
			tx.SQLite, tx.db = shared, shared
			return work(ctx, tx)
		})
		if !errors.Is(err, errTorn) || attempt == attempts {
			return err
		}
	}
}

// begun is a transaction of now, without its connection.
func (s *Store) begun() *Tx {
	return &Tx{Reader: Reader{dialect: s.dialect, keys: s.keys}, now: s.now().UTC().Truncate(time.Microsecond)}
}

// errTorn says that a transaction was lost by the fault of another that shared it.
var errTorn = errors.New("store: the transaction was lost with another's")

// longest is how long a shared transaction stays open for others that want to join it.
const longest = 20 * time.Millisecond

// together shares transactions among those who wait for the connection that writes. Who
// has the turn does his own work within a savepoint; the last of those who wait commits.
type together struct {
	db      *sql.DB
	turn    chan struct{} // full while somebody has it
	waiting atomic.Int64  // for the turn
	open    *shared       // not committed yet; of who has the turn

	mu      sync.Mutex
	meeting *meeting // of those who have patience; nil when there is none
}

// meeting is where some wait for others, before they all wait for their turn.
type meeting struct {
	here  int
	over  chan struct{}
	timer *time.Timer
}

// arrive returns when it is time to wait for the turn, for which all who met are counted.
func (t *together) arrive(patience time.Duration) {
	t.mu.Lock()
	if patience <= 0 {
		t.waiting.Add(1)
		t.disperse(t.meeting)
		t.mu.Unlock()
		return
	}
	m := t.meeting
	if m == nil {
		m = &meeting{over: make(chan struct{})}
		m.timer = time.AfterFunc(patience, func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.disperse(m)
		})
		t.meeting = m
	}
	m.here++
	t.mu.Unlock()
	<-m.over
}

// disperse ends a meeting, if it is still held.
func (t *together) disperse(m *meeting) {
	if m == nil || t.meeting != m {
		return
	}
	t.meeting = nil
	m.timer.Stop()
	t.waiting.Add(int64(m.here))
	close(m.over)
}

func newTogether(db *sql.DB) *together { return &together{db: db, turn: make(chan struct{}, 1)} }

// shared is a transaction of several. What became of it can be read when it is over.
type shared struct {
	conn  *sql.Conn
	tx    *sql.Tx
	began time.Time
	over  chan struct{}
	err   error
}

// do does work when its turn comes, and returns when it is on disk.
func (t *together) do(ctx context.Context, patience time.Duration, work func(context.Context, *sql.Tx) error) error {
	t.arrive(patience)
	select {
	case t.turn <- struct{}{}:
		t.waiting.Add(-1)
	case <-ctx.Done():
		go func() { // somebody may count on us to commit
			t.turn <- struct{}{}
			t.waiting.Add(-1)
			t.pass()
		}()
		return ctx.Err()
	}
	mine, err := t.take(ctx, work)
	if err != nil {
		return err
	}
	<-mine.over
	return mine.err
}

// take is the turn of one: it ends when the next can have it.
func (t *together) take(ctx context.Context, work func(context.Context, *sql.Tx) error) (*shared, error) {
	defer t.pass()
	if err := t.begin(ctx); err != nil {
		return nil, fmt.Errorf("store: begin: %w", err)
	}
	mine := t.open
	return mine, t.within(ctx, work)
}

// begin opens a transaction when there is none to join.
func (t *together) begin(ctx context.Context) error {
	if t.open != nil {
		return nil
	}
	conn, err := t.db.Conn(ctx)
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	t.open = &shared{conn: conn, tx: tx, began: time.Now(), over: make(chan struct{})}
	return nil
}

// within does work in a savepoint, which is all or nothing.
func (t *together) within(ctx context.Context, work func(context.Context, *sql.Tx) error) (err error) {
	whole, tx := context.WithoutCancel(ctx), t.open.tx
	if _, err := tx.ExecContext(whole, `SAVEPOINT mine`); err != nil {
		return errors.Join(fmt.Errorf("store: begin: %w", err), t.tear())
	}
	kept := false
	defer func() { // after a panic in work too
		if kept {
			return
		}
		if _, failed := tx.ExecContext(whole, `ROLLBACK TO mine`); failed == nil {
			_, failed = tx.ExecContext(whole, `RELEASE mine`)
			if failed == nil {
				return
			}
		}
		err = errors.Join(err, t.tear()) // faults of the disk end the whole transaction
	}()
	if err := work(whole, tx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := tx.ExecContext(whole, `RELEASE mine`); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	kept = true
	return nil
}

// pass hands the turn on, after the commit when nobody waits or others have waited for
// long enough.
func (t *together) pass() {
	if t.open != nil && (t.waiting.Load() == 0 || time.Since(t.open.began) > longest) {
		if err := t.open.tx.Commit(); err != nil {
			t.open.err = fmt.Errorf("store: commit: %w", err)
		}
		t.end()
	}
	<-t.turn
}

// tear gives up a transaction that cannot go on. Who was in it does his work again.
func (t *together) tear() error {
	if t.open == nil {
		return nil
	}
	t.open.err = errTorn
	err := t.open.tx.Rollback()
	t.end()
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// end tells those in a transaction that it is over.
func (t *together) end() {
	_ = t.open.conn.Close() // back to the pool: what is wrong with it shows when it is used
	close(t.open.over)
	t.open = nil
}
