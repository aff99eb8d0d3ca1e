package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// system is a neurostimulator in a patient, from its definitive placement to its removal.
type system struct {
	// placed is the definitive placement; nil when the first that is known of the system
	// is a revision, an exchange or a removal.
	placed    *procedure
	removed   *procedure
	revisions []*procedure
	exchanges []*procedure // of the generator
	// companions are further placements in the system, such as a generator beside an electrode.
	companions []*procedure
}

// trial is a trial of stimulation with what became of it.
type trial struct {
	*procedure
	placed   *procedure // the definitive system that followed
	removed  *procedure // the electrode was taken out instead
	repeated bool       // another trial followed first
}

// stages is how long after a trial a definitive placement still belongs to it, in days:
// half a year.
const stages = 183

// follow puts the procedures that were done in order: which systems there were, and what
// became of trials. Procedures without a date, or of a kind that is not told, are in none.
func follow(procedures []procedure) (systems []*system, trials []*trial) {
	var open *system
	var trying *trial
	for i := range procedures {
		p := &procedures[i]
		placing, trialling := p.surely(registration.Implant, registration.Generator), p.surely(registration.Trial)
		if trying != nil && p.date.First > trying.date.Last+stages {
			trying = nil
		}
		switch {
		case trialling:
			if trying != nil && !trying.sameSession(p) {
				trying.repeated = true
			}
			if trying == nil || !trying.sameSession(p) {
				trying = &trial{procedure: p}
				trials = append(trials, trying)
			}
		case placing && open != nil:
			open.companions = append(open.companions, p)
			trying = settle(trying, p, nil)
		case placing:
			open = &system{placed: p}
			systems = append(systems, open)
			trying = settle(trying, p, nil)
		case p.surely(registration.Explant) && open == nil && trying != nil:
			trying = settle(trying, nil, p)
		case p.surely(registration.Explant):
			if open == nil {
				open = &system{}
				systems = append(systems, open)
			}
			open.removed, open = p, nil
		case p.surely(registration.Revision) && open == nil && trying != nil:
			// of the electrode of the trial
		case p.surely(registration.Revision, registration.Replacement):
			if open == nil {
				open = &system{}
				systems = append(systems, open)
			}
			if p.Kind == registration.Revision {
				open.revisions = append(open.revisions, p)
			} else {
				open.exchanges = append(open.exchanges, p)
			}
		}
	}
	return systems, trials
}

// settle ends a trial, if one runs; then none does.
func settle(t *trial, placed, removed *procedure) *trial {
	if t != nil {
		t.placed, t.removed = placed, removed
	}
	return nil
}

// began is the day from which the system is in place; false when it is not known.
func (s *system) began() (mapping.Day, bool) {
	if s.placed == nil || !s.placed.exact() {
		return 0, false
	}
	return s.placed.date.First, true
}

// ended is the first day on which the system is no longer in place or no longer followed,
// at most the day after as-of; false when that is not known.
func (s *system) ended(h *history) (mapping.Day, bool) {
	end := h.asOf + 1
	if s.removed != nil {
		if !s.removed.exact() {
			return 0, false
		}
		end = s.removed.date.First
	}
	if h.dead {
		if !h.diedKnown || !h.died.IsExact() {
			return 0, false
		}
		end = min(end, h.died.First)
	}
	return end, true
}

// first is the earliest of procedures; nil of none. They are in order.
func first(procedures []*procedure) *procedure {
	if len(procedures) == 0 {
		return nil
	}
	return procedures[0]
}
