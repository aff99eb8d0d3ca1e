package registration

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/procedure"
)

// whole is the operation of which a procedure is a part, or nil. A procedure that names
// another of a different day as its whole is an operation of its own.
func (r *reader) whole(p *fhir.Procedure) *fhir.Procedure {
	for _, reference := range p.PartOf {
		parent, ok := r.chart.Resolve(p, reference).(*fhir.Procedure)
		if ok && parent != p && parent.Status != "entered-in-error" && len(parent.PartOf) == 0 && sameDay(p, parent) && len(r.alone(parent)) > 0 {
			return parent
		}
	}
	return nil
}

// sameDay reports whether two procedures were done on one day, or the first has no date.
func sameDay(p, parent *fhir.Procedure) bool {
	at, _ := period(p.PerformedPeriod, p.PerformedDateTime)
	of, _ := period(parent.PerformedPeriod, parent.PerformedDateTime)
	a, dated := mapping.DateOf(at)
	b, known := mapping.DateOf(of)
	return !dated || known && a.IsExact() && b.IsExact() && a.First == b.First
}

// alone is what the codes of a procedure say was done, without its parts.
func (r *reader) alone(p *fhir.Procedure) done {
	what, _ := own(p)
	ours := len(what) > 0
	for _, c := range r.concepts(p.Code) {
		switch s, ok := procedure.Sayings[c]; {
		case ok && ours:
			what.narrow(s.Kinds)
		case ok:
			what = what.say(s.Kinds)
		}
	}
	return what
}

// withParts adds what the parts of an operation say that were done.
func (r *reader) withParts(p *fhir.Procedure, what done) done {
	each(r, func(part *fhir.Procedure) {
		if len(part.PartOf) == 0 || part.Status != "completed" && part.Status != "in-progress" || r.whole(part) != p {
			return
		}
		for _, kinds := range r.alone(part) {
			if !slices.ContainsFunc(what, func(k []ProcedureKind) bool { return slices.Equal(k, kinds) }) {
				what = what.say(kinds)
			}
		}
	})
	return what
}
