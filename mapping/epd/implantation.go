package epd

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/procedure"
)

// placing is a procedure in which a neurostimulator, or a part of one, was put in.
type placing struct {
	entry *entry
	value mapping.Value // the day
}

// placed keeps a procedure until it is known what else was done. Its code is one of those
// that package procedure says may be an implantation.
func (m *mapper) placed(e *entry, f *finding, path string, at fhir.DateTime) {
	date, ok := mapping.DateOf(at)
	if !ok {
		e.ignore(path, "date of implantation not recorded")
		return
	}
	one := placing{e, mapping.DateValue(date, withVia(e.says(path, at.Text, at.Text), f.how()))}
	if slices.Contains(procedure.Sayings[f.concept].Kinds, procedure.Implant) {
		m.electrodes = append(m.electrodes, one)
	} else {
		m.generators = append(m.generators, one)
	}
}

// settleImplantations takes the day of implantation. The code of an implantation in the spine
// counts as one, as the standpunt's facts have it, unless something tells that it was the
// electrode of a trial: a form in which the trial began on that day, or the first generator
// that followed it; then that was the implantation.
func (m *mapper) settleImplantations() {
	for _, x := range m.electrodes {
		generator := m.generatorAfter(x)
		switch {
		case generator != nil:
			m.add(x.entry, "trial-start", x.value)
			m.implanted(*generator)
		case m.trialByForm(x):
			x.entry.ignore("code", "the trial began on that day: the electrode of the trial, not an implantation")
		default:
			m.implanted(x)
		}
	}
	for _, g := range m.generators {
		g.entry.ignore("code", "no electrode that it followed came along, so it is not known whether it was the first")
	}
}

func (m *mapper) implanted(x placing) {
	m.add(x.entry, "implant-date", x.value)
	m.add(x.entry, "existing-implant", x.value)
}

// generatorAfter is the first generator that was placed on an electrode: in a later
// operation, no longer after it than a trial may take, and before any other electrode.
func (m *mapper) generatorAfter(electrode placing) *placing {
	day := electrode.value.Date
	if !day.IsExact() {
		return nil
	}
	next := mapping.Day(day.First + procedure.TrialDays)
	for _, other := range m.electrodes {
		if d := other.value.Date; d.Last > day.First && d.First <= next {
			next = d.First - 1
		}
	}
	var first *placing
	for i := range m.generators {
		g := &m.generators[i]
		if d := g.value.Date; d.IsExact() && d.First > day.First && d.First <= next && (first == nil || d.First < first.value.Date.First) {
			first = g
		}
	}
	return first
}

// trialByForm reports whether a form says that a trial began on the day, and none that it was
// the day of implantation.
func (m *mapper) trialByForm(x placing) bool {
	on := func(fact string) bool {
		return slices.ContainsFunc(m.record.Fact(fact).Values, func(v mapping.Value) bool {
			answered := slices.ContainsFunc(v.Evidence, func(e mapping.Evidence) bool { return strings.HasPrefix(e.Via, "item ") })
			return answered && v.Date.IsExact() && x.value.Date.IsExact() && v.Date.First == x.value.Date.First
		})
	}
	return on("trial-start") && !on("implant-date")
}
