package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pijnpoort/pijnpoort/registry/store"
)

// Fault is something wrong with the log.
type Fault struct {
	Seq    int64  `json:"seq"` // of the row; 0 when it is about none
	Reason string `json:"reason"`
}

// Verdict says whether the log is as it was written.
type Verdict struct {
	Rows  int64 `json:"rows"`
	First int64 `json:"first"` // number of the first row; rows before it were removed after their term
	// Last and Hash are the end of the chain: kept elsewhere, they show later that
	// nothing up to here was changed.
	Last int64  `json:"last"`
	Hash string `json:"hash"`
	// Marks are how many rows were held against a mark.
	Marks  int     `json:"marks"`
	Faults []Fault `json:"faults"`
}

// Sound reports whether nothing is wrong.
func (v Verdict) Sound() bool { return len(v.Faults) == 0 }

// Verify reads the whole log and names every row that was changed, is missing, or stands
// where another was written; and says when the row of a mark is not what it was. Marks of
// rows that were removed after their term show nothing any more.
func Verify(ctx context.Context, s *store.Store, marks ...Mark) (Verdict, error) {
	v := Verdict{Faults: []Fault{}}
	err := s.View(ctx, func(r *store.Reader) error {
		chain, err := r.Chain(ctx)
		if err != nil {
			return err
		}
		v.First, v.Last, v.Hash = chain.FirstSeq, chain.LastSeq, chain.LastHash
		return v.follow(ctx, r, chain, sought(marks, chain.FirstSeq))
	})
	return v, err
}

// sought are the hashes that marks say, by row; several say different ones of a row when the
// log was written anew in between.
func sought(marks []Mark, first int64) map[int64][]string {
	list := map[int64][]string{}
	for _, m := range marks {
		if m.Seq >= first && m.Seq > 0 && !slices.Contains(list[m.Seq], m.Hash) {
			list[m.Seq] = append(list[m.Seq], m.Hash)
		}
	}
	return list
}

// fault notes what is wrong with a row.
func (v *Verdict) fault(seq int64, reason string) { v.Faults = append(v.Faults, Fault{seq, reason}) }

// follow goes along the chain.
func (v *Verdict) follow(ctx context.Context, r *store.Reader, chain store.Chain, marks map[int64][]string) error {
	next, previous := chain.FirstSeq, chain.FirstPrevious
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
		if hashes, marked := marks[row.Seq]; marked {
			delete(marks, row.Seq)
			if v.Marks++; len(hashes) > 1 || hashes[0] != row.Hash {
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
	for _, seq := range slices.Sorted(maps.Keys(marks)) {
		v.fault(seq, "was marked, and is missing")
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
	Agent    []agent
	Entity   []struct {
		What   reference
		Detail []struct{ Type, ValueString string }
	}
}

// agent is who took part.
type agent struct {
	Who     reference
	Network struct{ Address string }
	Type    struct {
		Coding []struct{ System, Code string }
	}
}

// role is the code of what he did.
func (a agent) role() string {
	if len(a.Type.Coding) == 0 {
		return ""
	}
	return a.Type.Coding[0].Code
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
