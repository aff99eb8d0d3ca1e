package centre

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// history is one patient's care, put in order, as of a day.
type history struct {
	Patient
	asOf       mapping.Day
	procedures []procedure // all that came in, in order
	done       []*procedure
	systems    []*system
	trials     []*trial
	dead       bool
	died       mapping.Date
	diedKnown  bool
	scores     []prom.Line // along the moments of the first system; see courses
	followed   bool        // scores is filled in
	dues       []moment    // see moments
}

func newHistory(p Patient, asOf mapping.Day) *history {
	h := &history{Patient: p, asOf: asOf}
	list := p.Registration.Procedures
	h.procedures = make([]procedure, len(list))
	for i := range list {
		h.procedures[i] = newProcedure(&list[i], p.Clinic, asOf)
	}
	slices.SortFunc(h.procedures, inOrder)
	var settled []procedure
	for i := range h.procedures {
		if p := &h.procedures[i]; p.done == kleene.True {
			h.done = append(h.done, p)
			if p.dated {
				settled = append(settled, *p)
			}
		}
	}
	h.systems, h.trials = follow(settled)
	if died := p.Registration.Patient.Deceased; died != "" {
		h.died, h.diedKnown = registration.DateOf(died)
		h.dead = !h.diedKnown || h.died.First <= asOf
	}
	return h
}

// diedBefore: surely dead by the day.
func (h *history) diedBefore(day mapping.Day) bool { return h.dead && h.diedKnown && h.died.Last < day }

// doneIn are the procedures that were surely done in a year.
func (h *history) doneIn(year int) []*procedure {
	var list []*procedure
	for _, p := range h.done {
		if p.in(year) == kleene.True {
			list = append(list, p)
		}
	}
	return list
}

// indicationOf is why a procedure was done: the code of its own indications, else of the
// patient's, confirmed ones before others.
func (h *history) indicationOf(p *procedure) string {
	var own, confirmed, suspected oneOf
	for i := range h.Registration.Indications {
		in := &h.Registration.Indications[i]
		switch {
		case in.Retracted || in.Code == "":
			continue
		case p != nil && slices.Contains(p.Indications, in.Key):
			own.add(in.Code)
		}
		if in.Confirmed {
			confirmed.add(in.Code)
		} else {
			suspected.add(in.Code)
		}
	}
	for _, found := range []oneOf{own, confirmed, suspected} {
		if found.code != "" {
			return found.code
		}
	}
	return Unknown
}

// oneOf is the one code that was added, or Several.
type oneOf struct{ code string }

func (o *oneOf) add(code string) {
	if code == "" {
		code = Unknown
	}
	if o.code != "" && o.code != code {
		code = Several
	}
	o.code = code
}

// of is the one value that all procedures have, Several or Unknown.
func of(procedures []*procedure, value func(*procedure) string) string {
	var o oneOf
	for _, p := range procedures {
		o.add(value(p))
	}
	if o.code == "" {
		return Unknown
	}
	return o.code
}

func clinicOf(p *procedure) string    { return p.clinic }
func specialtyOf(p *procedure) string { return p.Specialty }
func modalityOf(p *procedure) string  { return p.Modality }
