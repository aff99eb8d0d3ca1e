package registration

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// groups are the medicines that the standpunt asks about. Where a medicine is in
// several, the first counts.
var groups = []struct {
	concept terminology.Concept
	group   string
}{
	{"med-opioid", "opioid"}, {"med-opioid-combination", "opioid"},
	{"med-anticoagulant", "anticoagulant"}, {"med-antiplatelet", "anticoagulant"},
	{"med-a2d", "neuropathic"}, {"med-tca", "neuropathic"}, {"med-snri", "neuropathic"}, {"med-carbamazepine", "neuropathic"}, {"med-capsaicin", "neuropathic"},
	{"med-verapamil", "headache-preventive"}, {"med-lithium", "headache-preventive"}, {"med-methysergide", "headache-preventive"}, {"med-topiramate", "headache-preventive"},
	{"med-vasodilator", "vasodilator"}, {"med-spasmolytic", "spasmolytic"},
	{"med-dmso", "dmso"}, {"med-acetylcysteine", "acetylcysteine"}, {"med-ketamine", "ketamine"},
}

// untaken are the statuses of medication that was not taken, or not yet.
var untaken = map[string]string{
	"not-taken": "not taken", "intended": "planned, not taken", "draft": "planned, not ordered", "cancelled": "cancelled", "unknown": "whether it is taken is not told",
}

// proposals are the intents of requests that were not orders yet.
var proposals = []string{"proposal", "plan", "option"}

// medications takes the use of medicines.
func (r *reader) medications() {
	each(r, func(s *fhir.MedicationStatement) {
		from, until := period(s.EffectivePeriod, s.EffectiveDateTime)
		r.medication(s, s.MedicationCodeableConcept, s.MedicationReference, s.Status, from, until)
	})
	each(r, func(q *fhir.MedicationRequest) {
		switch {
		case slices.Contains(proposals, q.Intent):
			r.drop(q, "intent", "planned, not ordered")
			return
		case q.DoNotPerform != nil && *q.DoNotPerform:
			r.drop(q, "doNotPerform", "an order not to give the medicine")
			return
		}
		from, until := q.AuthoredOn, fhir.DateTime{}
		if x := fhir.Find(q.Extension, fhir.PeriodOfUse); x != nil && x.Period != nil {
			from, until = x.Period.Start, x.Period.End
		}
		r.medication(q, q.MedicationCodeableConcept, q.MedicationReference, q.Status, from, until)
	})
	r.dailyDose()
}

// dailyDose gives the one opioid behind an exact total dose that dose as its own.
func (r *reader) dailyDose() {
	med := r.record.Opioid.MED
	if med == nil || !med.IsExact() {
		return
	}
	var evidence []mapping.Evidence
	for _, v := range r.record.Fact("opioid-med").Values {
		evidence = append(evidence, v.Evidence...)
	}
	one := r.single(evidence)
	if one == nil {
		return
	}
	key := r.key(one)
	for i := range r.out.Medications {
		if m := &r.out.Medications[i]; m.Key == key && m.Group == "opioid" && !m.Retracted {
			m.DailyMED = mapping.FormatRat(med.Low)
		}
	}
}

func (r *reader) medication(x fhir.Resource, concept *fhir.CodeableConcept, reference *fhir.Reference, status string, from, until fhir.DateTime) {
	path := "medicationCodeableConcept"
	source := x
	if reference != nil {
		path = "medicationReference"
		product, _ := r.chart.Resolve(x, *reference).(*fhir.Medication)
		switch {
		case product != nil:
			concept, path, source = product.Code, "code", product
			r.serve(product)
		case reference.Display != "":
			concept = &fhir.CodeableConcept{Text: reference.Display}
		}
	}
	concepts := r.Terminology.Medication(concept).Concepts()
	group := groupOf(concept, concepts)
	if group == "" {
		r.drop(x, path, "no medicine that is asked about")
		return
	}
	if reason := untaken[status]; reason != "" {
		r.drop(x, "status", reason)
		return
	}
	if status = r.status(x, status, medicationStatuses); status == "" {
		return
	}
	if r.later(from) && status != "entered-in-error" {
		r.drop(x, "effective", afterAsOf)
		return
	}
	o, ok := r.origin(x, "")
	if !ok {
		return
	}
	r.serve(x)
	one := Medication{Origin: o, Group: group, Status: status, Codings: []Coding{}}
	if one.Retracted = status == "entered-in-error"; !one.Retracted {
		one.From, one.Until = from.Text, until.Text
		one.Codings = append(one.Codings, r.codings(source, path, concept)...)
		slices.SortStableFunc(one.Codings, func(a, b Coding) int { return rankATC(a) - rankATC(b) })
		if len(one.Codings) == 0 {
			r.drop(x, path, "the medicine is known by name only: its group is passed on")
		}
	}
	r.out.Medications = append(r.out.Medications, one)
}

// groupOf is the group of a medicine: in our own code, as our bundles have it, or by
// what it means.
func groupOf(concept *fhir.CodeableConcept, concepts []terminology.Concept) string {
	for _, g := range groups {
		own := concept != nil && slices.ContainsFunc(concept.Coding, func(c fhir.Coding) bool { return c.System == MedicationGroupSystem && c.Code == g.group })
		if own || slices.Contains(concepts, g.concept) {
			return g.group
		}
	}
	return ""
}

// rankATC puts codes of ATC first.
func rankATC(c Coding) int {
	if strings.Contains(c.System, "whocc.no/atc") || strings.HasSuffix(c.System, "2.16.840.1.113883.6.73") {
		return 0
	}
	return 1
}
