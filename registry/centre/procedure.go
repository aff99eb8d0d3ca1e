package centre

import (
	"cmp"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// The stratum of what is not known, and of what belongs to more than one.
const (
	Unknown = "unknown"
	Several = "several"
)

// procedure is a procedure as it is counted.
type procedure struct {
	*registration.Procedure
	date   mapping.Date // of its start, else of its end
	dated  bool
	clinic string
	// done: unknown when the status does not tell. excluded is why it is not.
	done     kleene.Truth
	excluded string
}

// Why a procedure does not count.
const (
	EnteredInError = "entered-in-error"
	NotDone        = "not-done"
	NotYetDone     = "not-yet-done"
	Stopped        = "stopped"
	StatusUnknown  = "status-unknown"
	Future         = "after-as-of"
	DateUnknown    = "date-unknown"
	KindUnknown    = "kind-unknown"
	Battery        = "generator-only"
	ExplantOnly    = "explant-only"
)

// statuses say what a status of FHIR means for counting; one that is not here does not tell.
var statuses = map[string]struct {
	done     kleene.Truth
	excluded string
}{
	"completed":        {done: kleene.True},
	"not-done":         {kleene.False, NotDone},
	"entered-in-error": {kleene.False, EnteredInError},
	"preparation":      {kleene.False, NotYetDone},
	"in-progress":      {kleene.False, NotYetDone},
	"on-hold":          {kleene.False, NotYetDone},
	"stopped":          {kleene.False, Stopped},
}

// newProcedure sees a procedure as of a day.
func newProcedure(p *registration.Procedure, sender string, asOf mapping.Day) procedure {
	out := procedure{Procedure: p, clinic: cmp.Or(p.Clinic, sender, Unknown), done: kleene.Unknown, excluded: StatusUnknown}
	out.date, out.dated = registration.DateOf(cmp.Or(p.Start, p.End))
	status, told := statuses[p.Status]
	switch {
	case p.Retracted:
		out.done, out.excluded = kleene.False, EnteredInError
	case p.Status == "in-progress" && p.Kind == registration.Trial && out.dated:
		out.done, out.excluded = kleene.True, "" // the electrode is in place while a trial runs
	case told:
		out.done, out.excluded = status.done, status.excluded
	}
	if out.done != kleene.False && out.dated && out.date.First > asOf {
		out.done, out.excluded = kleene.False, Future
	}
	return out
}

// is says whether the kind is one of kinds, also where the data leave several open.
func (p *procedure) is(kinds ...registration.ProcedureKind) kleene.Truth {
	if p.Kind != registration.Unspecified {
		return kleene.Of(slices.Contains(kinds, p.Kind))
	}
	in := 0
	for _, k := range p.Possible {
		if slices.Contains(kinds, k) {
			in++
		}
	}
	switch {
	case len(p.Possible) > 0 && in == len(p.Possible):
		return kleene.True
	case len(p.Possible) > 0 && in == 0:
		return kleene.False
	}
	return kleene.Unknown
}

// surely is true for a procedure that was done, is of one of the kinds, and has a date.
func (p *procedure) surely(kinds ...registration.ProcedureKind) bool {
	return p.done == kleene.True && p.dated && p.is(kinds...) == kleene.True
}

// in says whether it falls in a calendar year.
func (p *procedure) in(year int) kleene.Truth {
	if !p.dated {
		return kleene.Unknown
	}
	first, last := yearOf(p.date.First), yearOf(p.date.Last)
	switch {
	case first == year && last == year:
		return kleene.True
	case first <= year && year <= last:
		return kleene.Unknown
	}
	return kleene.False
}

// exact reports whether the day is known.
func (p *procedure) exact() bool { return p.dated && p.date.IsExact() }

// sameSession: in the same contact, or on the same day.
func (p *procedure) sameSession(q *procedure) bool {
	return p.Encounter != "" && p.Encounter == q.Encounter || p.exact() && q.exact() && p.date.First == q.date.First
}

// onOneDay orders kinds on one day: what must have been there goes first.
var onOneDay = map[registration.ProcedureKind]int{registration.Explant: 1, registration.Trial: 2, registration.Implant: 3, registration.Generator: 4}

// inOrder orders procedures in time; those without a date come last.
func inOrder(a, b procedure) int {
	if a.dated != b.dated {
		if a.dated {
			return -1
		}
		return 1
	}
	order := func(k registration.ProcedureKind) int { return cmp.Or(onOneDay[k], 5) }
	return cmp.Or(cmp.Compare(a.date.First, b.date.First), cmp.Compare(a.date.Last, b.date.Last), cmp.Compare(order(a.Kind), order(b.Kind)), cmp.Compare(a.Key, b.Key))
}

func yearOf(d mapping.Day) int {
	year, _, _ := d.Date()
	return year
}
