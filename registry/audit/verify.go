package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Fault is something wrong with the log.
type Fault struct {
	Seq    int64  `json:"seq"` // of the row
	Reason string `json:"reason"`
}

// Verdict says whether the log is as it was written.
type Verdict struct {
	Rows  int64 `json:"rows"`
	First int64 `json:"first"` // number of the first row; rows before it were removed after their term
	// Last and Hash are the end of the chain: kept elsewhere, they show later that
	// nothing up to here was changed.
	Last   int64   `json:"last"`
	Hash   string  `json:"hash"`
	Faults []Fault `json:"faults"`
}

// Sound reports whether nothing is wrong.
func (v Verdict) Sound() bool { return len(v.Faults) == 0 }

// Mark is an end of the chain that was kept elsewhere. The zero value is none.
type Mark struct {
	Seq  int64
	Hash string
}

// Verify reads the whole log and names every row that was changed, is missing, or stands
// where another was written; and says when the row of the mark is not what it was.
func Verify(ctx context.Context, s *store.Store, mark Mark) (Verdict, error) {
	v := Verdict{Faults: []Fault{}}
	err := s.View(ctx, func(r *store.Reader) error {
		chain, err := r.Chain(ctx)
		if err != nil {
			return err
		}
		v.First, v.Last, v.Hash = chain.FirstSeq, chain.LastSeq, chain.LastHash
		return v.follow(ctx, r, chain, mark)
	})
	return v, err
}

// fault notes what is wrong with a row.
func (v *Verdict) fault(seq int64, reason string) { v.Faults = append(v.Faults, Fault{seq, reason}) }

// follow goes along the chain.
func (v *Verdict) follow(ctx context.Context, r *store.Reader, chain store.Chain, mark Mark) error {
	next, previous, seen := chain.FirstSeq, chain.FirstPrevious, false
	for row, err := range r.Audits(ctx, "") {
		if err != nil {
			return err
		}
		v.Rows++
		if row.Seq < next {
			v.fault(row.Seq, "stands before the start of the log")
			continue
		}
		if row.Seq > next {
			v.missing(next, row.Seq-1)
			previous = row.Previous // what came before cannot be known
		}
		for _, reason := range faults(row, previous) {
			v.fault(row.Seq, reason)
		}
		if row.Seq > chain.LastSeq {
			v.fault(row.Seq, "stands after the end of the log")
		}
		if row.Seq == mark.Seq {
			if seen = true; row.Hash != mark.Hash {
				v.fault(row.Seq, "is not the row that was marked: the log was written anew")
			}
		}
		next, previous = row.Seq+1, row.Hash
	}
	if next <= chain.LastSeq {
		v.missing(next, chain.LastSeq)
	} else if next == chain.LastSeq+1 && previous != chain.LastHash {
		v.fault(chain.LastSeq, "is not the row with which the log ended")
	}
	if mark.Seq >= chain.FirstSeq && mark.Seq > 0 && !seen {
		v.fault(mark.Seq, "was marked, and is missing")
	}
	return nil
}

// missing notes rows that are not there.
func (v *Verdict) missing(from, to int64) {
	if from == to {
		v.fault(from, "is missing")
		return
	}
	v.fault(from, fmt.Sprintf("is missing, as are all up to row %d", to))
}

// faults are what is wrong with one row.
func faults(row store.Audit, previous string) []string {
	var list []string
	if row.Previous != previous {
		list = append(list, "does not follow the row before it")
	}
	if row.Hash != link(row.Previous, row.Body) {
		list = append(list, "was changed: its hash is of something else")
	}
	told, err := read(row.Body)
	switch {
	case err != nil:
		list = append(list, "is no AuditEvent")
	case !told.recorded().Equal(row.At):
		list = append(list, "its time was changed")
	case told.patient() != row.Patient:
		list = append(list, "its patient was changed")
	}
	return list
}

// told is what is read back of an AuditEvent.
type told struct {
	Subtype  []struct{ System, Code string }
	Recorded string
	Outcome  string
	Agent    []struct {
		Who     reference
		Network struct{ Address string }
		Type    struct {
			Coding []struct{ System, Code string }
		}
	}
	Entity []struct {
		What   reference
		Detail []struct{ Type, ValueString string }
	}
}

type reference struct {
	Type       string
	Identifier struct{ System, Value string }
}

// read reads an AuditEvent of ours.
func read(body string) (told, error) {
	var t told
	if err := json.Unmarshal([]byte(body), &t); err != nil {
		return t, errors.New("is no AuditEvent")
	}
	return t, nil
}

func (t told) recorded() time.Time {
	at, _ := time.Parse(time.RFC3339Nano, t.Recorded)
	return at
}

// patient is the id of the patient it is about; empty when it is about none.
func (t told) patient() string {
	for _, e := range t.Entity {
		if e.What.Identifier.System == PatientSystem {
			return e.What.Identifier.Value
		}
	}
	return ""
}

// kind is what happened.
func (t told) kind() Kind {
	for _, s := range t.Subtype {
		if s.System == kindSystem {
			return Kind(s.Code)
		}
	}
	return ""
}
