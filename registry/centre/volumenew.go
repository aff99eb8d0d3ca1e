package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// countNew counts a patient in the year of the first implantation: as new where nothing
// speaks of earlier neuromodulation, as unknown where something may.
func (h *history) countNew(at func(clinic string, base Base) *found) {
	var start *procedure
	unknown := false
	for _, p := range h.procedures {
		switch {
		case p.done == kleene.False:
		case p.done == kleene.Unknown || !p.dated:
			unknown = true
		case start == nil:
			start = &p
		}
	}
	if start == nil {
		return
	}
	year := yearOf(start.date.First)
	if start.is(registration.Trial, registration.Implant) != kleene.True || start.in(year) != kleene.True {
		unknown = true // it presupposes a system that is not in the data, or its year is not known
	}
	switch h.earlierDevice(start) {
	case kleene.True:
		return
	case kleene.Unknown:
		unknown = true
	}
	for _, clinic := range []string{"", start.clinic} {
		if unknown {
			at(clinic, HistoryUnknown).year(year, kleene.True)
			at(clinic, New).year(year, kleene.Unknown)
		} else {
			at(clinic, New).year(year, kleene.True)
		}
	}
}

// earlierDevice says whether a neurostimulator was there before the first procedure.
func (h *history) earlierDevice(start *procedure) kleene.Truth {
	linked := map[string]bool{}
	for i := range h.procedures {
		for _, key := range h.procedures[i].Devices {
			linked[key] = true
		}
	}
	earlier := kleene.False
	for _, d := range h.Registration.Devices {
		if d.Retracted {
			continue
		}
		from, known := registration.DateOf(d.From)
		switch {
		case known && from.Last < start.date.First:
			return kleene.True
		case known && from.First < start.date.First || !known && !linked[d.Key]:
			earlier = kleene.Unknown
		}
	}
	return earlier
}

// implantation is one as annex 3 counts them.
type implantation struct {
	*procedure
	scs kleene.Truth
}

// implantations are the trials, each with the definitive placement that followed it; the
// placements without a trial before; and the revisions.
func (h *history) implantations() []implantation {
	followed := map[string]bool{} // keys of placements that belong to a trial
	for _, t := range h.trials {
		if t.placed != nil {
			followed[t.placed.Key] = true
		}
	}
	var list []implantation
	for i := range h.procedures {
		p := &h.procedures[i]
		truth := kleene.And(p.done, p.is(electrodes...))
		if truth == kleene.False || followed[p.Key] || h.repeats(p) {
			continue
		}
		scs := kleene.Of(p.Modality == "SCS")
		if p.Modality == "" {
			scs = kleene.Unknown
		}
		list = append(list, implantation{p, scs})
	}
	return list
}

// repeats: a further trial electrode or placement in a session that has counted.
func (h *history) repeats(p *procedure) bool {
	if p.Kind == registration.Revision {
		return false
	}
	for i := range h.procedures {
		q := &h.procedures[i]
		if q.Key == p.Key {
			return false
		}
		if q.surely(registration.Trial, registration.Implant) && q.sameSession(p) {
			return true
		}
	}
	return false
}
