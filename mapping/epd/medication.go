package epd

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// intake is what a resource says about taking a medicine.
type intake struct {
	element    string // that names the medicine
	status     string
	tried      bool // taken now or once
	current    bool // taken on the as-of day
	rejected   bool // not taken, for a stated reason
	date       string
	medication *fhir.Medication // nil unless resolved
}

// tried says which statuses mean that a medicine was taken.
var tried = map[string]bool{"active": true, "completed": true, "stopped": true, "on-hold": true}

// proposals are the intents of requests that were not orders yet.
var proposals = map[string]bool{"proposal": true, "plan": true, "option": true}

func (m *mapper) medicationStatement(e *entry, s *fhir.MedicationStatement) {
	start, end, date := s.EffectiveDateTime, fhir.DateTime{}, s.EffectiveDateTime.Text
	if s.EffectivePeriod != nil {
		start, end, date = s.EffectivePeriod.Start, s.EffectivePeriod.End, s.EffectivePeriod.Start.Text
	}
	if start.IsZero() {
		start, date = s.DateAsserted, s.DateAsserted.Text
	}
	if m.later(start) {
		e.ignore("effective", afterAsOf)
		return
	}
	m.medicine(e, s.MedicationCodeableConcept, s.MedicationReference, intake{
		status:   s.Status,
		tried:    tried[s.Status],
		current:  s.Status == "active" && !m.over(end) && !m.dosed(s.Dosage),
		rejected: s.Status == "not-taken" && len(s.StatusReason) > 0,
		date:     date,
	})
}

func (m *mapper) medicationRequest(e *entry, r *fhir.MedicationRequest) {
	var period fhir.Period
	if x := fhir.Find(r.Extension, fhir.PeriodOfUse); x != nil && x.Period != nil {
		period = *x.Period
	}
	date := period.Start.Text
	if date == "" {
		date = r.AuthoredOn.Text
	}
	switch {
	case m.later(r.AuthoredOn):
		e.ignore("authoredOn", afterAsOf)
	case m.later(period.Start):
		e.ignore("extension", afterAsOf)
	case proposals[r.Intent]:
		e.ignore("intent", "planned, not ordered")
	case r.DoNotPerform != nil && *r.DoNotPerform:
		e.ignore("doNotPerform", "an order not to give the medicine")
	default:
		m.medicine(e, r.MedicationCodeableConcept, r.MedicationReference, intake{
			status:  r.Status,
			tried:   tried[r.Status],
			current: r.Status == "active" && !m.over(period.End) && !m.dosed(r.DosageInstruction),
			date:    date,
		})
	}
}

// dosed reports whether every dosage ended before the as-of day.
func (m *mapper) dosed(list []fhir.Dosage) bool {
	for i := range list {
		t := list[i].Timing
		if t == nil || t.Repeat == nil || t.Repeat.BoundsPeriod == nil || !m.over(t.Repeat.BoundsPeriod.End) {
			return false
		}
	}
	return len(list) > 0
}

// over reports whether an end lies wholly before the as-of day.
func (m *mapper) over(end fhir.DateTime) bool {
	date, ok := mapping.DateOf(end)
	return ok && date.Last < m.AsOf
}

// medicine takes from a medicine what it says about the treatments that must
// have been considered, about opioids and about anticoagulants.
func (m *mapper) medicine(e *entry, concept *fhir.CodeableConcept, reference *fhir.Reference, use intake) {
	use.element = "medicationCodeableConcept"
	found := m.findMedication(concept)
	if reference != nil {
		use.element = "medicationReference"
		if use.medication, _ = m.chart.Resolve(e.resource, *reference).(*fhir.Medication); use.medication != nil {
			m.use(use.medication)
			concept = use.medication.Code
			found = m.findProduct(use.medication)
		} else if reference.Display != "" {
			use.element = "medicationReference.display"
			concept = &fhir.CodeableConcept{Text: reference.Display}
			found = m.findMedication(concept)
		}
	}
	if len(found) == 0 {
		m.unknownCode(e, use.element, concept)
		return
	}
	if f := opioidIn(found); f != nil {
		m.opioid(e, f, found, nameOf(concept), use)
	}
	if f := anticoagulant(found); f != nil && use.current {
		m.bleeding = append(m.bleeding, e.tells(use.element, f, use.date))
		m.thinners = append(m.thinners, e)
	} else if f != nil && use.tried {
		e.ignore("status", "not known to be in use on the as-of day")
	}
	switch {
	case use.tried:
		m.treatment(e, use.element, found, use.date, "tried")
	case use.rejected:
		m.treatment(e, use.element, found, use.date, rejected)
	default:
		e.ignore("status", statusReason(use.status))
	}
}

