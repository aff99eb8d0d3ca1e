package delivery

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// deliverArgs is the job of one delivery.
type deliverArgs struct {
	Delivery string `json:"delivery"`
}

// Kind is the kind of job in River's tables.
func (deliverArgs) Kind() string { return "deliver" }

// mendArgs is the job to make sure what a target has of a patient, after a worker that
// had lost a delivery may have sent something old.
type mendArgs struct {
	Target  string `json:"target"`
	Patient string `json:"patient"`
}

// Kind is the kind of job in River's tables.
func (mendArgs) Kind() string { return "mend" }

// sweepArgs is the periodic job that finds open deliveries without a job.
type sweepArgs struct{}

// Kind is the kind of job in River's tables.
func (sweepArgs) Kind() string { return "sweep" }

// once allows one job with the same arguments, unless it is finished.
var once = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending,
	rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled}}

// job is one to insert.
type job struct {
	args  river.JobArgs
	queue string
	due   time.Time
	hurry bool // a job that is there already is brought forward
}

// queue is River on either database.
type queue interface {
	start(ctx context.Context) error
	stop(ctx context.Context) error
	insert(ctx context.Context, tx *store.Tx, jobs ...job) error
	complete(ctx context.Context, tx *store.Tx, running *river.Job[deliverArgs]) error
}

// times of the queue.
const (
	fetchCooldown = 40 * time.Millisecond // many at a time cost little more than one
	fetchPoll     = 500 * time.Millisecond
	sweepEvery    = time.Minute
	kept          = time.Hour // of finished jobs; the deliveries themselves are kept by the store
)

// manyAttempts: a delivery counts its own, so River never gives up on a job.
const manyAttempts = 10_000

// retrySoon has jobs that broke off, by a fault of the database or a crash, tried soon.
type retrySoon struct{}

// NextRetry gives the time of the next attempt.
func (retrySoon) NextRetry(*rivertype.JobRow) time.Time { return time.Now().Add(time.Second) }

func maintenanceQueue() string { return "maintenance" }

// queuePrefix begins the name of the queue of a target: one that is slow does not keep up
// the others.
const queuePrefix = "deliver_"

func queueOf(target string) string { return queuePrefix + target }

func targetOf(queue string) string { return strings.TrimPrefix(queue, queuePrefix) }

func (s *Service) config() (*river.Config, error) {
	workers := river.NewWorkers()
	err := errors.Join(river.AddWorkerSafely(workers, &deliverWorker{service: s}),
		river.AddWorkerSafely(workers, &mendWorker{service: s}), river.AddWorkerSafely(workers, &sweepWorker{service: s}))
	if err != nil {
		return nil, err
	}
	queues := map[string]river.QueueConfig{maintenanceQueue(): {MaxWorkers: 2}}
	for name, r := range s.recipients {
		queues[queueOf(name)] = river.QueueConfig{MaxWorkers: cap(r.turns) + ahead}
	}
	return &river.Config{
		Queues: queues, Workers: workers, Logger: s.options.Log, MaxAttempts: manyAttempts, RetryPolicy: retrySoon{},
		JobTimeout: s.options.Lease.Work + turnWait, RescueStuckJobsAfter: s.options.Lease.Rescue, SoftStopTimeout: s.options.Lease.Work,
		FetchCooldown: fetchCooldown, FetchPollInterval: fetchPoll,
		CompletedJobRetentionPeriod: kept, CancelledJobRetentionPeriod: kept, DiscardedJobRetentionPeriod: kept,
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(sweepEvery),
			func() (river.JobArgs, *river.InsertOpts) {
				return sweepArgs{}, &river.InsertOpts{Queue: maintenanceQueue(), UniqueOpts: once}
			}, nil)},
	}, nil
}

func newQueue(s *Service) (queue, error) {
	config, err := s.config()
	if err != nil {
		return nil, err
	}
	if pool := s.options.Store.Postgres(); pool != nil {
		client, err := river.NewClient(riverpgxv5.New(pool), config)
		return &riverQueue[pgx.Tx]{client: client, of: func(tx *store.Tx) pgx.Tx { return tx.Postgres }, done: complete[*riverpgxv5.Driver]}, err
	}
	client, err := river.NewClient(riversqlite.New(s.options.Store.SQLite()), config)
	return &riverQueue[*sql.Tx]{client: client, of: func(tx *store.Tx) *sql.Tx { return tx.SQLite }, done: complete[*riversqlite.Driver]}, err
}

// riverQueue is River with the transactions of one database.
type riverQueue[TTx any] struct {
	client *river.Client[TTx]
	of     func(*store.Tx) TTx
	done   func(context.Context, TTx, *river.Job[deliverArgs]) error
}

func (q *riverQueue[TTx]) start(ctx context.Context) error { return q.client.Start(ctx) }

func (q *riverQueue[TTx]) stop(ctx context.Context) error {
	err := q.client.Stop(ctx)
	if err != nil && ctx.Err() != nil {
		soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchPoll*4)
		defer cancel()
		return q.client.StopAndCancel(soon)
	}
	return err
}

func (q *riverQueue[TTx]) insert(ctx context.Context, tx *store.Tx, jobs ...job) error {
	if len(jobs) == 0 {
		return nil
	}
	params := make([]river.InsertManyParams, len(jobs))
	for i, j := range jobs {
		options := &river.InsertOpts{Queue: j.queue, UniqueOpts: once}
		if time.Until(j.due) > 0 { // a job with any time set waits for the scheduler, which comes every 5 seconds
			options.ScheduledAt = j.due
		}
		params[i] = river.InsertManyParams{Args: j.args, InsertOpts: options}
	}
	inserted, err := q.client.InsertManyTx(ctx, q.of(tx), params)
	if err != nil {
		return err
	}
	for i, in := range inserted {
		if in.UniqueSkippedAsDuplicate && jobs[i].hurry {
			if _, err := q.client.JobRetryTx(ctx, q.of(tx), in.Job.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (q *riverQueue[TTx]) complete(ctx context.Context, tx *store.Tx, running *river.Job[deliverArgs]) error {
	return q.done(ctx, q.of(tx), running)
}

// complete notes that a job is done. That it runs no longer, because it was rescued, does
// no harm: whoever has it then finds the delivery finished.
func complete[D riverdriver.Driver[TTx], TTx any](ctx context.Context, tx TTx, running *river.Job[deliverArgs]) error {
	_, err := river.JobCompleteTx[D](ctx, tx, running)
	if errors.Is(err, rivertype.ErrNotFound) {
		return nil
	}
	return err
}
