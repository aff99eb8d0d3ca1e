package centre

import (
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// volumeFigures are the bases of the volume norms as figures, and beside them what was
// left out of the norm of twenty and why.
func volumeFigures() []definition {
	var list []definition
	for _, b := range bases {
		list = append(list, definition{
			id: string(b.Base), measure: b.measure, title: b.Words, kind: Count, unit: b.unit, stratifiers: careStrata,
			observe: func(h *history, y *year, emit func(observation)) { h.volume(b, y.number, emit) },
		})
	}
	for _, reason := range []string{NotDone, EnteredInError, NotYetDone, Stopped, StatusUnknown, Future, Battery, ExplantOnly, DateUnknown, KindUnknown} {
		list = append(list, definition{
			id: reason, measure: "nm-volume-n20", title: leftOutWords[reason], kind: Count, unit: OfProcedures, stratifiers: []string{byClinic},
			observe: func(h *history, y *year, emit func(observation)) {
				for i := range h.procedures {
					if p := &h.procedures[i]; p.in(y.number) != kleene.False && leftOut(p) == reason {
						emit(observation{class: numerator, strata: []string{p.clinic}})
					}
				}
			},
		})
	}
	return list
}

// volume emits what a patient adds to a base in a year.
func (h *history) volume(b baseDefinition, number int, emit func(observation)) {
	switch {
	case b.kinds != nil:
		var sure, perhaps []*procedure
		why := ""
		for i := range h.procedures {
			p := &h.procedures[i]
			switch counts := kleene.And(b.counts(p), p.in(number)); counts {
			case kleene.True:
				sure = append(sure, p)
			case kleene.Unknown:
				perhaps, why = append(perhaps, p), whyUncertain(p)
			}
		}
		if len(sure) > 0 {
			emit(observation{class: numerator, strata: h.care(sure...)})
		} else if len(perhaps) > 0 {
			emit(observation{class: missing, reason: why, strata: h.care(perhaps...)})
		}
	case b.unit == OfProcedures:
		for _, i := range h.implantations() {
			truth := kleene.And(kleene.And(i.done, i.in(number)), i.is(electrodes...))
			if b.Base == ImplantationsSCS {
				truth = kleene.And(truth, i.scs)
			}
			switch truth {
			case kleene.True:
				emit(observation{class: numerator, strata: h.care(i.procedure)})
			case kleene.Unknown:
				emit(observation{class: missing, reason: whyUncertain(i.procedure), strata: h.care(i.procedure)})
			}
		}
	default:
		h.patientVolume(b.Base, number, emit)
	}
}

// patientVolume emits what a patient adds to a base that has a rule of its own.
func (h *history) patientVolume(base Base, number int, emit func(observation)) {
	var sure, perhaps oneOf
	counted, possible := false, false
	all := map[string]*found{}
	place := func(clinic string, b Base) *found {
		if b != base {
			return &found{years: map[int]kleene.Truth{}}
		}
		if all[clinic] == nil {
			all[clinic] = &found{years: map[int]kleene.Truth{}}
		}
		return all[clinic]
	}
	h.countTreatment(place)
	h.countNew(place)
	for clinic, f := range all {
		truth, ok := f.years[number]
		switch {
		case clinic == "":
			counted, possible = ok && truth == kleene.True, ok && truth == kleene.Unknown
		case ok && truth == kleene.True:
			sure.add(clinic)
		case ok && truth == kleene.Unknown:
			perhaps.add(clinic)
		}
	}
	var start *procedure
	for _, p := range h.done {
		if p.dated {
			start = p
			break
		}
	}
	strata := h.care()
	if start != nil {
		strata = h.care(start)
	}
	switch {
	case counted:
		strata[0] = sure.code
		emit(observation{class: numerator, strata: strata})
	case possible:
		strata[0] = perhaps.code
		emit(observation{class: missing, reason: "history-or-end-unknown", strata: strata})
	}
}

// whyUncertain says why it cannot be told whether a procedure counts.
func whyUncertain(p *procedure) string {
	switch {
	case p.done == kleene.Unknown:
		return StatusUnknown
	case !p.dated:
		return DateUnknown
	case p.Kind == registration.Unspecified:
		return KindUnknown
	}
	return "modality-unknown"
}

// leftOut is why a procedure does not count for the norm of twenty; empty when it does.
func leftOut(p *procedure) string {
	switch {
	case p.excluded != "":
		return p.excluded
	case !p.dated:
		return DateUnknown
	case p.is(electrodes...) == kleene.True:
		return ""
	case p.is(registration.Generator, registration.Replacement) == kleene.True:
		return Battery
	case p.is(registration.Explant) == kleene.True:
		return ExplantOnly
	}
	return KindUnknown
}

// leftOutWords say why procedures were left out.
var leftOutWords = map[string]standpunt.Text{
	NotDone:        {NL: "niet uitgevoerd", EN: "not done"},
	EnteredInError: {NL: "foutief ingevoerd", EN: "entered in error"},
	NotYetDone:     {NL: "nog niet uitgevoerd", EN: "not done yet"},
	Stopped:        {NL: "afgebroken", EN: "stopped"},
	StatusUnknown:  {NL: "status onbekend", EN: "status unknown"},
	Future:         {NL: "na de peildatum", EN: "after the day of reporting"},
	Battery:        {NL: "alleen een batterij geplaatst of vervangen", EN: "only a generator placed or replaced"},
	ExplantOnly:    {NL: "verwijdering", EN: "removal"},
	DateUnknown:    {NL: "datum onbekend, van enig jaar", EN: "date unknown, of any year"},
	KindUnknown:    {NL: "soort ingreep onbekend", EN: "kind of procedure unknown"},
}