// findProduct is what a product is: by its code, else by its only active
// ingredient. Of several ingredients only an opioid is told, as one in a combination.
func (m *mapper) findProduct(p *fhir.Medication) []finding {
	found := m.findMedication(p.Code)
	if ingredientOf(found) != "" || len(found) > 0 && opioidIn(found) == nil {
		return found
	}
	var active []*fhir.CodeableConcept
	for i := range p.Ingredient {
		if one := &p.Ingredient[i]; one.IsActive == nil || *one.IsActive {
			active = append(active, m.substance(p, one))
		}
	}
	if len(active) == 1 {
		return m.together(found, m.findMedication(active[0]))
	}
	for _, one := range active {
		part := m.findMedication(one)
		if f := opioidIn(part); f != nil {
			combined := *f
			combined.concept = "med-opioid-combination"
			found = m.together(found, append(part, combined))
		}
	}
	return found
}

// substance is what an ingredient is: as coded, or as the reference to it tells.
func (m *mapper) substance(p *fhir.Medication, i *fhir.Ingredient) *fhir.CodeableConcept {
	if i.ItemCodeableConcept != nil || i.ItemReference == nil {
		return i.ItemCodeableConcept
	}
	if other, ok := m.chart.Resolve(p, *i.ItemReference).(*fhir.Medication); ok {
		return other.Code
	}
	return &fhir.CodeableConcept{Text: i.ItemReference.Display}
}

// together are the findings of both, each concept once.
func (m *mapper) together(found, more []finding) []finding {
	switch {
	case len(found) == 0:
		return more
	case len(more) == 0:
		return found
	}
	start := len(m.pool)
	m.pool = append(m.pool, found...)
	for _, f := range more {
		if has(found, f.concept) == nil {
			m.pool = append(m.pool, f)
		}
	}
	return m.pool[start:len(m.pool):len(m.pool)]
}

// opioidIn is the finding that a medicine is an opioid or holds one, or nil.
func opioidIn(found []finding) *finding {
	if f := has(found, "med-opioid"); f != nil {
		return f
	}
	return has(found, "med-opioid-combination")
}

const rejected = "rejected-with-reason"

// ingredients are the co-analgesics that are asked for, by concept.
var ingredients = func() map[terminology.Concept]string {
	definition, _, _ := mapping.DefinitionOf("fbss.coanalgesic")
	list := make(map[terminology.Concept]string, len(definition.Codes))
	for _, ingredient := range definition.Codes {
		list[terminology.Concept("ingredient-"+ingredient)] = ingredient
	}
	return list
}()

// coanalgesicFor are the indications to which a coded co-analgesic belongs. For
// cluster headache the outcome counts, which a coded medicine never tells.
var coanalgesicFor = []string{"fbss", "fnss", "crps", "pdn", "sfn"}

// treatments says which considerations a medicine or procedure is.
var treatments = map[terminology.Concept][]string{
	"med-capsaicin":        {"cons-capsaicin"},
	"med-dmso":             {"cons-dmso-lt1y", "cons-dmso-gt1y"},
	"med-acetylcysteine":   {"cons-nac"},
	"med-vasodilator":      {"cons-vasodilator"},
	"med-spasmolytic":      {"cons-spasmolytic"},
	"med-ketamine":         {"inv-ketamine"},
	"tx-physiotherapy":     {"cons-exercise"},
	"tx-psychology-rehab":  {"cons-biopsychosocial"},
	"tx-tens":              {"minv-tens"},
	"tx-prf-nerve-root":    {"minv-prf"},
	"tx-sympathetic-block": {"minv-sympathetic-block"},
}

// treatment notes that a treatment was tried, or rejected with a reason, for
// every indication that asks for it.
func (m *mapper) treatment(e *entry, element string, found []finding, date, outcome string) {
	for i := range found {
		f := &found[i]
		if ingredient, ok := ingredients[f.concept]; ok {
			if outcome == rejected {
				ingredient += ":" + rejected
			}
			m.pend(e, "coanalgesic", mapping.CodeValue(ingredient, e.tells(element, f, date)), coanalgesicFor...)
		}
		for _, id := range treatments[f.concept] {
			m.pend(e, "consideration."+id, mapping.CodeValue(outcome, e.tells(element, f, date)), mapping.Reimbursed...)
		}
	}
}

// allergy takes that a medicine is ruled out.
func (m *mapper) allergy(e *entry, a *fhir.AllergyIntolerance) {
	if m.later(a.RecordedDate) {
		e.ignore("recordedDate", afterAsOf)
		return
	}
	found := m.findMedication(a.Code)
	if len(found) == 0 {
		m.unknownCode(e, "code", a.Code)
		return
	}
	s := state{certainty: certaintyOf(a.VerificationStatus), activity: activityOf(a.ClinicalStatus)}
	switch {
	case s.certainty == erroneous:
		e.ignore("verificationStatus", enteredInError)
	case !counts(e, s):
	case s.activity != active:
		e.ignore("clinicalStatus", "whether it is active is not stated")
	default:
		m.treatment(e, "code", found, a.RecordedDate.Text, rejected)
	}
}

// ingredientOf is the name of the one ingredient among concepts, else empty.
func ingredientOf(found []finding) string {
	name := ""
	for i := range found {
		if ingredient, ok := strings.CutPrefix(string(found[i].concept), "ingredient-"); ok {
			if name != "" && name != ingredient {
				return ""
			}
			name = ingredient
		}
	}
	return name
}
