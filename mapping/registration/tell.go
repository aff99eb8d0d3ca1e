package registration

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/procedure"
)

// tell decides, from what the rest of the chart states, what a code left open:
//   - a pulse generator among the devices of the procedure makes it an implantation;
//   - the day that a form of ours gives for the trial or for the implantation;
//   - a neurostimulator in use from that very day, for longer than a trial takes;
//   - an electrode that its first generator followed in a later operation was placed
//     for a trial;
//   - a generator that is placed while one was known to be in place replaces it, and
//     one that follows an electrode is the first.
//
// What none of these tells stays open.
func (r *reader) tell() {
	slices.SortStableFunc(r.procedures, func(a, b *operation) int {
		x, _ := DateOf(a.item.Start)
		y, _ := DateOf(b.item.Start)
		return cmp.Or(cmp.Compare(x.First, y.First), strings.Compare(a.item.Key, b.item.Key))
	})
	for _, o := range r.procedures {
		if len(o.possible) < 2 || !o.done() {
			continue
		}
		if slices.Contains(o.possible, Implant) && r.generatorPlaced(o.resource) {
			o.possible = []ProcedureKind{Implant}
		}
		if slices.Contains(o.possible, Implant) && r.inUseSince(o) {
			o.possible = []ProcedureKind{Implant}
		}
		r.tellByForm(o)
	}
	for i, o := range r.procedures {
		if len(o.possible) > 1 && o.done() && slices.Contains(o.possible, Generator) {
			r.tellGenerator(o, r.procedures[:i])
		}
	}
	for i, o := range r.procedures {
		if len(o.possible) > 1 && o.done() && slices.Contains(o.possible, Trial) && followed(o, r.procedures[i+1:]) {
			o.possible = []ProcedureKind{Trial}
		}
	}
}

// generatorPlaced reports whether a pulse generator was among the devices put in.
func (r *reader) generatorPlaced(p *fhir.Procedure) bool {
	for _, d := range p.FocalDevice {
		device, ok := r.chart.Resolve(p, d.Manipulated).(*fhir.Device)
		if ok && slices.Contains(r.concepts(device.Kind), "device-pulse-generator") && !takenOut(d.Action) {
			return true
		}
	}
	return false
}

// inUseSince reports whether a device of the patient is in use from the day of the
// operation until after a trial would have ended.
func (r *reader) inUseSince(o *operation) bool {
	day, ok := o.day()
	return ok && slices.ContainsFunc(r.out.Devices, func(d Device) bool {
		from, dated := DateOf(d.From)
		if d.Retracted || !dated || !from.IsExact() || from.First != day {
			return false
		}
		if until, ended := DateOf(d.Until); ended {
			return until.First-day > procedure.TrialDays
		}
		return d.Status == "active" && r.record.AsOf != latestDay && r.record.AsOf-day > procedure.TrialDays
	})
}

// takenOut reports whether the action on a device was not to put it in
// (http://hl7.org/fhir/device-action).
func takenOut(action *fhir.CodeableConcept) bool {
	if action == nil {
		return false
	}
	return slices.ContainsFunc(action.Coding, func(c fhir.Coding) bool {
		return c.System == "http://hl7.org/fhir/device-action" && c.Code != "implanted"
	})
}

// days says which day of a form of ours is the day of which kind.
var days = []struct {
	fact string
	kind ProcedureKind
}{{"trial-start", Trial}, {"implant-date", Implant}}

// tellByForm holds an operation against the days answered in our forms. A day that
// the record has from procedures would prove itself, and does not count.
func (r *reader) tellByForm(o *operation) {
	day, ok := o.day()
	if !ok {
		return
	}
	var told []ProcedureKind
	for _, d := range days {
		for _, v := range r.record.Fact(d.fact).Values {
			answered := slices.ContainsFunc(v.Evidence, func(e mapping.Evidence) bool { return strings.HasPrefix(e.Via, "item ") })
			if answered && v.Date.IsExact() && v.Date.First == day {
				told = append(told, d.kind)
			}
		}
	}
	if both := common(o.possible, told); len(both) == 1 {
		o.possible = both
	}
}

// tellGenerator holds the placing of a generator against what came before.
func (r *reader) tellGenerator(o *operation, before []*operation) {
	day, ok := o.day()
	if !ok {
		return
	}
	for _, b := range slices.Backward(before) {
		earlier, dated := b.day()
		if !b.done() || !dated || earlier == day || !sameModality(b, o) {
			continue
		}
		switch {
		case b.is(Implant), b.is(Generator), b.is(Replacement):
			o.possible = []ProcedureKind{Replacement}
		case slices.Contains(b.possible, Trial) && day-earlier <= procedure.TrialDays:
			o.possible = []ProcedureKind{Generator}
		}
		return
	}
}

// followed reports whether the first generator came after an electrode, in another
// operation and before any other electrode.
func followed(electrode *operation, after []*operation) bool {
	day, ok := electrode.day()
	if !ok {
		return false
	}
	for _, a := range after {
		later, dated := a.day()
		if !a.done() || !dated || later == day || !sameModality(a, electrode) {
			continue
		}
		if later-day > procedure.TrialDays || slices.Contains(a.possible, Trial) || slices.Contains(a.possible, Explant) || a.is(Implant) {
			return false
		}
		if a.is(Generator) {
			return true
		}
	}
	return false
}

// sameModality reports whether two operations may be about one system.
func sameModality(a, b *operation) bool {
	return a.item.Modality == "" || b.item.Modality == "" || a.item.Modality == b.item.Modality
}
